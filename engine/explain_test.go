package engine

import (
	"math"
	"math/rand/v2"
	"testing"
)

// One factorisation for many targets must say the same as one for each.
func TestExplainerAgreesWithShares(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	items := NewFactors(40, 8)
	for k := range items.Data {
		items.Data[k] = rng.Float32() - 0.4
	}
	side, err := NewSide(Config{Dim: 8, Nu: 1}, items)
	if err != nil {
		t.Fatal(err)
	}
	row := []Entry{{Col: 3, W: 1, B: 1}, {Col: 7, W: 0.5, B: -0.5}, {Col: 99, W: 1, B: 1}, {Col: 21, W: 1, B: 0.25}}
	ws := &Workspace{}
	explainer, err := side.Explainer(row)
	if err != nil {
		t.Fatal(err)
	}
	got, want := make([]float64, len(row)), make([]float64, len(row))
	for i := range int32(40) {
		score, err := explainer.Shares(got, items.Row(int(i)))
		if err != nil {
			t.Fatal(err)
		}
		wantScore, err := side.Shares(want, row, items.Row(int(i)), ws)
		if err != nil {
			t.Fatal(err)
		}
		if !(math.Abs(score-wantScore) <= 1e-5) {
			t.Fatalf("item %d: score %g, Shares says %g", i, score, wantScore)
		}
		for k := range got {
			if !(math.Abs(got[k]-want[k]) <= 1e-5) {
				t.Fatalf("item %d: share %d is %g, Shares says %g", i, k, got[k], want[k])
			}
		}
		if got[2] != 0 {
			t.Fatalf("an item nobody knows has share %g", got[2])
		}
	}
}
