package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"also/shop"
	"also/store"
)

// A command's events reach their user's recent history in a second step, since
// that lies under another tag. The first step leaves a note of what is to be
// done, the second takes it away; each may happen twice.

const (
	pendingEventsPrefix = "events:" // and the first event's id; value: the events as an outbox body
	pendingJoinPrefix   = "join:"   // and the session's user; value: the customer's
)

func pendingEvents(events []shop.Event) string { return pendingEventsPrefix + events[0].ID.String() }
func pendingJoin(session shop.UserID) string   { return pendingJoinPrefix + session.String() }

func (s *Store) putPending(c *change, events []shop.Event) error {
	body, err := encodeBody(events, nil)
	if err != nil {
		return err
	}
	c.set(s.keys.pending(), pendingEvents(events), body)
	return nil
}

// finishEvents is the second step of a command with events.
func (s *Store) finishEvents(ctx context.Context, events []shop.Event) error {
	// The command has happened: it is finished even if its caller has gone.
	ctx = context.WithoutCancel(ctx)
	outcomes := make([]store.Outcome, len(events))
	batches, err := s.split(events, outcomes)
	if err != nil {
		return err
	}
	if _, err := s.runBatches(ctx, batches, outcomes, false); err != nil {
		return err
	}
	return mapError("finish", s.rdb.HDel(ctx, s.keys.pending(), pendingEvents(events)).Err())
}

// finishJoin is the second step of a sign-in: the session's recent events move
// to the customer's.
func (s *Store) finishJoin(ctx context.Context, session, customer shop.UserID) error {
	if session == 0 || session == customer {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	from, users := s.keys.tail(session), s.keys.users(partitionOf(session))
	for range attempts {
		read, err := s.getAll(ctx, []string{from})
		if err != nil {
			return mapError("read recent events", err)
		}
		if len(read[0]) == 0 {
			return mapError("finish", s.rdb.HDel(ctx, s.keys.pending(), pendingJoin(session)).Err())
		}
		length, err := s.run(ctx, call{
			appendScript, []string{s.keys.users(partitionOf(customer)), s.keys.tail(customer)}, []any{customer.String(), read[0]},
		})
		if err != nil {
			return mapError("join recent events", err)
		}
		if length.(int64) > longTail {
			if err := s.cutTails(ctx, []shop.UserID{customer}); err != nil {
				return err
			}
		}
		if err := s.replace(ctx, users, []replacement{{session.String(), from, read[0], nil}}); err != nil {
			return err
		}
	}
	return shop.Errorf(shop.Unavailable, "", "the session's events kept coming; sign in again")
}

// RepairOrders implements store.Orders.
func (s *Store) RepairOrders(ctx context.Context) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	all, err := s.rdb.HGetAll(ctx, s.keys.pending()).Result()
	if err != nil {
		return mapError("find unfinished commands", err)
	}
	for what, value := range all {
		if err := s.repair(ctx, what, value); err != nil {
			return fmt.Errorf("finish %s: %w", what, err)
		}
	}
	return nil
}

func (s *Store) repair(ctx context.Context, what, value string) error {
	if session, ok := strings.CutPrefix(what, pendingJoinPrefix); ok {
		from, err := strconv.ParseInt(session, 10, 64)
		if err != nil {
			return fmt.Errorf("decode a stored user: %w", err)
		}
		to, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return fmt.Errorf("decode a stored user: %w", err)
		}
		return s.finishJoin(ctx, shop.UserID(from), shop.UserID(to))
	}
	events, err := decodeBody([]byte(value))
	if err != nil {
		return err
	}
	return s.finishEvents(ctx, events)
}
