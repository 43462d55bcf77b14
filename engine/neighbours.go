package engine

import (
	"context"
	"math"
	"slices"
)

// Neighbours is a sparse part of a model beside its factors: to a user's score
// of item j it adds Σ_i h_i W_ij over their history, h_i being the target term b
// of entry i. The targets of source i are Ptr[i] to Ptr[i+1] of Target, ascending,
// and Weight. It is immutable once built and safe to share.
type Neighbours struct {
	Ptr    []int64
	Target []int32
	Weight []float32
}

// Items returns the number of items, sources and targets alike.
func (n *Neighbours) Items() int { return len(n.Ptr) - 1 }

// Of returns the targets of source i and their weights, views; none for an item
// that it does not know.
func (n *Neighbours) Of(i int32) (targets []int32, weights []float32) {
	if i < 0 || int(i) >= n.Items() {
		return nil, nil
	}
	lo, hi := n.Ptr[i], n.Ptr[i+1]
	return n.Target[lo:hi:hi], n.Weight[lo:hi:hi]
}

// Weighs returns W_ij, 0 where j is no target of i.
func (n *Neighbours) Weighs(i, j int32) float32 {
	targets, weights := n.Of(i)
	if at, found := slices.BinarySearch(targets, j); found {
		return weights[at]
	}
	return 0
}

// Validate reports as an *InvalidError the first thing that would break
// serving: pointers or targets out of order, a weight that is not finite.
func (n *Neighbours) Validate() error {
	items := n.Items()
	if items < 0 || n.Ptr[0] != 0 || n.Ptr[items] != int64(len(n.Target)) || len(n.Weight) != len(n.Target) {
		return invalid("neighbours", "have %d pointers, %d targets, %d weights", len(n.Ptr), len(n.Target), len(n.Weight))
	}
	for i := range items {
		if n.Ptr[i+1] < n.Ptr[i] || n.Ptr[i+1] > int64(len(n.Target)) {
			return invalid("neighbours", "have pointers out of order at item %d", i)
		}
		targets, weights := n.Of(int32(i))
		last := int32(-1)
		for k, j := range targets {
			if j <= last || int(j) >= items || !finite(float64(weights[k])) {
				return invalid("neighbours", "have target %d after %d of %d, weight %g, at item %d", j, last, items, weights[k], i)
			}
			last = j
		}
	}
	return nil
}

// NeighbourConfig is the hyper-parameters of TrainNeighbours. A zero field
// means its default; DefaultNeighbours has them all.
type NeighbourConfig struct {
	// Sources is N, how many other items predict a target, 1 to 1,000. Default 100.
	Sources int `json:"sources"`
	// Lambda is the ridge, in units of the items' own squares, above 0. Default 3.
	Lambda float64 `json:"lambda"`
	// UserPower is a, 0 to 1: what a user with n entries did counts n^−a in the
	// ridge. Default 0.3.
	UserPower float64 `json:"userPower"`
	// TargetPower is p, 0 to 1: the weights of target j are multiplied by
	// (n_j / median n)^−p. Default 0.1.
	TargetPower float64 `json:"targetPower"`
	// Ridge multiplies the ridge's weights, beside scores of factors whose targets
	// are 1. Default 2.5.
	Ridge float64 `json:"ridge"`
	// Filter multiplies the filter's weights. Default 1.
	Filter float64 `json:"filter"`
	// FilterTargets is how many targets a source has in the filter, 1 to 1,000.
	// Default 200.
	FilterTargets int `json:"filterTargets"`
}

// DefaultNeighbours returns the configuration to start from where nothing is
// known of the data.
func DefaultNeighbours() NeighbourConfig {
	return NeighbourConfig{Sources: 100, Lambda: 3, UserPower: .3, TargetPower: .1, Ridge: 2.5, Filter: 1, FilterTargets: 200}
}

// Validate reports the first field out of its range as an *InvalidError.
func (c NeighbourConfig) Validate() error {
	within := func(v, low, high float64) bool { return v >= low && v <= high }
	const most = 1e6
	switch {
	case c.Sources < 1 || c.Sources > 1000:
		return invalid("sources", "must be 1 to 1,000, is %d", c.Sources)
	case !(c.Lambda > 0 && c.Lambda <= most):
		return invalid("lambda", "must be above 0, up to %g, is %g", most, c.Lambda)
	case !within(c.UserPower, 0, 1):
		return invalid("userPower", "must be 0 to 1, is %g", c.UserPower)
	case !within(c.TargetPower, 0, 1):
		return invalid("targetPower", "must be 0 to 1, is %g", c.TargetPower)
	case !within(c.Ridge, 0, most) || !within(c.Filter, 0, most):
		return invalid("ridge", "and filter must be 0 to %g, are %g and %g", most, c.Ridge, c.Filter)
	case c.FilterTargets < 1 || c.FilterTargets > 1000:
		return invalid("filterTargets", "must be 1 to 1,000, is %d", c.FilterTargets)
	}
	return nil
}

// TrainNeighbours fits the weights of neighbours to m: those of a local ridge
// regression (ridge.go) and of a normalised filter (filter.go), added up. Entries
// count with their target terms b where those are positive. A target's fit needs
// the users of its sources and no more, so memory is the weights' and a few
// values per item and user and worker. Equal inputs give equal weights, whatever
// the number of workers. Its error is ctx's or an *InvalidError.
func TrainNeighbours(ctx context.Context, m *Matrix, cfg NeighbourConfig, workers int) (*Neighbours, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	workers = defaultWorkers(workers)
	t := newNeighbourTraining(m, cfg)
	scratch := make([]*neighbourScratch, workers)
	const block = 32
	err := parallel(ctx, workers, (m.Cols+block-1)/block, func(worker, task int) error {
		if scratch[worker] == nil {
			scratch[worker] = t.newScratch()
		}
		for j := task * block; j < min((task+1)*block, m.Cols); j++ {
			t.fit(int32(j), scratch[worker])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t.merge(), nil
}

// neighbourTraining is the fit of all items.
type neighbourTraining struct {
	cfg            NeighbourConfig
	byUser, byItem *Matrix // entries with b > 0
	ridgeUser      []float32
	ridgeRoot      []float32 // of ridgeUser
	filterUser     []float32
	square         []float64 // G_ii of the ridge
	mean           float64   // of those above 0
	scale          []float32 // of a target's ridge weights
	sources        []fitted  // by target, of the ridge
	targets        []fitted  // by source, of the filter
}

// fitted is one item's weights, the other items ascending.
type fitted struct {
	items   []int32
	weights []float32
}

func newNeighbourTraining(m *Matrix, cfg NeighbourConfig) *neighbourTraining {
	m = positive(m)
	t := &neighbourTraining{
		cfg: cfg, byUser: m, byItem: m.Transpose(),
		ridgeUser: make([]float32, m.Rows), ridgeRoot: make([]float32, m.Rows), filterUser: make([]float32, m.Rows),
		square: make([]float64, m.Cols), scale: make([]float32, m.Cols),
		sources: make([]fitted, m.Cols), targets: make([]fitted, m.Cols),
	}
	for u := range m.Rows {
		if n := float64(m.Ptr[u+1] - m.Ptr[u]); n > 0 {
			weight := math.Pow(n, -cfg.UserPower)
			t.ridgeUser[u], t.ridgeRoot[u] = float32(weight), float32(math.Sqrt(weight))
			t.filterUser[u] = float32(math.Pow(n, -filterPower))
		}
	}
	known := 0.
	for j := range m.Cols {
		users, _, b := t.byItem.Row(j)
		for k, u := range users {
			t.square[j] += float64(t.ridgeUser[u]) * float64(b[k]) * float64(b[k])
		}
		if len(users) > 0 {
			known++
			t.mean += t.square[j]
		}
	}
	if known == 0 {
		return t
	}
	t.mean /= known
	for j, s := range targetScales(t.byItem, cfg.TargetPower) {
		t.scale[j] = float32(cfg.Ridge * s)
	}
	return t
}

// TargetScales returns what the ridge's weights of each target are multiplied by
// for a TargetPower p: (n_j / median n)^−p over the positive entries of m.
func TargetScales(m *Matrix, power float64) []float64 {
	return targetScales(positive(m).Transpose(), power)
}

// targetScales is TargetScales of a matrix with items in rows.
func targetScales(byItem *Matrix, power float64) []float64 {
	scales := make([]float64, byItem.Rows)
	var counts []float64
	for j := range scales {
		n := float64(byItem.Ptr[j+1] - byItem.Ptr[j])
		scales[j] = max(1, n)
		if n > 0 {
			counts = append(counts, n)
		}
	}
	if len(counts) == 0 {
		return scales
	}
	slices.Sort(counts)
	median := counts[len(counts)/2]
	for j, n := range scales {
		scales[j] = math.Pow(n/median, -power)
	}
	return scales
}

// count returns n_j, how many users have an item.
func (t *neighbourTraining) count(j int) float64 { return float64(t.byItem.Ptr[j+1] - t.byItem.Ptr[j]) }

// least is the b of an entry from which on it counts: products of three smaller
// ones could vanish.
const least = 1e-9

// positive returns m with the entries whose b is positive alone; m itself where
// that is all of them.
func positive(m *Matrix) *Matrix {
	terms := m.B
	if terms == nil {
		terms = m.W
	}
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

// neighbourScratch is the memory of one worker.
type neighbourScratch struct {
	ridge, filter []float32 // what an item shares with each other one
	touched       []int32   // where those are not 0
	top           topHeap
	count         []int32 // by user: how many of the sources they have
	next          []int32 // by user: 1 + where their next entry goes, 0: nowhere yet
	users         []int32 // with two or more of the sources
	lists         []sourceEntry
	a, dense      []float32
}

// sourceEntry is what a user has of a target's source: its place among them,
// and the entry's b.
type sourceEntry struct {
	place int32
	value float32
}

func (t *neighbourTraining) newScratch() *neighbourScratch {
	n := t.cfg.Sources
	return &neighbourScratch{
		ridge: make([]float32, t.byUser.Cols), filter: make([]float32, t.byUser.Cols),
		count: make([]int32, t.byUser.Rows), next: make([]int32, t.byUser.Rows),
		a: make([]float32, n*n), dense: make([]float32, denseRows*n),
	}
}

// fit fits item j, as the ridge's target and as the filter's source: both begin
// with what j shares with the others.
func (t *neighbourTraining) fit(j int32, s *neighbourScratch) {
	users, _, b := t.byItem.Row(int(j))
	s.touched = s.touched[:0]
	for k, u := range users {
		ridge, filter := t.ridgeUser[u]*b[k], t.filterUser[u]*b[k]
		items, _, v := t.byUser.Row(int(u))
		for p, i := range items {
			if s.ridge[i] == 0 {
				s.touched = append(s.touched, i)
			}
			s.ridge[i] += ridge * v[p]
			s.filter[i] += filter * v[p]
		}
	}
	if t.cfg.Ridge > 0 {
		t.sources[j] = t.fitRidge(j, s)
	}
	if t.cfg.Filter > 0 {
		t.targets[j] = t.fitFilter(j, s)
	}
	for _, i := range s.touched {
		s.ridge[i], s.filter[i] = 0, 0
	}
}

// best returns the k items other than j with the highest score above 0 among
// those touched, by number.
func (s *neighbourScratch) best(j int32, k int, score func(i int32) float32) []Scored {
	h := topHeap{list: s.top.list[:0], k: k}
	for _, i := range s.touched {
		if v := score(i); i != j && v > 0 && (!h.full() || v >= h.worst().Score) {
			h.offer(Scored{Item: i, Score: v})
		}
	}
	s.top = h
	slices.SortFunc(h.list, func(a, b Scored) int { return int(a.Item) - int(b.Item) })
	return h.list
}

// merge adds ridge and filter up, by source.
func (t *neighbourTraining) merge() *Neighbours {
	items := t.byUser.Cols
	bySource := make([]fitted, items)
	for j, f := range t.sources { // targets ascend
		for k, i := range f.items {
			if w := t.scale[j] * f.weights[k]; w != 0 {
				bySource[i].items = append(bySource[i].items, int32(j))
				bySource[i].weights = append(bySource[i].weights, w)
			}
		}
	}
	n := &Neighbours{Ptr: make([]int64, items+1)}
	for i := range items {
		a, b := bySource[i], t.targets[i]
		for len(a.items) > 0 || len(b.items) > 0 {
			switch {
			case len(b.items) == 0 || len(a.items) > 0 && a.items[0] < b.items[0]:
				n.Target, n.Weight = append(n.Target, a.items[0]), append(n.Weight, a.weights[0])
				a = a.rest()
			case len(a.items) == 0 || b.items[0] < a.items[0]:
				n.Target, n.Weight = append(n.Target, b.items[0]), append(n.Weight, b.weights[0])
				b = b.rest()
			default:
				n.Target, n.Weight = append(n.Target, a.items[0]), append(n.Weight, a.weights[0]+b.weights[0])
				a, b = a.rest(), b.rest()
			}
		}
		n.Ptr[i+1] = int64(len(n.Target))
		bySource[i], t.targets[i] = fitted{}, fitted{}
	}
	return n
}

func (f fitted) rest() fitted { return fitted{f.items[1:], f.weights[1:]} }

// Renumbered returns the weights among items with other numbers: cols has the new
// number of each item, ascending but for −1, which leaves one out; items is how
// many there are then.
func (n *Neighbours) Renumbered(cols []int32, items int) *Neighbours {
	if len(cols) != n.Items() {
		panic("engine: Neighbours.Renumbered: wrong length")
	}
	out := &Neighbours{Ptr: make([]int64, items+1)}
	source := 0
	for i, col := range cols {
		if col < 0 {
			continue
		}
		for ; source <= int(col); source++ {
			out.Ptr[source] = int64(len(out.Target))
		}
		targets, weights := n.Of(int32(i))
		for k, j := range targets {
			if cols[j] >= 0 {
				out.Target, out.Weight = append(out.Target, cols[j]), append(out.Weight, weights[k])
			}
		}
	}
	for ; source <= items; source++ {
		out.Ptr[source] = int64(len(out.Target))
	}
	return out
}
