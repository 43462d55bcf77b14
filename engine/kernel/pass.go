package kernel

import "math"

// Table is a matrix whose rows are gathered, whole (Full) or at half width
// (Half); one of the two is set. Stride is the distance of rows in values, a
// multiple of 32, and no row is longer.
type Table struct {
	Full   []float32
	Half   []uint16
	Stride int
}

// ToHalf stores src at half width: sixteen bits of a float32 each, the values
// 16 apart side by side in one word. The lower of the two is a bfloat16,
// rounded to nearest even. The upper is the word itself, read as a float32, its
// upper half chosen so that it is nearest to the value with the lower half
// being what it is: as accurate as a bfloat16, and widened for nothing. The
// lengths are one, a multiple of 32, or it panics. Values that are not finite,
// or nearly not, come out undefined.
func ToHalf(dst []uint16, src []float32) {
	if len(dst) != len(src) || len(src)%32 != 0 {
		panic("kernel: ToHalf: lengths differ or are not multiples of 32")
	}
	if len(src) > 0 {
		toHalf(best, dst, src)
	}
}

// FromHalf is the inverse of ToHalf, but for the rounding.
func FromHalf(dst []float32, src []uint16) {
	for at := 0; at+32 <= len(src); at += 32 {
		for k := range 16 {
			dst[at+k] = math.Float32frombits(uint32(src[at+2*k]) << 16)
			dst[at+k+16] = math.Float32frombits(uint32(src[at+2*k+1])<<16 | uint32(src[at+2*k]))
		}
	}
}

// Residual adds Σ_j (b_j − w_j t_j) y_idx[j] to acc, where t_j = y_idx[j] · p,
// and returns Σ b_j t_j. acc and p have one length, a multiple of 32 up to
// Stride; idx, w and b have one length. It asks the memory for the rows that
// ahead names meanwhile. Rows are not checked to be in the table: idx and ahead
// must be.
func (t Table) Residual(acc []float32, idx []int32, w, b, p []float32, ahead []int32) float32 {
	t.check(acc, p, idx, w)
	if len(b) != len(idx) {
		panic("kernel: Residual: lengths differ")
	}
	if len(idx) == 0 || len(p) == 0 {
		return 0
	}
	return residual(best, t, acc, idx, w, b, p, ahead)
}

// Product adds Σ_j w_j t_j y_idx[j] to acc, where t_j = y_idx[j] · p, and
// returns Σ w_j t_j². Otherwise it is as Residual.
func (t Table) Product(acc []float32, idx []int32, w, p []float32, ahead []int32) float32 {
	t.check(acc, p, idx, w)
	if len(idx) == 0 || len(p) == 0 {
		return 0
	}
	return product(best, t, acc, idx, w, p, ahead)
}

// Energy returns what Product returns, and adds nothing up.
func (t Table) Energy(idx []int32, w, p []float32, ahead []int32) float32 {
	t.check(p, p, idx, w)
	if len(idx) == 0 || len(p) == 0 {
		return 0
	}
	return energy(best, t, idx, w, p, ahead)
}

func (t Table) check(acc, p []float32, idx []int32, w []float32) {
	if len(acc) != len(p) || len(p)%32 != 0 || len(p) > t.Stride || t.Stride%32 != 0 || len(w) != len(idx) {
		panic("kernel: Table: wrong lengths")
	}
}
