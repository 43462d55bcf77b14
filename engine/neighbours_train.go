package engine

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// TrainNeighbours fits the weights of neighbours to m: those of a local ridge
// regression (ridge.go) and of a normalised filter (filter.go), added up. Entries
// count with their target terms b where those are positive. Memory is the
// matrix's, the weights' and a constant: what two items share is never kept for
// all pairs. Equal inputs give equal weights, whatever the number of workers. Its
// error is ctx's or an *InvalidError.
func TrainNeighbours(ctx context.Context, m *Matrix, cfg NeighbourConfig, workers int) (*Neighbours, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	t := newNeighbourTraining(m, cfg, defaultWorkers(workers))
	if err := t.share(ctx); err != nil {
		return nil, err
	}
	if err := t.fitRidges(ctx); err != nil {
		return nil, err
	}
	sources, targets := t.sources, t.targets
	t = nil // the matrices are not needed any more
	return mergeNeighbours(ctx, sources.transposed(), targets, workers)
}

// neighbourTraining is the fit of all items. It knows items by rank: 0 has most
// entries. What many users have then lies together, and a user's entries begin
// with it.
type neighbourTraining struct {
	cfg            NeighbourConfig
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

func newNeighbourTraining(m *Matrix, cfg NeighbourConfig, workers int) *neighbourTraining {
	m = counted(m)
	t := &neighbourTraining{cfg: cfg, workers: workers}
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
	if cfg.Ridge > 0 {
		t.pairs = newSharedPairs(min(m.Cols, heavyItems))
		t.sources = newItemLists(m.Cols, min(cfg.Sources, m.Cols))
	}
	if cfg.Filter > 0 {
		t.targets = newItemLists(m.Cols, min(cfg.FilterTargets, m.Cols))
	}
	return t
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
	terms := m.targets()
	if !slices.ContainsFunc(terms, func(b float32) bool { return !(b >= least) }) {
		return m
	}
	p := &Matrix{Rows: m.Rows, Cols: m.Cols, Ptr: make([]int64, m.Rows+1)}
	for u := range m.Rows {
		idx, _, b := m.Row(u)
		for k, i := range idx {
			if b[k] >= least {
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
