package catalogue

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"also/shop"
)

// key is where a product stands in a listing: ascending by Class, Number, Text,
// SKU. It is the cursor too, so that a page goes on in the right place though
// products came and went.
type key struct {
	Sort   Sort   `json:"s"`
	Class  int    `json:"c,omitempty"`
	Number int64  `json:"n,omitempty"`
	Text   string `json:"t,omitempty"`
	SKU    string `json:"k"`

	product *shop.Product
	number  int32
}

func (a *key) compare(b *key) int {
	return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Number, b.Number), strings.Compare(a.Text, b.Text), strings.Compare(a.SKU, b.SKU))
}

func (a *key) cursor() string {
	b, err := json.Marshal(a)
	if err != nil {
		panic("catalogue: cursor: " + err.Error()) // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor reads a cursor of a listing in the given order.
func parseCursor(s string, sort Sort) (*key, error) {
	var k key
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &k)
	}
	if err != nil {
		return nil, shop.Errorf(shop.BadUserInput, "after", "this is not a cursor of this listing: pass endCursor as it was given")
	}
	if k.Sort != sort {
		return nil, shop.Errorf(shop.BadUserInput, "after", "this cursor is of a listing sorted by %s: start again from the first page", k.Sort)
	}
	return &k, nil
}

// List returns one page of a listing. Its errors are shop.BadUserInput.
func (s *Snapshot) List(q Query) (Page, error) {
	if q.First < 1 || q.First > MaxPage {
		return Page{}, shop.Errorf(shop.BadUserInput, "first", "ask for 1 to %d products, not %d", MaxPage, q.First)
	}
	plan := s.plan(q.Filter)
	plan.words = s.search(q.Text)
	sort := q.Sort
	switch sort {
	case "", SortRelevance:
		sort = SortRelevance
		if len(plan.words) == 0 {
			sort = SortNewest
		}
	case SortNewest, SortPriceAsc, SortPriceDesc, SortName, SortBestSelling:
	default:
		return Page{}, shop.Errorf(shop.BadUserInput, "sort", "%q is not an order", q.Sort)
	}
	best := &selection{n: q.First + 1}
	if q.After != "" {
		after, err := parseCursor(q.After, sort)
		if err != nil {
			return Page{}, err
		}
		best.after = after
	}
	var out Page
	var counts *facetCounter
	if q.Facets {
		counts = newFacetCounter(s)
	}
	s.match(plan, func(at int, rows *bitset) {
		out.Total += rows.overlap(rows)
		if counts != nil {
			counts.add(s.pages[at], rows)
		}
		s.collect(best, sort, plan.words, at, rows)
	})
	if counts != nil {
		out.Facets = counts.facets()
	}
	out.HasMore = len(best.keys) > q.First
	for _, k := range best.keys[:min(q.First, len(best.keys))] {
		out.Products = append(out.Products, k.product)
		out.Cursors = append(out.Cursors, k.cursor())
	}
	return out, nil
}

// Best returns the first n of a set of numbers in the order of a listing, which is not SortRelevance.
func (s *Snapshot) Best(among Bits, sort Sort, n int) []int32 {
	best := &selection{n: n}
	for at, page := range s.pages {
		var rows bitset
		if page == nil || n < 1 || at*pageWords >= len(among) {
			continue
		}
		copy(rows[:], among[at*pageWords:])
		for _, b := range page.status {
			present := *b
			present.and(&rows)
			s.collect(best, sort, nil, at, &present)
		}
	}
	out := make([]int32, len(best.keys))
	for i := range best.keys {
		out[i] = best.keys[i].number
	}
	return out
}

// collect offers the matching rows of a page to a selection.
func (s *Snapshot) collect(best *selection, sort Sort, words []wordPlan, at int, rows *bitset) {
	page := s.pages[at]
	var whole, begins bitset
	if sort == SortRelevance {
		whole, begins = rank(words, page)
	}
	rows.each(func(i int) {
		p := page.rows[i]
		k := key{Sort: sort, SKU: p.SKU, product: p, number: int32(at*pageSize + i)}
		switch sort {
		case SortPriceAsc:
			k.Number = p.Price.Minor
		case SortPriceDesc:
			k.Number = -p.Price.Minor
		case SortName:
			k.Text = fold(p.Name)
		case SortBestSelling:
			k.Number = math.MaxInt32
			if r, ok := s.ranks[k.number]; ok {
				k.Number = int64(r)
			}
		case SortRelevance:
			k.Class = 2
			if whole.has(i) {
				k.Class = 0
			} else if begins.has(i) {
				k.Class = 1
			}
			k.Number = -p.ListedAt.UnixMilli()
		default:
			k.Number = -p.ListedAt.UnixMilli()
		}
		best.offer(k)
	})
}

// selection keeps the first n keys after a key, sorted.
type selection struct {
	n     int
	after *key
	keys  []key
}

func (b *selection) offer(k key) {
	if b.after != nil && k.compare(b.after) <= 0 {
		return
	}
	if len(b.keys) == b.n {
		if k.compare(&b.keys[b.n-1]) >= 0 {
			return
		}
		b.keys = b.keys[:b.n-1]
	}
	at, _ := slices.BinarySearchFunc(b.keys, &k, func(a key, k *key) int { return a.compare(k) })
	b.keys = slices.Insert(b.keys, at, k)
}

// SetBestSellers tells the catalogue the order of SortBestSelling, best first.
// Unknown skus are ignored.
func (c *Catalogue) SetBestSellers(skus []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := builderOf(c.current.Load())
	b.next.ranks = make(map[int32]int32, len(skus))
	for rank, sku := range skus {
		if i, ok := c.numbers.of(sku); ok {
			b.next.ranks[i] = int32(rank)
		}
	}
	c.current.Store(b.snapshot())
}
