package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
	"also/engine/kernel"
)

// places makes users of ten places, each of which likes items of its own, and of twenty teams, which say nothing;
// user u has the features place u%10 and team 10+…
func places(t testing.TB, users, items int) (*engine.Matrix, *engine.Attributes, []int32) {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 4))
	b := engine.NewBuilder(users, items)
	a := &engine.Attributes{Features: 30, Ptr: []int64{0}}
	for u := range users {
		for j := range items {
			p := .1
			if j%10 == u%10 {
				p = .5
			}
			if rng.Float64() < p {
				b.Add(int32(u), int32(j), 1, 1)
			}
		}
		a.Idx = append(a.Idx, int32(u%10), int32(10+rng.IntN(20)))
		a.Ptr = append(a.Ptr, int64(len(a.Idx)))
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	kinds := make([]int32, 30)
	for f := 10; f < 30; f++ {
		kinds[f] = 1
	}
	return m, a, kinds
}

// A feature says as much as its users agree beyond chance, one by chance next to nothing; users of a place begin
// nearer to what is liked there.
func TestAlike(t *testing.T) {
	m, a, kinds := places(t, 400, 200)
	model, err := engine.Train(t.Context(), m, engine.Config{Dim: 16, Nu: 1}, engine.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	factors := []engine.WeightedModel{{Model: model, Weight: 1}}
	alike, err := engine.NewAlike(t.Context(), m, factors, a, kinds, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := alike.Validate(factors); err != nil {
		t.Fatal(err)
	}
	if s := alike.Strength[3]; !(s > 1 && s < 20) {
		t.Errorf("a place weighs as much as %g users", s)
	}
	if s := alike.Strength[15]; s > 0 && s < 200 {
		t.Errorf("a team weighs as much as %g users", s)
	}
	if want := float64(m.Entries()) / 400; math.Abs(alike.Typical-want) > 1e-6 {
		t.Errorf("a typical history weighs %g, want %g", alike.Typical, want)
	}
	at := func(features []int32, j int32) float32 {
		return kernel.Dot(alike.Start(features, 0).Mean[0], model.Items.Row(int(j)))
	}
	if !(at([]int32{3, 15}, 3) > 1.4*at([]int32{3, 15}, 4)) {
		t.Errorf("of the place %g, of another %g", at([]int32{3, 15}, 3), at([]int32{3, 15}, 4))
	}
	if ratio := at(nil, 3) / at(nil, 4); !(ratio > .7 && ratio < 1.4) {
		t.Errorf("the mean user likes one place's items %g times as well as another's", ratio)
	}
}

// Features of few users, and kinds that agree less than chance, are left out; shapes that do not fit are refused.
func TestAlikeOfFew(t *testing.T) {
	b := engine.NewBuilder(8, 3)
	for u := range int32(8) {
		b.Add(u, u%3, 1, 1)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	model, err := engine.Train(t.Context(), m, engine.Config{Dim: 2}, engine.TrainOptions{})
	if err != nil {
		t.Fatal(err)
	}
	factors := []engine.WeightedModel{{Model: model, Weight: 1}}
	a := &engine.Attributes{Features: 2, Ptr: []int64{0, 1, 2, 3, 4, 5, 6, 7, 8}, Idx: []int32{0, 0, 0, 0, 0, 0, 1, 1}}
	alike, err := engine.NewAlike(t.Context(), m, factors, a, []int32{0, 1}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if alike.Says(0) || alike.Says(1) || alike.Size[1] != 0 || !slices.Equal(alike.Start([]int32{0, 1}, 0).Mean[0], alike.Mean[0]) {
		t.Errorf("%+v", alike)
	}
	if _, err := engine.NewAlike(t.Context(), m, factors, a, []int32{0}, 1); err == nil {
		t.Error("kinds that do not fit")
	}
	if alike.Validate(append(factors, factors[0])) == nil {
		t.Error("sets of factors that do not fit")
	}
	none, err := engine.NewAlike(t.Context(), m, factors, nil, nil, 1)
	if err != nil || none.Validate(factors) != nil {
		t.Errorf("without features: %v", err)
	}
}

// A history is known as far as it weighs, or as its user has been there; without dates, as far as it weighs.
func TestAlikeKnown(t *testing.T) {
	row := []engine.Entry{{Col: 1, W: 1, B: 1}, {Col: 2, W: .5, B: -1}}
	dated := engine.Alike{Typical: 6, Began: 1000, Now: 2000}
	for _, c := range []struct {
		alike     engine.Alike
		row       []engine.Entry
		came, now int64
		want      float64
	}{
		{dated, nil, 2000, 2000, 0},
		{dated, row, 2000, 2000, .25},
		{dated, row, 1900, 2000, .25},
		{dated, row, 1800, 2000, .4},
		{dated, row, 1400, 2000, 1},
		{dated, row, 1990, 2190, .4}, // after training
		{engine.Alike{Typical: 6}, row, 0, 2000, .25},
		{engine.Alike{Typical: 1}, row, 0, 0, 1},
	} {
		if got := c.alike.Known(c.row, c.came, c.now); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: %g", c, got)
		}
	}
}

// begin is where a user of a blendWorld begins, of whose history so much is known.
func begin(t *testing.T, w blendWorld, known float64) *engine.Start {
	t.Helper()
	alike, err := engine.NewAlike(t.Context(), w.matrix, w.parts.Factors, nil, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	return alike.Start(nil, known)
}

// The solution is where the gradient vanishes, computed in double precision: of all that is in the row, of what is
// not as far as the history is known, and of the mean as far as it is not.
func TestFoldInFromSolvesTheRow(t *testing.T) {
	w := newBlendWorld(t, 5, 300, 200)
	rng := rand.New(rand.NewPCG(5, 5))
	var ws engine.Workspace
	for _, f := range w.parts.Factors {
		side, err := engine.NewSide(f.Model.Config, f.Model.Items)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{0, 1, 3, 100} {
			known := rng.Float64()
			row := w.history(rng)
			row = row[:min(n, len(row))]
			mean, x := make([]float32, side.Dim()), make([]float32, side.Dim())
			for k := range mean {
				mean[k] = float32(rng.NormFloat64())
			}
			if err := side.FoldInFrom(x, row, known, mean, &ws); err != nil {
				t.Fatal(err)
			}
			checkGradient(t, f.Model, x, row, known, mean)
		}
	}
}

func checkGradient(t *testing.T, m *engine.Model, x []float32, row []engine.Entry, known float64, mean []float32) {
	t.Helper()
	cfg := m.Config
	lambda := cfg.Lambda * math.Pow(float64(len(row))+cfg.Unobserved*float64(m.Items.Rows), cfg.Nu)
	for k := range x {
		gradient := lambda*float64(x[k]) - (1-known)*lambda*float64(mean[k])
		size := math.Abs(gradient) + lambda*float64(abs32(mean[k]))
		add := func(v float64) { gradient, size = gradient+v, size+math.Abs(v) }
		for j := range m.Items.Rows {
			y := m.Items.Row(j)
			add(known * cfg.Unobserved * float64(kernel.Dot(x, y)) * float64(y[k]))
		}
		for _, e := range row {
			y := m.Items.Row(int(e.Col))
			add((float64(e.W)*float64(kernel.Dot(x, y)) - float64(e.B)) * float64(y[k]))
		}
		if !(math.Abs(gradient) <= 2e-4*size) {
			t.Fatalf("%d entries, %.2f known: the gradient is %g in direction %d, of %g", len(row), known, gradient, k, size)
		}
	}
}

func abs32(v float32) float32 { return max(v, -v) }

// A history known whole is folded in as ever; without any, the mean user is left.
func TestFoldInFromEitherEnd(t *testing.T) {
	w := newBlendWorld(t, 6, 300, 200)
	var ws engine.Workspace
	row := w.history(rand.New(rand.NewPCG(6, 6)))
	whole, from := make([]float32, w.blend.Dim()), make([]float32, w.blend.Dim())
	if err := w.blend.FoldIn(whole, row, &ws); err != nil {
		t.Fatal(err)
	}
	if err := w.blend.FoldInFrom(from, row, begin(t, w, 1), &ws); err != nil || !slices.Equal(whole, from) {
		t.Errorf("known whole: %v, off by %g", err, from[0]-whole[0])
	}
	start := begin(t, w, 0)
	if err := w.blend.FoldInFrom(from, nil, start, &ws); err != nil {
		t.Fatal(err)
	}
	for k, x := range w.blend.Split(from) {
		for c := range x {
			if d := math.Abs(float64(x[c] - start.Mean[k][c])); !(d <= 1e-5*(1+math.Abs(float64(x[c])))) {
				t.Fatalf("of nobody known, %g instead of the mean's %g", x[c], start.Mean[k][c])
			}
		}
	}
}

// The shares of the history, of the mean and of the gain sum to the score, which is the served one.
func TestSharesFromAStart(t *testing.T) {
	w := newBlendWorld(t, 8, 300, 200)
	rng := rand.New(rand.NewPCG(8, 2))
	var ws engine.Workspace
	x := make([]float32, w.blend.Dim())
	for n := range 12 {
		row := w.history(rng)
		row = row[:min(n, len(row))]
		start := begin(t, w, rng.Float64())
		if err := w.blend.FoldInFrom(x, row, start, &ws); err != nil {
			t.Fatal(err)
		}
		j := int32(rng.IntN(200))
		shares, score, gain := w.shares(t, row, start, j)
		// Without a mean, the shares of the history are the same, and alone.
		bare := &engine.Start{Known: start.Known}
		for _, mean := range start.Mean {
			bare.Mean = append(bare.Mean, make([]float32, len(mean)))
		}
		only, _, _ := w.shares(t, row, bare, j)
		size := math.Abs(score) + math.Abs(gain)
		for k, s := range shares {
			size += math.Abs(s)
			if !(math.Abs(s-only[k]) <= 1e-6*(1+math.Abs(s))) {
				t.Fatalf("entry %d has the share %g, without a mean %g", k, s, only[k])
			}
		}
		if served := float64(w.blend.Score(x, row, j)); !(math.Abs(score-served) <= 1e-4*size) {
			t.Fatalf("item %d: explained as %g, served %g", j, score, served)
		}
	}
}
