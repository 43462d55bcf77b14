package recommend

import (
	"cmp"
	"context"
	"slices"

	"also/store"
)

// maxAbout is how many of the products asked about are looked at, the first
// ones.
const maxAbout = 10

// similar is the products nearest to those asked about, by the cosine of the
// model's factors.
type similar struct{}

func (similar) propose(ctx context.Context, q *question, n int) ([]candidate, error) {
	if q.v == nil {
		return similarLists(ctx, q, n)
	}
	var found best
	w := q.work
	allowed, refused := q.v.allow(q.snap, q.eligible, q.onSale), q.refusedColumns()
	numbers := q.v.placesIn(q.snap).number
	for _, sku := range q.about[:min(maxAbout, len(q.about))] {
		column := q.v.column(sku)
		if column < 0 {
			continue
		}
		w.scored = q.v.blend.Similar(w.scored, column, n, allowed, refused, &w.ws)
		for _, s := range w.scored {
			if s.Score > 0 {
				found.offer(candidate{number: numbers[s.Item], by: Similar, score: float64(s.Score), via: sku})
			}
		}
	}
	return found.top(n), nil
}

// similarLists reads the lists that were made at training.
func similarLists(ctx context.Context, q *question, n int) ([]candidate, error) {
	set := q.s.lists.modelSet()
	about := q.about[:min(maxAbout, len(q.about))]
	if set == "" || len(about) == 0 {
		return nil, nil
	}
	lists, err := q.listsOf(about, func() ([][]store.ListEntry, error) {
		return q.s.lists.read(ctx, set, store.KindSimilar, about)
	})
	if err != nil {
		return nil, err
	}
	var found best
	for i, list := range lists {
		for _, c := range q.fromList(list, Similar, about[i], n) {
			found.offer(c)
		}
	}
	return found.top(n), nil
}

func (similar) reasons(q *question, c *candidate) []Reason {
	return productReason(q, c.via, "Similar to ")
}

// top returns the n candidates with the highest scores; ties go to the lower
// number.
func (b *best) top(n int) []candidate {
	slices.SortFunc(b.list, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.number, y.number))
	})
	return b.list[:min(n, len(b.list))]
}

// boughtWith is what was bought in the same orders as the products asked about.
type boughtWith struct{}

func (boughtWith) propose(ctx context.Context, q *question, n int) ([]candidate, error) {
	about := q.about[:min(maxAbout, len(q.about))]
	if len(about) == 0 {
		return nil, nil
	}
	lists, err := q.listsOf(about, func() ([][]store.ListEntry, error) { return q.s.lists.counted(ctx, store.KindBoughtWith, about) })
	if err != nil {
		return nil, err
	}
	var found best
	for i, list := range lists {
		for _, c := range q.fromList(list, BoughtWith, about[i], n) {
			found.offer(c)
		}
	}
	return found.top(n), nil
}

func (boughtWith) reasons(q *question, c *candidate) []Reason {
	return productReason(q, c.via, "Often bought together with ")
}
