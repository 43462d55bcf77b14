package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"also/engine"
	"also/engine/enginetest"
)

// single is what 1,000 users' questions took, one at a time, and how much of the
// items they looked at.
type single struct {
	MedianMS float64 `json:"median_ms"`
	P99MS    float64 `json:"p99_ms"`
	Bounded  float64 `json:"share_bounded"`
	Scored   float64 `json:"share_scored"`
}

// one asks among many items, on factors that were trained on data like the film
// matrix and on such that nothing can be said of.
func one(ctx context.Context, items int, out *line) error {
	const users = 1000
	fmt.Printf("\none user among %d items, 9 in 10 of them allowed, a core\n\n", items)
	fmt.Println("| factors | median ms | p99 ms | bounded | scored |\n| --- | --- | --- | --- | --- |")
	m := enginetest.Planted{Users: 400_000, Items: items, Entries: 20 * items, Clusters: 64, Seed: 2}.Matrix()
	model, err := engine.Train(ctx, m, engine.Config{Dim: dim, Epochs: 4, Unobserved: .1, Lambda: .003, Nu: 1}, engine.TrainOptions{})
	if err != nil {
		return err
	}
	out.Trained = ask("trained", model.Items, model.Users, users)
	rng := rand.New(rand.NewPCG(1, 9))
	out.Gaussian = ask("Gaussian", gaussian(rng, items), gaussian(rng, users), users)
	return nil
}

func gaussian(rng *rand.Rand, rows int) engine.Factors {
	f := engine.NewFactors(rows, dim)
	for k := range f.Data {
		f.Data[k] = float32(rng.NormFloat64())
	}
	return f
}

// ask times n users' questions with a filter and exclusions.
func ask(name string, items, users engine.Factors, n int) *single {
	index := engine.NewIndex(items, engine.IndexOptions{NoSimilar: true})
	filter := engine.NewBitmap(items.Rows)
	for i := range int32(items.Rows) {
		if i%10 != 0 {
			filter.Set(i)
		}
	}
	exclude := []int32{3, 100, 5000}
	var ws engine.Workspace
	list := index.TopK(nil, users.Row(0), k, filter, exclude, &ws)
	times := make([]time.Duration, n)
	var bounded, scored int
	for u := range times {
		start := time.Now()
		list = index.TopK(list, users.Row(u), k, filter, exclude, &ws)
		times[u] = time.Since(start)
		bounded += ws.Stats.Bounded
		scored += ws.Stats.Scored
	}
	all := float64(n) * float64(items.Rows)
	s := &single{Bounded: float64(bounded) / all, Scored: float64(scored) / all}
	s.MedianMS, s.P99MS = spread(times)
	fmt.Printf("| %s | %.3f | %.3f | %.2f %% | %.3f %% |\n", name, s.MedianMS, s.P99MS, 100*s.Bounded, 100*s.Scored)
	return s
}
