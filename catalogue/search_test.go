package catalogue_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"also/catalogue"
	"also/shop"
	"also/store"
)

// kitchenShop sells things whose names are easily misspelt.
func kitchenShop(t testing.TB) (store.Store, *catalogue.Catalogue) {
	t.Helper()
	st := openStore(t)
	for _, v := range []shop.Vendor{{ID: "anvil", Name: "Acorn & Anvil"}, {ID: "brulee", Name: "Maison Brûlée"}} {
		if err := st.SaveVendor(t.Context(), v, store.Create, event(shop.VendorSaved)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []shop.Category{{ID: "kitchen", Name: "Kitchen"}, {ID: "knives", Name: "Knives", Parent: "kitchen"}, {ID: "pots", Name: "Casseroles", Parent: "kitchen"}} {
		if err := st.SaveCategory(t.Context(), c, store.Create, event(shop.CategorySaved)); err != nil {
			t.Fatal(err)
		}
	}
	p := func(sku, name, vendor, category string, hours int, attributes map[string]string, description string) shop.Product {
		return shop.Product{
			SKU: sku, Name: name, Vendor: vendor, Categories: []string{category}, Attributes: attributes, Description: description,
			Stock: hours % 3, Price: shop.Money{Minor: int64(1000 + hours), Currency: "EUR"}, ListedAt: epoch.Add(time.Duration(hours) * time.Hour),
		}
	}
	save(t, st,
		p("K-1", "Bread knife", "anvil", "knives", 1, map[string]string{"material": "steel", "colour": "red"}, "Cuts loaves."),
		p("K-2", "Paring knife", "anvil", "knives", 2, map[string]string{"material": "steel", "colour": "blue"}, "For small things."),
		p("P-1", "Casserole", "brulee", "pots", 3, map[string]string{"material": "iron", "colour": "red"}, "Goes into the oven."),
		p("P-2", "Crème brûlée torch", "brulee", "pots", 4, map[string]string{"material": "brass"}, "Burns sugar."),
		p("P-3", "Schneidebrett", "anvil", "kitchen", 5, map[string]string{"material": "oak"}, "A board for a bread knife."),
		p("P-4", "Serving boards", "anvil", "kitchen", 6, map[string]string{"material": "oak"}, "Two of them."),
		p("P-5", "Weiße Gläser", "brulee", "kitchen", 7, map[string]string{"material": "glass"}, "Sechs Stück."),
	)
	c, err := catalogue.Open(t.Context(), st, catalogue.Options{Block: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return st, c
}

func find(t *testing.T, c *catalogue.Catalogue, q catalogue.Query) catalogue.Page {
	t.Helper()
	if q.First == 0 {
		q.First = 10
	}
	page, err := c.Snapshot().List(q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestSearchForgives(t *testing.T) {
	_, c := kitchenShop(t)
	f := func(text, meant string, want ...string) {
		t.Helper()
		page := find(t, c, catalogue.Query{Text: text})
		if got := skus(page.Products); !slices.Equal(got, append([]string{}, want...)) || page.Meant != meant {
			t.Errorf("%q: got %v, meant %q, want %v, %q", text, got, page.Meant, want, meant)
		}
	}
	f("casserole", "", "P-1", "P-2")                        // by name, by category
	f("caserole", "casserole", "P-1", "P-2")                // one letter missing
	f("cassserole", "casserole", "P-1", "P-2")              // one too many
	f("casserloe", "casserole", "P-1", "P-2")               // two in the wrong order
	f("casirole", "casserole", "P-1", "P-2")                // two typos in a long word
	f("cazirol", "")                                        // seven letters are too few for two
	f("caserol", "casseroles", "P-1", "P-2")                // unfinished, with a typo
	f("knif bread", "", "K-1", "P-3")                       // any order, unfinished; the name before the description
	f("oka", "")                                            // three letters are too few to forgive
	f("creme brulee", "", "P-2")                            // without accents
	f("CRÈME", "", "P-2")                                   // with
	f("weisse", "", "P-5")                                  // ß
	f("board", "", "P-4", "P-3")                            // another number, but in the name
	f("boards", "", "P-4", "P-3")                           // many and one
	f("knives steel", "", "K-2", "K-1")                     // a category's name and an attribute
	f("glas", "", "P-5")                                    // a form
	f("brett", "", "P-3")                                   // a part, as nothing begins so
	f("maison", "", "P-5", "P-2", "P-1")                    // a vendor
	f("mason brulée", "maison brulee", "P-2", "P-5", "P-1") // a vendor, misspelt
	f("knife zebra", "knife")                               // what would find something
	f("zebra", "")
	f("k-1", "", "K-1")
	f("K1", "")
}

// What is spelt right never comes behind what is not, and whole words come before their beginnings.
func TestExactIsNeverBelow(t *testing.T) {
	st, c := kitchenShop(t)
	save(t, st,
		shop.Product{SKU: "X-1", Name: "Salt", Description: "caserole"}, // in the least of fields, but as it was typed
		shop.Product{SKU: "X-2", Name: "Breads and knives"},
	)
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	loves := func(sku string) func(int32) float64 {
		n, _ := c.Snapshot().Number(sku)
		return func(number int32) float64 {
			if number == n {
				return 1
			}
			return 0
		}
	}
	if got := skus(find(t, c, catalogue.Query{Text: "caserole", Taste: loves("P-1")}).Products); !slices.Equal(got, []string{"X-1"}) {
		t.Errorf("caserole as it was typed: %v", got)
	}
	got := skus(find(t, c, catalogue.Query{Text: "brea", Taste: loves("X-2")}).Products)
	if !slices.Equal(got[:1], []string{"X-2"}) {
		t.Errorf("beginnings by taste: %v", got)
	}
	got = skus(find(t, c, catalogue.Query{Text: "bread", Taste: loves("X-2")}).Products)
	if got[0] != "X-2" {
		t.Errorf("a form counts as the word: %v", got)
	}
	got = skus(find(t, c, catalogue.Query{Text: "board", Taste: loves("P-4")}).Products)
	if !slices.Equal(got, []string{"P-4", "P-3"}) {
		t.Errorf("within a class taste decides: %v", got)
	}
}

func TestTasteRanks(t *testing.T) {
	_, c := kitchenShop(t)
	knife := func(taste func(int32) float64) []string {
		return skus(find(t, c, catalogue.Query{Text: "knife", Taste: taste, TasteAs: "x"}).Products)
	}
	if got := knife(nil); got[0] != "K-2" {
		t.Errorf("a stranger sees %v, want the newest first", got)
	}
	c.SetBestSellers([]string{"K-1", "P-1", "K-2"})
	if got := knife(nil); got[0] != "K-1" {
		t.Errorf("a stranger sees %v, want the best-seller first", got)
	}
	n, _ := c.Snapshot().Number("K-2")
	likes := func(number int32) float64 { return map[bool]float64{true: .9}[number == n] }
	if got := knife(likes); got[0] != "K-2" || got[len(got)-1] != "P-3" {
		t.Errorf("a shopper sees %v, want what they like first and names before descriptions", got)
	}
}

// The cursor carries the place and the taste: what comes and goes, or is liked meanwhile, moves no page.
func TestSearchPagesAreStable(t *testing.T) {
	st, c := kitchenShop(t)
	var seen []string
	after := ""
	for page := 0; ; page++ {
		got := find(t, c, catalogue.Query{Text: "oak", First: 1, After: after, TasteAs: "a"})
		seen = append(seen, skus(got.Products)...)
		if !got.HasMore {
			break
		}
		after = got.Cursors[0]
		if as := catalogue.TasteOf(after); as != "a" {
			t.Fatalf("the cursor is of the taste %q", as)
		}
		save(t, st, shop.Product{SKU: fmt.Sprint("N-", page), Name: "Oak", ListedAt: epoch.Add(time.Duration(1000+page) * time.Hour)})
		if err := c.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(seen, []string{"P-4", "P-3"}) {
		t.Errorf("the pages are %v", seen)
	}
	if catalogue.TasteOf("no cursor") != "" {
		t.Error("what is no cursor has a taste")
	}
}

// Each facet is counted without its own condition.
func TestFacetsLeaveOutTheirOwn(t *testing.T) {
	_, c := kitchenShop(t)
	yes := true
	page := find(t, c, catalogue.Query{Facets: true, Filter: catalogue.Filter{Vendors: []string{"anvil"}, Attributes: map[string][]string{"colour": {"red"}}, InStock: &yes}})
	f := page.Facets
	if page.Total != 1 || f.InStock != 1 {
		t.Errorf("%d match, %d in stock", page.Total, f.InStock)
	}
	if got := fmt.Sprint(f.Vendors); got != "[{anvil 1}]" { // the casserole of the other has none left
		t.Errorf("vendors %s", got)
	}
	if got := fmt.Sprint(f.Attributes); got != "[{colour [{blue 1} {red 1}]} {material [{steel 1}]}]" {
		t.Errorf("attributes %s", got)
	}
	f = find(t, c, catalogue.Query{Facets: true, Filter: catalogue.Filter{Categories: []string{"knives"}}}).Facets
	if got := fmt.Sprint(f.Categories); got != "[{kitchen 7} {knives 2} {pots 2}]" {
		t.Errorf("categories %s", got)
	}
	if got := fmt.Sprint(f.Vendors); got != "[{anvil 2}]" {
		t.Errorf("vendors %s", got)
	}
	f = find(t, c, catalogue.Query{Facets: true, Filter: catalogue.Filter{
		Categories: []string{"knives"}, Vendors: []string{"nobody"}, Attributes: map[string][]string{"colour": {"pink"}},
	}}).Facets
	if got := fmt.Sprint(f.Categories, f.Vendors, f.Attributes); got != "[{knives 0}] [{nobody 0}] [{colour [{pink 0}]}]" {
		t.Errorf("what is chosen and matches nothing: %s", got)
	}
	top := shop.Money{Minor: 1001, Currency: "EUR"}
	f = find(t, c, catalogue.Query{Facets: true, Filter: catalogue.Filter{PriceMax: &top}}).Facets
	n := 0
	for _, b := range f.Prices {
		n += b.Count
	}
	if n != 7 || f.InStock != 1 {
		t.Errorf("bands hold %d of 7, %d of 1 in stock", n, f.InStock)
	}
	if s := c.Snapshot(); s.VendorCount("anvil") != 4 || s.CategoryCount("kitchen") != 7 || s.CategoryCount("knives") != 2 || s.VendorCount("nobody") != 0 {
		t.Error("the counts of vendors and categories are wrong")
	}
}

func TestWhatIsLacking(t *testing.T) {
	st, c := kitchenShop(t)
	save(t, st, shop.Product{SKU: "L-1", Name: "Bare", Status: shop.Draft, Stock: 9}, shop.Product{SKU: "L-2", Name: "Pictured", Images: shop.Images{{URL: "/p.png"}}, Vendor: "anvil", Stock: 9})
	if err := c.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	one := 1
	f := func(filter catalogue.Filter, want int) {
		t.Helper()
		if got := find(t, c, catalogue.Query{Filter: filter}).Total; got != want {
			t.Errorf("%+v: %d, want %d", filter, got, want)
		}
	}
	both := []shop.ProductStatus{shop.Draft, shop.Active}
	f(catalogue.Filter{Lacks: []catalogue.Part{catalogue.PartCategory}, Statuses: both}, 2)
	f(catalogue.Filter{Lacks: []catalogue.Part{catalogue.PartCategory, catalogue.PartVendor}, Statuses: both}, 1)
	f(catalogue.Filter{Lacks: []catalogue.Part{catalogue.PartPicture}}, 7)
	f(catalogue.Filter{Lacks: []catalogue.Part{catalogue.PartDescription}}, 1)
	f(catalogue.Filter{Lacks: []catalogue.Part{catalogue.PartPrice}, Statuses: both}, 0)
	f(catalogue.Filter{StockBelow: &one}, 2)
	f(catalogue.Filter{Within: "kitchen", Categories: []string{"pots"}}, 2)
	f(catalogue.Filter{Within: "pots", Categories: []string{"knives"}}, 0)
	if got := skus(find(t, c, catalogue.Query{Sort: catalogue.SortStockAsc, First: 2}).Products); !slices.Equal(got, []string{"P-1", "P-4"}) {
		t.Errorf("the fewest left: %v", got)
	}
}

func TestSuggest(t *testing.T) {
	_, c := kitchenShop(t)
	f := func(text, want string) {
		t.Helper()
		got, err := c.Snapshot().Suggest(catalogue.Query{Text: text, First: 2})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, p := range got.Products {
			out = append(out, p.SKU)
		}
		for _, one := range got.Categories {
			out = append(out, one.ID)
		}
		for _, one := range got.Vendors {
			out = append(out, one.ID)
		}
		if text := strings.Join(append(out, got.Meant), " "); text != want {
			t.Errorf("%q: %s, want %s", text, text, want)
		}
	}
	f("k", "K-2 K-1 kitchen knives ")
	f("acorn anvl", "P-4 P-3 anvil acorn anvil")
	f("caseroles", "P-2 P-1 pots casseroles")
	f("", "")
	if _, err := c.Snapshot().Suggest(catalogue.Query{Text: "k", First: 21}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("21 suggestions: %v", err)
	}
}

// A change is found in every process within a second: here two catalogues follow one store.
func TestChangesAreFoundAtOnce(t *testing.T) {
	st, c := kitchenShop(t)
	other, err := catalogue.Open(t.Context(), st, catalogue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for _, one := range []*catalogue.Catalogue{c, other} {
		wg.Go(func() {
			if err := one.Follow(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	defer wg.Wait()
	defer stop()
	f := func(text string, want int) {
		t.Helper()
		began := time.Now()
		for _, one := range []*catalogue.Catalogue{c, other} {
			for find(t, one, catalogue.Query{Text: text}).Total != want {
				if time.Since(began) > time.Second {
					t.Fatalf("%q: not %d products within a second", text, want)
				}
				time.Sleep(time.Millisecond)
			}
		}
	}
	save(t, st, shop.Product{SKU: "W-1", Name: "Whisk", Vendor: "anvil"})
	f("wisk", 1)
	save(t, st, shop.Product{SKU: "W-1", Name: "Beater", Vendor: "anvil"})
	f("whisk", 0)
	f("beatre", 1)
	if err := st.SaveVendor(t.Context(), shop.Vendor{ID: "anvil", Name: "Hammer Works"}, store.Replace, event(shop.VendorSaved)); err != nil {
		t.Fatal(err)
	}
	f("hamer beater", 1)
	if err := st.DeleteProduct(t.Context(), "W-1", event(shop.ProductDeleted)); err != nil {
		t.Fatal(err)
	}
	f("beater", 0)
}

// Whatever is typed, a search answers, soon, and its pages hold each product once.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "knife", "caserole brea", "\xff\xfe", "ßß  ßß", "a b c d e f g h i j k l", strings.Repeat("aa ", 300), strings.Repeat("x", 5000), "👩‍👩‍👧 日本", "%_*\\\"'"} {
		f.Add(s)
	}
	_, c := kitchenShop(f)
	f.Fuzz(func(t *testing.T, text string) {
		seen := map[string]bool{}
		after := ""
		for {
			page, err := c.Snapshot().List(catalogue.Query{Text: text, First: 3, After: after, Facets: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range page.Products {
				if seen[p.SKU] {
					t.Fatalf("%q: %s comes twice", text, p.SKU)
				}
				seen[p.SKU] = true
			}
			if !page.HasMore {
				if len(seen) != page.Total {
					t.Fatalf("%q: %d of %d", text, len(seen), page.Total)
				}
				break
			}
			after = page.Cursors[len(page.Cursors)-1]
		}
		if _, err := c.Snapshot().Suggest(catalogue.Query{Text: text, First: 5}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestChosenValuesStayBehindTheCommonest(t *testing.T) {
	st := openStore(t)
	for i := range 40 {
		save(t, st, shop.Product{SKU: fmt.Sprintf("P-%02d", i), Name: "Plate", Attributes: map[string]string{"glaze": fmt.Sprintf("glaze %02d", i)}})
	}
	c, err := catalogue.Open(t.Context(), st, catalogue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	values := func(chosen string) int {
		f := find(t, c, catalogue.Query{Facets: true, Filter: catalogue.Filter{Attributes: map[string][]string{"glaze": {chosen}}}}).Facets
		return len(f.Attributes[0].Values)
	}
	if common, rare := values("glaze 00"), values("glaze 39"); common != 30 || rare != 31 {
		t.Errorf("%d and %d values, want 30 and 31", common, rare)
	}
}
