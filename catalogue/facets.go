package catalogue

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"also/shop"
)

// Bounds of the facet of attributes: the commonest names, and each one's commonest values; what is chosen comes on top.
const (
	maxAttributes = 12
	maxValues     = 30
)

// facetCounter counts matches page by page.
type facetCounter struct {
	tree       *tree
	categories map[string]int
	vendors    map[string]int
	prices     map[string][]int64 // by currency
	attributes map[string]map[string]int
	inStock    int
	chosen     Filter // stays among the counts
}

func newFacetCounter(s *Snapshot) *facetCounter {
	return &facetCounter{
		tree: s.categories, categories: map[string]int{}, vendors: map[string]int{}, prices: map[string][]int64{},
		attributes: map[string]map[string]int{},
	}
}

// add counts the rows of a page; except gives those that match but for a facet's own condition.
func (c *facetCounter) add(p *page, except func(facet string) bitset) {
	inStock := except(stockFacet)
	c.inStock += p.inStock.overlap(&inStock)
	byVendor, byCategory := except(vendorFacet), except(categoryFacet)
	c.addVendors(p, &byVendor)
	c.addCategories(p, &byCategory)
	prices := except(priceFacet)
	prices.each(func(i int) {
		if m := p.rows[i].Price; !m.IsZero() {
			c.prices[m.Currency] = append(c.prices[m.Currency], m.Minor)
		}
	})
	rows := map[string]bitset{}
	for a, b := range p.facts.attributes {
		among, ok := rows[a.name]
		if !ok {
			among = except(attributeFacet + a.name)
			rows[a.name] = among
		}
		if n := b.overlap(&among); n > 0 {
			if c.attributes[a.name] == nil {
				c.attributes[a.name] = map[string]int{}
			}
			c.attributes[a.name][a.value] += n
		}
	}
}

func (c *facetCounter) addVendors(p *page, rows *bitset) {
	for id, b := range p.facts.vendors {
		if n := b.overlap(rows); n > 0 && id != "" {
			c.vendors[id] += n
		}
	}
}

// addCategories counts a product in two categories once in what is above both.
func (c *facetCounter) addCategories(p *page, rows *bitset) {
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
}

// keep puts what a filter chooses among the counts, with 0 where nothing has it: what is chosen can be taken back.
func (c *facetCounter) keep(f Filter) {
	c.chosen = f
	for _, id := range f.Categories {
		c.categories[id] += 0
	}
	for _, id := range f.Vendors {
		c.vendors[id] += 0
	}
	for name, values := range f.Attributes {
		if c.attributes[name] == nil {
			c.attributes[name] = map[string]int{}
		}
		for _, v := range values {
			c.attributes[name][v] += 0
		}
	}
}

func (c *facetCounter) facets() *Facets {
	f := &Facets{Categories: sortedCounts(c.categories), Vendors: sortedCounts(c.vendors), Attributes: c.attributeCounts(), InStock: c.inStock}
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

func (c *facetCounter) attributeCounts() []AttributeCounts {
	out := make([]AttributeCounts, 0, len(c.attributes))
	total := map[string]int{}
	for name, values := range c.attributes {
		for _, n := range values {
			total[name] += n
		}
		counts := head(sortedCounts(values), maxValues, func(v Count) bool { return slices.Contains(c.chosen.Attributes[name], v.ID) })
		out = append(out, AttributeCounts{Name: name, Values: counts})
	}
	slices.SortFunc(out, func(a, b AttributeCounts) int {
		return cmp.Or(total[b.Name]-total[a.Name], cmp.Compare(a.Name, b.Name))
	})
	return head(out, maxAttributes, func(a AttributeCounts) bool { return c.chosen.Attributes[a.Name] != nil })
}

// head returns the first n, and of the others those that are kept. It reuses all.
func head[T any](all []T, n int, kept func(T) bool) []T {
	if len(all) <= n {
		return all
	}
	rest := slices.DeleteFunc(all[n:], func(one T) bool { return !kept(one) })
	return all[:n+len(rest)]
}

// lazyCounts is how many products on offer vendors and categories have, counted when first asked for.
type lazyCounts struct {
	once       sync.Once
	vendors    map[string]int
	categories map[string]int
}

func (s *Snapshot) counted() *lazyCounts {
	s.counts.once.Do(func() {
		c := newFacetCounter(s)
		for _, page := range s.pages {
			if page != nil {
				rows := union(page.status, active)
				c.addVendors(page, &rows)
				c.addCategories(page, &rows)
			}
		}
		s.counts.vendors, s.counts.categories = c.vendors, c.categories
	})
	return s.counts
}

// VendorCount returns how many products on offer a vendor has.
func (s *Snapshot) VendorCount(id string) int { return s.counted().vendors[id] }

// CategoryCount returns how many products on offer are in a category or below it.
func (s *Snapshot) CategoryCount(id string) int { return s.counted().categories[id] }

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
