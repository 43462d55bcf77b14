package kernel

// GatherDot sets dst[j] = y_idx[j] · p, where y_i is the row of len(p) values
// at y[i·stride]. dst and idx have one length; a row outside y panics.
func GatherDot(dst, y []float32, stride int, idx []int32, p []float32) {
	if len(dst) != len(idx) {
		panic("kernel: GatherDot: lengths differ")
	}
	checkRows(y, stride, idx, len(p))
	if len(idx) > 0 && len(p) > 0 {
		gatherDot(best, dst, y, stride, idx, p)
	}
}

// GatherAxpy adds Σ_j coef[j]·y_idx[j] to acc, rows as in GatherDot.
func GatherAxpy(acc, y []float32, stride int, idx []int32, coef []float32) {
	if len(coef) != len(idx) {
		panic("kernel: GatherAxpy: lengths differ")
	}
	checkRows(y, stride, idx, len(acc))
	if len(idx) > 0 && len(acc) > 0 {
		gatherAxpy(best, acc, y, stride, idx, coef)
	}
}

// GatherScaled sets row j of dst, rows of len(scale) values one after the
// other, to coef[j]·scale∘y_idx[j], rows as in GatherDot.
func GatherScaled(dst, y []float32, stride int, idx []int32, coef, scale []float32) {
	if len(coef) != len(idx) || len(dst) < len(idx)*len(scale) {
		panic("kernel: GatherScaled: wrong lengths")
	}
	checkRows(y, stride, idx, len(scale))
	if len(idx) > 0 && len(scale) > 0 {
		gatherScaled(best, dst, y, stride, idx, coef, scale)
	}
}

// GatherTransposed sets value j of row k of dst, rows ld apart and len(scale) of
// them, to coef[j]·scale[k]·y_idx[j][k]: what GatherScaled makes, on its side. ld is a
// multiple of 16 and no less than len(idx); values from there to ld are set to zero.
func GatherTransposed(dst []float32, ld int, y []float32, stride int, idx []int32, coef, scale []float32) {
	if len(coef) != len(idx) || ld%16 != 0 || ld < len(idx) || len(dst) < len(scale)*ld {
		panic("kernel: GatherTransposed: wrong lengths")
	}
	checkRows(y, stride, idx, len(scale))
	if len(idx) > 0 && len(scale) > 0 {
		gatherTransposed(best, dst, ld, y, stride, idx, coef, scale)
	}
}

// Fetch asks the memory for rows that will be wanted soon, d values each, rows as in
// GatherDot but not checked. It changes nothing.
func Fetch(y []float32, stride int, idx []int32, d int) {
	if len(idx) > 0 && d > 0 {
		fetch(best, y, stride, idx, d)
	}
}

// checkRows panics when a row of d values is not all in a table of n values.
func checkRows[T any](y []T, stride int, idx []int32, d int) {
	for _, i := range idx {
		if i < 0 || int(i)*stride+d > len(y) {
			panic("kernel: gathered row outside the table")
		}
	}
}
