package kernel

// Gemm adds A·B to C. C is m×n and B is k×n, both row-major with row strides
// ldc and ldb. Element (i, l) of A is a[i·rs + l·cs], so that rs = lda, cs = 1
// is A as it stands and rs = 1, cs = lda is Aᵀ. Slices too short panic.
func Gemm(m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	checkedGemm(false, m, n, k, a, rs, cs, b, ldb, c, ldc)
}

// GemmLess subtracts A·B from C; otherwise it is as Gemm.
func GemmLess(m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	checkedGemm(true, m, n, k, a, rs, cs, b, ldb, c, ldc)
}

func checkedGemm(less bool, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	if m <= 0 || n <= 0 || k <= 0 {
		return
	}
	if (m-1)*rs+(k-1)*cs >= len(a) || (k-1)*ldb+n > len(b) || (m-1)*ldc+n > len(c) {
		panic("kernel: Gemm: slice too short")
	}
	gemm(best, less, m, n, k, a, rs, cs, b, ldb, c, ldc)
}

// RankK adds SᵀS to the upper triangle of the n×n matrix C, row stride ldc; S
// is k×n with row stride lds. What it does below the diagonal is not defined.
func RankK(n, k int, s []float32, lds int, c []float32, ldc int) {
	const tile = 16
	for i := 0; i < n; i += tile {
		Gemm(min(tile, n-i), n-i, k, s[i:], 1, lds, s[i:], lds, c[i*ldc+i:], ldc)
	}
}

// lessRankK subtracts SᵀS as RankK adds it.
func lessRankK(l level, n, k int, s []float32, lds int, c []float32, ldc int) {
	const tile = 16
	for i := 0; i < n; i += tile {
		gemm(l, true, min(tile, n-i), n-i, k, s[i:], 1, lds, s[i:], lds, c[i*ldc+i:], ldc)
	}
}
