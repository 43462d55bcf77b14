package training

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"also/shop"
	"also/store"
)

// liveName is the control record of the live pointer, and the topic on which a
// switch is told.
const liveName = store.LiveModel

// pastModels is how many models that were live the pointer remembers.
const pastModels = 50

// live is the live pointer.
type live struct {
	ID       string    `json:"id"`
	Previous string    `json:"previous,omitempty"`
	Past     []string  `json:"past,omitempty"`  // what was live before that, the latest first
	Taken    []string  `json:"taken,omitempty"` // what was live and rolled back
	At       time.Time `json:"at"`
}

// promote makes id the live model.
func (l live) promote(id string, at time.Time) live {
	past := slices.Clone(l.Past)
	if l.Previous != "" {
		past = slices.Insert(past, 0, l.Previous)
	}
	gone := func(p string) bool { return p == id || p == l.ID }
	return live{
		ID: id, Previous: l.ID, At: at,
		Past:  firstOf(slices.DeleteFunc(past, gone), pastModels),
		Taken: slices.DeleteFunc(slices.Clone(l.Taken), gone),
	}
}

// rollBack makes the previous model the live one.
func (l live) rollBack(at time.Time) live {
	next := live{ID: l.Previous, At: at, Taken: firstOf(slices.Insert(slices.Clone(l.Taken), 0, l.ID), pastModels)}
	if len(l.Past) > 0 {
		next.Previous, next.Past = l.Past[0], slices.Clone(l.Past[1:])
	}
	return next
}

// state says what a model is to the shop.
func (l live) state(id string) ModelState {
	switch {
	case id == l.ID:
		return Live
	case id == l.Previous:
		return Previous
	case slices.Contains(l.Past, id), slices.Contains(l.Taken, id):
		return Retired
	}
	return Candidate
}

func firstOf(ids []string, n int) []string { return ids[:min(n, len(ids))] }

// readLive returns the pointer, zero when no model was ever live, with the
// bytes of its record.
func (s *Service) readLive(ctx context.Context) (live, []byte, error) {
	raw, err := s.opts.Store.Control(ctx, liveName)
	if err != nil {
		return live{}, nil, fmt.Errorf("read the live pointer: %w", err)
	}
	var l live
	if raw != nil {
		if err := json.Unmarshal(raw, &l); err != nil {
			return live{}, nil, fmt.Errorf("read the live pointer: %w", err)
		}
	}
	return l, raw, nil
}

// LiveID returns the id of the live model, "" if there is none.
func (s *Service) LiveID(ctx context.Context) (string, error) {
	l, _, err := s.readLive(ctx)
	return l.ID, err
}

// unless returns the condition that the pointer still is what raw says.
func unless(raw []byte) store.PutConditions {
	return store.PutConditions{Same: []shop.ControlRecord{{Name: liveName, Value: raw}}}
}

// switchLive replaces the pointer if the conditions hold; else it fails with
// shop.Conflict.
func (s *Service) switchLive(ctx context.Context, next live, conds store.PutConditions) error {
	value, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("write the live pointer: %w", err)
	}
	if err := s.opts.Store.PutControl(ctx, []shop.ControlRecord{{Name: liveName, Value: value}}, conds); err != nil {
		return fmt.Errorf("write the live pointer: %w", err)
	}
	s.publish(ctx, liveName, value)
	return nil
}

// Switch is what a switch of the live model changed: the model now live, the one
// before ("" if none was), and what rolling back returns to ("": nothing).
type Switch struct {
	Model
	From, RollBackTo string
}

// Promote makes a model the live one, by hand: whatever its metrics. It fails
// with shop.NotFound if there is no such model and shop.Conflict if another
// switch came between. Promoting the live model changes nothing.
func (s *Service) Promote(ctx context.Context, id string) (Switch, error) {
	model, err := s.Model(ctx, id)
	if err != nil {
		return Switch{}, err
	}
	l, raw, err := s.readLive(ctx)
	if err != nil {
		return Switch{}, err
	}
	next := l
	if l.ID != id {
		if err := s.ensureLists(ctx, id, s.atOnce()); err != nil {
			return Switch{}, fmt.Errorf("promote %s: %w", id, err)
		}
		next = l.promote(id, s.now().UTC())
		if err := s.switchLive(ctx, next, unless(raw)); err != nil {
			return Switch{}, fmt.Errorf("promote %s: %w", id, err)
		}
		s.settle(ctx)
	}
	model.State = Live
	return Switch{Model: model, From: l.ID, RollBackTo: next.Previous}, nil
}

// RollBack makes the previous model the live one again and returns it. It
// fails with shop.NotFound if there is none to return to.
func (s *Service) RollBack(ctx context.Context) (Switch, error) {
	l, raw, err := s.readLive(ctx)
	if err != nil {
		return Switch{}, err
	}
	if l.Previous == "" {
		return Switch{}, shop.Errorf(shop.NotFound, "", "there is no earlier model to roll back to")
	}
	if l.Past, err = s.kept(ctx, l.Past); err != nil {
		return Switch{}, err
	}
	next := l.rollBack(s.now().UTC())
	model, err := s.Model(ctx, next.ID)
	if err != nil {
		return Switch{}, err
	}
	if err := s.ensureLists(ctx, next.ID, s.atOnce()); err != nil {
		return Switch{}, fmt.Errorf("roll back to %s: %w", next.ID, err)
	}
	if err := s.switchLive(ctx, next, unless(raw)); err != nil {
		return Switch{}, fmt.Errorf("roll back to %s: %w", next.ID, err)
	}
	s.settle(ctx)
	model.State = Live
	return Switch{Model: model, From: l.ID, RollBackTo: next.Previous}, nil
}

// kept returns those of the models that retention has not deleted.
func (s *Service) kept(ctx context.Context, ids []string) ([]string, error) {
	manifests, err := s.opts.Lake.Models(ctx)
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	there := make(map[string]bool, len(manifests))
	for _, m := range manifests {
		there[m.ID] = true
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !there[id] }), nil
}

// livePoll is how often WatchLive looks by itself, in case that a message was missed.
const livePoll = 2 * time.Second

// WatchLive calls f with the id of the live model now ("" if there is none) and
// when it has changed, until ctx ends. Of several switches in quick succession it
// may tell the last one only. It returns ctx's error. Failures of the
// store are waited out.
func (s *Service) WatchLive(ctx context.Context, f func(id string)) error {
	messages, err := s.opts.Store.Subscribe(ctx, liveName)
	if err != nil {
		return fmt.Errorf("watch the live pointer: %w", err)
	}
	known, last := false, ""
	for {
		if id, err := s.LiveID(ctx); err != nil {
			s.log.WarnContext(ctx, "watch the live pointer", "error", err)
		} else if !known || id != last {
			known, last = true, id
			f(id)
		}
		poll := time.NewTimer(livePoll)
		select {
		case <-ctx.Done():
			poll.Stop()
			return ctx.Err()
		case _, open := <-messages:
			if !open {
				messages = nil // the subscription broke: go on by looking
			}
		case <-poll.C:
		}
		poll.Stop()
	}
}
