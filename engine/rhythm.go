package engine

import "math"

// Taken is how often a user took one item, and when: all that a Rhythm needs to
// know of a pair.
type Taken struct {
	Times       int32 // from 1
	First, Last int64 // when, in milliseconds
}

// Repeats has a Taken for each pair of a users × items matrix, in CSR, columns
// ascending within a row.
type Repeats struct {
	Items       int     // columns
	Ptr         []int64 // rows+1
	Idx         []int32
	Times       []int32
	First, Last []int32 // in minutes
}

// minuteMs is the unit of Repeats' times.
const minuteMs = 60_000

// Append adds a pair to the row that Ptr ends with next.
func (r *Repeats) Append(j int32, t Taken) {
	minute := func(ms int64) int32 { return int32(min(max(ms/minuteMs, math.MinInt32), math.MaxInt32)) }
	r.Idx, r.Times = append(r.Idx, j), append(r.Times, t.Times)
	r.First, r.Last = append(r.First, minute(t.First)), append(r.Last, minute(t.Last))
}

// Validate reports the first thing that does not fit as an *InvalidError.
func (r *Repeats) Validate() error {
	n := len(r.Idx)
	if len(r.Ptr) == 0 || r.Ptr[len(r.Ptr)-1] != int64(n) || len(r.Times) != n || len(r.First) != n || len(r.Last) != n {
		return invalid("repeats", "have %d pairs, %d numbers, %d and %d times", n, len(r.Times), len(r.First), len(r.Last))
	}
	for k, j := range r.Idx {
		if j < 0 || int(j) >= r.Items || r.Times[k] < 1 || r.Last[k] < r.First[k] {
			return invalid("repeats", "make no sense at pair %d", k)
		}
	}
	return nil
}

// Of returns pair k.
func (r *Repeats) Of(k int64) Taken {
	return Taken{r.Times[k], int64(r.First[k]) * minuteMs, int64(r.Last[k]) * minuteMs}
}

// Row returns the columns of row u, and the place of its first pair.
func (r *Repeats) Row(u int) (items []int32, at int64) {
	return r.Idx[r.Ptr[u]:r.Ptr[u+1]], r.Ptr[u]
}

// Constants of a rhythm, measured on a year of wholesale orders (docs/quality.md).
const (
	// What an item's own rhythm weighs in that of a pair: as much as two takings.
	rhythmShape = 2
	// How likely it is that a user is through with an item after taking it, before
	// that is known better: stopBefore takings of which stopAfter were the last.
	stopAfter, stopBefore = .5, 1
	// Pairs of the mean item that an item's rhythm is taken to have beside its own.
	rhythmPairs = 5
	// The rhythm where nothing is known at all, in days.
	rhythmDays = 60
)

// AgainDays is how far ahead one looks for what is taken again.
const AgainDays = 14

const dayMs = 24 * 60 * 60 * 1000

// Rhythm foretells who takes an item again, from counts alone. Each user takes an
// item at a pace of its own, which is around the item's (Poisson takings with a
// gamma prior: Ehrenberg, "The Pattern of Consumer Purchases", 1959), at regular
// intervals (Erlang's of order 2: Chatfield, Goodhardt, 1973), until they are through with it (Fader,
// Hardie, Lee, "Counting Your Customers the Easy Way", 2005; after the first
// taking too: Batislam, Denizel, Filiztekin, 2007). It is immutable.
type Rhythm struct {
	pace    []float64 // takings again a day, by item
	overall float64
}

// NewRhythm learns the items' paces from what users took until now, in
// milliseconds: how often their pairs took them again, in how long.
func NewRhythm(r *Repeats, now int64) *Rhythm {
	again, days := make([]float64, r.Items), make([]float64, r.Items)
	var allAgain, allDays float64
	for k, j := range r.Idx {
		t := r.Of(int64(k))
		a, d := float64(t.Times-1), daysBetween(t.First, now)
		again[j], days[j] = again[j]+a, days[j]+d
		allAgain, allDays = allAgain+a, allDays+d
	}
	// One more taking in rhythmDays, so that there is a pace whatever the data.
	h := &Rhythm{pace: make([]float64, r.Items), overall: (allAgain + 1) / (allDays + rhythmDays)}
	mean := rhythmPairs * allDays / math.Max(1, float64(len(r.Idx)))
	for j := range h.pace {
		h.pace[j] = (again[j] + h.overall*(mean+1)) / (days[j] + mean + 1)
	}
	return h
}

// daysBetween is 0 where b comes before a.
func daysBetween(a, b int64) float64 { return float64(max(0, b-a)) / dayMs }

// Again is how likely it is that a user takes item j again within so many days
// from now on, after what they took of it. An item the rhythm does not know has
// the pace of all; a nil Rhythm knows none.
//
// With x = times − 1, T the days since the first taking and s since the last, and the
// item's pace ρ, α = 2/ρ:
//
//	pace    = (2 + x) / (α + T)
//	still   = 1 / (1 + a/(b + x) ((α + T)/(α + T − s))^(2+x))         a = ½, b = 1
//	again   = still · (1 − S(s + days)/S(s))                           S(s) = (1 + 2·pace·s) e^(−2·pace·s)
func (h *Rhythm) Again(j int32, t Taken, now int64, days float64) float64 {
	x, since := float64(t.Times-1), daysBetween(t.Last, now)
	alpha := rhythmShape / h.paceOf(j)
	all := alpha + daysBetween(t.First, now)
	still := 1 / (1 + stopAfter/(stopBefore+x)*math.Pow(all/(all-since), rhythmShape+x))
	m := 2 * (rhythmShape + x) / all
	return still * (1 - math.Exp(-m*days)*(1+m*(since+days))/(1+m*since))
}

func (h *Rhythm) paceOf(j int32) float64 {
	switch {
	case h == nil:
		return 1. / rhythmDays
	case j < 0 || int(j) >= len(h.pace):
		return h.overall
	}
	return h.pace[j]
}

// Every returns the mean days between the takings of a pair; 0 where there are
// fewer than two.
func (t Taken) Every() float64 {
	if t.Times < 2 {
		return 0
	}
	return daysBetween(t.First, t.Last) / float64(t.Times-1)
}
