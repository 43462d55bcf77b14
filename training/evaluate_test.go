package training

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

func TestEvaluateOnTheLake(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(200, 60, 60))
	for _, in := range []EvaluateInput{
		{Protocol: TimeSplit, NewPairs: true},
		{Protocol: TimeSplit, Cut: testStart.Add(30 * 24 * time.Hour)},
		{Protocol: LeaveOneOut},
		{Protocol: StrongGeneralisation},
	} {
		t.Run(string(in.Protocol), func(t *testing.T) {
			in.Lake, in.Config = f.lake, tiny()
			e, err := Evaluate(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			model, random := e.Metrics.Model["recall@20"], e.Metrics.Baselines["random"]["recall@20"]
			t.Logf("%s: recall@20 %.3f of %d users, at random %.3f", e.Metrics.Protocol, model.Mean, e.Metrics.Users, random.Mean)
			if model.Mean < random.Mean+.1 || e.Metrics.Users == 0 || e.Entries == 0 {
				t.Errorf("metrics: %+v", e.Metrics)
			}
			text, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			var flat map[string]any
			if err := json.Unmarshal(text, &flat); err != nil || flat["recall@20"] != model.Mean || flat["config"] == nil || flat["ndcg@20"] == nil {
				t.Errorf("JSON %s, %v", text, err)
			}
		})
	}
}

func TestEvaluateRefusals(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(20, 10, 40))
	refused := func(in EvaluateInput, code shop.Code) {
		t.Helper()
		if _, err := Evaluate(context.Background(), in); shop.CodeOf(err) != code {
			t.Errorf("Evaluate(%+v): %v, want %s", in, err, code)
		}
	}
	refused(EvaluateInput{Protocol: "guess", Lake: f.lake}, shop.BadUserInput)
	refused(EvaluateInput{Protocol: TimeSplit}, shop.BadUserInput)
	refused(EvaluateInput{Protocol: Gowalla, Data: t.TempDir()}, shop.BadUserInput)
	refused(EvaluateInput{Protocol: TimeSplit, Lake: f.lake, Cut: testStart.AddDate(1, 0, 0)}, shop.NotEnoughData)
	refused(EvaluateInput{Protocol: TimeSplit, Lake: f.lake, Config: &Config{Config: engine.Config{Dim: -1}}}, shop.BadUserInput)
}

func TestEvaluatePublishedSplit(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("train.txt", "0 0 2 4\n1 1 3 5\n2 0 2 6\n3 1 3 7\n")
	write("test.txt", "0 6\n1 7\n")
	e, err := Evaluate(context.Background(), EvaluateInput{Protocol: Gowalla, Data: dir, Config: tiny()})
	if err != nil {
		t.Fatal(err)
	}
	if e.Metrics.Users != 2 || e.Entries != 12 || e.Metrics.Model["recall@20"].Mean != 1 { // five candidates each: all within twenty
		t.Errorf("%+v", e)
	}
}

func TestHoldOutByTime(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	day := func(n int) time.Time { return testStart.AddDate(0, 0, n) }
	var events []shop.Event
	for u := range 20 {
		events = append(events, purchase(u, u%5, day(0)), purchase(u, 5+u%3, day(10)))
		again := purchase(u, u%5, day(60)) // bought again: not new
		fresh := purchase(u, 10, day(59))
		view := purchase(u, 11, day(20))
		view.ID, view.Type = shop.DerivedUUID("view", view.ID.String()), shop.ProductView
		events = append(events, again, fresh, view, purchase(u, 11, day(58)))
	}
	f.record(events)
	d, err := f.lake.Dataset(ctx, warehouse.DatasetSpec{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := newHoldOut(ctx, f.lake, d, 0)
	if err != nil {
		t.Fatal(err)
	}
	if want := day(53); !h.cut.Equal(want) || !strings.Contains(h.protocol, "2026-04-23") {
		t.Errorf("cut at %v (%s), want %v", h.cut, h.protocol, want)
	}
	// Each user: two products known; then, new, one never met and one only seen.
	if h.train.Entries() != 60 || h.known.Entries() != 40 || h.held.Entries() != 40 {
		t.Errorf("%d entries to train on, %d known, %d held; want 60, 40, 40", h.train.Entries(), h.known.Entries(), h.held.Entries())
	}
	seen := h.skus["P11"]
	for u := range h.held.Rows {
		idx, _, _ := h.held.Row(u)
		found := false
		for _, i := range idx {
			found = found || i == seen
		}
		if !found {
			t.Errorf("user %d is not asked for what they saw and then bought", u)
		}
	}
}

func TestWrongDatesDoNotMoveTheCut(t *testing.T) {
	d := &warehouse.Dataset{}
	for n := range 1000 {
		d.First = append(d.First, testStart.Add(time.Duration(n)*time.Hour).UnixMilli())
	}
	want := lastTenth(d)
	d.First[3], d.First[7] = 0, testStart.AddDate(70, 0, 0).UnixMilli()
	if got := lastTenth(d); got.Sub(want).Abs() > 24*time.Hour {
		t.Errorf("two wrong dates moved the cut from %v to %v", want, got)
	}
}

func TestHoldOutByChance(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(60, 20, 3)) // three days: too short to be cut by time
	d, err := f.lake.Dataset(ctx, warehouse.DatasetSpec{})
	if err != nil {
		t.Fatal(err)
	}
	h, err := newHoldOut(ctx, f.lake, d, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !h.cut.IsZero() || rowsFilled(h.held) < minUsers || h.train.Entries()+h.held.Entries() != Matrix(d).Entries() {
		t.Errorf("%s: %d to train on, %d held of %d", h.protocol, h.train.Entries(), h.held.Entries(), Matrix(d).Entries())
	}
	left, err := less(h.held, h.train)
	if err != nil || left.Entries() != h.held.Entries() {
		t.Errorf("what is held is also trained on: %d of %d left, %v", left.Entries(), h.held.Entries(), err)
	}
}

func TestThin(t *testing.T) {
	b := engine.NewBuilder(3*maxJudged, 2)
	for u := range 3 * maxJudged {
		b.Add(int32(u), int32(u%2), 1, 1)
	}
	held, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	h := &holdOut{held: held}
	h.thin()
	if got := rowsFilled(h.held); got != maxJudged || h.held.Validate() != nil {
		t.Errorf("%d users left, want %d; %v", got, maxJudged, h.held.Validate())
	}
}

// saved returns products of two categories and vendors, by parity, which checkerboard's customers buy by.
func saved(items int) []shop.Event {
	var events []shop.Event
	for i := range items {
		kind := []string{"even", "odd"}[i%2]
		p := shop.Product{SKU: fmt.Sprintf("P%02d", i), Name: "A thing " + kind, Vendor: kind, Categories: []string{kind}, Status: shop.Active, Version: 1}
		payload, err := json.Marshal(p)
		if err != nil {
			panic(err)
		}
		events = append(events, shop.Event{
			ID: shop.DerivedUUID("saved", p.SKU), Type: shop.ProductSaved, SKU: p.SKU, Payload: payload, OccurredAt: testStart, RecordedAt: testStart, Source: "test",
		})
	}
	return events
}

// Products hidden whole are foretold from their category and vendor; so is what was first sold after a cut.
func TestEvaluateColdItems(t *testing.T) {
	f := newFixture(t)
	events := checkerboard(300, 200, 60)
	late := testStart.AddDate(0, 0, 50)
	for u := range 200 {
		events = append(events, purchase(u, 200+2*(u%5)+u%2, late.AddDate(0, 0, u%8)))
	}
	f.record(append(saved(212), events...))
	for name, in := range map[string]EvaluateInput{"hidden whole": {Protocol: ColdItems}, "never sold": {Protocol: TimeSplit, NewPairs: true, Cut: late}} {
		in.Lake, in.Config = f.lake, tiny()
		e, err := Evaluate(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		m := e.Metrics
		if name == "never sold" {
			if m.NeverSold == nil {
				t.Fatalf("%s: nothing was judged", name)
			}
			m = *m.NeverSold
		}
		if got, chance := m.Model["mrr@20"].Mean, m.Baselines["random"]["mrr@20"].Mean; m.Users < 100 || got < 1.3*chance {
			t.Errorf("%s: %s: mrr %.3f of %d users, by chance %.3f", name, m.Protocol, got, m.Users, chance)
		}
	}
}
