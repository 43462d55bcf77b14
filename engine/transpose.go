package engine

import (
	"context"
	"sort"
)

// Transpose returns the Cols×Rows matrix of the same entries.
func (m *Matrix) Transpose() *Matrix { return m.transpose(defaultWorkers(0)) }

// transpose moves entries twice, so that what is written all over stays in
// cache: first to runs of neighbouring columns, each where it will lie in the
// end, then within every run to their columns.
func (m *Matrix) transpose(workers int) *Matrix {
	n := len(m.Idx)
	t := &Matrix{
		Rows: m.Cols, Cols: m.Rows,
		Ptr: make([]int64, m.Cols+1),
		Idx: make([]int32, n),
		W:   make([]float32, n),
	}
	if m.B != nil {
		t.B = make([]float32, n)
	}
	parts := max(1, min(workers, n>>16))
	counts := countColumns(t.Ptr, m.Idx, parts)
	runs := cutColumns(t.Ptr)
	next := runs.starts(t.Ptr, counts)
	low := make([]uint16, n) // of every entry, its column's place in the run
	// Without a context that ends and without errors, parallel cannot fail.
	_ = parallel(context.Background(), parts, parts, func(_, part int) error {
		m.spread(t, low, runs.of, next[part], int64(n*part/parts), int64(n*(part+1)/parts))
		return nil
	})
	scratch := make([]columnSorter, max(1, workers))
	_ = parallel(context.Background(), workers, len(runs.first)-1, func(worker, run int) error {
		scratch[worker].sort(t, low, int(runs.first[run]), int(runs.first[run+1]))
		return nil
	})
	return t
}

// countColumns sets ptr, one longer than there are columns, to where each
// column's entries begin, and returns how many each of so many parts of idx has.
func countColumns(ptr []int64, idx []int32, parts int) [][]int32 {
	counts := make([][]int32, parts)
	_ = parallel(context.Background(), parts, parts, func(_, part int) error {
		own := make([]int32, len(ptr)-1)
		for _, i := range idx[len(idx)*part/parts : len(idx)*(part+1)/parts] {
			own[i]++
		}
		counts[part] = own
		return nil
	})
	for i := range len(ptr) - 1 {
		ptr[i+1] = ptr[i]
		for _, own := range counts {
			ptr[i+1] += int64(own[i])
		}
	}
	return counts
}

// columnRuns are the columns cut into runs of about as many entries each, few
// enough for the second-level cache, and of at most 2^16 columns.
type columnRuns struct {
	first []int32  // the first column of each run, and the number of columns
	of    []uint32 // of each column: its run, and in the lower half its place there
}

func cutColumns(ptr []int64) columnRuns {
	const widest = 1 << 16
	cols := len(ptr) - 1
	entries := max(1<<17, ptr[cols]>>10) // of a run; no more runs than the upper half can tell
	r := columnRuns{first: []int32{0}, of: make([]uint32, cols)}
	first := 0
	for i := range cols {
		if i-first == widest || i > first && ptr[i+1]-ptr[first] > entries {
			first = i
			r.first = append(r.first, int32(i))
		}
		r.of[i] = uint32(len(r.first)-1)<<16 | uint32(i-first)
	}
	r.first = append(r.first, int32(cols))
	return r
}

// starts returns where each part's entries of each run begin.
func (r *columnRuns) starts(ptr []int64, counts [][]int32) [][]int64 {
	next := make([][]int64, len(counts))
	for part := range next {
		next[part] = make([]int64, len(r.first)-1)
	}
	for run, first := range r.first[:len(r.first)-1] {
		at := ptr[first]
		for part, own := range counts {
			next[part][run] = at
			for _, n := range own[first:r.first[run+1]] {
				at += int64(n)
			}
		}
	}
	return next
}

// spread moves entries from to to−1 to their runs.
func (m *Matrix) spread(t *Matrix, low []uint16, of []uint32, next []int64, from, to int64) {
	u := sort.Search(m.Rows, func(u int) bool { return m.Ptr[u+1] > from })
	for at := from; at < to; u++ {
		end := min(to, m.Ptr[u+1])
		for k, i := range m.Idx[at:end] {
			column := of[i]
			place := next[column>>16]
			next[column>>16]++
			low[place], t.Idx[place], t.W[place] = uint16(column), int32(u), m.W[at+int64(k)]
			if t.B != nil {
				t.B[place] = m.B[at+int64(k)]
			}
		}
		at = end
	}
}

// columnSorter is the scratch of one worker.
type columnSorter struct {
	idx  []int32
	w, b []float32
	next []int64
}

// sort moves the entries of a run, columns first to last−1, to their columns.
func (s *columnSorter) sort(t *Matrix, low []uint16, first, last int) {
	if last-first < 2 {
		return
	}
	from, to := t.Ptr[first], t.Ptr[last]
	s.idx, s.w = append(s.idx[:0], t.Idx[from:to]...), append(s.w[:0], t.W[from:to]...)
	if t.B != nil {
		s.b = append(s.b[:0], t.B[from:to]...)
	}
	s.next = append(s.next[:0], t.Ptr[first:last]...)
	for k, column := range low[from:to] {
		place := s.next[column]
		s.next[column]++
		t.Idx[place], t.W[place] = s.idx[k], s.w[k]
		if t.B != nil {
			t.B[place] = s.b[k]
		}
	}
}
