package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"also/shop"
)

// readCart returns the owner's cart and how it is stored, nil if it is empty.
func (s *Store) readCart(ctx context.Context, owner shop.UserID) (shop.Cart, []byte, error) {
	cart := shop.Cart{Owner: owner}
	b, err := s.field(ctx, s.keys.cart(), owner.String())
	if err != nil || b == nil {
		return cart, nil, err
	}
	cart, err = decodeCart(b)
	return cart, b, err
}

func decodeCart(b []byte) (cart shop.Cart, err error) {
	if err := json.Unmarshal(b, &cart); err != nil {
		return cart, fmt.Errorf("decode a stored cart: %w", err)
	}
	return cart, nil
}

// putCart writes a cart; an empty one is not kept.
func (s *Store) putCart(c *change, cart shop.Cart) error {
	field := cart.Owner.String()
	if len(cart.Lines) == 0 {
		c.del(s.keys.cart(), field)
		c.record(cartKind+"/"+field, nil)
		return nil
	}
	b, err := json.Marshal(cart)
	if err != nil {
		return fmt.Errorf("encode cart: %w", err)
	}
	c.set(s.keys.cart(), field, b)
	c.record(cartKind+"/"+field, b)
	return nil
}

// Cart implements store.Carts.
func (s *Store) Cart(ctx context.Context, owner shop.UserID) (shop.Cart, error) {
	if err := s.admit(ctx); err != nil {
		return shop.Cart{}, err
	}
	cart, _, err := s.readCart(ctx, owner)
	return cart, err
}

// SetCartLine implements store.Carts. The event reaches the owner's recent
// history in a second step, as an order's do.
func (s *Store) SetCartLine(
	ctx context.Context, owner shop.UserID, line shop.CartLine, more, less shop.Event,
) (cart shop.Cart, err error) {
	if line.Quantity < 0 || line.SKU == "" {
		return cart, shop.Errorf(shop.BadUserInput, "quantity", "a cart holds 0 or more pieces of a product")
	}
	var events []shop.Event
	err = s.commandThen(ctx, "set cart line", func() (*change, error) {
		var stored []byte
		var err error
		if cart, stored, err = s.readCart(ctx, owner); err != nil {
			return nil, err
		}
		if len(cart.Lines) == 0 {
			cart.Since = more.OccurredAt.UTC()
		}
		before := setLine(&cart, line)
		if before == line.Quantity {
			return nil, nil
		}
		e := more
		e.Type, e.Quantity = shop.CartAdd, line.Quantity-before
		if line.Quantity < before {
			e = less
			e.Type, e.Quantity = shop.CartRemove, before-line.Quantity
		}
		e.SKU = line.SKU
		c := &change{}
		c.same(s.keys.cart(), owner.String(), stored)
		if err := s.putCart(c, cart); err != nil {
			return nil, err
		}
		events = []shop.Event{e}
		c.events = events
		return c, s.putPending(c, events)
	}, func() error {
		return s.finishEvents(ctx, events)
	})
	if err != nil {
		return shop.Cart{}, err
	}
	return cart, nil
}

// setLine changes a cart and returns how many pieces it held.
func setLine(cart *shop.Cart, line shop.CartLine) (before int) {
	i := slices.IndexFunc(cart.Lines, func(l shop.CartLine) bool { return l.SKU == line.SKU })
	switch {
	case i >= 0 && line.Quantity == 0:
		before = cart.Lines[i].Quantity
		cart.Lines = slices.Delete(cart.Lines, i, i+1)
	case i >= 0:
		before = cart.Lines[i].Quantity
		cart.Lines[i].Quantity = line.Quantity
	case line.Quantity > 0:
		cart.Lines = append(cart.Lines, line)
	}
	return before
}

// joinCarts adds a session's cart to a customer's: of one product, the larger
// quantity; the session's is then empty.
func (s *Store) joinCarts(ctx context.Context, c *change, from, to shop.UserID) error {
	theirs, fromStored, err := s.readCart(ctx, from)
	if err != nil || fromStored == nil {
		return err
	}
	cart, toStored, err := s.readCart(ctx, to)
	if err != nil {
		return err
	}
	c.same(s.keys.cart(), from.String(), fromStored)
	c.same(s.keys.cart(), to.String(), toStored)
	for _, l := range theirs.Lines {
		held := slices.IndexFunc(cart.Lines, func(k shop.CartLine) bool { return k.SKU == l.SKU })
		if held < 0 || cart.Lines[held].Quantity < l.Quantity {
			setLine(&cart, l)
		}
	}
	if toStored == nil {
		cart.Since = theirs.Since
	}
	if err := s.putCart(c, shop.Cart{Owner: from}); err != nil {
		return err
	}
	return s.putCart(c, cart)
}

// ClearCart implements store.Carts.
func (s *Store) ClearCart(ctx context.Context, owner shop.UserID, less shop.Event, id func() shop.UUID) (held shop.Cart, err error) {
	var events []shop.Event
	err = s.commandThen(ctx, "clear cart", func() (*change, error) {
		var stored []byte
		var err error
		if held, stored, err = s.readCart(ctx, owner); err != nil || stored == nil {
			return nil, err
		}
		events = events[:0]
		for _, l := range held.Lines {
			e := less
			e.ID, e.Type, e.SKU, e.Quantity = id(), shop.CartRemove, l.SKU, l.Quantity
			events = append(events, e)
		}
		c := &change{events: events}
		c.same(s.keys.cart(), owner.String(), stored)
		if err := s.putCart(c, shop.Cart{Owner: owner}); err != nil {
			return nil, err
		}
		return c, s.putPending(c, events)
	}, func() error {
		return s.finishEvents(ctx, events)
	})
	if err != nil {
		return shop.Cart{}, err
	}
	return held, nil
}

// CartsOf implements store.Carts.
func (s *Store) CartsOf(ctx context.Context, owners []shop.UserID) ([]shop.Cart, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	carts := make([]shop.Cart, len(owners))
	if len(owners) == 0 {
		return carts, nil
	}
	fields := make([]string, len(owners))
	for i, u := range owners {
		fields[i] = u.String()
		carts[i].Owner = u
	}
	values, err := s.rdb.HMGet(ctx, s.keys.cart(), fields...).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, mapError("read carts", err)
	}
	for i, v := range values {
		text, there := v.(string)
		if !there {
			continue
		}
		if carts[i], err = decodeCart([]byte(text)); err != nil {
			return nil, err
		}
	}
	return carts, nil
}

// OpenCarts implements store.Carts.
func (s *Store) OpenCarts(ctx context.Context) ([]shop.Cart, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	values, err := s.rdb.HVals(ctx, s.keys.cart()).Result()
	if err != nil {
		return nil, mapError("list carts", err)
	}
	carts := make([]shop.Cart, len(values))
	for i, v := range values {
		if carts[i], err = decodeCart([]byte(v)); err != nil {
			return nil, err
		}
	}
	return carts, nil
}
