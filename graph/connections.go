package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"also/graph/model"
	"also/shop"
	"also/warehouse"
)

// named is what a connection over a list in memory needs of its elements.
type named[T any] struct {
	all  []T // by name
	name func(T) string
	id   func(T) string
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
	matching := l.all
	if text := deref(query); text != "" {
		matching = slices.DeleteFunc(slices.Clone(l.all), func(v T) bool { return !namedLike(l.name(v), text) })
	}
	key := func(v T) string { return nameKey(l.name(v), l.id(v)) }
	page, more = window(matching, key, behind, n)
	for _, v := range page {
		cursors = append(cursors, cursorOf(key(v)))
	}
	return page, cursors, more, len(matching), nil
}

func vendorPage(all []shop.Vendor, first *int, after, query *string) (*model.VendorConnection, error) {
	l := named[shop.Vendor]{all, func(v shop.Vendor) string { return v.Name }, func(v shop.Vendor) string { return v.ID }}
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

func categoryPage(all []shop.Category, first *int, after, query *string) (*model.CategoryConnection, error) {
	l := named[shop.Category]{all, func(c shop.Category) string { return c.Name }, func(c shop.Category) string { return c.ID }}
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
