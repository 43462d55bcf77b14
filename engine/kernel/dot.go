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
