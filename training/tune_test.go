package training

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"also/engine"
	"also/shop"
)

func TestTuneByPeriods(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(80, 30, 120))
	var how string
	found, err := Tune(context.Background(), TuneInput{
		Lake: f.lake, NewPairs: true, Options: TuneOptions{Trials: 4}, Says: func(h string) { how = h },
		Start: &Settings{Recipe: Config{Config: engine.Config{Dim: 4, Epochs: 3}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Trials) != 4 || len(found.Best.Values) != 3 || !strings.Contains(how, "3 periods of 10 days") {
		t.Errorf("%d trials, %d periods, %q", len(found.Trials), len(found.Best.Values), how)
	}
	if found.Trials[0].Dim != 4 || found.Trials[0].Unobserved == 0 {
		t.Errorf("it began with %+v", found.Trials[0].Recipe)
	}
	for k, v := range found.Trials[0].Values {
		if !(v > 0) {
			t.Errorf("nothing was foretold in period %d", k)
		}
	}
}

// What a search found must be what train --config then trains: parts that it
// decided against may not come back as defaults.
func TestTunedSettingsSurviveAFile(t *testing.T) {
	best := Trial{Candidate: Settings{Recipe: Config{Config: engine.DefaultConfig()}, Weighing: shop.Weighing{HalfLifeDays: 60, Ages: shop.AgesEvent}}}
	text, err := json.Marshal(TuneResult{Found: Found{Best: best}}.Settings())
	if err != nil {
		t.Fatal(err)
	}
	var read Settings
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	cfg, err := fill(read.Recipe, Stats{Users: 30_000, Items: 40_000, Entries: 800_000}) // would have neighbours and a gain
	if err != nil {
		t.Fatal(err)
	}
	want := best.Recipe
	want.Attributes = DefaultConfig(Stats{}).Attributes // which no search decides on
	if !cfg.Equal(want) || !read.Weighing.Equal(best.Weighing) {
		t.Errorf("a file makes %+v of %+v", cfg, want)
	}
}

func TestTunePublishedReadsNoTest(t *testing.T) {
	dir := t.TempDir()
	var text strings.Builder
	for u := range 40 {
		fmt.Fprintf(&text, "%d", u)
		for k := range 10 {
			fmt.Fprintf(&text, " %d", u%2+2*((u+k*3)%20))
		}
		text.WriteString("\n")
	}
	if err := os.WriteFile(filepath.Join(dir, "train.txt"), []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := Tune(context.Background(), TuneInput{Data: dir, Options: TuneOptions{Trials: 2}})
	if err != nil || len(found.Trials) != 2 || len(found.Best.Values) != 2 {
		t.Errorf("without a test.txt: %d trials, %v", len(found.Trials), err)
	}
}

// waitTuning lets a tuning end and returns it.
func (f *fixture) waitTuning(id string) Tuning {
	f.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	states, err := f.service.TuningProgress(ctx, id)
	if err != nil {
		f.Fatal(err)
	}
	var last Tuning
	for last = range states {
	}
	return last
}

func TestTuningInTheQueue(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	if _, err := f.service.StartTuning(ctx, TuningInput{}); shop.CodeOf(err) != shop.NotEnoughData {
		t.Errorf("an empty lake is tuned: %v", err)
	}
	f.record(checkerboard(80, 30, 120))
	for name, in := range map[string]TuningInput{"too short": {Budget: time.Second}, "no metric": {Metric: "mrr"}} {
		if _, err := f.service.StartTuning(ctx, in); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	asked, err := f.service.StartTuning(ctx, TuningInput{NewPairs: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.service.Start(ctx, StartInput{Tuning: asked.ID}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("a run takes the settings of a tuning without a trial: %v", err)
	}
	states, err := f.service.TuningProgress(ctx, asked.ID)
	if err != nil {
		t.Fatal(err)
	}
	stop := f.work(f.service, "first")
	for s := range states { // a few trials, then the worker stops
		if len(s.Trials) >= 3 {
			break
		}
	}
	stop()
	given, err := f.service.Tuning(ctx, asked.ID)
	if err != nil || given.State != Queued || given.Spent == 0 {
		t.Fatalf("a worker that stopped left a tuning %s after %v: %v", given.State, given.Spent, err)
	}
	before := len(given.Trials)
	defer f.work(f.service, "second")()
	for s := range states { // it goes on, until it is asked to stop
		if len(s.Trials) > before {
			if _, err := f.service.CancelTuning(ctx, asked.ID); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	last := f.waitTuning(asked.ID)
	if last.State != Cancelled || last.Best() == nil || last.Trials[before].Number != before+1 {
		t.Errorf("it ended %s with %d trials", last.State, len(last.Trials))
	}
	run := f.train(StartInput{Tuning: asked.ID})
	if run.State != Done || run.Config.Dim != last.Best().Dim || !run.Dataset.Weighing.Equal(last.Best().Weighing) {
		t.Errorf("the run ended %s with %+v: %s", run.State, run.Config, run.Error)
	}
}

// Every step leads to a weighing that the lake takes, differs, and leaves alone what
// the data have nothing of.
func TestWeigherSteps(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, w := range []weigher{{days: 365}, {days: 20, browsed: true}, {days: 3}} {
		g, err := shop.Weighing{}.WithDefaults()
		if err != nil {
			t.Fatal(err)
		}
		differed, browsed := 0, false
		for range 200 {
			next, err := w.step(rng, g).WithDefaults()
			if err != nil {
				t.Fatalf("%+v: from %+v to %+v: %v", w, g, next, err)
			}
			if next.HalfLifeDays >= w.days {
				t.Fatalf("%+v: a half-life of %g days", w, next.HalfLifeDays)
			}
			if !next.Equal(g) {
				differed++
			}
			browsed = browsed || next.Weights[shop.ProductView] != .1
			g = next
		}
		if differed < 40 || browsed != w.browsed {
			t.Errorf("%+v: %d of 200 steps changed anything, views %v", w, differed, browsed)
		}
	}
}
