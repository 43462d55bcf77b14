package recommend

import (
	"context"
	"slices"

	"also/catalogue"
	"also/store"
)

// sameVendor is more by the vendors of the products asked about, what sells best
// first.
type sameVendor struct{}

func (sameVendor) propose(_ context.Context, q *question, n int) ([]candidate, error) {
	var out []candidate
	seen := map[string]bool{"": true}
	for _, sku := range q.about[:min(maxAbout, len(q.about))] {
		if p := q.snap.Product(sku); p != nil && !seen[p.Vendor] {
			seen[p.Vendor] = true
			among := q.snap.Select(catalogue.Filter{Vendors: []string{p.Vendor}})
			out = append(out, q.inOrder(among, catalogue.SortBestSelling, SameVendor, p.Vendor, n)...)
		}
	}
	return out[:min(n, len(out))], nil
}

func (sameVendor) reasons(q *question, c *candidate) []Reason {
	name := c.via
	if v, ok := q.snap.Vendor(c.via); ok {
		name = v.Name
	}
	return []Reason{{Kind: ReasonVendor, SKU: q.snap.At(c.number).SKU, Text: "More by " + name}}
}

// inOrder returns the first n of a set, which it narrows, that the question accepts, in an order of the
// catalogue's. Scores fall with the place.
func (q *question) inOrder(among catalogue.Bits, sort catalogue.Sort, by Source, via string, n int) []candidate {
	for k := range among {
		if k < len(q.eligible) {
			among[k] &= q.eligible[k]
		} else {
			among[k] = 0
		}
	}
	for _, set := range []map[int32]bool{q.hidden, q.bought} {
		for number := range set {
			among.Clear(number)
		}
	}
	numbers := q.snap.Best(among, sort, n)
	out := make([]candidate, len(numbers))
	for i, number := range numbers {
		out[i] = candidate{number: number, by: by, score: 1 / float64(i+1), via: via}
	}
	return out
}

// newest is what was listed last, in the category asked about if there is one.
type newest struct{}

func (newest) propose(_ context.Context, q *question, n int) ([]candidate, error) {
	among := slices.Clone(q.eligible)
	if q.category != "" {
		among = q.snap.Select(catalogue.Filter{Categories: []string{q.category}})
	}
	return q.inOrder(among, catalogue.SortNewest, Newest, "", n), nil
}

func (newest) reasons(*question, *candidate) []Reason {
	return []Reason{{Kind: ReasonCount, Text: "New in the shop"}}
}

// bestSellers is what sells best in the category asked about, then in the shop.
type bestSellers struct{}

func (bestSellers) propose(ctx context.Context, q *question, n int) ([]candidate, error) {
	overall, err := q.s.lists.counted(ctx, store.KindBestSellers, []string{""})
	if err != nil {
		return nil, err
	}
	var out []candidate
	if q.category != "" {
		// Without this list the shop's own still answers.
		if list, err := q.s.lists.counted(ctx, store.KindBestSellers, []string{categoryKey(q.category)}); err == nil {
			out = q.fromList(list[0], BestSellers, q.category, n)
		}
	}
	seen := make(map[int32]bool, len(out))
	for _, c := range out {
		seen[c.number] = true
	}
	for _, c := range q.fromList(overall[0], BestSellers, "", n) {
		if len(out) < n && !seen[c.number] {
			out = append(out, c)
		}
	}
	return out, nil
}

func (bestSellers) reasons(q *question, c *candidate) []Reason {
	if cat, ok := q.snap.Category(c.via); ok {
		return []Reason{{Kind: ReasonCategory, Text: "A best-seller in " + cat.Name}}
	}
	return []Reason{{Kind: ReasonCount, Text: "A best-seller"}}
}

// trending is what is on the rise now.
type trending struct{}

func (trending) propose(ctx context.Context, q *question, n int) ([]candidate, error) {
	list, err := q.s.lists.counted(ctx, store.KindTrending, []string{""})
	if err != nil {
		return nil, err
	}
	return q.fromList(list[0], Trending, "", n), nil
}

func (trending) reasons(*question, *candidate) []Reason {
	return []Reason{{Kind: ReasonCount, Text: "On the rise now"}}
}
