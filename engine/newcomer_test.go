package engine_test

import (
	"testing"

	"also/engine"
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
	sets, evidence, err := news.FoldIn(takers)
	if err != nil || evidence != 2.5 {
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
	if sets, evidence, err := news.FoldIn(nil); sets != nil || evidence != 0 || err != nil {
		t.Errorf("without takers: %v, %g, %v", sets, evidence, err)
	}
}

func TestMixed(t *testing.T) {
	mean, from := [][]float32{{1, 2}}, [][]float32{{3, 6}}
	sets, part := engine.Mixed(mean, from, 16)
	if sets[0][0] != 2 || sets[0][1] != 4 || part[0][0] != .5 || part[0][1] != 1 {
		t.Errorf("half and half: %v, of which foretold %v", sets, part)
	}
	if sets, part = engine.Mixed(mean, nil, 0); sets[0][1] != 2 || part[0][1] != 2 {
		t.Errorf("without takers: %v, %v", sets, part)
	}
	if sets, part = engine.Mixed(nil, from, 1); sets[0][1] != 6 || part != nil {
		t.Errorf("with nothing foretold: %v, %v", sets, part)
	}
}
