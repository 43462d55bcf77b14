package catalogue

import (
	"cmp"
	"slices"

	"also/shop"
)

// vendors is the shop's vendors, by id and by name.
type vendors struct {
	byID   map[string]shop.Vendor
	sorted []shop.Vendor
	names  names
}

func newVendors(list []shop.Vendor) *vendors {
	v := &vendors{byID: make(map[string]shop.Vendor, len(list)), sorted: slices.Clone(list)}
	words := map[string][]string{}
	for _, one := range list {
		v.byID[one.ID] = one
		v.names.add(one.Name, one.ID, words)
	}
	v.names.fill(words)
	slices.SortFunc(v.sorted, func(a, b shop.Vendor) int {
		return cmp.Or(cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return v
}

// tree is the shop's categories.
type tree struct {
	byID     map[string]shop.Category
	sorted   []shop.Category
	children map[string][]string // by id, in the order of sorted
	names    names
}

func newTree(list []shop.Category) *tree {
	t := &tree{byID: make(map[string]shop.Category, len(list)), sorted: slices.Clone(list), children: map[string][]string{}}
	slices.SortFunc(t.sorted, func(a, b shop.Category) int {
		return cmp.Or(cmp.Compare(fold(a.Name), fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	words := map[string][]string{}
	for _, c := range t.sorted {
		t.byID[c.ID] = c
		t.children[c.Parent] = append(t.children[c.Parent], c.ID)
		t.names.add(c.Name, c.ID, words)
	}
	t.names.fill(words)
	return t
}

// below appends a category and all below it. A cycle, which commerce never makes but a
// repaired lake might hold, ends it.
func (t *tree) below(dst []string, id string) []string {
	dst = append(dst, id)
	for _, c := range t.children[id] {
		if !slices.Contains(dst, c) {
			dst = t.below(dst, c)
		}
	}
	return dst
}

// above appends a category and its ancestors, nearest first.
func (t *tree) above(dst []string, id string) []string {
	for start := len(dst); id != "" && !slices.Contains(dst[start:], id); id = t.byID[id].Parent {
		dst = append(dst, id)
	}
	return dst
}

// Vendor returns a vendor by id.
func (s *Snapshot) Vendor(id string) (shop.Vendor, bool) {
	v, ok := s.vendors.byID[id]
	return v, ok
}

// Vendors returns all vendors by name. The slice is shared.
func (s *Snapshot) Vendors() []shop.Vendor { return s.vendors.sorted }

// Category returns a category by id.
func (s *Snapshot) Category(id string) (shop.Category, bool) {
	c, ok := s.categories.byID[id]
	return c, ok
}

// Categories returns all categories by name. The slice is shared.
func (s *Snapshot) Categories() []shop.Category { return s.categories.sorted }

// Children returns the categories right below one by name, those of the root for "".
func (s *Snapshot) Children(id string) []shop.Category {
	ids := s.categories.children[id]
	out := make([]shop.Category, len(ids))
	for i, c := range ids {
		out[i] = s.categories.byID[c]
	}
	return out
}

// Ancestors returns the categories above one, from the root down to its parent.
func (s *Snapshot) Ancestors(id string) []shop.Category {
	var out []shop.Category
	for _, c := range s.categories.above(nil, id)[:] {
		if known, ok := s.categories.byID[c]; ok && c != id {
			out = append(out, known)
		}
	}
	slices.Reverse(out)
	return out
}
