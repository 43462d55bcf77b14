package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"also/engine"
	"also/engine/enginetest"
)

// benchmarkTopK asks for the top 100 of 200 users and reports the times' median
// and 99th percentile, and how many items were bounded and scored.
func benchmarkTopK(b *testing.B, items, users engine.Factors) {
	index := engine.NewIndex(items, engine.IndexOptions{NoSimilar: true})
	filter := engine.NewBitmap(items.Rows)
	for i := range int32(items.Rows) {
		if i%10 != 0 {
			filter.Set(i)
		}
	}
	exclude := []int32{3, 100, 5000}
	var ws engine.Workspace
	list := index.TopK(nil, users.Row(0), 100, filter, exclude, &ws)
	var times []time.Duration
	var bounded, scored int
	for b.Loop() {
		for u := range 200 {
			start := time.Now()
			list = index.TopK(list, users.Row(u%users.Rows), 100, filter, exclude, &ws)
			times = append(times, time.Since(start))
			bounded += ws.Stats.Bounded
			scored += ws.Stats.Scored
		}
	}
	slices.Sort(times)
	n := len(times)
	b.ReportMetric(float64(times[0].Microseconds()), "best-µs")
	b.ReportMetric(float64(times[n/2].Microseconds()), "median-µs")
	b.ReportMetric(float64(times[n*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(100*float64(bounded)/float64(n)/float64(items.Rows), "%bounded")
	b.ReportMetric(float64(scored)/float64(n), "scored")
}

func BenchmarkTopK(b *testing.B) {
	const rows, dim = 1_000_000, 128
	rng := rand.New(rand.NewPCG(1, 9))
	b.Run(fmt.Sprintf("gaussian/n=%d/d=%d", rows, dim), func(b *testing.B) {
		gaussian := itemShapes["gaussian"]
		benchmarkTopK(b, shaped(rng, rows, dim, gaussian), shaped(rng, 200, dim, gaussian))
	})
	b.Run(fmt.Sprintf("trained/n=%d/d=%d", rows, dim), func(b *testing.B) {
		m := enginetest.Planted{Users: 400_000, Items: rows, Entries: 20_000_000, Clusters: 64, Seed: 2}.Matrix()
		model, err := engine.Train(b.Context(), m, engine.Config{Dim: dim, Epochs: 4, Unobserved: .1, Lambda: .003, Nu: 1, CGSteps: 2}, engine.TrainOptions{})
		if err != nil {
			b.Fatal(err)
		}
		b.ResetTimer()
		benchmarkTopK(b, model.Items, model.Users)
	})
}
