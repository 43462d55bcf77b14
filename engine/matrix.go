package engine

import "math"

// Matrix is a sparse Rows×Cols matrix in compressed rows: row u holds the
// entries Ptr[u] to Ptr[u+1] of Idx, W and B, columns ascending and distinct.
// W are the weights w ≥ 0 and B the target terms b of the objective; B nil
// means B = W. A Matrix is immutable once built and safe to share.
type Matrix struct {
	Rows, Cols int
	Ptr        []int64
	Idx        []int32
	W, B       []float32
}

// Entry is one entry of a row, for fold-in.
type Entry struct {
	Col  int32
	W, B float32
}

// Row returns the columns, weights and target terms of row u, views into m.
func (m *Matrix) Row(u int) (idx []int32, w, b []float32) {
	lo, hi := m.Ptr[u], m.Ptr[u+1]
	idx, w = m.Idx[lo:hi:hi], m.W[lo:hi:hi]
	if m.B == nil {
		return idx, w, w
	}
	return idx, w, m.B[lo:hi:hi]
}

// Entries returns the number of entries.
func (m *Matrix) Entries() int { return len(m.Idx) }

// AppendRow appends the entries of row u to dst.
func (m *Matrix) AppendRow(dst []Entry, u int) []Entry {
	idx, w, b := m.Row(u)
	for k, i := range idx {
		dst = append(dst, Entry{Col: i, W: w[k], B: b[k]})
	}
	return dst
}

// Validate reports as an *InvalidError the first thing that would break the
// engine: pointers out of order, columns out of range or not ascending,
// weights that are negative or not finite. Matrices of a Builder are valid.
func (m *Matrix) Validate() error {
	switch {
	case m.Rows < 0 || m.Cols < 0 || m.Cols > math.MaxInt32 || m.Rows > math.MaxInt32:
		return invalid("matrix", "has the impossible shape %d×%d", m.Rows, m.Cols)
	case len(m.Ptr) != m.Rows+1:
		return invalid("matrix", "has %d row pointers for %d rows", len(m.Ptr), m.Rows)
	case len(m.W) != len(m.Idx) || m.B != nil && len(m.B) != len(m.Idx):
		return invalid("matrix", "has %d columns, %d weights, %d target terms", len(m.Idx), len(m.W), len(m.B))
	case m.Ptr[0] != 0 || m.Ptr[m.Rows] != int64(len(m.Idx)):
		return invalid("matrix", "has row pointers from %d to %d for %d entries", m.Ptr[0], m.Ptr[m.Rows], len(m.Idx))
	}
	for u := range m.Rows {
		if m.Ptr[u+1] < m.Ptr[u] || m.Ptr[u+1] > int64(len(m.Idx)) {
			return invalid("matrix", "has row pointers out of order at row %d", u)
		}
		idx, w, b := m.Row(u)
		last := int32(-1)
		for k, i := range idx {
			if i <= last || int(i) >= m.Cols {
				return invalid("matrix", "has column %d after %d of %d in row %d", i, last, m.Cols, u)
			}
			last = i
			if err := checkEntry(w[k], b[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxWeight bounds |w| and |b|: beyond it sums over a row leave float32.
const maxWeight = 1e12

func checkEntry(w, b float32) error {
	if !(w >= 0 && w <= maxWeight) {
		return invalid("w", "must be 0 to %g, is %g", float64(maxWeight), w)
	}
	if !(b >= -maxWeight && b <= maxWeight) {
		return invalid("b", "must be within ±%g, is %g", float64(maxWeight), b)
	}
	return nil
}
