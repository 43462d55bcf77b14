package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
	"also/engine/kernel"
)

// blendWorld is a small trained model with all parts.
type blendWorld struct {
	matrix *engine.Matrix
	parts  engine.Parts
	blend  *engine.Blend
}

func newBlendWorld(t testing.TB, seed uint64, users, items int) blendWorld {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	b := engine.NewBuilder(users, items)
	for u := range users {
		for range 3 + rng.IntN(20) {
			w := float32(.2 + rng.Float64())
			// Clusters, so that there is something to learn.
			i := (u%7)*items/7 + int(float64(items/5)*math.Pow(rng.Float64(), 2))
			b.Add(int32(u), int32(i%items), w, w)
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	w := blendWorld{matrix: m}
	for k, dim := range []int{8, 24} {
		cfg := engine.DefaultConfig()
		cfg.Dim, cfg.Epochs, cfg.Seed = dim, 4, seed
		model, err := engine.Train(t.Context(), m, cfg, engine.TrainOptions{})
		if err != nil {
			t.Fatal(err)
		}
		w.parts.Factors = append(w.parts.Factors, engine.WeightedModel{Model: model, Weight: []float64{.4, .6}[k]})
	}
	cfg := engine.DefaultNeighbours()
	cfg.Sources, cfg.FilterTargets = 12, 15
	if w.parts.Neighbours, err = engine.TrainNeighbours(t.Context(), m, cfg, 2); err != nil {
		t.Fatal(err)
	}
	w.parts.Gain = make([]float32, items)
	for j := range w.parts.Gain {
		w.parts.Gain[j] = float32(math.Exp(.5 * rng.NormFloat64()))
	}
	if w.blend, err = engine.NewBlend(w.parts, engine.IndexOptions{}); err != nil {
		t.Fatal(err)
	}
	return w
}

// history returns some user's row, with a few entries against.
func (w *blendWorld) history(rng *rand.Rand) []engine.Entry {
	row := w.matrix.AppendRow(nil, rng.IntN(w.matrix.Rows))
	for k := range row {
		if rng.IntN(6) == 0 {
			row[k].B = -row[k].W
		}
	}
	return row
}

// score is the definition, in double precision.
func (w *blendWorld) score(t *testing.T, row []engine.Entry, j int32) float64 {
	var sum float64
	for _, f := range w.parts.Factors {
		side, err := engine.NewSide(f.Model.Config, f.Model.Items)
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float32, side.Dim())
		if err := side.FoldIn(x, row, &engine.Workspace{}); err != nil {
			t.Fatal(err)
		}
		sum += f.Weight * float64(kernel.Dot(x, f.Model.Items.Row(int(j))))
	}
	for _, e := range row {
		sum += float64(e.B) * float64(w.parts.Neighbours.Weighs(e.Col, j))
	}
	return float64(w.parts.Gain[j]) * sum
}

func TestBlendTopKIsBruteForce(t *testing.T) {
	for _, items := range []int{60, 700} {
		w := newBlendWorld(t, 3, 400, items)
		var ws engine.Workspace
		rng := rand.New(rand.NewPCG(9, 9))
		for range 200 {
			row := w.history(rng)
			x := make([]float32, w.blend.Dim())
			if err := w.blend.FoldIn(x, row, &ws); err != nil {
				t.Fatal(err)
			}
			filter := engine.NewBitmap(items)
			for i := range items {
				if rng.IntN(4) > 0 {
					filter.Set(int32(i))
				}
			}
			if rng.IntN(2) == 0 {
				filter = nil
			}
			var exclude []int32
			for _, e := range row {
				exclude = append(exclude, e.Col)
			}
			k := 1 + rng.IntN(30)
			var want []engine.Scored
			for j := range int32(items) {
				if (filter == nil || filter.Has(j)) && !slices.Contains(exclude, j) {
					want = append(want, engine.Scored{Item: j, Score: w.blend.Score(x, row, j)})
				}
			}
			slices.SortFunc(want, func(a, b engine.Scored) int {
				if a.Score > b.Score || a.Score == b.Score && a.Item < b.Item {
					return -1
				}
				return 1
			})
			want = want[:min(k, len(want))]
			got := w.blend.TopK(nil, x, row, k, filter, exclude, &ws)
			if !slices.Equal(got, want) {
				t.Fatalf("%d items, k = %d:\n got %v\nwant %v", items, k, got, want)
			}
		}
	}
}

func TestBlendScoreIsItsDefinition(t *testing.T) {
	w := newBlendWorld(t, 5, 300, 200)
	rng := rand.New(rand.NewPCG(2, 2))
	var ws engine.Workspace
	for range 20 {
		row := w.history(rng)
		x := make([]float32, w.blend.Dim())
		if err := w.blend.FoldIn(x, row, &ws); err != nil {
			t.Fatal(err)
		}
		j := int32(rng.IntN(200))
		got, want := float64(w.blend.Score(x, row, j)), w.score(t, row, j)
		if !(math.Abs(got-want) <= 1e-5*(1+math.Abs(want))) {
			t.Fatalf("item %d: score %g, by definition %g", j, got, want)
		}
	}
}

// shares explains the score of item j for a row that begins at start.
func (w *blendWorld) shares(t *testing.T, row []engine.Entry, start *engine.Start, j int32) (shares []float64, score, gain float64) {
	t.Helper()
	e, err := w.blend.Explainer(row, start)
	if err != nil {
		t.Fatal(err)
	}
	shares = make([]float64, len(row))
	if score, gain, err = e.Shares(shares, j); err != nil {
		t.Fatal(err)
	}
	return shares, score, gain
}

func TestBlendSharesSumToTheScore(t *testing.T) {
	w := newBlendWorld(t, 7, 300, 200)
	rng := rand.New(rand.NewPCG(4, 2))
	var ws engine.Workspace
	for range 50 {
		row := w.history(rng)
		x := make([]float32, w.blend.Dim())
		if err := w.blend.FoldIn(x, row, &ws); err != nil {
			t.Fatal(err)
		}
		j := int32(rng.IntN(200))
		shares, score, gain := w.shares(t, row, nil, j)
		sum, size := gain, math.Abs(gain)
		for _, s := range shares {
			sum, size = sum+s, size+math.Abs(s)
		}
		served := float64(w.blend.Score(x, row, j))
		if !(math.Abs(sum-score) <= 1e-9*size && math.Abs(score-served) <= 1e-4*size) {
			t.Fatalf("item %d: shares sum to %g, are said to be %g, served %g", j, sum, score, served)
		}
	}
}

func TestBlendOverlayIsAnsweredFor(t *testing.T) {
	w := newBlendWorld(t, 11, 300, 400)
	extra := make([]engine.Factors, len(w.parts.Factors))
	for k, f := range w.parts.Factors {
		extra[k] = engine.Factors{Rows: 1, Dim: f.Model.Items.Dim, Data: slices.Clone(f.Model.Items.Row(3))}
	}
	b, err := w.blend.WithOverlay(extra)
	if err != nil {
		t.Fatal(err)
	}
	row := []engine.Entry{{Col: 3, W: 1, B: 1}, {Col: 400, W: 1, B: 1}}
	x := make([]float32, b.Dim())
	var ws engine.Workspace
	if err := b.FoldIn(x, row, &ws); err != nil {
		t.Fatal(err)
	}
	list := b.TopK(nil, x, row, b.Items(), nil, nil, &ws)
	if len(list) != 401 || !slices.ContainsFunc(list, func(s engine.Scored) bool { return s.Item == 400 && s.Score > 0 }) {
		t.Fatalf("the overlay's item is missing or not liked among %d", len(list))
	}
	if _, err := w.blend.WithOverlay(extra[:1]); err == nil {
		t.Fatal("an overlay with too few sets of factors was taken")
	}
}

func TestBlendDoesNotAllocate(t *testing.T) {
	w := newBlendWorld(t, 13, 300, 600)
	row := w.matrix.AppendRow(nil, 4)
	x := make([]float32, w.blend.Dim())
	var ws engine.Workspace
	var list []engine.Scored
	answer := func() {
		if err := w.blend.FoldIn(x, row, &ws); err != nil {
			t.Fatal(err)
		}
		list = w.blend.TopK(list, x, row, 20, nil, nil, &ws)
	}
	answer()
	if n := testing.AllocsPerRun(20, answer); n > 0 {
		t.Fatalf("an answer allocates %v times", n)
	}
}

func TestPartsThatDoNotFitAreRefused(t *testing.T) {
	w := newBlendWorld(t, 17, 60, 50)
	for name, change := range map[string]func(p *engine.Parts){
		"no factors":          func(p *engine.Parts) { p.Factors = nil },
		"gain of other items": func(p *engine.Parts) { p.Gain = p.Gain[1:] },
		"gain of 0":           func(p *engine.Parts) { p.Gain = slices.Clone(p.Gain); p.Gain[7] = 0 },
		"gain not a number":   func(p *engine.Parts) { p.Gain = slices.Clone(p.Gain); p.Gain[7] = float32(math.NaN()) },
		"weight of 0":         func(p *engine.Parts) { p.Factors = slices.Clone(p.Factors); p.Factors[0].Weight = 0 },
		"target past the end": func(p *engine.Parts) {
			n := *p.Neighbours
			n.Target = slices.Clone(n.Target)
			n.Target[len(n.Target)-1] = 50
			p.Neighbours = &n
		},
	} {
		p := w.parts
		change(&p)
		if _, err := engine.NewBlend(p, engine.IndexOptions{}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestBlendManyEqualsOne holds the answers to many questions to those to one at
// a time, which TestBlendTopKIsBruteForce holds to the definition.
func TestBlendManyEqualsOne(t *testing.T) {
	for _, items := range []int{60, 700, 2100} {
		checkBlendMany(t, newBlendWorld(t, uint64(items), 300, items), rand.New(rand.NewPCG(3, uint64(items))), 40)
	}
}

func checkBlendMany(t *testing.T, w blendWorld, rng *rand.Rand, rounds int) {
	t.Helper()
	var one, many engine.Workspace
	items := w.matrix.Cols
	for range rounds {
		filter := engine.NewBitmap(items)
		for i := range items {
			if rng.IntN(4) > 0 {
				filter.Set(int32(i))
			}
		}
		if rng.IntN(2) == 0 {
			filter = nil
		}
		queries := make([]engine.Query, rng.IntN(40))
		for q := range queries {
			row := w.history(rng)
			queries[q] = engine.Query{User: make([]float32, w.blend.Dim()), History: row}
			if err := w.blend.FoldIn(queries[q].User, row, &one); err != nil {
				t.Fatal(err)
			}
			switch rng.IntN(12) {
			case 0:
				clear(queries[q].User)
			case 1:
				queries[q].User[0] = float32(math.NaN())
			case 2:
				queries[q].History = nil
			}
			for _, e := range row {
				queries[q].Exclude = append(queries[q].Exclude, e.Col)
			}
		}
		k, answered := 1+rng.IntN(60), 0
		err := w.blend.TopKMany(queries, k, filter, &many, func(q int, got []engine.Scored) error {
			answered++
			one := w.blend.TopK(nil, queries[q].User, queries[q].History, k, filter, queries[q].Exclude, &one)
			if !slices.Equal(got, one) {
				t.Fatalf("%d items, k = %d:\n got %v\nwant %v", items, k, got, one)
			}
			return nil
		})
		if err != nil || answered != len(queries) {
			t.Fatalf("%d of %d queries answered, %v", answered, len(queries), err)
		}
		first, n := rng.Int32N(int32(items)), int32(0)
		for n < 30 && first+n < int32(items) {
			n++
		}
		answered = 0
		err = w.blend.SimilarMany(first, n, k, filter, &many, func(item int32, got []engine.Scored) error {
			answered++
			if want := w.blend.Similar(nil, item, k, filter, nil, &one); !slices.Equal(got, want) {
				t.Fatalf("%d items, k = %d, similar to %d:\n got %v\nwant %v", items, k, item, got, want)
			}
			return nil
		})
		if err != nil || answered != int(n) {
			t.Fatalf("%d of %d items answered, %v", answered, n, err)
		}
	}
}

func FuzzBlendTopKMany(f *testing.F) {
	f.Add(uint64(1), 300)
	f.Add(uint64(2), 1000)
	f.Fuzz(func(t *testing.T, seed uint64, items int) {
		if items < 20 || items > 2000 {
			t.Skip()
		}
		checkBlendMany(t, newBlendWorld(t, seed, 100, items), rand.New(rand.NewPCG(seed, 8)), 5)
	})
}
