package training

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"also/engine/evaluate"
	"also/shop"
	"also/store"
)

// serveTuning does a tuning that came out of the queue.
func (s *Service) serveTuning(ctx context.Context, worker string, task store.Task, id string) error {
	lease, ok, err := s.claim(ctx, worker, task, func(ctx context.Context) (bool, error) {
		t, err := s.Tuning(ctx, id)
		return t.Final(), err
	})
	if err != nil || !ok {
		return err
	}
	defer s.release(ctx, lease)
	t, err := s.tuningAt(id).update(ctx, &lease, s.takeTuning)
	if err != nil || t.Final() {
		return ignoreLost(err)
	}
	s.log.InfoContext(ctx, "tuning started", "tuning", id, "worker", worker, "attempt", t.Attempts)
	kept, stop := s.keep(ctx, lease, task, worker)
	w := &tuner{Service: s, lease: &lease, began: time.Now(), before: t}
	err = w.execute(kept)
	cause := context.Cause(kept)
	stop()
	ctx = context.WithoutCancel(ctx)
	if errors.Is(cause, errLeaseLost) {
		return nil
	}
	giveBack := cause != nil && !errors.Is(cause, errCancelled)
	_, werr := s.tuningAt(id).update(ctx, &lease, func(t *Tuning) {
		switch {
		case giveBack: // this worker stops: another goes on
			t.State = Queued
			t.Attempts--
			t.Spent += time.Since(w.began)
		case cause != nil:
			s.endTuning(t, Cancelled)
		case err != nil:
			t.Error = err.Error()
			var e *shop.Error
			if errors.As(err, &e) {
				t.Error = e.Message
			}
			s.endTuning(t, Failed)
		default:
			s.endTuning(t, Done)
		}
	})
	if werr == nil && giveBack {
		werr = s.opts.Store.Push(ctx, queue, task.Body)
	}
	return ignoreLost(werr)
}

// takeTuning makes a tuning a worker's; one that was taken too often fails.
func (s *Service) takeTuning(t *Tuning) {
	if t.CancelAsked {
		s.endTuning(t, Cancelled)
		return
	}
	if t.Attempts >= s.opts.Attempts {
		t.Error = fmt.Sprintf("%d workers began this tuning and none lived to end it: look at their logs, most likely memory ran out", t.Attempts)
		s.endTuning(t, Failed)
		return
	}
	now := s.now().UTC()
	if t.StartedAt == nil {
		t.StartedAt = &now
	}
	t.State = Running
	t.Attempts++
}

// tuner is one worker's attempt at a tuning.
type tuner struct {
	*Service
	lease  *store.Lease
	began  time.Time
	before Tuning // as it was taken
}

// execute searches, from the best that was found before where there is one.
func (w *tuner) execute(ctx context.Context) error {
	in := w.before.Input
	todo := TuneInput{Lake: w.opts.Lake, NewPairs: in.NewPairs, Options: TuneOptions{
		Metric: evaluate.Metric(in.Metric), Seed: in.Seed, Workers: w.opts.Workers, Round: w.before.Round,
		Budget: in.Budget - w.before.Spent, Trials: maxTrials - len(w.before.Trials),
		Progress: func(t Trial) { w.note(ctx, func(all *Tuning) { w.add(all, t) }) },
		Rounds:   func(n int) { w.note(ctx, func(all *Tuning) { all.Round = n }) },
	}}
	if best := w.before.Best(); best != nil {
		start := explicit(best.Candidate)
		todo.Start = &start
	}
	if todo.Options.Budget <= 0 || todo.Options.Trials <= 0 {
		return nil
	}
	todo.Says = func(how string) { w.note(ctx, func(all *Tuning) { all.How = how }) }
	_, err := Tune(ctx, todo)
	return err
}

// add appends a trial, counted on from those of workers before.
func (w *tuner) add(all *Tuning, t Trial) {
	t.Number += len(w.before.Trials)
	t.Elapsed += w.before.Spent.Seconds()
	all.Trials = append(all.Trials, t)
}

// note changes the record. A failure shows at the next look at the lease.
func (w *tuner) note(ctx context.Context, change func(*Tuning)) {
	if _, err := w.tuningAt(w.before.ID).update(ctx, w.lease, change); err != nil && ctx.Err() == nil {
		w.log.WarnContext(ctx, "note the progress of a tuning", "tuning", w.before.ID, "error", err)
	}
}

// cancelAsked reports whether the task of the queue was asked to stop. A
// comparison never is.
func (s *Service) cancelAsked(ctx context.Context, body string) (bool, error) {
	if id, is := strings.CutPrefix(body, tuningName("")); is {
		t, err := s.Tuning(ctx, id)
		return t.CancelAsked, err
	}
	if strings.HasPrefix(body, comparisonName("")) {
		return false, nil
	}
	run, err := s.Run(ctx, body)
	return run.CancelAsked, err
}
