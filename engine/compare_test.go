package engine_test

import (
	"math"
	"testing"

	"also/engine"
)

func ranked(items ...int32) []engine.Scored {
	list := make([]engine.Scored, len(items))
	for k, i := range items {
		list[k].Item = i
	}
	return list
}

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b []engine.Scored
		k    int
		want float64
	}{
		{ranked(1, 2, 3), ranked(3, 2, 1), 3, 1},
		{ranked(1, 2, 3), ranked(3, 2, 1), 1, 0},
		{ranked(1, 2, 3, 4), ranked(1, 9, 8, 7), 4, .25},
		{ranked(1, 2), ranked(1, 2, 3, 4), 4, .5},
		{nil, nil, 5, 1},
		{nil, ranked(1), 5, 0},
	} {
		if got := engine.Overlap(c.a, c.b, c.k); got != c.want {
			t.Errorf("%v and %v at %d: %g, want %g", c.a, c.b, c.k, got, c.want)
		}
	}
}

func TestRankBiasedOverlap(t *testing.T) {
	near := func(a, b []engine.Scored, want float64) {
		t.Helper()
		if got := engine.RankBiasedOverlap(a, b, .5); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v and %v: %g, want %g", a, b, got, want)
		}
	}
	near(ranked(1, 2, 3), ranked(1, 2, 3), 1)
	near(ranked(1, 2), ranked(3, 4), 0)
	near(nil, nil, 1)
	near(nil, ranked(1), 0)
	// Agreement 0 at depth 1, 1 at depth 2 and, extrapolated, from there on.
	near(ranked(1, 2), ranked(2, 1), .5*.5*1+.25)
	// Agreement 1 at depth 1, ½ at depth 2 and from there on.
	near(ranked(1, 2), ranked(1, 3), .5*1+.5*.5*.5+.25*.5)
}
