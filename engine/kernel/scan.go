package kernel

// Scan finds, among items stored in eight bits, those whose score may reach a
// threshold. Items lie in groups of 16, their values in quads: byte 4j+v of a
// quad's 64 is value v of item j, plus 128. A group's first quads, the head,
// and the others, the tail, lie in tables of their own, so that a group that
// its head rules out costs no memory traffic for its tail.
//
// The user's values are whole numbers 64·h + l, |h| ≤ 63 and −32 ≤ l ≤ 31,
// given as quads of h and of l. With a and b of an item the sums of its stored
// bytes times h and l over the head, the head's bound is
//
//	scale·(A·a + B·b + C1) + rest·R
//
// and over all quads scale·(A·a + B·b + C2).
type Scan struct {
	Head, Tail  []uint8   // 64 bytes for each quad of each group
	Scale, Rest []float32 // 16 for each group
	High, Low   []int32   // a word for each quad: head, then tail
	HeadQuads   int       // from 1
	TailQuads   int       // from 0

	A, B, C1, R, C2, Threshold float32
}

// Run sets, for each of len(masks) groups from the given one on, bit j of its
// mask when item j's bounds reach the threshold. Bounds that are not numbers
// do not.
func (s *Scan) Run(masks []uint16, group int) {
	n := group + len(masks)
	if group < 0 || s.HeadQuads < 1 || s.TailQuads < 0 ||
		len(s.Head) < 64*s.HeadQuads*n || len(s.Tail) < 64*s.TailQuads*n ||
		len(s.Scale) < 16*n || len(s.Rest) < 16*n ||
		len(s.High) < s.HeadQuads+s.TailQuads || len(s.Low) < s.HeadQuads+s.TailQuads {
		panic("kernel: Scan: slice too short")
	}
	if len(masks) > 0 {
		scan(best, s, masks, group)
	}
}

// scanGo is the definition in portable Go.
func scanGo(s *Scan, masks []uint16, group int) {
	for g := range masks {
		at := group + g
		head := s.Head[64*s.HeadQuads*at:][:64*s.HeadQuads]
		masks[g] = s.bounds(at, head, nil)
		if masks[g] != 0 && s.TailQuads > 0 {
			masks[g] = s.bounds(at, head, s.Tail[64*s.TailQuads*at:][:64*s.TailQuads])
		}
	}
}

// bounds returns the mask of one group, by its head alone when tail is nil.
func (s *Scan) bounds(group int, head, tail []uint8) uint16 {
	var mask uint16
	for j := range 16 {
		var a, b int32
		quads := func(bytes []uint8, high, low []int32) {
			for q := range len(bytes) / 64 {
				for v := range 4 {
					item := int32(bytes[64*q+4*j+v])
					a += item * int32(int8(high[q]>>(8*v)))
					b += item * int32(int8(low[q]>>(8*v)))
				}
			}
		}
		quads(head, s.High, s.Low)
		scale := s.Scale[16*group+j]
		bound := scale*(s.A*float32(a)+s.B*float32(b)+s.C1) + s.Rest[16*group+j]*s.R
		if tail != nil {
			quads(tail, s.High[s.HeadQuads:], s.Low[s.HeadQuads:])
			bound = scale * (s.A*float32(a) + s.B*float32(b) + s.C2)
		}
		if bound >= s.Threshold {
			mask |= 1 << j
		}
	}
	return mask
}
