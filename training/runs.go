package training

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"time"

	"also/shop"
	"also/store"
)

// queue is where runs wait for a worker.
const queue = "training"

// runName is the control record of a run, and the topic of its progress.
func runName(id string) string { return "run/" + id }

func (s *Service) runAt(id string) record[Run] {
	return record[Run]{s, "training run", id, runName(id)}
}

// Start queues a run and returns it. It fails with shop.NotEnoughData, saying
// what is missing, if the lake already shows that training would mean nothing,
// and with shop.BadUserInput for a configuration out of range or an
// incremental run without a live model.
func (s *Service) Start(ctx context.Context, in StartInput) (Run, error) {
	in, err := s.tuned(ctx, in)
	if err != nil {
		return Run{}, err
	}
	run, err := s.newRun(ctx, in)
	if err != nil {
		return Run{}, err
	}
	if err := s.enoughToStart(ctx, run); err != nil {
		return Run{}, err
	}
	return run, s.enqueue(ctx, run)
}

// enqueue writes a new run's record and queues it.
func (s *Service) enqueue(ctx context.Context, run Run) error {
	if err := s.runAt(run.ID).put(ctx, run, store.PutConditions{Absent: true}); err != nil {
		return err
	}
	if err := s.opts.Store.Push(ctx, queue, run.ID); err != nil {
		return fmt.Errorf("queue run %s: %w", run.ID, err)
	}
	return nil
}

// runID makes an id that orders by time to a quarter of a microsecond: the
// version 7 UUID whose first random bits are the fraction of its millisecond
// (RFC 9562, section 6.2, method 3).
func runID(now time.Time) string {
	id := shop.NewUUID(now)
	fraction := now.Nanosecond() % int(time.Millisecond) * (1 << 12) / int(time.Millisecond)
	id[6], id[7] = 0x70|byte(fraction>>8), byte(fraction)
	return id.String()
}

// newRun checks the input and makes the run's first record.
func (s *Service) newRun(ctx context.Context, in StartInput) (Run, error) {
	now := s.now().UTC()
	run := Run{ID: runID(now), Kind: in.Kind, State: Queued, QueuedAt: now, NoChoice: in.NoChoice, Promote: in.Promote}
	switch in.Kind {
	case "":
		run.Kind = Full
	case Full:
	case Incremental:
		id, err := s.LiveID(ctx)
		if err != nil {
			return Run{}, err
		}
		if id == "" {
			return Run{}, shop.Errorf(shop.BadUserInput, "kind", "no model is live that could be brought up to date: start a FULL run first")
		}
		if in.Config != nil || in.Dataset != nil {
			return Run{}, shop.Errorf(shop.BadUserInput, "kind", "an INCREMENTAL run goes on with the live model's configuration and weights: leave them out, or start a FULL run")
		}
	default:
		return Run{}, shop.Errorf(shop.BadUserInput, "kind", "%q is no kind of run: use FULL or INCREMENTAL", in.Kind)
	}
	if in.Config != nil {
		if _, err := Trim(*in.Config).WithDefaults(); err != nil {
			return Run{}, &shop.Error{Code: shop.BadUserInput, Field: "config", Message: err.Error()}
		}
		run.Config = *in.Config
	}
	if in.Dataset != nil {
		run.Dataset = *in.Dataset
	}
	return run, nil
}

// Chooses reports whether the run chooses weights that were not given.
func (r Run) Chooses() bool { return r.Kind == Full && !r.NoChoice }

// noEvents says what to do with an empty lake.
const noEvents = "there are no events to learn from: import a history or record some events first"

// quickLook is up to how many events the training set is looked at before a
// run starts: it takes a fraction of a second.
const quickLook = 50_000

// enoughToStart refuses what is seen to be meaningless without much work; the
// rest the run finds out.
func (s *Service) enoughToStart(ctx context.Context, run Run) error {
	head, err := s.opts.Lake.Head(ctx)
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	if head == 0 {
		return shop.Errorf(shop.NotEnoughData, "", noEvents)
	}
	if head > quickLook || run.Kind == Incremental {
		return nil
	}
	d, err := s.opts.Lake.Dataset(ctx, run.Dataset)
	if err != nil {
		return fmt.Errorf("start a run: %w", err)
	}
	return enough(Matrix(d))
}

// Cancel asks a run to stop and returns it. A queued run ends at once, a
// running one at its next pause between epochs or blocks; a run that is over
// stays as it is.
func (s *Service) Cancel(ctx context.Context, id string) (Run, error) {
	run, err := s.runAt(id).update(ctx, nil, func(r *Run) {
		switch r.State {
		case Queued:
			r.CancelAsked = true
			r.say(s.now(), Info, "Stopped before it began.")
			s.end(r, Cancelled)
		case Running:
			r.CancelAsked = true
			r.say(s.now(), Info, "Asked to stop; it does so at its next pause.")
		}
	})
	if err != nil {
		return Run{}, fmt.Errorf("cancel run %s: %w", id, err)
	}
	return run, nil
}

// end puts a run into a final state.
func (s *Service) end(r *Run, state RunState) {
	now := s.now().UTC()
	r.State, r.EndedAt, r.TimeLeft = state, &now, 0
}

// Run returns a run; shop.NotFound if there is none of that id.
func (s *Service) Run(ctx context.Context, id string) (Run, error) {
	run, _, err := s.runAt(id).read(ctx)
	return run, err
}

// Runs returns up to n runs, newest first, that were queued before the run
// named (empty: from the newest). The id orders them.
func (s *Service) Runs(ctx context.Context, before string, n int) ([]Run, error) {
	all, err := s.AllRuns(ctx)
	if err != nil {
		return nil, err
	}
	if before != "" {
		all = all[sort.Search(len(all), func(k int) bool { return all[k].ID < before }):]
	}
	return all[:min(n, len(all))], nil
}

// AllRuns returns the runs that are kept, newest first.
func (s *Service) AllRuns(ctx context.Context) ([]Run, error) {
	all, err := listOf[Run](ctx, s, "run")
	slices.Reverse(all) // by name; ids rise with time
	return all, err
}

// Place returns how many runs a waiting run waits for, counting itself: 1 is next. It is 0 for a
// run that does not wait. all is every run there is.
func (r Run) Place(all []Run) int {
	if r.State != Queued {
		return 0
	}
	place := 1
	for _, other := range all {
		if other.State == Queued && other.ID < r.ID {
			place++
		}
	}
	return place
}

// DeleteRun forgets a run that is over; its model stays. It fails with
// shop.NotFound if there is none of that id and with shop.Conflict while it
// waits or runs.
func (s *Service) DeleteRun(ctx context.Context, id string) error {
	run, raw, err := s.runAt(id).read(ctx)
	if err != nil {
		return err
	}
	if !run.Final() {
		return shop.Errorf(shop.Conflict, "id", "the run is not over: stop it first, then delete it")
	}
	conds := store.PutConditions{Same: []shop.ControlRecord{{Name: runName(id), Value: raw}}}
	if err := s.opts.Store.PutControl(ctx, []shop.ControlRecord{{Name: runName(id)}}, conds); err != nil {
		return fmt.Errorf("delete run %s: %w", id, err)
	}
	return nil
}

// publish sends a message that may be missed; a failure is not the run's.
func (s *Service) publish(ctx context.Context, topic string, message []byte) {
	if err := s.opts.Store.Publish(ctx, topic, message); err != nil {
		s.log.WarnContext(ctx, "publish", "topic", topic, "error", err)
	}
}

// Progress delivers a run as it is now, then whenever it changes, and closes
// the channel after the final state or when ctx ends. A slow reader misses
// states in between, never the final one. It fails with shop.NotFound if there
// is no such run.
func (s *Service) Progress(ctx context.Context, id string) (<-chan Run, error) {
	return s.runAt(id).watch(ctx)
}
