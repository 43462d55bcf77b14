package engine_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"also/engine"
)

// sparse returns a random matrix, some of whose entries speak against.
func sparse(t testing.TB, seed uint64, users, items int, density float64) *engine.Matrix {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 8))
	b := engine.NewBuilder(users, items)
	for u := range users {
		for i := range items {
			if rng.Float64() < density*2*float64(items-i)/float64(items) {
				w := float32(.5 + rng.Float64())
				target := w
				if rng.IntN(12) == 0 {
					target = -w
				}
				b.Add(int32(u), int32(i), w, target)
			}
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// dense returns m's positive target terms and each user's number of them.
func dense(m *engine.Matrix) (r *mat.Dense, counts []float64) {
	r, counts = mat.NewDense(m.Rows, m.Cols, nil), make([]float64, m.Rows)
	for u := range m.Rows {
		idx, _, b := m.Row(u)
		for k, i := range idx {
			if b[k] > 0 {
				r.Set(u, int(i), float64(b[k]))
				counts[u]++
			}
		}
	}
	return r, counts
}

// TestRidgeIsItsDefinition compares with the formula in dense double precision,
// with all items for sources and with few.
func TestRidgeIsItsDefinition(t *testing.T) {
	m := sparse(t, 1, 120, 40, .3)
	r, counts := dense(m)
	for _, sources := range []int{39, 7} {
		cfg := engine.DefaultNeighbours()
		cfg.Sources, cfg.Filter, cfg.Lambda = sources, 0, .7
		got, err := engine.TrainNeighbours(t.Context(), m, cfg, 2)
		if err != nil {
			t.Fatal(err)
		}
		var g mat.Dense
		weighted := mat.DenseCopyOf(r)
		for u := range m.Rows {
			for i := range m.Cols {
				weighted.Set(u, i, weighted.At(u, i)*math.Pow(max(1, counts[u]), -cfg.UserPower))
			}
		}
		g.Mul(r.T(), weighted)
		var mean float64
		users := make([]float64, m.Cols)
		for i := range m.Cols {
			mean += g.At(i, i) / float64(m.Cols)
			for u := range m.Rows {
				if r.At(u, i) > 0 {
					users[i]++
				}
			}
		}
		sorted := slices.Sorted(slices.Values(users))
		for j := range m.Cols {
			chosen := sourcesOf(&g, j, sources)
			a, b := mat.NewSymDense(len(chosen), nil), mat.NewVecDense(len(chosen), nil)
			for p, i := range chosen {
				b.SetVec(p, g.At(i, j))
				for q, k := range chosen {
					a.SetSym(p, q, g.At(i, k))
				}
			}
			for p, i := range chosen {
				a.SetSym(p, p, g.At(i, i)+cfg.Lambda*math.Sqrt(g.At(i, i)*mean))
			}
			var x mat.VecDense
			if err := x.SolveVec(a, b); err != nil {
				t.Fatal(err)
			}
			scale := cfg.Ridge * math.Pow(users[j]/sorted[len(sorted)/2], -cfg.TargetPower)
			for p, i := range chosen {
				want, is := scale*x.AtVec(p), float64(got.Weighs(int32(i), int32(j)))
				if !(math.Abs(is-want) <= 2e-4) {
					t.Fatalf("%d sources: W[%d,%d] = %g, by definition %g", sources, i, j, is, want)
				}
			}
			for i := range m.Cols {
				if !slices.Contains(chosen, i) && got.Weighs(int32(i), int32(j)) != 0 {
					t.Fatalf("%d sources: W[%d,%d] is not 0, though %d is no source", sources, i, j, i)
				}
			}
		}
	}
}

func sourcesOf(g *mat.Dense, j, n int) []int {
	var list []int
	items, _ := g.Dims()
	for i := range items {
		if i != j && g.At(i, j) > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		if g.At(a, j) > g.At(b, j) {
			return -1
		}
		return 1
	})
	return list[:min(n, len(list))]
}

func TestFilterIsItsDefinition(t *testing.T) {
	m := sparse(t, 2, 90, 30, .3)
	r, counts := dense(m)
	cfg := engine.DefaultNeighbours()
	cfg.Ridge, cfg.FilterTargets = 0, 29
	got, err := engine.TrainNeighbours(t.Context(), m, cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	users := make([]float64, m.Cols)
	for i := range m.Cols {
		for u := range m.Rows {
			if r.At(u, i) > 0 {
				users[i]++
			}
		}
	}
	for i := range m.Cols {
		for j := range m.Cols {
			var want float64
			for u := range m.Rows {
				if i != j {
					want += r.At(u, i) * r.At(u, j) * math.Pow(max(1, counts[u]), -.6)
				}
			}
			want *= math.Pow(users[i], -.6) * math.Pow(users[j], -.3)
			if is := float64(got.Weighs(int32(i), int32(j))); !(math.Abs(is-want) <= 1e-5*(1+want)) {
				t.Fatalf("W[%d,%d] = %g, by definition %g", i, j, is, want)
			}
		}
	}
}

func TestNeighboursDoNotDependOnWorkers(t *testing.T) {
	m := sparse(t, 3, 300, 150, .1)
	cfg := engine.DefaultNeighbours()
	cfg.Sources = 20
	one, err := engine.TrainNeighbours(t.Context(), m, cfg, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Validate(); err != nil {
		t.Fatal(err)
	}
	many, err := engine.TrainNeighbours(t.Context(), m, cfg, 5)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(one.Ptr, many.Ptr) || !slices.Equal(one.Target, many.Target) || !slices.Equal(one.Weight, many.Weight) {
		t.Fatal("one worker and five give different weights")
	}
}

// One look at what items share gives what two would, to the bit.
func TestNeighbourPartsAreFittedAtOnce(t *testing.T) {
	m := sparse(t, 6, 300, 150, .1)
	cfg := engine.DefaultNeighbours()
	cfg.Sources, cfg.FilterTargets = 20, 30
	ridge, filter, err := engine.TrainNeighbourParts(t.Context(), m, cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		got    *engine.Neighbours
		change func(*engine.NeighbourConfig)
	}{
		"ridge":  {ridge, func(c *engine.NeighbourConfig) { c.Filter = 0 }},
		"filter": {filter, func(c *engine.NeighbourConfig) { c.Ridge = 0 }},
	} {
		alone := cfg
		c.change(&alone)
		want, err := engine.TrainNeighbours(t.Context(), m, alone, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Target) == 0 || !slices.Equal(c.got.Ptr, want.Ptr) || !slices.Equal(c.got.Target, want.Target) || !slices.Equal(c.got.Weight, want.Weight) {
			t.Errorf("the %s has %d weights, fitted alone %d, or others", name, len(c.got.Target), len(want.Target))
		}
	}
	cfg.Filter = 0
	if _, none, err := engine.TrainNeighbourParts(t.Context(), m, cfg, 2); err != nil || len(none.Target) != 0 {
		t.Errorf("a filter that counts nothing: %v, %v", none, err)
	}
}

func TestNeighboursOfHostileInput(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := engine.TrainNeighbours(ctx, sparse(t, 3, 300, 150, .1), engine.DefaultNeighbours(), 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	bad := engine.DefaultNeighbours()
	bad.Lambda = math.NaN()
	var invalid *engine.InvalidError
	if _, err := engine.TrainNeighbours(t.Context(), sparse(t, 3, 20, 10, .1), bad, 1); !errors.As(err, &invalid) {
		t.Errorf("λ not a number: %v", err)
	}
	b := engine.NewBuilder(3, 4)
	b.Add(0, 1, 1, 1)
	b.Add(1, 1, 1e-30, 1e-30)
	b.Add(1, 2, 1e-30, 1e-30)
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	n, err := engine.TrainNeighbours(t.Context(), m, engine.DefaultNeighbours(), 1)
	if err != nil || n.Items() != 4 || len(n.Target) != 0 {
		t.Errorf("next to nothing: %v, %v", n, err)
	}
}

func TestGain(t *testing.T) {
	b := engine.NewBuilder(40, 4)
	for u := range int32(40) {
		b.Add(u, 0, 1, 1)
		if u < 10 {
			b.Add(u, 1, 1, 1)
			b.Add(u, 2, 1, 1)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	const day = 24 * 60 * 60 * 1000
	first := make([]int64, m.Entries())
	for k, j := range m.Idx {
		if first[k] = 0; j == 2 {
			first[k] = 99 * day
		}
	}
	gain, err := engine.Gain(m, first, 100*day, engine.GainConfig{Trend: .3})
	if err != nil {
		t.Fatal(err)
	}
	if !(gain[2] > 1 && gain[1] < 1 && gain[0] < gain[1]) {
		t.Errorf("gains %v: what reached ten users yesterday must rise above what did long ago", gain)
	}
	product := float64(gain[0]) * float64(gain[1]) * float64(gain[2])
	if math.Abs(product-1) > 1e-5 {
		t.Errorf("gains %v multiply to %g, not 1", gain, product)
	}
	// By hand: n = 10, 10 users a day ago, half-life 10 days: p = 10·2^−.1.
	ratio := math.Pow((10*math.Exp2(-.1)+.3)/(10*math.Exp2(-10)+.3), .3)
	if math.Abs(float64(gain[2]/gain[1])-ratio) > 1e-4 {
		t.Errorf("gains %g and %g, want their ratio %g", gain[2], gain[1], ratio)
	}
	if gain, err = engine.Gain(m, nil, 0, engine.GainConfig{Popularity: .5}); err != nil || math.Abs(float64(gain[0]/gain[1])-math.Sqrt(41./11)) > 1e-4 {
		t.Errorf("popularity's gains %v, %v", gain, err)
	}
	if gain, err = engine.Gain(m, first, 0, engine.GainConfig{}); gain != nil || err != nil {
		t.Errorf("no gain: %v, %v", gain, err)
	}
	if _, err = engine.Gain(m, first[1:], 0, engine.GainConfig{Trend: 1}); err == nil {
		t.Error("times of another matrix were taken")
	}
}
