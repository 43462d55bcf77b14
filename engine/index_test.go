package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
	"also/engine/kernel"
)

// bruteTopK is the definition: score everything, sort, cut.
func bruteTopK(x *engine.Index, user []float32, k int, filter *engine.Bitmap, exclude []int32) []engine.Scored {
	var all []engine.Scored
	for i := range int32(x.Items()) {
		if filter != nil && !filter.Has(i) || slices.Contains(exclude, i) {
			continue
		}
		all = append(all, engine.Scored{Item: i, Score: kernel.Dot(user, x.Vector(i))})
	}
	slices.SortStableFunc(all, func(a, b engine.Scored) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return int(a.Item) - int(b.Item)
	})
	return all[:min(k, len(all))]
}

// itemShapes are distributions of item factors that search has to be exact on.
var itemShapes = map[string]func(rng *rand.Rand, row []float32){
	"gaussian": func(rng *rand.Rand, row []float32) {
		for k := range row {
			row[k] = float32(rng.NormFloat64())
		}
	},
	"falling axes and popularity": func(rng *rand.Rand, row []float32) {
		size := math.Exp(2 * rng.NormFloat64())
		for k := range row {
			row[k] = float32(size * rng.NormFloat64() / float64(k+1))
		}
	},
	"ties": func(rng *rand.Rand, row []float32) {
		for k := range row {
			row[k] = float32(rng.IntN(2))
		}
	},
	"half of them zero": func(rng *rand.Rand, row []float32) {
		if rng.IntN(2) == 0 {
			for k := range row {
				row[k] = float32(rng.ExpFloat64())
			}
		}
	},
	"one axis": func(rng *rand.Rand, row []float32) {
		row[rng.IntN(len(row))] = float32(rng.NormFloat64()) * 1e-20
	},
}

func shaped(rng *rand.Rand, rows, dim int, shape func(*rand.Rand, []float32)) engine.Factors {
	f := engine.NewFactors(rows, dim)
	for i := range rows {
		shape(rng, f.Row(i))
	}
	return f
}

func TestTopKEqualsBruteForce(t *testing.T) {
	for name, shape := range itemShapes {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			var ws engine.Workspace
			for _, c := range []struct{ rows, dim, extra int }{{1, 1, 0}, {40, 3, 2}, {300, 8, 0}, {1000, 33, 7}, {3000, 64, 0}, {2049, 5, 1}} {
				index := engine.NewIndex(shaped(rng, c.rows, c.dim, shape), engine.IndexOptions{})
				if c.extra > 0 {
					index = index.WithOverlay(shaped(rng, c.extra, c.dim, shape))
				}
				for range 8 {
					checkTopK(t, rng, index, shape, &ws)
				}
			}
		})
	}
}

// checkTopK asks one random question.
func checkTopK(t *testing.T, rng *rand.Rand, index *engine.Index, shape func(*rand.Rand, []float32), ws *engine.Workspace) {
	t.Helper()
	user := make([]float32, index.Dim())
	shape(rng, user)
	k := 1 + rng.IntN(150)
	var filter *engine.Bitmap
	if share := rng.IntN(4); share > 0 {
		filter = engine.NewBitmap(index.Items())
		for i := range int32(index.Items()) {
			if rng.IntN(10) < []int{10, 1, 5, 9}[share] {
				filter.Set(i)
			}
		}
	}
	var exclude []int32
	for range rng.IntN(30) {
		exclude = append(exclude, rng.Int32N(int32(index.Items())))
	}
	slices.Sort(exclude)
	got := index.TopK(nil, user, k, filter, exclude, ws)
	want := bruteTopK(index, user, k, filter, exclude)
	if !slices.Equal(got, want) {
		t.Fatalf("%d items, d=%d, k=%d: got %v…, want %v…", index.Items(), index.Dim(), k, got[:min(5, len(got))], want[:min(5, len(want))])
	}
}

func TestTopKOfOddQuestions(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 2))
	index := engine.NewIndex(shaped(rng, 500, 6, itemShapes["gaussian"]), engine.IndexOptions{})
	var ws engine.Workspace
	zero := make([]float32, 6)
	if got := index.TopK(nil, zero, 3, nil, []int32{1}, &ws); !slices.Equal(got, []engine.Scored{{Item: 0}, {Item: 2}, {Item: 3}}) {
		t.Errorf("zero vector: got %v, want the lowest numbers", got)
	}
	for _, v := range []float64{math.NaN(), math.Inf(1)} {
		user := slices.Clone(zero)
		user[2] = float32(v)
		if got := index.TopK(nil, user, 3, nil, nil, &ws); len(got) != 0 {
			t.Errorf("user with %g: got %v, want nothing", v, got)
		}
	}
	user := index.Vector(4)
	if got := index.TopK(nil, user, 0, nil, nil, &ws); len(got) != 0 {
		t.Errorf("k = 0: got %v", got)
	}
	if got := index.TopK(nil, user, 9999, nil, nil, &ws); len(got) != 500 {
		t.Errorf("k beyond the items: got %d, want all 500", len(got))
	}
	if got := index.TopK(nil, user, 5, engine.NewBitmap(500), nil, &ws); len(got) != 0 {
		t.Errorf("empty filter: got %v", got)
	}
}

func TestSimilar(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	for name, shape := range itemShapes {
		items := shaped(rng, 700, 12, shape)
		index := engine.NewIndex(items, engine.IndexOptions{}).WithOverlay(shaped(rng, 3, 12, shape))
		direct := engine.NewIndex(items, engine.IndexOptions{NoSimilar: true})
		var ws engine.Workspace
		for item := range int32(60) {
			got := index.Similar(nil, item, 10, nil, nil, &ws)
			for k, s := range got {
				if s.Item == item {
					t.Errorf("%s: item %d is near itself", name, item)
				}
				if cosine := cosine(index.Vector(item), index.Vector(s.Item)); !(math.Abs(cosine-float64(s.Score)) < 1e-5) {
					t.Errorf("%s: items %d and %d: %g, the cosine is %g", name, item, s.Item, s.Score, cosine)
				}
				if k > 0 && got[k-1].Score < s.Score {
					t.Errorf("%s: item %d: not in order", name, item)
				}
			}
			got = engine.NewIndex(items, engine.IndexOptions{}).Similar(nil, item, 10, nil, nil, &ws)
			if want := direct.Similar(nil, item, 10, nil, nil, &ws); !slices.Equal(got, want) {
				t.Errorf("%s: item %d: got %v, want %v", name, item, got, want)
			}
		}
		if got := index.Similar(nil, 9999, 10, nil, nil, &ws); len(got) != 0 {
			t.Errorf("%s: an unknown item is near %v", name, got)
		}
	}
}

func cosine(x, y []float32) float64 {
	var xy, xx, yy float64
	for k, v := range x {
		xy += float64(v) * float64(y[k])
		xx += float64(v) * float64(v)
		yy += float64(y[k]) * float64(y[k])
	}
	return xy / math.Sqrt(xx*yy)
}

func FuzzTopK(f *testing.F) {
	f.Add(uint64(1), 900, 17, 0)
	f.Add(uint64(2), 260, 1, 2)
	names := []string{"gaussian", "falling axes and popularity", "ties", "half of them zero", "one axis"}
	f.Fuzz(func(t *testing.T, seed uint64, rows, dim, shape int) {
		if rows < 1 || rows > 3000 || dim < 1 || dim > 100 || shape < 0 || shape >= len(names) {
			t.Skip()
		}
		rng := rand.New(rand.NewPCG(seed, 5))
		s := itemShapes[names[shape]]
		var ws engine.Workspace
		checkTopK(t, rng, engine.NewIndex(shaped(rng, rows, dim, s), engine.IndexOptions{}), s, &ws)
	})
}

func TestTopKDoesNotAllocate(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2))
	index := engine.NewIndex(shaped(rng, 5000, 32, itemShapes["gaussian"]), engine.IndexOptions{})
	user, filter := index.Vector(3), engine.NewBitmap(5000)
	filter.SetRange(0, 4000)
	var ws engine.Workspace
	list := index.TopK(nil, user, 50, filter, []int32{4, 9}, &ws)
	if n := testing.AllocsPerRun(20, func() { list = index.TopK(list, user, 50, filter, []int32{4, 9}, &ws) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
