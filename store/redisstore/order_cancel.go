package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"also/shop"
	"also/store"
)

// CancelOrder implements store.Orders. The events reach the owner's recent
// history in a second step, as an order's do.
func (s *Store) CancelOrder(ctx context.Context, id shop.UUID, at time.Time, events []shop.Event) (o shop.Order, err error) {
	done := false
	err = s.commandThen(ctx, "cancel order", func() (*change, error) {
		stored, err := s.field(ctx, s.keys.order(), id.String())
		if err != nil {
			return nil, err
		}
		if stored == nil {
			return nil, shop.Errorf(shop.NotFound, "", "there is no such order")
		}
		if o, err = decodeOrder(stored); err != nil {
			return nil, err
		}
		if !o.CancelledAt.IsZero() {
			done = true
			return nil, nil
		}
		if len(events) != len(o.Lines) {
			panic(fmt.Sprintf("redisstore: CancelOrder: %d events for %d lines", len(events), len(o.Lines)))
		}
		o.CancelledAt = at
		o = storedOrder(o)
		return s.cancelling(o, stored, events)
	}, func() error {
		return s.finishEvents(ctx, events)
	})
	if err == nil && done {
		err = s.RepairOrders(ctx) // not before the first call would
	}
	if err != nil {
		return shop.Order{}, err
	}
	return s.Order(ctx, id)
}

// cancelling makes the first step of cancelling an order that is stored.
func (s *Store) cancelling(o shop.Order, stored []byte, events []shop.Event) (*change, error) {
	value, err := encodeOrder(o)
	if err != nil {
		return nil, err
	}
	c := &change{events: events}
	field := o.ID.String()
	c.same(s.keys.order(), field, stored)
	c.set(s.keys.order(), field, value)
	c.set(s.keys.cancelled(), field, strconv.FormatInt(o.PlacedAt.UnixMilli(), 10))
	told := map[string]bool{}
	for _, l := range o.Lines {
		c.addIfThere(s.keys.stock(), l.SKU, l.Quantity)
		if !told[l.SKU] {
			told[l.SKU] = true
			c.changes = append(c.changes, store.Change{Kind: store.ProductChange, ID: l.SKU})
		}
	}
	return c, s.putPending(c, events)
}
