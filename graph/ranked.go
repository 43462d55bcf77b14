package graph

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"also/shop"
)

// ranked is a list ordered by a figure, the highest first, ties by id, the
// highest first. NaN comes last. Its cursors carry both.
type ranked[T any] struct {
	all    []T
	figure func(T) float64
	id     func(T) string
}

// page returns the asked-for window with its cursors, and whether more follow.
func (r ranked[T]) page(first *int, after *string) (page []T, cursors []string, more bool, err error) {
	n, err := pageSize(first)
	if err != nil {
		return nil, nil, false, err
	}
	behind, err := parseCursor(after)
	if err != nil {
		return nil, nil, false, err
	}
	all := slices.Clone(r.all)
	slices.SortFunc(all, func(a, b T) int { return r.compare(r.figure(a), r.id(a), r.figure(b), r.id(b)) })
	if behind != "" {
		text, id, ok := strings.Cut(behind, " ")
		figure, err := strconv.ParseFloat(text, 64)
		if !ok || err != nil {
			return nil, nil, false, shop.Errorf(shop.BadUserInput, "after", "this cursor is of another list: pass the endCursor of the page before")
		}
		all = slices.DeleteFunc(all, func(v T) bool { return r.compare(r.figure(v), r.id(v), figure, id) <= 0 })
	}
	page = all[:min(n, len(all))]
	for _, v := range page {
		cursors = append(cursors, cursorOf(strconv.FormatFloat(r.figure(v), 'g', -1, 64)+" "+r.id(v)))
	}
	return page, cursors, len(all) > n, nil
}

// compare orders by figure, then by id. Negative: a comes first.
func (ranked[T]) compare(a float64, idA string, b float64, idB string) int {
	if nanA, nanB := math.IsNaN(a), math.IsNaN(b); nanA != nanB {
		if nanA {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(b, a), cmp.Compare(idB, idA))
}
