package engine

import (
	"context"
	"math"
	"slices"

	"also/engine/kernel"
)

// Attributes says which features each row has: CSR, features ascending within a
// row.
type Attributes struct {
	Features int
	Ptr      []int64
	Idx      []int32
}

// Row returns the features of row i.
func (a *Attributes) Row(i int) []int32 { return a.Idx[a.Ptr[i]:a.Ptr[i+1]] }

// AttributeConfig is how item factors are foretold from attributes.
type AttributeConfig struct {
	// Lambda is the ridge λ > 0: as many items without a taste of their own as each
	// feature is taken to have. Default 10.
	Lambda float64 `json:"lambda"`
}

// DefaultAttributes returns the configuration to start from.
func DefaultAttributes() AttributeConfig { return AttributeConfig{Lambda: 10} }

// Validate reports the first field out of its range as an *InvalidError.
func (c AttributeConfig) Validate() error {
	if !(c.Lambda > 0 && c.Lambda <= maxWeight) {
		return invalid("attributes.lambda", "must be above 0, is %g", c.Lambda)
	}
	return nil
}

// AttributeMap foretells an item's factors from its features: their sum, by set of
// factors features × dimension. So an item that nobody took has a mean to start from.
type AttributeMap struct {
	Sets []Factors
}

// Validate reports as an *InvalidError what does not fit the sets of factors.
func (m *AttributeMap) Validate(factors []WeightedModel) error {
	if len(m.Sets) != len(factors) {
		return invalid("attributes", "are of %d sets of factors, the model has %d", len(m.Sets), len(factors))
	}
	for k, f := range m.Sets {
		if f.Dim != factors[k].Model.Items.Dim || f.Rows != m.Sets[0].Rows {
			return invalid("attributes", "have another shape than the factors")
		}
		if err := f.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// Prior sets dst to the mean that an item with these features starts from in set k.
func (m *AttributeMap) Prior(dst []float32, k int, features []int32) {
	clear(dst)
	for _, f := range features {
		kernel.Axpy(dst, 1, m.Sets[k].Row(int(f)))
	}
}

// TrainAttributes fits the map to trained factors: for each set, w minimises
//
//	Σ_j n_j/(n_j + 10) |y_j − Σ_{f of j} w_f|²  +  λ Σ_f |w_f|²
//
// n_j how many users item j has. a has a row an item. Every column of the factors
// is a ridge regression of its own, solved by conjugate gradients. Errors are ctx's
// and *InvalidError.
func TrainAttributes(ctx context.Context, m *Matrix, factors []WeightedModel, a *Attributes, cfg AttributeConfig, workers int) (*AttributeMap, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if len(a.Ptr) != m.Cols+1 {
		return nil, invalid("attributes", "are of %d items, the matrix has %d", len(a.Ptr)-1, m.Cols)
	}
	known := make([]float32, m.Cols)
	for _, j := range m.Idx {
		known[j]++
	}
	for j, n := range known {
		known[j] = n / (n + 10)
	}
	out := &AttributeMap{}
	for _, f := range factors {
		r := ridgeOn{attributes: a, weight: known, lambda: slices.Repeat([]float32{float32(cfg.Lambda)}, a.Features)}
		w, err := r.fit(ctx, f.Model.Items, workers)
		if err != nil {
			return nil, err
		}
		out.Sets = append(out.Sets, w)
	}
	return out, nil
}

// Columns that are solved together, and how far.
const (
	attributeBlock = 32
	attributeSteps = 60
	attributeRest  = 1e-4 // of the right side's length
)

// ridgeOn is the normal equations (Aᵀ Ω A + Λ) w = Aᵀ Ω y.
type ridgeOn struct {
	attributes *Attributes
	weight     []float32 // by row
	lambda     []float32 // by feature
}

// fit solves them for every column of y.
func (r ridgeOn) fit(ctx context.Context, y Factors, workers int) (Factors, error) {
	w := NewFactors(len(r.lambda), y.Dim)
	if w.Rows == 0 {
		return w, nil
	}
	blocks := (w.Dim + attributeBlock - 1) / attributeBlock
	return w, parallel(ctx, defaultWorkers(workers), blocks, func(_, task int) error {
		lo := task * attributeBlock
		r.solve(w, y, lo, min(lo+attributeBlock, w.Dim))
		return nil
	})
}

// times sets dst = (Aᵀ Ω A + Λ) v, features × n; row is scratch of length n.
func (r ridgeOn) times(dst, v, row []float32) {
	n := len(row)
	for k := range dst {
		dst[k] = r.lambda[k/n] * v[k]
	}
	for j, weight := range r.weight {
		features := r.attributes.Row(j)
		if weight == 0 || len(features) == 0 {
			continue
		}
		clear(row)
		for _, f := range features {
			kernel.Axpy(row, 1, v[int(f)*n:int(f+1)*n])
		}
		for _, f := range features {
			kernel.Axpy(dst[int(f)*n:int(f+1)*n], weight, row)
		}
	}
}

// solve fills columns lo to hi−1 of w, each by conjugate gradients of its own,
// preconditioned by the diagonal.
func (r ridgeOn) solve(w, y Factors, lo, hi int) {
	n, features := hi-lo, w.Rows
	x, p, q, rest := make([]float32, features*n), make([]float32, features*n), make([]float32, features*n), make([]float32, features*n)
	row := make([]float32, n)
	diagonal := slices.Clone(r.lambda)
	for j, weight := range r.weight {
		for _, f := range r.attributes.Row(j) {
			diagonal[f] += weight
			kernel.Axpy(rest[int(f)*n:int(f+1)*n], weight, y.Row(j)[lo:hi])
		}
	}
	columns := func(a, b []float32, scaled bool) []float64 {
		sums := make([]float64, n)
		for f := range features {
			s := 1.
			if scaled {
				s = 1 / float64(diagonal[f])
			}
			for c := range n {
				sums[c] += s * float64(a[f*n+c]) * float64(b[f*n+c])
			}
		}
		return sums
	}
	rz := columns(rest, rest, true)
	first := slices.Clone(rz)
	for k := range p {
		p[k] = rest[k] / diagonal[k/n]
	}
	for range attributeSteps {
		r.times(q, p, row)
		pq := columns(p, q, false)
		going := false
		for c := range n {
			step := float32(0)
			if pq[c] > 0 && rz[c] > attributeRest*attributeRest*first[c] {
				step, going = float32(rz[c]/pq[c]), true
			}
			for k := c; k < len(x); k += n {
				x[k] += step * p[k]
				rest[k] -= step * q[k]
			}
		}
		if !going {
			break
		}
		next := columns(rest, rest, true)
		for c := range n {
			turn := float32(0)
			if rz[c] > 0 {
				turn = float32(next[c] / math.Max(rz[c], math.SmallestNonzeroFloat32))
			}
			for k := c; k < len(p); k += n {
				p[k] = rest[k]/diagonal[k/n] + turn*p[k]
			}
		}
		rz = next
	}
	for f := range features {
		copy(w.Row(f)[lo:hi], x[f*n:(f+1)*n])
	}
}
