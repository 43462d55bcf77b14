package catalogue

import (
	"strings"

	"also/shop"
)

var active = []shop.ProductStatus{shop.Active}

// Select returns the numbers of the products that match f, a set of the
// caller's own.
func (s *Snapshot) Select(f Filter) Bits {
	out := make(Bits, len(s.pages)*pageWords)
	s.match(s.plan(f), func(at int, rows *bitset) { copy(out[at*pageWords:], rows[:]) })
	return out
}

// plan is a filter with its categories and attributes spelt out.
type plan struct {
	Filter
	below      []string // Categories and all below them
	attributes [][]attribute
	words      []wordPlan
}

func (s *Snapshot) plan(f Filter) *plan {
	p := &plan{Filter: f}
	if len(p.Statuses) == 0 {
		p.Statuses = active
	}
	for _, c := range f.Categories {
		p.below = s.categories.below(p.below, c)
	}
	for name, values := range f.Attributes {
		one := make([]attribute, len(values))
		for i, v := range values {
			one[i] = attribute{name, v}
		}
		p.attributes = append(p.attributes, one)
	}
	return p
}

// match calls f with the matching rows of every page that has some.
func (s *Snapshot) match(p *plan, f func(at int, rows *bitset)) {
	for at, page := range s.pages {
		if page == nil {
			continue
		}
		if rows := p.rows(page); !rows.empty() {
			f(at, &rows)
		}
	}
}

// rows returns the rows of a page that match.
func (p *plan) rows(page *page) bitset {
	rows := union(page.status, p.Statuses)
	if p.InStock != nil {
		for k := range rows {
			if *p.InStock {
				rows[k] &= page.inStock[k]
			} else {
				rows[k] &^= page.inStock[k]
			}
		}
	}
	narrow := func(b bitset) { rows.and(&b) }
	if len(p.Vendors) > 0 {
		narrow(union(page.facts.vendors, p.Vendors))
	}
	if len(p.Categories) > 0 {
		narrow(union(page.facts.categories, p.below))
	}
	for _, values := range p.attributes {
		narrow(union(page.facts.attributes, values))
	}
	for i := range p.words {
		if rows.empty() {
			return rows
		}
		narrow(p.words[i].rows(page))
	}
	if p.PriceMin != nil || p.PriceMax != nil {
		p.narrowPrice(page, &rows)
	}
	return rows
}

func (p *plan) narrowPrice(page *page, rows *bitset) {
	candidates := *rows
	candidates.each(func(i int) {
		currency := page.rows[i].Price.Currency
		if p.PriceMin != nil && (page.price[i] < p.PriceMin.Minor || currency != p.PriceMin.Currency) ||
			p.PriceMax != nil && (page.price[i] > p.PriceMax.Minor || currency != p.PriceMax.Currency) {
			rows[i>>6] &^= 1 << (i & 63)
		}
	})
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
