//go:build !purego

package kernel

func rotate(l level, z []float32, stride, low int, cs []float32, width int) {
	count := len(cs) / 2
	top := &z[(low+count)*stride]
	switch {
	case l == levelAVX512 && width%64 == 0:
		rotateAVX512(top, uint64(stride)*4, &cs[0], uint64(count), uint64(width))
	case l == levelAVX2 && width%32 == 0:
		rotateAVX2(top, uint64(stride)*4, &cs[0], uint64(count), uint64(width))
	default:
		rotateGo(z, stride, low, cs, width)
	}
}
