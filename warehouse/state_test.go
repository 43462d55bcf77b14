package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"testing"
	"time"

	"also/shop"
)

// saved is a catalogue event with v as its payload, less the keys to drop.
func saved(t shop.EventType, id string, hours int, v any, drop ...string) shop.Event {
	e := typed(purchase(0, id, hours), t)
	e.Customer, e.Quantity, e.Price, e.Order = 0, 0, shop.Money{}, ""
	if v == nil {
		return e
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		panic(err)
	}
	for _, k := range drop {
		delete(fields, k)
	}
	if e.Payload, err = json.Marshal(fields); err != nil {
		panic(err)
	}
	return e
}

func ordered(user shop.UserID, sku string, hours, quantity int, order shop.UUID, line int) shop.Event {
	e := typed(purchase(user, sku, hours), shop.OrderPlaced)
	e.Quantity, e.Order, e.Line = quantity, order.String(), line
	return e
}

func (s *sampleLake) state(spec StateSpec, f func(*State)) {
	s.t.Helper()
	if err := s.State(context.Background(), spec, func(st *State) error { f(st); return nil }); err != nil {
		s.t.Fatal(err)
	}
}

// collect prints each value of a sequence.
func collect[T any](t testing.TB, seq iter.Seq2[T, error], show func(T) string) []string {
	t.Helper()
	var out []string
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, show(v))
	}
	return out
}

func TestStateOfTheCatalogueAndOrders(t *testing.T) {
	s := newSampleLake(t)
	first, second := shop.DerivedUUID("o1"), shop.DerivedUUID("o2")
	product := func(sku, name string, stock int) shop.Product {
		return shop.Product{SKU: sku, Name: name, Stock: stock, Status: shop.Active, Price: shop.MustMoney("2.50", "EUR"), ListedAt: day0, Version: 1}
	}
	s.land(
		saved(shop.VendorSaved, "v", 0, shop.Vendor{ID: "v", Name: "Old"}),
		saved(shop.CategorySaved, "c", 0, shop.Category{ID: "c", Name: "Gone"}),
		saved(shop.ProductSaved, "A", 0, product("A", "kettle", 10)),
		ordered(7, "A", 1, 4, first, 1),
		ordered(7, "B", 1, 1, first, 0),
		saved(shop.ProductSaved, "B", 2, product("B", "cup", 5)), // stated after B was ordered
		saved(shop.ProductSaved, "G", 2, product("G", "gone", 5)),
	)
	s.compact()
	s.land(
		saved(shop.ProductSaved, "A", 3, product("A", "tea kettle", 99), "stock"), // a new name leaves the stock
		ordered(8, "A", 4, 2, second, 0),
		saved(shop.VendorSaved, "v", 4, shop.Vendor{ID: "v", Name: "New"}),
		saved(shop.CategoryDeleted, "c", 5, nil),
		saved(shop.ProductDeleted, "G", 5, nil),
		ordered(8, "B", 6, 9, shop.DerivedUUID("o3"), 0), // more than there are: never below none
	)
	s.state(StateSpec{}, func(st *State) {
		got := collect(t, st.Products, func(p shop.Product) string { return fmt.Sprint(p.SKU, " ", p.Name, " ", p.Stock) })
		if want := []string{"A tea kettle 4", "B cup 0"}; !reflect.DeepEqual(got, want) {
			t.Errorf("products %q, want %q", got, want)
		}
		got = collect(t, st.Vendors, func(v shop.Vendor) string { return v.Name })
		if want := []string{"New"}; !reflect.DeepEqual(got, want) {
			t.Errorf("vendors %q, want %q", got, want)
		}
		if got := collect(t, st.Categories, func(c shop.Category) string { return c.Name }); got != nil {
			t.Errorf("categories %q, want none", got)
		}
		orders := collect(t, st.Orders, func(o shop.Order) string {
			return fmt.Sprint(o.ID, " ", o.Owner, " ", o.Lines, " ", o.Total, " ", o.PlacedAt.Hour())
		})
		want := []string{fmt.Sprint(first, " 7 [{B 1 2.50 EUR } {A 4 2.50 EUR }] 12.50 EUR 13"),
			fmt.Sprint(second, " 8 [{A 2 2.50 EUR }] 5.00 EUR 16"), fmt.Sprint(shop.DerivedUUID("o3"), " 8 [{B 9 2.50 EUR }] 22.50 EUR 18")}
		if !reflect.DeepEqual(orders, want) {
			t.Errorf("orders\n got %q\nwant %q", orders, want)
		}
		for range st.Products { // a reader may stop early
			break
		}
		for range st.Orders {
			break
		}
	})
}

func TestStateOfUsers(t *testing.T) {
	s := tasteLake(t)
	show := func(e shop.Event) string {
		return fmt.Sprint(e.User(), " ", e.SKU, " ", e.Type, " ", int(e.OccurredAt.Sub(day0).Hours()))
	}
	s.state(StateSpec{TailSince: 4, TailLimit: 2, Known: []string{"A", "B", "C"}, FreshSince: 3, FreshLimit: 1, SeenSince: day0.Add(40 * time.Hour)}, func(st *State) {
		got := collect(t, st.Tails, show)
		// After position 4, two at most: customer 1 rated C at 24 h and searched at 40 h, and looked at D at 48 h as session 9.
		want := []string{"1 D SEARCH 40", "1 D PRODUCT_VIEW 48", "2 C RETURN 2", "2  EXCLUDED_FROM_TASTE 2", "8 A CART_ADD 24"}
		if !sameButOrderWithinHour(got, want) {
			t.Errorf("tails\n got %q\nwant %q", got, want)
		}
		if got, want := collect(t, st.Fresh, show), []string{"1 D PRODUCT_VIEW 48"}; !reflect.DeepEqual(got, want) {
			t.Errorf("fresh %q, want %q", got, want)
		}
		if got := collect(t, st.Seen, show); got != nil {
			t.Errorf("ids derived as imports do were seen: %q", got)
		}
	})
	recent := purchase(4, "A", 50)
	recent.ID = shop.NewUUID(recent.OccurredAt)
	s.land(recent)
	s.state(StateSpec{SeenSince: day0.Add(50 * time.Hour)}, func(st *State) {
		if got, want := collect(t, st.Seen, show), []string{"4  PURCHASE 50"}; !reflect.DeepEqual(got, want) {
			t.Errorf("seen %q, want %q", got, want)
		}
		if got := collect(t, st.Fresh, show); got != nil {
			t.Errorf("fresh without a model: %q", got)
		}
	})
}

// sameButOrderWithinHour compares lists whose events of one user and hour come by random id.
func sameButOrderWithinHour(got, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	count := map[string]int{}
	for i := range got {
		count[got[i]]++
		count[want[i]]--
		if got[i][:1] != want[i][:1] || got[i][len(got[i])-2:] != want[i][len(want[i])-2:] {
			return false
		}
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
