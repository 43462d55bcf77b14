//go:build purego || !amd64

package kernel

// level is an instruction set that there are kernels for: none here.
type level int

const best level = 0

func dot(_ level, x, y []float32) float32 { return dotGo(x, y) }

func axpy(_ level, dst []float32, c float32, x []float32) { axpyGo(dst, c, x) }

func gatherDot(_ level, dst, y []float32, stride int, idx []int32, p []float32) {
	gatherDotGo(dst, y, stride, idx, p)
}

func gatherAxpy(_ level, acc, y []float32, stride int, idx []int32, coef []float32) {
	gatherAxpyGo(acc, y, stride, idx, coef)
}

func gatherScaled(_ level, dst, y []float32, stride int, idx []int32, coef, scale []float32) {
	gatherScaledGo(dst, y, stride, idx, coef, scale)
}

func gatherTransposed(_ level, dst []float32, ld int, y []float32, stride int, idx []int32, coef, scale []float32) {
	gatherTransposedGo(dst, ld, y, stride, idx, coef, scale, 0)
}

func fetch(level, []float32, int, []int32, int) {}

func cholesky(l level, a []float32, n, lda int) bool { return choleskyBlocks(l, a, n, lda) }

func gemm(_ level, less bool, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	gemmGo(less, m, n, k, a, rs, cs, b, ldb, c, ldc)
}

func toHalf(_ level, dst []uint16, src []float32) { toHalfGo(dst, src) }

func residual(_ level, t Table, acc []float32, idx []int32, w, b, p []float32, _ []int32) float32 {
	return residualGo(t, acc, idx, w, b, p)
}

func product(_ level, t Table, acc []float32, idx []int32, w, p []float32, _ []int32) float32 {
	return productGo(t, acc, idx, w, p)
}

func energy(_ level, t Table, idx []int32, w, p []float32, _ []int32) float32 {
	return energyGo(t, idx, w, p)
}

func cgStart(_ level, r, diag, inverse, base, x []float32, lambda float32) {
	cgStartGo(r, diag, inverse, base, x, lambda)
}

func cgDirection(_ level, p, r, inverse, x []float32) (rz, xr float32) {
	return cgDirectionGo(p, r, inverse, x)
}

func cgScale(_ level, q, diag, p []float32) float32 { return cgScaleGo(q, diag, p) }

func cgStep(_ level, x, r, q, p, inverse []float32, alpha float32) float32 {
	return cgStepGo(x, r, q, p, inverse, alpha)
}

func cgTurn(_ level, p, q, diag []float32, beta float32) float32 { return cgTurnGo(p, q, diag, beta) }

func scan(_ level, s *Scan, masks []uint16, group int) { scanGo(s, masks, group) }

func rotate(_ level, z []float32, stride, low int, cs []float32, width int) {
	rotateGo(z, stride, low, cs, width)
}

func strip(_ level, s *Strip, dst []float32, stride, group, n int) {
	stripGo(s, dst, stride, group, n)
}

func collect(_ level, places []int32, values []float32, at int, from []float32, allowed []uint16, first int32, least float32) int {
	return collectGo(places, values, at, from, allowed, first, least)
}

func keep(_ level, places []int32, values []float32, n int, least float32) int {
	return keepGo(places, values, n, least)
}

func lower(_ level, dst, upper []float32, places []int32, scale []float32, c float32) {
	lowerGo(dst, upper, places, scale, c)
}

func count(_ level, values []float32, least float32) int { return countGo(values, least) }

func dotRows(_ level, dst, x, y []float32, stride int, idx []int32) {
	gatherDotGo(dst, y, stride, idx, x)
}
