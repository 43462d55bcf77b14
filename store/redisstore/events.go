package redisstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"also/shop"
	"also/store"
)

// longTail is the length in bytes from which a user's packed events are cut
// back to store.TailLimit: more than that many of ordinary size.
const longTail = store.TailLimit * 128

// RecordEvents implements store.Events. It is one script per partition, all
// sent together.
func (s *Store) RecordEvents(ctx context.Context, events []shop.Event) ([]store.Outcome, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	outcomes := make([]store.Outcome, len(events))
	batches, err := s.split(events, outcomes)
	if err != nil {
		return nil, err
	}
	ids, err := s.runBatches(ctx, batches, outcomes, true)
	if err != nil {
		return nil, fmt.Errorf("record events: %w", err)
	}
	if err := s.commit(ctx, ids); err != nil {
		return nil, err
	}
	return outcomes, nil
}

// batch is the part of a call of RecordEvents that one partition takes.
type batch struct {
	partition int
	events    []int // their indices in the call
	users     []shop.UserID
	userAt    map[shop.UserID]int // from 1
	args      []any               // per event: id, occurred-at, tail, packed, JSON
}

// split sorts events into batches, judging repeats within the call itself.
func (s *Store) split(events []shop.Event, outcomes []store.Outcome) ([]*batch, error) {
	var byPartition [partitions]*batch
	var batches []*batch
	first := make(map[shop.UUID]int, len(events))
	for i := range events {
		e := &events[i]
		if f, repeated := first[e.ID]; repeated {
			outcomes[i] = store.Changed
			if events[f].OccurredAt.Equal(e.OccurredAt) {
				outcomes[i] = store.Duplicate
			}
			continue
		}
		first[e.ID] = i
		user := e.User()
		if user == 0 {
			return nil, shop.Errorf(shop.BadUserInput, fmt.Sprintf("events.%d", i), "the event names neither a customer nor a session")
		}
		p := partitionOf(user)
		b := byPartition[p]
		if b == nil {
			b = &batch{partition: p, userAt: map[shop.UserID]int{}}
			byPartition[p] = b
			batches = append(batches, b)
		}
		if err := b.add(i, e, user); err != nil {
			return nil, err
		}
	}
	return batches, nil
}

func (b *batch) add(index int, e *shop.Event, user shop.UserID) error {
	body, err := e.MarshalJSON()
	if err != nil {
		return &shop.Error{Code: shop.BadUserInput, Field: fmt.Sprintf("events.%d", index), Message: "the event cannot be encoded", Err: err}
	}
	tail, packed := 0, []byte{}
	if kept(e.Type) {
		tail = b.userAt[user]
		if tail == 0 {
			b.users = append(b.users, user)
			tail = len(b.users)
			b.userAt[user] = tail
		}
		packed = appendPacked(nil, e, false)
	}
	b.events = append(b.events, index)
	b.args = append(b.args, e.ID[:], seenValue(e.OccurredAt), tail, packed, body)
	return nil
}

// seenValue is what is remembered of a recorded event beside its id.
func seenValue(occurred time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(occurred.UnixMilli()))[2:]
}

// seenWindow numbers the windows of recording; an id is remembered for its own
// window and the next, so for store.SeenWindow at least.
func seenWindow(ms int64) int64 { return ms / store.SeenWindow.Milliseconds() }

func (s *Store) recordCall(b *batch, journalled bool) call {
	now := s.now()
	window := seenWindow(now)
	keys := []string{
		s.keys.outbox(partitionName(b.partition)), s.keys.seen(b.partition, window), s.keys.seen(b.partition, window-1),
		s.keys.seen(b.partition, window-2), s.keys.users(b.partition),
	}
	args := make([]any, 0, 4+len(b.users)+len(b.args))
	args = append(args, now, journalled, longTail, len(b.users))
	for _, u := range b.users {
		keys = append(keys, s.keys.tail(u))
		args = append(args, u.String())
	}
	return call{recordScript, keys, append(args, b.args...)}
}

// runBatches records the batches, fills in their outcomes and returns the
// outbox entries.
func (s *Store) runBatches(ctx context.Context, batches []*batch, outcomes []store.Outcome, journalled bool) ([]store.OutboxID, error) {
	if len(batches) == 0 {
		return nil, nil
	}
	calls := make([]call, len(batches))
	for i, b := range batches {
		calls[i] = s.recordCall(b, journalled)
	}
	results, errs, firstErr := s.runAll(ctx, calls)
	var ids []store.OutboxID
	var grown []shop.UserID
	for i, b := range batches {
		if errs[i] != nil {
			continue
		}
		reply := results[i].([]any)
		if id := s.written(partitionName(b.partition), reply[0].(string), false); id.ID != "" {
			ids = append(ids, id)
		}
		letters := reply[1].(string)
		for j, index := range b.events {
			outcomes[index] = outcomeOf(letters[j])
		}
		for _, tail := range reply[2].([]any) {
			grown = append(grown, b.users[tail.(int64)-1])
		}
	}
	if firstErr != nil {
		return ids, mapError("record", firstErr)
	}
	return ids, s.cutTails(ctx, grown)
}

func outcomeOf(letter byte) store.Outcome {
	switch letter {
	case 'R':
		return store.Recorded
	case 'D':
		return store.Duplicate
	}
	return store.Changed
}
