package evaluate

import (
	"math/rand/v2"
	"testing"

	"also/engine"
)

func TestHoldOutUsersInClusters(t *testing.T) {
	m := tasteful(t, 300, 100, 20)
	train, held, err := HoldOutUsers(m, .2, 50, true, 1)
	if err != nil {
		t.Fatal(err)
	}
	if train.Entries()+held.Entries() != m.Entries() {
		t.Errorf("%d entries and %d of %d", train.Entries(), held.Entries(), m.Entries())
	}
	users := 0
	byItem := m.Transpose()
	cosine := func(i, j int32) float64 {
		users, _, _ := byItem.Row(int(i))
		others, _, _ := byItem.Row(int(j))
		marked := engine.NewBitmap(m.Rows)
		for _, u := range users {
			marked.Set(u)
		}
		return setCosine(marked, len(users), others)
	}
	var near, far, nearPairs, farPairs float64
	for u := range m.Rows {
		out, _, _ := held.Row(u)
		left, _, _ := train.Row(u)
		if len(out) == 0 {
			continue
		}
		users++
		if len(left) == 0 {
			t.Errorf("user %d has nothing left", u)
		}
		for k, i := range out {
			for _, j := range out[:k] {
				near, nearPairs = near+cosine(i, j), nearPairs+1
			}
			for _, j := range left {
				far, farPairs = far+cosine(i, j), farPairs+1
			}
		}
	}
	if users != 50 {
		t.Errorf("%d users have something held out, want 50", users)
	}
	if !(near/nearPairs > 1.1*far/farPairs) {
		t.Errorf("what is held out is as near to what is left (%.3f) as to itself (%.3f)", far/farPairs, near/nearPairs)
	}
	if _, _, err := HoldOutUsers(m, 1, 50, true, 1); err == nil {
		t.Error("all entries were held out")
	}
}

// tasteful draws users who take items of two of ten kinds, and a few others.
func tasteful(t *testing.T, users, items, entries int) *engine.Matrix {
	t.Helper()
	rng := rand.New(rand.NewPCG(1, 1))
	b := engine.NewBuilder(users, items)
	for u := range users {
		kinds := [2]int{rng.IntN(10), rng.IntN(10)}
		row := map[int]bool{}
		for len(row) < entries {
			i := rng.IntN(items)
			if i%10 == kinds[0] || i%10 == kinds[1] || rng.IntN(10) == 0 {
				row[i] = true
			}
		}
		for i := range row {
			b.Add(int32(u), int32(i), 1, 1)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return m
}
