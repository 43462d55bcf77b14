package evaluate

import (
	"math"
	"slices"

	"also/engine"
)

// Metric names a value that each judged user has.
type Metric string

const (
	// Recall is hits / |held out|, or with Options.TruncateRecall
	// hits / min(k, |held out|).
	Recall Metric = "recall"
	// NDCG is the discounted gain, 1/log2(rank+1) for a hit, over the best
	// possible for min(k, |held out|) hits (Järvelin and Kekäläinen, TOIS 2002).
	NDCG Metric = "ndcg"
	// HitRate is 1 when the list has a hit, else 0.
	HitRate Metric = "hr"
	// MRR is 1/rank of the first hit, 0 without one.
	MRR Metric = "mrr"
)

// Metrics lists all of them, in the order of Report.PerUser.
var Metrics = [...]Metric{Recall, NDCG, HitRate, MRR}

// Judge computes the metrics of one list against the items held out, which
// ascend and are not empty.
func Judge(list []engine.Scored, held []int32, k int, truncate bool) [len(Metrics)]float64 {
	var hits int
	var gain, first float64
	for at, s := range list {
		if _, hit := slices.BinarySearch(held, s.Item); hit {
			hits++
			gain += discount(at)
			if first == 0 {
				first = 1 / float64(at+1)
			}
		}
	}
	var ideal float64
	for at := range min(k, len(held)) {
		ideal += discount(at)
	}
	possible := len(held)
	if truncate {
		possible = min(possible, k)
	}
	return [...]float64{
		float64(hits) / float64(possible),
		gain / ideal,
		float64(min(1, hits)),
		first,
	}
}

// discount is the weight of a place, counted from 0.
func discount(at int) float64 {
	if at < len(discounts) {
		return discounts[at]
	}
	return 1 / math.Log2(float64(at)+2)
}

// discounts are those of the first places, which are asked for most.
var discounts = func() (table [100]float64) {
	for at := range table {
		table[at] = 1 / math.Log2(float64(at)+2)
	}
	return table
}()
