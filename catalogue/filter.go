package catalogue

import (
	"slices"
	"strings"

	"also/shop"
)

var active = []shop.ProductStatus{shop.Active}

// Select returns the numbers of the products that match f, a set of the
// caller's own.
func (s *Snapshot) Select(f Filter) Bits {
	out := make(Bits, len(s.pages)*pageWords)
	s.match(s.plan(f), func(at int, rows *bitset, _ func(string) bitset) { copy(out[at*pageWords:], rows[:]) })
	return out
}

// plan is a filter spelt out.
type plan struct {
	Filter
	narrowings []narrowing
	within     []string // Within and what is below it
	search     *search  // nil without a text
}

// narrowing is one condition that a facet leaves out when it counts: what else there would be to choose.
type narrowing struct {
	facet string
	rows  func(*page) bitset
}

// The facets whose conditions can be left out; an attribute's is attributeFacet and its name.
const (
	stockFacet     = "stock"
	vendorFacet    = "vendor"
	categoryFacet  = "category"
	priceFacet     = "price"
	attributeFacet = "attribute/"
)

func (s *Snapshot) plan(f Filter) *plan {
	p := &plan{Filter: f}
	if len(p.Statuses) == 0 {
		p.Statuses = active
	}
	if f.Within != "" {
		p.within = s.categories.below(nil, f.Within)
	}
	add := func(facet string, rows func(*page) bitset) {
		p.narrowings = append(p.narrowings, narrowing{facet, rows})
	}
	if f.InStock != nil {
		add(stockFacet, func(page *page) bitset {
			if *f.InStock {
				return page.inStock
			}
			return page.inStock.not()
		})
	}
	if len(f.Vendors) > 0 {
		add(vendorFacet, func(page *page) bitset { return union(page.facts.vendors, f.Vendors) })
	}
	if len(f.Categories) > 0 {
		var below []string
		for _, c := range f.Categories {
			below = s.categories.below(below, c)
		}
		add(categoryFacet, func(page *page) bitset { return union(page.facts.categories, below) })
	}
	for name, values := range f.Attributes {
		one := make([]attribute, len(values))
		for i, v := range values {
			one[i] = attribute{name, v}
		}
		add(attributeFacet+name, func(page *page) bitset { return union(page.facts.attributes, one) })
	}
	if f.PriceMin != nil || f.PriceMax != nil {
		add(priceFacet, p.priced)
	}
	return p
}

// match calls f with the matching rows of every page that has some before narrowing; except returns those that
// match but for one facet's condition.
func (s *Snapshot) match(p *plan, f func(at int, rows *bitset, except func(facet string) bitset)) {
	for at, page := range s.pages {
		if page == nil {
			continue
		}
		base := p.base(page)
		if base.empty() {
			continue
		}
		sets := make([]bitset, len(p.narrowings))
		rows := base
		for i, n := range p.narrowings {
			sets[i] = n.rows(page)
			rows.and(&sets[i])
		}
		f(at, &rows, func(facet string) bitset {
			out := base
			for i := range sets {
				if p.narrowings[i].facet != facet {
					out.and(&sets[i])
				}
			}
			return out
		})
	}
}

// base returns the rows of a page that match all that no facet is about.
func (p *plan) base(page *page) bitset {
	rows := union(page.status, p.Statuses)
	if p.within != nil {
		within := union(page.facts.categories, p.within)
		rows.and(&within)
	}
	if p.search != nil && !rows.empty() {
		rows.and(&p.search.hits(page).rows)
	}
	if len(p.Lacks) == 0 && p.StockBelow == nil {
		return rows
	}
	candidates := rows
	candidates.each(func(i int) {
		product := page.rows[i]
		if p.StockBelow != nil && product.Stock >= *p.StockBelow ||
			slices.ContainsFunc(p.Lacks, func(part Part) bool { return !part.missing(product) }) {
			rows[i>>6] &^= 1 << (i & 63)
		}
	})
	return rows
}

func (p *plan) priced(page *page) bitset {
	var rows bitset
	for i, product := range page.rows {
		if product == nil {
			continue
		}
		currency := product.Price.Currency
		if (p.PriceMin == nil || page.price[i] >= p.PriceMin.Minor && currency == p.PriceMin.Currency) &&
			(p.PriceMax == nil || page.price[i] <= p.PriceMax.Minor && currency == p.PriceMax.Currency) {
			rows.set(i)
		}
	}
	return rows
}

// missing reports whether a product lacks the part.
func (part Part) missing(p *shop.Product) bool {
	switch part {
	case PartCategory:
		return len(p.Categories) == 0
	case PartVendor:
		return p.Vendor == ""
	case PartPrice:
		return p.Price.IsZero()
	case PartPicture:
		return len(p.Images) == 0
	case PartDescription:
		return p.Description == ""
	}
	return false
}

// union returns the rows that have any of the keys.
func union[K comparable](m map[K]*bitset, keys []K) bitset {
	var out bitset
	for _, k := range keys {
		if b := m[k]; b != nil {
			out.or(b)
		}
	}
	return out
}

// fold returns s without differences of case.
func fold(s string) string { return strings.ToLower(s) }
