package engine

import "math"

// Overlap returns the share of the first k items that two lists have in
// common, whatever their order: 1 for equal sets, 0 for none, and 1 when both
// are empty. A list shorter than k counts as it is.
func Overlap(a, b []Scored, k int) float64 {
	a, b = a[:min(k, len(a))], b[:min(k, len(b))]
	longest := max(len(a), len(b))
	if longest == 0 {
		return 1
	}
	in := make(map[int32]bool, len(a))
	for _, s := range a {
		in[s.Item] = true
	}
	common := 0
	for _, s := range b {
		if in[s.Item] {
			common++
		}
	}
	return float64(common) / float64(longest)
}

// RankBiasedOverlap returns how much two rankings agree, the first places
// weighing most: (1−p) Σ_d p^(d−1) · |a_d ∩ b_d| / d over all depths d, with
// p in (0, 1), .9 giving the first ten places six sevenths of the weight. Past
// the shorter list it extrapolates from the agreement there, so that equal
// lists have 1: equation 32 of Webber, Moffat, Zobel, "A Similarity Measure for
// Indefinite Rankings" (TOIS 2010) for lists cut to one length.
func RankBiasedOverlap(a, b []Scored, p float64) float64 {
	if !(p > 0 && p < 1) {
		panic("engine: RankBiasedOverlap: p must be between 0 and 1")
	}
	depth := min(len(a), len(b))
	if depth == 0 {
		if len(a) == len(b) {
			return 1
		}
		return 0
	}
	seen := make(map[int32]bool, 2*depth)
	common := 0
	var sum float64
	weight := 1.0
	for d := range depth {
		for _, item := range [2]int32{a[d].Item, b[d].Item} {
			if seen[item] {
				common++
			}
			seen[item] = true
		}
		weight *= p
		sum += weight * float64(common) / float64(d+1)
	}
	return (1-p)/p*sum + float64(common)/float64(depth)*math.Pow(p, float64(depth))
}
