package engine

import (
	"math"
	"slices"
)

// Newcomers solves factors of items that a model was not trained on, from whoever
// took them first, with the users' factors held fixed.
//
// An item that was not there could not be taken, so that few took it is no evidence
// against it: its entries are scaled up to the sum that a typical item has, as if the
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

// FoldIn solves an item's factors in every set, and returns how much evidence its
// takers are, Σ w; nil without any. Errors are those of Side.FoldIn.
func (n *Newcomers) FoldIn(takers []Taker) (sets [][]float32, evidence float64, err error) {
	for _, t := range takers {
		evidence += float64(t.W)
	}
	if !(evidence > 0) {
		return nil, 0, nil
	}
	scale := float32(max(1, n.typical/evidence))
	sets = make([][]float32, len(n.sides))
	for k, side := range n.sides {
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
		if err != nil {
			return nil, 0, err
		}
		sets[k] = make([]float32, side.Dim())
		if err := over.FoldIn(sets[k], row, &Workspace{}); err != nil {
			return nil, 0, err
		}
	}
	return sets, evidence, nil
}

// newcomerPrior is the square root of how much evidence weighs as much as what a new
// item's attributes foretell, measured (docs/quality.md): attributes hold on for long.
const newcomerPrior = 4

// Mixed returns κμ + (1 − κ)y, κ = 4/(4 + √evidence), of what an item's attributes
// foretell, μ, and what its takers gave it, y; and its part κμ. By set of factors; with
// either missing it is the other.
func Mixed(mean, from [][]float32, evidence float64) (sets, prior [][]float32) {
	switch {
	case mean == nil:
		return from, nil
	case from == nil:
		return mean, mean
	}
	kappa := float32(newcomerPrior / (newcomerPrior + math.Sqrt(evidence)))
	for k, y := range from {
		share, v := make([]float32, len(y)), make([]float32, len(y))
		for c := range y {
			share[c] = kappa * mean[k][c]
			v[c] = share[c] + (1-kappa)*y[c]
		}
		prior, sets = append(prior, share), append(sets, v)
	}
	return sets, prior
}
