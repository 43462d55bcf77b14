package engine

import (
	"also/engine/kernel"
)

// cg improves x, its warm start, by steps of conjugate gradients on the row
// system, preconditioned by D = α0 YᵀY + λ I, which is diagonal: exact but for
// the user's own entries, also where λ differs per row. One step costs
// 4·len(idx)·dim operations. It returns the row's quadratic xᵀAx − 2 xᵀr at
// the new x, which comes for nothing: f(x₀) = −x₀·(r₀ + r) and each step lowers
// it by α·(r·z). It reports false when a value stops being finite.
//
// s must be diagonal; x has length stride, zero past dim.
func (s *system) cg(x []float32, idx []int32, w, b, prior []float32, steps int, ws *Workspace) (float64, bool) {
	n := len(x)
	lambda := float32(s.cfg.rowLambda(len(idx), s.rows))
	inverse, r := grow(&ws.vec[0], n), grow(&ws.vec[1], n)
	p, q := grow(&ws.vec[2], n), grow(&ws.vec[3], n)
	diag := grow(&ws.vec[4], n)
	for k := range diag {
		diag[k] = s.diag[k] + lambda
		inverse[k] = 1 / diag[k]
		r[k] = -diag[k] * x[k]
	}
	var f float64
	if prior != nil {
		kernel.Axpy(r[:len(prior)], lambda, prior)
		f -= float64(lambda) * float64(kernel.Dot(prior, x[:len(prior)]))
	}
	coef := grow(&ws.coef, chunk)
	for at := 0; at < len(idx); at += chunk {
		m := min(chunk, len(idx)-at)
		kernel.GatherDot(coef[:m], s.y, s.stride, idx[at:at+m], x)
		var sum float32
		for j := range m {
			t := coef[j]
			sum += b[at+j] * t
			coef[j] = b[at+j] - w[at+j]*t
		}
		f -= float64(sum)
		kernel.GatherAxpy(r, s.y, s.stride, idx[at:at+m], coef[:m])
	}
	f -= float64(kernel.Dot(x, r))
	for k := range p {
		p[k] = r[k] * inverse[k]
	}
	rz := kernel.Dot(r, p)
	for step := 0; step < steps && rz > 0; step++ {
		s.apply(q, p, diag, idx, w, coef)
		alpha := rz / kernel.Dot(p, q)
		kernel.Axpy(x, alpha, p)
		f -= float64(alpha) * float64(rz)
		if step == steps-1 {
			break
		}
		kernel.Axpy(r, -alpha, q)
		for k := range q {
			q[k] = r[k] * inverse[k]
		}
		next := kernel.Dot(r, q)
		beta := next / rz
		for k := range p {
			p[k] = q[k] + beta*p[k]
		}
		rz = next
	}
	return f, finite(f) && allFinite(x)
}

// apply sets q = (D + Σ w y yᵀ) p.
func (s *system) apply(q, p, diag []float32, idx []int32, w, coef []float32) {
	for k := range q {
		q[k] = diag[k] * p[k]
	}
	for at := 0; at < len(idx); at += chunk {
		m := min(chunk, len(idx)-at)
		kernel.GatherDot(coef[:m], s.y, s.stride, idx[at:at+m], p)
		for j := range m {
			coef[j] *= w[at+j]
		}
		kernel.GatherAxpy(q, s.y, s.stride, idx[at:at+m], coef[:m])
	}
}
