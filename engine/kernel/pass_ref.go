package kernel

import "math"

func toHalfGo(dst []uint16, src []float32) {
	for at := 0; at+32 <= len(src); at += 32 {
		for k := range 16 {
			lower := math.Float32bits(src[at+k])
			lower = (lower + 0x7fff + lower>>16&1) >> 16
			upper := math.Float32bits(src[at+k+16])
			size := max(0, int32(upper&^(1<<31))+0x8000-int32(lower))
			dst[at+2*k] = uint16(lower)
			dst[at+2*k+1] = uint16((upper&(1<<31) | uint32(size)) >> 16)
		}
	}
}

// row returns row i of the table, in buffer if it must be widened.
func (t Table) row(buffer []float32, i int32) []float32 {
	at := int(i) * t.Stride
	if t.Half == nil {
		return t.Full[at : at+len(buffer)]
	}
	FromHalf(buffer, t.Half[at:at+len(buffer)])
	return buffer
}

func residualGo(t Table, acc []float32, idx []int32, w, b, p []float32) float32 {
	buffer := make([]float32, len(p))
	var sum float32
	for j, i := range idx {
		y := t.row(buffer, i)
		dot := dotGo(y, p)
		sum += b[j] * dot
		axpyGo(acc, b[j]-w[j]*dot, y)
	}
	return sum
}

func productGo(t Table, acc []float32, idx []int32, w, p []float32) float32 {
	buffer := make([]float32, len(p))
	var sum float32
	for j, i := range idx {
		y := t.row(buffer, i)
		dot := dotGo(y, p)
		sum += w[j] * dot * dot
		axpyGo(acc, w[j]*dot, y)
	}
	return sum
}

func energyGo(t Table, idx []int32, w, p []float32) float32 {
	buffer := make([]float32, len(p))
	var sum float32
	for j, i := range idx {
		dot := dotGo(t.row(buffer, i), p)
		sum += w[j] * dot * dot
	}
	return sum
}
