package engine_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
)

func TestBuilderSumsAndSorts(t *testing.T) {
	b := engine.NewBuilder(3, 4)
	b.Add(2, 3, 1, 1)
	b.Add(0, 2, 1, 1)
	b.Add(0, 0, 2, -1)
	b.Add(0, 2, .5, 4)
	m, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	idx, w, target := m.Row(0)
	if !slices.Equal(idx, []int32{0, 2}) || !slices.Equal(w, []float32{2, 1.5}) || !slices.Equal(target, []float32{-1, 5}) {
		t.Errorf("row 0: %v %v %v", idx, w, target)
	}
	if idx, _, _ := m.Row(1); len(idx) != 0 {
		t.Errorf("row 1: %v, want nothing", idx)
	}
	if err := m.Validate(); err != nil {
		t.Error(err)
	}
}

func TestBuilderRefusesBadEntries(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, c := range []struct {
		name         string
		user, item   int32
		weight, term float32
	}{
		{"negative user", -1, 0, 1, 1},
		{"user beyond", 2, 0, 1, 1},
		{"negative item", 0, -5, 1, 1},
		{"item beyond", 0, 3, 1, 1},
		{"negative weight", 0, 0, -1, 1},
		{"weight not a number", 0, 0, nan, 1},
		{"infinite weight", 0, 0, inf, 1},
		{"target not a number", 0, 0, 1, nan},
		{"infinite target", 0, 0, 1, -inf},
	} {
		b := engine.NewBuilder(2, 3)
		b.Add(0, 0, 1, 1)
		b.Add(c.user, c.item, c.weight, c.term)
		b.Add(1, 1, 1, 1)
		var invalid *engine.InvalidError
		if m, err := b.Build(); m != nil || !errors.As(err, &invalid) {
			t.Errorf("%s: got %v, %v, want an InvalidError", c.name, m, err)
		}
	}
	b := engine.NewBuilder(1, 1)
	b.Add(0, 0, 9e11, 9e11)
	b.Add(0, 0, 9e11, 9e11)
	if _, err := b.Build(); err == nil {
		t.Error("a sum beyond the largest weight was taken")
	}
	if _, err := engine.NewBuilder(-1, 2).Build(); err == nil {
		t.Error("a negative shape was taken")
	}
}

// FuzzBuilder compares with a map, whose sums are in the order of the entries
// too: equal to the bit.
func FuzzBuilder(f *testing.F) {
	f.Add(uint64(1), 5, 7, 40, true)
	f.Add(uint64(2), 1, 1, 9, false)
	f.Add(uint64(3), 300, 2, 5000, true)
	f.Add(uint64(4), 1, 90_000, 3000, false) // one giant row
	f.Add(uint64(5), 70_000, 1, 3000, true)
	f.Add(uint64(6), 3000, 200_000, 20_000, true)   // columns of several runs
	f.Add(uint64(7), 300_000, 400_000, 4000, false) // keys beyond 32 bits
	f.Fuzz(func(t *testing.T, seed uint64, rows, cols, n int, split bool) {
		if rows < 1 || rows > 1<<20 || cols < 1 || cols > 1<<20 || n < 0 || n > 20_000 {
			t.Skip()
		}
		rng := rand.New(rand.NewPCG(seed, 1))
		b := engine.NewBuilder(rows, cols)
		type pair struct{ u, i int32 }
		want := map[pair][2]float32{}
		var last pair
		for range n {
			p := pair{rng.Int32N(int32(rows)), rng.Int32N(int32(cols))}
			if rng.IntN(4) == 0 {
				p = last // so that some come twice on any shape
			}
			w, target := rng.Float32(), rng.Float32()-.5
			if !split {
				target = w
			}
			b.Add(p.u, p.i, w, target)
			sum := want[p]
			want[p], last = [2]float32{sum[0] + w, sum[1] + target}, p
		}
		m, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		byItem := m.Transpose()
		back := byItem.Transpose()
		for _, m := range []*engine.Matrix{m, byItem, back} {
			if err := m.Validate(); err != nil {
				t.Fatal(err)
			}
		}
		if m.Entries() != len(want) || back.Entries() != len(want) {
			t.Fatalf("%d entries, transposed twice %d, want %d", m.Entries(), back.Entries(), len(want))
		}
		for u := range rows {
			idx, w, target := m.Row(u)
			_, w2, target2 := back.Row(u)
			for k, i := range idx {
				sum := want[pair{int32(u), i}]
				if w[k] != sum[0] || target[k] != sum[1] || w2[k] != sum[0] || target2[k] != sum[1] {
					t.Fatalf("entry %d, %d: %g, %g, transposed twice %g, %g, want %v", u, i, w[k], target[k], w2[k], target2[k], sum)
				}
			}
		}
		if again, err := b.Build(); err != nil || again.Entries() != 0 {
			t.Fatalf("built again: %d entries, %v, want none", again.Entries(), err)
		}
	})
}

func TestMatrixValidate(t *testing.T) {
	good := func() *engine.Matrix {
		return &engine.Matrix{Rows: 2, Cols: 3, Ptr: []int64{0, 2, 3}, Idx: []int32{0, 2, 1}, W: []float32{1, 1, 1}}
	}
	if err := good().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(m *engine.Matrix){
		"column twice":      func(m *engine.Matrix) { m.Idx[1] = 0 },
		"column beyond":     func(m *engine.Matrix) { m.Idx[2] = 3 },
		"column negative":   func(m *engine.Matrix) { m.Idx[0] = -1 },
		"weight negative":   func(m *engine.Matrix) { m.W[1] = -1 },
		"weight NaN":        func(m *engine.Matrix) { m.W[1] = float32(math.NaN()) },
		"pointers too few":  func(m *engine.Matrix) { m.Ptr = m.Ptr[:2] },
		"pointers unsorted": func(m *engine.Matrix) { m.Ptr[1] = 4 },
		"weights too few":   func(m *engine.Matrix) { m.W = m.W[:2] },
		"targets too few":   func(m *engine.Matrix) { m.B = m.W[:2] },
	} {
		m := good()
		spoil(m)
		if err := m.Validate(); err == nil {
			t.Errorf("%s: taken", name)
		}
		if _, err := engine.Train(t.Context(), m, engine.Config{Dim: 2, Epochs: 1}, engine.TrainOptions{}); err == nil {
			t.Errorf("%s: trained on", name)
		}
	}
}

func TestBitmap(t *testing.T) {
	b := engine.NewBitmap(10)
	for _, i := range []int32{3, 64, 200} {
		b.Set(i)
	}
	b.SetRange(300, 450)
	if b.Count() != 153 || !b.Has(64) || b.Has(65) || b.Has(-1) || b.Has(1<<30) || !b.Has(449) || b.Has(450) {
		t.Errorf("got %d numbers: %v", b.Count(), b.Words)
	}
	o := engine.NewBitmap(70)
	o.Set(3)
	o.Set(5)
	and, or, not := b.Clone(), b.Clone(), b.Clone()
	and.And(o)
	or.Or(o)
	not.AndNot(o)
	if and.Count() != 1 || or.Count() != 154 || not.Count() != 152 || not.Has(3) || !or.Has(5) {
		t.Errorf("and %d, or %d, and not %d, want 1, 154, 152", and.Count(), or.Count(), not.Count())
	}
	b.Clear(64)
	b.Clear(9999)
	var seen []int32
	b.Each(func(i int32) bool {
		seen = append(seen, i)
		return len(seen) < 3
	})
	if !slices.Equal(seen, []int32{3, 200, 300}) {
		t.Errorf("first numbers %v, want 3, 200, 300", seen)
	}
	if clone := b.Clone(); clone.Count() != b.Count() {
		t.Error("a clone differs")
	}
}

func TestSumEntries(t *testing.T) {
	got := engine.SumEntries([]engine.Entry{{Col: 5, W: 1, B: 1}, {Col: 2, W: 3, B: -3}, {Col: 5, W: .5, B: -.5}})
	if want := []engine.Entry{{Col: 2, W: 3, B: -3}, {Col: 5, W: 1.5, B: .5}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
