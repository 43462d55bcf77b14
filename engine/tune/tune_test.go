package tune

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"also/engine"
	"also/engine/enginetest"
	"also/engine/evaluate"
)

// planted is a split of data with tastes, its entries met over a hundred days.
func planted(seed uint64) Split {
	train, held := enginetest.Planted{Users: 400, Items: 200, Entries: 8000, Seed: seed}.Split(.2)
	s := Split{Name: "planted", Train: train, Held: held, Dates: engine.Dates{Now: 100 * 86_400_000}}
	for k := range train.Idx {
		s.Dates.First = append(s.Dates.First, int64(k*7919%100)*86_400_000)
	}
	return s
}

func options() Options[string] {
	splits := []Split{planted(1), planted(2)}
	return Options[string]{
		Data:  func(context.Context, string) ([]Split, error) { return splits, nil },
		Dated: true, Trials: 12, Seed: 5,
		Start: Candidate[string]{Recipe: engine.Recipe{Config: engine.Config{Dim: 8, Epochs: 4, Unobserved: 2, Lambda: .09, Nu: 1}}},
	}
}

// A search may say nothing about candidates that serving would rank otherwise.
func TestJudgeRanksAsServingDoes(t *testing.T) {
	ctx := context.Background()
	split := planted(3)
	n := engine.DefaultNeighbours()
	n.TargetPower = .2
	r := engine.Recipe{
		Config:    engine.Config{Dim: 8, Epochs: 3, Unobserved: .1, Lambda: .01, Nu: 1},
		SecondDim: 16, Neighbours: &n, Gain: &engine.GainConfig{Trend: .3, Popularity: .1},
	}
	p := parts{workers: 2, room: 1 << 30, entries: map[any]*cached{}}
	for name, recipe := range map[string]engine.Recipe{
		"all parts": r, "factors alone": {Config: r.Config},
		"the filter alone beside":  {Config: r.Config, Neighbours: &engine.NeighbourConfig{Sources: 1, Lambda: 1, Filter: 1, FilterTargets: 30}},
		"the gain by trend beside": {Config: r.Config, Gain: &engine.GainConfig{Trend: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			recipe, err := recipe.WithDefaults()
			if err != nil {
				t.Fatal(err)
			}
			f, err := p.fit(ctx, split, recipe, []engine.Recipe{recipe}, nil)
			if err != nil {
				t.Fatal(err)
			}
			f.users = split.judgedUsers(1000)
			got, err := f.judge(ctx, []engine.Recipe{recipe}, 2)
			if err != nil {
				t.Fatal(err)
			}
			parts, err := engine.TrainParts(ctx, split.Train, split.Dates, recipe, engine.PartsOptions{})
			if err != nil {
				t.Fatal(err)
			}
			scorer, err := evaluate.Parts(parts)
			if err != nil {
				t.Fatal(err)
			}
			want, err := evaluate.Evaluate(ctx, scorer, split.Train, split.Held, evaluate.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(f.users, want.Users) {
				t.Fatalf("judged %d users, want %d", len(f.users), len(want.Users))
			}
			different := 0
			for u, v := range want.Values(evaluate.NDCG) {
				if d := v - got[0].ndcg[u]; d > 1e-9 || d < -1e-9 {
					different++
				}
			}
			if different > len(f.users)/100 { // ties in single precision
				t.Errorf("%d of %d users are judged otherwise than by serving", different, len(f.users))
			}
		})
	}
}

func TestFactorsGoOnWhereTheyStopped(t *testing.T) {
	ctx := context.Background()
	m := planted(4).Train
	cfg, err := engine.Config{Dim: 8, Epochs: 6, Nu: 1}.WithDefaults()
	if err != nil {
		t.Fatal(err)
	}
	short := cfg
	short.Epochs = 3
	p := parts{workers: 1, room: 1 << 30, entries: map[any]*cached{}}
	if _, err := p.factors(ctx, m, short, nil); err != nil {
		t.Fatal(err)
	}
	on, err := p.factors(ctx, m, cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := engine.Train(ctx, m, cfg, engine.TrainOptions{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if ratio := on.Loss / whole.Loss; !(ratio > .98 && ratio < 1.02) {
		t.Errorf("going on ends at a loss of %g, training at once at %g", on.Loss, whole.Loss)
	}
}

// An epoch from the factors of most of a matrix is as good as all epochs.
func TestFactorsGoOnFromBefore(t *testing.T) {
	ctx := context.Background()
	m := planted(4).Train
	before, _, err := evaluate.HoldOut(m, .1, 1)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := engine.Config{Dim: 8, Epochs: 6, Nu: 1}.WithDefaults()
	if err != nil {
		t.Fatal(err)
	}
	p := parts{workers: 1, room: 1 << 30, entries: map[any]*cached{}}
	from, err := p.factors(ctx, before, cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	on, err := p.factors(ctx, m, cfg, from)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := engine.Train(ctx, m, cfg, engine.TrainOptions{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if ratio := on.Loss / whole.Loss; !(ratio > .97 && ratio < 1.03) {
		t.Errorf("going on ends at a loss of %g, training at %g", on.Loss, whole.Loss)
	}
}

func TestSearch(t *testing.T) {
	var told []Trial[string]
	opts := options()
	opts.Progress = func(t Trial[string]) { told = append(told, t) }
	found, err := Search(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	first := found.Trials[0]
	if first.Step != Start || !first.Best || len(first.Values) != 2 {
		t.Errorf("the first trial is %+v", first)
	}
	if found.Best.Value < first.Value*1.1 {
		t.Errorf("from a bad start the best is %.4f, the first %.4f", found.Best.Value, first.Value)
	}
	if len(told) != len(found.Trials) {
		t.Errorf("%d trials were told, %d made", len(told), len(found.Trials))
	}
	for k, trial := range found.Trials {
		if trial.Number != k+1 || trial.Best && !trial.Whole() {
			t.Errorf("trial %d is numbered %d, best %v after %d of %d epochs", k+1, trial.Number, trial.Best, trial.Trained, trial.Epochs)
		}
		if trial.Best && k > 0 && !(trial.Difference > trial.Uncertainty && trial.Uncertainty > 0) {
			t.Errorf("trial %d became the best by %g ± %g", trial.Number, trial.Difference, trial.Uncertainty)
		}
	}
	if _, err := found.Best.Recipe.WithDefaults(); err != nil {
		t.Errorf("the best cannot be trained: %v", err)
	}
}

func TestSearchOfWeightsAlone(t *testing.T) {
	opts := options()
	opts.Weights, opts.Keep, opts.Trials = true, Keep{Neighbours: true, TargetPower: true}, 9
	n := engine.DefaultNeighbours()
	opts.Start.Neighbours = &n
	found, err := Search(context.Background(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Trials) < 2 || len(found.Trials) == opts.Trials && found.Trials[opts.Trials-1].Best {
		t.Errorf("%d trials", len(found.Trials))
	}
	before := found.Trials[0]
	for _, trial := range found.Trials[1:] {
		if trial.Step != Blend || trial.Config != before.Config || *trial.Neighbours != n {
			t.Errorf("trial %d, %s, changes more than the gain: %+v", trial.Number, trial.Step, trial.Recipe)
		}
		if !trial.Best {
			continue
		}
		for k, v := range trial.Values {
			if v < before.Values[k] {
				t.Errorf("trial %d became the best, though split %d fell from %.4f to %.4f", trial.Number, k, before.Values[k], v)
			}
		}
		before = trial
	}
}

func TestSameSeedFindsTheSame(t *testing.T) {
	opts := options()
	opts.Trials = 7
	var found [2]Result[string]
	for k := range found {
		opts.Workers = k + 1
		var err error
		if found[k], err = Search(context.Background(), opts); err != nil {
			t.Fatal(err)
		}
	}
	for k, a := range found[0].Trials {
		if b := found[1].Trials[k]; a.key() != b.key() || a.Value != b.Value {
			t.Errorf("trial %d: %s gives %.6f, then %s %.6f", k+1, a.key(), a.Value, b.key(), b.Value)
		}
	}
}

// One way to weigh entries is right: a search must try it and keep it.
func TestSearchWeighsEntries(t *testing.T) {
	good, bad := planted(1), planted(1)
	bad.Train = &engine.Matrix{Rows: good.Train.Rows, Cols: good.Train.Cols, Ptr: good.Train.Ptr, Idx: good.Train.Idx, W: make([]float32, len(good.Train.W))}
	for k := range bad.Train.W {
		bad.Train.W[k] = []float32{.001, 5}[k%2]
	}
	opts := options()
	opts.Start.Weighing, opts.Trials = "bad", 30
	opts.Data = func(_ context.Context, weighing string) ([]Split, error) {
		return []Split{map[string]Split{"good": good, "bad": bad}[weighing]}, nil
	}
	opts.Weigh = func(_ *rand.Rand, now string) string { return map[string]string{"good": "bad", "bad": "good"}[now] }
	found, err := Search(context.Background(), opts)
	if err != nil || found.Best.Weighing != "good" {
		t.Errorf("the best weighs entries in the %s way, %v", found.Best.Weighing, err)
	}
}

func TestSearchStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	opts := options()
	opts.Progress = func(Trial[string]) { cancel() }
	found, err := Search(ctx, opts)
	if !errors.Is(err, context.Canceled) || !found.Best.Best {
		t.Errorf("a search that was stopped after its first trial gives %v and best %v", err, found.Best.Best)
	}
	opts = options()
	opts.Trials, opts.Budget = 0, time.Nanosecond
	if found, err := Search(context.Background(), opts); err != nil || len(found.Trials) != 1 {
		t.Errorf("without any time: %d trials, %v; want the first, whole", len(found.Trials), err)
	}
}

func TestSearchRefusals(t *testing.T) {
	var invalid *engine.InvalidError
	for name, change := range map[string]func(*Options[string]){
		"no end":   func(o *Options[string]) { o.Trials = 0 },
		"metric":   func(o *Options[string]) { o.Metric = "mrr" },
		"start":    func(o *Options[string]) { o.Start.Lambda = -1 },
		"no split": func(o *Options[string]) { o.Data = func(context.Context, string) ([]Split, error) { return nil, nil } },
		"nothing out": func(o *Options[string]) {
			o.Data = func(context.Context, string) ([]Split, error) {
				s := planted(1)
				s.Held = &engine.Matrix{Rows: s.Train.Rows, Cols: s.Train.Cols, Ptr: make([]int64, s.Train.Rows+1)}
				return []Split{s}, nil
			}
		},
	} {
		opts := options()
		change(&opts)
		if _, err := Search(context.Background(), opts); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMerged(t *testing.T) {
	n := engine.DefaultNeighbours()
	base := Candidate[string]{Recipe: engine.Recipe{Neighbours: &n}}
	a, b := n, engine.GainConfig{Popularity: .1}
	a.Ridge = 0
	got := merged(base, []Candidate[string]{withParts(base, a, engine.GainConfig{}), withParts(base, n, b)})
	if got.Neighbours.Ridge != 0 || got.Neighbours.Filter != n.Filter || got.Gain == nil || got.Gain.Popularity != .1 {
		t.Errorf("both changes give %+v, %+v", got.Neighbours, got.Gain)
	}
}

func TestReports(t *testing.T) {
	trials := []Trial[string]{
		{Number: 1, Step: Start, Best: true, Value: .1, Elapsed: 1},
		{Number: 2, Step: Factors, Value: .2, Elapsed: 2, Trained: 1, Candidate: Candidate[string]{Recipe: engine.Recipe{Config: engine.Config{Epochs: 2}}}},
		{Number: 3, Step: Blend, Value: .15, Elapsed: 3, Best: true},
	}
	var table, plot bytes.Buffer
	if err := WriteTable(&table, trials); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(table.String(), "\n"), "\n")
	for _, line := range lines {
		if got, want := strings.Count(line, "\t"), strings.Count(lines[0], "\t"); got != want {
			t.Errorf("a row has %d columns, the head %d", got+1, want+1)
		}
	}
	if len(lines) != 4 {
		t.Errorf("the table has %d lines, want 4", len(lines))
	}
	if err := WritePlot(&plot, "ndcg & more", trials); err != nil {
		t.Fatal(err)
	}
	circles := 0
	for d := xml.NewDecoder(&plot); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the plot is no XML: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "circle" {
			circles++
		}
	}
	if circles != 2 {
		t.Errorf("the plot has %d dots, want one for each whole trial, 2", circles)
	}
}
