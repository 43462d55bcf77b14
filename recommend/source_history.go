package recommend

import (
	"cmp"
	"context"
	"slices"

	"also/shop"
)

// recentlySeen is what the shopper looked at, the latest first.
type recentlySeen struct{}

func (recentlySeen) propose(_ context.Context, q *question, n int) ([]candidate, error) {
	if q.withoutTail {
		return nil, errNoTail
	}
	return q.fromSKUs(recent(q.tail, shop.ProductView, shop.Click), RecentlySeen, n), nil
}

func (recentlySeen) reasons(q *question, c *candidate) []Reason {
	return q.eventReason(c, "You looked at this")
}

var errNoTail = shop.Errorf(shop.DeadlineExceeded, "", "the shopper's recent history is late")

// buyAgain is what the shopper bought, the latest first.
type buyAgain struct{}

func (buyAgain) propose(_ context.Context, q *question, n int) ([]candidate, error) {
	var items []*item
	for i := range q.profile.items {
		if it := &q.profile.items[i]; it.bought && !it.rejected {
			items = append(items, it)
		}
	}
	slices.SortStableFunc(items, func(a, b *item) int { return cmp.Or(cmp.Compare(b.met(), a.met()), cmp.Compare(b.w, a.w)) })
	skus := make([]string, len(items))
	for i, it := range items {
		skus[i] = it.sku
	}
	return q.fromSKUs(skus, BuyAgain, n), nil
}

func (buyAgain) reasons(q *question, c *candidate) []Reason {
	return q.eventReason(c, "You bought this")
}

// met returns when the shopper last met the product, in milliseconds, as far as is
// known.
func (it *item) met() int64 {
	if it.last != nil {
		return max(it.rowLast, it.last.OccurredAt.UnixMilli())
	}
	return it.rowLast
}

// eventReason points at what the shopper did with the product itself.
func (q *question) eventReason(c *candidate, text string) []Reason {
	r := Reason{Kind: ReasonEvent, SKU: q.snap.At(c.number).SKU, Text: text}
	if i, ok := q.profile.index[r.SKU]; ok {
		r.Event = q.profile.items[i].last
	}
	return []Reason{r}
}
