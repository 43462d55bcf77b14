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
//
// A reflection changes all that is left: A −= v wᵀ + w vᵀ with p = τ A v and
// w = p − ½ τ (p·v) v. A block of them is put off (Dongarra, Sorensen, Hammarling,
// "Block reduction of matrices to condensed forms", 1989), so that a step only
// reads the matrix, and then all are subtracted in one product.
func tridiagonal(ctx context.Context, a []float32, diagonal, off []float64, n, workers int) ([]float32, error) {
	tau := make([]float32, n)
	r := reduction{a: a, n: n, workers: workers, order: sequence(new([]int32), n), coef: make([]float32, reflections)}
	r.v, r.w = make([]float32, reflections*n), make([]float32, reflections*n)
	r.pair, r.riap = make([]float32, 2*reflections*n), make([]float32, 2*reflections*n)
	for first := 0; first+2 < n; first += reflections {
		clear(r.v)
		clear(r.w)
		count := min(reflections, n-2-first)
		for j := range count {
			k := first + j
			row := a[k*n+k : (k+1)*n]
			r.uptodate(row, k, j)
			diagonal[k] = float64(row[0])
			tau[k], off[k] = reflector(row[1:])
			if tau[k] == 0 {
				continue
			}
			copy(r.v[j*n+k+1:(j+1)*n], row[1:])
			if err := r.step(ctx, k, j, tau[k]); err != nil {
				return nil, err
			}
		}
		if err := r.subtract(ctx, first+count, count); err != nil {
			return nil, err
		}
	}
	for k := max(0, n-2); k < n; k++ {
		diagonal[k] = float64(a[k*n+k])
	}
	if n > 1 {
		off[n-2] = float64(a[(n-2)*n+n-1])
	}
	off[n-1] = 0
	return tau, nil
}

// reflections is how many are put off.
const reflections = 32

// reduction is a tridiagonal reduction on its way: the matrix is a, n×n, less
// Σ v wᵀ + w vᵀ over the rows of v and w, each of length n.
type reduction struct {
	a, v, w    []float32
	pair, riap []float32 // v above w, w above v, to be subtracted
	coef       []float32
	order      []int32
	n, workers int
}

// uptodate subtracts from row k, which begins at the diagonal, what the first j
// reflections changed.
func (r *reduction) uptodate(row []float32, k, j int) {
	for l := range j {
		kernel.Axpy(row, -r.v[l*r.n+k], r.w[l*r.n+k:(l+1)*r.n])
		kernel.Axpy(row, -r.w[l*r.n+k], r.v[l*r.n+k:(l+1)*r.n])
	}
}

// step sets row j of w for the reflection of column k, row j of v.
func (r *reduction) step(ctx context.Context, k, j int, tau float32) error {
	const block = 128 // rows that a worker takes at a time
	n := r.n
	// From a whole vector on: before k+1, v is zero.
	from := (k + 1) &^ 15
	v, w := r.v[j*n+from:(j+1)*n], r.w[j*n+from:(j+1)*n]
	rows := n - k - 1
	blocks := (rows + block - 1) / block
	err := parallel(ctx, r.workers, blocks, func(_, task int) error {
		lo, hi := k+1+task*block, min(n, k+1+(task+1)*block)
		kernel.GatherDot(w[lo-from:hi-from], r.a[from:], n, r.order[lo:hi], v)
		return nil
	})
	if err != nil {
		return err
	}
	coef := r.coef[:j]
	for _, sides := range [2][2][]float32{{r.w, r.v}, {r.v, r.w}} {
		kernel.GatherDot(coef, sides[0][from:], n, r.order[:j], v)
		for l := range coef {
			coef[l] = -coef[l]
		}
		kernel.GatherAxpy(w, sides[1][from:], n, r.order[:j], coef)
	}
	clear(w[:k+1-from])
	for l := range w {
		w[l] *= tau
	}
	kernel.Axpy(w, -tau/2*kernel.Dot(w, v), v)
	return nil
}

// subtract brings what is left of the matrix, from row and column first on, up to
// date with count reflections.
func (r *reduction) subtract(ctx context.Context, first, count int) error {
	const block = 64
	n := r.n
	for l := range count {
		v, w := r.v[l*n:(l+1)*n], r.w[l*n:(l+1)*n]
		copy(r.pair[l*n:], v)
		copy(r.pair[(count+l)*n:], w)
		copy(r.riap[l*n:], w)
		copy(r.riap[(count+l)*n:], v)
	}
	return parallel(ctx, r.workers, (n-first+block-1)/block, func(_, task int) error {
		lo, hi := first+task*block, min(n, first+(task+1)*block)
		kernel.GemmLess(hi-lo, n-first, 2*count, r.pair[lo:], 1, n, r.riap[first:], n, r.a[lo*n+first:], n)
		return nil
	})
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
