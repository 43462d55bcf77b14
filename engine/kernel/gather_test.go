package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestGather(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(2, 1))
			for _, d := range sizes {
				for _, n := range []int{1, 7, 8, 9, 15, 16, 17, 40} {
					checkGather(t, l, rng, d, n)
					checkGatherScaled(t, l, rng, d, n)
				}
			}
		})
	}
}

// gathered returns rows of d values, and which of them are taken.
func gathered(t *testing.T, rng *rand.Rand, d, n int) (y []float32, stride int, idx []int32) {
	t.Helper()
	const rows = 30
	stride = d + rng.IntN(3)
	y, _ = guarded(t, rng, rows*stride)
	idx = make([]int32, n)
	for j := range idx {
		idx[j] = int32(rng.IntN(rows))
	}
	return y, stride, idx
}

func checkGather(t *testing.T, l level, rng *rand.Rand, d, n int) {
	t.Helper()
	y, stride, idx := gathered(t, rng, d, n)
	p, _ := guarded(t, rng, d)
	out, check := guarded(t, rng, n)
	gatherDot(l, out, y, stride, idx, p)
	check()
	acc, checkAcc := guarded(t, rng, d)
	want, size := make([]float64, d), make([]float64, d)
	for k, v := range acc {
		want[k], size[k] = float64(v), math.Abs(float64(v))
	}
	gatherAxpy(l, acc, y, stride, idx, out)
	checkAcc()
	for j, i := range idx {
		row := y[int(i)*stride:][:d]
		closeTo(t, "gatherDot", out[j], dotRef(row, p), magnitude(row, p), d)
		for k, v := range row {
			want[k] += float64(out[j]) * float64(v)
			size[k] += math.Abs(float64(out[j]) * float64(v))
		}
	}
	for k := range acc {
		closeTo(t, "gatherAxpy", acc[k], want[k], size[k], n+1)
	}
}

// checkGatherScaled holds scaled rows, upright and on their side, to their
// definition.
func checkGatherScaled(t *testing.T, l level, rng *rand.Rand, d, n int) {
	t.Helper()
	y, stride, idx := gathered(t, rng, d, n)
	coef, _ := guarded(t, rng, n)
	scale, _ := guarded(t, rng, d)
	dst, check := guarded(t, rng, n*d)
	gatherScaled(l, dst, y, stride, idx, coef, scale)
	check()
	ld := (n+15)/16*16 + 16*rng.IntN(2)
	side, checkSide := guarded(t, rng, d*ld)
	gatherTransposed(l, side, ld, y, stride, idx, coef, scale)
	checkSide()
	fetch(l, y, stride, idx, d)
	for k := range d {
		for j := range ld {
			want := 0.0
			if j < n {
				want = float64(coef[j]) * float64(scale[k]) * float64(y[int(idx[j])*stride+k])
				closeTo(t, "gatherScaled", dst[j*d+k], want, math.Abs(want), 2)
			}
			closeTo(t, "gatherTransposed", side[k*ld+j], want, math.Abs(want), 2)
		}
	}
}
