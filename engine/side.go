package engine

import (
	"context"
	"math"
)

// Side is one side of a model held fixed, prepared once: the item factors, to
// fold users in, or the user factors, to fold items in. It is immutable and
// safe for concurrent use; the factors it was made of must not change.
type Side struct {
	system  system
	overlay []float32 // extra rows, dim apart
	extra   int
}

// NewSide prepares fixed under the mathematics of cfg (the model's own). It
// costs one pass over the factors, O(rows·dim²). Its error is an *InvalidError.
func NewSide(cfg Config, fixed Factors) (*Side, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	if err := fixed.Validate(); err != nil {
		return nil, err
	}
	if fixed.Dim != cfg.Dim {
		return nil, invalid("factors", "have dimension %d, the configuration says %d", fixed.Dim, cfg.Dim)
	}
	d := fixed.Dim
	g, err := gram(context.Background(), fixed.Data, fixed.Rows, d, d, defaultWorkers(0))
	if err != nil {
		return nil, err
	}
	s := &Side{system: system{cfg: cfg, rows: fixed.Rows, dim: d, stride: d, y: fixed.Data}}
	if diagonal(g, d, cfg.Unobserved, cfg.rowLambda(0, fixed.Rows)) {
		s.system.diag = make([]float32, d)
		for k := range d {
			s.system.diag[k] = float32(cfg.Unobserved * g[k*d+k])
		}
		return s, nil
	}
	s.system.dense = make([]float32, d*d)
	for k, v := range g {
		s.system.dense[k] = float32(cfg.Unobserved * v)
	}
	return s, nil
}

// diagonal reports that α0 G, G a d×d Gram matrix, may be taken for its
// diagonal: with D = α0 diag(G) + λ I, no row of D^−½ (α0 G + λ I) D^−½ has more
// than 1e-4 beside its 1, so that the solution of a row is off by no more than
// that, relative, and λ grows with the row's entries. Training leaves the items
// so.
func diagonal(g []float64, d int, alpha, lambda float64) bool {
	if alpha == 0 {
		return true
	}
	root := make([]float64, d)
	for i := range d {
		root[i] = math.Sqrt(alpha*g[i*d+i] + lambda)
	}
	for i := range d {
		var sum float64
		for k := range d {
			if k != i {
				sum += alpha * math.Abs(g[i*d+k]) / (root[i] * root[k])
			}
		}
		if !(sum <= 1e-4) {
			return false
		}
	}
	return true
}

// WithOverlay returns a side that also knows extra rows, numbered from the
// number of fixed rows: new items on top of an immutable model. The dense part
// of the mathematics, α0 YᵀY and λ's frequency, stays the model's: the new rows
// count there from the next training on. It shares memory with s and extra, and
// replaces any overlay of s.
func (s *Side) WithOverlay(extra Factors) (*Side, error) {
	if err := extra.Validate(); err != nil && extra.Rows > 0 {
		return nil, err
	}
	if extra.Rows > 0 && extra.Dim != s.system.dim {
		return nil, invalid("overlay", "has dimension %d, the model %d", extra.Dim, s.system.dim)
	}
	o := *s
	o.overlay, o.extra = extra.Data, extra.Rows
	return &o, nil
}

// Rows returns the number of rows, overlay included.
func (s *Side) Rows() int { return s.system.rows + s.extra }

// Dim returns the dimension.
func (s *Side) Dim() int { return s.system.dim }

// Vector returns the factors of row col, a view, or nil where there is none.
func (s *Side) Vector(col int32) []float32 {
	d := s.system.dim
	switch i := int(col); {
	case i < 0 || i >= s.system.rows+s.extra:
		return nil
	case i < s.system.rows:
		return s.system.y[i*d : (i+1)*d : (i+1)*d]
	default:
		i -= s.system.rows
		return s.overlay[i*d : (i+1)*d : (i+1)*d]
	}
}

// FoldIn solves one row exactly with this side fixed, the row update of
// training, into dst, of length Dim. Columns that the side does not have are
// ignored, as if the entry were not there; columns should be distinct
// (SumEntries), as each entry counts in λ. A row without known entries gives
// the zero vector, whose every score is zero. It does not allocate once ws has
// grown. Its error is an *InvalidError for a weight out of range, a
// *NumericError where single precision finds no finite solution; dst is then
// zero.
func (s *Side) FoldIn(dst []float32, row []Entry, ws *Workspace) error {
	return s.FoldInPrior(dst, row, nil, ws)
}

// FoldInPrior is FoldIn with a prior mean of length Dim, nil for zero. A row
// without known entries then gives the minimum of the dense terms alone.
func (s *Side) FoldInPrior(dst []float32, row []Entry, prior []float32, ws *Workspace) error {
	if len(dst) != s.system.dim || prior != nil && len(prior) != s.system.dim {
		panic("engine: FoldIn: wrong length")
	}
	local, err := s.load(row, ws)
	if err != nil {
		clear(dst)
		return err
	}
	if _, ok := local.exact(dst, ws.idx, ws.w, ws.b, prior, ws); !ok {
		clear(dst)
		return &NumericError{Side: "fold-in"}
	}
	return nil
}

// FoldInFrom is FoldIn of a user whose history is known in part, known, 0 to 1, and who
// else is like mean, of length Dim:
//
//	(known·α0 YᵀY + λ_u I + Σ w y yᵀ) x  =  (1 − known) λ_u mean + Σ b y
//
// An item that is not in a history known in part says that much less that the user does
// not like it. Known 1 is FoldIn; known 0 without entries gives the mean.
func (s *Side) FoldInFrom(dst []float32, row []Entry, known float64, mean []float32, ws *Workspace) error {
	if len(dst) != s.system.dim || len(mean) != s.system.dim {
		panic("engine: FoldIn: wrong length")
	}
	local, err := s.load(row, ws)
	if err != nil {
		clear(dst)
		return err
	}
	local.knownInPart(known, ws)
	if _, ok := local.exact(dst, ws.idx, ws.w, ws.b, partOf(mean, known), ws); !ok {
		clear(dst)
		return &NumericError{Side: "fold-in"}
	}
	return nil
}

// partOf returns (1 − known)·mean, nil for nothing.
func partOf(mean []float32, known float64) []float32 {
	if known >= 1 {
		return nil
	}
	part := make([]float32, len(mean))
	scale(part, float32(1-known), mean)
	return part
}

// knownInPart makes what is not in a row, in s a copy of a side's system, count less.
func (s *system) knownInPart(known float64, ws *Workspace) {
	if known >= 1 {
		return
	}
	less := grow(&ws.less, len(s.diag)+len(s.dense))
	if s.diag != nil {
		scale(less, float32(known), s.diag)
		s.diag = less
		return
	}
	scale(less, float32(known), s.dense)
	s.dense = less
}

// load puts the known entries of row into ws, and returns the system that their
// columns refer to. With an overlay, the rows of this one user are gathered, so
// that solvers see one array.
func (s *Side) load(row []Entry, ws *Workspace) (*system, error) {
	ws.idx, ws.w, ws.b = ws.idx[:0], ws.w[:0], ws.b[:0]
	total, overlaid := int32(s.Rows()), false
	for _, e := range row {
		if e.Col < 0 || e.Col >= total {
			continue
		}
		if err := checkEntry(e.W, e.B); err != nil {
			return nil, err
		}
		overlaid = overlaid || int(e.Col) >= s.system.rows
		ws.idx = append(ws.idx, e.Col)
		ws.w = append(ws.w, e.W)
		ws.b = append(ws.b, e.B)
	}
	ws.local = s.system
	local := &ws.local
	if overlaid {
		d := local.dim
		local.y, local.stride = grow(&ws.gathered, len(ws.idx)*d), d
		for k, col := range ws.idx {
			copy(local.y[k*d:(k+1)*d], s.Vector(col))
			ws.idx[k] = int32(k)
		}
	}
	return local, nil
}
