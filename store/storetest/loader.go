package storetest

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// seq makes a sequence that does not fail.
func seq[T any](values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// formatEnd makes an id in the form that outboxes give theirs.
func formatEnd(n int) string { return fmt.Sprintf("%015d-%010d", n, 0) }

// state is a small view: what the cases below load.
func (e *env) state() store.State {
	p, q := product("A", 4), product("B", 0)
	p.Version, q.Version = 3, 1
	o, placed := e.order(100, "", pieces("A", 2))
	c := shop.Customer{User: 100, ExternalID: "c100", Email: "wren@example.org", CreatedAt: e.clock.Now()}
	s := shop.Session{TokenHash: "aa", User: 1, Customer: 100, ExpiresAt: e.clock.Now().Add(time.Hour)}
	gone := shop.Session{TokenHash: "bb", User: 2, ExpiresAt: e.clock.Now()}
	viewed := later(e.event(shop.ProductView, 100, "B"), -time.Minute)
	return store.State{
		Products: seq(p, q), Vendors: seq(shop.Vendor{ID: "acorn", Name: "Acorn"}), Categories: seq(shop.Category{ID: "tea", Name: "Tea"}),
		Orders: seq(o),
		Controls: seq(
			record("customer/100", show(c)), record("session/aa", show(s)), record("session/bb", show(gone)),
			record("cart/100", `{"owner":100,"lines":[{"sku":"B","quantity":2}]}`), record("run/1", `{"phase":"done"}`), record("run/2", `null`),
		),
		Tails: seq(placed[0], viewed), Fresh: seq(viewed), Seen: seq(viewed, placed[0]),
	}
}

var loaderCases = []testCase{
	{"Load/fills the view, and nothing reaches the outbox", func(t *testing.T, e *env) {
		e.ok(e.s.Load(e.ctx, e.state()))
		e.nothingSince(nil)
		equal(t, []any{e.product("A").Stock, e.product("A").Version}, []any{4, 3})
		vendors, err := e.s.Vendors(e.ctx)
		e.ok(err)
		equal(t, vendors, []shop.Vendor{{ID: "acorn", Name: "Acorn"}})
		categories, err := e.s.Categories(e.ctx)
		e.ok(err)
		equal(t, categories, []shop.Category{{ID: "tea", Name: "Tea"}})
		orders, err := e.s.OrdersOf(e.ctx, 100, shop.UUID{}, 10)
		e.ok(err)
		equal(t, len(orders), 1)
		c, err := e.s.CustomerByEmail(e.ctx, "wren@example.org")
		e.ok(err)
		equal(t, c.User, shop.UserID(100))
		_, err = e.s.Session(e.ctx, "aa")
		e.ok(err)
		_, err = e.s.Session(e.ctx, "bb")
		e.is(err, shop.Unauthenticated)
		equal(t, e.cart(100), []shop.CartLine{pieces("B", 2)})
		equal(t, []string{e.control("run/1"), e.control("run/2")}, []string{`{"phase":"done"}`, ""})
		equal(t, []shop.EventType{e.tail(100)[0].Type, e.tail(100)[1].Type}, []shop.EventType{shop.ProductView, shop.OrderPlaced})
		equal(t, len(e.noted("B")[0]), 1)
		for v := range e.state().Seen {
			equal(t, len(e.record(v)), 1)
		}
	}},
	{"Load/remembers which events were seen, and goes on from what is loaded", func(t *testing.T, e *env) {
		st := e.state()
		e.ok(e.s.Load(e.ctx, st))
		for v := range st.Seen {
			equal(t, e.record(v), []store.Outcome{store.Duplicate})
			equal(t, e.record(later(v, time.Second)), []store.Outcome{store.Changed})
		}
		_, err := e.place(100, "", pieces("A", 5))
		e.is(err, shop.OutOfStock)
		_, err = e.place(100, "", pieces("A", 4))
		e.ok(err)
		_, err = e.s.SaveProduct(e.ctx, func() shop.Product { p := product("A", 9); p.Version = 3; return p }(), false, store.Replace, e.change())
		e.ok(err)
	}},
	{"Load/what control records say can be loaded again: external ids, idempotency keys", func(t *testing.T, e *env) {
		e.given(product("A", 9))
		user := e.users(true, "c1")[0]
		o, events := e.order(user, "k1", pieces("A", 1))
		_, err := e.s.PlaceOrder(e.ctx, o, events, false)
		e.ok(err)
		_, control := e.since(nil)
		e.ok(e.s.Reset(e.ctx))
		e.ok(e.s.Load(e.ctx, store.State{Controls: seq(control...), Orders: seq(o), Products: seq(product("A", 8))}))
		equal(t, e.users(false, "c1"), []shop.UserID{user})
		again, err := e.place(user, "k1", pieces("A", 1))
		e.ok(err)
		equal(t, again.ID, o.ID)
		equal(t, e.product("A").Stock, 8)
	}},
	{"Load/new entries get later ids than the lake holds, though the clock went back", func(t *testing.T, e *env) {
		e.record(e.event(shop.ProductView, 1, "A"))
		e.ok(e.put(store.PutConditions{}, record("run/1", "1")))
		ends := e.mark()
		future := map[string]string{}
		for outbox, end := range ends {
			if end != "" {
				future[outbox] = "9" + end[1:] // ages from now
			}
		}
		e.ok(e.s.Reset(e.ctx))
		e.ok(e.s.Load(e.ctx, store.State{Ends: future}))
		equal(t, len(e.entries(nil)), 0)
		for outbox, end := range e.mark() {
			equal(t, end, future[outbox])
		}
		for range 2 {
			e.record(e.event(shop.ProductView, 1, "A"))
			e.ok(e.put(store.PutConditions{}, record("run/1", "1")))
		}
		all := e.entries(future)
		equal(t, len(all), 4)
	}},
	{"MadeFrom/says what the last Load said, until a Reset", func(t *testing.T, e *env) {
		e.ok(e.s.Reset(e.ctx))
		_, ok, err := e.s.MadeFrom(e.ctx)
		e.ok(err)
		equal(t, ok, false)
		e.ok(e.s.Load(e.ctx, store.State{}))
		ends, ok, err := e.s.MadeFrom(e.ctx)
		e.ok(err)
		equal(t, ok, true)
		equal(t, len(ends), 0)
		e.ok(e.s.Reset(e.ctx))
		e.ok(e.s.Load(e.ctx, store.State{Ends: map[string]string{"import/a": "published"}}))
		ends, ok, err = e.s.MadeFrom(e.ctx)
		e.ok(err)
		equal(t, ok, true)
		equal(t, ends, map[string]string{"import/a": "published"})
		e.ok(e.s.Reset(e.ctx))
		_, ok, err = e.s.MadeFrom(e.ctx)
		e.ok(err)
		equal(t, ok, false)
	}},
	{"Load/tells the followers to reload", func(t *testing.T, e *env) {
		e.given(product("A", 1))
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{e.event(shop.Purchase, 1, "A")}))
		_, at, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		_, freshAt := e.freshSKUs("")
		e.ok(e.s.Reset(e.ctx))
		e.ok(e.s.Load(e.ctx, e.state()))
		changes, _, err := e.s.Changes(e.ctx, at, 0)
		e.ok(err)
		equal(t, changes, []store.Change{{Kind: store.Everything}})
		if _, _, err := e.s.FreshSKUs(e.ctx, freshAt, 0); !errors.Is(err, store.ErrBehind) {
			t.Fatalf("got %v, want ErrBehind", err)
		}
		skus, _ := e.freshSKUs("")
		equal(t, skus, []string{"B"})
	}},
	{"Load/cuts long histories to their latest, of products to their first", func(t *testing.T, e *env) {
		var events []shop.Event
		for i := range store.TailLimit + 10 {
			events = append(events, later(e.event(shop.ProductView, 1, "A"), time.Duration(i)*time.Second))
		}
		e.ok(e.s.Load(e.ctx, store.State{Tails: seq(events...), Fresh: seq(events...)}))
		equal(t, ids(e.tail(1)), ids(events[10:]))
		equal(t, ids(e.noted("A")[0]), ids(events[:1000]))
	}},
	{"Load/fails with what a sequence fails with", func(t *testing.T, e *env) {
		broken := errors.New("unreadable")
		err := e.s.Load(e.ctx, store.State{Products: func(yield func(shop.Product, error) bool) { yield(shop.Product{}, broken) }})
		if !errors.Is(err, broken) {
			t.Fatalf("got %v", err)
		}
	}},
	{"MadeFrom/returns the Ends of the last Load, those of imports too", func(t *testing.T, e *env) {
		for _, ends := range []map[string]string{
			{"shop": formatEnd(5), "import/a": "77"}, {"shop": formatEnd(6), "import/b": "3"}, {},
		} {
			e.ok(e.s.Load(e.ctx, store.State{Ends: ends}))
			got, ok, err := e.s.MadeFrom(e.ctx)
			e.ok(err)
			equal(t, []any{ok, got}, []any{true, ends})
		}
	}},
	{"MadeFrom/is not ok before any Load, nor after a Reset, nor for commands alone", func(t *testing.T, e *env) {
		unmade := func() {
			t.Helper()
			_, ok, err := e.s.MadeFrom(e.ctx)
			e.ok(err)
			equal(t, ok, false)
		}
		unmade()
		e.given(product("A", 1))
		unmade()
		e.ok(e.s.Load(e.ctx, e.state()))
		e.ok(e.s.Reset(e.ctx))
		unmade()
	}},
	{"Reset/deletes the whole view and leaves leases, queues and outboxes", func(t *testing.T, e *env) {
		e.ok(e.s.Load(e.ctx, e.state()))
		e.record(e.event(shop.ProductView, 7, "A"))
		e.putLists("s", "k", map[string][]store.ListEntry{"x": list(1)})
		l, _ := e.claim("w1")
		e.ok(e.s.Push(e.ctx, "q", "b"))
		e.users(true, "c9")
		written, mark := e.entries(nil), e.mark()
		e.ok(e.s.Reset(e.ctx))
		equal(t, e.entries(nil), written)
		equal(t, e.mark(), mark)
		equal(t, len(e.tail(7))+len(e.tail(100))+len(e.noted("B")[0])+len(e.cart(100)), 0)
		equal(t, len(e.sets()), 0)
		equal(t, e.users(false, "c9"), []shop.UserID{0})
		equal(t, e.control("run/1"), "")
		_, err := e.s.AllProducts(e.ctx, func(ps []shop.Product) error { return fmt.Errorf("there are %d products", len(ps)) })
		e.ok(err)
		_, err = e.s.Customer(e.ctx, 100)
		e.is(err, shop.NotFound)
		_, err = e.s.CustomerByEmail(e.ctx, "wren@example.org")
		e.is(err, shop.NotFound)
		orders, err := e.s.OrdersOf(e.ctx, 100, shop.UUID{}, 10)
		e.ok(err)
		equal(t, len(orders), 0)
		for v := range e.state().Seen {
			equal(t, e.record(v), []store.Outcome{store.Recorded})
		}
		e.ok(e.s.Renew(e.ctx, l, time.Minute))
		_, ok := e.take("w", time.Hour)
		equal(t, ok, true)
	}},
	{"LoadEvents/adds to what is there, once", func(t *testing.T, e *env) {
		e.ok(e.s.Load(e.ctx, store.State{Ends: map[string]string{"import/one": "published"}}))
		mine, imported := e.event(shop.ProductView, 7, "A"), e.event(shop.Purchase, 7, "B")
		equal(t, e.record(mine), []store.Outcome{store.Recorded})
		mark := e.mark()
		some := func(events ...shop.Event) iter.Seq2[shop.Event, error] {
			return func(yield func(shop.Event, error) bool) {
				for _, v := range events {
					if !yield(v, nil) {
						return
					}
				}
			}
		}
		for range 2 {
			e.ok(e.s.LoadEvents(e.ctx, store.State{Tails: some(mine, imported), Fresh: some(imported), Ends: map[string]string{"import/two": "published"}}))
		}
		equal(t, len(e.tail(7)), 2)
		fresh, err := e.s.FreshEvents(e.ctx, []string{"B"})
		e.ok(err)
		equal(t, len(fresh[0]), 1)
		ends, ok, err := e.s.MadeFrom(e.ctx)
		e.ok(err)
		equal(t, ok, true)
		equal(t, ends, map[string]string{"import/one": "published", "import/two": "published"})
		e.nothingSince(mark)
	}},
	{"Loader/works while nobody is admitted", func(t *testing.T, e *env) {
		e.gate.set(true, true)
		e.ok(e.s.Reset(e.ctx))
		e.ok(e.s.Load(e.ctx, e.state()))
		e.ok(e.s.LoadEvents(e.ctx, e.state()))
		e.ok(e.s.TrimTails(e.ctx, e.clock.Now()))
		e.ok(e.s.TrimOutbox(e.ctx, e.mark()))
		_, err := e.s.OutboxLengths(e.ctx)
		e.ok(err)
		e.ok(e.s.Ping(e.ctx))
		equal(t, len(e.entries(nil)), 0)
	}},
	{"Load/takes twenty thousand customers with their histories", func(t *testing.T, e *env) {
		const n = 20_000
		tails := func(yield func(shop.Event, error) bool) {
			for u := range n {
				for _, sku := range []string{"A", "B"} {
					if !yield(e.event(shop.Purchase, shop.UserID(u+1), sku), nil) {
						return
					}
				}
			}
		}
		customers := func(yield func(shop.ControlRecord, error) bool) {
			for u := range n {
				c := shop.Customer{User: shop.UserID(u) << 48, Email: fmt.Sprintf("c%d@example.org", u)}
				if u > 0 && !yield(record("customer/"+c.User.String(), show(c)), nil) {
					return
				}
			}
		}
		e.ok(e.s.Load(e.ctx, store.State{Tails: tails, Controls: customers}))
		for _, u := range []shop.UserID{1, n / 2, n} {
			equal(t, len(e.tail(u)), 2)
		}
		count := 0
		for after := shop.UserID(0); ; {
			page, err := e.s.CustomerPage(e.ctx, after, 1000)
			e.ok(err)
			if len(page) == 0 {
				break
			}
			if !slices.IsSortedFunc(page, func(a, b shop.Customer) int { return int(a.User>>48 - b.User>>48) }) {
				t.Fatal("a page is not sorted")
			}
			count += len(page)
			after = page[len(page)-1].User
		}
		equal(t, count, n-1)
		e.ok(e.s.TrimTails(e.ctx, e.clock.Now().Add(time.Second)))
		equal(t, len(e.tail(n)), 0)
	}},
}
