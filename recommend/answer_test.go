package recommend_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"also/recommend"
	"also/shop"
	"also/store"
)

func TestStranger(t *testing.T) {
	w := trainedWorld(t)
	a := w.ask(recommend.Request{})
	if got, want := skusOf(a)[:8], []string{red(29), blue(0), blue(29), red(0), red(28), blue(1), red(1), blue(2)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want what is on the rise mixed with best-sellers, %v", got, want)
	}
	if a.Freshness.Served != recommend.ServedFallback || a.Freshness.ProfileThrough != nil || len(a.Items) != 12 {
		t.Errorf("%d items, freshness %+v", len(a.Items), a.Freshness)
	}
	// A customer that the model never saw is one too, until they do something.
	if got := w.ask(recommend.Request{User: 4711}); !slices.Equal(skusOf(got), skusOf(a)) {
		t.Errorf("a customer nobody knows gets %v", skusOf(got))
	}
	w.does(4711, shop.ProductView, red(3))
	if got := w.ask(recommend.Request{User: 4711}); got.Items[0].Source != recommend.Personal || got.Freshness.Served != recommend.ServedFoldIn {
		t.Errorf("after one view: %s, %+v", got.Items[0].Source, got.Freshness)
	}
}

func TestEmptyShop(t *testing.T) {
	w := emptyWorld(t)
	for _, p := range []string{recommend.PlacementHome, recommend.PlacementProduct, recommend.PlacementCart, recommend.PlacementOrder, recommend.PlacementCategory, "footer"} {
		a := w.ask(recommend.Request{Placement: p, User: anne, Products: []string{"nothing"}})
		if len(a.Items) != 0 || a.HasMore || a.Freshness.Served != recommend.ServedFallback {
			t.Errorf("%s: %+v", p, a)
		}
	}
}

func TestWithoutModel(t *testing.T) {
	w := newWorld(t)
	a := w.ask(recommend.Request{User: anne})
	if len(a.Items) != 12 || a.Model != "" || a.Freshness.Served != recommend.ServedFallback || a.Freshness.TrainedAt != nil {
		t.Errorf("%+v", a)
	}
	// Only products, not even lists: the newest.
	bare := emptyWorld(t)
	bare.save(bare.product("b", "red", 2), bare.product("a", "red", 1))
	if a := bare.ask(recommend.Request{}); !slices.Equal(skusOf(a), []string{"a", "b"}) || a.Items[0].Source != recommend.Newest {
		t.Errorf("got %v", skusOf(a))
	}
}

// Without the model at hand, what training left in the store answers.
func TestPrecomputed(t *testing.T) {
	w := newWorld(t)
	w.put(store.ModelSet("m0"), store.KindUser, map[string][]store.ListEntry{anne.String(): {{SKU: red(9), Score: 2}, {SKU: red(8), Score: 1}}})
	w.put(store.ModelSet("m0"), store.KindSimilar, map[string][]store.ListEntry{red(5): {{SKU: red(12), Score: 0.9}}})
	w.control(store.LiveModel, map[string]string{"id": "m0"})
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := w.ask(recommend.Request{User: anne})
	if got := skusOf(a)[:2]; !slices.Equal(got, []string{red(9), red(8)}) || a.Items[0].Source != recommend.Precomputed || a.Freshness.Served != recommend.ServedPrecomputed {
		t.Errorf("got %v, %+v", got, a.Freshness)
	}
	p := w.ask(recommend.Request{Placement: recommend.PlacementProduct, Products: []string{red(5)}})
	if p.Items[0].SKU != red(12) || p.Items[0].Source != recommend.Similar {
		t.Errorf("got %v", skusOf(p))
	}
}

func TestProductPage(t *testing.T) {
	w := trainedWorld(t)
	a := w.ask(recommend.Request{Placement: recommend.PlacementProduct, Products: []string{red(5)}, First: 6})
	var by []recommend.Source
	for _, i := range a.Items {
		by = append(by, i.Source)
		if i.SKU == red(5) {
			t.Error("the product itself is recommended")
		}
		if i.Source == recommend.Similar && !strings.HasPrefix(i.SKU, "red") {
			t.Errorf("%s is said to be similar to a red product", i.SKU)
		}
		if r := i.Reasons[0]; r.Kind != recommend.ReasonProduct || r.SKU != red(5) || !strings.HasSuffix(r.Text, "The "+red(5)) {
			t.Errorf("%s: %+v", i.SKU, r)
		}
	}
	if want := []recommend.Source{recommend.Similar, recommend.Similar, recommend.BoughtWith, recommend.Similar, recommend.Similar, recommend.BoughtWith}; !slices.Equal(by, want) {
		t.Errorf("mixed as %v, want %v", by, want)
	}
	// A product that the model does not know: by its vendor.
	w.save(w.product("new", "red", 3))
	a = w.ask(recommend.Request{Placement: recommend.PlacementProduct, Products: []string{"new"}, First: 5})
	for _, i := range a.Items {
		if i.Source != recommend.SameVendor || w.catalogue.Snapshot().Product(i.SKU).Vendor != "vendor-3" {
			t.Errorf("%s by %s", i.SKU, i.Source)
		}
	}
}

func TestCartPage(t *testing.T) {
	w := trainedWorld(t)
	cart(w, anne, red(5), red(6))
	a := w.ask(recommend.Request{Placement: recommend.PlacementCart, User: anne})
	for _, i := range a.Items {
		if i.SKU == red(5) || i.SKU == red(6) {
			t.Errorf("%s is in the cart already", i.SKU)
		}
	}
	bought := w.boughtBy(anne)
	if !bought[red(7)] && !slices.Contains(skusOf(a), red(7)) {
		t.Errorf("what goes with the cart is missing in %v", skusOf(a))
	}
}

func cart(w *world, owner shop.UserID, skus ...string) {
	w.t.Helper()
	for _, sku := range skus {
		more, less := w.event(shop.CartAdd), w.event(shop.CartRemove)
		more.Customer, more.SKU, less.Customer, less.SKU = owner, sku, owner, sku
		if _, err := w.st.SetCartLine(w.t.Context(), owner, shop.CartLine{SKU: sku, Quantity: 1}, more, less); err != nil {
			w.t.Fatal(err)
		}
	}
}

func TestCategoryPage(t *testing.T) {
	w := trainedWorld(t)
	a := w.ask(recommend.Request{Placement: recommend.PlacementCategory, Filter: recommend.Filter{Categories: []string{"red"}}, First: 20})
	if got, want := skusOf(a)[:3], []string{red(0), red(1), red(2)}; !slices.Equal(got, want) || a.Items[0].Source != recommend.BestSellers {
		t.Errorf("got %v, want the category's best-sellers %v", got, want)
	}
	for _, sku := range skusOf(a) {
		if !strings.HasPrefix(sku, "red") {
			t.Errorf("%s is of another category", sku)
		}
	}
}

func TestFilters(t *testing.T) {
	w := trainedWorld(t)
	gold := w.product("gold", "red", 1)
	gold.Price, gold.Attributes = shop.MustMoney("500", "EUR"), map[string]string{"metal": "gold"}
	sold := w.product(red(20), "red", 20)
	sold.Stock = 0
	draft := w.product(red(21), "red", 21)
	draft.Status = shop.Draft
	w.save(gold, sold, draft)
	f := func(name string, filter recommend.Filter, keep func(p *shop.Product) bool) {
		t.Helper()
		for _, user := range []shop.UserID{0, anne} {
			a := w.ask(recommend.Request{User: user, Filter: filter, First: 100})
			for _, sku := range skusOf(a) {
				if p := w.catalogue.Snapshot().Product(sku); !keep(p) || p.Status != shop.Active {
					t.Errorf("%s: %s for %d", name, sku, user)
				}
			}
			if len(a.Items) == 0 {
				t.Errorf("%s: nothing for %d", name, user)
			}
		}
	}
	low, no := shop.MustMoney("100", "EUR"), false
	f("in stock", recommend.Filter{}, func(p *shop.Product) bool { return p.Stock > 0 })
	f("vendor", recommend.Filter{Vendors: []string{"vendor-1"}}, func(p *shop.Product) bool { return p.Vendor == "vendor-1" })
	f("category", recommend.Filter{Categories: []string{"blue"}}, func(p *shop.Product) bool { return p.Categories[0] == "blue" })
	f("dear", recommend.Filter{PriceMin: &low}, func(p *shop.Product) bool { return p.SKU == "gold" })
	f("attribute", recommend.Filter{Attributes: map[string][]string{"metal": {"gold"}}}, func(p *shop.Product) bool { return p.SKU == "gold" })
	f("only these", recommend.Filter{SKUs: []string{red(29), blue(0), "unknown"}}, func(p *shop.Product) bool { return p.SKU == red(29) || p.SKU == blue(0) })
	f("not these", recommend.Filter{ExcludeSKUs: []string{red(29), blue(0)}}, func(p *shop.Product) bool { return p.SKU != red(29) && p.SKU != blue(0) })
	a := w.ask(recommend.Request{Filter: recommend.Filter{InStock: &no}, First: 100})
	if !slices.Contains(skusOf(a), red(20)) {
		t.Error("what is sold out is missing although it was asked for")
	}
}

func TestBoughtAndRejected(t *testing.T) {
	w := trainedWorld(t)
	bought := w.boughtBy(anne)
	w.does(anne, shop.NotInterested, red(29))
	for _, req := range []recommend.Request{
		{User: anne, First: 100},
		{User: anne, First: 100, Placement: recommend.PlacementProduct, Products: []string{red(5)}},
		{User: anne, First: 100, Placement: recommend.PlacementCategory, Filter: recommend.Filter{Categories: []string{"red"}}},
	} {
		for _, i := range w.ask(req).Items {
			if bought[i.SKU] || i.SKU == red(29) {
				t.Errorf("%s by %s although it was bought or rejected", i.SKU, i.Source)
			}
		}
	}
	again := w.ask(recommend.Request{User: anne, Sources: []recommend.Source{recommend.BuyAgain}, First: 100})
	for sku := range bought {
		if slices.Contains(skusOf(again), sku) != (sku != red(29)) {
			t.Errorf("%s to buy again in %v", sku, skusOf(again))
		}
	}
	all := w.ask(recommend.Request{User: anne, First: 100, Filter: recommend.Filter{IncludeBought: true}})
	if !slices.ContainsFunc(skusOf(all), func(sku string) bool { return bought[sku] }) {
		t.Error("nothing that was bought although it was asked for")
	}
	if slices.Contains(skusOf(all), red(29)) {
		t.Error("what was rejected is back")
	}
}

func TestRecentlySeen(t *testing.T) {
	w := trainedWorld(t)
	for _, i := range []int{3, 4, 3, 5} {
		w.does(4711, shop.ProductView, blue(i))
	}
	a := w.ask(recommend.Request{User: 4711, Sources: []recommend.Source{recommend.RecentlySeen}})
	if got := skusOf(a); !slices.Equal(got, []string{blue(5), blue(3), blue(4)}) {
		t.Errorf("got %v", got)
	}
	if e := a.Items[0].Reasons[0].Event; e == nil || e.SKU != blue(5) {
		t.Error("the reason names no event")
	}
}

func TestRefusals(t *testing.T) {
	w := trainedWorld(t)
	f := func(field string, req recommend.Request) {
		t.Helper()
		_, err := w.Recommend(t.Context(), req)
		var e *shop.Error
		if !errors.As(err, &e) || e.Code != shop.BadUserInput || e.Field != field {
			t.Errorf("%+v: got %v, want BAD_USER_INPUT in %s", req, err, field)
		}
	}
	f("placement", recommend.Request{First: 1})
	f("first", recommend.Request{Placement: "home"})
	f("first", recommend.Request{Placement: "home", First: 101})
	f("products", recommend.Request{Placement: "home", First: 1, Products: make([]string, 101)})
	f("filter.sources.0", recommend.Request{Placement: "home", First: 1, Sources: []recommend.Source{"MAGIC"}})
	f("filter.skus", recommend.Request{Placement: "home", First: 1, Filter: recommend.Filter{SKUs: make([]string, 2001)}})
	f("filter.excludeSkus", recommend.Request{Placement: "home", First: 1, Filter: recommend.Filter{ExcludeSKUs: make([]string, 2001)}})
	f("after", recommend.Request{Placement: "home", First: 1, After: "nonsense"})
	f("after", recommend.Request{Placement: "home", First: 1, After: "eyJhIjoieCIsIm8iOjF9"})
}

// Pages are one answer cut up, whatever happens between them; nobody reads on in another's.
func TestPages(t *testing.T) {
	w := trainedWorld(t)
	whole := w.ask(recommend.Request{User: anne, First: 40})
	first := w.ask(recommend.Request{User: anne, First: 7})
	got, page := skusOf(first), first
	for page.HasMore && len(got) < 40 {
		w.does(anne, shop.ProductView, blue(len(got)%perColour))
		page = w.ask(recommend.Request{User: anne, First: min(11, 40-len(got)), After: page.Items[len(page.Items)-1].Cursor})
		if page.ID != first.ID {
			t.Errorf("the answer's id went from %s to %s", first.ID, page.ID)
		}
		got = append(got, skusOf(page)...)
	}
	if !slices.Equal(got, skusOf(whole)) {
		t.Errorf("pages:\n%v\nwhole:\n%v", got, skusOf(whole))
	}
	other := w.ask(recommend.Request{User: anne + 1, First: 7, After: first.Items[6].Cursor})
	if slices.ContainsFunc(other.Items, func(i recommend.Item) bool { return i.Source == recommend.Personal && strings.HasPrefix(i.SKU, "red") }) {
		t.Error("another shopper reads on in Anne's answer")
	}
}

// A cursor outlives the process: the same answer is made again.
func TestPageAfterRestart(t *testing.T) {
	w := trainedWorld(t)
	whole := w.ask(recommend.Request{User: anne, First: 20})
	first := w.ask(recommend.Request{User: anne, First: 5})
	w.open()
	second := w.ask(recommend.Request{User: anne, First: 15, After: first.Items[4].Cursor})
	if got := append(skusOf(first), skusOf(second)...); !slices.Equal(got, skusOf(whole)) || second.ID != first.ID {
		t.Errorf("got %v, want %v", got, skusOf(whole))
	}
}

func TestRoundTrips(t *testing.T) {
	w := trainedWorld(t)
	w.control(store.LiveModel, map[string]string{"id": "m1"})
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := func(want int64, req recommend.Request) {
		t.Helper()
		req.First = 20
		before := w.st.trips.Load()
		if a := w.ask(req); len(a.Items) != 20 {
			t.Fatalf("%d items", len(a.Items))
		}
		if got := w.st.trips.Load() - before; got != want {
			t.Errorf("%s for %d: %d round trips, want %d", req.Placement, req.User, got, want)
		}
	}
	product := recommend.Request{Placement: recommend.PlacementProduct, Products: []string{red(5)}, User: anne}
	f(2, recommend.Request{User: anne}) // recent history and cart, side by side
	f(0, recommend.Request{})
	f(3, product) // and the list of what is bought with it
	f(2, product) // which is remembered
	f(2, recommend.Request{Placement: recommend.PlacementProduct, Products: []string{red(6)}, User: anne, Sources: []recommend.Source{recommend.Similar, recommend.Newest}})
}

// A store that hangs costs the deadline at most: the shopper's row answers, and the
// answer says what it did not know.
func TestLateStore(t *testing.T) {
	w := trainedWorld(t)
	w.Service = recommend.New(recommend.Options{
		Store: w.st, Catalogue: w.catalogue, Models: w.models, Now: w.now, Log: quiet, Deadline: 30 * time.Millisecond,
	})
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.st.hang.Store(true)
	began := time.Now()
	a := w.ask(recommend.Request{User: anne})
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v", took)
	}
	if a.Items[0].Source != recommend.Personal || a.Freshness.Served != recommend.ServedPrecomputed || !slices.Equal(a.Freshness.Late, []recommend.Source{recommend.Personal}) {
		t.Errorf("%s, %+v", a.Items[0].Source, a.Freshness)
	}
	seen := w.ask(recommend.Request{User: anne, Sources: []recommend.Source{recommend.RecentlySeen}})
	if len(seen.Items) != 0 || !slices.Equal(seen.Freshness.Late, []recommend.Source{recommend.RecentlySeen}) {
		t.Errorf("%+v", seen)
	}
}

// With the store dead, best-sellers answer from memory, and what cannot answer is
// replaced.
func TestDeadStore(t *testing.T) {
	w := newWorld(t)
	w.st.dead.Store(true)
	a := w.ask(recommend.Request{User: 4711, Sources: []recommend.Source{recommend.BestSellers}, First: 3})
	if got, want := skusOf(a), []string{blue(0), red(0), blue(1)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	p := w.ask(recommend.Request{Placement: recommend.PlacementProduct, Products: []string{red(5)}, User: anne})
	if len(p.Items) != 12 || !slices.Equal(p.Freshness.Late, []recommend.Source{recommend.BoughtWith}) || p.Items[0].Source != recommend.SameVendor {
		t.Errorf("%v, %+v", skusOf(p), p.Freshness)
	}
	c := w.ask(recommend.Request{Placement: recommend.PlacementCategory, Filter: recommend.Filter{Categories: []string{"blue"}}})
	if c.Items[0].SKU != blue(0) || c.Items[0].Source != recommend.BestSellers {
		t.Errorf("got %v", skusOf(c))
	}
}

// No vendor takes more than four of twelve places while others have something.
func TestVendorCap(t *testing.T) {
	w := emptyWorld(t)
	var list []store.ListEntry
	for i := range 40 {
		p := w.product(fmt.Sprintf("p-%02d", i), "red", 0)
		if i >= 15 {
			p.Vendor = fmt.Sprintf("vendor-%d", 1+i%4)
		}
		w.save(p)
		list = append(list, store.ListEntry{SKU: p.SKU, Score: float32(40 - i)})
	}
	w.put("counts/1", store.KindBestSellers, map[string][]store.ListEntry{"": list})
	w.control(store.LiveLists, map[string]string{"set": "counts/1"})
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := w.ask(recommend.Request{Sources: []recommend.Source{recommend.BestSellers}, First: 40})
	if len(a.Items) != 40 || a.Items[0].SKU != "p-00" {
		t.Fatalf("%d items, %s first", len(a.Items), a.Items[0].SKU)
	}
	for at := range 24 {
		n := map[string]int{}
		for _, i := range a.Items[at : at+12] {
			n[w.catalogue.Snapshot().Product(i.SKU).Vendor]++
		}
		for v, k := range n {
			if k > 4 {
				t.Errorf("places %d to %d hold %d of %s", at, at+12, k, v)
			}
		}
	}
}

// A model is closed after its last reader, and never before.
func TestModelsCloseAfterTheLastReader(t *testing.T) {
	w := trainedWorld(t)
	closed := 0
	m := w.model("m2", func(in *recommend.ModelInput) { in.Close = func() { closed++ } })
	w.models.Swap(m)
	if w.models.LiveID() != "m2" || w.ask(recommend.Request{User: anne}).Model != "m2" {
		t.Error("the second model does not answer")
	}
	if !w.models.Fresh("unheard-of") || w.models.Fresh(red(1)) {
		t.Error("what is fresh is wrong")
	}
	_, release := w.models.Live()
	w.models.Swap(w.model("m3", nil))
	if closed != 0 {
		t.Error("the model was closed under its reader")
	}
	release()
	if closed != 1 {
		t.Errorf("the model was closed %d times", closed)
	}
	w.models.Swap(nil)
	if w.models.Fresh("unheard-of") || w.models.LiveID() != "" {
		t.Error("there is no model, but something is fresh")
	}
}

func TestModelsMustFit(t *testing.T) {
	w := trainedWorld(t)
	f := func(name string, spoil func(*recommend.ModelInput)) {
		t.Helper()
		in := recommend.ModelInput{ID: "m", Users: w.users, SKUs: w.skus, Parts: w.parts(), Sums: w.sums}
		spoil(&in)
		if _, err := recommend.NewModel(in); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	f("no sums", func(in *recommend.ModelInput) { in.Sums = nil })
	f("too few users", func(in *recommend.ModelInput) { in.Users = in.Users[1:] })
	f("times missing", func(in *recommend.ModelInput) { in.Last = make([]int64, 1) })
	f("not sorted", func(in *recommend.ModelInput) { in.SKUs = slices.Clone(in.SKUs); slices.Reverse(in.SKUs) })
}

// Answers go on while models come and go.
func TestHotSwap(t *testing.T) {
	w := trainedWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for ctx.Err() == nil {
				a, err := w.Recommend(context.Background(), recommend.Request{Placement: recommend.PlacementHome, User: anne, First: 5})
				if err != nil || len(a.Items) != 5 || a.Items[0].Source != recommend.Personal {
					t.Errorf("%v: %+v", err, a)
				}
			}
		})
	}
	for i := range 30 {
		w.models.Swap(w.model(fmt.Sprint("m", i), nil))
	}
	stop()
	wg.Wait()
}
