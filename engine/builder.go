package engine

import (
	"context"
	"math"
	"math/bits"
)

// Builder collects (user, item, w, b) in any order and makes the Matrix of
// their sums: entries given twice add up, w to w and b to b, in the order given.
// It keeps entries by runs of users, each small enough to be sorted in cache,
// and takes 12 bytes for each (16 once some b differs from its w). It is not
// safe for concurrent use.
type Builder struct {
	rows, cols int
	shift      uint // a user's run is user >> shift
	runs       []run
	entries    int
	first      int  // the length of a run's first chunk
	split      bool // some target term differs from its weight
	err        error
}

// run holds the entries of some consecutive users, as they came, in chunks.
type run struct {
	full    [][]triple
	last    []triple
	targets []float32 // target terms, in the same order, once split
}

type triple struct {
	user, item int32
	w          float32
}

const (
	runs       = 256
	firstChunk = 64
	runChunk   = 4096
)

// NewBuilder returns a builder of a rows×cols matrix.
func NewBuilder(rows, cols int) *Builder {
	b := &Builder{rows: rows, cols: cols, runs: make([]run, runs), first: firstChunk}
	if rows < 0 || cols < 0 || rows > math.MaxInt32 || cols > math.MaxInt32 {
		b.err = invalid("matrix", "cannot have the shape %d×%d", rows, cols)
		b.rows, b.cols = 0, 0
	}
	b.shift = uint(max(0, bits.Len(uint(max(0, b.rows-1)))-bits.Len(uint(runs-1))))
	return b
}

// Reserve tells the builder how many entries to expect, so that it asks for
// memory in larger pieces.
func (b *Builder) Reserve(n int) {
	b.first = min(max(n/runs, firstChunk), runChunk)
}

// Add adds one entry. An id outside the matrix, a weight that is negative, not
// a number or beyond 1e12 in size is not added, and reported by Build.
func (b *Builder) Add(user, item int32, w, target float32) {
	if uint32(user) >= uint32(b.rows) || uint32(item) >= uint32(b.cols) || !(w >= 0 && w <= maxWeight) || !(target >= -maxWeight && target <= maxWeight) {
		b.reject(user, item, w, target)
		return
	}
	if target != w && !b.split {
		b.splitTargets()
	}
	r := &b.runs[user>>b.shift]
	if len(r.last) == cap(r.last) {
		r.extend(b.first)
	}
	r.last = append(r.last, triple{user, item, w})
	if b.split {
		r.targets = append(r.targets, target)
	}
	b.entries++
}

// extend starts a new chunk, the first of the given length, later ones longer.
func (r *run) extend(first int) {
	size := first
	if len(r.last) > 0 {
		r.full = append(r.full, r.last)
		size = min(4*len(r.last), runChunk)
	}
	r.last = make([]triple, 0, size)
}

// Len returns the number of entries added.
func (b *Builder) Len() int { return b.entries }

// splitTargets gives the target terms a column of their own, at the first that
// differs from its weight.
func (b *Builder) splitTargets() {
	b.split = true
	for k := range b.runs {
		r := &b.runs[k]
		r.each(func(chunk []triple) {
			for _, e := range chunk {
				r.targets = append(r.targets, e.w)
			}
		})
	}
}

// each calls f with the chunks of the run in order.
func (r *run) each(f func(chunk []triple)) {
	for _, chunk := range r.full {
		f(chunk)
	}
	f(r.last)
}

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
	m := &Matrix{Rows: b.rows, Cols: b.cols, Ptr: make([]int64, b.rows+1)}
	workers := defaultWorkers(0)
	sorters := make([]runSorter, workers)
	// First every run is sorted and summed where it lies, and its rows counted;
	// then all move to the matrix.
	err := parallel(context.Background(), workers, len(b.runs), func(worker, task int) error {
		return sorters[worker].sort(&b.runs[task], b, m.Ptr[1:])
	})
	if err != nil {
		return nil, err
	}
	for u := range m.Rows {
		m.Ptr[u+1] += m.Ptr[u]
	}
	n := int(m.Ptr[m.Rows])
	m.Idx, m.W = hugeSlice[int32](n), hugeSlice[float32](n)
	if b.split {
		m.B = hugeSlice[float32](n)
	}
	// Without a context that ends and without errors, parallel cannot fail.
	_ = parallel(context.Background(), workers, len(b.runs), func(_, task int) error {
		b.move(task, m)
		return nil
	})
	b.runs, b.entries, b.split = make([]run, runs), 0, false
	return m, nil
}

// move copies a sorted run to its place in the matrix and lets go of it.
func (b *Builder) move(task int, m *Matrix) {
	if task<<b.shift >= m.Rows {
		return
	}
	r := &b.runs[task]
	at := m.Ptr[task<<b.shift]
	if b.split {
		copy(m.B[at:], r.targets)
	}
	for _, e := range r.last {
		m.Idx[at], m.W[at] = e.item, e.w
		at++
	}
	*r = run{}
}
