//go:build !purego

package kernel

// dot and axpy take vectors of one length, not zero.

func dot(l level, x, y []float32) float32 {
	switch l {
	case levelAVX512:
		return dotAVX512(&x[0], &y[0], uint64(len(x)))
	case levelAVX2:
		return dotAVX2(&x[0], &y[0], uint64(len(x)))
	}
	return dotGo(x, y)
}

func axpy(l level, dst []float32, c float32, x []float32) {
	switch l {
	case levelAVX512:
		axpyAVX512(&dst[0], &x[0], uint64(len(x)), c)
	case levelAVX2:
		axpyAVX2(&dst[0], &x[0], uint64(len(x)), c)
	default:
		axpyGo(dst, c, x)
	}
}
