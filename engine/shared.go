package engine

import (
	"context"
	"math"
	"slices"
)

// What two items share is the sum over the users who have both,
//
//	G_ij = Σ_u d_u b_ui b_uj
//
// with d_u falling with how much the user did: a power for the ridge, another one
// for the filter. A row of it is summed from the item's users, whose entries are
// added to sums by item, once for all items: Σ_u n_u² additions.

// share visits every item: it chooses the ridge's sources and the filter's
// targets, and keeps what the heavy items share with each other.
func (t *neighbourTraining) share(ctx context.Context) error {
	scratch := make([]*sharing, t.workers)
	const block = 8 // the first ranks take longest
	items := t.byItem.Rows
	return parallel(ctx, t.workers, (items+block-1)/block, func(worker, task int) error {
		if scratch[worker] == nil {
			scratch[worker] = &sharing{sums: hugeSlice[sharedSums](items), touched: make([]int32, items+1)}
		}
		for j := task * block; j < min((task+1)*block, items); j++ {
			t.shareOf(int32(j), scratch[worker])
		}
		return nil
	})
}

// sharing is the memory of a worker.
type sharing struct {
	sums             []sharedSums // what an item shares with each other one
	touched          []int32      // where those are not 0; one longer than there are items
	sources, targets bestItems
	order            []uint64
}

// sharedSums is what two items share by the weights of the ridge and of the filter,
// side by side: they are added to together.
type sharedSums struct{ ridge, filter float32 }

// shareOf visits the item of rank j.
func (t *neighbourTraining) shareOf(j int32, s *sharing) {
	n := t.sum(j, s)
	s.sums[j] = sharedSums{}
	if t.cfg.Ridge > 0 {
		t.pairs.keep(j, s.sums)
	}
	s.sources.begin(t.sources.width)
	s.targets.begin(t.targets.width)
	for _, i := range s.touched[:n] {
		sum := s.sums[i]
		s.sums[i] = sharedSums{}
		if s.sources.wants(sum.ridge) {
			s.sources.offer(t.items[i], sum.ridge)
		}
		if v := sum.filter * t.rare[i]; s.targets.wants(v) {
			s.targets.offer(t.items[i], v)
		}
	}
	if t.cfg.Ridge > 0 {
		t.takeSources(j, s)
	}
	if t.cfg.Filter > 0 {
		t.takeTargets(j, s)
	}
}

// sum sums what j shares with the others, and returns how many of them it touched.
func (t *neighbourTraining) sum(j int32, s *sharing) int {
	users, b, _ := t.byItem.Row(int(j))
	n := 0
	for k, u := range users {
		ridge, filter := t.ridgeUser[u]*b[k], t.filterUser[u]*b[k]
		items, v, _ := t.byUser.Row(int(u))
		v = v[:len(items)]
		for p, i := range items {
			sum := &s.sums[i]
			// Without a branch, which would wait for the memory: the next one lies over it
			// unless the sum was 0, whose bits less one are negative.
			s.touched[n] = i
			n += int((math.Float32bits(sum.ridge) - 1) >> 31)
			sum.ridge += ridge * v[p]
			sum.filter += filter * v[p]
		}
	}
	return n
}

// takeSources takes the N items that share most with target j, ranks
// descending, with G_ij for weights.
func (t *neighbourTraining) takeSources(j int32, s *sharing) {
	s.order = s.order[:0]
	for _, key := range s.sources.chosen() {
		item, score := itemOf(key)
		s.order = append(s.order, uint64(^uint32(t.ranks[item]))<<32|uint64(math.Float32bits(score)))
	}
	slices.Sort(s.order)
	list := t.sources.all(t.items[j])
	for k, o := range s.order {
		list.items[k], list.weights[k] = int32(^uint32(o>>32)), math.Float32frombits(uint32(o))
	}
	t.sources.n[t.items[j]] = int32(len(s.order))
}

// sharedPairs holds G_ik of the ridge for ranks k < i < n.
type sharedPairs struct {
	n      int32
	values []float32
}

func newSharedPairs(n int) sharedPairs {
	return sharedPairs{n: int32(n), values: hugeSlice[float32](n * (n - 1) / 2)}
}

// of returns what rank i shares with those before it.
func (p *sharedPairs) of(i int32) []float32 {
	at := int(i) * int(i-1) / 2
	return p.values[at : at+int(i)]
}

// keep takes a row, if it is one of a heavy item.
func (p *sharedPairs) keep(i int32, sums []sharedSums) {
	if i < p.n {
		for k, row := 0, p.of(i); k < len(row); k++ {
			row[k] = sums[k].ridge
		}
	}
}

// bestItems keeps those of many items with the highest scores above 0, ties to the
// lower number. A key is a score's bits and below them the item's, turned round:
// larger is better.
type bestItems struct {
	k     int
	least float32 // scores below cannot be among the best
	keys  []uint64
}

// begin begins anew, for the best k; it wants nothing for none.
func (b *bestItems) begin(k int) {
	b.k, b.least, b.keys = k, math.SmallestNonzeroFloat32, b.keys[:0]
	if k == 0 {
		b.least = math.MaxFloat32
	}
}

// wants reports that a score may be among the best.
func (b *bestItems) wants(score float32) bool { return score >= b.least }

func (b *bestItems) offer(item int32, score float32) {
	if len(b.keys) >= 4*b.k+1024 {
		b.reduce()
		if !b.wants(score) {
			return
		}
	}
	b.keys = append(b.keys, uint64(math.Float32bits(score))<<32|uint64(^uint32(item)))
}

func (b *bestItems) reduce() {
	largestFirst(b.keys, b.k)
	b.keys = b.keys[:b.k]
	_, b.least = itemOf(slices.Min(b.keys))
}

// chosen returns the keys of the best, in no order.
func (b *bestItems) chosen() []uint64 {
	if len(b.keys) > b.k {
		b.reduce()
	}
	return b.keys
}

func itemOf(key uint64) (item int32, score float32) {
	return int32(^uint32(key)), math.Float32frombits(uint32(key >> 32))
}

// largestFirst moves the k largest of distinct keys to the front (Hoare's
// selection).
func largestFirst(keys []uint64, k int) {
	for lo, hi := 0, len(keys)-1; lo < hi; {
		a, b, c := keys[lo], keys[(lo+hi)/2], keys[hi]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := lo, hi
		for i <= j {
			for keys[i] > pivot {
				i++
			}
			for keys[j] < pivot {
				j--
			}
			if i <= j {
				keys[i], keys[j] = keys[j], keys[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case k-1 <= j:
			hi = j
		case k-1 >= i:
			lo = i
		default:
			return
		}
	}
}
