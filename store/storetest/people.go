package storetest

import (
	"errors"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// known makes a customer of whom the store knows all that it can.
func (e *env) known(user shop.UserID, name string) shop.Order {
	e.t.Helper()
	_, err := e.s.SaveCustomer(e.ctx, shop.Customer{User: user, ExternalID: "ext-" + name, Email: name + "@example.org", Name: name, CreatedAt: e.clock.Now()}, store.Create)
	e.ok(err)
	e.ok(e.s.SaveSession(e.ctx, shop.Session{TokenHash: name, User: user + 1000, Customer: user, ExpiresAt: e.clock.Now().Add(time.Hour)}))
	o, err := e.place(user, "k", pieces("A", 2))
	e.ok(err)
	e.line(user, "A", 1)
	e.view(user, "B")
	e.ok(e.s.NoteFresh(e.ctx, []shop.Event{e.event(shop.Purchase, user, "new")}))
	e.ok(e.s.PutLists(e.ctx, "model/m", store.KindUser, map[string][]store.ListEntry{user.String(): list(1)}))
	return o
}

var peopleCases = []testCase{
	{"CustomerChanges/tells who was saved since a position", func(t *testing.T, e *env) {
		_, at, err := e.s.CustomerChanges(e.ctx, "")
		e.ok(err)
		for _, u := range []shop.UserID{5, 6} {
			_, err := e.s.SaveCustomer(e.ctx, shop.Customer{User: u, CreatedAt: e.clock.Now()}, store.Create)
			e.ok(err)
		}
		users, next, err := e.s.CustomerChanges(e.ctx, at)
		e.ok(err)
		equal(t, users, []shop.UserID{5, 6})
		users, _, err = e.s.CustomerChanges(e.ctx, next)
		e.ok(err)
		equal(t, len(users), 0)
	}},
	{"CustomerChanges/after a Load all must be read again", func(t *testing.T, e *env) {
		_, at, err := e.s.CustomerChanges(e.ctx, "")
		e.ok(err)
		e.ok(e.s.Load(e.ctx, e.state()))
		if _, _, err = e.s.CustomerChanges(e.ctx, at); !errors.Is(err, store.ErrBehind) {
			t.Fatalf("got %v, want ErrBehind", err)
		}
	}},
	{"DropSessions/ends a customer's but one", func(t *testing.T, e *env) {
		for _, hash := range []string{"aa", "bb", "cc"} {
			e.ok(e.s.SaveSession(e.ctx, shop.Session{TokenHash: hash, User: 1, Customer: 5, ExpiresAt: e.clock.Now().Add(time.Hour)}))
		}
		e.session("other", 2, 6)
		ended, err := e.s.DropSessions(e.ctx, 5, "bb")
		e.ok(err)
		equal(t, len(ended), 2)
		for hash, code := range map[string]shop.Code{"aa": shop.Unauthenticated, "bb": "", "cc": shop.Unauthenticated, "other": ""} {
			_, err := e.s.Session(e.ctx, hash)
			e.is(err, code)
		}
	}},
	{"Forget/drops all that is known of somebody, and of nobody else", func(t *testing.T, e *env) {
		e.given(product("A", 10), product("B", 10))
		gone, other := e.known(5, "ann"), e.known(6, "bob")
		_, at, err := e.s.CustomerChanges(e.ctx, "")
		e.ok(err)
		mark := e.mark()
		v := e.event("", 5, "")
		receipt := record("forgotten/1", `{"id":"1"}`)
		counts, err := e.s.Forget(e.ctx, []shop.UserID{5}, &v, &receipt)
		e.ok(err)
		equal(t, counts, store.Forgotten{Customers: 1, Sessions: 1, Carts: 1, Orders: 1, Events: 4, Lists: 1})
		for user, code := range map[shop.UserID]shop.Code{5: shop.NotFound, 6: ""} {
			_, err := e.s.Customer(e.ctx, user)
			e.is(err, code)
		}
		for email, code := range map[string]shop.Code{"ann@example.org": shop.NotFound, "bob@example.org": ""} {
			_, err := e.s.CustomerByEmail(e.ctx, email)
			e.is(err, code)
		}
		for hash, code := range map[string]shop.Code{"ann": shop.Unauthenticated, "bob": ""} {
			_, err := e.s.Session(e.ctx, hash)
			e.is(err, code)
		}
		for id, code := range map[shop.UUID]shop.Code{gone.ID: shop.NotFound, other.ID: ""} {
			_, err := e.s.Order(e.ctx, id)
			e.is(err, code)
		}
		equal(t, []int{len(e.cart(5)), len(e.cart(6)), len(e.tail(5)), len(e.tail(6))}, []int{0, 1, 0, 3})
		equal(t, e.pages(store.OrderQuery{}, 10), []string{other.ID.String()})
		noted, err := e.s.FreshEvents(e.ctx, []string{"new"})
		e.ok(err)
		equal(t, len(noted[0]), 1)
		lists, err := e.s.GetLists(e.ctx, "model/m", store.KindUser, []string{"5", "6"})
		e.ok(err)
		equal(t, []bool{lists[0] == nil, lists[1] == nil}, []bool{true, false})
		users, err := e.s.UsersOf(e.ctx, []string{"ext-ann", "ext-bob"}, false)
		e.ok(err)
		equal(t, users, []shop.UserID{0, 6})
		equal(t, e.product("A").Stock, 6)

		changed, _, err := e.s.CustomerChanges(e.ctx, at)
		e.ok(err)
		equal(t, changed, []shop.UserID{5})
		entries := e.entries(mark)
		equal(t, len(entries), 1)
		b := decode(t, entries[0])
		equal(t, []any{b.Events[0].Type, b.Events[0].Customer}, []any{shop.CustomerDeleted, 5})
		for _, name := range []string{"customer/5", "cart/5", "session/ann", "extid/"} {
			r, ok := last(b.Control, name)
			equal(t, []bool{ok, r.Deleted()}, []bool{true, true})
		}
		value, err := e.s.Control(e.ctx, "forgotten/1")
		e.ok(err)
		equal(t, string(value), `{"id":"1"}`)
	}},
	{"Forget/one whom only events named gives their id of the shop's back", func(t *testing.T, e *env) {
		users, err := e.s.UsersOf(e.ctx, []string{"c1"}, true)
		e.ok(err)
		v := e.event("", users[0], "")
		_, err = e.s.Forget(e.ctx, users, &v, nil)
		e.ok(err)
		again, err := e.s.UsersOf(e.ctx, []string{"c1"}, true)
		e.ok(err)
		equal(t, again[0] != 0 && again[0] != users[0], true)
	}},
	{"Forget/followers of the catalogue are told that people changed", func(t *testing.T, e *env) {
		e.given(product("A", 1))
		_, at, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		v := e.event("", 5, "")
		_, err = e.s.Forget(e.ctx, []shop.UserID{5}, &v, nil)
		e.ok(err)
		changes, _, err := e.s.Changes(e.ctx, at, 0)
		e.ok(err)
		equal(t, changes, []store.Change{{Kind: store.PeopleChange}})
	}},
}
