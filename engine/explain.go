package engine

import "also/engine/kernel"

// Shares explains a score: with x the fold-in of row and t a target item's
// factors, x·t = Σ_j share_j, where
//
//	share_j = b_j tᵀ A⁻¹ y_j,   A the matrix of the row update
//
// (section 5 of Hu, Koren, Volinsky). dst has the length of row; entries that
// FoldIn ignores have share 0. It returns the sum, which is the score, and does
// not allocate once ws has grown. Errors are those of FoldIn.
func (s *Side) Shares(dst []float64, row []Entry, target []float32, ws *Workspace) (score float64, err error) {
	score, _, err = s.SharesPrior(dst, row, nil, target, ws)
	return score, err
}

// SharesPrior is Shares with a prior mean, whose share λ tᵀA⁻¹μ is apart: the
// score is the sum of all shares and priorShare.
func (s *Side) SharesPrior(dst []float64, row []Entry, prior, target []float32, ws *Workspace) (score, priorShare float64, err error) {
	clear(dst)
	local, err := s.load(row, ws)
	if err != nil || len(ws.idx) == 0 && prior == nil {
		return 0, 0, err
	}
	factor := grow(&ws.a, local.dim*local.dim)
	ok := local.factor(factor, ws)
	return s.shares(dst, row, prior, target, local, factor, ok, ws)
}

// Explainer explains many scores of one row: the matrix of its update is
// factored once. It is not safe for concurrent use.
type Explainer struct {
	side   *Side
	row    []Entry
	prior  []float32 // nil for zero
	factor []float32 // Cholesky's, dim×dim, if ok
	ok     bool
	local  *system
	ws     Workspace
}

// Explainer prepares to explain scores of the fold-in of row, which it keeps and
// which must not change. Errors are those of FoldIn.
func (s *Side) Explainer(row []Entry) (*Explainer, error) {
	return s.ExplainerFrom(row, 1, nil)
}

// ExplainerFrom is Explainer of FoldInFrom.
func (s *Side) ExplainerFrom(row []Entry, known float64, mean []float32) (*Explainer, error) {
	e := &Explainer{side: s, row: row, prior: partOf(mean, known), factor: make([]float32, s.Dim()*s.Dim())}
	var err error
	if e.local, err = s.load(row, &e.ws); err != nil {
		return nil, err
	}
	e.local.knownInPart(known, &e.ws)
	e.ok = e.local.factor(e.factor, &e.ws)
	return e, nil
}

// Shares is Side.Shares of the prepared row; what the score has of a mean is in it, but no
// entry's.
func (e *Explainer) Shares(dst []float64, target []float32) (score float64, err error) {
	score, _, err = e.side.shares(dst, e.row, e.prior, target, e.local, e.factor, e.ok, &e.ws)
	return score, err
}

// factor sets a, dim×dim, to Cholesky's factor of A for the row that is loaded in
// ws, and reports false when single precision has none.
func (s *system) factor(a []float32, ws *Workspace) bool {
	s.matrix(a, nil, ws.idx, ws.w, nil, float32(s.cfg.rowLambda(len(ws.idx), s.rows)), ws)
	return kernel.Cholesky(a, s.dim, s.dim)
}

// shares divides the score of target among the entries of row, which is loaded
// in ws, by the factor of its matrix, or without it in double precision.
func (s *Side) shares(dst []float64, row []Entry, prior, target []float32, local *system, factor []float32, ok bool, ws *Workspace) (score, priorShare float64, err error) {
	d := local.dim
	if len(dst) != len(row) || len(target) != d || prior != nil && len(prior) != d {
		panic("engine: Shares: wrong length")
	}
	lambda := local.cfg.rowLambda(len(ws.idx), local.rows)
	v := grow(&ws.vec[0], d) // A⁻¹ t
	copy(v, target)
	if ok {
		kernel.CholeskySolve(factor, d, d, v)
	} else if !local.inverseTimes(v, target, ws, lambda) {
		clear(dst)
		return 0, 0, &NumericError{Side: "shares"}
	}
	for k, e := range row {
		dst[k] = 0
		if y := s.Vector(e.Col); y != nil {
			dst[k] = float64(e.B) * float64(kernel.Dot(v, y))
			score += dst[k]
		}
	}
	if prior != nil {
		priorShare = lambda * float64(kernel.Dot(v, prior))
		score += priorShare
	}
	if !finite(score) {
		clear(dst)
		return 0, 0, &NumericError{Side: "shares"}
	}
	return score, priorShare, nil
}

// inverseTimes sets v = A⁻¹ target in double precision.
func (s *system) inverseTimes(v, target []float32, ws *Workspace, lambda float64) bool {
	// A prior of target/λ on a row without target terms has the right side
	// λ·target/λ.
	prior := make([]float32, s.dim)
	for k, t := range target {
		prior[k] = float32(float64(t) / lambda)
	}
	_, ok := s.double(v, ws.idx, ws.w, make([]float32, len(ws.idx)), prior, lambda, ws)
	return ok
}
