package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"also/engine"
	"also/engine/enginetest"
)

// answer is what answers with neighbours took, one at a time: fold-in and search
// together, and the search alone.
type answer struct {
	MedianMS     float64 `json:"median_ms"`
	P99MS        float64 `json:"p99_ms"`
	SearchMS     float64 `json:"search_median_ms"`
	Touched      int     `json:"items_touched"` // by the neighbours of a history, mean
	Scored       float64 `json:"share_scored"`
	Targets      int     `json:"targets"` // of a source, mean
	TrainSeconds float64 `json:"neighbours_train_s"`
}

// history is how many entries those who ask have.
const history = 100

// blended asks for people with a history, among many items, of factors and
// neighbours.
func blended(ctx context.Context, items int, out *line) error {
	const users, factors = 1000, 256
	m := enginetest.Planted{Users: 400_000, Items: items, Entries: 20 * items, Clusters: 64, Seed: 2}.Matrix()
	model, err := engine.Train(ctx, m, engine.Config{Dim: factors, Epochs: 4, Unobserved: .1, Lambda: .003, Nu: 1}, engine.TrainOptions{})
	if err != nil {
		return err
	}
	start := time.Now()
	neighbours, err := engine.TrainNeighbours(ctx, m, engine.DefaultNeighbours(), 0)
	if err != nil {
		return err
	}
	trained := time.Since(start).Seconds()
	a := &answer{Targets: len(neighbours.Target) / items, TrainSeconds: trained}
	blend, err := engine.NewBlend(engine.Parts{Factors: []engine.WeightedModel{{Model: model, Weight: 1}}, Neighbours: neighbours}, engine.IndexOptions{NoSimilar: true})
	if err != nil {
		return err
	}
	if err := a.ask(blend, m, neighbours, users); err != nil {
		return err
	}
	out.Blended = a
	fmt.Printf("\none answer of factors (d = %d) and neighbours (%d of each on average, trained in %.0f s) for %d entries, fold-in included, %d items, a core: median %.3f ms, p99 %.3f ms, the search alone %.3f ms; the neighbours touch %d items, %.2f %% are scored\n",
		factors, a.Targets, a.TrainSeconds, history, items, a.MedianMS, a.P99MS, a.SearchMS, a.Touched, 100*a.Scored)
	return nil
}

// withNeighbours trains neighbours to stand beside the factors.
func withNeighbours(ctx context.Context, m *engine.Matrix, model *engine.Model) (*engine.Blend, error) {
	neighbours, err := engine.TrainNeighbours(ctx, m, engine.DefaultNeighbours(), 0)
	if err != nil {
		return nil, err
	}
	return engine.NewBlend(engine.Parts{Factors: []engine.WeightedModel{{Model: model, Weight: 1}}, Neighbours: neighbours}, engine.IndexOptions{NoSimilar: true})
}

// ask times the answers for n users of m who have history entries, or more that are
// left out.
func (a *answer) ask(blend *engine.Blend, m *engine.Matrix, neighbours *engine.Neighbours, n int) error {
	var ws engine.Workspace
	var list []engine.Scored
	user := make([]float32, blend.Dim())
	var whole, search []time.Duration
	touched, scored := 0, 0
	for u := 0; u < m.Rows && len(whole) <= n; u++ {
		row := m.AppendRow(nil, u)
		if len(row) < history {
			continue
		}
		row = row[:history]
		exclude := make([]int32, 0, history)
		near := engine.NewBitmap(m.Cols)
		for _, e := range row {
			exclude = append(exclude, e.Col)
			targets, _ := neighbours.Of(e.Col)
			for _, j := range targets {
				near.Set(j)
			}
		}
		start := time.Now()
		if err := blend.FoldIn(user, row, &ws); err != nil {
			return err
		}
		folded := time.Now()
		list = blend.TopK(list, user, row, k, nil, exclude, &ws)
		end := time.Now()
		whole, search = append(whole, end.Sub(start)), append(search, end.Sub(folded))
		touched += near.Count()
		scored += ws.Stats.Scored
	}
	if len(whole) < 2 {
		return errors.New("nobody has so long a history")
	}
	whole, search = whole[1:], search[1:] // the first makes room
	a.Touched = touched / (len(whole) + 1)
	a.Scored = float64(scored) / float64(len(whole)+1) / float64(m.Cols)
	a.MedianMS, a.P99MS = spread(whole)
	a.SearchMS, _ = spread(search)
	return nil
}

// allBlended makes every user's list of factors and neighbours.
func allBlended(ctx context.Context, blend *engine.Blend, users engine.Factors, m *engine.Matrix) error {
	const block = 120
	var next atomic.Int64
	errs := make([]error, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for worker := range errs {
		wg.Go(func() {
			var ws engine.Workspace
			for ctx.Err() == nil && errs[worker] == nil {
				lo := int(next.Add(block)) - block
				if lo >= users.Rows {
					return
				}
				var queries []engine.Query
				for u := lo; u < min(users.Rows, lo+block); u++ {
					exclude, _, _ := m.Row(u)
					queries = append(queries, engine.Query{User: users.Row(u), History: m.AppendRow(nil, u), Exclude: exclude})
				}
				errs[worker] = blend.TopKMany(queries, k, nil, &ws, func(int, []engine.Scored) error { return nil })
			}
		})
	}
	wg.Wait()
	return errors.Join(append(errs, ctx.Err())...)
}
