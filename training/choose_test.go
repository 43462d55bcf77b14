package training

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"also/engine"
	"also/engine/tune"
)

// fashion returns what 300 users took over 200 days: half of it by taste, half
// what has come up in the ten days before.
func fashion(t *testing.T) Known {
	t.Helper()
	const users, items, days = 300, 400, 200
	rng := rand.New(rand.NewPCG(3, 4))
	first := map[[2]int32]int64{}
	b := engine.NewBuilder(users, items)
	for u := range int32(users) {
		for range 30 {
			at := rng.IntN(days)
			item := int32(max(0, at*items/days-rng.IntN(20)))
			if rng.IntN(2) == 0 {
				item = int32(rng.IntN(at*items/days+1))/10*10 + u%10
			}
			pair := [2]int32{u, min(item, items-1)}
			if was, known := first[pair]; !known || int64(at) < was {
				first[pair] = int64(at)
			}
		}
	}
	for pair := range first {
		b.Add(pair[0], pair[1], 1, 1)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	const dayMillis = int64(86_400_000)
	k := Known{Train: m, Dates: engine.Dates{Now: days * dayMillis}}
	for u := range m.Rows {
		idx, _, _ := m.Row(u)
		for _, j := range idx {
			k.Dates.First = append(k.Dates.First, (1+first[[2]int32{int32(u), j}])*dayMillis)
		}
	}
	return k
}

func TestChooseFollowsFashion(t *testing.T) {
	ctx := context.Background()
	k := fashion(t)
	cfg, err := fill(Config{Config: engine.Config{Dim: 8, Epochs: 3}}, statsOf(k.Train, k.Dates))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Gain = nil
	c := Choosing{Config: cfg, Keep: tune.Keep{TargetPower: true}, Known: k, Workers: 2}
	got, err := c.Choose(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got.Config.Gain == nil || got.Config.Gain.Trend == 0 {
		t.Errorf("what rises is not followed: %s", got.Text)
	}
	if !strings.Contains(got.Text, "trend") || !strings.Contains(got.Text, "the last 4 periods of 17 days") {
		t.Errorf("it is told as %q", got.Text)
	}
	undated := c
	undated.Known.Dates = engine.Dates{}
	if kept, err := undated.Choose(ctx); err != nil || !kept.Config.Equal(cfg) || !strings.Contains(kept.Text, "no dates") {
		t.Errorf("without dates: %s, %v", kept.Text, err)
	}
	c.Workers = 1
	if again, err := c.Choose(ctx); err != nil || !again.Config.Equal(got.Config) {
		t.Errorf("chosen again: %s, %v", again.Text, err)
	}
	c.Keep = tune.Keep{Gain: true, TargetPower: true}
	if kept, err := c.Choose(ctx); err != nil || kept.Config.Gain != nil {
		t.Errorf("a given gain is changed: %s, %v", kept.Text, err)
	}
	c.Keep.Neighbours = true
	if kept, err := c.Choose(ctx); err != nil || !kept.Config.Equal(cfg) {
		t.Errorf("given weights are changed: %s, %v", kept.Text, err)
	}
}

// What is bought from a period's beginning on is not known before, even if it had been met.
func TestPeriodsKnowNothingOfLater(t *testing.T) {
	k := fashion(t)
	k.Bought = slices.Clone(k.Dates.First)
	const later = 30 * 86_400_000
	for e := range k.Bought {
		switch e % 3 {
		case 0:
			k.Bought[e] += later
		case 1:
			k.Bought[e] = 0
		}
	}
	splits, _ := k.periods(2)
	if len(splits) != 2 {
		t.Fatalf("%d periods", len(splits))
	}
	for _, s := range splits {
		if len(s.Dates.First) != s.Train.Entries() || slices.Max(s.Dates.First) >= s.Dates.Now {
			t.Errorf("%s: %d dates of %d entries, the last after it began", s.Name, len(s.Dates.First), s.Train.Entries())
		}
		e := 0
		for u := range k.Train.Rows {
			idx, _, _ := k.Train.Row(u)
			train, _, _ := s.Train.Row(u)
			held, _, _ := s.Held.Row(u)
			for _, j := range idx {
				_, learnt := slices.BinarySearch(train, j)
				_, asked := slices.BinarySearch(held, j)
				if learnt && k.Bought[e] >= s.Dates.Now || asked && k.Bought[e] < s.Dates.Now {
					t.Fatalf("%s: a pair bought at %d is learnt %v, asked for %v", s.Name, k.Bought[e], learnt, asked)
				}
				e++
			}
		}
	}
}

func TestKnownOfSomeUsers(t *testing.T) {
	k := fashion(t)
	some := k.some(.5, 1)
	if n := some.Train.Entries(); n != len(some.Dates.First) || n < k.Train.Entries()/3 || n > k.Train.Entries()*2/3 {
		t.Errorf("%d entries, %d dates of %d", n, len(some.Dates.First), k.Train.Entries())
	}
	for u := range some.Train.Rows {
		all, _, _ := k.Train.Row(u)
		if left, _, _ := some.Train.Row(u); len(left) > 0 && !slices.Equal(left, all) {
			t.Fatalf("of user %d there are %d of %d", u, len(left), len(all))
		}
	}
}

func TestPairsAreBounded(t *testing.T) {
	m := fashion(t).Train
	pairs := func(m *engine.Matrix) (sum float64) {
		for u := range m.Rows {
			n := float64(m.Ptr[u+1] - m.Ptr[u])
			sum += n * n
		}
		return sum
	}
	all := pairs(m)
	if some := pairs(ofPairs(m, all/4, 1)); some < all/6 || some > all/3 {
		t.Errorf("%g pairs are left of %g, want a quarter", some, all)
	}
	if ofPairs(m, all, 1) != m {
		t.Error("there are no more than may be, and the matrix is another one")
	}
}

func TestRunChoosesWeights(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(200, 60, 120))
	f.work(f.service, "w")
	given := Config{Config: engine.Config{Dim: 4, Epochs: 3}}
	run := f.train(StartInput{Config: &given})
	if !strings.Contains(run.Chosen, "what customers first bought in the last 4 periods of 9 days") || !slices.ContainsFunc(run.Log, func(l Line) bool { return l.Text == run.Chosen }) {
		t.Errorf("the run says %q", run.Chosen)
	}
	again := f.train(StartInput{Config: &given})
	if !again.Config.Equal(run.Config) || again.Chosen != run.Chosen {
		t.Errorf("the same run chooses %q", again.Chosen)
	}
	plain := f.train(StartInput{Config: &given, NoChoice: true})
	want, err := fill(given, statsOfRun(t, f, plain))
	if err != nil || plain.Chosen != "" || !plain.Config.Equal(want) {
		t.Errorf("a run that is not to choose takes %+v: %q, %v", plain.Config, plain.Chosen, err)
	}
}

// statsOfRun counts what a run was trained on.
func statsOfRun(t *testing.T, f *fixture, run Run) Stats {
	t.Helper()
	d, err := f.lake.Dataset(context.Background(), run.Dataset)
	if err != nil {
		t.Fatal(err)
	}
	m := Matrix(d)
	return statsOf(m, numberingOf(d.Users, d.SKUs).dates(d, m))
}
