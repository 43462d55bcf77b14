package recommend

import (
	"cmp"
	"context"
	"slices"

	"also/shop"
)

// Explanation is why a product has its score for a shopper.
type Explanation struct {
	SKU       string
	Score     float64
	Reasons   []Reason // everything the shopper did that the model knows of, widest share first; shares sum to Score
	Model     string
	Freshness Freshness
}

// Explain returns the shares of all that a shopper did in the score of one product. It
// fails with shop.NotFound if there is no live model, or the model does not know the product.
func (s *Service) Explain(ctx context.Context, user shop.UserID, sku string) (Explanation, error) {
	began := s.Now()
	q, done, err := s.shopper(ctx, user)
	if err != nil {
		return Explanation{}, err
	}
	defer done()
	if q.v.column(sku) < 0 {
		return Explanation{}, shop.Errorf(shop.NotFound, "sku", "the model does not know product %q yet: it needs %d buyers, or the next training", sku, minEvidence)
	}
	e := Explanation{SKU: sku, Model: q.v.model.ID, Freshness: q.freshness(nil)}
	if e.Score, e.Reasons, err = q.explain(sku); err != nil {
		return Explanation{}, err
	}
	e.Freshness.Served = ServedFoldIn
	e.Freshness.Took = since(s.Now, began)
	return e, nil
}

// Belief is what the shop believes about a shopper from all they did with one
// product.
type Belief struct {
	SKU       string
	Event     *shop.Event // the latest of it, nil where only the training set remembers
	Weight    float64     // how sure the shop is, 0 to 1
	Target    float64     // of what: Weight for liking, below 0 for disliking
	Influence float64     // its exact part of the shopper's vector; all sum to 1
	Bought    bool
	Rejected  bool
	Excluded  bool // by the shopper
}

// Taste is all that the shop believes about a shopper.
type Taste struct {
	Beliefs   []Belief // widest influence first
	Model     string
	Freshness Freshness
}

// Profile returns what the shop believes about a shopper, from which personal answers are
// made. It fails with shop.NotFound if there is no live model.
func (s *Service) Profile(ctx context.Context, user shop.UserID) (Taste, error) {
	began := s.Now()
	q, done, err := s.shopper(ctx, user)
	if err != nil {
		return Taste{}, err
	}
	defer done()
	influence := make([]float64, len(q.profile.entries))
	err = q.v.blend.Influence(influence, q.profile.entries, &q.work.ws)
	if err != nil {
		return Taste{}, err
	}
	t := Taste{Model: q.v.model.ID, Freshness: q.freshness(nil)}
	for i := range q.profile.items {
		it := &q.profile.items[i]
		b := Belief{SKU: it.sku, Event: it.last, Bought: it.bought, Rejected: it.rejected, Excluded: it.excluded}
		if !it.excluded {
			w, target := q.v.model.Weighing.Entry(it.w, it.b, q.profile.age(it))
			b.Weight, b.Target = float64(w), float64(target)
		}
		t.Beliefs = append(t.Beliefs, b)
	}
	for k, i := range q.profile.entryOf {
		t.Beliefs[i].Influence = influence[k]
	}
	slices.SortStableFunc(t.Beliefs, func(a, b Belief) int { return cmp.Compare(abs(b.Influence), abs(a.Influence)) })
	t.Freshness.Served = ServedFoldIn
	t.Freshness.Took = since(s.Now, began)
	return t, nil
}

func abs(x float64) float64 { return max(x, -x) }

// shopper prepares to speak of one shopper; done must be called.
func (s *Service) shopper(ctx context.Context, user shop.UserID) (q *question, done func(), err error) {
	v, release := s.current()
	if v == nil {
		release()
		return nil, nil, shop.Errorf(shop.NotFound, "", "there is no live model: train one first")
	}
	q = &question{s: s, req: Request{User: user}, snap: s.Catalogue.Snapshot(), v: v, work: &scratch{}}
	if user != 0 {
		tails, err := s.Store.Tails(ctx, []shop.UserID{user})
		if err != nil {
			release()
			return nil, nil, err
		}
		q.tail = tails[0]
	}
	q.profile = newProfile(v, user, q.tail)
	var attributes map[string]string
	if user != 0 && q.thin() {
		if attributes, err = q.readAttributes(ctx); err != nil {
			release()
			return nil, nil, err
		}
	}
	q.begin(attributes)
	return q, release, nil
}
