package tune

import (
	"math"
	"slices"

	"also/engine"
)

// shortlisted is about how many of a user's items are ranked by other blends than
// one: those that are the first by that. A step changes one weight by a half or so, and
// hardly lifts what is behind them among the first twenty; with 240 or all items, the
// same was chosen wherever it was compared.
const shortlisted = 160

// shortlist is the items that may be among the best of a user by one blend or
// another a step away, the first first, so that few later ones are.
type shortlist struct {
	items    []int32
	cells              // of items
	of       blend     // weights of items
	totals   []float32 // of all items
	greatest []float32 // of a sample of totals, descending
	order    []uint64
}

// take makes the shortlist of those with the highest totals by a blend, about so many: it
// is from a sample that the least of them is known.
func (l *shortlist) take(all cells, b blend) {
	n := len(all.scores)
	l.totals = slices.Grow(l.totals[:0], n)[:n]
	ridge, filter, totals := all.ridge[:n], all.filter[:n], l.totals[:n]
	by, gain := b.ridge[:n], b.gain[:n]
	for j, v := range all.scores {
		totals[j] = (v + (b.filter*filter[j] + by[j]*ridge[j])) * gain[j]
	}
	const every = 8
	l.greatest = l.greatest[:0]
	never := float32(math.Inf(-1))
	least := never
	for j := 0; j < n; j += every {
		v := totals[j]
		if !(v > least) {
			continue
		}
		if len(l.greatest) < shortlisted/every {
			l.greatest = append(l.greatest, v)
		}
		at := len(l.greatest) - 1
		for ; at > 0 && l.greatest[at-1] < v; at-- {
			l.greatest[at] = l.greatest[at-1]
		}
		l.greatest[at] = v
		if len(l.greatest) == shortlisted/every {
			least = l.greatest[len(l.greatest)-1]
		}
	}
	l.order = l.order[:0]
	for j, v := range totals {
		if v >= least && v > never {
			l.order = append(l.order, uint64(descending(v))<<32|uint64(j))
		}
	}
	slices.Sort(l.order)
	l.items, l.scores, l.ridge, l.filter = l.items[:0], l.scores[:0], l.ridge[:0], l.filter[:0]
	for _, key := range l.order {
		j := int32(uint32(key))
		l.items = append(l.items, j)
		l.scores, l.ridge, l.filter = append(l.scores, all.scores[j]), append(l.ridge, ridge[j]), append(l.filter, filter[j])
	}
}

// descending returns a number that is the smaller the larger v is.
func descending(v float32) uint32 {
	bits := math.Float32bits(v)
	if bits>>31 == 0 {
		bits ^= 1<<31 - 1
	}
	return bits
}

// best is cells.best of the shortlist.
func (l *shortlist) best(b blend, list []engine.Scored) []engine.Scored {
	l.of.filter, l.of.ridge, l.of.gain = b.filter, l.of.ridge[:0], l.of.gain[:0]
	for _, j := range l.items {
		l.of.ridge, l.of.gain = append(l.of.ridge, b.ridge[j]), append(l.of.gain, b.gain[j])
	}
	list = l.cells.best(l.of, list)
	for k := range list {
		list[k].Item = l.items[list[k].Item]
	}
	return list
}
