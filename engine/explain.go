package engine

import "also/engine/kernel"

// Explainer explains many scores of one row: the matrix of its update is
// factored once. It is not safe for concurrent use.
type Explainer struct {
	side   *Side
	row    []Entry
	factor []float32 // Cholesky's, dim×dim; nil when only double precision can solve
	v      []float32
	ws     Workspace
}

// Explainer prepares to explain scores of the fold-in of row, which it keeps and
// which must not change. Errors are those of FoldIn.
func (s *Side) Explainer(row []Entry, ws *Workspace) (*Explainer, error) {
	local, err := s.load(row, ws)
	if err != nil {
		return nil, err
	}
	d := s.system.dim
	e := &Explainer{side: s, row: row, v: make([]float32, d), factor: make([]float32, d*d)}
	local.matrix(e.factor, ws.idx, ws.w, float32(local.cfg.rowLambda(len(ws.idx), local.rows)), ws)
	if !kernel.Cholesky(e.factor, d, d) {
		e.factor = nil
	}
	return e, nil
}

// Shares is Side.Shares of the prepared row.
func (e *Explainer) Shares(dst []float64, target []float32) (score float64, err error) {
	if e.factor == nil {
		return e.side.Shares(dst, e.row, target, &e.ws)
	}
	if len(dst) != len(e.row) || len(target) != len(e.v) {
		panic("engine: Explainer.Shares: wrong length")
	}
	copy(e.v, target)
	kernel.CholeskySolve(e.factor, len(e.v), len(e.v), e.v)
	for k, entry := range e.row {
		dst[k] = 0
		if y := e.side.Vector(entry.Col); y != nil {
			dst[k] = float64(entry.B) * float64(kernel.Dot(e.v, y))
			score += dst[k]
		}
	}
	if !finite(score) {
		clear(dst)
		return 0, &NumericError{Side: "shares"}
	}
	return score, nil
}
