package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// guarded returns n random values amid NaN, at any alignment, and a function
// that fails the test when the surroundings were written.
func guarded(t *testing.T, rng *rand.Rand, n int) ([]float32, func()) {
	t.Helper()
	const guard = 40
	nan := float32(math.NaN())
	all := make([]float32, n+2*guard)
	for k := range all {
		all[k] = nan
	}
	at := guard - rng.IntN(16)
	values := all[at : at+n : at+n]
	for k := range values {
		values[k] = float32(rng.NormFloat64())
	}
	return values, func() {
		t.Helper()
		for k, v := range all {
			if (k < at || k >= at+n) && v == v {
				t.Fatalf("wrote %d values outside %d", k-at, n)
			}
		}
	}
}

// closeTo fails unless got is within n roundings of a sum of the magnitude.
func closeTo(t *testing.T, what string, got float32, want, magnitude float64, n int) {
	t.Helper()
	bound := 1.01*float64(n+4)*0x1p-24*magnitude + float64(n)*0x1p-149
	if !(math.Abs(float64(got)-want) <= bound) {
		t.Fatalf("%s: got %g, want %g ± %g", what, got, want, bound)
	}
}

func magnitude(x, y []float32) float64 {
	var sum float64
	for k := range x {
		sum += math.Abs(float64(x[k]) * float64(y[k]))
	}
	return sum
}

var sizes = []int{1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 257}

func TestDot(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 1))
			for _, n := range sizes {
				x, _ := guarded(t, rng, n)
				y, check := guarded(t, rng, n)
				closeTo(t, "dot", dot(l, x, y), dotRef(x, y), magnitude(x, y), n)
				before := append([]float32(nil), y...)
				axpy(l, y, 1.5, x)
				for k := range y {
					want := float64(before[k]) + 1.5*float64(x[k])
					closeTo(t, "axpy", y[k], want, math.Abs(float64(before[k]))+1.5*math.Abs(float64(x[k])), 2)
				}
				check()
				rows, idx, got := make([]float32, 5*(n+3)), []int32{4, 0, 2, 2}, make([]float32, 4)
				for k := range rows {
					rows[k] = float32(rng.NormFloat64())
				}
				dotRows(l, got, x, rows, n+3, idx)
				for j, i := range idx {
					if want := dot(l, x, rows[int(i)*(n+3):][:n]); got[j] != want {
						t.Fatalf("row %d of %d values: %v, alone it is %v", i, n, got[j], want)
					}
				}
			}
		})
	}
}

func FuzzDot(f *testing.F) {
	for k, n := range sizes {
		f.Add(uint64(k), n, k%16)
	}
	f.Fuzz(func(t *testing.T, seed uint64, n, offset int) {
		if n < 1 || n > 5000 || offset < 0 || offset > 64 {
			t.Skip()
		}
		rng := rand.New(rand.NewPCG(seed, uint64(offset)))
		x, _ := guarded(t, rng, n)
		y, _ := guarded(t, rng, n)
		for name, l := range levels() {
			closeTo(t, name, dot(l, x, y), dotRef(x, y), magnitude(x, y), n)
		}
	})
}

// FuzzKernels holds all other kernels over single precision to their definitions, at
// odd sizes and alignments.
func FuzzKernels(f *testing.F) {
	for k, n := range sizes {
		f.Add(uint64(k), n, 1+k%9, 1+k%5)
	}
	f.Fuzz(func(t *testing.T, seed uint64, d, n, k int) {
		if d < 1 || d > 300 || n < 1 || n > 60 || k < 1 || k > 60 {
			t.Skip()
		}
		rng := rand.New(rand.NewPCG(seed, 5))
		for _, l := range levels() {
			checkGather(t, l, rng, d, n)
			checkGatherScaled(t, l, rng, d, n)
			checkGemm(t, l, rng, n, d, k, seed%2 == 0, seed%4 < 2)
			checkRotate(t, l, rng, d)
			checkPass(t, l, rng, (d+31)/32*32, n, seed%2 == 0)
			checkCG(t, l, rng, (d+31)/32*32)
			checkCholesky(t, l, rng, n)
		}
	})
}
