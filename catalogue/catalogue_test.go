package catalogue_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"also/catalogue"
	"also/shop"
	"also/store"
	"also/store/redisstore"
)

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func openStore(t testing.TB) store.Store {
	t.Helper()
	st, err := redisstore.OpenEmbedded(redisstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

func event(t shop.EventType) shop.Event {
	return shop.Event{ID: shop.NewUUID(epoch), Type: t, OccurredAt: epoch, RecordedAt: epoch, Source: "test"}
}

func save(t testing.TB, st store.Store, products ...shop.Product) {
	t.Helper()
	for _, p := range products {
		if p.Status == "" {
			p.Status = shop.Active
		}
		if p.Price.IsZero() {
			p.Price = shop.MustMoney("10", "EUR")
		}
		if p.ListedAt.IsZero() {
			p.ListedAt = epoch
		}
		if _, err := st.SaveProduct(t.Context(), p, false, store.Upsert, event(shop.ProductSaved)); err != nil {
			t.Fatal(err)
		}
	}
}

// lampShop is a small shop of lamps and books.
func lampShop(t testing.TB) (store.Store, *catalogue.Catalogue) {
	t.Helper()
	st := openStore(t)
	for _, v := range []shop.Vendor{{ID: "north", Name: "Northlight"}, {ID: "paper", Name: "Paper & Sons"}} {
		if err := st.SaveVendor(t.Context(), v, store.Create, event(shop.VendorSaved)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []shop.Category{{ID: "home", Name: "Home"}, {ID: "lamps", Name: "Lamps", Parent: "home"}, {ID: "desk", Name: "Desk lamps", Parent: "lamps"}, {ID: "books", Name: "Books"}} {
		if err := st.SaveCategory(t.Context(), c, store.Create, event(shop.CategorySaved)); err != nil {
			t.Fatal(err)
		}
	}
	save(t, st,
		shop.Product{SKU: "L-1", Name: "Arc lamp", Vendor: "north", Categories: []string{"lamps"}, Stock: 3, Price: shop.MustMoney("99", "EUR"), Attributes: map[string]string{"colour": "red"}, ListedAt: epoch},
		shop.Product{SKU: "L-2", Name: "Desk lamp", Vendor: "north", Categories: []string{"desk", "lamps"}, Stock: 0, Price: shop.MustMoney("39", "EUR"), Attributes: map[string]string{"colour": "blue"}, ListedAt: epoch.Add(time.Hour)},
		shop.Product{SKU: "B-1", Name: "Éclairs for all", Description: "A cookbook read by the light of a lamp", Vendor: "paper", Categories: []string{"books"}, Stock: 9, Price: shop.MustMoney("15", "EUR"), ListedAt: epoch.Add(2 * time.Hour)},
		shop.Product{SKU: "B-2", Name: "Unfinished book", Vendor: "paper", Categories: []string{"books"}, Stock: 9, Status: shop.Draft},
		shop.Product{SKU: "B-3", Name: "Imported book", Vendor: "paper", Categories: []string{"books"}, Stock: 9, Price: shop.MustMoney("20", "USD"), ListedAt: epoch.Add(-time.Hour)},
	)
	c, err := catalogue.Open(t.Context(), st, catalogue.Options{Block: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return st, c
}

func skus(products []*shop.Product) []string {
	out := []string{}
	for _, p := range products {
		out = append(out, p.SKU)
	}
	return out
}

func TestFilter(t *testing.T) {
	_, c := lampShop(t)
	yes, no := true, false
	min20, max40 := shop.MustMoney("20", "EUR"), shop.MustMoney("40", "EUR")
	f := func(name string, filter catalogue.Filter, want ...string) {
		t.Helper()
		s := c.Snapshot()
		var got []string
		set := s.Select(filter)
		for i := range int32(s.Assigned()) {
			if set.Has(i) {
				got = append(got, s.At(i).SKU)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	f("no filter: active", catalogue.Filter{}, "B-1", "B-3", "L-1", "L-2")
	f("status", catalogue.Filter{Statuses: []shop.ProductStatus{shop.Draft}}, "B-2")
	f("category with what is below", catalogue.Filter{Categories: []string{"home"}}, "L-1", "L-2")
	f("leaf", catalogue.Filter{Categories: []string{"desk"}}, "L-2")
	f("unknown category", catalogue.Filter{Categories: []string{"shoes"}})
	f("vendor", catalogue.Filter{Vendors: []string{"paper"}}, "B-1", "B-3")
	f("in stock", catalogue.Filter{InStock: &yes, Vendors: []string{"north"}}, "L-1")
	f("sold out", catalogue.Filter{InStock: &no}, "L-2")
	f("price from", catalogue.Filter{PriceMin: &min20}, "L-1", "L-2")
	f("price between", catalogue.Filter{PriceMin: &min20, PriceMax: &max40}, "L-2")
	f("attribute", catalogue.Filter{Attributes: map[string][]string{"colour": {"red", "green"}}}, "L-1")
	f("attribute without values", catalogue.Filter{Attributes: map[string][]string{"colour": {}}})
}

func TestListOrdersAndPages(t *testing.T) {
	_, c := lampShop(t)
	c.SetBestSellers([]string{"B-3", "gone", "L-1"})
	f := func(sort catalogue.Sort, want ...string) {
		t.Helper()
		var got []string
		for after := ""; ; {
			page, err := c.Snapshot().List(catalogue.Query{Sort: sort, First: 2, After: after})
			if err != nil {
				t.Fatal(err)
			}
			if page.Total != 4 {
				t.Errorf("%s: total %d, want 4", sort, page.Total)
			}
			got = append(got, skus(page.Products)...)
			if !page.HasMore {
				break
			}
			after = page.Cursors[len(page.Cursors)-1]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", sort, got, want)
		}
	}
	f("", "B-1", "L-2", "L-1", "B-3")
	f(catalogue.SortNewest, "B-1", "L-2", "L-1", "B-3")
	f(catalogue.SortPriceAsc, "B-1", "B-3", "L-2", "L-1")
	f(catalogue.SortPriceDesc, "L-1", "L-2", "B-3", "B-1")
	f(catalogue.SortName, "L-1", "L-2", "B-3", "B-1")
	f(catalogue.SortBestSelling, "B-3", "L-1", "B-1", "L-2")
}

func TestBest(t *testing.T) {
	_, c := lampShop(t)
	s := c.Snapshot()
	f := func(n int, among catalogue.Filter, want ...string) {
		t.Helper()
		got := []string{}
		for _, i := range s.Best(s.Select(among), catalogue.SortPriceAsc, n) {
			got = append(got, s.At(i).SKU)
		}
		if !slices.Equal(got, append([]string{}, want...)) {
			t.Errorf("best %d: got %v, want %v", n, got, want)
		}
	}
	f(2, catalogue.Filter{}, "B-1", "B-3")
	f(9, catalogue.Filter{Vendors: []string{"north"}}, "L-2", "L-1")
	f(0, catalogue.Filter{})
}

func TestListRefuses(t *testing.T) {
	_, c := lampShop(t)
	page, err := c.Snapshot().List(catalogue.Query{Sort: catalogue.SortName, First: 1})
	if err != nil {
		t.Fatal(err)
	}
	f := func(field string, q catalogue.Query) {
		t.Helper()
		_, err := c.Snapshot().List(q)
		var e *shop.Error
		if e, _ = err.(*shop.Error); e == nil || e.Code != shop.BadUserInput || e.Field != field {
			t.Errorf("%+v: got %v, want BAD_USER_INPUT in %s", q, err, field)
		}
	}
	f("first", catalogue.Query{})
	f("first", catalogue.Query{First: catalogue.MaxPage + 1})
	f("sort", catalogue.Query{First: 1, Sort: "WEIGHT"})
	f("after", catalogue.Query{First: 1, After: "x"})
	f("after", catalogue.Query{First: 1, Sort: catalogue.SortNewest, After: page.Cursors[0]})
}

func TestSearch(t *testing.T) {
	_, c := lampShop(t)
	f := func(text string, want ...string) {
		t.Helper()
		page, err := c.Snapshot().List(catalogue.Query{Text: text, First: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := skus(page.Products); !slices.Equal(got, append([]string{}, want...)) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	f("lamp", "L-2", "L-1", "B-1") // names before descriptions, then the newest
	f("LAM", "L-2", "L-1", "B-1")
	f("eclair", "B-1")
	f("desk lamp", "L-2")
	f("l-1", "L-1")
	f("northlight", "L-2", "L-1") // vendor
	f("home", "L-2", "L-1")       // category above
	f("red", "L-1")
	f("ported", "B-3") // a part, as no word begins so
	f("lamp zebra")
	f("  ", "B-1", "L-2", "L-1", "B-3")
}

func TestFacets(t *testing.T) {
	_, c := lampShop(t)
	page, err := c.Snapshot().List(catalogue.Query{First: 1, Facets: true})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(page.Facets.Categories), "[{books 2} {home 2} {lamps 2} {desk 1}]"; got != want {
		t.Errorf("categories %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(page.Facets.Vendors), "[{north 2} {paper 2}]"; got != want {
		t.Errorf("vendors %s, want %s", got, want)
	}
	n := 0
	for _, b := range page.Facets.Prices {
		n += b.Count
		if b.Min.Currency != b.Max.Currency || b.Min.Minor > b.Max.Minor || b.Count < 1 {
			t.Errorf("odd band %+v", b)
		}
	}
	if n != page.Total {
		t.Errorf("bands hold %d of %d products", n, page.Total)
	}
}

func TestTree(t *testing.T) {
	_, c := lampShop(t)
	s := c.Snapshot()
	if got := fmt.Sprint(s.Ancestors("desk")); got != "[{home Home } {lamps Lamps home}]" {
		t.Errorf("ancestors %s", got)
	}
	if got := fmt.Sprint(s.Children("")); got != "[{books Books } {home Home }]" {
		t.Errorf("children of the root %s", got)
	}
	if v, ok := s.Vendor("paper"); !ok || v.Name != "Paper & Sons" {
		t.Errorf("vendor %v %t", v, ok)
	}
	if _, ok := s.Category("shoes"); ok {
		t.Error("an unknown category is known")
	}
}

// What a command wrote is there after Refresh, the number of a product stays, and a
// snapshot taken before does not change.
func TestRefresh(t *testing.T) {
	st, c := lampShop(t)
	before := c.Snapshot()
	number, _ := before.Number("L-1")
	save(t, st, shop.Product{SKU: "L-1", Name: "Arc lamp", Vendor: "north", Stock: 0}, shop.Product{SKU: "N-1", Name: "New", Stock: 1})
	if err := st.DeleteProduct(t.Context(), "B-1", event(shop.ProductDeleted)); err != nil {
		t.Fatal(err)
	}
	if err := st.SaveVendor(t.Context(), shop.Vendor{ID: "north", Name: "Northern Light"}, store.Replace, event(shop.VendorSaved)); err != nil {
		t.Fatal(err)
	}
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := c.Snapshot()
	if n, ok := after.Number("L-1"); !ok || n != number || after.Product("L-1").Stock != 0 {
		t.Errorf("L-1 has number %d and stock %d", n, after.Product("L-1").Stock)
	}
	if after.Product("N-1") == nil || after.Product("B-1") != nil || after.Len() != 5 {
		t.Errorf("the catalogue has %d products, N-1 %v, B-1 %v", after.Len(), after.Product("N-1"), after.Product("B-1"))
	}
	if v, _ := after.Vendor("north"); v.Name != "Northern Light" {
		t.Errorf("the vendor is called %s", v.Name)
	}
	if after.Version() <= before.Version() {
		t.Error("the version did not rise")
	}
	if before.Product("L-1").Stock != 3 || before.Product("B-1") == nil || before.Product("N-1") != nil {
		t.Error("the snapshot taken before has changed")
	}
}

// A rebuild replaces everything at once.
func TestReload(t *testing.T) {
	st, c := lampShop(t)
	c.SetBestSellers([]string{"L-2"})
	number, _ := c.Snapshot().Number("L-2")
	products := []shop.Product{{SKU: "I-1", Name: "Imported", Status: shop.Active, Stock: 1, Price: shop.MustMoney("1", "EUR"), ListedAt: epoch}}
	_, err := st.AllProducts(t.Context(), func(some []shop.Product) error {
		products = append(products, some...)
		return nil
	})
	if err == nil {
		err = st.Reset(t.Context())
	}
	if err == nil {
		err = st.Load(t.Context(), store.State{Products: func(yield func(shop.Product, error) bool) {
			for _, p := range products {
				if !yield(p, nil) {
					return
				}
			}
		}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := c.Snapshot()
	if s.Product("I-1") == nil {
		t.Error("the imported product is missing")
	}
	if n, ok := s.Number("L-2"); !ok || n != number {
		t.Errorf("L-2 has number %d after the reload, %d before", n, number)
	}
	page, err := s.List(catalogue.Query{First: 1, Sort: catalogue.SortBestSelling})
	if err != nil || page.Products[0].SKU != "L-2" {
		t.Errorf("the best-seller is %v after the reload: %v", skus(page.Products), err)
	}
}

// Follow and Refresh apply changes side by side while readers read; every snapshot
// is whole.
func TestFollowWhileReading(t *testing.T) {
	st, c := lampShop(t)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := c.Follow(ctx); err != nil {
			t.Error(err)
		}
	})
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				s := c.Snapshot()
				page, err := s.List(catalogue.Query{First: 100, Text: "thing", Facets: true})
				if err != nil || page.Total != len(page.Products) && page.Total <= 100 {
					t.Errorf("a page of %d of %d: %v", len(page.Products), page.Total, err)
				}
			}
		})
	}
	const n = 300
	for i := range n {
		save(t, st, shop.Product{SKU: fmt.Sprintf("T-%03d", i), Name: "Thing", Stock: 1})
		if i%50 == 0 {
			if err := c.Refresh(t.Context()); err != nil {
				t.Error(err)
			}
		}
	}
	late := time.After(10 * time.Second)
	for c.Snapshot().Product(fmt.Sprintf("T-%03d", n-1)) == nil {
		select {
		case <-late:
			t.Fatal("the follower did not see the last product")
		case <-time.After(time.Millisecond):
		}
	}
	stop()
	wg.Wait()
	if got := c.Snapshot().Len(); got != n+5 {
		t.Errorf("%d products, want %d", got, n+5)
	}
}

// On any catalogue, filters agree with asking every product.
func TestSelectAgreesWithAsking(t *testing.T) {
	st := openStore(t)
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func(from ...string) string { return from[rng.IntN(len(from))] }
	for i := range 1300 {
		p := shop.Product{SKU: fmt.Sprint(i), Name: "P", Vendor: pick("a", "b", "c"), Categories: []string{pick("x", "y")}, Stock: rng.IntN(2), Price: shop.Money{Minor: rng.Int64N(1000), Currency: "EUR"}, Status: shop.ProductStatus(pick("ACTIVE", "DRAFT"))}
		p.Attributes = map[string]string{"size": pick("s", "m", "l")}
		save(t, st, p)
	}
	c, err := catalogue.Open(t.Context(), st, catalogue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Snapshot()
	yes, lowest := true, shop.Money{Minor: 300, Currency: "EUR"}
	set := s.Select(catalogue.Filter{Vendors: []string{"a", "b"}, Categories: []string{"x"}, InStock: &yes, PriceMin: &lowest, Attributes: map[string][]string{"size": {"s", "l"}}})
	want := 0
	for i := range int32(s.Assigned()) {
		p := s.At(i)
		match := p != nil && p.Status == shop.Active && p.Vendor != "c" && p.Categories[0] == "x" && p.Stock > 0 && p.Price.Minor >= 300 && p.Attributes["size"] != "m"
		if match {
			want++
		}
		if set.Has(i) != match {
			t.Fatalf("number %d: in the set %t, matches %t", i, set.Has(i), match)
		}
	}
	if want == 0 {
		t.Error("nothing matches")
	}
}
