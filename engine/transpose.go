package engine

import (
	"context"
	"sort"
)

// Transpose returns the Cols×Rows matrix of the same entries.
func (m *Matrix) Transpose() *Matrix { return m.transpose(defaultWorkers(0)) }

// transpose spreads the entries over tasks by their columns: each reads every
// entry and writes those of its own columns, about as many each.
func (m *Matrix) transpose(workers int) *Matrix {
	t := &Matrix{
		Rows: m.Cols, Cols: m.Rows,
		Ptr: make([]int64, m.Cols+1),
		Idx: hugeSlice[int32](len(m.Idx)),
		W:   hugeSlice[float32](len(m.Idx)),
	}
	if m.B != nil {
		t.B = hugeSlice[float32](len(m.Idx))
	}
	countColumns(t.Ptr, m.Idx, workers)
	next := make([]int64, m.Cols)
	copy(next, t.Ptr)
	// Several ranges for each worker, so that what one writes all over stays in
	// cache; no more than a few, as each reads everything.
	ranges := min(max(workers, len(m.Idx)>>20), 16, m.Cols)
	bound := func(k int) int32 {
		share := int64(len(m.Idx)) * int64(k) / int64(max(1, ranges))
		return int32(sort.Search(m.Cols, func(i int) bool { return t.Ptr[i] >= share }))
	}
	// Without a context that ends and without errors, parallel cannot fail.
	_ = parallel(context.Background(), workers, ranges, func(_, task int) error {
		lo, hi := bound(task), bound(task+1)
		if task == ranges-1 {
			hi = int32(m.Cols)
		}
		m.scatter(t, next, lo, hi)
		return nil
	})
	return t
}

// scatter writes the entries of columns lo to hi−1 to their places in t.
func (m *Matrix) scatter(t *Matrix, next []int64, lo, hi int32) {
	width := uint32(hi - lo)
	for u := range m.Rows {
		idx, w, b := m.Row(u)
		for k, i := range idx {
			if uint32(i-lo) >= width {
				continue
			}
			at := next[i]
			next[i]++
			t.Idx[at], t.W[at] = int32(u), w[k]
			if t.B != nil {
				t.B[at] = b[k]
			}
		}
	}
}

// countColumns sets ptr, one longer than there are columns, to where each
// column's entries begin.
func countColumns(ptr []int64, idx []int32, workers int) {
	parts := make([][]int32, max(1, min(workers, len(idx)>>16)))
	_ = parallel(context.Background(), len(parts), len(parts), func(_, task int) error {
		counts := make([]int32, len(ptr)-1)
		for _, i := range idx[len(idx)*task/len(parts) : len(idx)*(task+1)/len(parts)] {
			counts[i]++
		}
		parts[task] = counts
		return nil
	})
	for i := range len(ptr) - 1 {
		ptr[i+1] = ptr[i]
		for _, counts := range parts {
			ptr[i+1] += int64(counts[i])
		}
	}
}
