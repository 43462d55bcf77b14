// Command scale builds and trains matrices of growing size, each in a process of
// its own, and prints the curve of time and memory against entries:
//
//	make bench-scale
//
// It prints a table and ends with one JSON line.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"

	"also/bench/harness"
	"also/engine"
)

// point is one size of the curve. Users and items grow as the entries do.
type point struct {
	Entries      int     `json:"entries"` // distinct pairs
	Users        int     `json:"users"`
	Items        int     `json:"items"`
	BuildSeconds float64 `json:"build_seconds"` // users' and items' view: the sum of what follows
	AddSeconds   float64 `json:"add_seconds"`
	SortSeconds  float64 `json:"sort_seconds"`
	TurnSeconds  float64 `json:"transpose_seconds"`
	BuildMillion float64 `json:"build_million_per_second"`
	EpochSeconds float64 `json:"epoch_seconds"`
	TrainSeconds float64 `json:"train_seconds"` // all epochs
	PeakMB       float64 `json:"peak_mb"`

	Targets           int     `json:"neighbours_targets,omitempty"` // of all sources
	NeighboursSeconds float64 `json:"neighbours_seconds,omitempty"`
	NeighboursPeakMB  float64 `json:"neighbours_peak_mb,omitempty"` // the matrix included
}

const (
	dim    = 64
	epochs = 8
)

func main() {
	entries := flag.Int("entries", 100_000_000, "entries of the largest matrix")
	self := flag.Int("self", 0, "build and train one matrix of so many entries (used by the curve)")
	items := flag.Int("items", 0, "with -self: so many items, by default one for 500 entries")
	train := flag.Bool("train", true, "with -self: train factors of what is built")
	neighbours := flag.Bool("neighbours", false, "with -self: train neighbours of what is built")
	flag.Parse()
	ctx := context.Background()
	if *self > 0 {
		p, err := measure(ctx, *self, *items, *train, *neighbours)
		if err == nil {
			err = harness.PrintJSON(p)
		}
		if err != nil {
			harness.Fail(err)
		}
		return
	}
	if err := curve(ctx, *entries); err != nil {
		harness.Fail(err)
	}
}

func curve(ctx context.Context, most int) error {
	me, err := os.Executable()
	if err != nil {
		return err
	}
	var points []point
	fmt.Printf("d = %d, %d epochs\n\n| entries | users × items | build s | M entries/s | s/epoch | train s | peak MB |\n| --- | --- | --- | --- | --- | --- | --- |\n", dim, epochs)
	for _, n := range []int{most / 8, most / 4, most / 2, most} {
		text, err := exec.CommandContext(ctx, me, "-self", strconv.Itoa(n)).Output()
		if err != nil {
			return fmt.Errorf("%d entries: %w", n, err)
		}
		var p point
		if err := json.Unmarshal(text, &p); err != nil {
			return err
		}
		fmt.Printf("| %d | %d × %d | %.1f | %.1f | %.2f | %.1f | %.0f |\n", p.Entries, p.Users, p.Items, p.BuildSeconds, p.BuildMillion, p.EpochSeconds, p.TrainSeconds, p.PeakMB)
		points = append(points, p)
	}
	return harness.PrintJSON(map[string]any{"dim": dim, "epochs": epochs, "curve": points})
}

// measure builds a matrix from a stream and may train on it.
func measure(ctx context.Context, n, items int, train, neighbours bool) (point, error) {
	m, p, err := build(n, items)
	if err == nil && train {
		err = p.train(ctx, m)
	}
	if err == nil && neighbours {
		err = p.trainNeighbours(ctx, m)
	}
	return p, err
}

func (p *point) train(ctx context.Context, m *engine.Matrix) error {
	var epoch time.Duration
	start := time.Now()
	_, err := engine.Train(ctx, m, engine.Config{Dim: dim, Epochs: epochs, Unobserved: .01, Lambda: .005, Nu: 1}, engine.TrainOptions{
		Progress: func(r engine.EpochReport) {
			if epoch == 0 || r.EpochTime < epoch {
				epoch = r.EpochTime
			}
		},
	})
	p.TrainSeconds, p.EpochSeconds, p.PeakMB = time.Since(start).Seconds(), epoch.Seconds(), harness.PeakMB()
	return err
}

func (p *point) trainNeighbours(ctx context.Context, m *engine.Matrix) error {
	harness.ForgetPeak()
	start := time.Now()
	n, err := engine.TrainNeighbours(ctx, m, engine.DefaultNeighbours(), 0)
	if err != nil {
		return err
	}
	p.Targets, p.NeighboursSeconds, p.NeighboursPeakMB = len(n.Target), time.Since(start).Seconds(), harness.PeakMB()
	return nil
}

// build makes both views of n entries, and leaves out of the time what drawing them
// takes.
func build(n, items int) (*engine.Matrix, point, error) {
	s := newStream(n, items)
	p := point{Users: s.users, Items: s.items}
	b := engine.NewBuilder(s.users, s.items)
	b.Reserve(n)
	chunk := make([]pair, 1<<16)
	for left := n; left > 0; {
		part := chunk[:min(left, len(chunk))]
		s.draw(part)
		left -= len(part)
		start := time.Now()
		for _, e := range part {
			b.Add(e.user, e.item, 1, 1)
		}
		p.AddSeconds += time.Since(start).Seconds()
	}
	start := time.Now()
	m, err := b.Build()
	if err != nil {
		return nil, p, err
	}
	p.SortSeconds = time.Since(start).Seconds()
	start = time.Now()
	p.Entries = m.Transpose().Entries() // for the time: training makes its own
	p.TurnSeconds = time.Since(start).Seconds()
	p.BuildSeconds = p.AddSeconds + p.SortSeconds + p.TurnSeconds
	p.BuildMillion, p.PeakMB = float64(n)/p.BuildSeconds/1e6, harness.PeakMB()
	return m, p, nil
}
