package pulse

import (
	"context"
	"sync"
	"time"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// The pace of a tail.
const (
	tailBuffer  = 500                    // events that a reader may be behind; what is more is dropped, and said
	tailGap     = 100 * time.Millisecond // the least time between two messages to a reader
	tailBlock   = time.Second            // how long one call waits for entries
	tailEntries = 1000                   // read of each outbox at once
)

// Tail is what was recorded since the message before.
type Tail struct {
	Events  []shop.Event
	Dropped int  // more that the reader was too slow for
	Gap     bool // the server itself may have missed some: the outbox could not be read for a while
}

// Tail sends what is recorded from now on, in any process, until ctx ends; then
// the channel closes. It reads the outbox beside the transporter, so nobody who
// records waits for it.
func (s *Service) Tail(ctx context.Context, q warehouse.EventQuery) (<-chan *Tail, error) {
	r := &reader{query: q, more: make(chan struct{}, 1)}
	if err := s.tails.add(ctx, r); err != nil {
		return nil, err
	}
	out := make(chan *Tail)
	go func() {
		defer close(out)
		defer s.tails.remove(r)
		for {
			select {
			case <-ctx.Done():
				return
			case <-r.more:
			}
			select {
			case <-ctx.Done():
				return
			case out <- r.take():
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(tailGap):
			}
		}
	}()
	return out, nil
}

// reader is one who follows.
type reader struct {
	query warehouse.EventQuery
	more  chan struct{} // holds a token while there is something to take

	mu   sync.Mutex
	next Tail
}

// offer gives a reader what was recorded; it does not block.
func (r *reader) offer(events []shop.Event, gap bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range events {
		switch {
		case !matches(r.query, &events[i]):
		case len(r.next.Events) == tailBuffer:
			r.next.Dropped++
		default:
			r.next.Events = append(r.next.Events, events[i])
		}
	}
	r.next.Gap = r.next.Gap || gap
	if len(r.next.Events) > 0 || r.next.Gap {
		select {
		case r.more <- struct{}{}:
		default:
		}
	}
}

func (r *reader) take() *Tail {
	r.mu.Lock()
	defer r.mu.Unlock()
	tail := r.next
	r.next = Tail{}
	return &tail
}

// tails follows the outbox for all readers of this process, while there are any.
type tails struct {
	s *Service

	mu      sync.Mutex
	readers map[*reader]struct{}
	stop    context.CancelFunc // of whoever follows; nil: nobody does
}

// add begins to follow if nobody does, from the outbox's end as it is now.
func (t *tails) add(ctx context.Context, r *reader) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stop == nil {
		after, err := t.s.Store.OutboxEnds(ctx)
		if err != nil {
			return err
		}
		following, stop := context.WithCancel(context.WithoutCancel(ctx))
		t.stop = stop
		go t.follow(following, after)
	}
	t.readers[r] = struct{}{}
	return nil
}

// remove ends following with the last reader.
func (t *tails) remove(r *reader) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.readers, r)
	if len(t.readers) == 0 {
		t.stop()
		t.stop = nil
	}
}

// follow reads the outbox until ctx ends. The transporter trims what it has
// moved, a thousand entries at a time: who does not read for a second may have missed some.
func (t *tails) follow(ctx context.Context, after map[string]string) {
	read := t.s.Now()
	for {
		entries, err := t.s.Store.Entries(ctx, after, tailEntries, tailBlock)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			t.s.Log.WarnContext(ctx, "follow the outbox", "error", err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(tailGap):
			}
			continue
		}
		now := t.s.Now()
		gap := now.Sub(read) > 2*tailBlock
		read = now
		t.tell(ctx, entries, after, gap)
	}
}

// tell hands entries to the readers and notes how far it came.
func (t *tails) tell(ctx context.Context, entries []store.Entry, after map[string]string, gap bool) {
	var events []shop.Event
	for _, entry := range entries {
		after[entry.Outbox] = entry.ID
		of, err := eventsOf(entry)
		if err != nil {
			t.s.Log.ErrorContext(ctx, "read an entry for the tail", "error", err)
			gap = true
			continue
		}
		events = append(events, of...)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for r := range t.readers {
		r.offer(events, gap)
	}
}
