package engine

// BlendExplainer explains many scores of one user. It is not safe for concurrent
// use.
type BlendExplainer struct {
	blend *Blend
	row   []Entry
	sides []*Explainer
	part  []float64
}

// Explainer prepares to explain scores of a user with the history row, which it
// keeps and which must not change, folded in from start, nil for none. Errors are
// those of FoldIn.
func (b *Blend) Explainer(row []Entry, start *Start) (*BlendExplainer, error) {
	e := &BlendExplainer{blend: b, row: row, part: make([]float64, len(row))}
	for k, side := range b.sides {
		known, mean := 1., []float32(nil)
		if start != nil {
			known, mean = start.Known, start.Mean[k]
		}
		s, err := side.ExplainerFrom(row, known, mean)
		if err != nil {
			return nil, err
		}
		e.sides = append(e.sides, s)
	}
	return e, nil
}

// Shares explains the score of item j: dst[k] is what entry k of the history
// adds through all parts, before the gain,
//
//	share_k = Σ_sets v b_k y_jᵀ A⁻¹ y_k  +  h_k W_kj
//
// and gain = (g_j − 1)·(mean + Σ share_k) what the item's own gain makes of that, mean
// being what the start adds, (1 − known) Σ_sets v λ y_jᵀ A⁻¹ mean. The score is the sum of
// all, but for rounding; so the mean's share is what the others leave of it. An unknown
// item has none. Errors are those of FoldIn; dst has the length of the history.
func (e *BlendExplainer) Shares(dst []float64, j int32) (score, gain float64, err error) {
	clear(dst)
	for k, side := range e.blend.sides {
		target := side.Vector(j)
		if target == nil {
			return 0, 0, nil
		}
		part, err := e.sides[k].Shares(e.part, target)
		if err != nil {
			clear(dst)
			return 0, 0, err
		}
		weight := float64(e.blend.roots[k]) * float64(e.blend.roots[k])
		score += weight * part
		for at, share := range e.part {
			dst[at] += weight * share
		}
	}
	for at, entry := range e.row {
		if e.blend.neighbours != nil {
			near := float64(entry.B) * float64(e.blend.neighbours.Weighs(entry.Col, j))
			dst[at] += near
			score += near
		}
	}
	gain = (float64(e.blend.gainOf(j)) - 1) * score
	return score + gain, gain, nil
}

// Target is Shares of the score of a vector that is no item's, given by set of
// factors, of gain 1 and without neighbours.
func (e *BlendExplainer) Target(dst []float64, target [][]float32) (score float64, err error) {
	clear(dst)
	for k := range e.blend.sides {
		part, err := e.sides[k].Shares(e.part, target[k])
		if err != nil {
			clear(dst)
			return 0, err
		}
		weight := float64(e.blend.roots[k]) * float64(e.blend.roots[k])
		for at, share := range e.part {
			dst[at] += weight * share
		}
		score += weight * part
	}
	return score, nil
}

// Influence sets dst[k], of the length of the history row, to the part that its
// entry k has in the user's vector x, measured along x: shares of the score of
// x/|x|², which is 1. A user without a vector has none. Errors are those of FoldIn.
func (b *Blend) Influence(dst []float64, row []Entry, ws *Workspace) error {
	clear(dst)
	x := make([]float32, b.dim)
	if err := b.FoldIn(x, row, ws); err != nil {
		return err
	}
	square := squared(x)
	if square == 0 {
		return nil
	}
	part := make([]float64, len(row))
	for k, side := range b.sides {
		target := x[:side.Dim()]
		x = x[side.Dim():]
		// target is √v x, and so is its part of the vector.
		scale(target, float32(float64(b.roots[k])/square), target)
		if _, err := side.Shares(part, row, target, ws); err != nil {
			clear(dst)
			return err
		}
		for at, share := range part {
			dst[at] += share
		}
	}
	return nil
}
