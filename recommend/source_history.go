package recommend

import (
	"context"

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

// eventReason points at what the shopper did with the product itself.
func (q *question) eventReason(c *candidate, text string) []Reason {
	r := Reason{Kind: ReasonEvent, SKU: q.snap.At(c.number).SKU, Text: text}
	if i, ok := q.profile.index[r.SKU]; ok {
		r.Event = q.profile.items[i].last
	}
	return []Reason{r}
}
