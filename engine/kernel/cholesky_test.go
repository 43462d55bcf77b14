package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestCholesky checks UᵀU against the matrix, and solutions by what they solve.
func TestCholesky(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, 1))
			for _, n := range sizes {
				checkCholesky(t, l, rng, n)
			}
		})
	}
}

func checkCholesky(t *testing.T, l level, rng *rand.Rand, n int) {
	t.Helper()
	lda := n + rng.IntN(4)
	s, _ := guarded(t, rng, n*n)
	a, check := guarded(t, rng, (n-1)*lda+n)
	want := make([]float64, n*n)
	for i := range n {
		for j := range n {
			sum := 0.0
			if i == j {
				sum = .1
			}
			for k := range n {
				sum += float64(s[k*n+i]) * float64(s[k*n+j])
			}
			want[i*n+j] = sum
			if j >= i {
				a[i*lda+j] = float32(sum)
			}
		}
	}
	if !cholesky(l, a, n, lda) {
		t.Fatalf("n=%d: refused a positive matrix", n)
	}
	check()
	for i := range n {
		for j := i; j < n; j++ {
			sum, size := 0.0, math.Abs(want[i*n+j])
			for k := range i + 1 {
				v := float64(a[k*lda+i]) * float64(a[k*lda+j])
				sum += v
				size += math.Abs(v)
			}
			closeTo(t, "UᵀU", float32(sum), want[i*n+j], size, n+2)
		}
	}
	for _, bad := range []float32{0, -1, float32(math.NaN()), float32(math.Inf(1))} {
		clear(a)
		for k := range n {
			a[k*lda+k] = 1
		}
		a[(n/2)*lda+n/2] = bad
		if cholesky(l, a, n, lda) {
			t.Errorf("n=%d: took the pivot %g", n, bad)
		}
	}
}

// TestCholeskySolve holds solutions to what they solve.
func TestCholeskySolve(t *testing.T) {
	for _, n := range []int{1, 5, 15, 16, 17, 37, 48, 100, 128} {
		ldu := n + n%3
		u, x := random(n*ldu), random(n)
		for k := range n {
			for j := range n {
				u[k*ldu+j] /= float32(n)
			}
			u[k*ldu+k] = 1 + u[k*ldu+k]*u[k*ldu+k]
		}
		b := make([]float32, n)
		for i := range n {
			var sum float64
			for k := range i + 1 {
				for j := k; j < n; j++ {
					sum += float64(u[k*ldu+i]) * float64(u[k*ldu+j]) * float64(x[j])
				}
			}
			b[i] = float32(sum)
		}
		CholeskySolve(u, n, ldu, b)
		for k := range x {
			if !(math.Abs(float64(b[k]-x[k])) < 1e-4) {
				t.Errorf("n=%d, value %d: %g, want %g", n, k, b[k], x[k])
			}
		}
	}
}
