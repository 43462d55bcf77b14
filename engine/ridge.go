package engine

import (
	"context"
	"math"

	"also/engine/kernel"
)

// The ridge predicts target j from the N items c that share most with it, each
// target by a regression of its own:
//
//	b_j = (G_cc + diag(λ √(G_ii · mean G_ii)))⁻¹ G_cj,   G = Rᵀ D^−a R
//
// R has the entries' b, D the users' numbers of entries. With all items for
// sources it is EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse
// Data", WWW 2019) but for the ridge, which grows with the items' own squares; a
// target's system is its own, so the diagonal is zero by leaving j out. A system
// that single precision cannot solve gives no weights.
//
// What heavy sources share with each other is known (shared.go). The rows of the
// others are summed again, each once for all targets of a block.

// fitRidges fits the targets, as many at a time as their light sources' pairs
// have room.
func (t *neighbourTraining) fitRidges(ctx context.Context) error {
	if t.cfg.Ridge == 0 {
		return nil
	}
	items := t.byItem.Rows
	width := t.sources.width
	scratch := make([]ridgeScratch, t.workers)
	for k := range scratch {
		scratch[k] = ridgeScratch{sums: hugeSlice[float32](items), a: make([]float32, width*width)}
	}
	block := &ridgeBlock{neighbourTraining: t, start: make([]int32, items-int(t.pairs.n)+1)}
	for first := int32(0); int(first) < items; {
		first = block.fill(first)
		const sources = 8
		light := len(block.start) - 1
		err := parallel(ctx, t.workers, (light+sources-1)/sources, func(worker, task int) error {
			for i := task * sources; i < min((task+1)*sources, light); i++ {
				block.share(t.pairs.n+int32(i), scratch[worker].sums)
			}
			return nil
		})
		if err != nil {
			return err
		}
		const targets = 16
		err = parallel(ctx, t.workers, (len(block.at)+targets-1)/targets, func(worker, task int) error {
			for k := task * targets; k < min((task+1)*targets, len(block.at)); k++ {
				block.fit(int32(k), scratch[worker].a)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ridgeScratch is the memory of a worker.
type ridgeScratch struct{ sums, a []float32 }

// ridgeBlock is some of the targets, of ranks one after the other.
type ridgeBlock struct {
	*neighbourTraining
	first  int32
	at     []int     // by target: where its pairs begin in values
	values []float32 // of each target, for each light source, G with the sources after it
	start  []int32   // by light source: where its uses begin
	uses   []sourceUse
}

// sourceUse is a target that has a source, by its number in the block, and the
// source's place there.
type sourceUse struct{ target, place int32 }

// fill takes targets from first on, one at least, and returns the one after the last.
func (b *ridgeBlock) fill(first int32) int32 {
	b.first, b.at = first, b.at[:0]
	clear(b.start)
	next, pairs := first, 0
	for ; int(next) < b.byItem.Rows; next++ {
		list := b.sources.of(b.items[next])
		light := b.light(list)
		more := pairsBefore(light, len(list.items))
		if pairs > 0 && pairs+more > b.limits.pairs {
			break
		}
		b.at = append(b.at, pairs)
		pairs += more
		for _, i := range list.items[:light] {
			b.start[i-b.pairs.n+1]++
		}
	}
	for i := range b.start[1:] {
		b.start[i+1] += b.start[i]
	}
	if pairs > len(b.values) {
		b.values = hugeSlice[float32](pairs)
	}
	b.uses = grow(&b.uses, int(b.start[len(b.start)-1]))
	for k := range b.at {
		list := b.sources.of(b.items[first+int32(k)])
		for p, i := range list.items[:b.light(list)] {
			at := &b.start[i-b.pairs.n]
			b.uses[*at] = sourceUse{int32(k), int32(p)}
			*at++
		}
	}
	copy(b.start[1:], b.start)
	b.start[0] = 0
	return next
}

// light returns how many of a target's sources, the first, are not heavy.
func (b *ridgeBlock) light(list itemList) int {
	n := 0
	for n < len(list.items) && list.items[n] >= b.pairs.n {
		n++
	}
	return n
}

// pairsBefore is how many pairs the first of n sources have with those after them.
func pairsBefore(first, n int) int { return first*(n-1) - first*(first-1)/2 }

// share sums what a light source shares with those of a lower rank, and hands it
// to the targets that it is a source of. sums are 0 before and after.
func (b *ridgeBlock) share(i int32, sums []float32) {
	uses := b.uses[b.start[i-b.pairs.n]:b.start[i-b.pairs.n+1]]
	if len(uses) == 0 {
		return
	}
	users, terms, _ := b.byItem.Row(int(i))
	for k, u := range users {
		weight := b.ridgeUser[u] * terms[k]
		items, v, _ := b.byUser.Row(int(u))
		for p, other := range items {
			if other >= i {
				break
			}
			sums[other] += weight * v[p]
		}
	}
	for _, use := range uses {
		list := b.sources.of(b.items[b.first+use.target])
		after := list.items[use.place+1:]
		row := b.values[b.at[use.target]+pairsBefore(int(use.place), len(list.items)):][:len(after)]
		for q, other := range after {
			row[q] = sums[other]
		}
	}
	for _, u := range users {
		items, _, _ := b.byUser.Row(int(u))
		for _, other := range items {
			if other >= i {
				break
			}
			sums[other] = 0
		}
	}
}

// fit solves the system of a target, by its number in the block, and puts
// its weights and the sources' numbers where the sources' ranks were.
func (b *ridgeBlock) fit(k int32, a []float32) {
	j := b.first + k
	list := b.sources.of(b.items[j])
	n, light := len(list.items), b.light(list)
	values := b.values[b.at[k]:]
	for p, i := range list.items {
		row := a[p*n+p : (p+1)*n]
		row[0] = float32(b.square[i] + b.cfg.Lambda*math.Sqrt(b.square[i]*b.mean))
		row = row[1:]
		if p < light {
			values = values[copy(row, values):]
			continue
		}
		shared := b.pairs.of(i)
		for q, other := range list.items[p+1:] {
			row[q] = shared[other]
		}
	}
	if n == 0 || !kernel.Cholesky(a[:n*n], n, n) {
		b.sources.n[b.items[j]] = 0
		return
	}
	kernel.CholeskySolve(a[:n*n], n, n, list.weights)
	if !allFinite(list.weights) {
		b.sources.n[b.items[j]] = 0
		return
	}
	for p, i := range list.items {
		list.items[p] = b.items[i]
		list.weights[p] *= b.scale[j]
	}
}
