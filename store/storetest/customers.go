package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

func (e *env) users(assign bool, ids ...string) []shop.UserID {
	e.t.Helper()
	users, err := e.s.UsersOf(e.ctx, ids, assign)
	e.ok(err)
	return users
}

func (e *env) customer(c shop.Customer) shop.Customer {
	e.t.Helper()
	saved, err := e.s.SaveCustomer(e.ctx, c, store.Upsert)
	e.ok(err)
	return saved
}

var customerCases = []testCase{
	{"UsersOf/without assign an id never seen is 0", func(t *testing.T, e *env) {
		equal(t, e.users(false, "c1", "c2"), []shop.UserID{0, 0})
		e.nothingSince(nil)
	}},
	{"UsersOf/with assign an id gets a user that it keeps", func(t *testing.T, e *env) {
		first := e.users(true, "c1", "c2", "c1")
		if first[0] == 0 || first[1] == 0 || first[0] == first[1] || first[0] != first[2] {
			t.Fatalf("got %v", first)
		}
		_, control := e.since(nil)
		equal(t, len(control), 2)
		mark := e.mark()
		equal(t, e.users(true, "c2", "c1"), []shop.UserID{first[1], first[0]})
		equal(t, e.users(false, "c1"), first[:1])
		e.nothingSince(mark)
	}},
	{"UsersOf/many at once agree", func(t *testing.T, e *env) {
		var mu sync.Mutex
		seen := map[shop.UserID]bool{}
		codes := parallel(20, func(i int) error {
			users, err := e.s.UsersOf(e.ctx, []string{"c1", fmt.Sprint("own", i)}, true)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				seen[users[0]] = true
			}
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 20})
		equal(t, len(seen), 1)
	}},
	{"SaveCustomer/takes the user that the external id already has", func(t *testing.T, e *env) {
		user := e.users(true, "c1")[0]
		saved := e.customer(shop.Customer{ExternalID: "c1", Name: "Wren"})
		equal(t, saved.User, user)
		equal(t, e.users(false, "c1")[0], user)
	}},
	{"SaveCustomer/else a new one, which the external id keeps", func(t *testing.T, e *env) {
		saved := e.customer(shop.Customer{ExternalID: "c1", Name: "Wren"})
		equal(t, e.users(true, "c1")[0], saved.User)
		anonymous := e.customer(shop.Customer{Name: "Finch"})
		if anonymous.User == 0 || anonymous.User == saved.User {
			t.Fatalf("got user %s", anonymous.User)
		}
	}},
	{"SaveCustomer/stores what was given and puts a control record in the outbox", func(t *testing.T, e *env) {
		c := shop.Customer{
			ExternalID: "c1", Name: "Wren", Email: "wren@example.org", Password: "$argon2id$…", Attributes: map[string]string{"tier": "b", "area": "n"},
			CreatedAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		}
		saved := e.customer(c)
		c.User = saved.User
		equal(t, saved, c)
		got, err := e.s.Customer(e.ctx, saved.User)
		e.ok(err)
		equal(t, got, c)
		_, control := e.since(nil)
		r, ok := last(control, "customer/")
		equal(t, ok, true)
		equal(t, string(r.Value), show(c))
	}},
	{"SaveCustomer/create of one that exists is CONFLICT, replace of an unknown one NOT_FOUND", func(t *testing.T, e *env) {
		_, err := e.s.SaveCustomer(e.ctx, shop.Customer{User: 5}, store.Replace)
		e.is(err, shop.NotFound)
		e.customer(shop.Customer{User: 5, Name: "Wren"})
		_, err = e.s.SaveCustomer(e.ctx, shop.Customer{User: 5}, store.Create)
		e.is(err, shop.Conflict)
		_, err = e.s.SaveCustomer(e.ctx, shop.Customer{User: 5, Name: "Finch"}, store.Replace)
		e.ok(err)
		c, err := e.s.Customer(e.ctx, 5)
		e.ok(err)
		equal(t, c.Name, "Finch")
	}},
	{"SaveCustomer/another's email or external id is CONFLICT", func(t *testing.T, e *env) {
		e.customer(shop.Customer{User: 5, ExternalID: "c5", Email: "wren@example.org"})
		mark := e.mark()
		_, err := e.s.SaveCustomer(e.ctx, shop.Customer{User: 6, Email: "wren@example.org"}, store.Upsert)
		e.is(err, shop.Conflict)
		_, err = e.s.SaveCustomer(e.ctx, shop.Customer{User: 6, ExternalID: "c5"}, store.Upsert)
		e.is(err, shop.Conflict)
		e.nothingSince(mark)
	}},
	{"SaveCustomer/of many with one email one succeeds", func(t *testing.T, e *env) {
		codes := parallel(20, func(i int) error {
			_, err := e.s.SaveCustomer(e.ctx, shop.Customer{User: shop.UserID(i + 1), Email: "wren@example.org"}, store.Create)
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 1, shop.Conflict: 19})
	}},
	{"CustomerByEmail/finds by the current email only", func(t *testing.T, e *env) {
		e.customer(shop.Customer{User: 5, Email: "old@example.org"})
		e.customer(shop.Customer{User: 5, Email: "new@example.org"})
		c, err := e.s.CustomerByEmail(e.ctx, "new@example.org")
		e.ok(err)
		equal(t, c.User, shop.UserID(5))
		_, err = e.s.CustomerByEmail(e.ctx, "old@example.org")
		e.is(err, shop.NotFound)
		e.customer(shop.Customer{User: 6, Email: "old@example.org"})
	}},
	{"Customer/of an unknown user is NOT_FOUND", func(t *testing.T, e *env) {
		e.users(true, "c1")
		_, err := e.s.Customer(e.ctx, e.users(false, "c1")[0])
		e.is(err, shop.NotFound)
	}},
	{"Customers/returns one per id, nil for an unknown one", func(t *testing.T, e *env) {
		e.customer(shop.Customer{User: 5})
		e.customer(shop.Customer{User: 1 << 60})
		found, err := e.s.Customers(e.ctx, []shop.UserID{1 << 60, 7, 5})
		e.ok(err)
		equal(t, found[1], nil)
		equal(t, []shop.UserID{found[0].User, found[2].User}, []shop.UserID{1 << 60, 5})
	}},
	{"CustomerPage/goes through all by user id", func(t *testing.T, e *env) {
		want := []shop.UserID{1, 2, 3, 1 << 40, 1 << 53, 1<<53 + 1, 1 << 58, 1<<62 + 5, 1<<63 - 1}
		for i := range want {
			e.customer(shop.Customer{User: want[(i*5)%len(want)]})
		}
		for _, n := range []int{1, 2, 4, 100} {
			var got []shop.UserID
			for after := shop.UserID(0); ; {
				page, err := e.s.CustomerPage(e.ctx, after, n)
				e.ok(err)
				if len(page) == 0 {
					break
				}
				if len(page) > n {
					t.Fatalf("a page of %d has %d", n, len(page))
				}
				for _, c := range page {
					got = append(got, c.User)
				}
				after = page[len(page)-1].User
			}
			equal(t, got, want)
		}
	}},
}
