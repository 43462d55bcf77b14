package imports

import (
	"context"
	"fmt"
	"time"

	"also/shop"
)

// lookEvery is how often Progress looks by itself, in case that a message was missed.
const lookEvery = time.Second

// Progress delivers an import as it is now, then whenever it changes, and
// closes the channel after the final state or when ctx ends. It fails with shop.NotFound if
// there is no such import.
func (s *Service) Progress(ctx context.Context, id string) (<-chan Import, error) {
	ctx, stop := context.WithCancel(ctx)
	messages, err := s.store.Subscribe(ctx, recordName(id))
	if err != nil {
		stop()
		return nil, fmt.Errorf("follow import %s: %w", id, err)
	}
	now, raw, err := s.read(ctx, id)
	if err != nil {
		stop()
		return nil, err
	}
	out := make(chan Import)
	go func() {
		defer close(out)
		defer stop()
		s.follow(ctx, now, string(raw), messages, out)
	}()
	return out, nil
}

// follow is the loop of Progress. Messages only wake it: what it tells is the record.
func (s *Service) follow(ctx context.Context, i Import, seen string, messages <-chan []byte, out chan<- Import) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case out <- i:
		case <-ctx.Done():
			return
		}
		for changed := false; !changed; {
			if i.Final() {
				return
			}
			select {
			case <-ctx.Done():
				return
			case _, ok := <-messages:
				if !ok {
					messages = nil // the subscription broke: go on by looking
				}
			case <-look.C:
			}
			next, raw, err := s.read(ctx, i.ID)
			if shop.CodeOf(err) == shop.NotFound {
				return // deleted
			}
			if err == nil && string(raw) != seen {
				i, seen, changed = next, string(raw), true
			}
		}
	}
}
