package storetest

import (
	"fmt"
	"testing"

	"also/shop"
	"also/store"
)

func list(scores ...float32) []store.ListEntry {
	var l []store.ListEntry
	for i, s := range scores {
		l = append(l, store.ListEntry{SKU: fmt.Sprint("sku", i), Score: s})
	}
	return l
}

func (e *env) putLists(set, kind string, lists map[string][]store.ListEntry) {
	e.t.Helper()
	e.ok(e.s.PutLists(e.ctx, set, kind, lists))
}

func (e *env) lists(set, kind string, keys ...string) [][]store.ListEntry {
	e.t.Helper()
	lists, err := e.s.GetLists(e.ctx, set, kind, keys)
	e.ok(err)
	return lists
}

func (e *env) sets() []string {
	e.t.Helper()
	sets, err := e.s.Sets(e.ctx)
	e.ok(err)
	return sets
}

var listCases = []testCase{
	{"GetLists/returns one list per key in its order, nil where there is none", func(t *testing.T, e *env) {
		e.putLists("model/a", "similar", map[string][]store.ListEntry{"x": list(3, 2.5, -1), "y": list(1), "": list(9)})
		got := e.lists("model/a", "similar", "y", "none", "x", "")
		equal(t, got, [][]store.ListEntry{list(1), nil, list(3, 2.5, -1), list(9)})
		equal(t, e.lists("model/a", "user", "x"), [][]store.ListEntry{nil})
		equal(t, e.lists("model/b", "similar", "x"), [][]store.ListEntry{nil})
		equal(t, len(e.lists("model/a", "similar")), 0)
	}},
	{"PutLists/writes over and beside what is there, and records nothing", func(t *testing.T, e *env) {
		e.putLists("s", "k", map[string][]store.ListEntry{"x": list(1), "y": list(2)})
		e.putLists("s", "k", map[string][]store.ListEntry{"x": list(3, 4)})
		equal(t, e.lists("s", "k", "x", "y"), [][]store.ListEntry{list(3, 4), list(2)})
		e.putLists("s", "k", nil)
		e.nothingSince(nil)
	}},
	{"PutLists/takes many lists of many entries", func(t *testing.T, e *env) {
		lists, keys := map[string][]store.ListEntry{}, []string(nil)
		for i := range 3000 {
			key := fmt.Sprint(i)
			keys = append(keys, key)
			lists[key] = list(make([]float32, i%40)...)
		}
		e.putLists("s", "user", lists)
		for i, l := range e.lists("s", "user", keys...) {
			equal(t, len(l), i%40)
		}
	}},
	{"PutLists/refuses a set or kind without a name", func(t *testing.T, e *env) {
		e.is(e.s.PutLists(e.ctx, "", "k", map[string][]store.ListEntry{"x": list(1)}), shop.BadUserInput)
		e.is(e.s.PutLists(e.ctx, "s", "two words", map[string][]store.ListEntry{"x": list(1)}), shop.BadUserInput)
	}},
	{"Sets/names all that hold something", func(t *testing.T, e *env) {
		equal(t, len(e.sets()), 0)
		e.putLists("model/b", "user", map[string][]store.ListEntry{"x": list(1)})
		e.putLists("model/a", "user", map[string][]store.ListEntry{"x": list(1)})
		e.putLists("model/a", "similar", map[string][]store.ListEntry{"x": list(1)})
		equal(t, e.sets(), []string{"model/a", "model/b"})
	}},
	{"DropSet/deletes one set whole, and again is no error", func(t *testing.T, e *env) {
		for _, set := range []string{"model/a", "model/ab"} {
			e.putLists(set, "user", map[string][]store.ListEntry{"x": list(1)})
			e.putLists(set, "similar", map[string][]store.ListEntry{"x": list(1)})
		}
		e.ok(e.s.DropSet(e.ctx, "model/a"))
		e.ok(e.s.DropSet(e.ctx, "model/a"))
		equal(t, e.sets(), []string{"model/ab"})
		equal(t, e.lists("model/a", "user", "x"), [][]store.ListEntry{nil})
		equal(t, e.lists("model/ab", "user", "x"), [][]store.ListEntry{list(1)})
	}},
}
