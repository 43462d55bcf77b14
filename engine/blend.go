package engine

import (
	"math"
	"slices"

	"also/engine/kernel"
)

// Parts is what a model is made of. A user's score of item j is
//
//	g_j · ( Σ_k v_k x_u^k·y_j^k  +  Σ_i∈history h_i W_ij )
//
// with x^k the fold-in of the user's history in factors k, h_i the target term
// b of its entry i. Every part is a function of the history, so that a last click
// counts at once, and linear in it given the fold-in, so that shares add up.
type Parts struct {
	// Factors has one set or more, side by side, all of the same items.
	Factors []WeightedModel
	// Neighbours is W, nil for none.
	Neighbours *Neighbours
	// Gain is g, one an item, above 0 and finite; nil: 1 for all.
	Gain []float32
	// Attributes foretells items that nobody took; nil for none. Scores of the others
	// do not know of it.
	Attributes *AttributeMap
}

// WeightedModel is a set of factors and its weight v > 0 in the score.
type WeightedModel struct {
	Model  *Model
	Weight float64
}

// Validate reports the first thing that does not fit as an *InvalidError.
func (p Parts) Validate() error {
	if len(p.Factors) == 0 {
		return invalid("factors", "are missing: a model needs a set of them")
	}
	items := p.Factors[0].Model.Items.Rows
	for _, f := range p.Factors {
		switch {
		case f.Model.Items.Rows != items:
			return invalid("factors", "are of %d items and of %d", items, f.Model.Items.Rows)
		case !(f.Weight > 0 && f.Weight <= maxWeight):
			return invalid("weight", "of factors must be above 0, is %g", f.Weight)
		}
	}
	if p.Neighbours != nil {
		if p.Neighbours.Items() != items {
			return invalid("neighbours", "are of %d items, the factors of %d", p.Neighbours.Items(), items)
		}
		if err := p.Neighbours.Validate(); err != nil {
			return err
		}
	}
	if p.Gain != nil && len(p.Gain) != items {
		return invalid("gain", "is of %d items, the factors of %d", len(p.Gain), items)
	}
	for i, g := range p.Gain {
		if !(g > 0 && g <= maxWeight) {
			return invalid("gain", "must be above 0, is %g at item %d", g, i)
		}
	}
	if p.Attributes != nil {
		return p.Attributes.Validate(p.Factors)
	}
	return nil
}

// Blend is a whole model ready to answer. It is immutable and safe for
// concurrent use; what it was made of must not change.
//
// Its vectors have the dimension of all factors together: a user's is √v_k x^k
// one after the other, an item's g_j √v_k y^k.
type Blend struct {
	sides      []*Side
	roots      []float32 // √v_k
	dim        int
	index      *Index
	neighbours *Neighbours
	gain       []float32
}

// NewBlend prepares a model to answer. One set of factors of weight 1 without a
// gain is used as it lies; otherwise the items' vectors are made anew, 4 bytes a
// value. Its error is an *InvalidError.
func NewBlend(p Parts, opts IndexOptions) (*Blend, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	b := &Blend{neighbours: p.Neighbours, gain: p.Gain}
	for _, f := range p.Factors {
		side, err := NewSide(f.Model.Config, f.Model.Items)
		if err != nil {
			return nil, err
		}
		b.sides, b.roots = append(b.sides, side), append(b.roots, float32(math.Sqrt(f.Weight)))
		b.dim += side.Dim()
	}
	items := p.Factors[0].Model.Items
	if len(p.Factors) > 1 || p.Factors[0].Weight != 1 || p.Gain != nil {
		items = b.vectors(0, items.Rows)
	}
	b.index = NewIndex(items, opts)
	return b, nil
}

// vectors returns the vectors of items lo ≤ j < hi.
func (b *Blend) vectors(lo, hi int) Factors {
	f := NewFactors(hi-lo, b.dim)
	for j := lo; j < hi; j++ {
		at := f.Row(j - lo)
		for k, side := range b.sides {
			d := side.Dim()
			scale(at[:d], b.roots[k]*b.gainOf(int32(j)), side.Vector(int32(j)))
			at = at[d:]
		}
	}
	return f
}

// gainOf returns g_j; 1 for an overlay's items.
func (b *Blend) gainOf(j int32) float32 {
	if int(j) >= len(b.gain) {
		return 1
	}
	return b.gain[j]
}

// Items returns the number of items, overlay included.
func (b *Blend) Items() int { return b.index.Items() }

// Dim returns the dimension of users' and items' vectors.
func (b *Blend) Dim() int { return b.dim }

// FoldIn solves a user's vector from their history: Side.FoldIn of every set of
// factors. dst has length Dim. Errors are those of Side.FoldIn.
func (b *Blend) FoldIn(dst []float32, row []Entry, ws *Workspace) error {
	return b.FoldInFrom(dst, row, nil, ws)
}

// FoldInFrom is FoldIn of a user of whom little is known, from where that begins:
// Side.FoldInFrom of every set of factors. Without a start, nil, it is FoldIn.
func (b *Blend) FoldInFrom(dst []float32, row []Entry, start *Start, ws *Workspace) error {
	if len(dst) != b.dim {
		panic("engine: Blend.FoldIn: wrong length")
	}
	at := dst
	for k, side := range b.sides {
		x := at[:side.Dim()]
		var err error
		if start == nil {
			err = side.FoldIn(x, row, ws)
		} else {
			err = side.FoldInFrom(x, row, start.Known, start.Mean[k], ws)
		}
		if err != nil {
			clear(dst)
			return err
		}
		if b.roots[k] != 1 {
			scale(x, b.roots[k], x)
		}
		at = at[side.Dim():]
	}
	return nil
}

// Score returns a user's score of item j, 0 for one that there is not.
func (b *Blend) Score(user []float32, row []Entry, j int32) float32 {
	y := b.index.Vector(j)
	if y == nil {
		return 0
	}
	var sum float32
	if b.neighbours != nil {
		for _, e := range row {
			sum += e.B * b.neighbours.Weighs(e.Col, j)
		}
	}
	return kernel.Dot(user, y) + b.gainOf(j)*sum
}

// WithOverlay returns a blend that also has extra items: one set of factors an
// original one, all of the same number of rows. They have no neighbours and the
// gain 1. It replaces any overlay of b. Its error is an *InvalidError.
func (b *Blend) WithOverlay(extra []Factors) (*Blend, error) {
	if len(extra) != len(b.sides) {
		return nil, invalid("overlay", "has %d sets of factors, the model %d", len(extra), len(b.sides))
	}
	o := *b
	o.sides = slices.Clone(b.sides)
	for k, f := range extra {
		if f.Rows != extra[0].Rows {
			return nil, invalid("overlay", "has %d items and %d", extra[0].Rows, f.Rows)
		}
		var err error
		if o.sides[k], err = b.sides[k].WithOverlay(f); err != nil {
			return nil, err
		}
	}
	rows := b.index.items.Rows
	o.index = b.index.WithOverlay(o.vectors(rows, rows+extra[0].Rows))
	return &o, nil
}

// Split returns a user's vector, of FoldIn, as its solutions in each set of
// factors, without their weights.
func (b *Blend) Split(user []float32) [][]float32 {
	var sets [][]float32
	for k, side := range b.sides {
		x := make([]float32, side.Dim())
		scale(x, 1/b.roots[k], user[:side.Dim()])
		sets, user = append(sets, x), user[side.Dim():]
	}
	return sets
}
