package training

import (
	"context"
	"strings"
	"testing"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
)

func (f *fixture) state(id string) ModelState {
	f.Helper()
	m, err := f.service.Model(context.Background(), id)
	if err != nil {
		f.Fatal(err)
	}
	return m.State
}

func TestPromoteAndRollBack(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(120, 20, 60))
	f.work(f.service, "w")
	if _, err := f.service.RollBack(ctx); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("rolling back without a model: %v", err)
	}
	if _, err := f.service.Promote(ctx, "nobody"); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("promoting nobody: %v", err)
	}
	watched := make(chan string, 10)
	watch, stop := context.WithCancel(ctx)
	defer stop()
	go f.service.WatchLive(watch, func(id string) { watched <- id })
	told := func(want string) {
		t.Helper()
		select {
		case got := <-watched:
			if got != want {
				t.Errorf("WatchLive told %q, want %q", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("WatchLive did not tell of %q", want)
		}
	}
	told("")

	first := f.train(StartInput{Config: tiny(), Promote: true})
	if !first.Promoted || f.state(first.Model) != Live {
		t.Fatalf("the first candidate is not live: %+v", first)
	}
	told(first.Model)
	other := tiny()
	other.Seed = 2
	second := f.train(StartInput{Config: other})
	if second.Promoted || f.state(second.Model) != Candidate || second.Model == first.Model {
		t.Fatalf("the second model: %+v", second)
	}
	if m, err := f.service.Promote(ctx, second.Model); err != nil || m.State != Live {
		t.Fatalf("Promote = %+v, %v", m, err)
	}
	told(second.Model)
	if f.state(first.Model) != Previous {
		t.Errorf("the first model is %s", f.state(first.Model))
	}
	if m, err := f.service.RollBack(ctx); err != nil || m.Manifest.ID != first.Model || m.State != Live {
		t.Fatalf("RollBack = %+v, %v", m, err)
	}
	if f.state(second.Model) != Retired {
		t.Errorf("what was rolled back is %s", f.state(second.Model))
	}
	told(first.Model)
}

func TestWorseCandidateIsNotPromoted(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(200, 60, 60))
	f.work(f.service, "w")
	good := f.train(StartInput{Config: tiny(), Promote: true})
	bad := tiny()
	bad.Dim, bad.Lambda = 1, 1e6               // all scores zero, but for rounding,
	bad.Neighbours = &engine.NeighbourConfig{} // with nothing beside
	run := f.train(StartInput{Config: bad, Promote: true})
	if run.Promoted || !strings.Contains(run.Note, "Not promoted") || !strings.Contains(run.Note, "nDCG@20") {
		t.Errorf("the bad candidate: promoted %v, note %q", run.Promoted, run.Note)
	}
	if f.state(good.Model) != Live || f.state(run.Model) != Candidate {
		t.Errorf("the good model is %s, the bad one %s", f.state(good.Model), f.state(run.Model))
	}
	// The same recipe on more data has nothing to fear.
	f.record([]shop.Event{purchase(500, 1, testStart), purchase(500, 3, testStart)})
	if again := f.train(StartInput{Config: tiny(), Promote: true}); !again.Promoted {
		t.Errorf("the same recipe was not promoted: %q", again.Note)
	}
}

func TestIncrementalRun(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(120, 20, 60))
	f.work(f.service, "w")
	full := f.train(StartInput{Config: tiny(), Promote: true})
	// A new customer, a new product, and enough new purchases to judge by.
	at := testStart.Add(61 * 24 * time.Hour)
	var events []shop.Event
	for u := range 12 {
		events = append(events, purchase(u, 22+u%2, at))
	}
	f.record(append(events, purchase(700, 22, at), purchase(700, 4, at), purchase(700, 6, at)))
	run := f.train(StartInput{Kind: Incremental, Promote: true})
	if !run.Promoted || !strings.Contains(run.Note, "solved 13 users and 4 products") {
		t.Errorf("the incremental run: promoted %v, note %q", run.Promoted, run.Note)
	}
	a, err := LoadArtefact(ctx, f.lake, run.Model)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	old, err := f.service.Model(ctx, full.Model)
	if err != nil {
		t.Fatal(err)
	}
	if a.Manifest.Dataset.Through <= old.Manifest.Dataset.Through || len(a.Users) != 121 || a.SKUs[len(a.SKUs)-1] != "P23" {
		t.Errorf("the artefact: %+v", a.Manifest.Dataset)
	}
	if m, err := f.service.Model(ctx, run.Model); err != nil || m.Metrics.Users < minUsers || !strings.Contains(m.Metrics.Protocol, "before this run") {
		t.Errorf("metrics: %+v, %v", m.Metrics, err)
	}
	// Nothing new: nothing to solve.
	if _, err := f.service.Start(ctx, StartInput{Kind: Incremental, Config: tiny()}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("an incremental run of another configuration: %v", err)
	}
	if again := f.train(StartInput{Kind: Incremental}); !strings.Contains(again.Note, "solved 0 users and 0 products") {
		t.Errorf("an idle incremental run: %q", again.Note)
	}
}

func TestArtefactHoldsWhatServingNeeds(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(60, 20, 60))
	returned := purchase(900, 1, testStart)
	back := returned
	back.ID, back.Type, back.OccurredAt = shop.DerivedUUID("back"), shop.Return, testStart.Add(time.Hour)
	view := purchase(900, 2, testStart)
	view.ID, view.Type = shop.DerivedUUID("view"), shop.ProductView
	f.record([]shop.Event{returned, back, view, purchase(900, 3, testStart), purchase(900, 5, testStart)})
	f.work(f.service, "w")
	run := f.train(StartInput{Config: tiny()})
	a, err := LoadArtefact(ctx, f.lake, run.Model)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	row := len(a.Users) - 1 // 1900 is the highest
	got := map[string]bool{}
	for k := a.Sums.Ptr[row]; k < a.Sums.Ptr[row+1]; k++ {
		got[a.SKUs[a.Sums.Idx[k]]] = a.Bought[k>>6]>>(k&63)&1 != 0
	}
	if bought, known := got["P02"]; !known || bought || !got["P03"] || !got["P05"] || got["P01"] {
		t.Errorf("what user 1900 bought, of what they met: %v", got)
	}
	if a.Weighing.Weights[shop.Purchase] != 1 || a.Weighing.HalfLifeDays != 0 || a.AgedAt.IsZero() || a.Recipe.Dim != 4 || a.Parts.Factors[0].Model.Items.Rows != len(a.SKUs) {
		t.Errorf("the artefact: %+v", a)
	}
}

func TestRunPublishesLists(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(120, 20, 60))
	f.work(f.service, "w")
	run := f.train(StartInput{Config: tiny(), Promote: true})
	for _, set := range []string{store.ModelSet(run.Model), "counts/720"} { // as after a rebuild of the view
		if err := f.store.DropSet(ctx, set); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.service.RestoreLists(ctx); err != nil {
		t.Fatal(err)
	}
	own, err := f.store.GetLists(ctx, store.ModelSet(run.Model), store.KindUser, []string{"1000", "nobody"})
	if err != nil || own[0] == nil || own[1] != nil {
		t.Fatalf("the lists of users: %v, %v", own, err)
	}
	d, err := f.lake.Dataset(ctx, run.Dataset)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range own[0] {
		for k := d.Ptr[0]; k < d.Ptr[1]; k++ {
			if e.SKU == d.SKUs[d.Idx[k]] {
				t.Errorf("user %d is offered %s, which they bought", d.Users[0], e.SKU)
			}
		}
	}
	similar, err := f.store.GetLists(ctx, store.ModelSet(run.Model), store.KindSimilar, []string{"P04"})
	if err != nil || len(similar[0]) != 19 {
		t.Fatalf("similar to P04: %v, %v", similar, err)
	}
	even := 0
	for _, e := range similar[0][:5] {
		if (e.SKU[2]-'0')%2 == 0 {
			even++
		}
	}
	if even < 4 {
		t.Errorf("similar to P04 are %v: most should be even", similar[0][:5])
	}
	raw, err := f.store.Control(ctx, store.LiveLists)
	if err != nil || !strings.Contains(string(raw), `"set":"counts/`) {
		t.Fatalf("the pointer to counted lists: %s, %v", raw, err)
	}
	best, err := f.store.GetLists(ctx, strings.Split(string(raw), `"`)[3], store.KindBestSellers, []string{""})
	if err != nil || len(best[0]) != 20 || best[0][0].Score < best[0][19].Score {
		t.Errorf("best-sellers: %v, %v", best, err)
	}
}

func TestRetention(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.service.opts.Retention.Models = 1
	f.service.opts.Retention.Runs = 3
	f.record(checkerboard(60, 20, 60))
	f.work(f.service, "w")
	var ids []string
	for k := range 4 {
		cfg := tiny()
		cfg.Seed = uint64(k)
		run := f.train(StartInput{Config: cfg})
		if _, err := f.service.Promote(ctx, run.Model); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, run.Model)
	}
	models, err := f.service.Models(ctx)
	if err != nil || len(models) != 2 || models[0].Manifest.ID != ids[3] || models[1].Manifest.ID != ids[2] {
		t.Errorf("%d models are left, %v: want the live one and the previous one", len(models), err)
	}
	sets, err := f.store.Sets(ctx)
	if err != nil {
		t.Fatal(err)
	}
	left := 0
	for _, set := range sets {
		if strings.HasPrefix(set, store.ModelSet("")) {
			left++
		}
	}
	if left != 2 {
		t.Errorf("sets left: %v", sets)
	}
	if runs, err := f.service.Runs(ctx, "", 100); err != nil || len(runs) != 3 {
		t.Errorf("%d runs are left, %v", len(runs), err)
	}
}

func TestPromotionForgetsWhatTheModelKnows(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	events := checkerboard(60, 20, 60)
	f.record(events)
	fresh := purchase(1, 99, testStart) // a product that the model will not know
	if err := f.store.NoteFresh(ctx, []shop.Event{events[0], fresh}); err != nil {
		t.Fatal(err)
	}
	f.work(f.service, "w")
	f.train(StartInput{Config: tiny(), Promote: true})
	noted, err := f.store.FreshEvents(ctx, []string{events[0].SKU, fresh.SKU})
	if err != nil || len(noted[0]) != 0 || len(noted[1]) != 1 {
		t.Errorf("noted of a known and an unknown product: %v, %v", noted, err)
	}
}

func TestSchedule(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	for _, bad := range []string{"now and then", "0 0 31 2 *", ""} {
		if _, err := NextRun(bad, testStart); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%q, a schedule that makes no sense: %v", bad, err)
		}
	}
	if next, err := NextRun("30 2 * * *", time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)); err != nil || !next.Equal(time.Date(2026, 3, 2, 2, 30, 0, 0, time.UTC)) {
		t.Errorf("half past two comes at %v, %v", next, err)
	}
	f.record(checkerboard(60, 20, 60))
	if err := f.service.startDue(ctx, true); err != nil {
		t.Fatal(err)
	}
	if err := f.service.startDue(ctx, true); err != nil { // one waits already
		t.Fatal(err)
	}
	runs, err := f.service.Runs(ctx, "", 10)
	if err != nil || len(runs) != 1 || runs[0].Kind != Full || !runs[0].Promote {
		t.Fatalf("runs: %+v, %v", runs, err)
	}
	f.work(f.service, "w")
	f.wait(runs[0].ID)
	if err := f.service.startDue(ctx, true); err != nil {
		t.Fatal(err)
	}
	if runs, err = f.service.Runs(ctx, "", 10); err != nil || len(runs) != 2 || runs[0].Kind != Incremental {
		t.Errorf("with a live model: %+v, %v", runs, err)
	}
	f.wait(runs[0].ID)
	drifted, err := f.service.newRun(ctx, StartInput{Kind: Incremental, Promote: true})
	if err != nil {
		t.Fatal(err)
	}
	drifted.State = Done // and not promoted
	if err := f.service.enqueue(ctx, drifted); err != nil {
		t.Fatal(err)
	}
	if err := f.service.startDue(ctx, true); err != nil {
		t.Fatal(err)
	}
	if runs, err = f.service.Runs(ctx, "", 10); err != nil || runs[0].Kind != Full {
		t.Errorf("after a run that drifted: %+v, %v", runs, err)
	}
}
