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

func gemm(_ level, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	gemmGo(m, n, k, a, rs, cs, b, ldb, c, ldc)
}
