package engine_test

import (
	"math"
	"slices"
	"testing"

	"also/engine"
	"also/engine/kernel"
)

// A new item solves the row equation with the users fixed, its entries scaled up to a typical item's; strangers
// count with the factors they have, or as the average user.
func TestNewcomersSolveTheRowSystem(t *testing.T) {
	cfg := smallConfig()
	_, m := trained(t, cfg)
	const typical = 12
	news, err := engine.NewNewcomers([]engine.WeightedModel{{Model: m, Weight: 1}}, typical)
	if err != nil {
		t.Fatal(err)
	}
	d := m.Users.Dim
	mean, own := make([]float32, d), make([]float32, d)
	for u := range m.Users.Rows {
		for k, v := range m.Users.Row(u) {
			mean[k] += v / float32(m.Users.Rows)
		}
	}
	for k := range own {
		own[k] = float32(k%3) - .7
	}
	takers := []engine.Taker{{Row: 3, W: 1, B: 1}, {Row: -1, W: .5, B: -.5}, {Row: -1, Sets: [][]float32{own}, W: 1, B: 1}}
	sets, prior, evidence, err := news.FoldIn(takers, nil)
	if err != nil || evidence != 2.5 || prior != nil {
		t.Fatalf("evidence %g, %v", evidence, err)
	}
	const scale = typical / 2.5
	rows := [][]float32{m.Users.Row(3), mean, own}
	var row []engine.Entry
	for k, taker := range takers {
		row = append(row, engine.Entry{Col: int32(k), W: taker.W * scale, B: taker.B * scale})
	}
	a, r := rowSystem(m.Config, m.Users, func(col int32) []float32 { return rows[col] }, row, nil)
	checkSolves(t, a, r, sets[0])
	if sets, _, evidence, err := news.FoldIn(nil, nil); sets != nil || evidence != 0 || err != nil {
		t.Errorf("without takers: %v, %g, %v", sets, evidence, err)
	}
}

// A new item of which something is foretold leaves that as its takers come; what it still has of it is told, and
// fades.
func TestNewcomersLeaveTheirMean(t *testing.T) {
	_, m := trained(t, smallConfig())
	const typical = 12
	news, err := engine.NewNewcomers([]engine.WeightedModel{{Model: m, Weight: 1}}, typical)
	if err != nil {
		t.Fatal(err)
	}
	side, err := engine.NewSide(m.Config, m.Users)
	if err != nil {
		t.Fatal(err)
	}
	mean := make([]float32, m.Users.Dim)
	for k := range mean {
		mean[k] = float32(k%4) - 1.3
	}
	if sets, prior, _, err := news.FoldIn(nil, [][]float32{mean}); err != nil || !slices.Equal(sets[0], mean) || !slices.Equal(prior[0], mean) {
		t.Errorf("without takers: %v of which foretold %v, %v", sets, prior, err)
	}
	last := math.Inf(1)
	for _, n := range []int{1, 3, 8, 12, 20} {
		var takers []engine.Taker
		var row []engine.Entry
		for u := range int32(n) {
			takers, row = append(takers, engine.Taker{Row: u, W: 1, B: 1}), append(row, engine.Entry{Col: u, W: 1, B: 1})
		}
		sets, prior, _, err := news.FoldIn(takers, [][]float32{mean})
		if err != nil {
			t.Fatal(err)
		}
		want := make([]float32, len(mean))
		if err := side.FoldInFrom(want, row, min(1, float64(n)/typical), mean, &engine.Workspace{}); err != nil || !slices.Equal(sets[0], want) {
			t.Errorf("%d takers: %v, want %v, %v", n, sets[0], want, err)
		}
		size := float64(kernel.Dot(prior[0], prior[0]))
		if !(size < last) || n >= typical && size != 0 {
			t.Errorf("%d takers leave %g of the mean, before %g", n, size, last)
		}
		last = max(size, math.SmallestNonzeroFloat64)
	}
}
