package engine

import (
	"context"
	"math"

	"also/engine/kernel"
)

// eigen decomposes the symmetric n×n matrix a, row-major, both triangles, no
// element much larger than 1: on
// return row k of vectors, rows stride apart, is the eigenvector of values[k],
// in no order. a is overwritten. Vectors are of single precision, values
// of double, within single precision's backward error of a.
//
// Three steps: Householder's reduction to tridiagonal form; implicit QL with
// Wilkinson's shift on that (Parlett, "The Symmetric Eigenvalue Problem",
// chapters 7 and 8), which only notes its rotations; then all rotations, strip
// by strip of columns, so that a strip stays in cache and workers share none.
// It reports false when QL does not converge (values that are not finite).
func eigen(ctx context.Context, a []float32, n, workers int) (values []float64, vectors []float32, stride int, ok bool, err error) {
	const strip = 64
	stride = (n + strip - 1) / strip * strip
	values, off := make([]float64, n), make([]float64, n)
	tau, err := tridiagonal(ctx, a, values, off, n, workers)
	if err != nil {
		return nil, nil, 0, false, err
	}
	turns, ok := implicitQL(values, off)
	if !ok {
		return nil, nil, 0, false, nil
	}
	q := make([]float32, n*stride)
	err = parallel(ctx, workers, stride/strip, func(_, task int) error {
		reflectors(q[task*strip:], a, tau, n, stride, task*strip, strip)
		return nil
	})
	if err != nil {
		return nil, nil, 0, false, err
	}
	transpose(q, n, stride)
	err = parallel(ctx, workers, stride/strip, func(_, task int) error {
		for _, s := range turns.sweeps {
			kernel.Rotate(q[task*strip:], stride, s.low, turns.cs[s.from:s.to], strip)
		}
		return nil
	})
	return values, q, stride, true, err
}

// tridiagonal reduces a to the diagonal and the elements below it, off[k]
// beside diagonal[k] and [k+1], by reflections I − τ v vᵀ, one after the other,
// of which it returns τ and leaves v of column k in row k, right of the diagonal.
func tridiagonal(ctx context.Context, a []float32, diagonal, off []float64, n, workers int) ([]float32, error) {
	const block = 128 // rows that a worker takes at a time
	tau, p, pair := make([]float32, n), make([]float32, n), make([]float32, 4*n)
	order := sequence(new([]int32), n)
	for k := 0; k+2 < n; k++ {
		v := a[k*n+k+1 : (k+1)*n]
		tau[k], off[k] = reflector(v)
		if tau[k] == 0 {
			continue
		}
		// With A the trailing block: p = τ A v, w = p − ½ τ (p·v) v,
		// A −= v wᵀ + w vᵀ.
		m := n - k - 1
		trailing := a[(k+1)*n+k+1:]
		w := p[:m]
		blocks := (m + block - 1) / block
		if err := parallel(ctx, workers, blocks, func(_, task int) error {
			lo, hi := task*block, min(m, (task+1)*block)
			kernel.GatherDot(w[lo:hi], trailing, n, order[lo:hi], v)
			return nil
		}); err != nil {
			return nil, err
		}
		for j := range w {
			w[j] *= tau[k]
		}
		kernel.Axpy(w, -tau[k]/2*kernel.Dot(w, v), v)
		copy(pair, v)
		copy(pair[m:], w)
		copy(pair[2*m:], w)
		copy(pair[3*m:], v)
		if err := parallel(ctx, workers, blocks, func(_, task int) error {
			lo, hi := task*block, min(m, (task+1)*block)
			kernel.GemmLess(hi-lo, m, 2, pair[lo:2*m], 1, m, pair[2*m:4*m], m, trailing[lo*n:], n)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	for k := range n {
		diagonal[k] = float64(a[k*n+k])
	}
	if n > 1 {
		off[n-2] = float64(a[(n-2)*n+n-1])
	}
	off[n-1] = 0
	return tau, nil
}

// reflectors sets width columns of q, rows stride apart, to those from first on
// of the product of all reflections, from the last: what is left of a column, or
// above, it does not touch.
func reflectors(q, a, tau []float32, n, stride, first, width int) {
	for j := first; j < min(n, first+width); j++ {
		q[j*stride+j-first] = 1
	}
	order := sequence(new([]int32), n)
	w := make([]float32, width)
	for k := min(n-3, first+width-2); k >= 0; k-- {
		if tau[k] == 0 {
			continue
		}
		m := n - k - 1
		v := a[k*n+k+1 : (k+1)*n]
		below := q[(k+1)*stride:]
		clear(w)
		kernel.GatherAxpy(w, below, stride, order[:m], v)
		for j := range w {
			w[j] *= tau[k]
		}
		kernel.GemmLess(m, width, 1, v, 1, m, w, width, below, stride)
	}
}

// transpose turns the n×n matrix q, rows stride apart, in place.
func transpose(q []float32, n, stride int) {
	for i := range n {
		for j := range i {
			q[i*stride+j], q[j*stride+i] = q[j*stride+i], q[i*stride+j]
		}
	}
}

// reflector turns v into the vector of a Householder reflection that maps it
// to a multiple of the first axis, and returns its factor τ and that multiple.
// τ is 0 when there is nothing to do.
func reflector(v []float32) (tau float32, beta float64) {
	var rest float64
	for _, x := range v[1:] {
		rest += float64(x) * float64(x)
	}
	alpha := float64(v[0])
	if rest < 1e-60 { // nothing, beside a largest element of 1
		return 0, alpha
	}
	beta = -math.Copysign(math.Sqrt(alpha*alpha+rest), alpha)
	scale := float32(1 / (alpha - beta))
	for j := range v {
		v[j] *= scale
	}
	v[0] = 1
	return float32((beta - alpha) / beta), beta
}

// rotations are Givens rotations in the order they act, in sweeps: those of a
// sweep act on rows low+count−1 and low+count, then one lower, down to low.
type rotations struct {
	cs     []float32 // cosine and sine of each
	sweeps []sweepOfRotations
}

type sweepOfRotations struct{ low, from, to int }

// implicitQL turns the tridiagonal matrix of diagonal d and off-diagonal e,
// both of length n, into its eigenvalues, in d. It notes the rotations, and
// reports false when a value takes more than 50 sweeps.
func implicitQL(d, e []float64) (rotations, bool) {
	var turns rotations
	n := len(d)
	var largest float64
	for k := range n {
		largest = max(largest, math.Abs(d[k]), math.Abs(e[k]))
	}
	if !finite(largest) {
		return turns, false
	}
	// Nothing, beside the single precision that the matrix comes from.
	nothing := 0x1p-34 * largest
	for l := range n {
		for sweep := 0; ; sweep++ {
			m := l
			for ; m < n-1; m++ {
				if math.Abs(e[m]) <= nothing {
					break
				}
			}
			if m == l {
				break
			}
			if sweep == 50 {
				return turns, false
			}
			turns.sweep(d, e, l, m)
		}
	}
	return turns, true
}

// sweep chases one shifted QL step up from m to l.
func (t *rotations) sweep(d, e []float64, l, m int) {
	g := (d[l+1] - d[l]) / (2 * e[l])
	r := math.Hypot(g, 1)
	g = d[m] - d[l] + e[l]/(g+math.Copysign(r, g))
	s, c, p := 1.0, 1.0, 0.0
	from := len(t.cs)
	i := m - 1
	for ; i >= l; i-- {
		f, b := s*e[i], c*e[i]
		r = math.Hypot(f, g)
		e[i+1] = r
		if r == 0 { // e[i] underflowed: the matrix falls apart here
			d[i+1] -= p
			e[m] = 0
			break
		}
		s, c = f/r, g/r
		g = d[i+1] - p
		r = (d[i]-g)*s + 2*c*b
		p = s * r
		d[i+1] = g + p
		g = c*r - b
		t.cs = append(t.cs, float32(c), float32(s))
	}
	if i < l {
		d[l] -= p
		e[l] = g
		e[m] = 0
	}
	t.sweeps = append(t.sweeps, sweepOfRotations{low: i + 1, from: from, to: len(t.cs)})
}
