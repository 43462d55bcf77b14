package engine

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
)

// TrainNeighbours fits the weights of neighbours to m: those of a local ridge
// regression (ridge.go) and of a normalised filter (filter.go), added up. Entries
// count with their target terms b where those are positive. Memory is the
// matrix's, the weights' and a constant: what two items share is never kept for
// all pairs. Equal inputs give equal weights, whatever the number of workers. Its
// error is ctx's or an *InvalidError.
func TrainNeighbours(ctx context.Context, m *Matrix, cfg NeighbourConfig, workers int) (*Neighbours, error) {
	return trainNeighbours(ctx, m, cfg, workers, limitsFor(m, cfg))
}

// TrainNeighbourParts returns the weights of the ridge and those of the filter
// apart, each as TrainNeighbours fits it where the other counts nothing, but both
// by one look at what items share. Otherwise it is as TrainNeighbours.
func TrainNeighbourParts(ctx context.Context, m *Matrix, cfg NeighbourConfig, workers int) (ridge, filter *Neighbours, err error) {
	sources, targets, err := fitNeighbours(ctx, m, cfg, workers, limitsFor(m, cfg))
	if err != nil {
		return nil, nil, err
	}
	if ridge, err = mergeNeighbours(ctx, sources, itemLists{}, workers); err != nil {
		return nil, nil, err
	}
	filter, err = mergeNeighbours(ctx, &Matrix{}, targets, workers)
	return ridge, filter, err
}

// neighbourLimits bound the time and the memory that a training takes.
type neighbourLimits struct {
	// heavyItems is how many of the items with most users have what they share with
	// each other kept, 4 bytes a pair: 134 MB for 8,192. Most sources of most targets are
	// among them, and it is they whose rows take long to sum.
	heavyItems int
	// pairs is how many pairs of other sources are kept at a time: 256 MB, or what the
	// weights take.
	pairs int
	// userEntries is how many entries of a user count. Those of one with more are
	// spread over theirs: who has a hundred thousand, often a machine, would cost as
	// much as all others together, and says little of any two items.
	userEntries int
}

// limitsFor are those of a training on m.
func limitsFor(m *Matrix, cfg NeighbourConfig) neighbourLimits {
	return neighbourLimits{
		heavyItems:  1 << 13,
		pairs:       max(1<<26, 2*m.Cols*(cfg.Sources+cfg.FilterTargets)),
		userEntries: 1 << 13,
	}
}

func trainNeighbours(ctx context.Context, m *Matrix, cfg NeighbourConfig, workers int, limits neighbourLimits) (*Neighbours, error) {
	ridge, filter, err := fitNeighbours(ctx, m, cfg, workers, limits)
	if err != nil {
		return nil, err
	}
	return mergeNeighbours(ctx, ridge, filter, workers)
}

// fitNeighbours fits the parts that are asked for: the ridge's weights by source,
// without rows where it is not, and the filter's.
func fitNeighbours(ctx context.Context, m *Matrix, cfg NeighbourConfig, workers int, limits neighbourLimits) (ridge *Matrix, filter itemLists, err error) {
	if err := cfg.Validate(); err != nil {
		return nil, filter, err
	}
	t := newNeighbourTraining(m, cfg, defaultWorkers(workers), limits)
	collect(m)
	t.makeLists()
	if err := t.share(ctx); err != nil {
		return nil, filter, err
	}
	if err := t.fitRidges(ctx); err != nil {
		return nil, filter, err
	}
	sources := t.sources
	filter = t.targets
	t = nil // the matrices are not needed any more
	collect(m)
	ridge = sources.transposed()
	sources = itemLists{}
	collect(m)
	return ridge, filter, nil
}

// collect frees the memory of a step before the next one asks for as much, where
// that is gigabytes: left to itself, the heap would double first.
func collect(m *Matrix) {
	const many = 1 << 18
	if m.Cols > many || len(m.Idx) > 64*many {
		runtime.GC()
	}
}

// neighbourTraining is the fit of all items. It knows items by rank: 0 has most
// entries. What many users have then lies together, and a user's entries begin
// with it.
type neighbourTraining struct {
	cfg            NeighbourConfig
	limits         neighbourLimits
	workers        int
	ranks          []int32 // by item
	items          []int32 // by rank
	byUser, byItem *Matrix // of the entries that count, W their b
	ridgeUser      []float32
	filterUser     []float32
	square         []float64 // G_ii of the ridge
	mean           float64   // of those above 0
	scale          []float32 // of a target's ridge weights
	rare           []float32 // n_i^−p of the filter's targets
	pairs          sharedPairs
	sources        itemLists // by target, of the ridge: ranks, descending, until it is fitted
	targets        itemLists // by source, of the filter
}

func newNeighbourTraining(m *Matrix, cfg NeighbourConfig, workers int, limits neighbourLimits) *neighbourTraining {
	m = sampled(counted(m), limits.userEntries)
	t := &neighbourTraining{cfg: cfg, limits: limits, workers: workers}
	counts := columnCounts(m)
	t.items, t.ranks = ranked(counts)
	renumbered := &Matrix{Rows: m.Rows, Cols: m.Cols, Ptr: m.Ptr, Idx: make([]int32, len(m.Idx)), W: m.targets()}
	for k, i := range m.Idx {
		renumbered.Idx[k] = t.ranks[i]
	}
	t.byItem = renumbered.transpose(workers)
	t.byUser = t.byItem.transpose(workers)
	t.ridgeUser, t.filterUser = make([]float32, m.Rows), make([]float32, m.Rows)
	for u := range m.Rows {
		if n := float64(m.Ptr[u+1] - m.Ptr[u]); n > 0 {
			t.ridgeUser[u], t.filterUser[u] = float32(math.Pow(n, -cfg.UserPower)), float32(math.Pow(n, -filterPower))
		}
	}
	t.squares()
	t.scale, t.rare = make([]float32, m.Cols), make([]float32, m.Cols)
	for i, s := range targetScales(counts, cfg.TargetPower) {
		t.scale[t.ranks[i]] = float32(cfg.Ridge * s)
		t.rare[t.ranks[i]] = float32(math.Pow(max(1, float64(counts[i])), -filterTargetPower))
	}
	return t
}

// makeLists makes room for the parts that are asked for.
func (t *neighbourTraining) makeLists() {
	items := t.byItem.Rows
	if t.cfg.Ridge > 0 {
		t.pairs = newSharedPairs(min(items, t.limits.heavyItems))
		t.sources = newItemLists(items, min(t.cfg.Sources, items))
	}
	if t.cfg.Filter > 0 {
		t.targets = newItemLists(items, min(t.cfg.FilterTargets, items))
	}
}

// squares sets what the ridge needs to know of its diagonal.
func (t *neighbourTraining) squares() {
	t.square = make([]float64, t.byItem.Rows)
	known := 0.
	for i := range t.square {
		users, b, _ := t.byItem.Row(i)
		for k, u := range users {
			t.square[i] += float64(t.ridgeUser[u]) * float64(b[k]) * float64(b[k])
		}
		if len(users) > 0 {
			known++
			t.mean += t.square[i]
		}
	}
	t.mean /= max(1, known)
}

// count returns n_i, how many users have the item of a rank.
func (t *neighbourTraining) count(rank int32) float64 {
	return float64(t.byItem.Ptr[rank+1] - t.byItem.Ptr[rank])
}

// ranked returns the items by how many users they have, most first, and the rank
// of each.
func ranked(counts []int32) (items, ranks []int32) {
	items, ranks = make([]int32, len(counts)), make([]int32, len(counts))
	for i := range items {
		items[i] = int32(i)
	}
	slices.SortFunc(items, func(i, k int32) int { return cmp.Or(cmp.Compare(counts[k], counts[i]), cmp.Compare(i, k)) })
	for rank, i := range items {
		ranks[i] = int32(rank)
	}
	return items, ranks
}

// TargetScales returns what the ridge's weights of each target are multiplied by
// for a TargetPower p: (n_j / median n)^−p over the positive entries of m.
func TargetScales(m *Matrix, power float64) []float64 {
	return targetScales(columnCounts(counted(m)), power)
}

// targetScales is TargetScales of n.
func targetScales(counts []int32, power float64) []float64 {
	scales := make([]float64, len(counts))
	known := slices.DeleteFunc(slices.Clone(counts), func(n int32) bool { return n == 0 })
	slices.Sort(known)
	for j, n := range counts {
		scales[j] = 1
		if len(known) > 0 {
			scales[j] = math.Pow(float64(max(1, n))/float64(known[len(known)/2]), -power)
		}
	}
	return scales
}

// columnCounts returns how many entries each column has.
func columnCounts(m *Matrix) []int32 {
	counts := make([]int32, m.Cols)
	for _, i := range m.Idx {
		counts[i]++
	}
	return counts
}

// least is the b of an entry from which on it counts: products of three smaller
// ones could vanish.
const least = 1e-9

// counted returns m with the entries alone that count for neighbours, those
// whose b is positive; m itself where that is all of them.
func counted(m *Matrix) *Matrix {
	if !slices.ContainsFunc(m.targets(), func(b float32) bool { return !(b >= least) }) {
		return m
	}
	return m.keeping(func(u, k int) bool { _, _, b := m.Row(u); return b[k] >= least })
}

// sampled returns m with up to most entries of each row, spread evenly over
// those of a longer one; m itself where none is.
func sampled(m *Matrix, most int) *Matrix {
	length := func(u int) int { return int(m.Ptr[u+1] - m.Ptr[u]) }
	longest := 0
	for u := range m.Rows {
		longest = max(longest, length(u))
	}
	if longest <= most {
		return m
	}
	return m.keeping(func(u, k int) bool { n := max(most, length(u)); return k*most/n != (k+1)*most/n })
}

// keeping returns the target terms alone of the entries for which keep returns
// true, which is asked of entry k of row u.
func (m *Matrix) keeping(keep func(u, k int) bool) *Matrix {
	p := &Matrix{Rows: m.Rows, Cols: m.Cols, Ptr: make([]int64, m.Rows+1)}
	for u := range m.Rows {
		idx, _, b := m.Row(u)
		for k, i := range idx {
			if keep(u, k) {
				p.Idx, p.W = append(p.Idx, i), append(p.W, b[k])
			}
		}
		p.Ptr[u+1] = int64(len(p.Idx))
	}
	return p
}

// targets returns b of all entries.
func (m *Matrix) targets() []float32 {
	if m.B == nil {
		return m.W
	}
	return m.B
}
