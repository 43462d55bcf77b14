package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
	"also/engine/enginetest"
)

// TestGradientIsZero checks, for each objective, that exact training ends with
// items that solve their row systems: what the loss means is another matter
// than how it is solved.
func TestGradientIsZero(t *testing.T) {
	for _, cfg := range []engine.Config{
		{Objective: engine.IALS, Unobserved: .2, Lambda: .05, Nu: 1},
		{Objective: engine.IALS, Unobserved: .2, Lambda: 3, Nu: 0},
		{Objective: engine.HKV, Lambda: .5, Nu: 0},
		{Objective: engine.ALSWR, Lambda: .1, Nu: 1},
	} {
		t.Run(string(cfg.Objective), func(t *testing.T) {
			cfg.Dim, cfg.Epochs, cfg.Solver = 6, 3, engine.Cholesky
			rng := rand.New(rand.NewPCG(8, 1))
			b := engine.NewBuilder(60, 25)
			for u := range int32(60) {
				for range 8 {
					r := 1 + 4*rng.Float32()
					switch cfg.Objective {
					case engine.IALS:
						b.Add(u, rng.Int32N(25), r, r)
					case engine.HKV:
						b.Add(u, rng.Int32N(25), 10*r, 1+10*r)
					default:
						b.Add(u, rng.Int32N(25), 1, r-3)
					}
				}
			}
			m, err := b.Build()
			if err != nil {
				t.Fatal(err)
			}
			model, err := engine.Train(t.Context(), m, cfg, engine.TrainOptions{})
			if err != nil {
				t.Fatal(err)
			}
			byItem := m.Transpose()
			users := func(u int32) []float32 { return model.Users.Row(int(u)) }
			for i := range byItem.Rows {
				a, r := rowSystem(model.Config, model.Users, users, byItem.AppendRow(nil, i), nil)
				checkSolves(t, a, r, model.Items.Row(i))
			}
			loss, err := engine.Loss(t.Context(), m, model)
			if err != nil || !(math.Abs(loss-model.Loss) <= 1e-4*math.Abs(loss)) {
				t.Errorf("Loss = %g, %v, training reports %g", loss, err, model.Loss)
			}
			if loss < 0 {
				t.Errorf("the loss, a sum of squares, is %g", loss)
			}
		})
	}
}

// TestSolversAgree: conjugate gradients with many steps end where the exact
// solver does.
func TestSolversAgree(t *testing.T) {
	cfg := smallConfig()
	cfg.Epochs, cfg.Dim, cfg.CGSteps = 6, 12, 40
	var losses []float64
	for _, solver := range []engine.Solver{engine.Cholesky, engine.CG, engine.Auto} {
		cfg.Solver = solver
		_, model := trained(t, cfg)
		losses = append(losses, model.Loss)
	}
	for _, loss := range losses[1:] {
		if !(math.Abs(loss-losses[0]) <= 1e-3*losses[0]) {
			t.Errorf("losses %v differ", losses)
		}
	}
}

func TestPriorPullsNewItems(t *testing.T) {
	m, model := trained(t, smallConfig())
	prior := engine.NewFactors(m.Cols, 24)
	copy(prior.Data, model.Items.Data)
	with, err := engine.Train(t.Context(), m, model.Config, engine.TrainOptions{Init: model, ItemPrior: &prior})
	if err != nil {
		t.Fatal(err)
	}
	without, err := engine.Train(t.Context(), m, model.Config, engine.TrainOptions{Init: model})
	if err != nil {
		t.Fatal(err)
	}
	length := func(f engine.Factors) (sum float64) {
		for _, v := range f.Data {
			sum += float64(v) * float64(v)
		}
		return sum
	}
	if length(with.Items) <= length(without.Items) {
		t.Errorf("a prior away from zero left items of length %g, without %g", length(with.Items), length(without.Items))
	}
	if _, err := engine.Train(t.Context(), m, model.Config, engine.TrainOptions{ItemPrior: &prior}); err == nil {
		t.Error("a prior without its axes was taken")
	}
}

func TestIncrement(t *testing.T) {
	cfg := smallConfig()
	full := enginetest.Planted{Users: 500, Items: 260, Entries: 9000, Clusters: 8, Seed: 5}.Matrix()
	// The past: without the last 20 users and the last 10 items.
	past := engine.NewBuilder(480, 250)
	touchedUsers, touchedItems := map[int32]bool{}, map[int32]bool{}
	for u := range full.Rows {
		idx, w, b := full.Row(u)
		for k, i := range idx {
			if u < 480 && i < 250 {
				past.Add(int32(u), i, w[k], b[k])
			} else {
				touchedUsers[int32(u)], touchedItems[i] = true, true
			}
		}
	}
	before, err := past.Build()
	if err != nil {
		t.Fatal(err)
	}
	prev, err := engine.Train(t.Context(), before, cfg, engine.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	kept := slices.Clone(prev.Items.Data)
	next, report, err := engine.Increment(t.Context(), full, prev, keys(touchedUsers), keys(touchedItems), engine.IncrementOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kept, prev.Items.Data) {
		t.Error("the model before was written")
	}
	if next.Users.Rows != 500 || next.Items.Rows != 260 || report.Users < len(touchedUsers) || report.Items < len(touchedItems) {
		t.Errorf("%d users, %d items, solved %d and %d", next.Users.Rows, next.Items.Rows, report.Users, report.Items)
	}
	if !(report.UserDrift > 0 && report.UserDrift < 1 && report.ItemDrift > 0) || report.Sampled == 0 {
		t.Errorf("drift %g and %g over %d rows", report.UserDrift, report.ItemDrift, report.Sampled)
	}
	retrained, err := engine.Train(t.Context(), full, cfg, engine.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !(next.Loss < retrained.Loss*1.1) {
		t.Errorf("loss %g after the increment, %g after training in full", next.Loss, retrained.Loss)
	}
	// Nothing touched: nothing but the axes moves.
	same, report, err := engine.Increment(t.Context(), before, prev, nil, nil, engine.IncrementOptions{})
	if err != nil || report.Users != 0 || report.Items != 0 {
		t.Fatalf("untouched: %+v, %v", report, err)
	}
	if !(math.Abs(same.Loss-prev.Loss) < 1e-3*prev.Loss) {
		t.Errorf("untouched: loss %g, was %g", same.Loss, prev.Loss)
	}
	if _, _, err := engine.Increment(t.Context(), before, prev, []int32{999}, nil, engine.IncrementOptions{}); err == nil {
		t.Error("a touched user who is not there was taken")
	}
	if _, _, err := engine.Increment(t.Context(), before, next, nil, nil, engine.IncrementOptions{}); err == nil {
		t.Error("a matrix smaller than the model was taken")
	}
}

func keys(set map[int32]bool) []int32 {
	var list []int32
	for k := range set {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func TestConfigValidate(t *testing.T) {
	for name, cfg := range map[string]engine.Config{
		"dim":         {Dim: -1},
		"dim too big": {Dim: engine.MaxDim + 1},
		"epochs":      {Epochs: -3},
		"objective":   {Objective: "BPR"},
		"unobserved":  {Unobserved: -1},
		"HKV":         {Objective: engine.HKV, Unobserved: .5},
		"ALS_WR":      {Objective: engine.ALSWR, Unobserved: .5},
		"lambda":      {Lambda: -1},
		"lambda NaN":  {Lambda: math.NaN()},
		"nu":          {Nu: -1},
		"solver":      {Solver: "SGD"},
		"steps":       {CGSteps: -1},
		"start":       {InitScale: math.Inf(1)},
	} {
		if _, err := cfg.WithDefaults(); err == nil {
			t.Errorf("%s: %+v was taken", name, cfg)
		}
	}
	if cfg := engine.DefaultConfig(); cfg.Dim != 64 || cfg.Nu != 1 || cfg.Solver != engine.Auto {
		t.Errorf("defaults %+v", cfg)
	}
}

// TestTrainHostile trains on what should not break it.
func TestTrainHostile(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 1))
	for name, fill := range map[string]func(b *engine.Builder){
		"one giant row": func(b *engine.Builder) {
			for i := range int32(500) {
				b.Add(3, i, 1, 1)
			}
		},
		"one giant column": func(b *engine.Builder) {
			for u := range int32(400) {
				b.Add(u, 7, 1, 1)
			}
		},
		"huge weights beside tiny ones": func(b *engine.Builder) {
			for range 3000 {
				w := float32(math.Pow(10, 20*rng.Float64()-10))
				b.Add(rng.Int32N(400), rng.Int32N(500), w, w)
			}
		},
		"weights all zero": func(b *engine.Builder) {
			for range 300 {
				b.Add(rng.Int32N(400), rng.Int32N(500), 0, 0)
			}
		},
		"targets without weights": func(b *engine.Builder) {
			for range 300 {
				b.Add(rng.Int32N(400), rng.Int32N(500), 0, 1)
			}
		},
	} {
		for _, solver := range []engine.Solver{engine.Auto, engine.CG, engine.Cholesky} {
			b := engine.NewBuilder(400, 500)
			fill(b)
			m, err := b.Build()
			if err != nil {
				t.Fatal(err)
			}
			model, err := engine.Train(t.Context(), m, engine.Config{Dim: 10, Epochs: 3, Solver: solver, Nu: 1}, engine.TrainOptions{})
			if err != nil {
				t.Logf("%s, %s: %v", name, solver, err)
				continue
			}
			for _, f := range []engine.Factors{model.Users, model.Items} {
				if err := f.Validate(); err != nil {
					t.Errorf("%s, %s: %v", name, solver, err)
				}
			}
			if math.IsNaN(model.Loss) {
				t.Errorf("%s, %s: the loss is not a number", name, solver)
			}
		}
	}
}
