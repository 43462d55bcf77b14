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
				for _, n := range []int{1, 7, 8, 9, 24} {
					const rows = 30
					stride := d + rng.IntN(3)
					y, _ := guarded(t, rng, rows*stride)
					p, _ := guarded(t, rng, d)
					idx := make([]int32, n)
					for j := range idx {
						idx[j] = int32(rng.IntN(rows))
					}
					out, check := guarded(t, rng, n)
					gatherDot(l, out, y, stride, idx, p)
					check()
					acc, checkAcc := guarded(t, rng, d)
					before := append([]float32(nil), acc...)
					gatherAxpy(l, acc, y, stride, idx, out)
					checkAcc()
					want, size := make([]float64, d), make([]float64, d)
					for k, v := range before {
						want[k], size[k] = float64(v), math.Abs(float64(v))
					}
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
			}
		})
	}
}

func TestGatherScaled(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(8, 1))
			for _, d := range sizes {
				const rows, n = 9, 5
				y, _ := guarded(t, rng, rows*d)
				coef, _ := guarded(t, rng, n)
				scale, _ := guarded(t, rng, d)
				dst, check := guarded(t, rng, n*d)
				idx := []int32{3, 0, 8, 8, 1}
				gatherScaled(l, dst, y, d, idx, coef, scale)
				check()
				for j, i := range idx {
					for k := range d {
						want := float64(coef[j]) * float64(scale[k]) * float64(y[int(i)*d+k])
						closeTo(t, "value", dst[j*d+k], want, math.Abs(want), 2)
					}
				}
			}
		})
	}
}
