package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
)

// TestManyEqualsOne holds the answers to many questions to those of one at a
// time, on all shapes of items, with filters, exclusions and new items.
func TestManyEqualsOne(t *testing.T) {
	for name, shape := range itemShapes {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, 2))
			var one, many engine.Workspace
			for _, c := range []struct{ rows, dim, extra int }{{40, 3, 2}, {300, 8, 0}, {1000, 33, 7}, {3000, 64, 0}, {2049, 5, 1}} {
				index := engine.NewIndex(shaped(rng, c.rows, c.dim, shape), engine.IndexOptions{}).WithOverlay(shaped(rng, c.extra, c.dim, shape))
				for range 4 {
					checkMany(t, rng, index, shape, &one, &many)
				}
			}
		})
	}
}

func checkMany(t *testing.T, rng *rand.Rand, index *engine.Index, shape func(*rand.Rand, []float32), one, many *engine.Workspace) {
	t.Helper()
	users := shaped(rng, 1+rng.IntN(40), index.Dim(), shape)
	clear(users.Row(0))
	if users.Rows > 5 {
		users.Row(3)[0] = float32(math.NaN())
	}
	queries := make([]engine.Query, users.Rows)
	for u := range queries {
		queries[u].User = users.Row(u)
		for range rng.IntN(30) {
			queries[u].Exclude = append(queries[u].Exclude, rng.Int32N(int32(index.Items())))
		}
		slices.Sort(queries[u].Exclude)
	}
	k, filter := 1+rng.IntN(150), (*engine.Bitmap)(nil)
	if rng.IntN(2) == 0 {
		filter = engine.NewBitmap(index.Items())
		for i := range int32(index.Items()) {
			if rng.IntN(10) < 7 {
				filter.Set(i)
			}
		}
	}
	answered := 0
	err := index.TopKMany(queries, k, filter, many, func(q int, got []engine.Scored) error {
		answered++
		if want := index.TopK(nil, queries[q].User, k, filter, queries[q].Exclude, one); !slices.Equal(got, want) {
			t.Fatalf("%d items, d=%d, k=%d, query %d: got %d %v…, want %d %v…", index.Items(), index.Dim(), k, q, len(got), got[:min(5, len(got))], len(want), want[:min(5, len(want))])
		}
		return nil
	})
	if err != nil || answered != len(queries) {
		t.Fatalf("%d of %d queries answered, %v", answered, len(queries), err)
	}
	first := rng.Int32N(int32(index.Items()))
	n := min(30, int32(index.Items())-first)
	err = index.SimilarMany(first, n, k, filter, many, func(item int32, got []engine.Scored) error {
		if want := index.Similar(nil, item, k, filter, nil, one); !slices.Equal(got, want) {
			t.Fatalf("%d items, d=%d, k=%d, similar to %d: got %v…, want %v…", index.Items(), index.Dim(), k, item, got[:min(5, len(got))], want[:min(5, len(want))])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func FuzzTopKMany(f *testing.F) {
	f.Add(uint64(1), 900, 17, 0)
	f.Add(uint64(2), 260, 1, 2)
	names := []string{"gaussian", "falling axes and popularity", "ties", "half of them zero", "one axis"}
	f.Fuzz(func(t *testing.T, seed uint64, rows, dim, shape int) {
		if rows < 1 || rows > 3000 || dim < 1 || dim > 100 || shape < 0 || shape >= len(names) {
			t.Skip()
		}
		rng := rand.New(rand.NewPCG(seed, 6))
		s := itemShapes[names[shape]]
		var one, many engine.Workspace
		checkMany(t, rng, engine.NewIndex(shaped(rng, rows, dim, s), engine.IndexOptions{}), s, &one, &many)
	})
}
