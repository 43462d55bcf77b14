// Command foldin measures what happens between trainings: one user folded in and
// one score explained, new items from their first buyers, an increment over
// touched rows, and how far the answers of each are from those of a full
// training:
//
//	make bench-foldin
//
// It prints a table and ends with one JSON line.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"also/bench/films"
	"also/bench/harness"
	"also/engine"
)

// line is the JSON line.
type line struct {
	FoldIn    micros `json:"fold_in_us"`
	Shares    micros `json:"explain_us"`
	NewItem   micros `json:"new_item_us"`
	Increment struct {
		Seconds  float64          `json:"seconds"`
		Users    int              `json:"users"`
		Items    int              `json:"items"`
		Training float64          `json:"training_seconds"`
		Drift    engine.Agreement `json:"agreement_with_training"`
		Stale    engine.Agreement `json:"agreement_of_the_model_before"`
	} `json:"increment"`
	FoldInDrift engine.Agreement `json:"fold_in_agreement_with_training"`
}

// micros are microseconds of one call, and the allocations of 1,000.
type micros struct {
	Median      float64 `json:"median"`
	P99         float64 `json:"p99"`
	Allocations uint64  `json:"allocations"`
}

func main() {
	scale := flag.Float64("scale", 1, "size of the film matrix against the full one")
	flag.Parse()
	out, err := measure(context.Background(), *scale)
	if err == nil {
		err = harness.PrintJSON(out)
	}
	if err != nil {
		harness.Fail(err)
	}
}

var config = engine.Config{Dim: 128, Epochs: 8, Unobserved: .1, Lambda: .005, Nu: 1, Seed: 1}

func measure(ctx context.Context, scale float64) (*line, error) {
	folder, _, err := films.Folder(ctx, scale)
	if err != nil {
		return nil, err
	}
	m, err := films.Read(folder)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	model, err := engine.Train(ctx, m, config, engine.TrainOptions{})
	if err != nil {
		return nil, err
	}
	out := &line{}
	out.Increment.Training = time.Since(start).Seconds()
	if err := calls(model, out); err != nil {
		return nil, err
	}
	return out, between(ctx, m, model, out)
}

// calls times single calls, for histories of 100.
func calls(model *engine.Model, out *line) error {
	items, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		return err
	}
	users, err := engine.NewSide(model.Config, model.Users)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(1, 1))
	histories, buyers := rowsOf(rng, items.Rows()), rowsOf(rng, users.Rows())
	var ws engine.Workspace
	x, shares := make([]float32, items.Dim()), make([]float64, 100)
	fmt.Println("| one call, d = 128, 100 entries | median µs | p99 µs | allocations in 1,000 |\n| --- | --- | --- | --- |")
	for _, c := range []struct {
		name string
		to   *micros
		call func(n int) error
	}{
		{"fold a user in", &out.FoldIn, func(n int) error { return items.FoldIn(x, histories[n], &ws) }},
		{"explain a score", &out.Shares, func(n int) error {
			_, err := items.Shares(shares, histories[n], items.Vector(int32(n)), &ws)
			return err
		}},
		{"a new item from its buyers", &out.NewItem, func(n int) error { return users.FoldIn(x, buyers[n], &ws) }},
	} {
		if *c.to, err = repeat(c.call); err != nil {
			return err
		}
		fmt.Printf("| %s | %.1f | %.1f | %d |\n", c.name, c.to.Median, c.to.P99, c.to.Allocations)
	}
	return nil
}

// callsTimed is how often each call is timed.
const callsTimed = 1000

// rowsOf draws rows of 100 distinct columns.
func rowsOf(rng *rand.Rand, columns int) [][]engine.Entry {
	rows := make([][]engine.Entry, callsTimed)
	for k := range rows {
		for seen := map[int32]bool{}; len(seen) < 100; {
			if i := rng.Int32N(int32(columns)); !seen[i] {
				seen[i] = true
				rows[k] = append(rows[k], engine.Entry{Col: i, W: 1, B: 1})
			}
		}
		rows[k] = engine.SumEntries(rows[k])
	}
	return rows
}

func repeat(call func(n int) error) (micros, error) {
	for n := range 10 { // scratch memory grows
		if err := call(n); err != nil {
			return micros{}, err
		}
	}
	times := make([]time.Duration, callsTimed)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for n := range times {
		start := time.Now()
		if err := call(n); err != nil {
			return micros{}, err
		}
		times[n] = time.Since(start)
	}
	runtime.ReadMemStats(&after)
	of := func(p float64) float64 { return float64(harness.Percentile(times, p).Nanoseconds()) / 1000 }
	return micros{Median: of(50), P99: of(99), Allocations: after.Mallocs - before.Mallocs}, nil
}
