package engine

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// A source keeps the targets of its largest weights, of equal ones the first, in their order.
func TestMergeKeepsTheWidest(t *testing.T) {
	const items, width = 9000, 300
	rng := rand.New(rand.NewPCG(1, 1))
	// Source 0 has more targets than it may keep, source 1 fewer.
	ridge := &Matrix{Rows: items, Cols: items, Ptr: make([]int64, items+1)}
	for i, n := range []int{900, 100} {
		for _, j := range slices.Sorted(slices.Values(rng.Perm(items)[:n])) {
			ridge.Idx, ridge.W = append(ridge.Idx, int32(j)), append(ridge.W, float32(rng.IntN(41)-20)/8) // many are equal
		}
		ridge.Ptr[i+1] = int64(len(ridge.Idx))
	}
	for i := 2; i < items; i++ {
		ridge.Ptr[i+1] = ridge.Ptr[2]
	}
	filter := newItemLists(items, width)
	for i := range int32(2) {
		all := filter.all(i)
		for k, j := range slices.Sorted(slices.Values(rng.Perm(items)[:width])) {
			all.items[k], all.weights[k] = int32(j), float32(rng.IntN(8))/8
		}
		filter.n[i] = width
	}
	got, err := mergeNeighbours(t.Context(), ridge, filter, 2)
	if err != nil {
		t.Fatal(err)
	}
	for i := range int32(2) {
		sums := map[int32]float32{}
		idx, w, _ := ridge.Row(int(i))
		for k, j := range idx {
			sums[j] += w[k]
		}
		list := filter.of(i)
		for k, j := range list.items {
			sums[j] += list.weights[k]
		}
		var want []Scored
		for j, w := range sums {
			want = append(want, Scored{Item: j, Score: w})
		}
		slices.SortFunc(want, func(a, b Scored) int {
			return cmp.Or(cmp.Compare(max(b.Score, -b.Score), max(a.Score, -a.Score)), cmp.Compare(a.Item, b.Item))
		})
		want = want[:min(mostTargets, len(want))]
		slices.SortFunc(want, func(a, b Scored) int { return cmp.Compare(a.Item, b.Item) })
		targets, weights := got.Of(i)
		if len(targets) != len(want) {
			t.Fatalf("source %d has %d targets, want %d of %d", i, len(targets), len(want), len(sums))
		}
		for k, s := range want {
			if targets[k] != s.Item || weights[k] != s.Score {
				t.Fatalf("source %d: target %d is %d of %g, want %d of %g", i, k, targets[k], weights[k], s.Item, s.Score)
			}
		}
	}
	if few := targetsOf(allTargets); few != allTargets {
		t.Errorf("a source has %d targets of %d items", few, allTargets)
	}
	if targets, _ := got.Of(2); len(targets) != 0 || got.Validate() != nil {
		t.Errorf("%d targets of a source without any: %v", len(targets), got.Validate())
	}
}
