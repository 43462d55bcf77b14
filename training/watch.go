package training

import (
	"context"
	"time"

	"also/shop"
)

// watchPoll is how often a watch looks by itself, in case that a message was missed.
const watchPoll = time.Second

// watched is a control record whose changes are told on the topic of its name.
type watched[T any] struct {
	*Service
	name   string
	read   func(ctx context.Context) (T, []byte, error)
	decode func([]byte) (T, error)
	final  func(T) bool
}

// watch delivers the record as it is now, then whenever it changes, and closes
// the channel after the final state or when ctx ends. A slow reader misses
// states in between, never the final one.
func (w watched[T]) watch(ctx context.Context) (<-chan T, error) {
	ctx, stop := context.WithCancel(ctx)
	messages, err := w.opts.Store.Subscribe(ctx, w.name)
	if err != nil {
		stop()
		return nil, err
	}
	now, raw, err := w.read(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	out := make(chan T)
	go func() {
		defer close(out)
		defer stop()
		w.follow(ctx, now, raw, messages, out)
	}()
	return out, nil
}

// follow is the loop of watch.
func (w watched[T]) follow(ctx context.Context, now T, raw []byte, messages <-chan []byte, out chan<- T) {
	seen := string(raw)
	for {
		select {
		case out <- now:
		case <-ctx.Done():
			return
		}
		if w.final(now) {
			return
		}
		for {
			next, ok := w.next(ctx, messages)
			if !ok {
				return
			}
			if string(next) == seen {
				continue
			}
			changed, err := w.decode(next)
			if err != nil {
				continue
			}
			now, seen = changed, string(next)
			break
		}
	}
}

// next returns the record that a message brought or, after a while, the one in
// the store; false when ctx ended or the record is gone.
func (w watched[T]) next(ctx context.Context, messages <-chan []byte) ([]byte, bool) {
	poll := time.NewTimer(watchPoll)
	defer poll.Stop()
	select {
	case <-ctx.Done():
		return nil, false
	case message, ok := <-messages:
		if ok {
			return message, true
		}
		<-poll.C // the subscription broke: go on by looking
	case <-poll.C:
	}
	_, raw, err := w.read(ctx)
	if err != nil {
		return nil, ctx.Err() == nil && shop.CodeOf(err) != shop.NotFound
	}
	return raw, true
}
