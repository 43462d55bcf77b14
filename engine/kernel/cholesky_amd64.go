//go:build !purego

package kernel

func cholesky(l level, a []float32, n, lda int) bool {
	if l != levelAVX512 {
		return choleskyBlocks(l, a, n, lda)
	}
	k := 0
	for k+choleskyWidth <= n {
		// Two blocks before all that is below them: half the way there and back.
		width := choleskyWidth
		if !choleskyBlock(a, k, n, lda) {
			return false
		}
		if k+2*choleskyWidth <= n {
			right, below := k*lda+k+width, (k+width)*lda+k+width
			gemm(l, true, choleskyWidth, n-k-width, width, a[right:], 1, lda, a[right:], lda, a[below:], lda)
			if !choleskyBlock(a, k+width, n, lda) {
				return false
			}
			width *= 2
		}
		if rest := n - k - width; rest > 0 {
			lessRankK(l, rest, width, a[k*lda+k+width:], lda, a[(k+width)*lda+k+width:], lda)
		}
		k += width
	}
	if k == n {
		return true
	}
	return choleskyRows(l, a[k*lda+k:], n-k, n-k, lda)
}

// choleskyBlock factors the block on the diagonal from k on, and the rows to its
// right.
func choleskyBlock(a []float32, k, n, lda int) bool {
	var inverse [choleskyWidth]float32
	block := &a[k*lda+k]
	if !choleskyBlockAVX512(block, uint64(lda)*4, &inverse[0]) {
		return false
	}
	for _, v := range inverse {
		if v == 0 { // an infinite pivot
			return false
		}
	}
	if rest := n - k - choleskyWidth; rest > 0 {
		choleskyPanelAVX512(block, uint64(lda)*4, &inverse[0], &a[k*lda+k+choleskyWidth], uint64(rest))
	}
	return true
}
