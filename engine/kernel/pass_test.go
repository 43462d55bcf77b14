package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestHalf(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	src, _ := guarded(t, rng, 96)
	src[0], src[1], src[2], src[48], src[49] = 0, -1e-30, 3e38, 1e-42, 0
	want := make([]uint16, 96)
	toHalfGo(want, src)
	back := make([]float32, 96)
	FromHalf(back, want)
	for k, v := range src {
		if !(math.Abs(float64(back[k]-v)) <= math.Abs(float64(v))*0x1p-8+1e-40) {
			t.Errorf("value %d: %g came back as %g", k, v, back[k])
		}
	}
	for name, l := range levels() {
		got := make([]uint16, 96)
		toHalf(l, got, src)
		for k := range got {
			if got[k] != want[k] {
				t.Errorf("%s: value %d: %#x, want %#x", name, k, got[k], want[k])
			}
		}
	}
}

func TestPass(t *testing.T) {
	for name, l := range levels() {
		for _, half := range []bool{false, true} {
			t.Run(name+map[bool]string{false: "/full", true: "/half"}[half], func(t *testing.T) {
				rng := rand.New(rand.NewPCG(5, 1))
				for _, d := range []int{32, 64, 96, 160} {
					for _, n := range []int{1, 2, 7, 8, 9, 16, 21} {
						checkPass(t, l, rng, d, n, half)
					}
				}
			})
		}
	}
}

func checkPass(t *testing.T, l level, rng *rand.Rand, d, n int, half bool) {
	t.Helper()
	const rows = 20
	table := Table{Full: make([]float32, rows*d), Stride: d}
	for k := range table.Full {
		table.Full[k] = float32(rng.NormFloat64())
	}
	if half {
		table.Half = make([]uint16, rows*d)
		toHalfGo(table.Half, table.Full)
		FromHalf(table.Full, table.Half) // the values that both must use
	}
	used := table
	if half {
		used.Full = nil
	}
	idx, ahead := make([]int32, n), make([]int32, rng.IntN(20))
	for j := range idx {
		idx[j] = int32(rng.IntN(rows))
	}
	w, _ := guarded(t, rng, n)
	b, _ := guarded(t, rng, n)
	p, _ := guarded(t, rng, d)
	for _, kind := range []string{"residual", "product", "energy"} {
		acc, check := guarded(t, rng, d)
		want, size := make([]float64, d), make([]float64, d)
		for k, v := range acc {
			want[k], size[k] = float64(v), math.Abs(float64(v))
		}
		var got float32
		var sum, sumSize float64
		switch kind {
		case "residual":
			got = residual(l, used, acc, idx, w, b, p, ahead)
		case "product":
			got = product(l, used, acc, idx, w, p, ahead)
		default:
			got = energy(l, used, idx, w, p, ahead)
		}
		check()
		for j, i := range idx {
			y := table.Full[int(i)*d:][:d]
			dot, scale := dotRef(y, p), magnitude(y, p)
			coef, size1 := float64(w[j])*dot, math.Abs(float64(w[j]))*scale
			term := dot * coef
			if kind == "residual" {
				term = dot * float64(b[j])
				coef, size1 = float64(b[j])-coef, size1+math.Abs(float64(b[j]))
				sumSize += scale * math.Abs(float64(b[j]))
			} else {
				sumSize += 2 * scale * scale * math.Abs(float64(w[j]))
			}
			sum += term
			if kind == "energy" {
				continue
			}
			for k, v := range y {
				want[k] += coef * float64(v)
				size[k] += size1 * math.Abs(float64(v))
			}
		}
		closeTo(t, kind+" sum", got, sum, sumSize, d+n)
		for k := range acc {
			closeTo(t, kind, acc[k], want[k], size[k], d+n)
		}
	}
}
