package evaluate

import (
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"also/engine"
	"also/engine/kernel"
)

// MaxEASEItems is the largest catalogue that EASE takes: its matrix has a
// value for every pair of items.
const MaxEASEItems = 10_000

// EASE returns the scorer of Steck ("Embarrassingly Shallow Autoencoders for
// Sparse Data", WWW 2019): item–item weights B that minimise |R − RB|² + λ|B|²
// with a zero diagonal, in closed form B_ij = −P_ij / P_jj for
// P = (RᵀR + λI)⁻¹. A user's score of item j is the sum of B_ij over their
// history. It counts users, not weights. λ is positive, 500 in the paper for
// films. Its error is ctx's, or an *engine.InvalidError for more than
// MaxEASEItems items, or a λ too small for single precision.
func EASE(ctx context.Context, train *engine.Matrix, lambda float64) (Scorer, error) {
	n := train.Cols
	if n > MaxEASEItems || !(lambda > 0) {
		return nil, &engine.InvalidError{Field: "ease", Message: fmt.Sprintf("takes up to %d items and a positive λ, is given %d and %g", MaxEASEItems, n, lambda)}
	}
	p := make([]float32, n*n)
	byItem := train.Transpose()
	for i := range n {
		row := p[i*n : (i+1)*n]
		users, _, _ := byItem.Row(i)
		for _, u := range users {
			items, _, _ := train.Row(int(u))
			for _, j := range items {
				row[j]++
			}
		}
		row[i] += float32(lambda)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if err := invert(ctx, p, n); err != nil {
		return nil, err
	}
	scale := make([]float32, n)
	for j := range n {
		scale[j] = -1 / p[j*n+j]
	}
	for i := range n {
		for j := range n {
			p[i*n+j] *= scale[j]
		}
		p[i*n+i] = 0
	}
	return &easeScorer{weights: p, items: n}, nil
}

// invert replaces the positive definite n×n matrix by its inverse: Gauss and
// Jordan by blocks, which needs no pivoting there. With D the inverse of the
// pivot block and R = D·A_k the pivot's rows, the other rows lose A_ik·R, and
// their part in the pivot's columns becomes −A_ik·D.
func invert(ctx context.Context, a []float32, n int) error {
	const block = 64
	column := make([]float32, n*block)
	rows := make([]float32, block*n)
	for k := 0; k < n; k += block {
		if err := ctx.Err(); err != nil {
			return err
		}
		width := min(block, n-k)
		pivot, err := invertBlock(a[k*n+k:], width, n)
		if err != nil {
			return err
		}
		for i := range n {
			copy(column[i*width:(i+1)*width], a[i*n+k:i*n+k+width])
			clear(a[i*n+k : i*n+k+width])
		}
		r := rows[:width*n]
		clear(r)
		kernel.Gemm(width, n, width, pivot, width, 1, a[k*n:], n, r, n)
		for i := range width {
			copy(r[i*n+k:i*n+k+width], pivot[i*width:(i+1)*width])
		}
		for i := 0; i < n; i += block {
			if i == k {
				continue
			}
			// The pivot's columns were cleared: what they lose to R is −A_ik·D.
			kernel.GemmLess(min(block, n-i), n, width, column[i*width:], width, 1, r, n, a[i*n:], n)
		}
		copy(a[k*n:(k+width)*n], r)
	}
	return nil
}

// invertBlock returns the inverse of the width×width block at a, in double
// precision.
func invertBlock(a []float32, width, stride int) ([]float32, error) {
	block := mat.NewSymDense(width, nil)
	for i := range width {
		for j := i; j < width; j++ {
			block.SetSym(i, j, float64(a[i*stride+j]))
		}
	}
	var factor mat.Cholesky
	var inverse mat.SymDense
	if !factor.Factorize(block) || factor.InverseTo(&inverse) != nil {
		return nil, &engine.InvalidError{Field: "ease", Message: "λ is too small for single precision"}
	}
	out := make([]float32, width*width)
	for i := range width {
		for j := range width {
			out[i*width+j] = float32(inverse.At(i, j))
		}
	}
	return out, nil
}

type easeScorer struct {
	weights []float32
	items   int
}

func (s *easeScorer) Items() int { return s.items }

func (s *easeScorer) NewRanker() Ranker {
	return eachUser((&easeRanker{scorer: s, score: make([]float32, s.items)}).rank)
}

type easeRanker struct {
	scorer *easeScorer
	score  []float32
	list   []engine.Scored
}

func (r *easeRanker) rank(dst []engine.Scored, u User, k int, filter *engine.Bitmap) []engine.Scored {
	n := r.scorer.items
	clear(r.score)
	for _, e := range u.History {
		if e.Col >= 0 && int(e.Col) < n {
			kernel.Axpy(r.score, 1, r.scorer.weights[int(e.Col)*n:(int(e.Col)+1)*n])
		}
	}
	r.list = r.list[:0]
	for i, score := range r.score {
		if filter == nil || filter.Has(int32(i)) {
			r.list = append(r.list, engine.Scored{Item: int32(i), Score: score})
		}
	}
	slices.SortFunc(r.list, byScore)
	dst = dst[:0]
	for _, s := range r.list {
		if len(dst) == k {
			break
		}
		if _, found := slices.BinarySearch(u.Exclude, s.Item); !found {
			dst = append(dst, s)
		}
	}
	return dst
}
