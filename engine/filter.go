package engine

import (
	"math"
	"slices"
)

// filterPower is how much less a user counts who has many items, and a source
// that many users have; filterTargetPower the same of a target. Symmetric
// normalisation would be a half each; the uneven powers were found on check-ins
// and a book shop's orders alike.
const filterPower, filterTargetPower = .6, .3

// takeTargets takes source i's targets in a normalised item–item filter, the
// linear part of graph filters (Shen et al., "How Powerful is Graph Convolution
// for Recommendation?", CIKM 2021):
//
//	F_ij = κ n_i^−.6 (Σ_u R_ui R_uj n_u^−.6) n_j^−.3
func (t *neighbourTraining) takeTargets(i int32, s *sharing) {
	scale := float32(t.cfg.Filter * math.Pow(max(1, t.count(i)), -filterPower))
	s.order = s.order[:0]
	for _, key := range s.targets.chosen() {
		item, score := itemOf(key)
		s.order = append(s.order, uint64(item)<<32|uint64(math.Float32bits(scale*score)))
	}
	slices.Sort(s.order)
	list := t.targets.all(t.items[i])
	for k, o := range s.order {
		list.items[k], list.weights[k] = int32(o>>32), math.Float32frombits(uint32(o))
	}
	t.targets.n[t.items[i]] = int32(len(s.order))
}
