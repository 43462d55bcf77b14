//go:build !purego

package kernel

// The assembly takes whole groups of rows and whole vectors; the rest is done
// row by row.
const group = 8

func gatherDot(l level, dst, y []float32, stride int, idx []int32, p []float32) {
	whole := wholeGroups(l, idx, len(p))
	switch { // called by name, so that nothing escapes
	case whole == 0:
	case l == levelAVX2:
		gatherDotAVX2(&dst[0], &y[0], uint64(stride)*4, &idx[0], uint64(whole), &p[0], uint64(len(p)))
	default:
		gatherDotAVX512(&dst[0], &y[0], uint64(stride)*4, &idx[0], uint64(whole), &p[0], uint64(len(p)))
	}
	for j := whole; j < len(idx); j++ {
		at := int(idx[j]) * stride
		dst[j] = dot(l, y[at:at+len(p)], p)
	}
}

func gatherAxpy(l level, acc, y []float32, stride int, idx []int32, coef []float32) {
	whole := wholeGroups(l, idx, len(acc))
	switch {
	case whole == 0:
	case l == levelAVX2:
		gatherAxpyAVX2(&acc[0], &y[0], uint64(stride)*4, &idx[0], uint64(whole), &coef[0], uint64(len(acc)))
	default:
		gatherAxpyAVX512(&acc[0], &y[0], uint64(stride)*4, &idx[0], uint64(whole), &coef[0], uint64(len(acc)))
	}
	for j := whole; j < len(idx); j++ {
		at := int(idx[j]) * stride
		axpy(l, acc, coef[j], y[at:at+len(acc)])
	}
}

func gatherScaled(l level, dst, y []float32, stride int, idx []int32, coef, scale []float32) {
	n, d := uint64(len(idx)), uint64(len(scale))
	switch l {
	case levelAVX512:
		gatherScaledAVX512(&dst[0], &y[0], uint64(stride)*4, &idx[0], n, &coef[0], &scale[0], d)
	case levelAVX2:
		gatherScaledAVX2(&dst[0], &y[0], uint64(stride)*4, &idx[0], n, &coef[0], &scale[0], d)
	default:
		gatherScaledGo(dst, y, stride, idx, coef, scale)
	}
}

func gatherTransposed(l level, dst []float32, ld int, y []float32, stride int, idx []int32, coef, scale []float32) {
	whole := len(scale) / 16 * 16
	if l != levelAVX512 || whole == 0 {
		gatherTransposedGo(dst, ld, y, stride, idx, coef, scale, 0)
		return
	}
	for at := 0; at < ld; at += 16 {
		var rows [16]int32
		var factors [16]float32 // 0 past the last row, in whose place row 0 stands
		if at < len(idx) {
			copy(rows[:], idx[at:])
			copy(factors[:], coef[at:])
		}
		gatherTransposedAVX512(&dst[at], uint64(ld)*4, &y[0], uint64(stride)*4, &rows[0], &factors[0], &scale[0], uint64(whole))
	}
	gatherTransposedGo(dst, ld, y, stride, idx, coef, scale, whole)
}

func fetch(l level, y []float32, stride int, idx []int32, d int) {
	if l == levelAVX512 {
		fetchAVX512(&y[0], uint64(stride)*4, &idx[0], uint64(len(idx)), uint64(d))
	}
}

// wholeGroups returns how many of the rows the assembly can take.
func wholeGroups(l level, idx []int32, d int) int {
	if l == levelGo || d%16 != 0 {
		return 0
	}
	return len(idx) / group * group
}
