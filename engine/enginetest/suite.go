// Package enginetest is the contract of a trainer in executable form, and the
// synthetic data that tests of the engine share.
package enginetest

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"also/engine"
	"also/engine/evaluate"
)

// Trainer is what the suite holds to the contract: engine.Train, or another
// implementation of it.
type Trainer func(ctx context.Context, m *engine.Matrix, cfg engine.Config, opts engine.TrainOptions) (*engine.Model, error)

// Options say which promises a trainer makes.
type Options struct {
	// Config is the configuration to test with; sizes are the suite's.
	Config engine.Config
	// Exact says that rows are solved exactly, so that the loss never rises.
	Exact bool
	// Bitwise says that the same seed gives the same factors to the bit,
	// whatever the number of workers, and that a checkpoint continues to them.
	Bitwise bool
}

// Run holds a trainer to the contract.
func Run(t *testing.T, train Trainer, opts Options) {
	s := suite{train: train, opts: opts}
	for _, c := range []struct {
		name string
		skip bool
		test func(t *testing.T)
	}{
		{"checkerboard: the missing item of a user's parity comes first", false, s.checkerboard},
		{"loss never rises", !opts.Exact, s.lossNeverRises},
		{"loss is the objective", false, s.lossIsObjective},
		{"same seed, same factors, for any number of workers", !opts.Bitwise, s.sameFactors},
		{"another seed, other factors", false, s.otherSeed},
		{"a checkpoint continues to the same model", !opts.Bitwise, s.checkpoint},
		{"axes are the principal axes of the items", false, s.principalAxes},
		{"configuration survives a round trip", false, s.roundTrip},
		{"a user or item without entries gets the zero vector", false, s.emptyRows},
		{"nothing to learn from is refused", false, s.refusals},
		{"cancelling returns the context's error and no model", false, s.cancel},
		{"negative feedback pushes a score down", false, s.negative},
		{"nDCG@10 on planted clusters", false, s.accuracy},
	} {
		if !c.skip {
			t.Run(c.name, c.test)
		}
	}
}

type suite struct {
	train Trainer
	opts  Options
}

func (s suite) config(dim, epochs int) engine.Config {
	c := s.opts.Config
	c.Dim, c.Epochs = dim, epochs
	if c.Seed == 0 {
		c.Seed = 7
	}
	return c
}

func (s suite) mustTrain(t *testing.T, m *engine.Matrix, cfg engine.Config, opts engine.TrainOptions) *engine.Model {
	t.Helper()
	model, err := s.train(t.Context(), m, cfg, opts)
	if err != nil {
		t.Fatalf("train: %v", err)
	}
	for _, f := range []engine.Factors{model.Users, model.Items} {
		if err := f.Validate(); err != nil {
			t.Fatalf("model: %v", err)
		}
	}
	return model
}

// checkerboard: users like all items of their own parity but the one with
// their own number.
func (s suite) checkerboard(t *testing.T) {
	const n = 50
	b := engine.NewBuilder(n, n)
	for u := range int32(n) {
		for i := u % 2; i < n; i += 2 {
			if i != u {
				b.Add(u, i, 1, 1)
			}
		}
	}
	m := build(b)
	model := s.mustTrain(t, m, s.config(8, 12), engine.TrainOptions{})
	index := engine.NewIndex(model.Items, engine.IndexOptions{})
	var ws engine.Workspace
	for u := range int32(n) {
		seen, _, _ := m.Row(int(u))
		list := index.TopK(nil, model.Users.Row(int(u)), 1, nil, seen, &ws)
		if len(list) != 1 || list[0].Item != u {
			t.Errorf("user %d: got %v, want item %d first", u, list, u)
		}
	}
}

func (s suite) planted() *engine.Matrix {
	return Planted{Users: 700, Items: 300, Entries: 14_000, Clusters: 8, Seed: 3}.Matrix()
}

func (s suite) lossNeverRises(t *testing.T) {
	var losses []float64
	s.mustTrain(t, s.planted(), s.config(16, 10), engine.TrainOptions{
		Progress: func(r engine.EpochReport) { losses = append(losses, r.Loss) },
	})
	if len(losses) != 10 {
		t.Fatalf("%d reports, want 10", len(losses))
	}
	for k := 1; k < len(losses); k++ {
		if !(losses[k] <= losses[k-1]*(1+1e-6)) {
			t.Errorf("epoch %d: loss rose from %g to %g", k+1, losses[k-1], losses[k])
		}
	}
}

func (s suite) lossIsObjective(t *testing.T) {
	m := s.planted()
	model := s.mustTrain(t, m, s.config(16, 4), engine.TrainOptions{})
	want := objective(m, model)
	if !(math.Abs(model.Loss-want) <= 5e-4*want) {
		t.Errorf("reported %g, the objective is %g", model.Loss, want) // solvers may gather at half width
	}
	loss, err := engine.Loss(t.Context(), m, model)
	if err != nil || !(math.Abs(loss-want) <= 1e-4*want) {
		t.Errorf("Loss = %g, %v, the objective is %g", loss, err, want)
	}
}

// objective is the definition, cell by cell, for IALS.
func objective(m *engine.Matrix, model *engine.Model) float64 {
	c := model.Config
	dot := func(x, y []float32) (sum float64) {
		for k, v := range x {
			sum += float64(v) * float64(y[k])
		}
		return sum
	}
	var sum float64
	counts := make([]float64, m.Cols)
	for u := range m.Rows {
		x := model.Users.Row(u)
		for i := range m.Cols {
			y := dot(x, model.Items.Row(i))
			sum += c.Unobserved * y * y
		}
		idx, w, b := m.Row(u)
		for k, i := range idx {
			miss := float64(b[k])/float64(w[k]) - dot(x, model.Items.Row(int(i)))
			sum += float64(w[k]) * miss * miss
			counts[i]++
		}
		frequency := float64(len(idx)) + c.Unobserved*float64(m.Cols)
		sum += c.Lambda * math.Pow(frequency, c.Nu) * dot(x, x)
	}
	for i := range m.Cols {
		frequency := counts[i] + c.Unobserved*float64(m.Rows)
		sum += c.Lambda * math.Pow(frequency, c.Nu) * dot(model.Items.Row(i), model.Items.Row(i))
	}
	return sum
}

func (s suite) sameFactors(t *testing.T) {
	m := s.planted()
	var first *engine.Model
	for _, workers := range []int{1, 2, 3} {
		model := s.mustTrain(t, m, s.config(20, 3), engine.TrainOptions{Workers: workers})
		if first == nil {
			first = model
		}
		if !slices.Equal(model.Users.Data, first.Users.Data) || !slices.Equal(model.Items.Data, first.Items.Data) {
			t.Errorf("%d workers: other factors than with 1", workers)
		}
		if model.Loss != first.Loss {
			t.Errorf("%d workers: loss %v, with 1 %v", workers, model.Loss, first.Loss)
		}
	}
}

func (s suite) otherSeed(t *testing.T) {
	m := s.planted()
	cfg := s.config(16, 2)
	a := s.mustTrain(t, m, cfg, engine.TrainOptions{})
	cfg.Seed++
	b := s.mustTrain(t, m, cfg, engine.TrainOptions{})
	if slices.Equal(a.Items.Data, b.Items.Data) {
		t.Error("two seeds gave the same factors")
	}
}

func (s suite) checkpoint(t *testing.T) {
	m := s.planted()
	cfg := s.config(20, 5)
	var saved *engine.Model
	want := s.mustTrain(t, m, cfg, engine.TrainOptions{Checkpoint: func(epochs int, m *engine.Model) error {
		if epochs == 2 {
			saved = &engine.Model{Config: m.Config, Users: m.Users, Items: m.Items}
			saved.Users.Data = slices.Clone(m.Users.Data)
			saved.Items.Data = slices.Clone(m.Items.Data)
		}
		return nil
	}})
	got := s.mustTrain(t, m, cfg, engine.TrainOptions{Init: saved, StartEpoch: 2})
	if !slices.Equal(got.Users.Data, want.Users.Data) || !slices.Equal(got.Items.Data, want.Items.Data) {
		t.Error("continued training ends elsewhere")
	}
	fail := errors.New("disk full")
	if _, err := s.train(t.Context(), m, cfg, engine.TrainOptions{Checkpoint: func(int, *engine.Model) error { return fail }}); !errors.Is(err, fail) {
		t.Errorf("a failing checkpoint: error %v, want its own", err)
	}
}

func (s suite) principalAxes(t *testing.T) {
	items := s.mustTrain(t, s.planted(), s.config(16, 3), engine.TrainOptions{}).Items
	gram := func(a, b int) (sum float64) {
		for i := range items.Rows {
			sum += float64(items.Row(i)[a]) * float64(items.Row(i)[b])
		}
		return sum
	}
	for a := range items.Dim {
		for b := range a {
			if math.Abs(gram(a, b)) > 1e-5*gram(0, 0) {
				t.Errorf("axes %d and %d: product %g beside %g", a, b, gram(a, b), gram(0, 0))
			}
		}
		if a > 0 && gram(a, a) > gram(a-1, a-1)*(1+1e-5) {
			t.Errorf("axis %d is larger than the one before", a)
		}
	}
}

func (s suite) roundTrip(t *testing.T) {
	model := s.mustTrain(t, s.planted(), s.config(8, 1), engine.TrainOptions{})
	text, err := json.Marshal(model.Config)
	if err != nil {
		t.Fatal(err)
	}
	var back engine.Config
	if err := json.Unmarshal(text, &back); err != nil || back != model.Config {
		t.Errorf("got %+v, %v, want %+v", back, err, model.Config)
	}
	if resolved, err := back.WithDefaults(); err != nil || resolved != back {
		t.Errorf("a model's configuration is not complete: %+v, %v", resolved, err)
	}
}

func (s suite) emptyRows(t *testing.T) {
	b := engine.NewBuilder(6, 5)
	for u := range int32(5) {
		b.Add(u, u%4, 1, 1)
		b.Add(u, (u+1)%4, 2, 2)
	}
	model := s.mustTrain(t, build(b), s.config(4, 3), engine.TrainOptions{})
	for _, row := range [][]float32{model.Users.Row(5), model.Items.Row(4)} {
		if slices.ContainsFunc(row, func(v float32) bool { return v != 0 }) {
			t.Errorf("a row without entries got %v", row)
		}
	}
}

func (s suite) refusals(t *testing.T) {
	for _, c := range []struct {
		name string
		m    *engine.Matrix
		cfg  engine.Config
	}{
		{"no users", build(engine.NewBuilder(0, 3)), s.config(4, 1)},
		{"no items", build(engine.NewBuilder(3, 0)), s.config(4, 1)},
		{"no entries", build(engine.NewBuilder(3, 3)), s.config(4, 1)},
		{"dimension", s.planted(), s.config(-1, 1)},
	} {
		model, err := s.train(t.Context(), c.m, c.cfg, engine.TrainOptions{})
		var invalid *engine.InvalidError
		if model != nil || !errors.As(err, &invalid) {
			t.Errorf("%s: got %v, %v, want an InvalidError", c.name, model, err)
		}
	}
}

func (s suite) cancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	model, err := s.train(ctx, s.planted(), s.config(16, 50), engine.TrainOptions{
		Progress: func(r engine.EpochReport) {
			if r.Epoch == 2 {
				cancel()
			}
			if r.Epoch > 2 {
				t.Errorf("epoch %d after cancelling", r.Epoch)
			}
		},
	})
	if model != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", model, err)
	}
}

func (s suite) negative(t *testing.T) {
	score := func(target float32) float32 {
		b := engine.NewBuilder(40, 10)
		for u := range int32(40) {
			b.Add(u, u%2, 1, 1)
			b.Add(u, 2+u%2, 1, 1)
		}
		b.Add(0, 4, 1, target)
		b.Add(2, 4, 1, 1)
		model := s.mustTrain(t, build(b), s.config(4, 8), engine.TrainOptions{})
		var sum float32
		for k, v := range model.Users.Row(0) {
			sum += v * model.Items.Row(4)[k]
		}
		return sum
	}
	if liked, returned := score(1), score(-1); !(returned < liked) {
		t.Errorf("liked scores %g, rejected %g", liked, returned)
	}
}

// accuracyFloor is what every solver reaches on the data below; popularity
// has .04. Measured with go test -v -run Contract ./engine.
const accuracyFloor = .16

func (s suite) accuracy(t *testing.T) {
	train, test := Planted{Users: 2000, Items: 1000, Entries: 60_000, Clusters: 24, Noise: .1, Seed: 11}.Split(.2)
	model := s.mustTrain(t, train, s.config(32, 8), engine.TrainOptions{})
	scorer, err := evaluate.Model(model)
	if err != nil {
		t.Fatal(err)
	}
	report, err := evaluate.Evaluate(t.Context(), scorer, train, test, evaluate.Options{K: 10})
	if err != nil {
		t.Fatal(err)
	}
	popular, err := evaluate.Evaluate(t.Context(), evaluate.Popularity(train), train, test, evaluate.Options{K: 10})
	if err != nil {
		t.Fatal(err)
	}
	got := report.Mean(evaluate.NDCG)
	t.Logf("nDCG@10 %.4f, popularity %.4f", got, popular.Mean(evaluate.NDCG))
	if got < accuracyFloor {
		t.Errorf("nDCG@10 %.4f, want %.2f or more", got, accuracyFloor)
	}
}
