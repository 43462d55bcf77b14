package kernel

// Dot returns Σ x[k]·y[k]. The lengths must agree, or it panics.
func Dot(x, y []float32) float32 {
	if len(x) != len(y) {
		panic("kernel: Dot: lengths differ")
	}
	if len(x) == 0 {
		return 0
	}
	return dot(best, x, y)
}

// Axpy adds c·x to dst. The lengths must agree, or it panics.
func Axpy(dst []float32, c float32, x []float32) {
	if len(x) != len(dst) {
		panic("kernel: Axpy: lengths differ")
	}
	if len(x) > 0 {
		axpy(best, dst, c, x)
	}
}

// DotRows sets dst[j] to what Dot returns for x and row idx[j] of y, to the bit;
// rows as in GatherDot.
func DotRows(dst, x, y []float32, stride int, idx []int32) {
	if len(dst) != len(idx) {
		panic("kernel: DotRows: lengths differ")
	}
	checkRows(y, stride, idx, len(x))
	if len(idx) > 0 && len(x) > 0 {
		dotRows(best, dst, x, y, stride, idx)
	}
}
