package evaluate

import (
	"math"
	"math/rand/v2"
	"testing"

	"also/engine"
)

func TestInvert(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 5, 64, 65, 130} {
		a := make([]float32, n*n)
		for range 2 * n {
			v := make([]float32, n)
			for k := range v {
				v[k] = float32(rng.IntN(2))
			}
			for i := range n {
				for j := range n {
					a[i*n+j] += v[i] * v[j]
				}
			}
		}
		for i := range n {
			a[i*n+i] += 20
		}
		inverse := append([]float32(nil), a...)
		if err := invert(t.Context(), inverse, n); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			for j := range n {
				var sum float64
				for k := range n {
					sum += float64(a[i*n+k]) * float64(inverse[k*n+j])
				}
				want := 0.0
				if i == j {
					want = 1
				}
				if !(math.Abs(sum-want) < 1e-4) {
					t.Fatalf("n=%d: product is %g at %d, %d", n, sum, i, j)
				}
			}
		}
	}
}

// TestEASEByHand: two items of counts 3 and 2, together twice, λ = 1. Then
// RᵀR + λI = (4 2; 2 3), its inverse (3 −2; −2 4)/8, B_01 = 2/4, B_10 = 2/3.
func TestEASEByHand(t *testing.T) {
	train := matrix(t, 3, 2, [2]int32{0, 0}, [2]int32{1, 0}, [2]int32{2, 0}, [2]int32{0, 1}, [2]int32{1, 1})
	s, err := EASE(t.Context(), train, 1)
	if err != nil {
		t.Fatal(err)
	}
	for item, want := range []float64{.5, 2. / 3} {
		history := []engine.Entry{{Col: int32(item), W: 1, B: 1}}
		got, err := rankOne(s, User{History: history, Exclude: []int32{int32(item)}}, 5)
		if err != nil || len(got) != 1 || math.Abs(float64(got[0].Score)-want) > 1e-6 {
			t.Errorf("from item %d: %v, %v, want %g", item, got, err, want)
		}
	}
	if _, err := EASE(t.Context(), train, 0); err == nil {
		t.Error("λ = 0 was taken")
	}
}
