package imports

import (
	"context"
	"errors"
	"fmt"
	"time"

	"also/shop"
	"also/transport"
	"also/warehouse"
)

// workTopic wakes the worker.
const workTopic = "imports"

// wakeEvery is how often the worker looks for imports without being woken.
const wakeEvery = 5 * time.Second

// Work does the imports that wait, one at a time, oldest first, until ctx ends. lake is the
// shop's, open for writing: only its holder works. Imports that an earlier holder's end interrupted
// are done again, since importing twice changes nothing. lists, called after each that changed
// something, counts again what is made of the lake; it may be nil.
func (s *Service) Work(ctx context.Context, lake *warehouse.Lake, lists func(context.Context) error) error {
	w := worker{Service: s, lake: lake}
	var swept time.Time
	for ctx.Err() == nil {
		if s.now().Sub(swept) >= s.opts.Keep/24 {
			swept = s.now()
			if err := w.sweep(ctx); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "sweep imports", "error", err)
			}
		}
		changed, err := w.round(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "work on imports", "error", err)
			_ = pause(ctx, wakeEvery) // the loop looks at ctx itself
		}
		if changed && lists != nil && ctx.Err() == nil {
			if err := lists(ctx); err != nil && ctx.Err() == nil {
				s.log.WarnContext(ctx, "count lists after imports", "error", err)
			}
		}
	}
	return ctx.Err()
}

// worker does imports.
type worker struct {
	*Service
	lake *warehouse.Lake
}

// round does the imports that are unfinished now, or waits for one to be queued. It
// reports whether the lake or the catalogue changed.
func (w worker) round(ctx context.Context) (changed bool, err error) {
	waiting, stop := context.WithCancel(ctx)
	defer stop()
	woken, err := w.store.Subscribe(waiting, workTopic) // before looking: nothing is missed in between
	if err != nil {
		return false, err
	}
	all, err := w.all(ctx)
	if err != nil {
		return false, err
	}
	idle := true
	for _, i := range all {
		if i.Final() || ctx.Err() != nil {
			continue
		}
		idle = false
		did, err := w.attempt(ctx, i.ID)
		if err != nil {
			return changed, err
		}
		changed = changed || did
	}
	if !idle {
		return changed, ctx.Err()
	}
	select {
	case <-ctx.Done():
	case <-woken:
	case <-time.After(wakeEvery):
	}
	return false, ctx.Err()
}

// attempt does one import, from taking it to its end.
func (w worker) attempt(ctx context.Context, id string) (changed bool, err error) {
	i, err := w.update(ctx, id, func(i *Import) {
		now := w.now().UTC()
		switch {
		case i.CancelAsked:
			w.end(i, Cancelled, "")
		case i.Attempts >= w.opts.Attempts:
			w.end(i, Failed, fmt.Sprintf("the server ended %d times during this import: look at its log, and start the import again with a smaller file", i.Attempts))
		default:
			i.State, i.StartedAt, i.Phase, i.Done, i.Total = Running, &now, "read", 0, 0
			i.Attempts++
		}
	})
	if err != nil || i.Final() {
		return false, err
	}
	w.log.InfoContext(ctx, "import started", "import", id, "kind", i.Kind, "attempt", i.Attempts)
	running, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	report, err := w.do(running, i, cancel)
	cause := context.Cause(running)
	end, err := w.finish(ctx, id, report, err, cause)
	w.log.InfoContext(ctx, "import ended", "import", id, "state", end.State, "rows", end.Rows, "accepted", end.Accepted, "rejected", end.Rejected)
	return report.Accepted > 0, err
}

var errCancelled = errors.New("the import was cancelled")

// do imports and brings the effect into the view. It cancels itself when that was asked for.
func (w worker) do(ctx context.Context, i Import, cancel context.CancelCauseFunc) (warehouse.ImportReport, error) {
	u, err := w.lake.Upload(i.Upload)
	if err != nil {
		return warehouse.ImportReport{}, err
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go w.watch(watching, i.ID, cancel)
	spec := warehouse.ImportSpec{ID: i.ID, Kind: kinds[i.Kind], Source: i.Source, Map: i.Map, Currency: i.Currency, Catalogue: catalogue{w.store}}
	report, err := w.lake.ImportUpload(ctx, u, spec, People{Store: w.store}, w.telling(ctx, i.ID))
	if err != nil || report.First == 0 {
		return report, err
	}
	// It is in the lake: whatever happens now, it stays there.
	if err := transport.LoadImport(context.WithoutCancel(ctx), w.lake, w.store, "import/"+i.ID, report.First); err != nil {
		return report, &shop.Error{Code: shop.Unavailable, Err: err,
			Message: "the rows are in the lake, but shoppers' recent histories do not show them yet: start the server again"}
	}
	return report, nil
}

// watchEvery is how soon a running import hears that it was cancelled.
const watchEvery = 200 * time.Millisecond

func (w worker) watch(ctx context.Context, id string, cancel context.CancelCauseFunc) {
	for pause(ctx, watchEvery) == nil {
		if i, err := w.Import(ctx, id); err == nil && i.CancelAsked {
			cancel(errCancelled)
			return
		}
	}
}

// tellEvery is how often progress is written: each time is a line of the journal.
const tellEvery = 500 * time.Millisecond

// telling returns what writes an import's progress, at most every tellEvery but for a new phase.
func (w worker) telling(ctx context.Context, id string) func(warehouse.ImportProgress) {
	var told time.Time
	var phase string
	return func(p warehouse.ImportProgress) {
		if now := w.now(); p.Phase != phase || now.Sub(told) >= tellEvery {
			told, phase = now, p.Phase
			if _, err := w.update(ctx, id, func(i *Import) { i.Phase, i.Done, i.Total = p.Phase, p.Done, p.Rows }); err != nil && ctx.Err() == nil {
				w.log.WarnContext(ctx, "tell an import's progress", "import", id, "error", err)
			}
		}
	}
}

// finish writes how an attempt ended. One that the end of the process
// interrupted waits again, and is not counted.
func (w worker) finish(ctx context.Context, id string, r warehouse.ImportReport, failed, cause error) (Import, error) {
	writing, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	return w.update(writing, id, func(i *Import) {
		i.Rows, i.Accepted, i.Duplicates, i.Rejected, i.Reasons = r.Rows, r.Accepted, r.Duplicates, r.Rejected, r.Reasons
		switch {
		case failed == nil:
			w.end(i, Done, "")
		case errors.Is(cause, errCancelled):
			w.end(i, Cancelled, "")
		case ctx.Err() != nil:
			i.State, i.Attempts, i.Phase, i.Done, i.Total = Queued, i.Attempts-1, "", 0, 0
		default:
			w.end(i, Failed, w.explain(ctx, id, failed))
		}
	})
}

// explain is a failure in words for whoever started the import.
func (w worker) explain(ctx context.Context, id string, err error) string {
	var e *shop.Error
	if errors.As(err, &e) && e.Code != shop.Internal {
		return e.Message
	}
	w.log.ErrorContext(ctx, "import failed", "import", id, "error", err)
	return "something went wrong on our side: the server's log names import " + id + "; start it again, which changes nothing twice"
}

// sweep removes uploads that nobody waits for any more, and the oldest records.
func (w worker) sweep(ctx context.Context) error {
	all, err := w.all(ctx)
	if err != nil {
		return err
	}
	keep := map[string]bool{}
	for _, i := range all {
		if !i.Final() {
			keep[i.Upload] = true
		}
	}
	if n, err := w.lake.SweepUploads(w.now().Add(-w.opts.Keep), keep); err != nil || n > 0 {
		w.log.InfoContext(ctx, "swept old uploads", "uploads", n, "error", err)
	}
	for _, i := range all[:max(0, len(all)-w.opts.Records)] {
		if !i.Final() {
			continue
		}
		if err := w.Delete(ctx, i.ID); err != nil {
			return err
		}
	}
	return nil
}
