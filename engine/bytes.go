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
// Axes are scaled first, y_k by 1/a_k and x_k by a_k with a_k the root mean
// square of axis k, which no product feels: the principal axes fall off, and a
// byte is as good on the last as on the first. Item i is then stored as whole
// numbers q with y = s·q + e, its scale s being max|y|/127. With the user as s_u·p + f, p whole numbers of twelve bits,
//
//	x·y = s_u·s·(p·q) + (s_u p)·e + f·y  ≤  s·(s_u·(p·q) + |x̂|·ρ + |f|·ν)
//
// where x̂ = s_u·p, ρ ≥ |e|/s and ν ≥ |y|/s for every item. The head, the first
// quarter of the axes, which are the principal ones, bounds the product by
// itself: what is left is at most |x_tail|·|y_tail| (axes unscaled), by Cauchy
// and Schwarz.
// Items go by falling norm, so that |x|·|y| ends the search.
type byteTable struct {
	scan  kernel.Scan // head, tail, scale and rest, padded to whole groups
	order []int32     // the item at each place, −1 in the padding
	place []int32     // of each item, −1 where it has none
	// groupNorm is the largest norm in each group and those after it.
	groupNorm []float32
	dim       int
	axis      []float64 // a
	largest   float32   // of the scales
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
	t.place = make([]int32, items.Rows)
	for i := range t.place {
		t.place[i] = -1
	}
	for at, i := range t.order {
		if i >= 0 {
			t.place[i] = int32(at)
		}
	}
	groups := len(t.order) / 16
	t.scan.Head, t.scan.Tail = hugeSlice[uint8](64*head*groups), hugeSlice[uint8](64*(quads-head)*groups)
	t.scan.Scale, t.scan.Rest = make([]float32, 16*groups), make([]float32, 16*groups)
	t.groupNorm = make([]float32, groups+1)
	t.axis = axisScales(items, norms, unit)
	t.fill(items, norms, unit)
	for _, s := range t.scan.Scale {
		if s > t.largest {
			t.largest = s
		}
	}
	return t
}

// axisScales returns the root mean square of every axis, 1 for one of zeros.
func axisScales(items Factors, norms []float32, unit bool) []float64 {
	axis := make([]float64, items.Dim)
	for i := range items.Rows {
		weight := 1.0
		if unit && norms[i] > 0 {
			weight = 1 / (float64(norms[i]) * float64(norms[i]))
		}
		for k, v := range items.Row(i) {
			axis[k] += weight * float64(v) * float64(v)
		}
	}
	for k, sum := range axis {
		axis[k] = math.Sqrt(sum / float64(items.Rows))
		if axis[k] == 0 {
			axis[k] = 1
		}
	}
	return axis
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
	var largest float64
	for k, v := range y {
		largest = max(largest, math.Abs(float64(v))/t.axis[k])
	}
	s := largest / 127
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
		scaled := float64(v) / t.axis[k]
		q := max(-127, min(127, math.Round(scaled/s)))
		miss := scaled/s - q
		e += miss * miss
		size += scaled * scaled
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

// byteQuery is a scan for one user, its bounds in units of the user's scale.
type byteQuery struct {
	kernel.Scan
	unit float64
}

// require sets the threshold.
func (q *byteQuery) require(score float64) { q.Threshold = single(score / q.unit) }

// single rounds to float32, the largest in place of what is larger.
func single(v float64) float32 {
	return float32(max(-math.MaxFloat32, min(math.MaxFloat32, v)))
}

// query prepares a scan for a user, not the zero vector; hi and lo have a word
// for each quad.
func (t *byteTable) query(user []float32, hi, lo []int32) byteQuery {
	var largest, length float64
	for k, v := range user {
		scaled := float64(v) * t.axis[k]
		largest = max(largest, math.Abs(scaled))
		length += scaled * scaled
	}
	// Whole numbers up to 63·64, so that the high part fits ±63.
	su := max(largest/4032, math.SmallestNonzeroFloat64)
	clear(hi)
	clear(lo)
	var sum, sumHead int64
	var size, sizeHead, miss, missHead, rest float64
	for k, v := range user {
		scaled := float64(v) * t.axis[k]
		p := int(math.Round(scaled / su))
		high := (p + 32) >> 6
		low := p - high<<6
		hi[k/4] |= int32(uint32(uint8(high)) << (8 * (k % 4)))
		lo[k/4] |= int32(uint32(uint8(low)) << (8 * (k % 4)))
		x, f := su*float64(p), scaled-su*float64(p)
		sum += int64(p)
		size += x * x
		miss += f * f
		if k/4 < t.scan.HeadQuads {
			sumHead, sizeHead, missHead = sum, size, miss
		} else {
			rest += float64(v) * float64(v)
		}
	}
	s := byteQuery{Scan: t.scan, unit: su}
	s.High, s.Low = hi, lo
	// All in units of s_u, which keeps single precision in its range. slack covers
	// what the score that is bounded rounds, within a few units in the last place
	// of Σ|x_k y_k| per value, and what the sums of the bound do.
	slack := float64(t.dim+16)*0x1p-22*math.Sqrt(length)/su*t.nu + float64(t.dim)*255*4032*0x1p-22
	s.A, s.B = 64, 1
	s.C1 = single(-128*float64(sumHead) + math.Sqrt(sizeHead)/su*t.rhoHead + math.Sqrt(missHead)/su*t.nu + slack)
	s.C2 = single(-128*float64(sum) + math.Sqrt(size)/su*t.rho + math.Sqrt(miss)/su*t.nu + slack)
	s.R = single(math.Sqrt(rest) * (1 + 1e-6) / su)
	return s
}
