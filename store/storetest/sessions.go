package storetest

import (
	"testing"
	"time"

	"also/shop"
)

// session stores a session that lasts an hour.
func (e *env) session(hash string, user, customer shop.UserID) shop.Session {
	e.t.Helper()
	s := shop.Session{TokenHash: hash, User: user, Customer: customer, ExpiresAt: e.clock.Now().Add(time.Hour)}
	e.ok(e.s.SaveSession(e.ctx, s))
	return s
}

// signIn signs customer 100 in.
func (e *env) signIn(oldHash, newHash string, user shop.UserID) error {
	joined := e.event("", 100, "")
	joined.Session = user
	return e.s.SignIn(e.ctx, oldHash, shop.Session{
		TokenHash: newHash, User: user, Customer: 100, ExpiresAt: e.clock.Now().Add(time.Hour),
	}, joined)
}

func (e *env) line(owner shop.UserID, sku string, n int) shop.Cart {
	e.t.Helper()
	cart, err := e.s.SetCartLine(e.ctx, owner, shop.CartLine{SKU: sku, Quantity: n},
		e.event(shop.CartAdd, owner, sku), e.event(shop.CartRemove, owner, sku))
	e.ok(err)
	return cart
}

func (e *env) cart(owner shop.UserID) []shop.CartLine {
	e.t.Helper()
	cart, err := e.s.Cart(e.ctx, owner)
	e.ok(err)
	return cart.Lines
}

// view records that a session looked at a product.
func (e *env) view(session shop.UserID, sku string) shop.Event {
	e.t.Helper()
	v := e.event(shop.ProductView, 0, sku)
	v.Session = session
	_, err := e.s.RecordEvents(e.ctx, []shop.Event{v})
	e.ok(err)
	return v
}

var sessionCases = []testCase{
	{"Session/returns what was saved, as a control record too", func(t *testing.T, e *env) {
		s := e.session("aa", 1, 0)
		got, err := e.s.Session(e.ctx, "aa")
		e.ok(err)
		equal(t, got, s)
		_, control := e.since(nil)
		r, ok := last(control, "session/aa")
		equal(t, ok, true)
		equal(t, string(r.Value), show(s))
	}},
	{"Session/an unknown one is UNAUTHENTICATED", func(t *testing.T, e *env) {
		_, err := e.s.Session(e.ctx, "aa")
		e.is(err, shop.Unauthenticated)
	}},
	{"Session/one that has expired is UNAUTHENTICATED, one saved again lasts longer", func(t *testing.T, e *env) {
		s := e.session("aa", 1, 0)
		e.clock.move(59 * time.Minute)
		s.ExpiresAt = e.clock.Now().Add(time.Hour)
		e.ok(e.s.SaveSession(e.ctx, s))
		e.clock.move(59 * time.Minute)
		_, err := e.s.Session(e.ctx, "aa")
		e.ok(err)
		e.clock.move(time.Minute)
		_, err = e.s.Session(e.ctx, "aa")
		e.is(err, shop.Unauthenticated)
	}},
	{"DeleteSession/ends it, and again is no error", func(t *testing.T, e *env) {
		e.session("aa", 1, 0)
		mark := e.mark()
		e.ok(e.s.DeleteSession(e.ctx, "aa"))
		_, err := e.s.Session(e.ctx, "aa")
		e.is(err, shop.Unauthenticated)
		_, control := e.since(mark)
		r, ok := last(control, "session/aa")
		equal(t, []bool{ok, r.Deleted()}, []bool{true, true})
		e.ok(e.s.DeleteSession(e.ctx, "aa"))
	}},
	{"SignIn/replaces the token, so that the old one is worth nothing", func(t *testing.T, e *env) {
		e.session("old", 1, 0)
		e.ok(e.signIn("old", "new", 1))
		_, err := e.s.Session(e.ctx, "old")
		e.is(err, shop.Unauthenticated)
		s, err := e.s.Session(e.ctx, "new")
		e.ok(err)
		equal(t, s.Owner(), shop.UserID(100))
	}},
	{"SignIn/the carts join, of one product the larger quantity", func(t *testing.T, e *env) {
		e.session("old", 1, 0)
		e.line(100, "A", 5)
		e.line(100, "B", 1)
		e.line(1, "B", 4)
		e.line(1, "A", 2)
		e.line(1, "C", 3)
		e.ok(e.signIn("old", "new", 1))
		equal(t, e.cart(100), []shop.CartLine{{SKU: "A", Quantity: 5}, {SKU: "B", Quantity: 4}, {SKU: "C", Quantity: 3}})
		equal(t, len(e.cart(1)), 0)
	}},
	{"SignIn/the session's recent events join the customer's", func(t *testing.T, e *env) {
		e.session("old", 1, 0)
		seen := e.view(1, "A")
		bought := e.event(shop.Purchase, 100, "B")
		bought.OccurredAt = bought.OccurredAt.Add(-time.Minute)
		_, err := e.s.RecordEvents(e.ctx, []shop.Event{bought})
		e.ok(err)
		e.ok(e.signIn("old", "new", 1))
		equal(t, ids(e.tail(100)), ids([]shop.Event{bought, seen}))
		equal(t, len(e.tail(1)), 0)
	}},
	{"SignIn/records a SESSION_JOINED and the session and carts in one entry", func(t *testing.T, e *env) {
		e.session("old", 1, 0)
		e.line(1, "A", 2)
		mark := e.mark()
		e.ok(e.signIn("old", "new", 1))
		entries := e.entries(mark)
		equal(t, len(entries), 1)
		b := decode(t, entries[0])
		equal(t, len(b.Events), 1)
		equal(t, b.Events[0].Type, shop.SessionJoined)
		equal(t, []shop.UserID{b.Events[0].Session, b.Events[0].Customer}, []shop.UserID{1, 100})
		for prefix, deleted := range map[string]bool{"session/old": true, "session/new": false, "cart/1": true, "cart/100": false} {
			r, ok := last(b.Control, prefix)
			equal(t, []bool{ok, r.Deleted()}, []bool{true, deleted})
		}
	}},
	{"SignIn/twice changes nothing more", func(t *testing.T, e *env) {
		e.session("old", 1, 0)
		e.line(1, "A", 2)
		e.view(1, "B")
		e.ok(e.signIn("old", "new", 1))
		cart, tail, mark := e.cart(100), e.tail(100), e.mark()
		e.ok(e.signIn("old", "new", 1))
		equal(t, e.cart(100), cart)
		equal(t, ids(e.tail(100)), ids(tail))
		e.nothingSince(mark)
	}},
	{"SignIn/many times at once joins once", func(t *testing.T, e *env) {
		e.session("old", 1, 0)
		e.line(1, "A", 2)
		mark := e.mark()
		equal(t, parallel(10, func(int) error { return e.signIn("old", "new", 1) }), map[shop.Code]int{"": 10})
		equal(t, e.cart(100), []shop.CartLine{{SKU: "A", Quantity: 2}})
		events, _ := e.since(mark)
		equal(t, len(events), 1)
	}},
	{"SignIn/without an old session, or from one signed in before, nothing joins", func(t *testing.T, e *env) {
		e.ok(e.signIn("none", "first", 1))
		e.session("other", 2, 200)
		e.line(200, "A", 1)
		e.view(2, "B")
		e.ok(e.signIn("other", "second", 2))
		equal(t, len(e.cart(100)), 0)
		equal(t, len(e.tail(100)), 0)
		equal(t, e.cart(200), []shop.CartLine{{SKU: "A", Quantity: 1}})
		_, err := e.s.Session(e.ctx, "first")
		e.ok(err)
		_, err = e.s.Session(e.ctx, "other")
		e.is(err, shop.Unauthenticated)
	}},
}

var cartCases = []testCase{
	{"Cart/is empty if there is none", func(t *testing.T, e *env) {
		cart, err := e.s.Cart(e.ctx, 1)
		e.ok(err)
		equal(t, cart, shop.Cart{Owner: 1})
	}},
	{"SetCartLine/keeps the order of lines, and 0 removes", func(t *testing.T, e *env) {
		e.line(1, "B", 1)
		e.line(1, "A", 2)
		e.line(1, "C", 3)
		e.line(1, "B", 5)
		cart := e.line(1, "A", 0)
		equal(t, cart.Lines, []shop.CartLine{{SKU: "B", Quantity: 5}, {SKU: "C", Quantity: 3}})
		equal(t, e.cart(1), cart.Lines)
		equal(t, len(e.cart(2)), 0)
	}},
	{"SetCartLine/records the event that fits, with the difference", func(t *testing.T, e *env) {
		e.line(1, "A", 2)
		e.line(1, "A", 7)
		e.line(1, "A", 3)
		events, control := e.since(nil)
		var got []string
		for _, v := range events {
			got = append(got, string(v.Type)+" "+show(v.Quantity)+" "+v.SKU)
		}
		equal(t, got, []string{"CART_ADD 2 A", "CART_ADD 5 A", "CART_REMOVE 4 A"})
		r, ok := last(control, "cart/1")
		equal(t, ok, true)
		equal(t, string(r.Value), `{"owner":1,"lines":[{"sku":"A","quantity":3}],"since":"2026-03-01T12:00:00Z"}`)
	}},
	{"SetCartLine/records nothing if nothing changed", func(t *testing.T, e *env) {
		e.line(1, "A", 2)
		mark := e.mark()
		e.line(1, "A", 2)
		e.line(1, "B", 0)
		e.nothingSince(mark)
	}},
	{"SetCartLine/the event reaches the owner's history", func(t *testing.T, e *env) {
		e.line(1, "A", 2)
		tail := e.tail(1)
		equal(t, len(tail), 1)
		equal(t, []any{tail[0].Type, tail[0].SKU, tail[0].Quantity}, []any{shop.CartAdd, "A", 2})
	}},
	{"SetCartLine/an emptied cart is a deleted control record", func(t *testing.T, e *env) {
		e.line(1, "A", 2)
		e.line(1, "A", 0)
		_, control := e.since(nil)
		r, _ := last(control, "cart/1")
		equal(t, r.Deleted(), true)
	}},
	{"SetCartLine/of many at once none is lost", func(t *testing.T, e *env) {
		codes := parallel(20, func(i int) error {
			sku := show(i)
			_, err := e.s.SetCartLine(e.ctx, 1, shop.CartLine{SKU: sku, Quantity: 1}, e.event("", 1, sku), e.event("", 1, sku))
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 20})
		equal(t, len(e.cart(1)), 20)
		equal(t, len(e.tail(1)), 20)
	}},
	{"SetCartLine/less than 0 is BAD_USER_INPUT", func(t *testing.T, e *env) {
		_, err := e.s.SetCartLine(e.ctx, 1, shop.CartLine{SKU: "A", Quantity: -1}, e.event("", 1, "A"), e.event("", 1, "A"))
		e.is(err, shop.BadUserInput)
	}},
}
