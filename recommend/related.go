package recommend

import (
	"context"
	"slices"

	"also/shop"
	"also/store"
)

// Related asks one source about each of some products, for nobody in particular: answer k is about skus[k], first
// products long, from behind a cursor of an earlier answer about it. The products that a source leaves to
// others, as what sells best in the whole shop, are not among them. It reads the store once for all of them.
func (s *Service) Related(ctx context.Context, by Source, skus []string, first int, after string) ([]Answer, error) {
	began := s.Now()
	req := Request{Placement: PlacementProduct, Sources: []Source{by}, First: first}
	if err := req.check(); err != nil {
		return nil, err
	}
	offset := 0
	if after != "" {
		at, err := parsePlace(after)
		if err != nil {
			return nil, err
		}
		offset = min(at.Offset, answerLength)
	}
	ctx, cancel := context.WithTimeout(ctx, s.Deadline)
	defer cancel()
	v, release := s.current()
	defer release()
	work := s.work.Get().(*scratch)
	defer s.work.Put(work)

	ahead := s.readAhead(ctx, by, v, skus)
	snap := s.Catalogue.Snapshot()
	eligible, onSale := s.eligible(snap, req.Filter)
	nobody := newProfile(v, 0, nil)
	out := make([]Answer, len(skus))
	for k, sku := range skus {
		req.Products = []string{sku}
		q := &question{
			s: s, req: req, snap: snap, v: v, work: work, profile: nobody, about: req.Products,
			eligible: eligible, onSale: onSale, ahead: ahead,
		}
		q.category = q.mainCategory()
		q.hide()
		list := slices.DeleteFunc(q.propose(ctx, by, min(offset+first+1, answerLength)), func(c candidate) bool {
			return by == BestSellers && c.via != q.category
		})
		r := &ranking{v: v, profile: nobody, list: list, fresh: q.freshness(list)}
		out[k] = q.page(r, place{shop.NewUUID(began).String(), offset}, first)
		out[k].Freshness.Took = since(s.Now, began)
	}
	return out, nil
}

// readAhead reads the lists of all products that a source will look for one by one. What fails is read again,
// and said to be late, where it is needed.
func (s *Service) readAhead(ctx context.Context, by Source, v *view, skus []string) map[string][]store.ListEntry {
	var lists [][]store.ListEntry
	var err error
	switch set := s.lists.modelSet(); {
	case by == BoughtWith:
		lists, err = s.lists.counted(ctx, store.KindBoughtWith, skus)
	case by == Similar && v == nil && set != "":
		lists, err = s.lists.read(ctx, set, store.KindSimilar, skus)
	default:
		return nil
	}
	if err != nil {
		s.Log.WarnContext(ctx, "lists could not be read ahead", "source", by, "error", err)
		return nil
	}
	ahead := make(map[string][]store.ListEntry, len(skus))
	for i, list := range lists {
		ahead[skus[i]] = list
	}
	return ahead
}

// listsOf returns what was read ahead of some products; read reads it otherwise.
func (q *question) listsOf(skus []string, read func() ([][]store.ListEntry, error)) ([][]store.ListEntry, error) {
	if q.ahead == nil {
		return read()
	}
	out := make([][]store.ListEntry, len(skus))
	for i, sku := range skus {
		out[i] = q.ahead[sku]
	}
	return out, nil
}
