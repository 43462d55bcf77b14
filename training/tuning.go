package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"also/engine/evaluate"
	"also/shop"
	"also/store"
	"also/warehouse"
)

// Tuning is a search for settings on the shop's history, done by a worker. What
// is best so far can be used at any moment.
type Tuning struct {
	ID          string        `json:"id"`
	State       RunState      `json:"state"`
	Input       TuningInput   `json:"input"`
	How         string        `json:"how,omitempty"` // how candidates are judged, in words
	Trials      []Trial       `json:"trials,omitempty"`
	Round       int           `json:"round,omitempty"` // how many the search has done: where another worker goes on
	Spent       time.Duration `json:"spent,omitempty"` // of the budget, by workers that ended before
	AskedAt     time.Time     `json:"askedAt"`
	StartedAt   *time.Time    `json:"startedAt,omitempty"`
	EndedAt     *time.Time    `json:"endedAt,omitempty"`
	Attempts    int           `json:"attempts"`        // how many workers took it without giving it back
	Error       string        `json:"error,omitempty"` // what to do, for people
	CancelAsked bool          `json:"cancelAsked,omitempty"`
}

// TuningInput says how long to search and what for.
type TuningInput struct {
	Budget   time.Duration `json:"budget"`   // a minute to a day; default 10 minutes
	Metric   string        `json:"metric"`   // "ndcg" (the default) or "recall", of lists of 20
	NewPairs bool          `json:"newPairs"` // ask only for products that the customer had not bought before
	Seed     uint64        `json:"seed"`
}

// Bounds of a TuningInput, and how many trials a tuning makes and how many
// tunings are kept.
const (
	minBudget, maxBudget, defaultBudget = time.Minute, 24 * time.Hour, 10 * time.Minute
	maxTrials                           = 300
	keptTunings                         = 20
)

func (in TuningInput) withDefaults() (TuningInput, error) {
	if in.Budget == 0 {
		in.Budget = defaultBudget
	}
	if in.Budget < minBudget || in.Budget > maxBudget {
		return in, shop.Errorf(shop.BadUserInput, "budgetMinutes", "must be 1 to 1,440 minutes, is %v", in.Budget)
	}
	if in.Metric == "" {
		in.Metric = string(evaluate.NDCG)
	}
	if in.Metric != string(evaluate.NDCG) && in.Metric != string(evaluate.Recall) {
		return in, shop.Errorf(shop.BadUserInput, "metric", "%q cannot be searched by: use ndcg or recall", in.Metric)
	}
	return in, nil
}

// Final reports whether the tuning is over.
func (t Tuning) Final() bool { return t.State == Done || t.State == Failed || t.State == Cancelled }

// Best returns the best trial so far; nil before the first.
func (t Tuning) Best() *Trial {
	for k := len(t.Trials) - 1; k >= 0; k-- {
		if t.Trials[k].Best {
			return &t.Trials[k]
		}
	}
	return nil
}

// tuningName is the control record of a tuning, the topic of its progress, and
// its body in the queue.
func tuningName(id string) string { return "tuning/" + id }

func (s *Service) tuningAt(id string) record[Tuning] {
	return record[Tuning]{s, "tuning", id, tuningName(id)}
}

// StartTuning queues a tuning and returns it. It fails with shop.BadUserInput for
// an input out of range and with shop.NotEnoughData for an empty lake.
func (s *Service) StartTuning(ctx context.Context, in TuningInput) (Tuning, error) {
	in, err := in.withDefaults()
	if err != nil {
		return Tuning{}, err
	}
	if err := s.enoughToStart(ctx, Run{Kind: Full}); err != nil {
		return Tuning{}, err
	}
	if err := s.forgetTunings(ctx); err != nil {
		return Tuning{}, err
	}
	now := s.now().UTC()
	t := Tuning{ID: runID(now), State: Queued, Input: in, AskedAt: now}
	if err := s.tuningAt(t.ID).put(ctx, t, store.PutConditions{Absent: true}); err != nil {
		return Tuning{}, err
	}
	if err := s.opts.Store.Push(ctx, queue, tuningName(t.ID)); err != nil {
		return Tuning{}, fmt.Errorf("queue tuning %s: %w", t.ID, err)
	}
	return t, nil
}

// forgetTunings makes room for another.
func (s *Service) forgetTunings(ctx context.Context) error {
	all, err := s.Tunings(ctx)
	if err != nil || len(all) < keptTunings {
		return err
	}
	var gone []shop.ControlRecord
	for _, t := range all[keptTunings-1:] {
		if t.Final() {
			gone = append(gone, shop.ControlRecord{Name: tuningName(t.ID)})
		}
	}
	if len(gone) == 0 {
		return nil
	}
	if err := s.opts.Store.PutControl(ctx, gone, store.PutConditions{}); err != nil {
		return fmt.Errorf("forget old tunings: %w", err)
	}
	return nil
}

// CancelTuning asks a tuning to stop and returns it; what it found stays.
func (s *Service) CancelTuning(ctx context.Context, id string) (Tuning, error) {
	t, err := s.tuningAt(id).update(ctx, nil, func(t *Tuning) {
		t.CancelAsked = true
		if t.State == Queued {
			s.endTuning(t, Cancelled)
		}
	})
	if err != nil {
		return Tuning{}, fmt.Errorf("cancel tuning %s: %w", id, err)
	}
	return t, nil
}

func (s *Service) endTuning(t *Tuning, state RunState) {
	now := s.now().UTC()
	t.State, t.EndedAt = state, &now
}

// Tuning returns a tuning; shop.NotFound if there is none of that id.
func (s *Service) Tuning(ctx context.Context, id string) (Tuning, error) {
	t, _, err := s.tuningAt(id).read(ctx)
	return t, err
}

// Tunings returns the tunings that are kept, newest first.
func (s *Service) Tunings(ctx context.Context) ([]Tuning, error) {
	all, err := listOf[Tuning](ctx, s, "tuning")
	slices.Reverse(all) // by name; ids rise with time
	return all, err
}

// TuningProgress delivers a tuning as Progress does a run.
func (s *Service) TuningProgress(ctx context.Context, id string) (<-chan Tuning, error) {
	return s.tuningAt(id).watch(ctx)
}

// tuned puts the best settings of a tuning in place of its name.
func (s *Service) tuned(ctx context.Context, in StartInput) (StartInput, error) {
	if in.Tuning == "" {
		return in, nil
	}
	if in.Config != nil || in.Dataset != nil {
		return in, shop.Errorf(shop.BadUserInput, "tuningId", "a run takes either the settings of a tuning or those given: leave one out")
	}
	t, err := s.Tuning(ctx, in.Tuning)
	if err != nil {
		return in, err
	}
	best := t.Best()
	if best == nil {
		return in, shop.Errorf(shop.BadUserInput, "tuningId", "the tuning has tried nothing yet: wait for its first trial")
	}
	settings := explicit(best.Candidate)
	in.Config = &settings.Recipe
	in.Dataset = &warehouse.DatasetSpec{Weighing: settings.Weighing}
	return in, nil
}
