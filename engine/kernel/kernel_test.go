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

func TestGemm(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(3, 1))
			for _, n := range []int{1, 3, 8, 15, 16, 17, 33, 48, 63, 64, 65, 80, 130} {
				for _, m := range []int{1, 3, 4, 5, 9} {
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

func TestCG(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(6, 1))
			for _, n := range []int{32, 64, 96, 256} {
				checkCG(t, l, rng, n)
			}
		})
	}
}

// checkCG compares a level with plain Go, which rounds alike but for sums and
// fused products.
func checkCG(t *testing.T, l level, rng *rand.Rand, n int) {
	t.Helper()
	var a, b [8][]float32
	var checks []func()
	for k := range a {
		v, check := guarded(t, rng, n)
		checks = append(checks, check)
		a[k], b[k] = v, append([]float32(nil), v...)
	}
	for k := range a[3] {
		a[3][k] = float32(math.Abs(float64(a[3][k])))
		b[3][k] = a[3][k]
	}
	compare := func(what string, got, want float32) {
		t.Helper()
		closeTo(t, what, got, float64(want), math.Abs(float64(want))+float64(n)*4, 8)
	}
	vectors := func(what string) {
		t.Helper()
		for k := range a {
			for i := range a[k] {
				compare(what, a[k][i], b[k][i])
			}
		}
	}
	const r, diag, inverse, base, x, p, q = 0, 1, 2, 3, 4, 5, 6
	cgStart(l, a[r], a[diag], a[inverse], a[base], a[x], .5)
	cgStartGo(b[r], b[diag], b[inverse], b[base], b[x], .5)
	vectors("start")
	rz, xr := cgDirection(l, a[p], a[r], a[inverse], a[x])
	wantRZ, wantXR := cgDirectionGo(b[p], b[r], b[inverse], b[x])
	compare("rz", rz, wantRZ)
	compare("xr", xr, wantXR)
	compare("scale", cgScale(l, a[q], a[diag], a[p]), cgScaleGo(b[q], b[diag], b[p]))
	vectors("scale")
	compare("step", cgStep(l, a[x], a[r], a[q], a[p], a[inverse], .3), cgStepGo(b[x], b[r], b[q], b[p], b[inverse], .3))
	vectors("step")
	compare("turn", cgTurn(l, a[p], a[q], a[diag], .2), cgTurnGo(b[p], b[q], b[diag], .2))
	vectors("turn")
	for _, check := range checks {
		check()
	}
}

// TestCholesky checks UᵀU against the matrix, and solutions by what they solve.
func TestCholesky(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, 1))
			for _, n := range sizes {
				lda := n + rng.IntN(4)
				s := random(n * n)
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
					for k := range a {
						a[k] = 0
					}
					for k := range n {
						a[k*lda+k] = 1
					}
					a[(n/2)*lda+n/2] = bad
					if cholesky(l, a, n, lda) {
						t.Errorf("n=%d: took the pivot %g", n, bad)
					}
				}
			}
		})
	}
}

func TestCholeskySolve(t *testing.T) {
	const n = 37
	u, x := random(n*n), random(n)
	for k := range n {
		u[k*n+k] = 5 + u[k*n+k]*u[k*n+k]
	}
	b := make([]float32, n)
	for i := range n {
		var sum float64
		for k := range i + 1 {
			for j := k; j < n; j++ {
				sum += float64(u[k*n+i]) * float64(u[k*n+j]) * float64(x[j])
			}
		}
		b[i] = float32(sum)
	}
	CholeskySolve(u, n, n, b)
	for k := range x {
		if !(math.Abs(float64(b[k]-x[k])) < 1e-3) {
			t.Errorf("value %d: %g, want %g", k, b[k], x[k])
		}
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

func TestRotate(t *testing.T) {
	for name, l := range levels() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(10, 1))
			for _, width := range []int{1, 32, 64, 128} {
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
		})
	}
}
