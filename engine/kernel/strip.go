package kernel

import "math/bits"

// StripWidth is how many users a Strip has.
const StripWidth = 12

// Strip computes sums of products for a few users and many items at once: what
// Scan does for one user, without a threshold. Items lie as Scan has them. The
// users' values are signed bytes: byte v of word q·StripWidth+u of Users is value
// 4q+v of user u; users that are not there are zeros.
type Strip struct {
	Head, Tail []uint8   // 64 bytes for each quad of each group
	Scale      []float32 // 16 for each group
	Users      []int32   // StripWidth words for each quad: head, then tail
	HeadQuads  int       // from 1
	TailQuads  int       // from 0

	Offset [StripWidth]float32
}

// Run sets values 16g+j of row u of dst, rows stride apart, for every user u
// and item j of each of n groups from the given one on, g counting from there,
// to
//
//	scale·(a + Offset[u])
//
// where a is the sum of the item's stored bytes times the user's.
func (s *Strip) Run(dst []float32, stride, group, n int) {
	end := group + n
	if group < 0 || n < 0 || s.HeadQuads < 1 || s.TailQuads < 0 ||
		len(s.Head) < 64*s.HeadQuads*end || len(s.Tail) < 64*s.TailQuads*end || len(s.Scale) < 16*end ||
		len(s.Users) < StripWidth*(s.HeadQuads+s.TailQuads) || len(dst) < (StripWidth-1)*stride+16*n || stride < 16*n {
		panic("kernel: Strip: slice too short")
	}
	if n > 0 {
		strip(best, s, dst, stride, group, n)
	}
}

// stripGo is the definition in portable Go.
func stripGo(s *Strip, dst []float32, stride, group, n int) {
	for g := range n {
		head := s.Head[64*s.HeadQuads*(group+g):][:64*s.HeadQuads]
		tail := s.Tail[64*s.TailQuads*(group+g):][:64*s.TailQuads]
		scale := s.Scale[16*(group+g):][:16]
		for u := range StripWidth {
			var sums [16]int32
			addQuads(&sums, head, s.Users[u:])
			addQuads(&sums, tail, s.Users[StripWidth*s.HeadQuads:][min(u, StripWidth*s.TailQuads):])
			for j, a := range sums {
				dst[u*stride+16*g+j] = scale[j] * (float32(a) + s.Offset[u])
			}
		}
	}
}

// addQuads adds the products of one user's bytes with 16 items'.
func addQuads(sums *[16]int32, items []uint8, user []int32) {
	for q := range len(items) / 64 {
		word := user[q*StripWidth]
		for j := range sums {
			four := items[64*q+4*j:][:4]
			sums[j] += int32(four[0])*int32(int8(word)) + int32(four[1])*int32(int8(word>>8)) +
				int32(four[2])*int32(int8(word>>16)) + int32(four[3])*int32(int8(word>>24))
		}
	}
}

// Collect appends to places and values, from at on, the numbers and values of
// those of the given values that reach least and are allowed, in order, and
// returns how many there then are. Value 16g+j, number first+16g+j, is allowed
// if bit j of allowed[g] is set. There must be room for all values and 16 more.
func Collect(places []int32, values []float32, at int, from []float32, allowed []uint16, first int32, least float32) int {
	n := len(from) / 16
	if len(from)%16 != 0 || len(allowed) < n || at < 0 || len(places) < at+len(from)+16 || len(values) < at+len(from)+16 {
		panic("kernel: Collect: slice too short")
	}
	if n == 0 {
		return at
	}
	return collect(best, places, values, at, from, allowed, first, least)
}

// collectGo is the definition in portable Go.
func collectGo(places []int32, values []float32, at int, from []float32, allowed []uint16, first int32, least float32) int {
	for g := range len(from) / 16 {
		for mask := allowed[g]; mask != 0; mask &= mask - 1 {
			k := 16*g + bits.TrailingZeros16(mask)
			if from[k] >= least {
				places[at], values[at] = first+int32(k), from[k]
				at++
			}
		}
	}
	return at
}

// Keep drops those of the first n places and values whose value does not reach
// least, and returns how many are left. It may write up to 16 past the n-th.
func Keep(places []int32, values []float32, n int, least float32) int {
	if len(places) < n+16 || len(values) < n+16 {
		panic("kernel: Keep: slice too short")
	}
	if n <= 0 {
		return 0
	}
	return keep(best, places, values, n, least)
}

func keepGo(places []int32, values []float32, n int, least float32) int {
	kept := 0
	for k, v := range values[:n] {
		if v >= least {
			places[kept], values[kept] = places[k], v
			kept++
		}
	}
	return kept
}

// Lower sets dst[k] = upper[k] − c·scale[places[k]], all of one length but
// scale, whose places are not checked.
func Lower(dst, upper []float32, places []int32, scale []float32, c float32) {
	if len(upper) != len(dst) || len(places) != len(dst) {
		panic("kernel: Lower: lengths differ")
	}
	if len(dst) > 0 {
		lower(best, dst, upper, places, scale, c)
	}
}

func lowerGo(dst, upper []float32, places []int32, scale []float32, c float32) {
	for k, place := range places {
		dst[k] = upper[k] - c*scale[place]
	}
}

// Count returns how many values reach least.
func Count(values []float32, least float32) int {
	if len(values) == 0 {
		return 0
	}
	return count(best, values, least)
}

func countGo(values []float32, least float32) int {
	n := 0
	for _, v := range values {
		if v >= least {
			n++
		}
	}
	return n
}
