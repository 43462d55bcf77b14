package catalogue

import (
	"cmp"
	"slices"

	"also/shop"
)

// Suggestions is what a search box may offer.
type Suggestions struct {
	Products   []shop.Product
	Categories []shop.Category // with products on offer, the largest first
	Vendors    []shop.Vendor   // with products on offer, the largest first
	Meant      string          // as Page's
}

// maxNames is how many categories, and how many vendors, are suggested.
const maxNames = 3

// MaxSuggestions is how many products may be suggested.
const MaxSuggestions = 20

// Suggest returns what a search box may offer for a text that is being typed: the first products of the search, and
// the categories and vendors whose names answer all its words.
func (s *Snapshot) Suggest(q Query) (Suggestions, error) {
	if q.First < 1 || q.First > MaxSuggestions {
		return Suggestions{}, shop.Errorf(shop.BadUserInput, "first", "ask for 1 to %d products, not %d", MaxSuggestions, q.First)
	}
	out := Suggestions{Products: []shop.Product{}, Categories: []shop.Category{}, Vendors: []shop.Vendor{}}
	search := s.search(q.Text, s.plan(q.Filter))
	if search == nil {
		return out, nil
	}
	page, err := s.List(q)
	if err != nil {
		return out, err
	}
	for _, p := range page.Products {
		out.Products = append(out.Products, *p)
	}
	out.Meant = page.Meant
	vendors, categories := search.named(s)
	for _, id := range largest(vendors, s.VendorCount) {
		out.Vendors = append(out.Vendors, s.vendors.byID[id])
	}
	for _, id := range largest(categories, s.CategoryCount) {
		out.Categories = append(out.Categories, s.categories.byID[id])
	}
	return out, nil
}

// named returns the vendors and the categories whose own names answer every term.
func (q *search) named(s *Snapshot) (vendors, categories []string) {
	all := func(of func(t *term) map[string]code, name func(id string) string) []string {
		var ids []string
		for id := range of(&q.terms[0]) {
			named := true
			for i := range q.terms {
				named = named && of(&q.terms[i])[id] != 0 && q.terms[i].names(name(id))
			}
			if named {
				ids = append(ids, id)
			}
		}
		return ids
	}
	vendors = all(func(t *term) map[string]code { return t.vendors }, func(id string) string { return s.vendors.byID[id].Name })
	categories = all(func(t *term) map[string]code { return t.categories }, func(id string) string { return s.categories.byID[id].Name })
	return vendors, categories
}

// names reports whether a word of a name answers the term: a category may also be answered for by one above it.
func (t *term) names(name string) bool {
	found := false
	eachWord(name, func(w string) {
		found = found || len(w) >= len(t.word) && w[:len(t.word)] == t.word ||
			slices.ContainsFunc(t.answers, func(a answer) bool { return a.word == w })
	})
	return found
}

// largest returns up to maxNames ids with a count, the largest first.
func largest(ids []string, count func(string) int) []string {
	ids = slices.DeleteFunc(ids, func(id string) bool { return count(id) == 0 })
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(count(b)-count(a), cmp.Compare(a, b)) })
	return ids[:min(maxNames, len(ids))]
}
