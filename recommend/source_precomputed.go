package recommend

import (
	"context"

	"also/store"
)

// precomputed is the personal list made at training, for when the model itself
// is not at hand.
type precomputed struct{}

func (precomputed) propose(ctx context.Context, q *question, n int) ([]candidate, error) {
	if q.req.User == 0 || q.v != nil {
		return nil, nil
	}
	set := q.s.lists.modelSet()
	if set == "" {
		return nil, nil
	}
	list, err := q.s.lists.read(ctx, set, store.KindUser, []string{q.req.User.String()})
	if err != nil {
		return nil, err
	}
	return q.fromList(list[0], Precomputed, "", n), nil
}

func (precomputed) reasons(*question, *candidate) []Reason {
	return []Reason{{Kind: ReasonCount, Text: "Picked for you from what you did before"}}
}

// fromList returns the products of a ready-made list that the question accepts.
func (q *question) fromList(list []store.ListEntry, by Source, via string, n int) []candidate {
	out := make([]candidate, 0, min(n, len(list)))
	for _, e := range list {
		if len(out) == n {
			break
		}
		if number, ok := q.snap.Number(e.SKU); ok && q.accepts(number, by) {
			out = append(out, candidate{number: number, by: by, score: float64(e.Score), via: via})
		}
	}
	return out
}

// fromSKUs is fromList for skus without scores: the first has the highest.
func (q *question) fromSKUs(skus []string, by Source, n int) []candidate {
	list := make([]store.ListEntry, len(skus))
	for i, sku := range skus {
		list[i] = store.ListEntry{SKU: sku, Score: 1 / float32(i+1)}
	}
	return q.fromList(list, by, "", n)
}

// productReason points at the product asked about.
func productReason(q *question, sku, text string) []Reason {
	return []Reason{{Kind: ReasonProduct, SKU: sku, Text: text + q.name(sku)}}
}
