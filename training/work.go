package training

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"also/shop"
	"also/store"
)

// leaseName is the lease that a worker holds while it runs: one run at a time.
const leaseName = "training"

var (
	errLeaseLost = errors.New("another worker took it over")
	errCancelled = errors.New("the run was cancelled")
)

// takeBlock is how long a worker waits for a run before it looks around.
const takeBlock = time.Second

// Work takes runs from the queue and does them, one at a time, until ctx ends,
// whose error it returns. worker names it; every worker needs a name of its own.
// A run that ctx's end interrupts goes back to the queue. Failures of the store are waited out.
func (s *Service) Work(ctx context.Context, worker string) error {
	var restoring sync.WaitGroup
	defer restoring.Wait()
	restoring.Go(func() {
		if err := s.RestoreLists(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "restore lists", "error", err)
		}
	})
	var looked time.Time
	for ctx.Err() == nil {
		if s.now().Sub(looked) >= s.opts.LeaseFor {
			looked = s.now()
			if err := s.requeue(ctx, worker); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "queue interrupted runs again", "error", err)
			}
		}
		task, ok, err := s.opts.Store.Take(ctx, queue, worker, s.opts.LeaseFor, takeBlock)
		if err == nil && ok {
			err = s.serve(ctx, worker, task)
		}
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "work on training runs", "worker", worker, "error", err)
			if sleep(ctx, takeBlock) != nil {
				break
			}
		}
	}
	return ctx.Err()
}

// requeue queues unfinished runs, comparisons and tunings again when nobody works on any: the queue is
// lost with the view, and a run with its worker. Queued twice does no harm.
func (s *Service) requeue(ctx context.Context, worker string) error {
	runs, err := listOf[Run](ctx, s, "run") // the oldest first
	if err != nil {
		return err
	}
	var waiting []string
	for _, run := range runs {
		if !run.Final() {
			waiting = append(waiting, run.ID)
		}
	}
	comparisons, err := s.comparisons(ctx)
	if err != nil {
		return err
	}
	for _, c := range comparisons {
		if !c.Final() {
			waiting = append(waiting, comparisonName(c.ID))
		}
	}
	tunings, err := s.Tunings(ctx)
	if err != nil {
		return err
	}
	for _, t := range tunings {
		if !t.Final() {
			waiting = append(waiting, tuningName(t.ID))
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	lease, ok, err := s.opts.Store.Claim(ctx, leaseName, worker, s.opts.LeaseFor)
	if err != nil || !ok {
		return err // somebody is at work
	}
	defer s.release(ctx, lease)
	for _, id := range waiting {
		if err := s.opts.Store.Push(ctx, queue, id); err != nil {
			return err
		}
	}
	return nil
}

// release gives a lease back; if that fails, it ends by itself.
func (s *Service) release(ctx context.Context, lease store.Lease) {
	if err := s.opts.Store.Release(context.WithoutCancel(ctx), lease); err != nil {
		s.log.WarnContext(ctx, "release the training lease", "error", err)
	}
}

// serve does one task of the queue.
func (s *Service) serve(ctx context.Context, worker string, task store.Task) error {
	serve := s.serveRun
	id, isComparison := strings.CutPrefix(task.Body, comparisonName(""))
	if isComparison {
		serve = s.serveComparison
	}
	if tuning, is := strings.CutPrefix(task.Body, tuningName("")); is {
		serve, id = s.serveTuning, tuning
	}
	if err := serve(ctx, worker, task, id); err != nil {
		return err
	}
	// Over, done elsewhere, or back in the queue as a new task.
	return s.opts.Store.Done(context.WithoutCancel(ctx), task)
}

// serveRun does a run that came out of the queue.
func (s *Service) serveRun(ctx context.Context, worker string, task store.Task, id string) error {
	lease, ok, err := s.claim(ctx, worker, task, func(ctx context.Context) (bool, error) {
		run, err := s.Run(ctx, id)
		return run.Final(), err
	})
	if err != nil || !ok {
		return err
	}
	defer s.release(ctx, lease)
	return s.attempt(ctx, worker, task, lease)
}

// claim waits for the lease while other work goes on, and reports false if the
// task is over by then or forgotten.
func (s *Service) claim(ctx context.Context, worker string, task store.Task, isOver func(context.Context) (bool, error)) (store.Lease, bool, error) {
	for {
		over, err := isOver(ctx)
		if shop.CodeOf(err) == shop.NotFound {
			return store.Lease{}, false, nil // forgotten by retention
		}
		if err != nil || over {
			return store.Lease{}, false, err
		}
		lease, ok, err := s.opts.Store.Claim(ctx, leaseName, worker, s.opts.LeaseFor)
		if err != nil || ok {
			return lease, ok, err
		}
		if err := s.opts.Store.Extend(ctx, task, worker); err != nil {
			return store.Lease{}, false, err
		}
		if err := sleep(ctx, min(takeBlock, s.opts.LeaseFor/4)); err != nil {
			return store.Lease{}, false, err
		}
	}
}

// attempt is one worker's try at a run, from taking it to its end. An error
// means that the run's fate could not be written.
func (s *Service) attempt(ctx context.Context, worker string, task store.Task, lease store.Lease) error {
	id := task.Body
	run, err := s.runAt(id).update(ctx, &lease, func(r *Run) { s.take(r, worker) })
	if err != nil || run.Final() {
		return ignoreLost(err)
	}
	s.log.InfoContext(ctx, "training run started", "run", id, "kind", run.Kind, "worker", worker, "attempt", run.Attempts)
	kept, stop := s.keep(ctx, lease, task, worker)
	j := &job{Service: s, run: run, lease: &lease}
	err = j.execute(kept)
	cause := context.Cause(kept)
	stop()
	return ignoreLost(s.finish(ctx, j, err, cause))
}

// take makes a run the worker's; one that was taken too often fails.
func (s *Service) take(r *Run, worker string) {
	if r.CancelAsked {
		r.say(s.now(), Info, "Stopped.")
		s.end(r, Cancelled)
		return
	}
	if r.Attempts >= s.opts.Attempts {
		r.Error = fmt.Sprintf("%d workers began this run and none lived to end it: look at their logs, most likely memory ran out", r.Attempts)
		r.ErrorCode = string(shop.Internal)
		r.say(s.now(), Failure, "%s", r.Error)
		s.end(r, Failed)
		return
	}
	now := s.now().UTC()
	if r.StartedAt == nil {
		r.StartedAt = &now
	}
	r.State, r.Worker, r.Phase = Running, worker, PhaseDataset
	r.Attempts++
	r.Epoch, r.Losses, r.Rate, r.TimeLeft = 0, nil, 0, 0
	if r.Attempts > 1 {
		r.say(now, Warning, "The worker before ended without word. Worker %s begins again.", worker)
		return
	}
	r.say(now, Info, "Worker %s took the run.", worker)
}

// finish writes what became of an attempt.
func (s *Service) finish(ctx context.Context, j *job, err, cause error) error {
	id := j.run.ID
	ctx, lease := context.WithoutCancel(ctx), j.lease
	switch {
	case err == nil:
		s.log.InfoContext(ctx, "training run done", "run", id, "model", j.run.Model, "promoted", j.run.Promoted, "note", j.run.Note)
		_, err = s.runAt(id).update(ctx, lease, func(r *Run) {
			r.Model, r.Promoted, r.Note = j.run.Model, j.run.Promoted, j.run.Note
			r.say(s.now(), Info, "Done.")
			s.end(r, Done)
		})
	case errors.Is(err, errLeaseLost) || errors.Is(cause, errLeaseLost):
		s.log.WarnContext(ctx, "training run was taken over", "run", id)
		return nil
	case errors.Is(cause, errCancelled):
		s.log.InfoContext(ctx, "training run cancelled", "run", id)
		_, err = s.runAt(id).update(ctx, lease, func(r *Run) {
			r.say(s.now(), Info, "Stopped.")
			s.end(r, Cancelled)
		})
	case cause != nil: // this worker stops: another shall begin again
		_, err = s.runAt(id).update(ctx, lease, func(r *Run) {
			r.State, r.Phase, r.Worker = Queued, "", ""
			r.Attempts--
			r.say(s.now(), Warning, "The worker stops. The run waits for another.")
		})
		if err == nil {
			err = s.opts.Store.Push(ctx, queue, id)
		}
	default:
		s.log.ErrorContext(ctx, "training run failed", "run", id, "error", err)
		_, err = s.runAt(id).update(ctx, lease, func(r *Run) {
			r.Error, r.ErrorCode = err.Error(), string(shop.CodeOf(err))
			var e *shop.Error
			if errors.As(err, &e) {
				r.Error = e.Message
			}
			r.say(s.now(), Failure, "%s", r.Error)
			s.end(r, Failed)
		})
	}
	return err
}

// ignoreLost drops errLeaseLost: the work is another worker's now.
func ignoreLost(err error) error {
	if errors.Is(err, errLeaseLost) {
		return nil
	}
	return err
}

// keep holds on to the lease and the task, and watches for a wish to cancel.
// The context it returns ends with errLeaseLost or errCancelled as its cause,
// with ctx, or by stop, which waits for the watch to end.
func (s *Service) keep(ctx context.Context, lease store.Lease, task store.Task, worker string) (kept context.Context, stop func()) {
	kept, cancel := context.WithCancelCause(ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		s.hold(kept, cancel, lease, task, worker)
	}()
	return kept, func() {
		cancel(nil)
		<-over
	}
}

// hold is the loop of keep. A store that does not answer for as long as the
// lease lasts is a lost lease.
func (s *Service) hold(ctx context.Context, cancel context.CancelCauseFunc, lease store.Lease, task store.Task, worker string) {
	every := min(s.opts.LeaseFor/5, time.Second/2)
	renewed := time.Now()
	for sleep(ctx, every) == nil {
		if asked, err := s.cancelAsked(ctx, task.Body); err == nil && asked {
			cancel(errCancelled)
			return
		}
		if time.Since(renewed) < s.opts.LeaseFor/4 {
			continue
		}
		err := s.opts.Store.Renew(ctx, lease, s.opts.LeaseFor)
		if err == nil {
			err = s.opts.Store.Extend(ctx, task, worker)
		}
		switch {
		case err == nil:
			renewed = time.Now()
		case shop.CodeOf(err) == shop.Conflict || time.Since(renewed) > s.opts.LeaseFor:
			cancel(errLeaseLost)
			return
		}
	}
}
