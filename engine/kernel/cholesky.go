package kernel

import "math"

// Cholesky factors the symmetric n×n matrix whose upper triangle is in a, row
// stride lda, into UᵀU, in place. The lower triangle is neither read for the
// result nor defined afterwards. It reports false, and leaves a in pieces, when
// a pivot is not positive or not finite.
func Cholesky(a []float32, n, lda int) bool {
	if n > lda || n > 0 && len(a) < (n-1)*lda+n {
		panic("kernel: Cholesky: slice too short")
	}
	return cholesky(best, a, n, lda)
}

// choleskyWidth is how many rows are factored before what is below them is
// brought up to date.
const choleskyWidth = 16

// choleskyBlocks is Cholesky on the vector kernels alone.
func choleskyBlocks(l level, a []float32, n, lda int) bool {
	for k := 0; k < n; k += choleskyWidth {
		width := min(choleskyWidth, n-k)
		if !choleskyRows(l, a[k*lda+k:], width, n-k, lda) {
			return false
		}
		if rest := n - k - width; rest > 0 {
			lessRankK(l, rest, width, a[k*lda+k+width:], lda, a[(k+width)*lda+k+width:], lda)
		}
	}
	return true
}

// choleskyRows factors the first width rows, of n columns, of what is left.
func choleskyRows(l level, a []float32, width, n, lda int) bool {
	for k := range width {
		row := a[k*lda : k*lda+n]
		pivot := row[k]
		if !(pivot > 0 && pivot <= math.MaxFloat32) {
			return false
		}
		root := float32(math.Sqrt(float64(pivot)))
		inverse := 1 / root
		row[k] = root
		for j := k + 1; j < n; j++ {
			row[j] *= inverse
		}
		for j := k + 1; j < width; j++ {
			axpy(l, a[j*lda+j:j*lda+n], -row[j], row[j:n])
		}
	}
	return true
}

// CholeskySolve solves UᵀU x = b in place of b, with U of Cholesky.
func CholeskySolve(u []float32, n, ldu int, b []float32) {
	b = b[:n]
	var coef [choleskyWidth]float32
	// The first block is what whole ones leave, so that all that is right of a block is
	// of whole ones.
	first := n % choleskyWidth
	if first == 0 {
		first = min(n, choleskyWidth)
	}
	for lo, hi := 0, first; lo < n; lo, hi = hi, hi+choleskyWidth {
		for k := lo; k < hi; k++ {
			b[k] /= u[k*ldu+k]
			v := b[k]
			coef[k-lo] = -v
			rest := b[k+1 : hi]
			for j, e := range u[k*ldu+k+1 : k*ldu+hi] {
				rest[j] -= v * e
			}
		}
		if hi < n {
			GatherAxpy(b[hi:], u[lo*ldu+hi:], ldu, blockRows[:hi-lo], coef[:hi-lo])
		}
	}
	for hi := n; hi > 0; {
		lo := max(0, hi-choleskyWidth)
		if hi < n {
			GatherDot(coef[:hi-lo], u[lo*ldu+hi:], ldu, blockRows[:hi-lo], b[hi:])
			for k, v := range coef[:hi-lo] {
				b[lo+k] -= v
			}
		}
		for k := hi - 1; k >= lo; k-- {
			v := b[k]
			after := b[k+1 : hi]
			for j, e := range u[k*ldu+k+1 : k*ldu+hi] {
				v -= e * after[j]
			}
			b[k] = v / u[k*ldu+k]
		}
		hi = lo
	}
}

// blockRows are the rows of a block.
var blockRows = [choleskyWidth]int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
