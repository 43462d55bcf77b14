package engine_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"also/engine"
)

// history draws n distinct entries of weight 1.
func history(rng *rand.Rand, n, items int) []engine.Entry {
	row := make([]engine.Entry, 0, n)
	for _, i := range rng.Perm(items)[:n] {
		row = append(row, engine.Entry{Col: int32(i), W: 1, B: 1})
	}
	return engine.SumEntries(row)
}

// oneEpoch returns item factors in their principal axes, as training leaves
// them.
func oneEpoch(tb testing.TB, cfg engine.Config) engine.Factors {
	tb.Helper()
	cfg.Epochs = 1
	model, err := engine.Train(tb.Context(), films(), cfg, engine.TrainOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	return model.Items
}

// best reports the least time of many calls beside the mean: what else the
// machine does counts for the mean only.
func best(b *testing.B, f func()) {
	least := time.Duration(math.MaxInt64)
	for b.Loop() {
		start := time.Now()
		f()
		least = min(least, time.Since(start))
	}
	b.ReportMetric(float64(least.Nanoseconds()), "best-ns")
}

func BenchmarkFoldIn(b *testing.B) {
	for _, dim := range []int{64, 128} {
		cfg := engine.Config{Dim: dim, Unobserved: .1, Lambda: .003, Nu: 1}
		items := oneEpoch(b, cfg)
		side, err := engine.NewSide(cfg, items)
		if err != nil {
			b.Fatal(err)
		}
		for _, n := range []int{1, 10, 100, 1000} {
			row := history(rand.New(rand.NewPCG(1, 1)), n, items.Rows)
			var ws engine.Workspace
			dst, shares := make([]float32, dim), make([]float64, n)
			b.Run(fmt.Sprintf("solve/d=%d/n=%d", dim, n), func(b *testing.B) {
				b.ReportAllocs()
				best(b, func() {
					if err := side.FoldIn(dst, row, &ws); err != nil {
						b.Fatal(err)
					}
				})
			})
			b.Run(fmt.Sprintf("shares/d=%d/n=%d", dim, n), func(b *testing.B) {
				b.ReportAllocs()
				best(b, func() {
					if _, err := side.Shares(shares, row, items.Row(7), &ws); err != nil {
						b.Fatal(err)
					}
				})
			})
		}
	}
}
