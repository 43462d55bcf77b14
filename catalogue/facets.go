package catalogue

import (
	"cmp"
	"math"
	"slices"

	"also/shop"
)

// facetCounter counts matches page by page.
type facetCounter struct {
	tree       *tree
	categories map[string]int
	vendors    map[string]int
	prices     map[string][]int64 // by currency
}

func newFacetCounter(s *Snapshot) *facetCounter {
	return &facetCounter{tree: s.categories, categories: map[string]int{}, vendors: map[string]int{}, prices: map[string][]int64{}}
}

func (c *facetCounter) add(p *page, rows *bitset) {
	for id, b := range p.facts.vendors {
		if n := b.overlap(rows); n > 0 && id != "" {
			c.vendors[id] += n
		}
	}
	// A product in two categories counts once in what is above both.
	withAncestors := map[string]*bitset{}
	var chain []string
	for id, b := range p.facts.categories {
		hits := *b
		hits.and(rows)
		if hits.empty() {
			continue
		}
		chain = c.tree.above(chain[:0], id)
		for _, a := range chain {
			if withAncestors[a] == nil {
				withAncestors[a] = &bitset{}
			}
			withAncestors[a].or(&hits)
		}
	}
	for id, b := range withAncestors {
		c.categories[id] += b.overlap(b)
	}
	rows.each(func(i int) {
		if m := p.rows[i].Price; !m.IsZero() {
			c.prices[m.Currency] = append(c.prices[m.Currency], m.Minor)
		}
	})
}

func (c *facetCounter) facets() *Facets {
	f := &Facets{Categories: sortedCounts(c.categories), Vendors: sortedCounts(c.vendors)}
	currencies := make([]string, 0, len(c.prices))
	for cur := range c.prices {
		currencies = append(currencies, cur)
	}
	slices.Sort(currencies)
	for _, cur := range currencies {
		f.Prices = append(f.Prices, bands(cur, c.prices[cur])...)
	}
	return f
}

func sortedCounts(m map[string]int) []Count {
	out := make([]Count, 0, len(m))
	for id, n := range m {
		out = append(out, Count{id, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.ID, b.ID)) })
	return out
}

// maxBands is how many price bands a currency has at most.
const maxBands = 5

// bands cuts prices, not empty, at round amounts: even steps up to the price that
// nine in ten products stay below, then one band for the rest.
func bands(currency string, prices []int64) []PriceBand {
	slices.Sort(prices)
	lowest, highest := prices[0], prices[len(prices)-1]
	step := roundStep(float64(prices[len(prices)*9/10]-lowest) / (maxBands - 1))
	var out []PriceBand
	for len(prices) > 0 {
		from := prices[0] / step * step
		to := from + step
		n, _ := slices.BinarySearch(prices, to)
		if len(out) == maxBands-1 || to > highest {
			n, to = len(prices), max(to, highest)
		}
		out = append(out, PriceBand{Min: shop.Money{Minor: from, Currency: currency}, Max: shop.Money{Minor: to, Currency: currency}, Count: n})
		prices = prices[n:]
	}
	return out
}

// roundStep returns the smallest of 1, 2, 5, 10, 20, … that is not below x.
func roundStep(x float64) int64 {
	unit := int64(1)
	for {
		for _, m := range []int64{1, 2, 5} {
			if float64(m*unit) >= x {
				return m * unit
			}
		}
		if unit > math.MaxInt64/100 {
			return unit
		}
		unit *= 10
	}
}
