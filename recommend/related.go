package recommend

import (
	"context"
	"slices"

	"also/shop"
	"also/store"
)

// ReadLists reads at once what the lists of a source say of some products, for Related of one after another.
// There are none where the source needs no lists now, as Similar with a model, or if the store does not answer.
func (s *Service) ReadLists(ctx context.Context, by Source, skus []string) [][]store.ListEntry {
	ctx, cancel := context.WithTimeout(ctx, s.Deadline)
	defer cancel()
	v, release := s.current()
	defer release()
	var lists [][]store.ListEntry
	var err error
	switch set := s.lists.modelSet(); {
	case by == BoughtWith:
		lists, err = s.lists.counted(ctx, store.KindBoughtWith, skus)
	case by == Similar && v == nil && set != "":
		lists, err = s.lists.read(ctx, set, store.KindSimilar, skus)
	}
	if err != nil {
		s.Log.WarnContext(ctx, "lists could not be read ahead", "source", by, "error", err)
	}
	return lists
}

// Related asks one source about a product, for nobody in particular: first products long, from behind a cursor
// of an earlier answer about it. The products that a source leaves to others, as what sells best in the whole
// shop, are not among them. read is what ReadLists read of the product, nil if it read nothing.
func (s *Service) Related(ctx context.Context, by Source, sku string, first int, after string, read *[]store.ListEntry) (Answer, error) {
	began := s.Now()
	req := Request{Placement: PlacementProduct, Sources: []Source{by}, Products: []string{sku}, First: first}
	if err := req.check(); err != nil {
		return Answer{}, err
	}
	offset := 0
	if after != "" {
		at, err := parsePlace(after)
		if err != nil {
			return Answer{}, err
		}
		offset = min(at.Offset, answerLength)
	}
	ctx, cancel := context.WithTimeout(ctx, s.Deadline)
	defer cancel()
	v, release := s.current()
	defer release()
	work := s.work.Get().(*scratch)
	defer s.work.Put(work)

	snap := s.Catalogue.Snapshot()
	eligible, onSale := s.eligible(snap, req.Filter)
	nobody := newProfile(v, 0, nil)
	q := &question{
		s: s, req: req, snap: snap, v: v, work: work, profile: nobody, about: req.Products, ahead: read,
		eligible: eligible, onSale: onSale,
	}
	q.category = q.mainCategory()
	q.hide()
	list := slices.DeleteFunc(q.propose(ctx, by, min(offset+first+1, answerLength)), func(c candidate) bool {
		return by == BestSellers && c.via != q.category
	})
	r := &ranking{v: v, profile: nobody, list: list, fresh: q.freshness(list)}
	answer := q.page(r, place{shop.NewUUID(began).String(), offset}, first)
	answer.Freshness.Took = since(s.Now, began)
	return answer, nil
}

// listsOf returns the lists of some products: what was read of the only one, else what read reads.
func (q *question) listsOf(skus []string, read func() ([][]store.ListEntry, error)) ([][]store.ListEntry, error) {
	if q.ahead != nil {
		return [][]store.ListEntry{*q.ahead}, nil
	}
	return read()
}
