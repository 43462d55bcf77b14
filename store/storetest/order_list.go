package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

func (e *env) id() shop.UUID { return shop.NewUUID(e.clock.Now()) }

// cancel makes the events of cancelling an order.
func (e *env) cancel(o shop.Order) (shop.Order, error) {
	var events []shop.Event
	for i, l := range o.Lines {
		v := e.event(shop.Return, o.Owner, l.SKU)
		v.Order, v.Line, v.Quantity, v.Price, v.Source = o.ID.String(), i, l.Quantity, l.Price, "shop"
		events = append(events, v)
	}
	return e.s.CancelOrder(e.ctx, o.ID, e.clock.Now(), events)
}

// threeDays places seven orders on three days, by two customers in turn, and
// cancels the third and the sixth.
func (e *env) threeDays() []shop.Order {
	e.t.Helper()
	e.given(product("A", 100))
	var all []shop.Order
	for i := range 7 {
		o, err := e.place(shop.UserID(1+i%2), fmt.Sprint("k", i), pieces("A", 1))
		e.ok(err)
		all = append(all, o)
		e.clock.move(10 * time.Hour)
	}
	for _, i := range []int{2, 5} {
		o, err := e.cancel(all[i])
		e.ok(err)
		all[i] = o
	}
	return all
}

// pages reads all that a query chooses, n at a time.
func (e *env) pages(q store.OrderQuery, n int) []string {
	e.t.Helper()
	got := []string{}
	for q.N = n; ; {
		page, err := e.s.OrderPage(e.ctx, q)
		e.ok(err)
		if len(page) == 0 {
			return got
		}
		for _, o := range page {
			got = append(got, o.ID.String())
			q.After = o.ID
		}
	}
}

var orderListCases = []testCase{
	{"PlaceOrder/with keepCart leaves the cart alone", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		e.line(1, "A", 3)
		mark := e.mark()
		o, events := e.order(1, "k1", pieces("A", 2))
		_, err := e.s.PlaceOrder(e.ctx, o, events, true)
		e.ok(err)
		equal(t, len(e.cart(1)), 1)
		_, control := e.since(mark)
		_, told := last(control, "cart/1")
		equal(t, told, false)
	}},
	{"CancelOrder/gives the pieces back, notes when, records a RETURN a line", func(t *testing.T, e *env) {
		e.given(product("A", 10), product("B", 5))
		o, err := e.place(1, "k1", pieces("A", 3), pieces("B", 5))
		e.ok(err)
		_, next, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		mark := e.mark()
		e.clock.move(time.Minute)
		got, err := e.cancel(o)
		e.ok(err)
		equal(t, got.CancelledAt, e.clock.Now())
		stored, err := e.s.Order(e.ctx, o.ID)
		e.ok(err)
		equal(t, stored, got)
		equal(t, []int{e.product("A").Stock, e.product("B").Stock}, []int{10, 5})
		events, _ := e.since(mark)
		equal(t, len(events), 2)
		for i, v := range events {
			equal(t, []any{v.Type, v.Order, v.Quantity}, []any{shop.Return, o.ID.String(), o.Lines[i].Quantity})
		}
		equal(t, len(e.tail(1)), 4)
		changes, _, err := e.s.Changes(e.ctx, next, 0)
		e.ok(err)
		equal(t, changes, []store.Change{{Kind: store.ProductChange, ID: "A"}, {Kind: store.ProductChange, ID: "B"}})
	}},
	{"CancelOrder/again changes nothing", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		o, err := e.place(1, "k1", pieces("A", 3))
		e.ok(err)
		first, err := e.cancel(o)
		e.ok(err)
		mark := e.mark()
		e.clock.move(time.Minute)
		again, err := e.cancel(o)
		e.ok(err)
		equal(t, again, first)
		equal(t, e.product("A").Stock, 10)
		e.nothingSince(mark)
	}},
	{"CancelOrder/many times at once gives the pieces back once", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		o, err := e.place(1, "k1", pieces("A", 3))
		e.ok(err)
		equal(t, parallel(20, func(int) error { _, err := e.cancel(o); return err }), map[shop.Code]int{"": 20})
		equal(t, e.product("A").Stock, 10)
		equal(t, len(e.tail(1)), 2)
	}},
	{"CancelOrder/a product that is gone stays gone", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		o, err := e.place(1, "k1", pieces("A", 3))
		e.ok(err)
		e.ok(e.s.DeleteProduct(e.ctx, "A", e.change()))
		_, err = e.cancel(o)
		e.ok(err)
		found, err := e.s.Products(e.ctx, []string{"A"})
		e.ok(err)
		equal(t, found[0] == nil, true)
		e.given(product("A", 2))
		equal(t, e.product("A").Stock, 2)
	}},
	{"CancelOrder/of an unknown id is NOT_FOUND", func(t *testing.T, e *env) {
		_, err := e.s.CancelOrder(e.ctx, e.id(), e.clock.Now(), nil)
		e.is(err, shop.NotFound)
	}},
	{"OrderPage/goes through all, newest or oldest first, page by page", func(t *testing.T, e *env) {
		var want []string
		for _, o := range e.threeDays() {
			want = append(want, o.ID.String())
		}
		for _, n := range []int{1, 2, 3, 50} {
			equal(t, e.pages(store.OrderQuery{Oldest: true}, n), want)
		}
		slices.Reverse(want)
		for _, n := range []int{1, 2, 3, 50} {
			equal(t, e.pages(store.OrderQuery{}, n), want)
		}
	}},
	{"OrderPage/chooses by when they were placed and whether they stand", func(t *testing.T, e *env) {
		all := e.threeDays()
		yes, no := true, false
		for _, q := range []store.OrderQuery{
			{Cancelled: &yes}, {Cancelled: &no}, {From: all[2].PlacedAt}, {Before: all[5].PlacedAt}, {From: all[1].PlacedAt, Before: all[4].PlacedAt},
			{From: all[3].PlacedAt, Cancelled: &yes}, {Before: all[3].PlacedAt, Cancelled: &no}, {From: all[6].PlacedAt.Add(time.Hour)},
		} {
			for _, q.Oldest = range []bool{true, false} {
				want := []string{}
				for i := range all {
					if q.Matches(&all[i]) {
						want = append(want, all[i].ID.String())
					}
				}
				if !q.Oldest {
					slices.Reverse(want)
				}
				for _, n := range []int{1, 2, 10} {
					equal(t, e.pages(q, n), want)
				}
				n, err := e.s.OrderCount(e.ctx, q)
				e.ok(err)
				equal(t, n, len(want))
			}
		}
	}},
	{"OrderCount/counts all, and none of who was forgotten", func(t *testing.T, e *env) {
		all := e.threeDays()
		n, err := e.s.OrderCount(e.ctx, store.OrderQuery{After: all[3].ID, N: 1})
		e.ok(err)
		equal(t, n, len(all))
		_, err = e.s.Forget(e.ctx, []shop.UserID{1}, nil, nil)
		e.ok(err)
		n, err = e.s.OrderCount(e.ctx, store.OrderQuery{})
		e.ok(err)
		equal(t, n, 3)
	}},
	{"Orders/returns one per id, nil where there is none", func(t *testing.T, e *env) {
		all := e.threeDays()
		got, err := e.s.Orders(e.ctx, []shop.UUID{all[4].ID, e.id(), all[0].ID})
		e.ok(err)
		equal(t, []bool{got[0] == nil, got[1] == nil, got[2] == nil}, []bool{false, true, false})
		equal(t, []shop.Order{*got[0], *got[2]}, []shop.Order{stored(all[4]), stored(all[0])})
	}},
	{"OrderPage/behind an unknown order is NOT_FOUND", func(t *testing.T, e *env) {
		_, err := e.s.OrderPage(e.ctx, store.OrderQuery{After: e.id(), N: 1})
		e.is(err, shop.NotFound)
	}},
	{"LatestOrders/returns the newest of each owner, and how many there are", func(t *testing.T, e *env) {
		all := e.threeDays()
		latest, counts, err := e.s.LatestOrders(e.ctx, []shop.UserID{1, 3, 2}, 2)
		e.ok(err)
		equal(t, counts, []int{4, 0, 3})
		equal(t, latest, [][]shop.Order{{stored(all[6]), stored(all[4])}, nil, {stored(all[5]), stored(all[3])}})
		latest, counts, err = e.s.LatestOrders(e.ctx, []shop.UserID{1}, 0)
		e.ok(err)
		equal(t, []int{len(latest[0]), counts[0]}, []int{0, 4})
	}},
	{"OpenCarts/returns those that hold something, since when", func(t *testing.T, e *env) {
		began := e.clock.Now()
		e.line(1, "A", 3)
		e.clock.move(time.Minute)
		e.line(1, "B", 1)
		e.line(2, "A", 1)
		e.line(2, "A", 0)
		carts, err := e.s.OpenCarts(e.ctx)
		e.ok(err)
		equal(t, carts, []shop.Cart{{Owner: 1, Lines: []shop.CartLine{pieces("A", 3), pieces("B", 1)}, Since: began}})
		some, err := e.s.CartsOf(e.ctx, []shop.UserID{2, 1})
		e.ok(err)
		equal(t, some, []shop.Cart{{Owner: 2}, carts[0]})
	}},
	{"ClearCart/empties it and records what was taken out", func(t *testing.T, e *env) {
		e.line(1, "A", 3)
		e.line(1, "B", 1)
		mark := e.mark()
		held, err := e.s.ClearCart(e.ctx, 1, e.event(shop.CartRemove, 1, ""), e.id)
		e.ok(err)
		equal(t, len(held.Lines), 2)
		equal(t, len(e.cart(1)), 0)
		events, control := e.since(mark)
		equal(t, []any{len(events), events[0].SKU, events[0].Quantity, events[1].SKU, events[1].Quantity}, []any{2, "A", 3, "B", 1})
		r, ok := last(control, "cart/1")
		equal(t, []bool{ok, r.Deleted()}, []bool{true, true})
		equal(t, len(e.tail(1)), 4)
		mark = e.mark()
		_, err = e.s.ClearCart(e.ctx, 1, e.event(shop.CartRemove, 1, ""), e.id)
		e.ok(err)
		e.nothingSince(mark)
	}},
}

// stored is an order as reading gives it back.
func stored(o shop.Order) shop.Order {
	o.IdempotencyKey = ""
	return o
}
