//go:build !purego

package kernel

func cholesky(l level, a []float32, n, lda int) bool {
	if l != levelAVX512 {
		return choleskyBlocks(l, a, n, lda)
	}
	var inverse [choleskyWidth]float32
	k := 0
	for ; k+choleskyWidth <= n; k += choleskyWidth {
		block := &a[k*lda+k]
		if !choleskyBlockAVX512(block, uint64(lda)*4, &inverse[0]) {
			return false
		}
		for _, v := range inverse {
			if v == 0 { // an infinite pivot
				return false
			}
		}
		rest := n - k - choleskyWidth
		if rest == 0 {
			continue
		}
		right := k*lda + k + choleskyWidth
		choleskyPanelAVX512(block, uint64(lda)*4, &inverse[0], &a[right], uint64(rest))
		below := (k+choleskyWidth)*lda + k + choleskyWidth
		lessRankK(l, rest, choleskyWidth, a[right:], lda, a[below:], lda)
	}
	if k == n {
		return true
	}
	return choleskyRows(l, a[k*lda+k:], n-k, n-k, lda)
}
