package engine

import "context"

// Alike is where users begin of whom little is known: at the mean user, or at the mean of
// those who share a feature with them, a place say. It is immutable.
type Alike struct {
	// Typical is how much a user's history weighs, Σ w, in the mean: one of so much is
	// known whole.
	Typical float64
	// Began and Now are the time that the histories span, in milliseconds; Began 0: they
	// have no dates, and then those of the users whom the means are of are known whole.
	Began, Now int64
	Mean       [][]float32 // the mean user, by set of factors
	// By feature: how many users have it, and how many users of a like mind the mean
	// user stands for beside them; 0: it says nothing.
	Size, Strength []float32
	Moves          []Factors // by set of factors, features × dimension: how far the users of a feature are from the mean
}

// Start is where the fold-in of a user begins.
type Start struct {
	Known float64     // how much of the user's history is known, 0 to 1
	Mean  [][]float32 // what users of the kind are like, by set of factors
}

// NewAlike takes the means of trained factors: a has a row a user, nil where no
// features are known, and kinds the kind of each feature, from 0, say which of them are
// places. A feature's strength s follows from how much its users agree (strengths), and
// how far they are from the mean user is the best linear prediction of that (Robinson,
// "That BLUP Is a Good Thing", Statistical Science 1991): for each set of factors w
// minimises
//
//	Σ_u |x_u − mean − Σ_{f of u} w_f|²  +  Σ_f s_f |w_f|²
//
// Errors are ctx's and *InvalidError.
func NewAlike(ctx context.Context, m *Matrix, factors []WeightedModel, a *Attributes, kinds []int32, workers int) (*Alike, error) {
	if a == nil {
		a = &Attributes{Ptr: make([]int64, m.Rows+1)}
	}
	if len(a.Ptr) != m.Rows+1 || len(kinds) != a.Features {
		return nil, invalid("attributes", "are of %d rows and %d kinds, for %d users and %d features", len(a.Ptr)-1, len(kinds), m.Rows, a.Features)
	}
	out := &Alike{}
	out.Size, out.Strength = strengths(m, a, kinds)
	active := make([]float32, m.Rows)
	users := 0
	for u := range active {
		if _, w, _ := m.Row(u); len(w) > 0 {
			active[u] = 1
			users++
			for _, v := range w {
				out.Typical += float64(v)
			}
		}
	}
	out.Typical /= float64(max(1, users))
	r := ridgeOn{attributes: &Attributes{Features: a.Features, Ptr: make([]int64, 1, len(a.Ptr))}, weight: active, lambda: make([]float32, a.Features)}
	for f, s := range out.Strength {
		r.lambda[f] = max(1, s) // 1: of those that no row has
	}
	for u := range m.Rows {
		for _, f := range a.Row(u) {
			if out.Says(f) {
				r.attributes.Idx = append(r.attributes.Idx, f)
			}
		}
		r.attributes.Ptr = append(r.attributes.Ptr, int64(len(r.attributes.Idx)))
	}
	for _, f := range factors {
		mean := meanOf(f.Model.Users, active)
		from := NewFactors(m.Rows, f.Model.Users.Dim)
		for u := range m.Rows {
			for k, v := range f.Model.Users.Row(u) {
				from.Row(u)[k] = v - mean[k]
			}
		}
		moves, err := r.fit(ctx, from, workers)
		if err != nil {
			return nil, err
		}
		out.Mean, out.Moves = append(out.Mean, mean), append(out.Moves, moves)
	}
	return out, nil
}

// meanOf returns the mean of the rows that count, by weight.
func meanOf(f Factors, weight []float32) []float32 {
	sum, all := make([]float64, f.Dim), 0.
	for u, w := range weight {
		if w == 0 {
			continue
		}
		all += float64(w)
		for k, v := range f.Row(u) {
			sum[k] += float64(w) * float64(v)
		}
	}
	mean := make([]float32, f.Dim)
	for k, v := range sum {
		mean[k] = float32(v / max(1, all))
	}
	return mean
}

// Validate reports as an *InvalidError what does not fit these factors.
func (a *Alike) Validate(factors []WeightedModel) error {
	n := len(a.Size)
	if !(a.Typical > 0 && finite(a.Typical)) || len(a.Strength) != n || len(a.Mean) != len(factors) || len(a.Moves) != len(factors) {
		return invalid("alike", "has another shape than the model")
	}
	for k, f := range factors {
		dim := f.Model.Items.Dim
		if len(a.Mean[k]) != dim || !allFinite(a.Mean[k]) || a.Moves[k].Dim != dim || a.Moves[k].Rows != n {
			return invalid("alike", "has another shape than the factors, or values that are no numbers")
		}
		if err := a.Moves[k].Validate(); n > 0 && err != nil {
			return err
		}
	}
	for f := range n {
		if !(a.Size[f] >= 0) || !(a.Strength[f] >= 0) {
			return invalid("alike", "makes no sense at feature %d", f)
		}
	}
	return nil
}

// Says reports whether a feature says anything.
func (a *Alike) Says(f int32) bool { return a.Strength[f] > 0 }

// wholeTime is the part of the time that histories span after which one is known whole. Of
// wholesale orders, whose stores that came in the first weeks had been there before, 1 cost
// Recall@20 of new pairs up to .0014 in a month, .5 nothing (docs/quality.md).
const wholeTime = .5

// Known returns how much of a user's history is known, 0 to 1, where all that is known of it
// is row, which begins at came and ends at now, in milliseconds: as much of it as row weighs
// beside a typical one, or as there was time for it of wholeTime of all the time, whichever is
// more. So who came just now may have much to add, and who was there long takes little.
func (a *Alike) Known(row []Entry, came, now int64) float64 {
	var sum float64
	for _, e := range row {
		sum += float64(e.W)
	}
	known := sum / a.Typical
	if a.Began > 0 {
		known = max(known, float64(now-came)/(wholeTime*float64(max(1, a.Now-a.Began))))
	}
	return min(1, known)
}

// Start returns where the fold-in begins of a user with these features; the same to the bit
// where they come in the same order.
func (a *Alike) Start(features []int32, known float64) *Start {
	s := &Start{Known: min(1, max(0, known))}
	for k, mean := range a.Mean {
		at := append([]float32(nil), mean...)
		for _, f := range features {
			for c, v := range a.Moves[k].Row(int(f)) {
				at[c] += v
			}
		}
		s.Mean = append(s.Mean, at)
	}
	return s
}
