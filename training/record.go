package training

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"also/shop"
	"also/store"
)

// record is a control record that workers and people change side by side, and whose
// changes are told on the topic of its name: a run, a comparison, a tuning.
type record[T interface{ Final() bool }] struct {
	*Service
	kind string // in words
	id   string
	name string
}

// decode reads the value of a record.
func decode[T any](value []byte) (v T, err error) {
	if err := json.Unmarshal(value, &v); err != nil {
		return v, fmt.Errorf("read a %T: %w", v, err)
	}
	return v, nil
}

// listOf returns the records under a prefix, by name.
func listOf[T any](ctx context.Context, s *Service, prefix string) ([]T, error) {
	records, err := s.opts.Store.ControlList(ctx, prefix)
	if err != nil {
		return nil, fmt.Errorf("list every %s: %w", prefix, err)
	}
	all := make([]T, len(records))
	for k, r := range records {
		if all[k], err = decode[T](r.Value); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// read returns the record and its bytes; shop.NotFound, and no bytes, if there is none.
func (r record[T]) read(ctx context.Context) (v T, raw []byte, err error) {
	raw, err = r.opts.Store.Control(ctx, r.name)
	if err != nil {
		return v, nil, fmt.Errorf("read %s %s: %w", r.kind, r.id, err)
	}
	if raw == nil {
		return v, nil, notFound(r.kind, r.id)
	}
	v, err = decode[T](raw)
	return v, raw, err
}

// put writes the record and tells whoever watches.
func (r record[T]) put(ctx context.Context, v T, conds store.PutConditions) error {
	value, err := json.Marshal(v)
	if err == nil {
		err = r.opts.Store.PutControl(ctx, []shop.ControlRecord{{Name: r.name, Value: value}}, conds)
	}
	if err != nil {
		return fmt.Errorf("write %s %s: %w", r.kind, r.id, err)
	}
	r.publish(ctx, r.name, value)
	return nil
}

// update changes the record, again when somebody else changed it meanwhile, and
// returns it. A final one is not changed. With a lease it fails with errLeaseLost
// once that is another's.
func (r record[T]) update(ctx context.Context, lease *store.Lease, change func(*T)) (T, error) {
	for {
		v, raw, err := r.read(ctx)
		if err != nil || v.Final() {
			return v, err
		}
		change(&v)
		conds := store.PutConditions{Lease: lease, Same: []shop.ControlRecord{{Name: r.name, Value: raw}}}
		if err = r.put(ctx, v, conds); shop.CodeOf(err) != shop.Conflict {
			return v, err
		}
		now, err := r.opts.Store.Control(ctx, r.name)
		if err != nil {
			return v, fmt.Errorf("write %s %s: %w", r.kind, r.id, err)
		}
		if string(now) == string(raw) {
			return v, errLeaseLost // the record is as it was: the other condition failed
		}
	}
}

// watchPoll is how often a watch looks by itself, in case that a message was missed.
const watchPoll = time.Second

// watch delivers the record as it is now, then whenever it changes, and closes
// the channel after the final state or when ctx ends. A slow reader misses
// states in between, never the final one.
func (r record[T]) watch(ctx context.Context) (<-chan T, error) {
	ctx, stop := context.WithCancel(ctx)
	messages, err := r.opts.Store.Subscribe(ctx, r.name)
	if err != nil {
		stop()
		return nil, fmt.Errorf("follow %s %s: %w", r.kind, r.id, err)
	}
	now, raw, err := r.read(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	out := make(chan T)
	go func() {
		defer close(out)
		defer stop()
		r.follow(ctx, now, raw, messages, out)
	}()
	return out, nil
}

// follow is the loop of watch.
func (r record[T]) follow(ctx context.Context, now T, raw []byte, messages <-chan []byte, out chan<- T) {
	seen := string(raw)
	for {
		select {
		case out <- now:
		case <-ctx.Done():
			return
		}
		if now.Final() {
			return
		}
		for {
			next, ok := r.next(ctx, messages)
			if !ok {
				return
			}
			if string(next) == seen {
				continue
			}
			changed, err := decode[T](next)
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
func (r record[T]) next(ctx context.Context, messages <-chan []byte) ([]byte, bool) {
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
	_, raw, err := r.read(ctx)
	if err != nil {
		return nil, ctx.Err() == nil && shop.CodeOf(err) != shop.NotFound
	}
	return raw, true
}
