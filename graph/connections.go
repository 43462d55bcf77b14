package graph

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"also/catalogue"
	"also/graph/model"
	"also/shop"
	"also/warehouse"
)

// named is what a connection over a list in memory needs of its elements.
type named[T any] struct {
	all   []T // by name
	name  func(T) string
	id    func(T) string
	count func(T) int // of products; what sorts before the name
	keep  func(T) bool
}

// page returns the asked-for window, its cursors, whether more follow, and how
// many there are.
func (l named[T]) page(first *int, after, query *string) (page []T, cursors []string, more bool, total int, err error) {
	n, err := pageSize(first)
	if err != nil {
		return nil, nil, false, 0, err
	}
	behind, err := parseCursor(after)
	if err != nil {
		return nil, nil, false, 0, err
	}
	text := deref(query)
	matching := slices.DeleteFunc(slices.Clone(l.all), func(v T) bool { return text != "" && !namedLike(l.name(v), text) || !l.keep(v) })
	key := func(v T) string { return nameKey(l.name(v), l.id(v)) }
	if l.count != nil {
		key = func(v T) string { return countKey(l.count(v)) + nameKey(l.name(v), l.id(v)) }
		slices.SortFunc(matching, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	}
	page, more = window(matching, key, behind, n)
	for _, v := range page {
		cursors = append(cursors, cursorOf(key(v)))
	}
	return page, cursors, more, len(matching), nil
}

func vendorPage(s *catalogue.Snapshot, first *int, after, query *string, filter *model.VendorFilter, sort model.VendorSort) (*model.VendorConnection, error) {
	count := func(v shop.Vendor) int { return s.VendorCount(v.ID) }
	l := named[shop.Vendor]{all: s.Vendors(), name: func(v shop.Vendor) string { return v.Name }, id: func(v shop.Vendor) string { return v.ID }}
	if sort == model.VendorSortProductCount {
		l.count = count
	}
	l.keep = func(v shop.Vendor) bool {
		return filter == nil || filter.HasProducts == nil || *filter.HasProducts == (count(v) > 0)
	}
	page, cursors, more, total, err := l.page(first, after, query)
	if err != nil {
		return nil, err
	}
	out := &model.VendorConnection{Edges: []model.VendorEdge{}, PageInfo: *pageInfo(cursors, more), TotalCount: total}
	for i, v := range page {
		out.Edges = append(out.Edges, model.VendorEdge{Cursor: cursors[i], Node: v})
	}
	return out, nil
}

func categoryPage(s *catalogue.Snapshot, first *int, after, query *string, filter *model.CategoryFilter, sort model.CategorySort) (*model.CategoryConnection, error) {
	count := func(c shop.Category) int { return s.CategoryCount(c.ID) }
	l := named[shop.Category]{all: s.Categories(), name: func(c shop.Category) string { return c.Name }, id: func(c shop.Category) string { return c.ID }}
	if sort == model.CategorySortProductCount {
		l.count = count
	}
	l.keep = func(c shop.Category) bool {
		return filter == nil || (filter.HasProducts == nil || *filter.HasProducts == (count(c) > 0)) && (filter.Parent == nil || *filter.Parent == c.Parent)
	}
	page, cursors, more, total, err := l.page(first, after, query)
	if err != nil {
		return nil, err
	}
	out := &model.CategoryConnection{Edges: []model.CategoryEdge{}, PageInfo: *pageInfo(cursors, more), TotalCount: total}
	for i, c := range page {
		out.Edges = append(out.Edges, model.CategoryEdge{Cursor: cursors[i], Node: c})
	}
	return out, nil
}

// count is a number that may be larger than GraphQL's Int.
func count(n int64) warehouse.Position { return warehouse.Position(n) }

// asked reports whether the operation asks for a field of the one that is
// being resolved.
func asked(ctx context.Context, field string) bool {
	return slices.Contains(graphql.CollectAllFields(ctx), field)
}

// askedBelow is asked for a field of a field.
func askedBelow(ctx context.Context, field, below string) bool {
	op := graphql.GetOperationContext(ctx)
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name == field && slices.ContainsFunc(graphql.CollectFields(op, f.Selections, nil), func(b graphql.CollectedField) bool { return b.Name == below }) {
			return true
		}
	}
	return false
}
