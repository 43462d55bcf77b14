package training

import (
	"context"
	"fmt"

	"github.com/go-co-op/gocron/v2"

	"also/shop"
)

// Schedule starts an incremental run, or a full one while no model is live or
// after one that drifted too far, whenever the cron expression says (five fields, UTC), until ctx ends, whose
// error it returns. A run that is due while another waits or runs is left out.
// It fails with shop.BadUserInput for an expression that cannot be read.
func (s *Service) Schedule(ctx context.Context, cron string) error {
	scheduler, err := gocron.NewScheduler()
	if err != nil {
		return fmt.Errorf("schedule training: %w", err)
	}
	start := func() {
		if err := s.startDue(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "start a scheduled run", "error", err)
		}
	}
	if _, err := scheduler.NewJob(gocron.CronJob("TZ=UTC "+cron, false), gocron.NewTask(start)); err != nil {
		return &shop.Error{Code: shop.BadUserInput, Field: "schedule", Err: err,
			Message: fmt.Sprintf("%q is not a schedule: use five fields such as \"0 2 * * *\" for two every night", cron)}
	}
	scheduler.Start()
	<-ctx.Done()
	if err := scheduler.Shutdown(); err != nil {
		return fmt.Errorf("end the schedule: %w", err)
	}
	return ctx.Err()
}

// startDue starts the run that a schedule asks for.
func (s *Service) startDue(ctx context.Context) error {
	records, err := s.opts.Store.ControlList(ctx, "run")
	if err != nil {
		return err
	}
	var last Run
	for _, record := range records { // the oldest first
		if last, err = decodeRun(record.Value); err != nil {
			return err
		}
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
	_, err = s.Start(ctx, StartInput{Kind: kind, Promote: true})
	return err
}
