package engine_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
	"also/engine/enginetest"
)

// rowSystem is the definition of the row update in double precision.
func rowSystem(cfg engine.Config, items engine.Factors, vectors func(int32) []float32, row []engine.Entry, prior []float32) (a [][]float64, r []float64) {
	d := items.Dim
	lambda := cfg.Lambda * math.Pow(float64(len(row))+cfg.Unobserved*float64(items.Rows), cfg.Nu)
	a, r = make([][]float64, d), make([]float64, d)
	for k := range d {
		a[k] = make([]float64, d)
		a[k][k] = lambda
		if prior != nil {
			r[k] = lambda * float64(prior[k])
		}
	}
	add := func(w, b float64, y []float32) {
		for k := range d {
			for l := range d {
				a[k][l] += w * float64(y[k]) * float64(y[l])
			}
			r[k] += b * float64(y[k])
		}
	}
	for i := range items.Rows {
		add(cfg.Unobserved, 0, items.Row(i))
	}
	for _, e := range row {
		add(float64(e.W), float64(e.B), vectors(e.Col))
	}
	return a, r
}

// checkSolves fails unless A x ≈ r.
func checkSolves(t *testing.T, a [][]float64, r []float64, x []float32) {
	t.Helper()
	for k := range r {
		sum, size := -r[k], math.Abs(r[k])
		for l, v := range x {
			sum += a[k][l] * float64(v)
			size += math.Abs(a[k][l] * float64(v))
		}
		if !(math.Abs(sum) <= 1e-4*size+1e-7) {
			t.Fatalf("value %d of Ax−r is %g beside %g", k, sum, size)
		}
	}
}

// trained returns a small model.
func trained(t testing.TB, cfg engine.Config) (*engine.Matrix, *engine.Model) {
	t.Helper()
	m := enginetest.Planted{Users: 500, Items: 260, Entries: 9000, Clusters: 8, Seed: 5}.Matrix()
	model, err := engine.Train(t.Context(), m, cfg, engine.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return m, model
}

func smallConfig() engine.Config {
	return engine.Config{Dim: 24, Epochs: 4, Unobserved: .1, Lambda: .02, Nu: 1, Seed: 1}
}

// scrambled returns the items with their axes mixed, so that their Gram matrix
// is dense: artefacts of other trainers are like that.
func scrambled(items engine.Factors) engine.Factors {
	f := engine.Factors{Rows: items.Rows, Dim: items.Dim, Data: slices.Clone(items.Data)}
	const c, s = .6, .8
	for i := range f.Rows {
		row := f.Row(i)
		for k := 0; k+1 < f.Dim; k++ {
			row[k], row[k+1] = c*row[k]-s*row[k+1], s*row[k]+c*row[k+1]
		}
	}
	return f
}

func TestFoldInSolvesTheRowSystem(t *testing.T) {
	_, model := trained(t, smallConfig())
	rng := rand.New(rand.NewPCG(2, 2))
	prior := make([]float32, model.Items.Dim)
	for k := range prior {
		prior[k] = float32(rng.NormFloat64()) * .1
	}
	extra := engine.NewFactors(4, model.Items.Dim)
	for k := range extra.Data {
		extra.Data[k] = float32(rng.NormFloat64()) * .2
	}
	for name, items := range map[string]engine.Factors{"principal axes": model.Items, "dense": scrambled(model.Items)} {
		plain, err := engine.NewSide(model.Config, items)
		if err != nil {
			t.Fatal(err)
		}
		side, err := plain.WithOverlay(extra)
		if err != nil {
			t.Fatal(err)
		}
		var ws engine.Workspace
		x := make([]float32, model.Items.Dim)
		for _, n := range []int{1, 2, 9, 23, 24, 25, 60, 200} {
			row := history(rng, n, side.Rows())
			for k := range row {
				row[k].W = float32(rng.IntN(3)) * rng.Float32()
				row[k].B = float32(rng.NormFloat64())
			}
			for _, mean := range [][]float32{nil, prior} {
				t.Run(name, func(t *testing.T) {
					if err := side.FoldInPrior(x, row, mean, &ws); err != nil {
						t.Fatal(err)
					}
					a, r := rowSystem(model.Config, items, side.Vector, row, mean)
					checkSolves(t, a, r, x)
				})
			}
		}
	}
}

func TestFoldInIsTheRowUpdateOfTraining(t *testing.T) {
	cfg := smallConfig()
	cfg.Solver = engine.Cholesky
	m, model := trained(t, cfg)
	side, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		t.Fatal(err)
	}
	// One more half sweep over users, with nothing touched but them.
	all := make([]int32, m.Rows)
	for u := range all {
		all[u] = int32(u)
	}
	again, _, err := engine.Increment(t.Context(), m, model, all, nil, engine.IncrementOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var ws engine.Workspace
	x := make([]float32, cfg.Dim)
	for u := range m.Rows {
		if err := side.FoldIn(x, m.AppendRow(nil, u), &ws); err != nil {
			t.Fatal(err)
		}
		for i := range 5 {
			var folded, updated float64
			for k, v := range model.Items.Row(i) {
				folded += float64(v) * float64(x[k])
			}
			for k, v := range again.Items.Row(i) {
				updated += float64(v) * float64(again.Users.Row(u)[k])
			}
			if !(math.Abs(folded-updated) < 1e-4) {
				t.Fatalf("user %d, item %d: fold-in scores %g, training %g", u, i, folded, updated)
			}
		}
	}
}

func TestFoldInOfOddRows(t *testing.T) {
	_, model := trained(t, smallConfig())
	side, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		t.Fatal(err)
	}
	var ws engine.Workspace
	x, known := make([]float32, 24), make([]float32, 24)
	if err := side.FoldIn(known, []engine.Entry{{Col: 3, W: 1, B: 1}}, &ws); err != nil {
		t.Fatal(err)
	}
	t.Run("unknown item is ignored", func(t *testing.T) {
		row := []engine.Entry{{Col: -4, W: 1, B: 1}, {Col: 3, W: 1, B: 1}, {Col: 99_999, W: 1, B: 1}}
		if err := side.FoldIn(x, row, &ws); err != nil || !slices.Equal(x, known) {
			t.Errorf("got %v, %v, want the vector without them", x, err)
		}
	})
	t.Run("no entries give the zero vector", func(t *testing.T) {
		if err := side.FoldIn(x, nil, &ws); err != nil || slices.ContainsFunc(x, func(v float32) bool { return v != 0 }) {
			t.Errorf("got %v, %v", x, err)
		}
	})
	t.Run("weights that are not numbers are refused, and leave zeros", func(t *testing.T) {
		for _, e := range []engine.Entry{{Col: 3, W: float32(math.NaN())}, {Col: 3, W: -1}, {Col: 3, W: 1, B: float32(math.Inf(1))}} {
			x[0] = 5
			var invalid *engine.InvalidError
			if err := side.FoldIn(x, []engine.Entry{e}, &ws); !errors.As(err, &invalid) || x[0] != 0 {
				t.Errorf("%v: error %v, value %g", e, err, x[0])
			}
		}
	})
	t.Run("huge weights stay finite", func(t *testing.T) {
		row := []engine.Entry{{Col: 1, W: 1e12, B: 1e12}, {Col: 2, W: 1e12, B: -1e12}, {Col: 3, W: 1e-30, B: 1e-30}}
		if err := side.FoldIn(x, row, &ws); err != nil {
			t.Error(err)
		}
	})
	t.Run("a target without a weight counts", func(t *testing.T) {
		row := []engine.Entry{{Col: 1, W: 0, B: 2}, {Col: 5, W: 1, B: 1}}
		if err := side.FoldIn(x, row, &ws); err != nil {
			t.Fatal(err)
		}
		a, r := rowSystem(model.Config, model.Items, side.Vector, row, nil)
		checkSolves(t, a, r, x)
	})
}

func TestFoldInDoesNotAllocate(t *testing.T) {
	_, model := trained(t, smallConfig())
	side, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{10, 100} {
		row := history(rand.New(rand.NewPCG(4, 4)), n, model.Items.Rows)
		var ws engine.Workspace
		x, shares := make([]float32, 24), make([]float64, n)
		if a := testing.AllocsPerRun(20, func() {
			if side.FoldIn(x, row, &ws) != nil {
				t.Error("fold-in failed")
			}
			if _, err := side.Shares(shares, row, model.Items.Row(3), &ws); err != nil {
				t.Error(err)
			}
		}); a != 0 {
			t.Errorf("%d entries: %g allocations", n, a)
		}
	}
}

func TestSharesSumToTheScore(t *testing.T) {
	_, model := trained(t, smallConfig())
	side, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 5))
	var ws engine.Workspace
	x, prior := make([]float32, 24), make([]float32, 24)
	for k := range prior {
		prior[k] = .05
	}
	for _, n := range []int{1, 10, 24, 100} {
		row := history(rng, n, model.Items.Rows)
		row[0].B = -1
		shares := make([]float64, n)
		for _, mean := range [][]float32{nil, prior} {
			if err := side.FoldInPrior(x, row, mean, &ws); err != nil {
				t.Fatal(err)
			}
			for item := range int32(20) {
				target := side.Vector(item)
				score, priorShare, err := side.SharesPrior(shares, row, mean, target, &ws)
				if err != nil {
					t.Fatal(err)
				}
				var want float64
				for k, v := range target {
					want += float64(v) * float64(x[k])
				}
				sum, size := priorShare, math.Abs(priorShare)
				for _, s := range shares {
					sum += s
					size += math.Abs(s)
				}
				if !(math.Abs(sum-want) <= 1e-4*size) || !(math.Abs(score-sum) <= 1e-12*size) {
					t.Errorf("n=%d, item %d: shares sum to %g, the score is %g (reported %g)", n, item, sum, want, score)
				}
			}
		}
	}
	score, err := side.Shares(nil, nil, side.Vector(1), &ws)
	if score != 0 || err != nil {
		t.Errorf("of nothing: %g, %v", score, err)
	}
}

func TestNewSideRefuses(t *testing.T) {
	f := engine.NewFactors(3, 4)
	cfg := engine.Config{Dim: 5}
	if _, err := engine.NewSide(cfg, f); err == nil {
		t.Error("another dimension was taken")
	}
	f.Data[2] = float32(math.NaN())
	cfg.Dim = 4
	if _, err := engine.NewSide(cfg, f); err == nil {
		t.Error("factors that are not numbers were taken")
	}
}
