package evaluate

import (
	"math"

	"also/engine"
)

// Lists describes lists beyond their accuracy.
type Lists struct {
	// Coverage is the share of the items with history (that may be ranked) that
	// stand in at least one list.
	Coverage float64
	// Novelty is the mean of −log2 of the share of users who have an item, over
	// all places (Vargas and Castells, RecSys 2011); an item that nobody has
	// counts as one that a single user has.
	Novelty float64
	// Diversity is the mean, over lists and pairs of items in one, of
	// 1 − cosine of the two items' sets of users. It is measured on at most
	// 1,000 lists, evenly spread.
	Diversity float64
	// PopularityLift is the mean number of users of the items in lists over that
	// of the items in the judged users' histories (Abdollahpouri et al., 2020):
	// above 1, lists are more popular than what people take.
	PopularityLift float64
	// Exposure is each group's share of attention, a place weighing
	// 1/log2(rank+1); nil without groups.
	Exposure []float64
}

// describe measures the lists of an evaluation.
func describe(e *evaluation) Lists {
	counts := columnCounts(e.history)
	l := Lists{
		Coverage:       coverage(e, counts),
		Novelty:        novelty(e.lists, counts, e.history.Rows),
		Diversity:      diversity(e.lists, e.history.Transpose()),
		PopularityLift: popularityLift(e, counts),
	}
	if e.opts.Groups != nil {
		l.Exposure = exposure(e.lists, e.opts.Groups)
	}
	return l
}

func coverage(e *evaluation, counts []int64) float64 {
	listed := engine.NewBitmap(len(counts))
	for _, list := range e.lists {
		for _, s := range list {
			listed.Set(s.Item)
		}
	}
	possible, found := 0, 0
	for i, n := range counts {
		if n > 0 && (e.opts.Filter == nil || e.opts.Filter.Has(int32(i))) {
			possible++
			if listed.Has(int32(i)) {
				found++
			}
		}
	}
	return ratio(float64(found), float64(possible))
}

func novelty(lists [][]engine.Scored, counts []int64, users int) float64 {
	var sum, places float64
	for _, list := range lists {
		for _, s := range list {
			sum -= math.Log2(float64(max(1, counts[s.Item])) / float64(users))
			places++
		}
	}
	return ratio(sum, places)
}

func diversity(lists [][]engine.Scored, byItem *engine.Matrix) float64 {
	const most = 1000
	step := max(1, (len(lists)+most-1)/most)
	var sum, pairs float64
	marked := engine.NewBitmap(byItem.Cols)
	for at := 0; at < len(lists); at += step {
		list := lists[at]
		for i := range list {
			users, _, _ := byItem.Row(int(list[i].Item))
			for _, u := range users {
				marked.Set(u)
			}
			for j := range i {
				others, _, _ := byItem.Row(int(list[j].Item))
				sum += 1 - setCosine(marked, len(users), others)
				pairs++
			}
			for _, u := range users {
				marked.Clear(u)
			}
		}
	}
	return ratio(sum, pairs)
}

// setCosine returns |A∩B| / √(|A|·|B|) of the users of two items, of A marked and
// of such a size.
func setCosine(marked *engine.Bitmap, size int, others []int32) float64 {
	shared := 0
	for _, u := range others {
		shared += int(marked.Words[u>>6] >> (uint(u) & 63) & 1)
	}
	return ratio(float64(shared), math.Sqrt(float64(size)*float64(len(others))))
}

func popularityLift(e *evaluation, counts []int64) float64 {
	var listed, places, taken, takes float64
	for at, list := range e.lists {
		for _, s := range list {
			listed += float64(counts[s.Item])
			places++
		}
		idx, _, _ := e.history.Row(int(e.users[at]))
		for _, i := range idx {
			taken += float64(counts[i])
			takes++
		}
	}
	return ratio(ratio(listed, places), ratio(taken, takes))
}

func exposure(lists [][]engine.Scored, groups []int32) []float64 {
	var shares []float64
	for _, g := range groups {
		for int(g) >= len(shares) {
			shares = append(shares, 0)
		}
	}
	var total float64
	for _, list := range lists {
		for at, s := range list {
			weight := discount(at)
			total += weight
			if int(s.Item) < len(groups) && groups[s.Item] >= 0 {
				shares[groups[s.Item]] += weight
			}
		}
	}
	for g := range shares {
		shares[g] = ratio(shares[g], total)
	}
	return shares
}

// ratio is a/b, and 0 where b is 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
