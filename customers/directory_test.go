package customers_test

import (
	"fmt"
	"iter"
	"testing"
	"time"

	"also/customers"
	"also/shop"
	"also/store"
	"also/store/redisstore"
)

// shopOf opens a store with n customers, "Person 7" with the email person.7@shop.example and the id C-7.
func shopOf(tb testing.TB, n int) store.Store {
	tb.Helper()
	s, err := redisstore.OpenEmbedded(redisstore.Options{Shop: "test"})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	var controls iter.Seq2[shop.ControlRecord, error] = func(yield func(shop.ControlRecord, error) bool) {
		for i := range n {
			r, err := shop.CustomerControl(customer(i))
			if !yield(r, err) {
				return
			}
		}
	}
	if err := s.Load(tb.Context(), store.State{Controls: controls}); err != nil {
		tb.Fatal(err)
	}
	return s
}

func customer(i int) shop.Customer {
	return shop.Customer{
		User: shop.UserID(uint64(i+1) * 0x9e3779b97f4a7c15 >> 1), Name: fmt.Sprint("Person ", i), Email: fmt.Sprintf("person.%d@shop.example", i),
		ExternalID: fmt.Sprint("C-", i), CreatedAt: time.Unix(int64(i), 0).UTC(),
	}
}

func find(tb testing.TB, d *customers.Directory, q customers.Query) customers.Page {
	tb.Helper()
	page, err := d.Find(tb.Context(), q)
	if err != nil {
		tb.Fatal(err)
	}
	return page
}

func TestFindFollowsChanges(t *testing.T) {
	s := shopOf(t, 3)
	d := customers.NewDirectory(s)
	if got := find(t, d, customers.Query{N: 10}); got.Total != 3 || got.Keys[0].Name != "person 2" {
		t.Errorf("found %+v", got)
	}
	c := customer(1)
	c.Name = "Zoe"
	if _, err := s.SaveCustomer(t.Context(), c, store.Replace); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveCustomer(t.Context(), customer(9), store.Create); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Forget(t.Context(), []shop.UserID{customer(0).User}, &shop.Event{ID: shop.NewUUID(time.Now()), Customer: customer(0).User}, nil); err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, k := range find(t, d, customers.Query{Sort: customers.Name, N: 10}).Keys {
		names += k.Name + ";"
	}
	if names != "person 2;person 9;zoe;" {
		t.Errorf("after the changes: %s", names)
	}
	if got := find(t, d, customers.Query{Text: "zo c-1 person", N: 10}); got.Total != 1 {
		t.Errorf("by words of name, id and email: %+v", got)
	}
	if err := s.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Load(t.Context(), store.State{}); err != nil {
		t.Fatal(err)
	}
	if got := find(t, d, customers.Query{N: 10}); got.Total != 0 {
		t.Errorf("after a rebuild: %+v", got)
	}
}

func TestPagesMeetWithoutGapOrRepeat(t *testing.T) {
	d := customers.NewDirectory(shopOf(t, 57))
	for _, sort := range []customers.Sort{customers.Newest, customers.Oldest, customers.Name} {
		seen := map[shop.UserID]bool{}
		q := customers.Query{Sort: sort, N: 10}
		for more := true; more; {
			page := find(t, d, q)
			for _, k := range page.Keys {
				if seen[k.User] {
					t.Errorf("%s: %d comes twice", sort, k.User)
				}
				seen[k.User] = true
				q.After = k
			}
			more = page.More
		}
		if len(seen) != 57 {
			t.Errorf("%s: %d of 57 were found", sort, len(seen))
		}
	}
}

// BenchmarkFind searches among 100,000 customers; first reads them all.
func BenchmarkFind(b *testing.B) {
	s := shopOf(b, 100_000)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			find(b, customers.NewDirectory(s), customers.Query{Text: "person 4711", N: 20})
		}
	})
	d := customers.NewDirectory(s)
	find(b, d, customers.Query{N: 1})
	for _, text := range []string{"", "pers", "person.99", "C-4711"} {
		b.Run("again/"+text, func(b *testing.B) {
			for b.Loop() {
				find(b, d, customers.Query{Text: text, N: 20})
			}
		})
	}
}
