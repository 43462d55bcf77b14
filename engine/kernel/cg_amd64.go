//go:build !purego

package kernel

func cgStart(l level, r, diag, inverse, base, x []float32, lambda float32) {
	n := uint64(len(r))
	switch l {
	case levelAVX512:
		cgStartAVX512(&r[0], &diag[0], &inverse[0], &base[0], &x[0], n, lambda)
	case levelAVX2:
		cgStartAVX2(&r[0], &diag[0], &inverse[0], &base[0], &x[0], n, lambda)
	default:
		cgStartGo(r, diag, inverse, base, x, lambda)
	}
}

func cgDirection(l level, p, r, inverse, x []float32) (rz, xr float32) {
	n := uint64(len(r))
	switch l {
	case levelAVX512:
		return cgDirectionAVX512(&p[0], &r[0], &inverse[0], &x[0], n)
	case levelAVX2:
		return cgDirectionAVX2(&p[0], &r[0], &inverse[0], &x[0], n)
	}
	return cgDirectionGo(p, r, inverse, x)
}

func cgScale(l level, q, diag, p []float32) float32 {
	n := uint64(len(q))
	switch l {
	case levelAVX512:
		return cgScaleAVX512(&q[0], &diag[0], &p[0], n)
	case levelAVX2:
		return cgScaleAVX2(&q[0], &diag[0], &p[0], n)
	}
	return cgScaleGo(q, diag, p)
}

func cgStep(l level, x, r, q, p, inverse []float32, alpha float32) float32 {
	n := uint64(len(x))
	switch l {
	case levelAVX512:
		return cgStepAVX512(&x[0], &r[0], &q[0], &p[0], &inverse[0], n, alpha)
	case levelAVX2:
		return cgStepAVX2(&x[0], &r[0], &q[0], &p[0], &inverse[0], n, alpha)
	}
	return cgStepGo(x, r, q, p, inverse, alpha)
}

func cgTurn(l level, p, q, diag []float32, beta float32) float32 {
	n := uint64(len(p))
	switch l {
	case levelAVX512:
		return cgTurnAVX512(&p[0], &q[0], &q[0], &diag[0], n, beta)
	case levelAVX2:
		return cgTurnAVX2(&p[0], &q[0], &q[0], &diag[0], n, beta)
	}
	return cgTurnGo(p, q, diag, beta)
}
