package storetest

import (
	"context"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// calls are one call of every method that asks Durability, by name; each would
// succeed, or fail with another code than UNAVAILABLE, on an empty store.
var calls = map[string]func(ctx context.Context, e *env) error{
	"SaveProduct": func(ctx context.Context, e *env) error {
		_, err := e.s.SaveProduct(ctx, product("A", 1), false, store.Upsert, e.change())
		return err
	},
	"DeleteProduct": func(ctx context.Context, e *env) error { return e.s.DeleteProduct(ctx, "A", e.change()) },
	"Products":      func(ctx context.Context, e *env) error { _, err := e.s.Products(ctx, []string{"A"}); return err },
	"AllProducts": func(ctx context.Context, e *env) error {
		_, err := e.s.AllProducts(ctx, func([]shop.Product) error { return nil })
		return err
	},
	"SaveVendor": func(ctx context.Context, e *env) error {
		return e.s.SaveVendor(ctx, shop.Vendor{ID: "a"}, store.Upsert, e.change())
	},
	"DeleteVendor": func(ctx context.Context, e *env) error { return e.s.DeleteVendor(ctx, "a", e.change()) },
	"Vendors":      func(ctx context.Context, e *env) error { _, err := e.s.Vendors(ctx); return err },
	"SaveCategory": func(ctx context.Context, e *env) error {
		return e.s.SaveCategory(ctx, shop.Category{ID: "a"}, store.Upsert, e.change())
	},
	"DeleteCategory": func(ctx context.Context, e *env) error { return e.s.DeleteCategory(ctx, "a", e.change()) },
	"Categories":     func(ctx context.Context, e *env) error { _, err := e.s.Categories(ctx); return err },
	"Changes":        func(ctx context.Context, e *env) error { _, _, err := e.s.Changes(ctx, "", 0); return err },
	"PutControl": func(ctx context.Context, e *env) error {
		return e.s.PutControl(ctx, []shop.ControlRecord{record("run/1", "1")}, store.PutConditions{})
	},
	"Control":     func(ctx context.Context, e *env) error { _, err := e.s.Control(ctx, "run/1"); return err },
	"ControlList": func(ctx context.Context, e *env) error { _, err := e.s.ControlList(ctx, "run"); return err },
	"UsersOf":     func(ctx context.Context, e *env) error { _, err := e.s.UsersOf(ctx, []string{"c"}, true); return err },
	"SaveCustomer": func(ctx context.Context, e *env) error {
		_, err := e.s.SaveCustomer(ctx, shop.Customer{User: 1}, store.Upsert)
		return err
	},
	"Customer":        func(ctx context.Context, e *env) error { _, err := e.s.Customer(ctx, 1); return err },
	"Customers":       func(ctx context.Context, e *env) error { _, err := e.s.Customers(ctx, []shop.UserID{1}); return err },
	"CustomerByEmail": func(ctx context.Context, e *env) error { _, err := e.s.CustomerByEmail(ctx, "a@b.c"); return err },
	"CustomerPage":    func(ctx context.Context, e *env) error { _, err := e.s.CustomerPage(ctx, 0, 10); return err },
	"SaveSession": func(ctx context.Context, e *env) error {
		return e.s.SaveSession(ctx, shop.Session{TokenHash: "aa", User: 1, ExpiresAt: e.clock.Now().Add(time.Hour)})
	},
	"Session":       func(ctx context.Context, e *env) error { _, err := e.s.Session(ctx, "aa"); return err },
	"DeleteSession": func(ctx context.Context, e *env) error { return e.s.DeleteSession(ctx, "aa") },
	"SignIn": func(ctx context.Context, e *env) error {
		return e.s.SignIn(ctx, "aa", shop.Session{TokenHash: "bb", User: 1, Customer: 2}, e.event("", 2, ""))
	},
	"Cart": func(ctx context.Context, e *env) error { _, err := e.s.Cart(ctx, 1); return err },
	"SetCartLine": func(ctx context.Context, e *env) error {
		_, err := e.s.SetCartLine(ctx, 1, pieces("A", 1), e.event("", 1, "A"), e.event("", 1, "A"))
		return err
	},
	"PlaceOrder": func(ctx context.Context, e *env) error {
		o, v := e.order(1, "k", pieces("A", 1))
		_, err := e.s.PlaceOrder(ctx, o, v, false)
		return err
	},
	"Order": func(ctx context.Context, e *env) error {
		_, err := e.s.Order(ctx, shop.NewUUID(e.clock.Now()))
		return err
	},
	"CancelOrder": func(ctx context.Context, e *env) error {
		_, err := e.s.CancelOrder(ctx, shop.NewUUID(e.clock.Now()), e.clock.Now(), nil)
		return err
	},
	"LatestOrders": func(ctx context.Context, e *env) error {
		_, _, err := e.s.LatestOrders(ctx, []shop.UserID{1}, 1)
		return err
	},
	"OrderPage": func(ctx context.Context, e *env) error {
		_, err := e.s.OrderPage(ctx, store.OrderQuery{N: 1})
		return err
	},
	"CartsOf":   func(ctx context.Context, e *env) error { _, err := e.s.CartsOf(ctx, []shop.UserID{1}); return err },
	"OpenCarts": func(ctx context.Context, e *env) error { _, err := e.s.OpenCarts(ctx); return err },
	"ClearCart": func(ctx context.Context, e *env) error {
		_, err := e.s.ClearCart(ctx, 1, e.event("", 1, ""), e.id)
		return err
	},
	"CustomerChanges": func(ctx context.Context, e *env) error { _, _, err := e.s.CustomerChanges(ctx, ""); return err },
	"DropSessions":    func(ctx context.Context, e *env) error { _, err := e.s.DropSessions(ctx, 1, ""); return err },
	"Forget": func(ctx context.Context, e *env) error {
		gone := e.event("", 1, "")
		_, err := e.s.Forget(ctx, []shop.UserID{1}, &gone, nil)
		return err
	},
	"OrdersOf":     func(ctx context.Context, e *env) error { _, err := e.s.OrdersOf(ctx, 1, shop.UUID{}, 1); return err },
	"RepairOrders": func(ctx context.Context, e *env) error { return e.s.RepairOrders(ctx) },
	"RecordEvents": func(ctx context.Context, e *env) error {
		_, err := e.s.RecordEvents(ctx, []shop.Event{e.event(shop.ProductView, 1, "A")})
		return err
	},
	"Tails": func(ctx context.Context, e *env) error { _, err := e.s.Tails(ctx, []shop.UserID{1}); return err },
	"NoteFresh": func(ctx context.Context, e *env) error {
		return e.s.NoteFresh(ctx, []shop.Event{e.event(shop.Purchase, 1, "A")})
	},
	"FreshEvents": func(ctx context.Context, e *env) error { _, err := e.s.FreshEvents(ctx, []string{"A"}); return err },
	"FreshSKUs":   func(ctx context.Context, e *env) error { _, _, err := e.s.FreshSKUs(ctx, "", 0); return err },
	"DropFresh":   func(ctx context.Context, e *env) error { return e.s.DropFresh(ctx, []string{"A"}) },
	"PutLists": func(ctx context.Context, e *env) error {
		return e.s.PutLists(ctx, "s", "k", map[string][]store.ListEntry{"x": list(1)})
	},
	"GetLists": func(ctx context.Context, e *env) error {
		_, err := e.s.GetLists(ctx, "s", "k", []string{"x"})
		return err
	},
	"Sets":    func(ctx context.Context, e *env) error { _, err := e.s.Sets(ctx); return err },
	"DropSet": func(ctx context.Context, e *env) error { return e.s.DropSet(ctx, "s") },
	"Push":    func(ctx context.Context, e *env) error { return e.s.Push(ctx, "q", "b") },
	"Take": func(ctx context.Context, e *env) error {
		_, _, err := e.s.Take(ctx, "q", "w", time.Hour, 0)
		return err
	},
	"Done": func(ctx context.Context, e *env) error { return e.s.Done(ctx, store.Task{Queue: "q", ID: "1-1"}) },
	"Extend": func(ctx context.Context, e *env) error {
		return e.s.Extend(ctx, store.Task{Queue: "q", ID: "1-1"}, "w")
	},
	"Claim": func(ctx context.Context, e *env) error {
		_, _, err := e.s.Claim(ctx, "n", "h", time.Minute)
		return err
	},
	"Renew": func(ctx context.Context, e *env) error {
		return e.s.Renew(ctx, store.Lease{Name: "n", Holder: "h"}, time.Minute)
	},
	"Release": func(ctx context.Context, e *env) error { return e.s.Release(ctx, store.Lease{Name: "n", Holder: "h"}) },
	"Publish": func(ctx context.Context, e *env) error { return e.s.Publish(ctx, "t", nil) },
	"Subscribe": func(ctx context.Context, e *env) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		_, err := e.s.Subscribe(ctx, "t")
		return err
	},
	"Allow": func(ctx context.Context, e *env) error { _, _, err := e.s.Allow(ctx, "n", 1, time.Minute); return err },
	"Draw": func(ctx context.Context, e *env) error {
		_, err := e.s.Draw(ctx, "n", 1, store.Bucket{Capacity: 1, Restore: 1})
		return err
	},
}

// writers are the methods of which an empty store accepts a write.
var writers = []string{
	"SaveProduct", "SaveVendor", "SaveCategory", "PutControl", "UsersOf", "SaveCustomer", "SaveSession", "SetCartLine", "RecordEvents",
}

var durabilityCases = []testCase{
	{"Admit/what it refuses is UNAVAILABLE, whatever the method", func(t *testing.T, e *env) {
		e.gate.set(true, false)
		for name, call := range calls {
			if err := call(e.ctx, e); shop.CodeOf(err) != shop.Unavailable {
				t.Errorf("%s: got %v", name, err)
			}
		}
		e.gate.set(false, false)
		e.nothingSince(nil)
		for name, call := range calls {
			if err := call(e.ctx, e); shop.CodeOf(err) == shop.Unavailable || shop.CodeOf(err) == shop.Internal {
				t.Errorf("%s, open again: got %v", name, err)
			}
		}
	}},
	{"Commit/is asked about every entry before a write returns", func(t *testing.T, e *env) {
		for _, name := range writers {
			mark, before := e.mark(), len(e.gate.commits())
			e.ok(calls[name](e.ctx, e))
			entries, committed := e.entries(mark), e.gate.commits()[before:]
			if len(entries) == 0 || len(entries) != len(committed) {
				t.Fatalf("%s: %d entries, %d committed", name, len(entries), len(committed))
			}
			for i, entry := range entries {
				equal(t, committed[i], entry.OutboxID)
			}
		}
	}},
	{"Commit/is asked about orders, the repeated too, and sign-ins", func(t *testing.T, e *env) {
		e.given(product("A", 5))
		for range 2 {
			before := len(e.gate.commits())
			_, err := e.place(1, "k", pieces("A", 1))
			e.ok(err)
			committed := e.gate.commits()
			if len(committed) == before {
				t.Fatal("an order was answered without asking")
			}
			equal(t, committed[len(committed)-1].ID, e.mark()[committed[len(committed)-1].Outbox])
		}
		before := len(e.gate.commits())
		e.ok(e.signIn("none", "new", 1))
		equal(t, len(e.gate.commits()), before+1)
	}},
	{"Commit/is asked when a call finds itself done before, since who did it may still wait", func(t *testing.T, e *env) {
		view := e.event(shop.ProductView, 1, "A")
		for name, call := range map[string]func() error{
			"a duplicate": func() error { _, err := e.s.RecordEvents(e.ctx, []shop.Event{view}); return err },
			"a cart line": func() error {
				_, err := e.s.SetCartLine(e.ctx, 1, pieces("A", 1), e.event("", 1, "A"), e.event("", 1, "A"))
				return err
			},
			"a sign-in": func() error { return e.signIn("none", "new", 1) },
		} {
			e.ok(call())
			first := e.gate.commits()
			e.ok(call())
			again := e.gate.commits()
			if len(again) == len(first) || again[len(again)-1].ID < first[len(first)-1].ID {
				t.Fatalf("%s: asked about %v, then %v", name, first, again[len(first):])
			}
			e.gate.set(false, true)
			e.is(call(), shop.Unavailable)
			e.gate.set(false, false)
		}
	}},
	{"Commit/what it refuses is UNAVAILABLE", func(t *testing.T, e *env) {
		e.given(product("A", 5))
		e.gate.set(false, true)
		for _, name := range append([]string{"PlaceOrder"}, writers...) {
			if err := calls[name](e.ctx, e); shop.CodeOf(err) != shop.Unavailable {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}},
	{"Commit/a batch over many partitions is asked about at once", func(t *testing.T, e *env) {
		var events []shop.Event
		for u := range 200 {
			events = append(events, e.event(shop.ProductView, shop.UserID(u+1), "A"))
		}
		e.record(events...)
		equal(t, len(e.gate.commits()), len(e.entries(nil)))
	}},
}

var storeCases = []testCase{
	{"Describe/names what it runs on", func(t *testing.T, e *env) {
		d, err := e.s.Describe(e.ctx)
		e.ok(err)
		if d.Kind == "" || d.Kind != "embedded" && (d.Version == "" || d.UsedBytes <= 0 || d.Eviction == "" || d.Durability == "") {
			t.Fatalf("it says %+v", d)
		}
	}},
	{"Allow/counts the uses of a name in a window", func(t *testing.T, e *env) {
		for _, name := range []string{"a", "b"} {
			for i := range 5 {
				ok, _, err := e.s.Allow(e.ctx, name, 3, time.Minute)
				e.ok(err)
				equal(t, ok, i < 3)
			}
		}
		ok, _, err := e.s.Allow(e.ctx, "a", 3, time.Hour)
		e.ok(err)
		equal(t, ok, true)
	}},
	{"Allow/says after how long to try again", func(t *testing.T, e *env) {
		e.clock.move(50 * time.Second)
		_, _, err := e.s.Allow(e.ctx, "a", 1, time.Minute)
		e.ok(err)
		ok, after, err := e.s.Allow(e.ctx, "a", 1, time.Minute)
		e.ok(err)
		equal(t, []any{ok, after}, []any{false, 10 * time.Second})
		e.clock.move(after)
		ok, _, err = e.s.Allow(e.ctx, "a", 1, time.Minute)
		e.ok(err)
		equal(t, ok, true)
	}},
	{"Allow/of many at once allows the number", func(t *testing.T, e *env) {
		codes := parallel(50, func(int) error {
			ok, _, err := e.s.Allow(e.ctx, "a", 10, time.Minute)
			if err == nil && !ok {
				return shop.Errorf(shop.Throttled, "", "refused")
			}
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 10, shop.Throttled: 40})
	}},
	{"Draw/takes from a bucket of the name until it is empty", func(t *testing.T, e *env) {
		b := store.Bucket{Capacity: 100, Restore: 10}
		for _, name := range []string{"a", "b"} {
			for _, want := range []store.Drawn{{Available: 60}, {Available: 20}, {Available: 20, RetryAfter: 2 * time.Second}, {Available: 20, RetryAfter: 2 * time.Second}} {
				got, err := e.s.Draw(e.ctx, name, 40, b)
				e.ok(err)
				equal(t, got, want)
			}
		}
		got, err := e.s.Draw(e.ctx, "a", 20, b)
		e.ok(err)
		equal(t, got, store.Drawn{})
	}},
	{"Draw/what was drawn flows back, up to the capacity", func(t *testing.T, e *env) {
		b := store.Bucket{Capacity: 100, Restore: 10}
		left := func(cost, want int) {
			t.Helper()
			got, err := e.s.Draw(e.ctx, "a", cost, b)
			e.ok(err)
			equal(t, got, store.Drawn{Available: want})
		}
		left(0, 100)
		left(90, 10)
		e.clock.move(1500 * time.Millisecond)
		left(0, 25)
		left(20, 5)
		e.clock.move(time.Minute) // over the edge of a window
		left(0, 100)
		left(100, 0)
		for range 9 {
			e.clock.move(time.Second)
			left(10, 0)
		}
	}},
	{"Draw/what no bucket can give is BAD_USER_INPUT", func(t *testing.T, e *env) {
		_, err := e.s.Draw(e.ctx, "a", 101, store.Bucket{Capacity: 100, Restore: 10})
		e.is(err, shop.BadUserInput)
		_, err = e.s.Draw(e.ctx, "a", 1, store.Bucket{Capacity: 100})
		e.is(err, shop.BadUserInput)
	}},
	{"Draw/of many at once draws no more than there is", func(t *testing.T, e *env) {
		codes := parallel(50, func(int) error {
			d, err := e.s.Draw(e.ctx, "a", 10, store.Bucket{Capacity: 100, Restore: 1})
			if err == nil && d.RetryAfter > 0 {
				return shop.Errorf(shop.Throttled, "", "refused")
			}
			return err
		})
		if codes[""] < 10 || codes[""] > 11 { // a slow machine gives time to flow back
			t.Errorf("%v", codes)
		}
	}},
	{"a cancelled context is UNAVAILABLE, whatever the method", func(t *testing.T, e *env) {
		ctx, cancel := context.WithCancel(e.ctx)
		cancel()
		for name, call := range calls {
			if err := call(ctx, e); shop.CodeOf(err) != shop.Unavailable {
				t.Errorf("%s: got %v", name, err)
			}
		}
		e.nothingSince(nil)
	}},
	{"a store that closes ends the waiting with UNAVAILABLE", func(t *testing.T, e *env) {
		done := make(chan error, 1)
		go func() {
			_, _, err := e.s.Changes(e.ctx, "", time.Hour)
			done <- err
		}()
		e.ok(e.s.Close())
		e.is(<-done, shop.Unavailable)
	}},
	{"a closed store is UNAVAILABLE, whatever the method, and closes again", func(t *testing.T, e *env) {
		e.ok(e.s.Close())
		for name, call := range calls {
			if err := call(e.ctx, e); shop.CodeOf(err) != shop.Unavailable {
				t.Errorf("%s: got %v", name, err)
			}
		}
		e.is(e.s.Ping(e.ctx), shop.Unavailable)
		e.ok(e.s.Close())
	}},
}
