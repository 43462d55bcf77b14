package tune

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// What a step may put among a user's best is on their shortlist.
func TestShortlistHasTheBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 7))
	const items = 5000
	all := cells{make([]float32, items), make([]float32, items), make([]float32, items)}
	b := blend{ridge: make([]float32, items), filter: .4, gain: make([]float32, items)}
	for j := range items {
		all.scores[j], all.ridge[j], all.filter[j] = float32(rng.ExpFloat64()*.1), float32(rng.ExpFloat64()*.1), float32(rng.ExpFloat64()*.1)
		b.ridge[j], b.gain[j] = float32(.5+.2*rng.Float64()), float32(math.Exp(.3*rng.NormFloat64()))
		if rng.IntN(10) == 0 {
			all.scores[j] = float32(math.Inf(-1)) // not ranked
		}
	}
	var l shortlist
	l.take(all, b)
	if n := len(l.items); n < shortlisted/2 || n > 2*shortlisted {
		t.Errorf("%d items are on the list, about %d are wanted", n, shortlisted)
	}
	halved := blend{ridge: make([]float32, items), filter: b.filter / 2, gain: b.gain}
	for j := range halved.ridge {
		halved.ridge[j] = b.ridge[j] / 2
	}
	for name, b := range map[string]blend{"the same": b, "half of the neighbours": halved} {
		if got, want := l.best(b, nil), all.best(b, nil); !slices.Equal(got, want) {
			t.Errorf("%s: the best are %v, want %v", name, got, want)
		}
	}
	few := cells{all.scores[:50], all.ridge[:50], all.filter[:50]}
	l.take(few, b)
	if got, want := l.best(b, nil), few.best(b, nil); !slices.Equal(got, want) || slices.ContainsFunc(l.scores, func(v float32) bool { return math.IsInf(float64(v), -1) }) {
		t.Errorf("of few, the best are %v, want %v", got, want)
	}
}
