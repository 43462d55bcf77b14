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

func dotRows(l level, dst, x, y []float32, stride int, idx []int32) {
	switch l {
	case levelAVX512:
		dotRowsAVX512(&dst[0], &x[0], &y[0], uint64(stride)*4, &idx[0], uint64(len(idx)), uint64(len(x)))
	case levelAVX2:
		dotRowsAVX2(&dst[0], &x[0], &y[0], uint64(stride)*4, &idx[0], uint64(len(idx)), uint64(len(x)))
	default:
		gatherDotGo(dst, y, stride, idx, x)
	}
}
