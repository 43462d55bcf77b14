package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
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

// A feature says as much as its users agree beyond chance; one by chance says next to nothing.
func TestAlike(t *testing.T) {
	m, a, kinds := places(t, 400, 200)
	alike, err := engine.NewAlike(m, a, kinds)
	if err != nil {
		t.Fatal(err)
	}
	if err := alike.Validate(200); err != nil {
		t.Fatal(err)
	}
	if s := alike.Strength[3]; !(s > 1 && s < 20) {
		t.Errorf("a place weighs as much as %g users", s)
	}
	if s := alike.Strength[15]; s > 0 && s < 200 {
		t.Errorf("a team weighs as much as %g users", s)
	}
	shares := make([]float32, 200)
	alike.Shares(shares, []int32{3, 15})
	if !(shares[3] > .35 && shares[4] < .2) {
		t.Errorf("of the place %g, of another %g", shares[3], shares[4])
	}
	alike.Shares(shares, nil)
	if !slices.Equal(shares, alike.Share) {
		t.Error("who has no features takes what all take")
	}
	if !(math.Abs(float64(alike.Share[7])-.14) < .05) {
		t.Errorf("all take it at %g", alike.Share[7])
	}
}

// Features of few users, and kinds that agree less than chance, are left out; so are shapes that do not fit.
func TestAlikeOfFew(t *testing.T) {
	b := engine.NewBuilder(8, 3)
	for u := range int32(8) {
		b.Add(u, u%3, 1, 1)
	}
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	a := &engine.Attributes{Features: 2, Ptr: []int64{0, 1, 2, 3, 4, 5, 6, 7, 8}, Idx: []int32{0, 0, 0, 0, 0, 0, 1, 1}}
	alike, err := engine.NewAlike(m, a, []int32{0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if alike.Says(0) || alike.Says(1) || alike.Size[1] != 0 || alike.Ptr[2] != alike.Ptr[1] {
		t.Errorf("%+v", alike)
	}
	if _, err := engine.NewAlike(m, a, []int32{0}); err == nil {
		t.Error("kinds that do not fit")
	}
	if alike.Validate(4) == nil {
		t.Error("items that do not fit")
	}
}

// The k best of shares and scores together are those of adding up all.
func TestTopKAlikeIsBruteForce(t *testing.T) {
	for seed := range uint64(5) {
		w := newBlendWorld(t, seed, 60, 150)
		rng := rand.New(rand.NewPCG(seed, 9))
		var ws engine.Workspace
		for n := range 4 {
			row := w.history(rng)
			row = row[:min(n, len(row))]
			shares := make([]float32, 150)
			for j := range shares {
				shares[j] = rng.Float32()
			}
			checkTopKAlike(t, w, shares, row, &ws)
		}
	}
}

// The best of both together may lead by neither.
func TestTopKAlikeBetweenTheLeaders(t *testing.T) {
	const items = 2500
	w := newBlendWorld(t, 3, 300, items)
	var ws engine.Workspace
	row := w.history(rand.New(rand.NewPCG(3, 9)))[:2]
	x := make([]float32, w.blend.Dim())
	if err := w.blend.FoldIn(x, row, &ws); err != nil {
		t.Fatal(err)
	}
	byScore := w.blend.TopK(nil, x, row, items, nil, nil, &ws)
	part := float32(engine.AlikePart(len(row)))
	shares := make([]float32, items)
	// All come to the same together, but those about the 250th by score to a little more,
	// so little that their shares stay behind those of the last.
	top, bump := byScore[0].Score, (1-part)*(byScore[270].Score-byScore[len(byScore)-200].Score)/2
	for rank, s := range byScore {
		away := float64(rank-250) / 20
		shares[s.Item] = (top + bump*float32(math.Exp(-away*away)) - (1-part)*s.Score) / part
	}
	checkTopKAlike(t, w, shares, row, &ws)
}

// checkTopKAlike compares the best twenty, without item 7, with those of all.
func checkTopKAlike(t *testing.T, w blendWorld, shares []float32, row []engine.Entry, ws *engine.Workspace) {
	t.Helper()
	x := make([]float32, w.blend.Dim())
	if err := w.blend.FoldIn(x, row, ws); err != nil {
		t.Fatal(err)
	}
	part := float32(engine.AlikePart(len(row)))
	var want []engine.Scored
	for j, share := range shares {
		if j != 7 {
			want = append(want, engine.Scored{Item: int32(j), Score: part*share + (1-part)*w.blend.Score(x, row, int32(j))})
		}
	}
	slices.SortFunc(want, func(a, b engine.Scored) int {
		if a.Score > b.Score || a.Score == b.Score && a.Item < b.Item {
			return -1
		}
		return 1
	})
	got := w.blend.TopKAlike(nil, shares, x, row, 20, nil, []int32{7}, ws)
	if len(got) != 20 {
		t.Fatalf("%d places", len(got))
	}
	for k := range got {
		if got[k].Item != want[k].Item {
			t.Fatalf("%d entries, place %d: %v, want %v", len(row), k, got[k], want[k])
		}
	}
}
