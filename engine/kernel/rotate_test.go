package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestRotate(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(10, 1))
			for _, width := range []int{1, 32, 64, 128} {
				checkRotate(t, l, rng, width)
			}
		})
	}
}

func checkRotate(t *testing.T, l level, rng *rand.Rand, width int) {
	t.Helper()
	const rows, low, count = 9, 2, 5
	z, check := guarded(t, rng, rows*width)
	want := append([]float32(nil), z...)
	cs := make([]float32, 2*count)
	for k := range count {
		s, c := math.Sincos(rng.Float64() * 7)
		cs[2*k], cs[2*k+1] = float32(c), float32(s)
	}
	rotateGo(want, width, low, cs, width)
	rotate(l, z, width, low, cs, width)
	check()
	for k := range z {
		closeTo(t, "value", z[k], float64(want[k]), 10, 2*count)
	}
}
