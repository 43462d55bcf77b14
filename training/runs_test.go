package training

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
)

func TestStartRefusesWhatIsMeaningless(t *testing.T) {
	f := newFixture(t)
	refused := func(in StartInput, code shop.Code, words string) {
		t.Helper()
		_, err := f.service.Start(context.Background(), in)
		if shop.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
			t.Errorf("Start(%+v): %v, want %s with %q", in, err, code, words)
		}
	}
	refused(StartInput{}, shop.NotEnoughData, "no events")
	f.record(checkerboard(20, 10, 40))
	refused(StartInput{Kind: Incremental}, shop.BadUserInput, "no model is live")
	refused(StartInput{Kind: "WEEKLY"}, shop.BadUserInput, "no kind of run")
	refused(StartInput{Config: &Config{Config: engine.Config{Dim: -1}}}, shop.BadUserInput, "dim")
}

func TestTooLittleDataIsRefused(t *testing.T) {
	at, ctx := testStart, context.Background()
	saved := shop.Event{ID: shop.DerivedUUID("saved"), Type: shop.ProductSaved, OccurredAt: at, RecordedAt: at, SKU: "P01", Payload: []byte(`{"sku":"P01"}`)}
	for _, c := range []struct {
		name, words string
		events      []shop.Event
	}{
		{"only a catalogue", "no event says", []shop.Event{saved}},
		{"one customer", "only one customer", []shop.Event{purchase(1, 1, at), purchase(1, 2, at), purchase(1, 3, at), purchase(1, 4, at)}},
		{"few products", "only 2 products", []shop.Event{purchase(1, 1, at), purchase(1, 2, at), purchase(2, 1, at)}},
		{"nobody with two", "nothing links", []shop.Event{purchase(1, 1, at), purchase(2, 2, at), purchase(3, 3, at), purchase(4, 4, at)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t)
			f.record(c.events)
			if _, err := f.service.Start(ctx, StartInput{}); shop.CodeOf(err) != shop.NotEnoughData || !strings.Contains(err.Error(), c.words) {
				t.Errorf("Start: %v", err)
			}
			run, err := f.service.newRun(ctx, StartInput{}) // as if the lake had been too large to look at
			if err != nil {
				t.Fatal(err)
			}
			if err := f.service.enqueue(ctx, run); err != nil {
				t.Fatal(err)
			}
			f.work(f.service, "w")
			run = f.wait(run.ID)
			if run.State != Failed || run.ErrorCode != string(shop.NotEnoughData) || !strings.Contains(run.Error, c.words) {
				t.Errorf("run ended %s, %s: %s", run.State, run.ErrorCode, run.Error)
			}
		})
	}
}

func TestRunEndsInAnEvaluatedCandidate(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(120, 20, 60))
	f.work(f.service, "w")
	run := f.train(StartInput{Config: tiny()})
	if run.Epoch != 4 || len(run.Losses) != 4 || run.Attempts != 1 || run.Worker != "w" || run.StartedAt == nil || run.EndedAt == nil {
		t.Errorf("the run does not say what it did: %+v", run)
	}
	for k := 1; k < len(run.Losses); k++ {
		if run.Losses[k] > run.Losses[k-1]*1.0001 {
			t.Errorf("the loss rose: %v", run.Losses)
		}
	}
	models, err := f.service.Models(context.Background())
	if err != nil || len(models) != 1 || models[0].State != Candidate || models[0].Manifest.ID != run.Model {
		t.Fatalf("Models = %+v, %v", models, err)
	}
	m := models[0].Metrics
	got, low := m.Model["recall@20"], m.Baselines["random"]["recall@20"]
	if m.Users < minUsers || got.Mean < low.Mean || got.Low > got.Mean || got.High < got.Mean || !strings.Contains(m.Protocol, "2026-04-") {
		t.Errorf("metrics: %+v", m)
	}
	if id, err := f.service.LiveID(context.Background()); err != nil || id != "" {
		t.Errorf("LiveID = %q, %v: a candidate is not live", id, err)
	}
}

func TestRunsAreListedNewestFirst(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(20, 10, 40))
	var ids []string
	for range 3 {
		ids = append(ids, f.start(StartInput{}).ID)
	}
	runs, err := f.service.Runs(context.Background(), "", 2)
	if err != nil || len(runs) != 2 || runs[0].ID != ids[2] || runs[1].ID != ids[1] {
		t.Fatalf("Runs = %v, %v", runs, err)
	}
	if runs, err = f.service.Runs(context.Background(), ids[1], 5); err != nil || len(runs) != 1 || runs[0].ID != ids[0] {
		t.Fatalf("Runs before the second = %v, %v", runs, err)
	}
	if _, err := f.service.Run(context.Background(), "nobody"); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("an unknown run: %v", err)
	}
	if _, err := f.service.Progress(context.Background(), "nobody"); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("progress of an unknown run: %v", err)
	}
}

func TestCancel(t *testing.T) {
	t.Run("a queued run ends at once", func(t *testing.T) {
		f := newFixture(t)
		f.record(checkerboard(20, 10, 40))
		run := f.start(StartInput{})
		if run, err := f.service.Cancel(context.Background(), run.ID); err != nil || run.State != Cancelled {
			t.Fatalf("Cancel = %+v, %v", run, err)
		}
		f.work(f.service, "w")
		next := f.train(StartInput{Config: tiny()}) // the worker passes over the cancelled one
		if got, err := f.service.Run(context.Background(), run.ID); err != nil || got.State != Cancelled || got.Attempts != 0 || next.ID == run.ID {
			t.Errorf("the cancelled run: %+v, %v", got, err)
		}
	})
	t.Run("a running run ends between epochs", func(t *testing.T) {
		f := newFixture(t)
		f.record(checkerboard(300, 40, 60))
		f.work(f.service, "w")
		run := f.start(StartInput{Config: endless()})
		f.untilEpoch(run.ID)
		if _, err := f.service.Cancel(context.Background(), run.ID); err != nil {
			t.Fatal(err)
		}
		if got := f.wait(run.ID); got.State != Cancelled || got.Model != "" {
			t.Errorf("run ended %s with model %q", got.State, got.Model)
		}
	})
}

// endless is a configuration that trains until somebody stops it.
func endless() *Config {
	cfg := tiny()
	cfg.Epochs = 1_000_000
	return cfg
}

// untilEpoch waits until a run has finished an epoch.
func (f *fixture) untilEpoch(id string) {
	f.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	states, err := f.service.Progress(ctx, id)
	if err != nil {
		f.Fatal(err)
	}
	for run := range states {
		if run.Epoch > 0 || run.Final() {
			return
		}
	}
	f.Fatal("the run never trained")
}

// mortal is a store that a test can take from a process, as kill -9 would take
// the process.
type mortal struct {
	store.Store
	dead atomic.Bool
}

var errDead = shop.Errorf(shop.Unavailable, "", "this process is dead")

func (m *mortal) PutControl(ctx context.Context, r []shop.ControlRecord, c store.PutConditions) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.PutControl(ctx, r, c)
}

func (m *mortal) Control(ctx context.Context, name string) ([]byte, error) {
	if m.dead.Load() {
		return nil, errDead
	}
	return m.Store.Control(ctx, name)
}

func (m *mortal) Renew(ctx context.Context, l store.Lease, ttl time.Duration) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.Renew(ctx, l, ttl)
}

func (m *mortal) Release(ctx context.Context, l store.Lease) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.Release(ctx, l)
}

func (m *mortal) Done(ctx context.Context, task store.Task) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.Done(ctx, task)
}

func (m *mortal) Extend(ctx context.Context, task store.Task, worker string) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.Extend(ctx, task, worker)
}

func (m *mortal) Push(ctx context.Context, queue, body string) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.Push(ctx, queue, body)
}

func TestKilledRunIsTakenOverAndEndsOnce(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(300, 40, 60))
	first := &mortal{Store: f.store}
	stop := f.work(f.serviceOver(first), "first")
	run := f.start(StartInput{Config: endless()})
	f.untilEpoch(run.ID)
	first.dead.Store(true)
	stop()

	f.work(f.service, "second")
	deadline := time.Now().Add(20 * time.Second)
	for {
		got, err := f.service.Run(context.Background(), run.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Worker == "second" && got.Attempts == 2 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("nobody took the run over: %+v", got)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := f.service.Cancel(context.Background(), run.ID); err != nil {
		t.Fatal(err)
	}
	if got := f.wait(run.ID); got.State != Cancelled || got.Attempts != 2 {
		t.Errorf("the run ended %s after %d attempts", got.State, got.Attempts)
	}
}

func TestWorkerPresumedDeadCannotWrite(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(20, 10, 40))
	ctx := context.Background()
	run := f.start(StartInput{})
	old, ok, err := f.store.Claim(ctx, leaseName, "old", time.Millisecond)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	time.Sleep(5 * time.Millisecond)
	if _, ok, err := f.store.Claim(ctx, leaseName, "new", time.Minute); err != nil || !ok {
		t.Fatal("the lease did not end by itself", ok, err)
	}
	if _, err := f.service.runAt(run.ID).update(ctx, &old, func(r *Run) { r.State = Done }); err != errLeaseLost {
		t.Errorf("update under a lost lease: %v", err)
	}
	if got, err := f.service.Run(ctx, run.ID); err != nil || got.State != Queued {
		t.Errorf("the run was changed: %+v, %v", got, err)
	}
}

func TestRunFailsAfterTooManyWorkersDied(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(20, 10, 40))
	run := f.start(StartInput{})
	if _, err := f.service.runAt(run.ID).update(context.Background(), nil, func(r *Run) { r.State, r.Attempts = Running, 3 }); err != nil {
		t.Fatal(err)
	}
	f.work(f.service, "w")
	if got := f.wait(run.ID); got.State != Failed || !strings.Contains(got.Error, "3 workers") {
		t.Errorf("the run ended %s: %s", got.State, got.Error)
	}
}

func TestRunsAreQueuedAgainAfterTheQueueIsLost(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(60, 20, 60))
	run := f.start(StartInput{Config: tiny()})
	task, ok, err := f.store.Take(context.Background(), queue, "thief", time.Hour, time.Second)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := f.store.Done(context.Background(), task); err != nil { // gone, as with a rebuilt view
		t.Fatal(err)
	}
	f.work(f.service, "w")
	if got := f.wait(run.ID); got.State != Done {
		t.Errorf("the run ended %s: %s", got.State, got.Error)
	}
}

func TestStoppedWorkerHandsItsRunBack(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(300, 40, 60))
	stop := f.work(f.service, "first")
	run := f.start(StartInput{Config: endless()})
	f.untilEpoch(run.ID)
	stop()
	got, err := f.service.Run(context.Background(), run.ID)
	if err != nil || got.State != Queued || got.Attempts != 0 {
		t.Errorf("the run is %+v, %v: it should wait for another worker", got, err)
	}
}

func TestNeverTwoRunsAtOnce(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(300, 40, 60))
	f.work(f.service, "a")
	f.work(f.serviceOver(f.store), "b")
	one := f.start(StartInput{Config: endless()})
	f.untilEpoch(one.ID) // so that this one is first, whichever worker took it
	two := f.start(StartInput{Config: tiny()})
	for range 20 {
		if got, err := f.service.Run(context.Background(), two.ID); err != nil || got.State != Queued {
			t.Fatalf("the second run is %s, %v while the first one runs", got.State, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if _, err := f.service.Cancel(context.Background(), one.ID); err != nil {
		t.Fatal(err)
	}
	if got := f.wait(two.ID); got.State != Done {
		t.Errorf("the second run ended %s: %s", got.State, got.Error)
	}
}
