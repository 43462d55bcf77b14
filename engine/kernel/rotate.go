package kernel

// Rotate applies a chain of plane rotations to rows of width values, stride
// apart in z: with count = len(cs)/2 pairs of cosine and sine, the first acts on
// rows low+count−1 and low+count, the next one row lower, the last on low and
// low+1. Rotation (c, s) of rows x, y gives c·x − s·y and s·x + c·y.
func Rotate(z []float32, stride, low int, cs []float32, width int) {
	count := len(cs) / 2
	if count == 0 || width <= 0 {
		return
	}
	if low < 0 || len(cs)%2 != 0 || (low+count)*stride+width > len(z) {
		panic("kernel: Rotate: slice too short")
	}
	rotate(best, z, stride, low, cs, width)
}

func rotateGo(z []float32, stride, low int, cs []float32, width int) {
	count := len(cs) / 2
	for k := range count {
		at := (low + count - 1 - k) * stride
		x, y := z[at:at+width], z[at+stride:at+stride+width]
		c, s := cs[2*k], cs[2*k+1]
		for j, v := range x {
			u := y[j]
			x[j], y[j] = c*v-s*u, s*v+c*u
		}
	}
}
