package engine

import (
	"math"

	"also/engine/kernel"
)

// system is one side held fixed: what the row update of the other side needs.
//
//	(α0 YᵀY + λ_u I + Σ w y yᵀ) x = λ_u μ_u + Σ b y
//
// α0 YᵀY is either diagonal (the axes are the principal axes of Y) or dense.
// A system is not written while rows are solved, and shared by all workers.
type system struct {
	cfg    Config
	rows   int // of Y: what λ_u counts
	dim    int
	stride int          // of Y and of dense; multiples of pad when training
	y      []float32    // rows×stride
	table  kernel.Table // y for conjugate gradients, perhaps at half width
	diag   []float32    // dim values of α0 YᵀY, nil when dense
	dense  []float32    // dim×stride, upper triangle, nil when diagonal
}

// exact solves the row system exactly, in the cheaper of its two forms, and
// returns the minimum of the row's quadratic xᵀAx − 2 xᵀr. It reports false,
// with x undefined, when even double precision finds no finite solution.
// x has length dim.
func (s *system) exact(x []float32, idx []int32, w, b, prior []float32, ws *Workspace) (float64, bool) {
	lambda := float32(s.cfg.rowLambda(len(idx), s.rows))
	if len(idx) == 0 && (prior == nil || lambda == 0) {
		// Nothing to solve: the prior itself, where nothing pulls away from it.
		clear(x)
		copy(x, prior)
		return 0, true
	}
	if s.diag != nil && dualCost(len(idx), s.dim) < primalCost(len(idx), s.dim) && !hasFreeTerm(w, b) {
		if f, ok := s.dual(x, idx, w, b, prior, lambda, ws); ok {
			return f, true
		}
	}
	if f, ok := s.primal(x, idx, w, b, prior, lambda, ws); ok {
		return f, true
	}
	return s.double(x, idx, w, b, prior, float64(lambda), ws)
}

// hasFreeTerm reports an entry with a target term but no weight, which the
// dual cannot divide by.
func hasFreeTerm(w, b []float32) bool {
	for k, v := range w {
		if v == 0 && b[k] != 0 {
			return true
		}
	}
	return false
}

// matrix sets a to the upper triangle of α0 YᵀY + λ I + Σ w y yᵀ, row stride
// s.dim, and where r is not nil adds Σ b y to it.
func (s *system) matrix(a, r []float32, idx []int32, w, b []float32, lambda float32, ws *Workspace) {
	d := s.dim
	if s.diag != nil {
		clear(a)
		for k, v := range s.diag {
			a[k*d+k] = v + lambda
		}
	} else {
		for k := range d {
			copy(a[k*d+k:(k+1)*d], s.dense[k*s.stride+k:k*s.stride+d])
			a[k*d+k] += lambda
		}
	}
	// So many rows at a time stay in the first-level cache. Those that follow are
	// fetched meanwhile, a few before each band of the sum.
	const block, band = 64, 8
	rows, ones := grow(&ws.s, block*d), grow(&ws.vec[1], d)
	for k := range ones {
		ones[k] = 1
	}
	root := grow(&ws.coef, len(idx))
	for j, v := range w {
		root[j] = float32(math.Sqrt(float64(v)))
	}
	for at := 0; at < len(idx); at += block {
		to := min(at+block, len(idx))
		kernel.GatherScaled(rows, s.y, s.stride, idx[at:to], root[at:to], ones)
		if r != nil {
			kernel.GatherAxpy(r, s.y, s.stride, idx[at:to], b[at:to])
		}
		next := idx[to:min(to+block, len(idx))]
		if len(next) == 0 {
			next = ws.ahead
		}
		for i := 0; i < d; i += band {
			kernel.Fetch(s.y, s.stride, next[len(next)*i/d:len(next)*min(i+band, d)/d], d)
			from := i &^ 15 // a whole vector; what is left of the diagonal does not matter
			kernel.Gemm(min(band, d-i), d-from, to-at, rows[i:], 1, d, rows[from:], d, a[i*d+from:], d)
		}
	}
}

// scale sets dst = c·src.
func scale(dst []float32, c float32, src []float32) {
	src = src[:len(dst)]
	for k, v := range src {
		dst[k] = c * v
	}
}

// primal solves the dim×dim system by Cholesky.
func (s *system) primal(x []float32, idx []int32, w, b, prior []float32, lambda float32, ws *Workspace) (float64, bool) {
	a, r := grow(&ws.a, s.dim*s.dim), zeroed(&ws.vec[0], s.dim)
	if prior != nil {
		kernel.Axpy(r[:len(prior)], lambda, prior)
	}
	s.matrix(a, r, idx, w, b, lambda, ws)
	if !kernel.Cholesky(a, s.dim, s.dim) {
		return 0, false
	}
	copy(x, r)
	kernel.CholeskySolve(a, s.dim, s.dim, x)
	f := -float64(kernel.Dot(x, r))
	return f, finite(f) && allFinite(x)
}

// dual solves a short row by its n×n system. With D = α0 YᵀY + λ I diagonal,
// S = W^½ Y and x₀ = λ D⁻¹ μ, the push-through identity
// (D + SᵀS)⁻¹ Sᵀ = D⁻¹ Sᵀ (I + S D⁻¹ Sᵀ)⁻¹ gives
//
//	(I + S D⁻¹ Sᵀ) z = W^−½ b − S x₀        x = x₀ + D⁻¹ Sᵀ z
//
// which loses nothing to cancellation. Entries with w = b = 0 drop out. The system
// is filled up to whole blocks of 16 with rows of the identity.
func (s *system) dual(x []float32, idx []int32, w, b, prior []float32, lambda float32, ws *Workspace) (float64, bool) {
	n, d := len(idx), s.dim
	whole := (n + 15) / 16 * 16
	root := grow(&ws.vec[0], d) // D^−½
	for k, v := range s.diag {
		root[k] = float32(1 / math.Sqrt(float64(v+lambda)))
	}
	weights, z := grow(&ws.coef, n), zeroed(&ws.vec[2], whole)
	for j, v := range w {
		weights[j] = float32(math.Sqrt(float64(v)))
		if v > 0 {
			z[j] = b[j] / weights[j]
		}
	}
	columns := grow(&ws.s, d*whole) // D^−½ Sᵀ
	kernel.GatherTransposed(columns, whole, s.y, s.stride, idx, weights, root)
	kernel.Fetch(s.y, s.stride, ws.ahead, d)
	products := grow(&ws.vec[3], n)
	if prior != nil {
		x0 := grow(&ws.vec[1], d)
		for k, v := range prior {
			x0[k] = lambda * v * root[k] * root[k]
		}
		kernel.GatherDot(products, s.y, s.stride, idx, x0)
		for j, v := range products {
			z[j] -= weights[j] * v
		}
	}
	a := zeroed(&ws.a, whole*whole)
	for j := range whole {
		a[j*whole+j] = 1
	}
	kernel.RankK(whole, d, columns, whole, a, whole)
	if !kernel.Cholesky(a, whole, whole) {
		return 0, false
	}
	kernel.CholeskySolve(a, whole, whole, z)
	for j, v := range weights {
		z[j] *= v
	}
	sum := zeroed(&ws.vec[1], d) // λμ + Sᵀz
	if prior != nil {
		kernel.Axpy(sum, lambda, prior)
	}
	kernel.GatherAxpy(sum, s.y, s.stride, idx, z[:n])
	for k, v := range sum {
		x[k] = root[k] * (root[k] * v)
	}
	// xᵀr = λ μ·x + Σ b y·x
	var f float64
	if prior != nil {
		f -= float64(lambda) * float64(kernel.Dot(prior, x))
	}
	kernel.GatherDot(products, s.y, s.stride, idx, x)
	f -= float64(kernel.Dot(products, b))
	return f, finite(f) && allFinite(x)
}

// sequence returns 0 to n−1.
func sequence(s *[]int32, n int) []int32 {
	for len(*s) < n {
		*s = append(*s, int32(len(*s)))
	}
	return (*s)[:n]
}

// double is primal in double precision, for the rare row that single precision
// cannot solve.
func (s *system) double(x []float32, idx []int32, w, b, prior []float32, lambda float64, ws *Workspace) (float64, bool) {
	d := s.dim
	a, r := make([]float64, d*d), make([]float64, d)
	for k := range d {
		if s.diag != nil {
			a[k*d+k] = float64(s.diag[k])
		} else {
			for l := k; l < d; l++ {
				a[k*d+l] = float64(s.dense[k*s.stride+l])
			}
		}
		a[k*d+k] += lambda
		if prior != nil {
			r[k] = lambda * float64(prior[k])
		}
	}
	for j, i := range idx {
		y := s.y[int(i)*s.stride:][:d]
		for k, v := range y {
			r[k] += float64(b[j]) * float64(v)
			for l := k; l < d; l++ {
				a[k*d+l] += float64(w[j]) * float64(v) * float64(y[l])
			}
		}
	}
	z := append([]float64(nil), r...)
	if !choleskySolve64(a, z, d) {
		return 0, false
	}
	var f float64
	for k, v := range z {
		x[k] = float32(v)
		f -= v * r[k]
	}
	return f, finite(f) && allFinite(x)
}

// choleskySolve64 solves A z = r in place of r; a holds the upper triangle of
// A and is overwritten. It reports false when A is not positive definite.
func choleskySolve64(a, r []float64, d int) bool {
	for k := range d {
		pivot := a[k*d+k]
		if !(pivot > 0 && pivot <= math.MaxFloat64) {
			return false
		}
		root := math.Sqrt(pivot)
		for j := k; j < d; j++ {
			a[k*d+j] /= root
		}
		for i := k + 1; i < d; i++ {
			c := a[k*d+i]
			for j := i; j < d; j++ {
				a[i*d+j] -= c * a[k*d+j]
			}
		}
		r[k] /= root
		for j := k + 1; j < d; j++ {
			r[j] -= a[k*d+j] * r[k]
		}
	}
	for k := d - 1; k >= 0; k-- {
		for j := k + 1; j < d; j++ {
			r[k] -= a[k*d+j] * r[j]
		}
		r[k] /= a[k*d+k]
	}
	return true
}

func finite(v float64) bool { return math.Abs(v) <= math.MaxFloat64 }

func allFinite(x []float32) bool {
	// The difference is zero unless a value is infinite or not a number.
	var s float32
	for _, v := range x {
		s += v - v
	}
	return s == 0
}
