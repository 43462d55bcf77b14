package engine

import "math"

// filterPower is how much less a user counts who has many items, and a source
// that many users have; filterTargetPower the same of a target. Symmetric
// normalisation would be a half each; the uneven powers were found on check-ins
// and a book shop's orders alike.
const filterPower, filterTargetPower = .6, .3

// fitFilter takes source i's targets in a normalised item–item filter, the
// linear part of graph filters (Shen et al., "How Powerful is Graph Convolution
// for Recommendation?", CIKM 2021):
//
//	F_ij = κ n_i^−.6 (Σ_u R_ui R_uj n_u^−.6) n_j^−.3
func (t *neighbourTraining) fitFilter(i int32, s *neighbourScratch) fitted {
	list := s.best(i, t.cfg.FilterTargets, func(j int32) float32 {
		return s.filter[j] * float32(math.Pow(t.count(int(j)), -filterTargetPower))
	})
	scale := float32(t.cfg.Filter * math.Pow(math.Max(1, t.count(int(i))), -filterPower))
	f := fitted{items: make([]int32, len(list)), weights: make([]float32, len(list))}
	for k, c := range list {
		f.items[k], f.weights[k] = c.Item, scale*c.Score
	}
	return f
}
