package kernel

// dotRef is the definition of Dot.
func dotRef(x, y []float32) float64 {
	var s float64
	for k, v := range x {
		s += float64(v) * float64(y[k])
	}
	return s
}

func dotGo(x, y []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(x) >= 4 && len(y) >= 4 {
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		x, y = x[4:], y[4:]
	}
	for k, v := range x {
		s0 += v * y[k]
	}
	return (s0 + s1) + (s2 + s3)
}

func axpyGo(dst []float32, a float32, x []float32) {
	for len(x) >= 4 && len(dst) >= 4 {
		dst[0] += a * x[0]
		dst[1] += a * x[1]
		dst[2] += a * x[2]
		dst[3] += a * x[3]
		x, dst = x[4:], dst[4:]
	}
	for k, v := range x {
		dst[k] += a * v
	}
}

func gatherDotGo(dst, y []float32, stride int, idx []int32, p []float32) {
	for j, i := range idx {
		at := int(i) * stride
		dst[j] = dotGo(y[at:at+len(p)], p)
	}
}

func gatherAxpyGo(acc, y []float32, stride int, idx []int32, coef []float32) {
	for j, i := range idx {
		at := int(i) * stride
		axpyGo(acc, coef[j], y[at:at+len(acc)])
	}
}

func gemmGo(less bool, m, n, k int, a []float32, rs, cs int, b []float32, ldb int, c []float32, ldc int) {
	for i := range m {
		row := c[i*ldc : i*ldc+n]
		for l := range k {
			e := a[i*rs+l*cs]
			if less {
				e = -e
			}
			axpyGo(row, e, b[l*ldb:l*ldb+n])
		}
	}
}

func gatherScaledGo(dst, y []float32, stride int, idx []int32, coef, scale []float32) {
	for j, i := range idx {
		row, at := dst[j*len(scale):], int(i)*stride
		for k, v := range y[at : at+len(scale)] {
			row[k] = coef[j] * (scale[k] * v)
		}
	}
}

// gatherTransposedGo is GatherTransposed for the values from first on.
func gatherTransposedGo(dst []float32, ld int, y []float32, stride int, idx []int32, coef, scale []float32, first int) {
	for k := first; k < len(scale); k++ {
		row := dst[k*ld : (k+1)*ld]
		clear(row[len(idx):])
		for j, i := range idx {
			row[j] = coef[j] * (scale[k] * y[int(i)*stride+k])
		}
	}
}
