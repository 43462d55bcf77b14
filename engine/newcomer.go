package engine

import "slices"

// Newcomers solves factors of items that a model was not trained on, from whoever
// took them first, with the users' factors held fixed.
//
// An item that was not there could not be taken, so that few took it is no evidence
// against it. Where its attributes foretell a mean, its takers are known in part, as far as
// they are as many as a typical item's, and it is folded in from the mean (Side.FoldInFrom).
// Without one, its entries are scaled up to the sum that a typical item has, as if the
// rest of its audience resembled the first ones. It is immutable.
type Newcomers struct {
	sides   []*Side
	centres [][]float32 // the mean user, by set
	typical float64
}

// NewNewcomers prepares the users' factors of a model; typical is how many users a
// typical item has. Errors are those of NewSide.
func NewNewcomers(factors []WeightedModel, typical float64) (*Newcomers, error) {
	n := &Newcomers{typical: typical}
	for _, f := range factors {
		side, err := NewSide(f.Model.Config, f.Model.Users)
		if err != nil {
			return nil, err
		}
		n.sides, n.centres = append(n.sides, side), append(n.centres, meanOf(f.Model.Users, slices.Repeat([]float32{1}, f.Model.Users.Rows)))
	}
	return n, nil
}

// Taker is a user who took a new item: a row of the model or, with Row −1, a stranger
// with the factors of Sets, one a set; nil: the average user.
type Taker struct {
	Row  int32
	Sets [][]float32
	W, B float32
}

// FoldIn solves an item's factors in every set, from its takers and the mean, by set, that
// its attributes foretell, nil for none; prior is the mean's part of them, nil without one.
// It returns how much evidence the takers are, Σ w; without any, the item is the mean.
// Errors are those of Side.FoldIn.
func (n *Newcomers) FoldIn(takers []Taker, mean [][]float32) (sets, prior [][]float32, evidence float64, err error) {
	for _, t := range takers {
		evidence += float64(t.W)
	}
	if !(evidence > 0) {
		return mean, mean, 0, nil
	}
	scale := float32(1)
	if mean == nil {
		scale = float32(max(1, n.typical/evidence))
	}
	var ws Workspace
	for k, side := range n.sides {
		over, row, err := n.entries(k, takers, scale)
		if err != nil {
			return nil, nil, 0, err
		}
		y := make([]float32, side.Dim())
		sets = append(sets, y)
		if mean == nil {
			if err := over.FoldIn(y, row, &ws); err != nil {
				return nil, nil, 0, err
			}
			continue
		}
		known := min(1, evidence/n.typical)
		if err := over.FoldInFrom(y, row, known, mean[k], &ws); err != nil {
			return nil, nil, 0, err
		}
		// Solutions are linear in b and the mean: what is left without b is the mean's.
		for at := range row {
			row[at].B = 0
		}
		part := make([]float32, side.Dim())
		if err := over.FoldInFrom(part, row, known, mean[k], &ws); err != nil {
			return nil, nil, 0, err
		}
		prior = append(prior, part)
	}
	return sets, prior, evidence, nil
}

// entries returns the users of set k with the strangers among the takers laid over them,
// and the item's entries, times scale.
func (n *Newcomers) entries(k int, takers []Taker, scale float32) (*Side, []Entry, error) {
	side := n.sides[k]
	extra := Factors{Dim: side.Dim()}
	row := make([]Entry, len(takers))
	for at, t := range takers {
		col := t.Row
		if col < 0 {
			x := n.centres[k]
			if t.Sets != nil {
				x = t.Sets[k]
			}
			col = int32(side.Rows() + extra.Rows)
			extra.Data, extra.Rows = append(extra.Data, x...), extra.Rows+1
		}
		row[at] = Entry{Col: col, W: t.W * scale, B: t.B * scale}
	}
	over, err := side.WithOverlay(extra)
	return over, row, err
}
