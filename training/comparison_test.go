package training

import (
	"context"
	"math"
	"testing"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
)

// offer puts the products of the fixture's events into the shop, of two vendors:
// one makes the even ones, the other the odd ones.
func (f *fixture) offer(items int) {
	f.Helper()
	for item := range items {
		p := shop.Product{
			SKU: purchase(0, item, testStart).SKU, Name: "A thing", Vendor: []string{"even", "odd"}[item%2], Status: shop.Active,
			Price: shop.Money{Minor: 100, Currency: "EUR"},
		}
		e := shop.Event{ID: shop.NewUUID(testStart), Type: shop.ProductSaved, OccurredAt: testStart, RecordedAt: testStart, SKU: p.SKU, Source: "test"}
		if _, err := f.store.SaveProduct(context.Background(), p, false, store.Upsert, e); err != nil {
			f.Fatal(err)
		}
	}
}

// compare asks for a comparison and follows it to its end.
func (f *fixture) compare(a, b string) Comparison {
	f.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	c, err := f.service.Compare(ctx, a, b)
	if err != nil {
		f.Fatal(err)
	}
	states, err := f.service.ComparisonProgress(ctx, c.ID)
	if err != nil {
		f.Fatal(err)
	}
	done := -1.0
	for c = range states {
		if c.Progress < done {
			f.Errorf("progress fell from %g to %g", done, c.Progress)
		}
		done = c.Progress
	}
	if c.State != Done {
		f.Fatalf("the comparison ended %s: %s", c.State, c.Error)
	}
	return c
}

func TestCompare(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(200, 60, 60))
	f.offer(60)
	f.work(f.service, "w")
	good := f.train(StartInput{Config: tiny(), Promote: true})
	bad := tiny()
	bad.Dim, bad.Lambda = 1, 1e6               // all scores zero, but for rounding,
	bad.Neighbours = &engine.NeighbourConfig{} // with nothing beside
	worse := f.train(StartInput{Config: bad})

	t.Run("a worse model is found to be worse", func(t *testing.T) {
		c := f.compare(good.Model, worse.Model)
		j := c.Judgement
		diff := j.Paired["ndcg@20"]
		if !(diff.High < 0) || !(diff.Low <= diff.Mean && diff.Mean <= diff.High) {
			t.Errorf("the difference is %+v", diff)
		}
		if got := j.B["ndcg@20"].Mean - j.A["ndcg@20"].Mean; math.Abs(got-diff.Mean) > 1e-9 {
			t.Errorf("the paired mean is %g, the means differ by %g", diff.Mean, got)
		}
		if j.Users < minUsers {
			t.Errorf("judged on %d users", j.Users)
		}
		var a, b float64
		for _, v := range j.Vendors {
			a, b = a+v.A, b+v.B
		}
		if len(j.Vendors) != 2 || math.Abs(a-1) > 1e-9 || math.Abs(b-1) > 1e-9 {
			t.Errorf("vendors %+v: shares add up to %g and %g", j.Vendors, a, b)
		}
		if d := c.Difference; d.Sampled == 0 || d.Changed <= 0 || len(d.Sample) != shownUsers || d.Listable != 60 || d.OnlyA+d.OnlyB != 0 {
			t.Errorf("difference %+v", d)
		}
		if again, err := f.service.Compare(ctx, good.Model, worse.Model); err != nil || again.State != Done || !again.AskedAt.Equal(c.AskedAt) {
			t.Errorf("asked again, it was done again: %+v, %v", again, err)
		}
	})
	t.Run("a model does not differ from itself", func(t *testing.T) {
		c := f.compare(good.Model, good.Model)
		for name, m := range c.Judgement.Paired {
			if m != (Measure{}) {
				t.Errorf("%s differs by %+v", name, m)
			}
		}
		if c.Difference.Changed != 0 {
			t.Errorf("its lists differ by %g", c.Difference.Changed)
		}
	})
	t.Run("of a model that is gone is NotFound", func(t *testing.T) {
		if _, err := f.service.Compare(ctx, good.Model, "nobody"); shop.CodeOf(err) != shop.NotFound {
			t.Errorf("Compare: %v", err)
		}
		if _, err := f.service.Comparison(ctx, "nobody", good.Model); shop.CodeOf(err) != shop.NotFound {
			t.Errorf("Comparison: %v", err)
		}
	})
	t.Run("goes with its model", func(t *testing.T) {
		if err := f.service.DeleteModel(ctx, good.Model); shop.CodeOf(err) != shop.Conflict {
			t.Errorf("the live model was deleted: %v", err)
		}
		if _, err := f.service.UpdateModel(ctx, worse.Model, LabelPatch{Title: new("worse")}); err != nil {
			t.Fatal(err)
		}
		if err := f.service.DeleteModel(ctx, worse.Model); err != nil {
			t.Fatal(err)
		}
		if _, err := f.service.Comparison(ctx, good.Model, worse.Model); shop.CodeOf(err) != shop.NotFound {
			t.Errorf("the comparison is still there: %v", err)
		}
		if labels, err := f.service.labels(ctx); err != nil || len(labels) != 0 {
			t.Errorf("labels %v, %v", labels, err)
		}
	})
}

func TestCompareOfDifferentHistories(t *testing.T) {
	f := newFixture(t)
	events := checkerboard(200, 60, 60)
	f.record(events[:len(events)/2])
	f.work(f.service, "w")
	older := f.train(StartInput{Config: tiny()})
	f.record(events[len(events)/2:])
	newer := f.train(StartInput{Config: tiny()})
	c := f.compare(older.Model, newer.Model)
	if diff := c.Judgement.Paired["recall@20"]; !(diff.Mean > 0) {
		t.Errorf("knowing twice the history makes a difference of %+v", diff)
	}
}

func TestLabels(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(40, 20, 60))
	f.work(f.service, "w")
	run := f.train(StartInput{Config: tiny()})
	if m, err := f.service.UpdateModel(ctx, run.Model, LabelPatch{Title: new(" summer test "), Note: new("for Ada")}); err != nil || m.Label != (Label{"summer test", "for Ada"}) {
		t.Errorf("UpdateModel = %+v, %v", m.Label, err)
	}
	if m, err := f.service.UpdateModel(ctx, run.Model, LabelPatch{Note: new("")}); err != nil || m.Label != (Label{Title: "summer test"}) {
		t.Errorf("without a note: %+v, %v", m.Label, err)
	}
	all, err := f.service.Models(ctx)
	if err != nil || all[0].Label.Title != "summer test" {
		t.Errorf("Models: %+v, %v", all, err)
	}
	long := string(make([]rune, maxTitle+1))
	if _, err := f.service.UpdateModel(ctx, run.Model, LabelPatch{Title: &long}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("a long title: %v", err)
	}
}

func TestDefaultsAreWhatARunTakes(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	if d, err := f.service.Defaults(ctx); err != nil || d.Problem == "" {
		t.Errorf("without events: %+v, %v", d, err)
	}
	f.record(checkerboard(200, 60, 120))
	d, err := f.service.Defaults(ctx)
	if err != nil || d.Problem != "" || !d.Exact {
		t.Fatalf("Defaults = %+v, %v", d, err)
	}
	f.work(f.service, "w")
	run := f.train(StartInput{NoChoice: true})
	took := map[string]float64{
		"dim": float64(run.Config.Dim), "epochs": float64(run.Config.Epochs), "unobserved": run.Config.Unobserved,
		"lambda": run.Config.Lambda, "nu": run.Config.Nu, "seed": float64(run.Config.Seed),
		"secondDim": float64(run.Config.SecondDim), "neighbourRidge": 0, "neighbourFilter": 0, "gainTrend": 0, "gainPopularity": 0,
	}
	if n := run.Config.Neighbours; n != nil {
		took["neighbourRidge"], took["neighbourFilter"] = n.Ridge, n.Filter
	}
	if g := run.Config.Gain; g != nil {
		took["gainTrend"], took["gainPopularity"] = g.Trend, g.Popularity
	}
	g := run.Dataset.Weighing
	took["halfLifeDays"], took["ages"], took["quantity"], took["repeats"] = g.HalfLifeDays, 0, 0, 0
	took["weightCartAdd"], took["weightProductView"], took["weightClick"] = g.Weights[shop.CartAdd], g.Weights[shop.ProductView], g.Weights[shop.Click]
	took["weightRating"], took["weightNotInterested"] = g.Weights[shop.Rating], g.Weights[shop.NotInterested]
	if g.HalfLifeDays == 0 || g.Ages != "" || g.Quantity != "" || g.Repeats != "" {
		t.Errorf("it weighs events by %+v", g)
	}
	for _, p := range d.Parameters {
		v, known := took[p.Name]
		if !known || v != p.Value {
			t.Errorf("%s: the default says %g, the run took %g", p.Name, p.Value, v)
		}
		if p.Label == "" || p.What == "" || p.Why == "" {
			t.Errorf("%s is not explained: %+v", p.Name, p)
		}
		delete(took, p.Name)
	}
	if len(took) > 0 {
		t.Errorf("nothing is said of %v", took)
	}
}

func TestRunsAreDeletedOnceOver(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.record(checkerboard(40, 20, 60))
	first, second := f.start(StartInput{Config: tiny()}), f.start(StartInput{Config: tiny()})
	all, err := f.service.AllRuns(ctx)
	if err != nil || len(all) != 2 || first.Place(all) != 1 || second.Place(all) != 2 {
		t.Errorf("places %d and %d of %d, %v", first.Place(all), second.Place(all), len(all), err)
	}
	if err := f.service.DeleteRun(ctx, first.ID); shop.CodeOf(err) != shop.Conflict {
		t.Errorf("a waiting run was deleted: %v", err)
	}
	if _, err := f.service.Cancel(ctx, second.ID); err != nil {
		t.Fatal(err)
	}
	if err := f.service.DeleteRun(ctx, second.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := f.service.Run(ctx, second.ID); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("the run is still there: %v", err)
	}
}

// A run's record has all its losses, and is written far less often than short epochs end.
func TestShortEpochsAreNotedTogether(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(200, 60, 60))
	f.work(f.service, "w")
	long := tiny()
	long.Epochs = 1000
	run := f.train(StartInput{Config: long})
	if run.Epoch != long.Epochs || len(run.Losses) != long.Epochs {
		t.Errorf("epoch %d, %d losses, want %d", run.Epoch, len(run.Losses), long.Epochs)
	}
	if lines := len(run.Log) + run.LogDropped; lines > long.Epochs/2 {
		t.Errorf("%d lines for %d short epochs", lines, long.Epochs)
	}
	if last := run.Log[len(run.Log)-1]; last.Text != "Done." || last.Level != Info || last.At.IsZero() {
		t.Errorf("the last line is %+v", last)
	}
}

func TestTheLogKeepsTheLatest(t *testing.T) {
	var run Run
	for k := range logLines + 7 {
		run.say(time.Now(), Info, "Line %d.", k)
	}
	if len(run.Log) != logLines || run.LogDropped != 7 || run.Log[0].Text != "Line 7." {
		t.Errorf("%d lines from %q, %d dropped", len(run.Log), run.Log[0].Text, run.LogDropped)
	}
}
