package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// order makes an order of one customer, and its events, at the products' price.
func (e *env) order(owner shop.UserID, key string, lines ...shop.CartLine) (shop.Order, []shop.Event) {
	o := shop.Order{ID: shop.NewUUID(e.clock.Now()), Owner: owner, PlacedAt: e.clock.Now(), IdempotencyKey: key}
	var events []shop.Event
	price := shop.MustMoney("2.50", "EUR")
	for i, l := range lines {
		o.Lines = append(o.Lines, shop.OrderLine{SKU: l.SKU, Quantity: l.Quantity, Price: price})
		o.Total.Minor, o.Total.Currency = o.Total.Minor+price.Minor*int64(l.Quantity), "EUR"
		v := e.event(shop.OrderPlaced, owner, l.SKU)
		v.Order, v.Line, v.Quantity, v.Price = o.ID.String(), i, l.Quantity, price
		events = append(events, v)
	}
	return o, events
}

func (e *env) place(owner shop.UserID, key string, lines ...shop.CartLine) (shop.Order, error) {
	o, events := e.order(owner, key, lines...)
	return e.s.PlaceOrder(e.ctx, o, events, false)
}

func pieces(sku string, n int) shop.CartLine { return shop.CartLine{SKU: sku, Quantity: n} }

func fieldOf(err error) string {
	var coded *shop.Error
	if errors.As(err, &coded) {
		return coded.Field
	}
	return ""
}

var orderCases = []testCase{
	{"PlaceOrder/takes the stock, empties the cart, stores the order", func(t *testing.T, e *env) {
		e.given(product("A", 10), product("B", 5))
		e.line(1, "A", 3)
		e.line(2, "A", 3)
		o, events := e.order(1, "k1", pieces("A", 3), pieces("B", 5))
		placed, err := e.s.PlaceOrder(e.ctx, o, events, false)
		e.ok(err)
		equal(t, placed, o)
		equal(t, []int{e.product("A").Stock, e.product("B").Stock}, []int{7, 0})
		equal(t, len(e.cart(1)), 0)
		equal(t, len(e.cart(2)), 1)
		stored, err := e.s.Order(e.ctx, o.ID)
		e.ok(err)
		o.IdempotencyKey = ""
		equal(t, stored, o)
	}},
	{"PlaceOrder/records one ORDER_PLACED a line with the control records, in one entry", func(t *testing.T, e *env) {
		e.given(product("A", 10), product("B", 5))
		e.line(1, "A", 3)
		mark := e.mark()
		o, events := e.order(1, "k1", pieces("A", 3), pieces("B", 5))
		_, err := e.s.PlaceOrder(e.ctx, o, events, false)
		e.ok(err)
		entries := e.entries(mark)
		equal(t, len(entries), 1)
		b := decode(t, entries[0])
		equal(t, b.Events, events)
		r, ok := last(b.Control, "cart/1")
		equal(t, []bool{ok, r.Deleted()}, []bool{true, true})
		equal(t, len(b.Control), 2)
	}},
	{"PlaceOrder/where to deliver is a control record beside the events, and comes back with the order", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		mark := e.mark()
		o, events := e.order(1, "k1", pieces("A", 3))
		o.Delivery = &shop.Address{Name: "Ann", Street: "1 Long Lane", City: "Anytown", Country: "Nowhere"}
		placed, err := e.s.PlaceOrder(e.ctx, o, events, false)
		e.ok(err)
		equal(t, placed.Delivery, o.Delivery)
		b := decode(t, e.entries(mark)[0])
		r, ok := last(b.Control, "delivery/"+o.ID.String())
		equal(t, []any{ok, string(r.Value)}, []any{true, `{"name":"Ann","street":"1 Long Lane","city":"Anytown","country":"Nowhere"}`})
		again, err := e.s.PlaceOrder(e.ctx, o, events, false)
		e.ok(err)
		stored, err := e.s.Order(e.ctx, o.ID)
		e.ok(err)
		listed, err := e.s.OrdersOf(e.ctx, 1, shop.UUID{}, 1)
		e.ok(err)
		cancelled, err := e.s.CancelOrder(e.ctx, o.ID, o.PlacedAt, events)
		e.ok(err)
		for _, got := range []shop.Order{again, stored, listed[0], cancelled} {
			equal(t, got.Delivery, o.Delivery)
		}
		_, err = e.s.Forget(e.ctx, []shop.UserID{1}, nil, nil)
		e.ok(err)
		b = decode(t, e.entries(mark)[len(e.entries(mark))-1])
		r, ok = last(b.Control, "delivery/"+o.ID.String())
		equal(t, []bool{ok, r.Deleted()}, []bool{true, true})
	}},
	{"PlaceOrder/the events reach the owner's history, and each product's change is told", func(t *testing.T, e *env) {
		e.given(product("A", 10), product("B", 5))
		_, next, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		o, events := e.order(1, "", pieces("A", 3), pieces("B", 5))
		_, err = e.s.PlaceOrder(e.ctx, o, events, false)
		e.ok(err)
		tail := e.tail(1)
		equal(t, len(tail), 2)
		for _, v := range tail {
			equal(t, []any{v.Type, v.Order}, []any{shop.OrderPlaced, o.ID.String()})
		}
		changes, _, err := e.s.Changes(e.ctx, next, 0)
		e.ok(err)
		equal(t, changes, []store.Change{{Kind: store.ProductChange, ID: "A"}, {Kind: store.ProductChange, ID: "B"}})
	}},
	{"PlaceOrder/a refused one changes nothing", func(t *testing.T, e *env) {
		e.given(product("A", 10), product("B", 5))
		e.line(1, "A", 3)
		mark := e.mark()
		_, err := e.place(1, "k1", pieces("A", 3), pieces("B", 6))
		e.is(err, shop.OutOfStock)
		equal(t, fieldOf(err), "lines.1.quantity")
		equal(t, e.product("A").Stock, 10)
		equal(t, len(e.cart(1)), 1)
		equal(t, len(e.tail(1)), 1)
		e.nothingSince(mark)
		_, err = e.place(1, "k1", pieces("A", 3), pieces("B", 5))
		e.ok(err)
	}},
	{"PlaceOrder/counts all lines of a product together", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		_, err := e.place(1, "", pieces("A", 6), pieces("A", 5))
		e.is(err, shop.OutOfStock)
		_, err = e.place(1, "", pieces("A", 6), pieces("A", 4))
		e.ok(err)
		equal(t, e.product("A").Stock, 0)
	}},
	{"PlaceOrder/at another price is PRICE_CHANGED", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		p := product("A", 10)
		p.Price = shop.MustMoney("2.51", "EUR")
		e.given(p)
		_, err := e.place(1, "", pieces("A", 1))
		e.is(err, shop.PriceChanged)
		equal(t, fieldOf(err), "lines.0.price")
		p.Price = shop.MustMoney("2.50", "USD")
		e.given(p)
		_, err = e.place(1, "", pieces("A", 1))
		e.is(err, shop.PriceChanged)
	}},
	{"PlaceOrder/of what is unknown or not ACTIVE is NOT_FOUND", func(t *testing.T, e *env) {
		_, err := e.place(1, "", pieces("A", 1))
		e.is(err, shop.NotFound)
		equal(t, fieldOf(err), "lines.0.sku")
		for _, status := range []shop.ProductStatus{shop.Draft, shop.Archived} {
			p := product("A", 10)
			p.Status = status
			e.given(p)
			_, err = e.place(1, "", pieces("A", 1))
			e.is(err, shop.NotFound)
		}
	}},
	{"PlaceOrder/of nothing is EMPTY_CART", func(t *testing.T, e *env) {
		_, err := e.place(1, "")
		e.is(err, shop.EmptyCart)
	}},
	{"PlaceOrder/with the owner's key again returns the first order and changes nothing", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		first, err := e.place(1, "k1", pieces("A", 3))
		e.ok(err)
		e.line(1, "A", 1)
		mark := e.mark()
		again, err := e.place(1, "k1", pieces("A", 9))
		e.ok(err)
		equal(t, again, first)
		equal(t, e.product("A").Stock, 7)
		equal(t, len(e.cart(1)), 1)
		e.nothingSince(mark)
	}},
	{"PlaceOrder/another owner's key, or none, is another order", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		for _, who := range []shop.UserID{1, 2} {
			for _, key := range []string{"k1", "k2", "", ""} {
				_, err := e.place(who, key, pieces("A", 1))
				e.ok(err)
			}
		}
		equal(t, e.product("A").Stock, 2)
	}},
	{"PlaceOrder/of a hundred at once for the last ten pieces exactly ten succeed", func(t *testing.T, e *env) {
		e.given(product("A", 10))
		mark := e.mark()
		codes := parallel(100, func(i int) error {
			_, err := e.place(shop.UserID(i+1), "k", pieces("A", 1))
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 10, shop.OutOfStock: 90})
		equal(t, e.product("A").Stock, 0)
		events, _ := e.since(mark)
		equal(t, len(events), 10)
	}},
	{"PlaceOrder/of many at once with one key one is placed and all get it", func(t *testing.T, e *env) {
		e.given(product("A", 100))
		var mu sync.Mutex
		got := map[shop.UUID]bool{}
		codes := parallel(30, func(int) error {
			o, err := e.place(1, "k1", pieces("A", 1))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				got[o.ID] = true
			}
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 30})
		equal(t, len(got), 1)
		equal(t, e.product("A").Stock, 99)
		equal(t, len(e.tail(1)), 1)
	}},
	{"PlaceOrder/times are kept to the millisecond", func(t *testing.T, e *env) {
		e.given(product("A", 100))
		e.clock.move(1234567 * time.Nanosecond)
		placed, err := e.place(1, "k1", pieces("A", 1))
		e.ok(err)
		equal(t, placed.PlacedAt.Nanosecond(), 1000000)
		again, err := e.place(1, "k1", pieces("A", 1))
		e.ok(err)
		equal(t, again, placed)
	}},
	{"Order/of an unknown id is NOT_FOUND", func(t *testing.T, e *env) {
		_, err := e.s.Order(e.ctx, shop.NewUUID(e.clock.Now()))
		e.is(err, shop.NotFound)
	}},
	{"OrdersOf/returns the owner's, newest first, page by page", func(t *testing.T, e *env) {
		e.given(product("A", 100))
		var want []string
		for i := range 7 {
			o, err := e.place(1, fmt.Sprint("k", i), pieces("A", 1))
			e.ok(err)
			want = append([]string{o.ID.String()}, want...)
			_, err = e.place(2, fmt.Sprint("k", i), pieces("A", 1))
			e.ok(err)
		}
		for _, n := range []int{1, 3, 7, 50} {
			var got []string
			for before := (shop.UUID{}); ; {
				page, err := e.s.OrdersOf(e.ctx, 1, before, n)
				e.ok(err)
				if len(page) == 0 {
					break
				}
				for _, o := range page {
					got = append(got, o.ID.String())
				}
				before = page[len(page)-1].ID
			}
			equal(t, got, want)
		}
		none, err := e.s.OrdersOf(e.ctx, 3, shop.UUID{}, 10)
		e.ok(err)
		equal(t, len(none), 0)
	}},
	{"RepairOrders/changes nothing where nothing is undone", func(t *testing.T, e *env) {
		e.given(product("A", 100))
		_, err := e.place(1, "k", pieces("A", 1))
		e.ok(err)
		mark := e.mark()
		e.ok(e.s.RepairOrders(e.ctx))
		equal(t, len(e.tail(1)), 1)
		e.nothingSince(mark)
	}},
}
