package kernel

// GatherDot sets dst[j] = y_idx[j] · p, where y_i is the row of len(p) values
// at y[i·stride]. dst and idx have one length; a row outside y panics.
func GatherDot(dst, y []float32, stride int, idx []int32, p []float32) {
	for j, i := range idx {
		at := int(i) * stride
		dst[j] = Dot(y[at:at+len(p)], p)
	}
}

// GatherAxpy adds Σ_j coef[j]·y_idx[j] to acc, rows as in GatherDot.
func GatherAxpy(acc, y []float32, stride int, idx []int32, coef []float32) {
	for j, i := range idx {
		at := int(i) * stride
		Axpy(acc, coef[j], y[at:at+len(acc)])
	}
}
