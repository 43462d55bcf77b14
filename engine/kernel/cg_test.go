package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

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
