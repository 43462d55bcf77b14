package engine_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"also/engine"
)

// FuzzTrain trains on matrices of odd shapes with weights of all sizes: the
// outcome is a finite model, whose loss is its own, or one of the stated errors.
func FuzzTrain(f *testing.F) {
	f.Add(uint64(1), 20, 9, 60, 5, 0, 0)
	f.Add(uint64(2), 1, 700, 699, 33, 1, 1)
	f.Add(uint64(3), 700, 1, 699, 16, 2, 2)
	f.Add(uint64(4), 50, 50, 1, 64, 0, 3)
	f.Add(uint64(5), 300, 4, 900, 40, 1, 4)
	objectives := []engine.Objective{engine.IALS, engine.HKV, engine.ALSWR}
	solvers := []engine.Solver{engine.Auto, engine.CG, engine.Cholesky}
	f.Fuzz(func(t *testing.T, seed uint64, rows, cols, entries, dim, objective, sizes int) {
		if rows < 1 || rows > 900 || cols < 1 || cols > 900 || entries < 0 || entries > 5000 || dim < 1 || dim > 70 || objective < 0 || sizes < 0 {
			t.Skip()
		}
		rng := rand.New(rand.NewPCG(seed, 1))
		b := engine.NewBuilder(rows, cols)
		for range entries {
			u, i := rng.Int32N(int32(rows)), rng.Int32N(int32(cols))
			if rng.IntN(3) == 0 {
				u = 0 // one giant row, pairs more than once
			}
			w := float32(math.Pow(10, float64(sizes%5)*3*rng.NormFloat64()))
			if w > 1e11 {
				w = 1e11
			}
			b.Add(u, i, w, w*float32(rng.NormFloat64())/8)
		}
		m, err := b.Build()
		if err != nil {
			return // a sum beyond what is allowed
		}
		cfg := engine.Config{Dim: dim, Epochs: 3, Objective: objectives[objective%3], Lambda: .01, Nu: 1, Seed: seed, Solver: solvers[seed%3]}
		model, err := engine.Train(t.Context(), m, cfg, engine.TrainOptions{})
		var invalid *engine.InvalidError
		var numeric *engine.NumericError
		switch {
		case err == nil:
			for _, side := range []engine.Factors{model.Users, model.Items} {
				if err := side.Validate(); err != nil {
					t.Fatal(err)
				}
			}
		case model != nil || !errors.As(err, &invalid) && !errors.As(err, &numeric):
			t.Fatalf("a model %v and %v", model != nil, err)
		}
	})
}

// TestOneGiantRow trains where one user has everything and everyone has one item.
func TestOneGiantRow(t *testing.T) {
	const n = 30_000
	b := engine.NewBuilder(200, n)
	for i := range int32(n) {
		b.Add(0, i, 1, 1)
	}
	for u := range int32(200) {
		b.Add(u, 7, 1, 1)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var losses []float64
	for _, solver := range []engine.Solver{engine.Auto, engine.Cholesky} {
		model, err := engine.Train(t.Context(), m, engine.Config{Dim: 20, Epochs: 4, Unobserved: .1, Lambda: .01, Nu: 1, Solver: solver}, engine.TrainOptions{})
		if err != nil {
			t.Fatal(err)
		}
		losses = append(losses, model.Loss)
	}
	if !(math.Abs(losses[0]-losses[1]) < .01*losses[1]) {
		t.Errorf("losses %v of two solvers differ", losses)
	}
}

// TestCancelIsSeenWithinAnEpoch cancels a training of one long epoch.
func TestCancelIsSeenWithinAnEpoch(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short")
	}
	m := films()
	ctx, cancel := context.WithCancelCause(t.Context())
	const after = 400 * time.Millisecond
	timer := time.AfterFunc(after, func() { cancel(nil) })
	defer timer.Stop()
	start := time.Now()
	model, err := engine.Train(ctx, m, engine.Config{Dim: 256, Epochs: 1, Solver: engine.Cholesky, Unobserved: .1, Lambda: 10}, engine.TrainOptions{})
	if model != nil || !errors.Is(err, context.Canceled) {
		t.Fatalf("a model %v and error %v after %v", model != nil, err, time.Since(start))
	}
	// Whole, that epoch takes 10 s and more.
	if took := time.Since(start) - after; took > 4*time.Second {
		t.Errorf("ended %v after it was cancelled", took)
	}
}

// TestSampleStart holds a training that starts from a sample of the users to the
// same factors for any number of workers.
func TestSampleStart(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short")
	}
	m := films()
	var first *engine.Model
	for _, workers := range []int{1, 2, 3} {
		model, err := engine.Train(t.Context(), m, engine.Config{Dim: 16, Epochs: 1, Unobserved: .1, Lambda: 10, Seed: 5}, engine.TrainOptions{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = model
		}
		if !slices.Equal(model.Users.Data, first.Users.Data) || !slices.Equal(model.Items.Data, first.Items.Data) {
			t.Errorf("%d workers: other factors than with 1", workers)
		}
	}
	// From chance, an epoch leaves 9.11e6; from the sample, 7.42e6.
	if first.Loss > 7.6e6 {
		t.Errorf("loss %g after an epoch, want 7.6e6 or less", first.Loss)
	}
}
