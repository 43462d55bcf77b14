//go:build !purego

package kernel

import "unsafe"

// scanArguments is what the assembly reads, at offsets that it knows.
type scanArguments struct {
	head, tail                 *uint8
	scale, rest                *float32
	high, low                  *int32
	headQuads, tailQuads       uint64
	a, b, c1, r, c2, threshold float32
}

func scan(l level, s *Scan, masks []uint16, group int) {
	if l == levelGo {
		scanGo(s, masks, group)
		return
	}
	args := scanArguments{
		head:  &s.Head[64*s.HeadQuads*group],
		scale: &s.Scale[16*group], rest: &s.Rest[16*group],
		high: &s.High[0], low: &s.Low[0],
		headQuads: uint64(s.HeadQuads), tailQuads: uint64(s.TailQuads),
		a: s.A, b: s.B, c1: s.C1, r: s.R, c2: s.C2, threshold: s.Threshold,
	}
	if s.TailQuads > 0 {
		args.tail = &s.Tail[64*s.TailQuads*group]
	}
	words := (*uint64)(unsafe.Pointer(&args))
	if l == levelAVX512 {
		scanAVX512(words, &masks[0], uint64(len(masks)))
	} else {
		scanAVX2(words, &masks[0], uint64(len(masks)))
	}
}
