package training

import (
	"context"
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"also/shop"
)

// Plan says when runs start by themselves.
type Plan struct {
	Cron    string // five fields, UTC; empty: never
	Promote bool   // whether such a run goes live by itself when it is not worse
}

// NextRun returns when a schedule next says so after a moment. It fails with
// shop.BadUserInput for one that cannot be read or never comes.
func NextRun(schedule string, after time.Time) (time.Time, error) {
	spec, err := cron.ParseStandard(schedule)
	var next time.Time
	if err == nil {
		if next = spec.Next(after.UTC()); next.IsZero() {
			err = fmt.Errorf("no such day comes")
		}
	}
	if err != nil {
		return next, &shop.Error{Code: shop.BadUserInput, Field: "schedule", Err: err,
			Message: fmt.Sprintf("%q is not a schedule: use five fields such as \"0 2 * * *\" for two every night, in UTC", schedule)}
	}
	return next, nil
}

// planPoll is how often Schedule asks for the plan.
const planPoll = time.Second

// claimFor is how long the right to start a scheduled run is held: longer than
// clocks of several processes differ, shorter than a schedule's step.
const claimFor = 30 * time.Second

// Schedule starts an incremental run, or a full one while no model is live or
// after one that drifted too far, whenever the plan says, until ctx ends, whose
// error it returns. A change of the plan counts within a second. A run that is due while another waits or runs
// is left out; of several processes one starts it.
func (s *Service) Schedule(ctx context.Context, name string, plan func() Plan) error {
	last := s.now()
	for sleep(ctx, planPoll) == nil {
		now, p := s.now(), plan()
		next, err := NextRun(p.Cron, last)
		last = now
		if p.Cron == "" || err != nil || next.After(now) {
			continue
		}
		_, ok, err := s.opts.Store.Claim(ctx, "schedule", name, claimFor)
		if err == nil && ok {
			err = s.startDue(ctx, p.Promote)
		}
		if err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "start a scheduled run", "error", err)
		}
	}
	return ctx.Err()
}

// startDue starts the run that a schedule asks for.
func (s *Service) startDue(ctx context.Context, promote bool) error {
	runs, err := listOf[Run](ctx, s, "run") // the oldest first
	if err != nil {
		return err
	}
	var last Run
	for _, last = range runs {
		if !last.Final() {
			return nil
		}
	}
	id, err := s.LiveID(ctx)
	if err != nil {
		return err
	}
	kind := Incremental
	// An incremental run that was not promoted had drifted too far.
	if id == "" || last.Kind == Incremental && last.State == Done && last.Promote && !last.Promoted {
		kind = Full
	}
	_, err = s.Start(ctx, StartInput{Kind: kind, Promote: promote})
	return err
}
