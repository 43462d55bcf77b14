package training

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"also/engine"
	"also/engine/tune"
)

// Known is what may be looked at to choose by: a training set, with what of it may be asked for.
type Known struct {
	Train *engine.Matrix
	Dates engine.Dates // of Train's entries, where known
	// Bought says when each of Train's entries was first bought, 0 never; nil: all were, when they met.
	Bought []int64
}

// periods cuts out at most so many of the last periods; none where there are no dates, or too few. A pair that was bought later is not known before, even if it was met.
func (k Known) periods(most int) (splits []tune.Split, how string) {
	if len(k.Dates.First) == 0 {
		return nil, ""
	}
	first, last := spanOf(k.Dates.First)
	period := periodOf(first, last)
	most = min(most, int(last.Sub(first)/period)/2)
	bought := k.Bought
	if bought == nil {
		bought = k.Dates.First
	}
	for back := most - 1; back >= 0; back-- {
		end := last.Truncate(day).Add(day - time.Duration(back)*period)
		from, to := end.Add(-period).UnixMilli(), end.UnixMilli()
		known := func(e int64) bool { return k.Dates.First[e] < from && bought[e] < from }
		s := tune.Split{Name: end.Add(-period).Format(time.DateOnly), Train: k.part(known), Dates: engine.Dates{Now: from}}
		for e, at := range k.Dates.First {
			if known(int64(e)) {
				s.Dates.First = append(s.Dates.First, at)
			}
		}
		s.Held = knownRows(k.part(func(e int64) bool { return bought[e] >= from && bought[e] < to }), s.Train)
		if s.Held.Entries() > 0 {
			splits = append(splits, s)
		}
	}
	return splits, fmt.Sprintf("what customers first bought in the last %d periods of %d days", len(splits), int(period/day))
}

// part returns the entries that keep lets through, by their number.
func (k Known) part(keep func(e int64) bool) *engine.Matrix {
	m := k.Train
	p := &engine.Matrix{Rows: m.Rows, Cols: m.Cols, Ptr: make([]int64, m.Rows+1)}
	kept := make([]int64, 0, len(m.Idx)/8)
	for u := range m.Rows {
		for e := m.Ptr[u]; e < m.Ptr[u+1]; e++ {
			if keep(e) {
				kept = append(kept, e)
			}
		}
		p.Ptr[u+1] = int64(len(kept))
	}
	p.Idx, p.W = make([]int32, len(kept)), make([]float32, len(kept))
	if m.B != nil {
		p.B = make([]float32, len(kept))
	}
	for at, e := range kept {
		p.Idx[at], p.W[at] = m.Idx[e], m.W[e]
		if m.B != nil {
			p.B[at] = m.B[e]
		}
	}
	return p
}

// some keeps the entries of a share of the users, about, drawn by seed.
func (k Known) some(share float64, seed uint64) Known {
	if share >= 1 {
		return k
	}
	rng := rand.New(rand.NewPCG(seed, uint64(k.Train.Rows)))
	in := make([]bool, k.Train.Entries())
	for u := range k.Train.Rows {
		if rng.Float64() < share {
			for e := k.Train.Ptr[u]; e < k.Train.Ptr[u+1]; e++ {
				in[e] = true
			}
		}
	}
	of := func(times []int64) []int64 {
		var left []int64
		for e, at := range times {
			if in[e] {
				left = append(left, at)
			}
		}
		return left
	}
	return Known{
		Train: k.part(func(e int64) bool { return in[e] }), Bought: of(k.Bought),
		Dates: engine.Dates{First: of(k.Dates.First), Now: k.Dates.Now},
	}
}

// ofPairs returns m with the rows of as many users, drawn by seed, as have about so
// many pairs of entries together: what it costs to fit neighbours to.
func ofPairs(m *engine.Matrix, pairs float64, seed uint64) *engine.Matrix {
	var all float64
	for u := range m.Rows {
		n := float64(m.Ptr[u+1] - m.Ptr[u])
		all += n * n
	}
	return Known{Train: m}.some(pairs/max(1, all), seed).Train
}

// knownRows returns m without the rows of users of whom nothing is known: to those, all weights are alike.
func knownRows(m, known *engine.Matrix) *engine.Matrix {
	p := &engine.Matrix{Rows: m.Rows, Cols: m.Cols, Ptr: make([]int64, m.Rows+1)}
	for u := range m.Rows {
		if known.Ptr[u+1] > known.Ptr[u] {
			idx, w, b := m.Row(u)
			p.Idx, p.W, p.B = append(p.Idx, idx...), append(p.W, w...), append(p.B, b...)
		}
		p.Ptr[u+1] = int64(len(p.Idx))
	}
	return p
}

// spanOf returns from when to when times are, but for half a percent at either
// end: a few wrong dates must not move a cut.
func spanOf(times []int64) (first, last time.Time) {
	if len(times) == 0 {
		return
	}
	met := make([]int64, 0, min(len(times), 2*spanSample))
	for k := 0; k < len(times); k += max(1, len(times)/spanSample) {
		met = append(met, times[k])
	}
	slices.Sort(met)
	few := len(met) / 200
	return time.UnixMilli(met[few]).UTC(), time.UnixMilli(met[len(met)-1-few]).UTC()
}

// periodOf returns how long the periods of a history are that are to be foretold.
func periodOf(first, last time.Time) time.Duration {
	return min(longest, max(shortest, last.Sub(first)/historyPerPeriod)).Round(day)
}
