package engine

import (
	"context"
	"math"
	"math/bits"
)

// Builder collects (user, item, w, b) in any order and makes the Matrix of
// their sums: entries given twice add up, w to w and b to b, in the order given.
// It keeps entries by runs of consecutive users, each small enough to be sorted
// in cache, and takes 8 bytes for each (12 once some b differs from its w). It is
// not safe for concurrent use.
type Builder struct {
	rows, cols int
	// An entry's key is its user's number with the item's below it, itemBits wide;
	// what is above keyBits of it is its run.
	itemBits, keyBits uint
	// By run: the latest entries, a cache line of them, and how many those are; the
	// chunk that they go to; those before it; and the target terms, in the same order,
	// once split. Chunks lie all over memory, and are written a line at a time.
	latest  [][lineEntries]keyed
	filled  []uint8
	last    [][]keyed
	full    [][][]keyed
	targets [][]float32
	entries int
	first   int  // the length of a run's first chunk
	split   bool // some target term differs from its weight
	err     error
}

// keyed is an entry within its run.
type keyed struct {
	key uint32
	w   float32
}

const (
	runBits     = 10 // there are 2 to this power of runs, more where keys would not fit
	lineEntries = 8
	firstChunk  = lineEntries // chunks are of whole lines
	runChunk    = 4096
)

// NewBuilder returns a builder of a rows×cols matrix.
func NewBuilder(rows, cols int) *Builder {
	b := &Builder{rows: rows, cols: cols, first: firstChunk}
	if rows < 0 || cols < 0 || rows > math.MaxInt32 || cols > math.MaxInt32 {
		b.err = invalid("matrix", "cannot have the shape %d×%d", rows, cols)
		b.rows, b.cols = 0, 0
	}
	b.itemBits = uint(bits.Len(uint(max(0, b.cols-1))))
	whole := uint(bits.Len(uint(max(0, b.rows-1)))) + b.itemBits
	b.keyBits = max(b.itemBits, min(32, whole-min(whole, runBits)))
	b.empty()
	return b
}

// empty forgets all entries.
func (b *Builder) empty() {
	runs := 0
	if b.rows > 0 {
		runs = (b.rows-1)<<b.itemBits>>b.keyBits + 1
	}
	b.latest, b.filled = make([][lineEntries]keyed, runs), make([]uint8, runs)
	b.last, b.full, b.targets = make([][]keyed, runs), make([][][]keyed, runs), make([][]float32, runs)
	b.entries, b.split = 0, false
}

// Reserve tells the builder how many entries to expect, so that it asks for
// memory in larger pieces.
func (b *Builder) Reserve(n int) {
	b.first = min(max(n/max(1, len(b.last)), firstChunk), runChunk) / lineEntries * lineEntries
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
	key := uint64(user)<<b.itemBits | uint64(item)
	run := key >> b.keyBits
	n := b.filled[run]
	b.latest[run][n%lineEntries] = keyed{uint32(key & (1<<b.keyBits - 1)), w}
	b.filled[run] = n + 1
	if n == lineEntries-1 {
		b.flush(run)
	}
	if b.split {
		b.targets[run] = append(b.targets[run], target)
	}
	b.entries++
}

// flush moves a run's latest entries to its chunk, or to a new one, longer than the
// one before.
func (b *Builder) flush(run uint64) {
	last := b.last[run]
	if len(last) == cap(last) {
		size := b.first
		if len(last) > 0 {
			b.full[run] = append(b.full[run], last)
			size = min(4*len(last), runChunk)
		}
		last = make([]keyed, 0, size)
	}
	b.last[run] = append(last, b.latest[run][:b.filled[run]]...)
	b.filled[run] = 0
}

// flushAll moves all entries to chunks: only then each has them all.
func (b *Builder) flushAll() {
	for run, n := range b.filled {
		if n > 0 {
			b.flush(uint64(run))
		}
	}
}

// Len returns the number of entries added.
func (b *Builder) Len() int { return b.entries }

// splitTargets gives the target terms a column of their own, at the first that
// differs from its weight.
func (b *Builder) splitTargets() {
	b.split = true
	for run, n := range b.filled {
		b.each(run, func(chunk []keyed) {
			for _, e := range chunk {
				b.targets[run] = append(b.targets[run], e.w)
			}
		})
		for _, e := range b.latest[run][:n] {
			b.targets[run] = append(b.targets[run], e.w)
		}
	}
}

// each calls f with the chunks of a run in order, without its latest entries.
func (b *Builder) each(run int, f func(chunk []keyed)) {
	for _, chunk := range b.full[run] {
		f(chunk)
	}
	f(b.last[run])
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
	b.flushAll()
	m := &Matrix{Rows: b.rows, Cols: b.cols, Ptr: make([]int64, b.rows+1)}
	workers := defaultWorkers(0)
	sorters := make([]runSorter, workers)
	// First every run is sorted and summed where it lies; then all move to the
	// matrix, each to its place from starts.
	starts := make([]int64, len(b.last)+1)
	err := parallel(context.Background(), workers, len(b.last), func(worker, run int) error {
		n, err := sorters[worker].sort(b, run)
		starts[run+1] = int64(n)
		return err
	})
	if err != nil {
		return nil, err
	}
	for run := range b.last {
		starts[run+1] += starts[run]
	}
	n := int(starts[len(b.last)])
	m.Idx, m.W = make([]int32, n), make([]float32, n)
	if b.split {
		m.B = make([]float32, n)
	}
	// Without a context that ends and without errors, parallel cannot fail.
	_ = parallel(context.Background(), workers, len(b.last), func(_, run int) error {
		b.move(run, m, starts[run])
		return nil
	})
	for u := range m.Rows { // rows without entries have none yet
		m.Ptr[u+1] = max(m.Ptr[u+1], m.Ptr[u])
	}
	b.empty()
	return m, nil
}

// move copies a sorted run to its place in the matrix, sets where its rows end
// but for empty ones, and lets go of it.
func (b *Builder) move(run int, m *Matrix, at int64) {
	if b.split {
		copy(m.B[at:], b.targets[run])
	}
	ends := m.Ptr[1+run<<b.keyBits>>b.itemBits:]
	b.each(run, func(chunk []keyed) {
		idx, w := m.Idx[at:at+int64(len(chunk))], m.W[at:at+int64(len(chunk))]
		for k, e := range chunk {
			idx[k], w[k] = int32(e.key&(1<<b.itemBits-1)), e.w
			ends[e.key>>b.itemBits] = at + int64(k) + 1
		}
		at += int64(len(chunk))
	})
	b.full[run], b.last[run], b.targets[run] = nil, nil, nil
}
