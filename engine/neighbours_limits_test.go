package engine

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func drawn(t *testing.T, rng *rand.Rand, users, items int, density float64) *Matrix {
	t.Helper()
	b := NewBuilder(users, items)
	for u := range int32(users) {
		for i := range int32(items) {
			if rng.Float64() < density*2*float64(items-int(i))/float64(items) {
				w := float32(.5 + rng.Float64())
				b.Add(u, i, w, w)
			}
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestNeighboursDoNotDependOnRoom: what is kept and what is summed again is the same
// to the bit.
func TestNeighboursDoNotDependOnRoom(t *testing.T) {
	m := drawn(t, rand.New(rand.NewPCG(4, 8)), 200, 120, .1)
	cfg := DefaultNeighbours()
	cfg.Sources, cfg.FilterTargets = 20, 30
	train := func(limits neighbourLimits) *Neighbours {
		n, err := trainNeighbours(t.Context(), m, cfg, 3, limits)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	whole := train(neighbourLimits{heavyItems: 120, pairs: 1 << 20, userEntries: 120})
	if len(whole.Target) < 120*20 {
		t.Fatalf("%d weights are too few to compare", len(whole.Target))
	}
	for _, heavy := range []int{0, 1, 40, 119} {
		n := train(neighbourLimits{heavyItems: heavy, pairs: 1, userEntries: 120})
		if !slices.Equal(n.Ptr, whole.Ptr) || !slices.Equal(n.Target, whole.Target) || !slices.Equal(n.Weight, whole.Weight) {
			t.Errorf("with %d heavy items, the weights differ", heavy)
		}
	}
}

// TestNeighboursSampleLongHistories: a user with more entries than count has them
// spread over theirs, and the others keep all.
func TestNeighboursSampleLongHistories(t *testing.T) {
	m := drawn(t, rand.New(rand.NewPCG(5, 8)), 30, 100, .2)
	s := sampled(m, 15)
	for u := range m.Rows {
		idx, _, _ := m.Row(u)
		kept, _, b := s.Row(u)
		if len(kept) != min(15, len(idx)) {
			t.Fatalf("user %d keeps %d of %d entries", u, len(kept), len(idx))
		}
		widest, last := 0, -1
		for k, i := range kept {
			at := slices.Index(idx, i)
			_, _, all := m.Row(u)
			if at <= last || b[k] != all[at] {
				t.Fatalf("user %d keeps entry %d after %d, b = %g", u, at, last, b[k])
			}
			widest, last = max(widest, at-last), at
		}
		if spread := (len(idx) + 14) / 15; widest > spread {
			t.Errorf("user %d with %d entries has %d in a row left out", u, len(idx), widest-1)
		}
	}
	if sampled(m, 100) != m {
		t.Error("nobody has more than count, and the matrix is another one")
	}
}
