//go:build !purego

package kernel

import "unsafe"

// stripArguments is what the assembly reads, at offsets that it knows.
type stripArguments struct {
	head, tail           *uint8
	scale                *float32
	users                *int32
	headQuads, tailQuads uint64
	offset               [StripWidth]float32
}

func strip(l level, s *Strip, dst []float32, stride, group, n int) {
	if l == levelGo {
		stripGo(s, dst, stride, group, n)
		return
	}
	args := stripArguments{
		head: &s.Head[64*s.HeadQuads*group], scale: &s.Scale[16*group], users: &s.Users[0],
		headQuads: uint64(s.HeadQuads), tailQuads: uint64(s.TailQuads), offset: s.Offset,
	}
	if s.TailQuads > 0 {
		args.tail = &s.Tail[64*s.TailQuads*group]
	}
	words := (*uint64)(unsafe.Pointer(&args))
	if l == levelAVX2 {
		stripAVX2(words, &dst[0], uint64(stride)*4, uint64(n))
		return
	}
	if pairs := n / 2; pairs > 0 {
		stripPairAVX512(words, &dst[0], uint64(stride)*4, uint64(pairs))
	}
	if n%2 != 0 {
		args.head, args.scale = &s.Head[64*s.HeadQuads*(group+n-1)], &s.Scale[16*(group+n-1)]
		if s.TailQuads > 0 {
			args.tail = &s.Tail[64*s.TailQuads*(group+n-1)]
		}
		stripOneAVX512(words, &dst[16*(n-1)], uint64(stride)*4, 1)
	}
}

func collect(l level, places []int32, values []float32, at int, from []float32, allowed []uint16, first int32, least float32) int {
	if l == levelAVX512 {
		return at + int(collectAVX512(&places[at], &values[at], &from[0], &allowed[0], uint64(len(from)/16), uint64(first), least))
	}
	return collectGo(places, values, at, from, allowed, first, least)
}

func keep(l level, places []int32, values []float32, n int, least float32) int {
	if l == levelAVX512 {
		return int(keepAVX512(&places[0], &values[0], uint64(n), least))
	}
	return keepGo(places, values, n, least)
}

func lower(l level, dst, upper []float32, places []int32, scale []float32, c float32) {
	if l == levelAVX512 {
		lowerAVX512(&dst[0], &upper[0], &places[0], &scale[0], uint64(len(dst)), c)
		return
	}
	lowerGo(dst, upper, places, scale, c)
}

func count(l level, values []float32, least float32) int {
	if l == levelAVX512 {
		return int(countAVX512(&values[0], uint64(len(values)), least))
	}
	return countGo(values, least)
}
