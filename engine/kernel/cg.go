package kernel

// The vector work of conjugate gradients between two passes over a row. All
// slices of a call have one length, a multiple of 32, or it panics.

// CGStart sets diag = base + λ, inverse = 1/diag and r = −diag∘x.
func CGStart(r, diag, inverse, base, x []float32, lambda float32) {
	checkEqual(r, diag, inverse, base, x)
	cgStart(best, r, diag, inverse, base, x, lambda)
}

// CGDirection sets p = inverse∘r and returns r·p and x·r.
func CGDirection(p, r, inverse, x []float32) (rz, xr float32) {
	checkEqual(p, r, inverse, x)
	return cgDirection(best, p, r, inverse, x)
}

// CGScale sets q = diag∘p and returns p·q.
func CGScale(q, diag, p []float32) float32 {
	checkEqual(q, diag, p)
	return cgScale(best, q, diag, p)
}

// CGStep sets x += α p, r −= α q and q = inverse∘r, and returns r·q.
func CGStep(x, r, q, p, inverse []float32, alpha float32) float32 {
	checkEqual(x, r, q, p, inverse)
	return cgStep(best, x, r, q, p, inverse, alpha)
}

// CGTurn sets p = q + β p, then q = diag∘p, and returns p·q.
func CGTurn(p, q, diag []float32, beta float32) float32 {
	checkEqual(p, q, diag)
	return cgTurn(best, p, q, diag, beta)
}

func checkEqual(first []float32, others ...[]float32) {
	if len(first) == 0 || len(first)%32 != 0 {
		panic("kernel: CG: length is not a multiple of 32")
	}
	for _, s := range others {
		if len(s) != len(first) {
			panic("kernel: CG: lengths differ")
		}
	}
}

func cgStartGo(r, diag, inverse, base, x []float32, lambda float32) {
	for k := range r {
		diag[k] = base[k] + lambda
		inverse[k] = 1 / diag[k]
		r[k] = -diag[k] * x[k]
	}
}

func cgDirectionGo(p, r, inverse, x []float32) (rz, xr float32) {
	for k := range p {
		p[k] = inverse[k] * r[k]
	}
	return dotGo(r, p), dotGo(x, r)
}

func cgScaleGo(q, diag, p []float32) float32 {
	for k := range q {
		q[k] = diag[k] * p[k]
	}
	return dotGo(p, q)
}

func cgStepGo(x, r, q, p, inverse []float32, alpha float32) float32 {
	for k := range x {
		x[k] += alpha * p[k]
		r[k] -= alpha * q[k]
		q[k] = inverse[k] * r[k]
	}
	return dotGo(r, q)
}

func cgTurnGo(p, q, diag []float32, beta float32) float32 {
	for k := range p {
		p[k] = q[k] + beta*p[k]
		q[k] = diag[k] * p[k]
	}
	return dotGo(p, q)
}
