package engine

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// TestPrincipalAxes checks decompositions by what they decompose: GV = VΛ and
// VᵀV = I, within single precision's backward error.
func TestPrincipalAxes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, d := range []int{1, 2, 3, 8, 33, 64, 130} {
		for name, falling := range map[string]float64{"alike": 1, "falling": .8, "steep": .3} {
			g := make([]float64, d*d)
			for range d + 3 {
				y := make([]float64, d)
				scale := 3.0
				for k := range y {
					y[k] = scale * rng.NormFloat64()
					scale *= falling
				}
				for i := range d {
					for k := range d {
						g[i*d+k] += y[i] * y[k]
					}
				}
			}
			checkAxes(t, name, g, d)
		}
		checkAxes(t, "zero", make([]float64, d*d), d)
		identity := make([]float64, d*d)
		for k := range d {
			identity[k*d+k] = 1e-30
		}
		checkAxes(t, "identity", identity, d)
	}
	if _, _, ok, _ := principalAxes(context.Background(), []float64{math.NaN()}, 1, pad, 1); ok {
		t.Error("a matrix that is not a number was decomposed")
	}
	if _, _, ok, _ := principalAxes(context.Background(), []float64{1, math.NaN(), math.NaN(), 1}, 2, pad, 1); ok {
		t.Error("a matrix that is not a number was decomposed")
	}
}

func checkAxes(t *testing.T, name string, g []float64, d int) {
	t.Helper()
	stride := padded(d)
	values, v, ok, err := principalAxes(t.Context(), g, d, stride, 2)
	if !ok || err != nil {
		t.Fatalf("%s, d=%d: %v, %v", name, d, ok, err)
	}
	for k := 1; k < d; k++ {
		if values[k] > values[k-1] {
			t.Errorf("%s, d=%d: value %d is larger than the one before", name, d, k)
		}
	}
	bound := 3e-6 * math.Sqrt(float64(d))
	for k := range d {
		for i := range d {
			var product, gv float64
			for j := range d {
				product += float64(v[j*stride+i]) * float64(v[j*stride+k])
				gv += g[i*d+j] * float64(v[j*stride+k])
			}
			want := 0.0
			if i == k {
				want = 1
			}
			if !(math.Abs(product-want) <= bound) {
				t.Fatalf("%s, d=%d: axes %d and %d have the product %g", name, d, i, k, product)
			}
			if miss := gv - values[k]*float64(v[i*stride+k]); !(math.Abs(miss) <= bound*values[0]) {
				t.Fatalf("%s, d=%d: GV−VΛ is %g at %d, %d beside %g", name, d, miss, i, k, values[0])
			}
		}
	}
}
