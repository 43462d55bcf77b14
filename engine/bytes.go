package engine

import (
	"cmp"
	"context"
	"math"
	"slices"

	"also/engine/kernel"
)

// byteTable holds items in eight bits, for a pass that proves of most of them
// that they cannot be among the best.
//
// Item i is stored as whole numbers q with y = s·q + e, its scale s being
// max|y|/127. With the user as s_u·p + f, p whole numbers of twelve bits,
//
//	x·y = s_u·s·(p·q) + (s_u p)·e + f·y  ≤  s·(s_u·(p·q) + |x̂|·ρ + |f|·ν)
//
// where x̂ = s_u·p, ρ ≥ |e|/s and ν ≥ |y|/s for every item. The head, the first
// quarter of the axes, which are the principal ones, bounds the product by
// itself: what is left is at most |x_tail|·|y_tail|, by Cauchy and Schwarz.
// Items go by falling norm, so that |x|·|y| ends the search.
type byteTable struct {
	scan  kernel.Scan // head, tail, scale and rest, padded to whole groups
	order []int32     // the item at each place, −1 in the padding
	// groupNorm is the largest norm in each group and those after it.
	groupNorm []float32
	dim       int
	// rho and rhoHead bound |e|/s over all axes and over the head's; nu bounds
	// |y|/s.
	rho, rhoHead, nu float64
}

// newByteTable stores items; with unit, each divided by its norm.
func newByteTable(items Factors, norms []float32, unit bool) *byteTable {
	d := items.Dim
	quads := (d + 3) / 4
	head := quads
	if quads >= 8 {
		head = quads / 4
	}
	t := &byteTable{dim: d, order: make([]int32, 0, items.Rows+15)}
	t.scan.HeadQuads, t.scan.TailQuads = head, quads-head
	for i := range items.Rows {
		if !unit || norms[i] > 0 {
			t.order = append(t.order, int32(i))
		}
	}
	if !unit {
		slices.SortFunc(t.order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(norms[b], norms[a]), cmp.Compare(a, b))
		})
	}
	for len(t.order)%16 != 0 {
		t.order = append(t.order, -1)
	}
	groups := len(t.order) / 16
	t.scan.Head, t.scan.Tail = hugeSlice[uint8](64*head*groups), hugeSlice[uint8](64*(quads-head)*groups)
	t.scan.Scale, t.scan.Rest = make([]float32, 16*groups), make([]float32, 16*groups)
	t.groupNorm = make([]float32, groups+1)
	t.fill(items, norms, unit)
	return t
}

// fill quantises all groups and sets the bounds over all items.
func (t *byteTable) fill(items Factors, norms []float32, unit bool) {
	const block = 512
	groups := len(t.order) / 16
	bounds := make([][3]float64, (groups+block-1)/block)
	// Without a context that ends and without errors, parallel cannot fail.
	_ = parallel(context.Background(), defaultWorkers(0), len(bounds), func(_, task int) error {
		row := make([]float32, t.dim)
		for g := task * block; g < min(groups, (task+1)*block); g++ {
			for j := range 16 {
				i := t.order[16*g+j]
				if i < 0 {
					t.pad(16*g + j)
					continue
				}
				copy(row, items.Row(int(i)))
				size := norms[i]
				if unit {
					scale(row, 1/norms[i], row)
					size = norm(row)
				}
				t.groupNorm[g] = max(t.groupNorm[g], size)
				e, eHead, ratio := t.store(16*g+j, row)
				b := &bounds[task]
				b[0], b[1], b[2] = max(b[0], e), max(b[1], eHead), max(b[2], ratio)
			}
		}
		return nil
	})
	for _, b := range bounds {
		t.rho, t.rhoHead, t.nu = max(t.rho, b[0]), max(t.rhoHead, b[1]), max(t.nu, b[2])
	}
	for g := groups - 1; g >= 0; g-- {
		t.groupNorm[g] = max(t.groupNorm[g], t.groupNorm[g+1])
	}
}

// pad makes a place that no bound reaches.
func (t *byteTable) pad(place int) {
	t.scan.Scale[place] = float32(math.NaN())
}

// store quantises one item and returns |e|/s, the same over the head, and
// |y|/s.
func (t *byteTable) store(place int, y []float32) (e, eHead, ratio float64) {
	var largest float32
	for _, v := range y {
		largest = max(largest, v, -v)
	}
	s := float64(largest) / 127
	t.scan.Scale[place] = float32(s)
	if largest == 0 {
		return 0, 0, 0 // scale 0 bounds the zero item by its score, 0
	}
	if t.scan.Scale[place] == 0 {
		t.scan.Scale[place] = math.SmallestNonzeroFloat32
	}
	s = float64(t.scan.Scale[place])
	var rest, size float64
	for k, v := range y {
		q := math.Round(float64(v) / s)
		q = max(-127, min(127, q))
		miss := float64(v)/s - q
		e += miss * miss
		size += float64(v) * float64(v)
		quad, at := k/4, 4*(place%16)+k%4
		if quad < t.scan.HeadQuads {
			eHead += miss * miss
			t.scan.Head[64*(t.scan.HeadQuads*(place/16)+quad)+at] = uint8(int(q) + 128)
		} else {
			rest += float64(v) * float64(v)
			t.scan.Tail[64*(t.scan.TailQuads*(place/16)+quad-t.scan.HeadQuads)+at] = uint8(int(q) + 128)
		}
	}
	t.scan.Rest[place] = float32(math.Sqrt(rest) * (1 + 1e-6))
	return math.Sqrt(e), math.Sqrt(eHead), math.Sqrt(size) / s
}

// query prepares a scan for a user; hi and lo have a word for each quad. norm
// is the user's. It must not be the zero vector.
func (t *byteTable) query(user []float32, norm float64, hi, lo []int32) kernel.Scan {
	var largest float32
	for _, v := range user {
		largest = max(largest, v, -v)
	}
	// Whole numbers up to 63·64, so that the high part fits ±63.
	su := float64(largest) / 4032
	clear(hi)
	clear(lo)
	var sum, sumHead int64
	var size, sizeHead, miss, missHead, rest float64
	for k, v := range user {
		p := int(math.Round(float64(v) / su))
		high := (p + 32) >> 6
		low := p - high<<6
		hi[k/4] |= int32(uint32(uint8(high)) << (8 * (k % 4)))
		lo[k/4] |= int32(uint32(uint8(low)) << (8 * (k % 4)))
		x, f := su*float64(p), float64(v)-su*float64(p)
		sum += int64(p)
		size += x * x
		miss += f * f
		if k/4 < t.scan.HeadQuads {
			sumHead, sizeHead, missHead = sum, size, miss
		} else {
			rest += float64(v) * float64(v)
		}
	}
	s := t.scan
	s.High, s.Low = hi, lo
	s.A, s.B = float32(64*su), float32(su)
	// slack covers the roundings of the bound itself and of the score that it
	// bounds, each a few units in the last place per value.
	slack := float64(t.dim+16) * 0x1p-22 * norm * t.nu
	s.C1 = float32(-128*su*float64(sumHead) + math.Sqrt(sizeHead)*t.rhoHead + math.Sqrt(missHead)*t.nu + slack)
	s.C2 = float32(-128*su*float64(sum) + math.Sqrt(size)*t.rho + math.Sqrt(miss)*t.nu + slack)
	s.R = float32(math.Sqrt(rest) * (1 + 1e-6))
	return s
}
