package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

var catalogueCases = []testCase{
	{"SaveProduct/create stores the product as version 1", func(t *testing.T, e *env) {
		p := product("A1", 7)
		saved, err := e.s.SaveProduct(e.ctx, p, false, store.Create, e.change())
		e.ok(err)
		p.Version = 1
		equal(t, saved, p)
		equal(t, e.product("A1"), p)
	}},
	{"SaveProduct/create of one that exists is CONFLICT and changes nothing", func(t *testing.T, e *env) {
		e.given(product("A1", 7))
		mark := e.mark()
		_, err := e.s.SaveProduct(e.ctx, product("A1", 9), false, store.Create, e.change())
		e.is(err, shop.Conflict)
		equal(t, e.product("A1").Stock, 7)
		e.nothingSince(mark)
	}},
	{"SaveProduct/replace of an unknown one is NOT_FOUND", func(t *testing.T, e *env) {
		_, err := e.s.SaveProduct(e.ctx, product("A1", 7), false, store.Replace, e.change())
		e.is(err, shop.NotFound)
	}},
	{"SaveProduct/replace of another version is CONFLICT, of this one raises it", func(t *testing.T, e *env) {
		e.given(product("A1", 7))
		p := e.product("A1")
		p.Name = "Renamed"
		saved, err := e.s.SaveProduct(e.ctx, p, false, store.Replace, e.change())
		e.ok(err)
		equal(t, saved.Version, 2)
		_, err = e.s.SaveProduct(e.ctx, p, false, store.Replace, e.change())
		e.is(err, shop.Conflict)
	}},
	{"SaveProduct/upsert takes either, whatever the version", func(t *testing.T, e *env) {
		p := product("A1", 7)
		p.Version = 40
		for want := int64(1); want <= 2; want++ {
			saved, err := e.s.SaveProduct(e.ctx, p, false, store.Upsert, e.change())
			e.ok(err)
			equal(t, saved.Version, want)
		}
	}},
	{"SaveProduct/records one PRODUCT_SAVED with the product as payload", func(t *testing.T, e *env) {
		change := e.change()
		saved, err := e.s.SaveProduct(e.ctx, product("A1", 7), false, store.Create, change)
		e.ok(err)
		events, control := e.since(nil)
		equal(t, len(events), 1)
		equal(t, len(control), 0)
		change.Type, change.SKU, change.Payload = shop.ProductSaved, "A1", events[0].Payload
		equal(t, events[0], change)
		var payload shop.Product
		e.ok(json.Unmarshal(events[0].Payload, &payload))
		equal(t, payload, saved)
	}},
	{"SaveProduct/keepStock leaves the stock, returns it, and says nothing of it in the payload", func(t *testing.T, e *env) {
		e.given(product("A1", 7))
		mark := e.mark()
		saved, err := e.s.SaveProduct(e.ctx, product("A1", 99), true, store.Upsert, e.change())
		e.ok(err)
		equal(t, saved.Stock, 7)
		equal(t, e.product("A1").Stock, 7)
		events, _ := e.since(mark)
		if strings.Contains(string(events[0].Payload), `"stock"`) {
			t.Fatalf("the payload has a stock: %s", events[0].Payload)
		}
	}},
	{"SaveProduct/keepStock of a new product starts with none", func(t *testing.T, e *env) {
		saved, err := e.s.SaveProduct(e.ctx, product("A1", 99), true, store.Create, e.change())
		e.ok(err)
		equal(t, saved.Stock, 0)
		equal(t, e.product("A1").Stock, 0)
	}},
	{"SaveProduct/of many at once every one gets its own version", func(t *testing.T, e *env) {
		e.given(product("A1", 7))
		codes := parallel(20, func(int) error {
			_, err := e.s.SaveProduct(e.ctx, product("A1", 7), true, store.Upsert, e.change())
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 20})
		equal(t, e.product("A1").Version, 21)
	}},
	{"DeleteProduct/forgets product and stock and records PRODUCT_DELETED", func(t *testing.T, e *env) {
		e.given(product("A1", 7))
		mark := e.mark()
		e.ok(e.s.DeleteProduct(e.ctx, "A1", e.change()))
		found, err := e.s.Products(e.ctx, []string{"A1"})
		e.ok(err)
		equal(t, found[0], nil)
		events, _ := e.since(mark)
		equal(t, len(events), 1)
		equal(t, events[0].Type, shop.ProductDeleted)
		equal(t, events[0].SKU, "A1")
		e.is(e.s.DeleteProduct(e.ctx, "A1", e.change()), shop.NotFound)
		saved, err := e.s.SaveProduct(e.ctx, product("A1", 9), true, store.Create, e.change())
		e.ok(err)
		equal(t, saved.Stock, 0)
	}},
	{"Products/returns one per sku in the order asked, nil for an unknown one", func(t *testing.T, e *env) {
		e.given(product("A1", 1), product("B2", 2))
		found, err := e.s.Products(e.ctx, []string{"B2", "none", "A1", "B2"})
		e.ok(err)
		equal(t, found[1], nil)
		equal(t, []int{found[0].Stock, found[2].Stock, found[3].Stock}, []int{2, 1, 2})
		none, err := e.s.Products(e.ctx, nil)
		e.ok(err)
		equal(t, len(none), 0)
	}},
	{"AllProducts/calls with every product once, and following continues from its position", func(t *testing.T, e *env) {
		var want []string
		for i := range 30 {
			sku := string(rune('a'+i%26)) + strings.Repeat("x", i)
			want = append(want, sku)
			e.given(product(sku, i))
		}
		var got []string
		after, err := e.s.AllProducts(e.ctx, func(ps []shop.Product) error {
			for _, p := range ps {
				equal(t, p.Stock, len(p.SKU)-1)
				got = append(got, p.SKU)
			}
			return nil
		})
		e.ok(err)
		slices.Sort(want)
		slices.Sort(got)
		equal(t, got, want)
		e.given(product("new", 1))
		changes, _, err := e.s.Changes(e.ctx, after, 0)
		e.ok(err)
		equal(t, changes, []store.Change{{Kind: store.ProductChange, ID: "new"}})
	}},
	{"Vendors/are saved by mode, listed by id and deleted, each with its event", func(t *testing.T, e *env) {
		b, a := shop.Vendor{ID: "birch", Name: "Birch"}, shop.Vendor{ID: "acorn", Name: "Acorn"}
		e.is(e.s.SaveVendor(e.ctx, a, store.Replace, e.change()), shop.NotFound)
		e.ok(e.s.SaveVendor(e.ctx, b, store.Create, e.change()))
		e.ok(e.s.SaveVendor(e.ctx, a, store.Upsert, e.change()))
		e.is(e.s.SaveVendor(e.ctx, a, store.Create, e.change()), shop.Conflict)
		all, err := e.s.Vendors(e.ctx)
		e.ok(err)
		equal(t, all, []shop.Vendor{a, b})
		e.ok(e.s.DeleteVendor(e.ctx, "birch", e.change()))
		e.is(e.s.DeleteVendor(e.ctx, "birch", e.change()), shop.NotFound)
		events, _ := e.since(nil)
		equal(t, []shop.EventType{events[0].Type, events[1].Type, events[2].Type},
			[]shop.EventType{shop.VendorSaved, shop.VendorSaved, shop.VendorDeleted})
		equal(t, string(events[0].Payload), `{"id":"birch","name":"Birch"}`)
		equal(t, events[2].SKU, "birch")
	}},
	{"Categories/are saved by mode, listed by id and deleted, each with its event", func(t *testing.T, e *env) {
		drinks, tea := shop.Category{ID: "drinks", Name: "Drinks"}, shop.Category{ID: "tea", Name: "Tea", Parent: "drinks"}
		e.ok(e.s.SaveCategory(e.ctx, tea, store.Upsert, e.change()))
		e.ok(e.s.SaveCategory(e.ctx, drinks, store.Create, e.change()))
		e.is(e.s.SaveCategory(e.ctx, tea, store.Create, e.change()), shop.Conflict)
		all, err := e.s.Categories(e.ctx)
		e.ok(err)
		equal(t, all, []shop.Category{drinks, tea})
		e.ok(e.s.DeleteCategory(e.ctx, "tea", e.change()))
		e.is(e.s.DeleteCategory(e.ctx, "tea", e.change()), shop.NotFound)
		events, _ := e.since(nil)
		equal(t, []shop.EventType{events[0].Type, events[2].Type}, []shop.EventType{shop.CategorySaved, shop.CategoryDeleted})
		equal(t, events[2].SKU, "tea")
	}},
}

var changesCases = []testCase{
	{"Changes/tells of every save and delete in order", func(t *testing.T, e *env) {
		e.given(product("A1", 1))
		e.ok(e.s.SaveVendor(e.ctx, shop.Vendor{ID: "acorn"}, store.Create, e.change()))
		e.ok(e.s.SaveCategory(e.ctx, shop.Category{ID: "tea"}, store.Create, e.change()))
		e.ok(e.s.DeleteProduct(e.ctx, "A1", e.change()))
		changes, next, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		equal(t, changes, []store.Change{
			{Kind: store.ProductChange, ID: "A1"}, {Kind: store.VendorChange, ID: "acorn"},
			{Kind: store.CategoryChange, ID: "tea"}, {Kind: store.ProductChange, ID: "A1"},
		})
		changes, same, err := e.s.Changes(e.ctx, next, 0)
		e.ok(err)
		equal(t, len(changes), 0)
		equal(t, same, next)
	}},
	{"Changes/waits up to block", func(t *testing.T, e *env) {
		start := time.Now()
		changes, _, err := e.s.Changes(e.ctx, "", 30*time.Millisecond)
		e.ok(err)
		equal(t, len(changes), 0)
		if waited := time.Since(start); waited < 30*time.Millisecond {
			t.Fatalf("it waited %v", waited)
		}
	}},
	{"Changes/wakes who waits", func(t *testing.T, e *env) {
		got := make(chan []store.Change, 1)
		go func() {
			changes, _, err := e.s.Changes(e.ctx, "", 20*time.Second)
			if err != nil {
				t.Error(err)
			}
			got <- changes
		}()
		e.given(product("A1", 1))
		equal(t, <-got, []store.Change{{Kind: store.ProductChange, ID: "A1"}})
	}},
	{"Changes/after a position that the stream does not reach is ErrBehind", func(t *testing.T, e *env) {
		e.given(product("A1", 1))
		_, next, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		_, _, err = e.s.Changes(e.ctx, next+"0", 0)
		if !errors.Is(err, store.ErrBehind) {
			t.Fatalf("got %v, want ErrBehind", err)
		}
	}},
	{"Changes/a refused save is none", func(t *testing.T, e *env) {
		_, err := e.s.SaveProduct(e.ctx, product("A1", 1), false, store.Replace, e.change())
		e.is(err, shop.NotFound)
		changes, _, err := e.s.Changes(e.ctx, "", 0)
		e.ok(err)
		equal(t, len(changes), 0)
	}},
}
