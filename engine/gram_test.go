package engine

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestGramAndRotate compares with sums in double precision, past and below the
// dimension where columns are packed, and for any number of workers.
func TestGramAndRotate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	for _, d := range []int{3, 32, 100, widePanels, widePanels + 1, 300} {
		const rows = 1300
		stride := padded(d)
		y, v := make([]float32, rows*stride), make([]float32, stride*stride)
		for i := range rows {
			for k := range d {
				y[i*stride+k] = float32(rng.NormFloat64())
			}
		}
		for k := range v {
			v[k] = float32(rng.NormFloat64())
		}
		g, err := gram(t.Context(), y, rows, stride, d, 1)
		if err != nil {
			t.Fatal(err)
		}
		again, err := gram(t.Context(), y, rows, stride, d, 3)
		if err != nil {
			t.Fatal(err)
		}
		for range 200 {
			i, k := rng.IntN(d), rng.IntN(d)
			var want float64
			for u := range rows {
				want += float64(y[u*stride+i]) * float64(y[u*stride+k])
			}
			if !(math.Abs(g[i*d+k]-want) < 1e-2) || again[i*d+k] != g[i*d+k] {
				t.Fatalf("d=%d: %g with one worker, %g with three, want %g", d, g[i*d+k], again[i*d+k], want)
			}
		}
		before := append([]float32(nil), y...)
		if err := rotate(t.Context(), y, rows, stride, v, 2); err != nil {
			t.Fatal(err)
		}
		for range 200 {
			u, k := rng.IntN(rows), rng.IntN(stride)
			var want float64
			for j := range stride {
				want += float64(before[u*stride+j]) * float64(v[j*stride+k])
			}
			if !(math.Abs(float64(y[u*stride+k])-want) < 1e-3) {
				t.Fatalf("d=%d: row %d, value %d: %g, want %g", d, u, k, y[u*stride+k], want)
			}
		}
	}
}
