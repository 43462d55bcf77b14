package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"also/shop"
	"also/store"
)

// loadControls writes every control record to where its kind lives.
func (s *Store) loadControls(ctx context.Context, b *bulk, st store.State) error {
	load := map[string]func(context.Context, *bulk, string, []byte) error{
		customerKind: s.loadCustomer, externalKind: s.loadExternal, sessionKind: s.loadSession, cartKind: s.loadCart, orderKeyKind: s.loadOrderKey,
		deliveryKind: s.loadDelivery,
	}
	return each(st.Controls, func(r shop.ControlRecord) error {
		if r.Deleted() {
			return nil
		}
		kind, id, _ := strings.Cut(r.Name, "/")
		if f, ok := load[kind]; ok {
			if err := f(ctx, b, id, r.Value); err != nil {
				return fmt.Errorf("control record of kind %s: %w", kind, err) // its name may be personal
			}
			return nil
		}
		if _, err := kindOf(r.Name); err != nil {
			return err
		}
		value, err := compact(r)
		if err != nil {
			return err
		}
		return b.hset(ctx, s.keys.control(kind), r.Name, value)
	})
}

func (s *Store) loadCustomer(ctx context.Context, b *bulk, _ string, value []byte) error {
	c, err := decodeCustomer(value)
	if err != nil {
		return err
	}
	if c.Email != "" {
		if err := b.hset(ctx, s.keys.email(), c.Email, []byte(c.User.String())); err != nil {
			return err
		}
	}
	return loadJSON(ctx, b, s.keys.customer(customerBucket(c.User)), c.User.String(), c)
}

func (s *Store) loadExternal(ctx context.Context, b *bulk, id string, value []byte) error {
	var r externalRecord
	if err := json.Unmarshal(value, &r); err != nil {
		return err
	}
	return b.hset(ctx, s.keys.external(), id, []byte(r.User.String()))
}

// loadSession loads expired sessions too: sweeping them says so to the lake.
func (s *Store) loadSession(ctx context.Context, b *bulk, tokenHash string, value []byte) error {
	v, err := decodeSession(value)
	if err != nil {
		return err
	}
	return loadJSON(ctx, b, s.sessionKey(tokenHash), tokenHash, v)
}

func (s *Store) loadCart(ctx context.Context, b *bulk, owner string, value []byte) error {
	var cart shop.Cart
	if err := json.Unmarshal(value, &cart); err != nil {
		return err
	}
	if len(cart.Lines) == 0 {
		return nil
	}
	return loadJSON(ctx, b, s.keys.cart(), owner, cart)
}

func (s *Store) loadOrderKey(ctx context.Context, b *bulk, field string, value []byte) error {
	var id shop.UUID
	if err := json.Unmarshal(value, &id); err != nil {
		return err
	}
	return b.hset(ctx, s.keys.orderKey(), field, []byte(id.String()))
}

func (s *Store) loadDelivery(ctx context.Context, b *bulk, order string, value []byte) error {
	var a shop.Address
	if err := json.Unmarshal(value, &a); err != nil {
		return err
	}
	return loadJSON(ctx, b, s.keys.delivery(), order, a)
}
