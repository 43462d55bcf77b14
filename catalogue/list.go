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

// key is where a product stands in a listing: ascending by Class, Number, Then, Text,
// SKU. It is the cursor too, so that a page goes on in the right place though
// products came and went.
type key struct {
	Sort   Sort   `json:"s"`
	Class  int    `json:"c,omitempty"`
	Number int64  `json:"n,omitempty"`
	Then   int64  `json:"h,omitempty"`
	Text   string `json:"t,omitempty"`
	SKU    string `json:"k"`
	Taste  string `json:"l,omitempty"` // the TasteAs of the query

	product *shop.Product
	number  int32
}

func (a *key) compare(b *key) int {
	return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Number, b.Number), cmp.Compare(a.Then, b.Then), strings.Compare(a.Text, b.Text), strings.Compare(a.SKU, b.SKU))
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

// TasteOf returns the TasteAs of the query that a cursor is of, "" for none: a next page that is asked for with
// the same taste goes on in the same order whatever the shopper did since.
func TasteOf(cursor string) string {
	if k, err := parseCursor(cursor, SortRelevance); err == nil {
		return k.Taste
	}
	return ""
}

// Ranked reports whether a query's order depends on the shopper's taste.
func (q *Query) Ranked() bool {
	return (q.Sort == "" || q.Sort == SortRelevance) && strings.TrimSpace(q.Text) != ""
}

// List returns one page of a listing. Its errors are shop.BadUserInput.
func (s *Snapshot) List(q Query) (Page, error) {
	if q.First < 1 || q.First > MaxPage {
		return Page{}, shop.Errorf(shop.BadUserInput, "first", "ask for 1 to %d products, not %d", MaxPage, q.First)
	}
	plan := s.plan(q.Filter)
	plan.search = s.search(q.Text, plan)
	o := &ordering{s: s, sort: q.Sort, search: plan.search, taste: q.Taste, as: q.TasteAs}
	switch q.Sort {
	case "", SortRelevance:
		o.sort = SortRelevance
		if plan.search == nil {
			o.sort = SortNewest
		}
	case SortNewest, SortPriceAsc, SortPriceDesc, SortName, SortBestSelling, SortStockAsc:
	default:
		return Page{}, shop.Errorf(shop.BadUserInput, "sort", "%q is not an order", q.Sort)
	}
	best := &selection{n: q.First + 1}
	if q.After != "" {
		after, err := parseCursor(q.After, o.sort)
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
	s.match(plan, func(at int, rows *bitset, except func(string) bitset) {
		out.Total += rows.overlap(rows)
		if counts != nil {
			counts.add(s.pages[at], except)
		}
		o.collect(best, at, rows)
	})
	if counts != nil {
		counts.keep(q.Filter)
		out.Facets = counts.facets()
	}
	if plan.search != nil {
		out.Meant = plan.search.meant
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
	o := &ordering{s: s, sort: sort}
	for at, page := range s.pages {
		var rows bitset
		if page == nil || n < 1 || at*pageWords >= len(among) {
			continue
		}
		copy(rows[:], among[at*pageWords:])
		for _, b := range page.status {
			present := *b
			present.and(&rows)
			o.collect(best, at, &present)
		}
	}
	out := make([]int32, len(best.keys))
	for i := range best.keys {
		out[i] = best.keys[i].number
	}
	return out
}

// ordering gives products their keys.
type ordering struct {
	s      *Snapshot
	sort   Sort
	search *search // of SortRelevance
	taste  func(int32) float64
	as     string
}

// Parts of a relevance: see Query.Text.
const (
	textPart  = .7
	tastePart = .8

	scoreSteps = 1e6 // a score in a key is an integer
)

// collect offers the matching rows of a page, the last one searched, to a selection.
func (o *ordering) collect(best *selection, at int, rows *bitset) {
	page := o.s.pages[at]
	rows.each(func(i int) {
		p := page.rows[i]
		k := key{Sort: o.sort, SKU: p.SKU, product: p, number: int32(at*pageSize + i)}
		switch o.sort {
		case SortPriceAsc:
			k.Number = p.Price.Minor
		case SortPriceDesc:
			k.Number = -p.Price.Minor
		case SortName:
			k.Text = fold(p.Name)
		case SortStockAsc:
			k.Number = int64(p.Stock)
		case SortBestSelling:
			k.Number = math.MaxInt32
			if r, ok := o.s.ranks[k.number]; ok {
				k.Number = int64(r)
			}
		case SortRelevance:
			h := &o.search.buffer
			k.Class, k.Then, k.Taste = int(h.class[i]), -p.ListedAt.UnixMilli(), o.as
			k.Number = -int64(math.Round(scoreSteps * (textPart*h.score[i] + (1-textPart)*o.liking(k.number))))
		default:
			k.Number = -p.ListedAt.UnixMilli()
		}
		best.offer(k)
	})
}

// liking returns how much the shopper likes a product, or the shop's customers do, 0 to 1.
func (o *ordering) liking(number int32) float64 {
	popularity := o.s.popularity(number)
	if o.taste == nil {
		return popularity
	}
	return tastePart*min(1, max(0, o.taste(number))) + (1-tastePart)*popularity
}

// popularity is 1 for the best-seller, falling with the logarithm of the rank to 0 for what is not on the list.
func (s *Snapshot) popularity(number int32) float64 {
	rank, ok := s.ranks[number]
	if !ok {
		return 0
	}
	return 1 - math.Log1p(float64(rank))/math.Log1p(float64(len(s.ranks)))
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
