package engine

import "also/engine/kernel"

const (
	// chunk is how many rows one kernel call takes.
	chunk = 256
	// lookAhead is how many rows the memory is asked for ahead of their use.
	lookAhead = 64
)

// cg improves x, its warm start, by steps of conjugate gradients on the row
// system, preconditioned by D = α0 YᵀY + λ I, which is diagonal: exact but for
// the row's own entries, also where λ differs per row. One step costs
// 4·n·dim operations for n entries. It returns the row's quadratic
// xᵀAx − 2 xᵀr at the new x, which comes for nothing: f(x₀) = −x₀·(r₀ + r), and
// each step lowers it by α·(r·z). It reports false when a value stops being
// finite.
//
// The row is the first n of idx; what follows in idx are the rows wanted next.
// x has length stride, zero past dim; prior too, or nil.
func (s *system) cg(x []float32, idx []int32, n int, w, b, prior []float32, steps int, ws *Workspace) (float64, bool) {
	lambda := float32(s.cfg.rowLambda(n, s.rows))
	inverse, r := grow(&ws.vec[0], len(x)), grow(&ws.vec[1], len(x))
	p, q := grow(&ws.vec[2], len(x)), grow(&ws.vec[3], len(x))
	diag := grow(&ws.vec[4], len(x))
	kernel.CGStart(r, diag, inverse, s.diag, x, lambda)
	var f float64
	if prior != nil {
		kernel.Axpy(r, lambda, prior)
		f -= float64(lambda) * float64(kernel.Dot(prior, x))
	}
	row := idx[:n]
	for at := 0; at < n; at += chunk {
		to := min(at+chunk, n)
		ahead := idx[min(len(idx), at+lookAhead):min(len(idx), to+lookAhead)]
		f -= float64(s.table.Residual(r, row[at:to], w[at:to], b[at:to], x, ahead))
	}
	rz, xr := kernel.CGDirection(p, r, inverse, x)
	f -= float64(xr)
	pq := kernel.CGScale(q, diag, p)
	for step := 1; rz > 0; step++ {
		// The last step needs the curvature along p, but no new residual.
		last := step >= steps
		for at := 0; at < n; at += chunk {
			to := min(at+chunk, n)
			if last {
				pq += s.table.Energy(row[at:to], w[at:to], p, nil)
			} else {
				pq += s.table.Product(q, row[at:to], w[at:to], p, nil)
			}
		}
		alpha := rz / pq
		f -= float64(alpha) * float64(rz)
		if last {
			kernel.Axpy(x, alpha, p)
			break
		}
		next := kernel.CGStep(x, r, q, p, inverse, alpha)
		pq = kernel.CGTurn(p, q, diag, next/rz)
		rz = next
	}
	return f, finite(f) && allFinite(x)
}
