package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// orderKeyField is how an owner's idempotency key is named, "" for none.
func orderKeyField(owner shop.UserID, key string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(owner.String() + "/" + key))
	return hex.EncodeToString(sum[:])
}

// storedOrder is an order as it is kept: what its events say, so without the
// idempotency key and the address, which are control records.
func storedOrder(o shop.Order) shop.Order {
	o.IdempotencyKey, o.Delivery = "", nil
	o.PlacedAt = o.PlacedAt.UTC().Truncate(time.Millisecond)
	o.CancelledAt = o.CancelledAt.UTC().Truncate(time.Millisecond)
	return o
}

// dayOf names the UTC day of a moment.
func dayOf(at time.Time) string { return at.UTC().Format(time.DateOnly) }

func encodeOrder(o shop.Order) ([]byte, error) {
	b, err := json.Marshal(storedOrder(o))
	if err != nil {
		return nil, fmt.Errorf("encode order %s: %w", o.ID, err)
	}
	return b, nil
}

func decodeOrder(b []byte) (o shop.Order, err error) {
	if err := json.Unmarshal(b, &o); err != nil {
		return o, fmt.Errorf("decode a stored order: %w", err)
	}
	return o, nil
}

// PlaceOrder implements store.Orders.
func (s *Store) PlaceOrder(ctx context.Context, o shop.Order, events []shop.Event, keepCart bool) (shop.Order, error) {
	if err := s.admit(ctx); err != nil {
		return shop.Order{}, err
	}
	if err := checkOrder(o, events); err != nil {
		return shop.Order{}, err
	}
	events = append([]shop.Event(nil), events...)
	for i := range events {
		events[i].Type = shop.OrderPlaced
	}
	c, err := s.orderCall(o, events, keepCart)
	if err != nil {
		return shop.Order{}, err
	}
	v, err := s.run(ctx, c)
	if err != nil {
		return shop.Order{}, mapError("place order", err)
	}
	reply := v.([]any)
	switch code := reply[0].(string); code {
	case "ok":
		id := s.written(commandOutbox, reply[1].(string), true)
		if err := s.finishEvents(ctx, events); err != nil {
			return shop.Order{}, fmt.Errorf("place order: %w", err)
		}
		if err := s.commit(ctx, []store.OutboxID{id}); err != nil {
			return shop.Order{}, err
		}
		placed := storedOrder(o)
		placed.IdempotencyKey, placed.Delivery = o.IdempotencyKey, o.Delivery
		return placed, nil
	case "old":
		return s.placedBefore(ctx, o, reply[1].(string))
	default:
		return shop.Order{}, refusal(shop.Code(code), o, int(reply[1].(int64)), reply[2].(int64))
	}
}

func checkOrder(o shop.Order, events []shop.Event) error {
	if len(o.Lines) == 0 {
		return shop.Errorf(shop.EmptyCart, "", "there is nothing to order")
	}
	if len(events) != len(o.Lines) {
		panic(fmt.Sprintf("redisstore: PlaceOrder: %d events for %d lines", len(events), len(o.Lines)))
	}
	if o.ID.IsZero() || o.Owner == 0 {
		return shop.Errorf(shop.BadUserInput, "", "an order needs an id and an owner")
	}
	for i, l := range o.Lines {
		if l.Quantity < 1 || l.Quantity > 1_000_000_000 {
			return shop.Errorf(shop.BadUserInput, fmt.Sprintf("lines.%d.quantity", i), "order between one and a billion pieces")
		}
		if events[i].User() == 0 {
			return shop.Errorf(shop.BadUserInput, fmt.Sprintf("lines.%d", i), "the event names neither a customer nor a session")
		}
	}
	return nil
}

// orderCall makes the first step: one script that checks and writes.
func (s *Store) orderCall(o shop.Order, events []shop.Event, keepCart bool) (call, error) {
	value, err := encodeOrder(o)
	if err != nil {
		return call{}, err
	}
	emptied, key := "", orderKeyField(o.Owner, o.IdempotencyKey)
	var control []shop.ControlRecord
	if !keepCart {
		emptied = o.Owner.String()
		control = append(control, shop.ControlRecord{Name: cartKind + "/" + emptied})
	}
	if key != "" {
		id, err := json.Marshal(o.ID)
		if err != nil {
			return call{}, fmt.Errorf("encode order id: %w", err)
		}
		control = append(control, shop.ControlRecord{Name: orderKeyKind + "/" + key, Value: id})
	}
	var delivery []byte
	if o.Delivery != nil {
		if delivery, err = json.Marshal(o.Delivery); err != nil {
			return call{}, fmt.Errorf("encode where to deliver: %w", err)
		}
		control = append(control, shop.ControlRecord{Name: deliveryKind + "/" + o.ID.String(), Value: delivery})
	}
	body, err := encodeBody(events, control)
	if err != nil {
		return call{}, err
	}
	pending, err := encodeBody(events, nil)
	if err != nil {
		return call{}, err
	}
	day := dayOf(o.PlacedAt)
	args := []any{s.now(), key, o.ID.String(), value, emptied, pendingEvents(events), pending, len(events), body, day, delivery}
	pieces, first, skus := map[string]int{}, map[string]int{}, []string{}
	for i, l := range o.Lines {
		if _, again := pieces[l.SKU]; !again {
			skus = append(skus, l.SKU)
			first[l.SKU] = i
		}
		pieces[l.SKU] += l.Quantity
	}
	args = append(args, len(skus))
	for _, sku := range skus {
		args = append(args, sku, pieces[sku], first[sku])
	}
	args = append(args, len(o.Lines))
	for _, l := range o.Lines {
		args = append(args, l.SKU, priceText(l.Price))
	}
	return call{orderScript, []string{
		s.keys.outbox(commandOutbox), s.keys.changes(), s.keys.number(), s.keys.product(), s.keys.stock(), s.keys.order(),
		s.keys.orders(o.Owner), s.keys.orderKey(), s.keys.cart(), s.keys.pending(),
		s.keys.placed(day), s.keys.placedDays(), s.keys.delivery(),
	}, args}, nil
}

// refusal says why an order cannot be placed; line counts from 0.
func refusal(code shop.Code, o shop.Order, line int, left int64) error {
	l := o.Lines[line]
	switch code {
	case shop.OutOfStock:
		if left <= 0 {
			return shop.Errorf(code, fmt.Sprintf("lines.%d.quantity", line), "%q is sold out", l.SKU)
		}
		return shop.Errorf(code, fmt.Sprintf("lines.%d.quantity", line), "only %d of %q are left", left, l.SKU)
	case shop.PriceChanged:
		return shop.Errorf(code, fmt.Sprintf("lines.%d.price", line), "the price of %q has changed; look at it again", l.SKU)
	default:
		return shop.Errorf(shop.NotFound, fmt.Sprintf("lines.%d.sku", line), "%q is not for sale", l.SKU)
	}
}

// placedBefore returns the order that this one repeats, its second step done.
func (s *Store) placedBefore(ctx context.Context, o shop.Order, id string) (shop.Order, error) {
	found, err := s.ordersByID(ctx, []string{id})
	if err != nil {
		return shop.Order{}, err
	}
	if found[0] == nil {
		return shop.Order{}, fmt.Errorf("the order %s of an idempotency key is not there", id)
	}
	placed := *found[0]
	if placed.Owner != o.Owner {
		return shop.Order{}, shop.Errorf(shop.Conflict, "", "an order of another customer has this id")
	}
	placed.IdempotencyKey = o.IdempotencyKey
	// Not before the first call would: its second step done, its entry durable.
	if err := s.RepairOrders(ctx); err != nil {
		return shop.Order{}, err
	}
	return placed, s.commitAll(ctx)
}

// Order implements store.Orders. The idempotency key is not kept with it.
func (s *Store) Order(ctx context.Context, id shop.UUID) (shop.Order, error) {
	if err := s.admit(ctx); err != nil {
		return shop.Order{}, err
	}
	found, err := s.ordersByID(ctx, []string{id.String()})
	if err != nil {
		return shop.Order{}, err
	}
	if found[0] == nil {
		return shop.Order{}, shop.Errorf(shop.NotFound, "", "there is no such order")
	}
	return *found[0], nil
}

// Orders implements store.Orders.
func (s *Store) Orders(ctx context.Context, ids []shop.UUID) ([]*shop.Order, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return s.ordersByID(ctx, texts)
}

// OrdersOf implements store.Orders.
func (s *Store) OrdersOf(ctx context.Context, owner shop.UserID, before shop.UUID, n int) ([]shop.Order, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	last := int64(-1)
	key := s.keys.orders(owner)
	if !before.IsZero() {
		at, err := s.rdb.LPos(ctx, key, before.String(), redis.LPosArgs{}).Result()
		if errors.Is(err, redis.Nil) {
			return nil, shop.Errorf(shop.NotFound, "before", "there is no such order of this customer")
		}
		if err != nil {
			return nil, mapError("list orders", err)
		}
		last = at - 1
	}
	if n <= 0 || last == -1 && !before.IsZero() {
		return nil, nil
	}
	first := last - int64(n) + 1
	if last >= 0 {
		first = max(0, first)
	}
	ids, err := s.rdb.LRange(ctx, key, first, last).Result()
	if err != nil || len(ids) == 0 {
		return nil, mapError("list orders", err)
	}
	found, err := s.ordersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	orders := make([]shop.Order, 0, len(ids))
	for i, o := range slices.Backward(found) {
		if o == nil {
			return nil, fmt.Errorf("list orders: %s is not there", ids[i])
		}
		orders = append(orders, *o)
	}
	return orders, nil
}
