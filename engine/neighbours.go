package engine

import "slices"

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
