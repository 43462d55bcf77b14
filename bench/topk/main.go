// Command topk measures exact top-K questions: one user's among a million items,
// and all users', all similar items and all similar users of the film matrix,
// beside implicit on the same factors:
//
//	make bench-topk
//
// It prints a table and ends with one JSON line.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"also/bench/films"
	"also/bench/harness"
	"also/engine"
)

const (
	dim = 128
	k   = 100
)

// line is the JSON line, in seconds for everyone and milliseconds for one.
type line struct {
	AllUsers         float64 `json:"all_users_s"`
	AllUsersImplicit float64 `json:"all_users_implicit_s"`
	SimilarItems     float64 `json:"similar_items_s"`
	SimilarUsers     float64 `json:"similar_users_s"`
	AllBlended       float64 `json:"all_users_neighbours_s,omitempty"`
	Trained          *single `json:"trained_1m,omitempty"`
	Gaussian         *single `json:"gaussian_1m,omitempty"`
	Blended          *answer `json:"neighbours_1m,omitempty"`
}

func main() {
	scale := flag.Float64("scale", 1, "size of the film matrix against the full one")
	items := flag.Int("items", 1_000_000, "items for one user's questions; 0: none")
	repeats := flag.Int("repeats", 3, "times that everyone's lists are made, the least counts; 0: never")
	neighbours := flag.String("neighbours", "never", "with neighbours, which train for long: too, only or never")
	flag.Parse()
	ctx := context.Background()
	var out line
	if *repeats > 0 {
		if err := everyone(ctx, *scale, *repeats, *neighbours, &out); err != nil {
			harness.Fail(err)
		}
	}
	if *items > 0 && *neighbours != "only" {
		if err := one(ctx, *items, &out); err != nil {
			harness.Fail(err)
		}
	}
	if *items > 0 && *neighbours != "never" {
		if err := blended(ctx, *items, &out); err != nil {
			harness.Fail(err)
		}
	}
	if err := harness.PrintJSON(out); err != nil {
		harness.Fail(err)
	}
}

// everyone makes all lists of the film matrix.
func everyone(ctx context.Context, scale float64, repeats int, neighbours string, out *line) error {
	folder, python, err := films.Folder(ctx, scale)
	if err != nil {
		return err
	}
	m, err := films.Read(folder)
	if err != nil {
		return err
	}
	model, err := engine.Train(ctx, m, engine.Config{Dim: dim, Epochs: 8, Unobserved: .1, Lambda: 10, Seed: 1}, engine.TrainOptions{})
	if err != nil {
		return err
	}
	factors := filepath.Join("bench", "out", "topk.f32")
	if err := films.WriteFactors(factors, model); err != nil {
		return err
	}
	fmt.Printf("%d × %d, d = %d, the best %d, %d threads; the least of %d\n\n", m.Rows, m.Cols, dim, k, runtime.GOMAXPROCS(0), repeats)
	ignore := func(int, []engine.Scored) error { return nil }
	items, users := engine.NewIndex(model.Items, engine.IndexOptions{}), engine.NewIndex(model.Users, engine.IndexOptions{})
	contestants := []contestant{
		{"all users", &out.AllUsers, timed(func() error {
			return engine.TopKAll(ctx, items, model.Users, engine.BatchOptions{K: k, Exclude: m}, ignore)
		})},
		{"all users, implicit", &out.AllUsersImplicit, func() (float64, error) { return implicit(ctx, python, folder, factors) }},
		{"similar items, all", &out.SimilarItems, timed(func() error { return engine.SimilarAll(ctx, items, engine.BatchOptions{K: k}, ignore) })},
		{"similar users, all", &out.SimilarUsers, timed(func() error { return engine.SimilarAll(ctx, users, engine.BatchOptions{K: k}, ignore) })},
	}
	if neighbours == "only" {
		contestants = nil
	}
	if neighbours != "never" {
		blend, err := withNeighbours(ctx, m, model)
		if err != nil {
			return err
		}
		contestants = append(contestants, contestant{"all users, with neighbours", &out.AllBlended, timed(func() error { return allBlended(ctx, blend, model.Users, m) })})
	}
	for range repeats {
		for _, c := range contestants {
			seconds, err := c.run()
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if *c.seconds == 0 || seconds < *c.seconds {
				*c.seconds = seconds
			}
		}
	}
	fmt.Println("| lists | seconds |\n| --- | --- |")
	for _, c := range contestants {
		fmt.Printf("| %s | %.2f |\n", c.name, *c.seconds)
	}
	return nil
}

// contestant makes everyone's lists.
type contestant struct {
	name    string
	seconds *float64
	run     func() (float64, error)
}

func timed(f func() error) func() (float64, error) {
	return func() (float64, error) {
		start := time.Now()
		err := f()
		return time.Since(start).Seconds(), err
	}
}

// implicit lets it recommend for all users from the same factors.
func implicit(ctx context.Context, python, matrix, factors string) (float64, error) {
	cmd := exec.CommandContext(ctx, python, "bench/peers/topk.py", "--matrix", matrix, "--factors", factors,
		"--dim", strconv.Itoa(dim), "--k", strconv.Itoa(k), "--threads", strconv.Itoa(runtime.GOMAXPROCS(0)))
	text, err := cmd.Output()
	if err != nil {
		return 0, err
	}
	var said struct {
		Seconds float64 `json:"seconds"`
	}
	return said.Seconds, json.Unmarshal(text, &said)
}

// spread is a median and a 99th percentile, in milliseconds.
func spread(times []time.Duration) (median, p99 float64) {
	slices.Sort(times)
	return harness.Millis(harness.Percentile(times, 50)), harness.Millis(harness.Percentile(times, 99))
}
