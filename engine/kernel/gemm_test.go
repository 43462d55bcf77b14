package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestGemm(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(3, 1))
			for _, n := range []int{1, 3, 8, 15, 16, 17, 33, 48, 63, 64, 65, 80, 130} {
				for _, m := range []int{1, 3, 4, 5, 9, 13, 24} {
					for _, k := range []int{1, 2, 17} {
						for _, transposed := range []bool{false, true} {
							checkGemm(t, l, rng, m, n, k, transposed, (m+n)%2 == 0)
						}
					}
				}
			}
		})
	}
}

func checkGemm(t *testing.T, l level, rng *rand.Rand, m, n, k int, transposed, less bool) {
	t.Helper()
	rs, cs := k+1, 1
	if transposed {
		rs, cs = 1, m+2
	}
	a, _ := guarded(t, rng, (m-1)*rs+(k-1)*cs+1)
	ldb, ldc := n+rng.IntN(3), n+rng.IntN(3)
	b, _ := guarded(t, rng, (k-1)*ldb+n)
	c, check := guarded(t, rng, (m-1)*ldc+n)
	before := append([]float32(nil), c...)
	gemm(l, less, m, n, k, a, rs, cs, b, ldb, c, ldc)
	check()
	for i := range m {
		for j := range ldc {
			at := i*ldc + j
			if at >= len(c) {
				break
			}
			want, size := float64(before[at]), math.Abs(float64(before[at]))
			if j < n {
				for p := range k {
					v := float64(a[i*rs+p*cs]) * float64(b[p*ldb+j])
					size += math.Abs(v)
					if less {
						v = -v
					}
					want += v
				}
			}
			closeTo(t, "gemm", c[at], want, size, k+1)
		}
	}
}
