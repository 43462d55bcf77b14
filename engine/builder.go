package engine

import "math"

// Builder collects (user, item, w, b) in any order and makes the Matrix of
// their sums: entries given twice add up, w to w and b to b. It is not safe for
// concurrent use.
type Builder struct {
	rows, cols int
	user, item []int32
	w, b       []float32
	err        error
}

// NewBuilder returns a builder of a rows×cols matrix.
func NewBuilder(rows, cols int) *Builder {
	b := &Builder{rows: rows, cols: cols}
	if rows < 0 || cols < 0 || rows > math.MaxInt32 || cols > math.MaxInt32 {
		b.err = invalid("matrix", "cannot have the shape %d×%d", rows, cols)
	}
	return b
}

// Reserve makes room for n entries in all.
func (b *Builder) Reserve(n int) {
	if n <= cap(b.user) {
		return
	}
	b.user = append(make([]int32, 0, n), b.user...)
	b.item = append(make([]int32, 0, n), b.item...)
	b.w = append(make([]float32, 0, n), b.w...)
}

// Add adds one entry. An id outside the matrix, a weight that is negative, not
// a number or beyond 1e12 in size is not added, and reported by Build.
func (b *Builder) Add(user, item int32, w, target float32) {
	if uint32(user) >= uint32(b.rows) || uint32(item) >= uint32(b.cols) || !(w >= 0 && w <= maxWeight) || !(target >= -maxWeight && target <= maxWeight) {
		b.reject(user, item, w, target)
		return
	}
	if b.b == nil && target != w {
		b.splitTargets()
	}
	b.user = append(b.user, user)
	b.item = append(b.item, item)
	b.w = append(b.w, w)
	if b.b != nil {
		b.b = append(b.b, target)
	}
}

// Len returns the number of entries added.
func (b *Builder) Len() int { return len(b.user) }

// splitTargets gives the target terms a column of their own, at the first that
// differs from its weight.
func (b *Builder) splitTargets() { b.b = append(make([]float32, 0, cap(b.w)), b.w...) }

func (b *Builder) reject(user, item int32, w, target float32) {
	if b.err != nil {
		return
	}
	if uint32(user) >= uint32(b.rows) {
		b.err = invalid("user", "must be 0 to %d, is %d", b.rows-1, user)
	} else if uint32(item) >= uint32(b.cols) {
		b.err = invalid("item", "must be 0 to %d, is %d", b.cols-1, item)
	} else {
		b.err = checkEntry(w, target)
	}
}

// Build returns the matrix, users in rows, and empties the builder. Its error,
// an *InvalidError, is the first that Add met, or a sum beyond 1e12.
func (b *Builder) Build() (*Matrix, error) {
	if b.err != nil {
		return nil, b.err
	}
	// Sorted by item, then stably by user: columns ascend in every row.
	byItem := b.transposed()
	b.user, b.item, b.w, b.b = nil, nil, nil, nil
	m := byItem.Transpose()
	return m, m.sumDuplicates()
}

// transposed returns the items×users matrix of the entries as they came,
// duplicates and all.
func (b *Builder) transposed() *Matrix {
	n := len(b.user)
	t := &Matrix{
		Rows: b.cols, Cols: b.rows,
		Ptr: make([]int64, b.cols+1), Idx: make([]int32, n), W: make([]float32, n),
	}
	if b.b != nil {
		t.B = make([]float32, n)
	}
	for _, i := range b.item {
		t.Ptr[i+1]++
	}
	for i := range b.cols {
		t.Ptr[i+1] += t.Ptr[i]
	}
	next := make([]int64, b.cols)
	copy(next, t.Ptr)
	for k, i := range b.item {
		at := next[i]
		next[i]++
		t.Idx[at], t.W[at] = b.user[k], b.w[k]
		if t.B != nil {
			t.B[at] = b.b[k]
		}
	}
	return t
}

// sumDuplicates adds up equal columns next to each other in a row, in place.
func (m *Matrix) sumDuplicates() error {
	out, from := int64(0), int64(0)
	for u := range m.Rows {
		start := out
		for k := from; k < m.Ptr[u+1]; k++ {
			if out > start && m.Idx[out-1] == m.Idx[k] {
				m.W[out-1] += m.W[k]
				if m.B != nil {
					m.B[out-1] += m.B[k]
				}
				continue
			}
			m.Idx[out], m.W[out] = m.Idx[k], m.W[k]
			if m.B != nil {
				m.B[out] = m.B[k]
			}
			out++
		}
		from = m.Ptr[u+1]
		m.Ptr[u+1] = out
		for k := start; k < out; k++ {
			target := m.W[k]
			if m.B != nil {
				target = m.B[k]
			}
			if err := checkEntry(m.W[k], target); err != nil {
				return err
			}
		}
	}
	m.Idx, m.W = m.Idx[:out:out], m.W[:out:out]
	if m.B != nil {
		m.B = m.B[:out:out]
	}
	return nil
}
