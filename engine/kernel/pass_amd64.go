//go:build !purego

package kernel

func toHalf(l level, dst []uint16, src []float32) {
	if l == levelAVX512 {
		toHalfAVX512(&dst[0], &src[0], uint64(len(src)))
		return
	}
	toHalfGo(dst, src)
}

func residual(l level, t Table, acc []float32, idx []int32, w, b, p []float32, ahead []int32) float32 {
	if l == levelGo {
		return residualGo(t, acc, idx, w, b, p)
	}
	n, d, next, nextN := uint64(len(idx)), uint64(len(p)), &idx[0], uint64(len(ahead))
	if nextN > 0 {
		next = &ahead[0]
	}
	switch {
	case t.Half != nil && l == levelAVX512:
		return residualHalfAVX512(&acc[0], &t.Half[0], uint64(t.Stride)*2, &idx[0], n, &w[0], &b[0], &p[0], d, next, nextN)
	case t.Half != nil:
		return residualHalfAVX2(&acc[0], &t.Half[0], uint64(t.Stride)*2, &idx[0], n, &w[0], &b[0], &p[0], d, next, nextN)
	case l == levelAVX512:
		return residualAVX512(&acc[0], &t.Full[0], uint64(t.Stride)*4, &idx[0], n, &w[0], &b[0], &p[0], d, next, nextN)
	}
	return residualAVX2(&acc[0], &t.Full[0], uint64(t.Stride)*4, &idx[0], n, &w[0], &b[0], &p[0], d, next, nextN)
}

func product(l level, t Table, acc []float32, idx []int32, w, p []float32, ahead []int32) float32 {
	if l == levelGo {
		return productGo(t, acc, idx, w, p)
	}
	n, d, next, nextN := uint64(len(idx)), uint64(len(p)), &idx[0], uint64(len(ahead))
	if nextN > 0 {
		next = &ahead[0]
	}
	switch {
	case t.Half != nil && l == levelAVX512:
		return productHalfAVX512(&acc[0], &t.Half[0], uint64(t.Stride)*2, &idx[0], n, &w[0], &p[0], d, next, nextN)
	case t.Half != nil:
		return productHalfAVX2(&acc[0], &t.Half[0], uint64(t.Stride)*2, &idx[0], n, &w[0], &p[0], d, next, nextN)
	case l == levelAVX512:
		return productAVX512(&acc[0], &t.Full[0], uint64(t.Stride)*4, &idx[0], n, &w[0], &p[0], d, next, nextN)
	}
	return productAVX2(&acc[0], &t.Full[0], uint64(t.Stride)*4, &idx[0], n, &w[0], &p[0], d, next, nextN)
}

func energy(l level, t Table, idx []int32, w, p []float32, ahead []int32) float32 {
	if l == levelGo {
		return energyGo(t, idx, w, p)
	}
	n, d, next, nextN := uint64(len(idx)), uint64(len(p)), &idx[0], uint64(len(ahead))
	if nextN > 0 {
		next = &ahead[0]
	}
	switch {
	case t.Half != nil && l == levelAVX512:
		return energyHalfAVX512(&t.Half[0], uint64(t.Stride)*2, &idx[0], n, &w[0], &p[0], d, next, nextN)
	case t.Half != nil:
		return energyHalfAVX2(&t.Half[0], uint64(t.Stride)*2, &idx[0], n, &w[0], &p[0], d, next, nextN)
	case l == levelAVX512:
		return energyAVX512(&t.Full[0], uint64(t.Stride)*4, &idx[0], n, &w[0], &p[0], d, next, nextN)
	}
	return energyAVX2(&t.Full[0], uint64(t.Stride)*4, &idx[0], n, &w[0], &p[0], d, next, nextN)
}
