package catalogue

import (
	"math/bits"

	"also/shop"
)

// pageSize is how many products a page holds: a multiple of 64.
const pageSize = 512

const pageWords = pageSize / 64

// bitset is a set of the rows of one page.
type bitset [pageWords]uint64

func (b *bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }
func (b *bitset) has(i int) bool { return b[i>>6]>>(i&63)&1 != 0 }

func (b *bitset) or(o *bitset) {
	for k := range b {
		b[k] |= o[k]
	}
}

func (b *bitset) and(o *bitset) {
	for k := range b {
		b[k] &= o[k]
	}
}

// not returns the rows that are not in b.
func (b *bitset) not() bitset {
	var out bitset
	for k := range b {
		out[k] = ^b[k]
	}
	return out
}

func (b *bitset) empty() bool { return *b == bitset{} }

// overlap returns how many rows are in both.
func (b *bitset) overlap(o *bitset) int {
	n := 0
	for k := range b {
		n += bits.OnesCount64(b[k] & o[k])
	}
	return n
}

func (b *bitset) each(f func(i int)) {
	for k, w := range b {
		for ; w != 0; w &= w - 1 {
			f(k<<6 + bits.TrailingZeros64(w))
		}
	}
}

// page is pageSize products side by side. A published page never changes.
type page struct {
	rows    [pageSize]*shop.Product
	price   [pageSize]int64
	status  map[shop.ProductStatus]*bitset
	inStock bitset
	facts   *facts
	index   *lazyIndex
}

// facts indexes what seldom changes of a page's products: an order that moves stock
// shares it with the page before.
type facts struct {
	categories map[string]*bitset // as the products name them, without ancestors
	vendors    map[string]*bitset
	attributes map[attribute]*bitset
}

type attribute struct{ name, value string }

// with returns a copy of p, nil for an empty page, with the products of changed put in place; nil
// takes one out.
func (p *page) with(changed map[int]*shop.Product) *page {
	next, fresh := &page{}, true
	if p != nil {
		*next, fresh = *p, false
	}
	for i, product := range changed {
		fresh = fresh || !sameFacts(next.rows[i], product)
		next.rows[i] = product
		next.price[i] = 0
		if product != nil {
			next.price[i] = product.Price.Minor
		}
	}
	next.status, next.inStock = map[shop.ProductStatus]*bitset{}, bitset{}
	for i, product := range next.rows {
		if product == nil {
			continue
		}
		mark(next.status, product.Status, i)
		if product.Stock > 0 {
			next.inStock.set(i)
		}
	}
	if fresh {
		next.facts, next.index = factsOf(&next.rows), &lazyIndex{}
	}
	return next
}

func (p *page) empty() bool { return len(p.status) == 0 }

// sameFacts reports that a and b are alike in all that facts and index know.
func sameFacts(a, b *shop.Product) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.SKU != b.SKU || a.Name != b.Name || a.Description != b.Description || a.Vendor != b.Vendor ||
		len(a.Categories) != len(b.Categories) || len(a.Attributes) != len(b.Attributes) {
		return false
	}
	for i, c := range a.Categories {
		if b.Categories[i] != c {
			return false
		}
	}
	for k, v := range a.Attributes {
		if w, ok := b.Attributes[k]; !ok || w != v {
			return false
		}
	}
	return true
}

func factsOf(rows *[pageSize]*shop.Product) *facts {
	f := &facts{categories: map[string]*bitset{}, vendors: map[string]*bitset{}, attributes: map[attribute]*bitset{}}
	for i, p := range rows {
		if p == nil {
			continue
		}
		mark(f.vendors, p.Vendor, i)
		for _, c := range p.Categories {
			mark(f.categories, c, i)
		}
		for k, v := range p.Attributes {
			mark(f.attributes, attribute{k, v}, i)
		}
	}
	return f
}

func mark[K comparable](m map[K]*bitset, key K, i int) {
	b := m[key]
	if b == nil {
		b = &bitset{}
		m[key] = b
	}
	b.set(i)
}

// builder makes the next snapshot out of one, copying only the pages it touches.
type builder struct {
	next    *Snapshot
	changed map[int]map[int]*shop.Product // by page, then row
}

func builderOf(s *Snapshot) *builder {
	next := *s
	return &builder{next: &next, changed: map[int]map[int]*shop.Product{}}
}

func (b *builder) put(p *shop.Product) { b.set(b.next.numbers.take(p.SKU), p) }

func (b *builder) drop(sku string) {
	if i, ok := b.next.numbers.of(sku); ok {
		b.set(i, nil)
	}
}

func (b *builder) set(number int32, p *shop.Product) {
	at := int(number) / pageSize
	if b.changed[at] == nil {
		b.changed[at] = map[int]*shop.Product{}
	}
	b.changed[at][int(number)%pageSize] = p
}

// snapshot applies what was put and dropped. The builder must not be used
// after it.
func (b *builder) snapshot() *Snapshot {
	s := b.next
	s.version = s.numbers.versions.Add(1)
	s.counts = &lazyCounts{}
	pages := append(make([]*page, 0, len(s.pages)+len(b.changed)), s.pages...)
	for at, changed := range b.changed {
		for len(pages) <= at {
			pages = append(pages, nil)
		}
		before := 0
		if pages[at] != nil {
			before = pages[at].count()
		}
		next := pages[at].with(changed)
		s.size += next.count() - before
		pages[at] = next
		if next.empty() {
			pages[at] = nil
		}
	}
	s.pages = pages
	return s
}

func (p *page) count() int {
	n := 0
	for _, b := range p.status {
		n += b.overlap(b)
	}
	return n
}
