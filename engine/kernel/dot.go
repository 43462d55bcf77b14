package kernel

// Dot returns Σ x[k]·y[k]. The lengths must agree, or it panics.
func Dot(x, y []float32) float32 {
	if len(x) != len(y) {
		panic("kernel: Dot: lengths differ")
	}
	return dotGo(x, y)
}

// Axpy adds a·x to dst. The lengths must agree, or it panics.
func Axpy(dst []float32, a float32, x []float32) {
	if len(x) != len(dst) {
		panic("kernel: Axpy: lengths differ")
	}
	axpyGo(dst, a, x)
}
