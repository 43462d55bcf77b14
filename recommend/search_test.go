package recommend_test

import (
	"slices"
	"strings"
	"testing"

	"also/catalogue"
	"also/recommend"
	"also/shop"
	"also/store"
)

// found is a page of the search for what every product's name has.
func (w *world) found(u shop.UserID, first int, after string) (catalogue.Page, []string) {
	w.t.Helper()
	page, err := w.Search(w.t.Context(), u, catalogue.Query{Text: "the", First: first, After: after})
	if err != nil {
		w.t.Fatal(err)
	}
	skus := make([]string, len(page.Products))
	for i, p := range page.Products {
		skus[i] = p.SKU
	}
	return page, skus
}

// reds counts the red ones.
func reds(skus []string) (n int) {
	for _, sku := range skus {
		if strings.HasPrefix(sku, "red") {
			n++
		}
	}
	return n
}

const (
	redLover  shop.UserID = 1
	blueLover shop.UserID = 2
	newcomer  shop.UserID = 900 // whom the model does not know
)

// Where the text fits all alike, taste decides.
func TestSearchIsRankedByTaste(t *testing.T) {
	w := trainedWorld(t)
	_, red := w.found(redLover, 20, "")
	_, blue := w.found(blueLover, 20, "")
	if reds(red) < 18 || reds(blue) > 2 {
		t.Errorf("who buys red finds %d red ones among 20, who buys blue %d: %v, %v", reds(red), reds(blue), red, blue)
	}
	_, nobody := w.found(0, 6, "")
	if want := []string{"blue-00", "red-00", "blue-01", "red-01", "blue-02", "red-02"}; !slices.Equal(nobody, want) {
		t.Errorf("a stranger finds %v, not what sells best", nobody)
	}
	if _, got := w.found(newcomer, 6, ""); !slices.Equal(got, nobody) {
		t.Errorf("a newcomer finds %v, a stranger %v", got, nobody)
	}
	total, _ := w.found(redLover, 1, "")
	if total.Total != 2*perColour {
		t.Errorf("taste keeps products from being found: %d", total.Total)
	}
}

// What a shopper does counts in the next search, and not on the next page of the last.
func TestSearchFollowsTheShopperButKeepsItsPages(t *testing.T) {
	w := trainedWorld(t)
	for i := range 4 {
		w.does(newcomer, shop.Purchase, red(10+i))
	}
	_, whole := w.found(newcomer, 40, "")
	if reds(whole[:20]) < 18 {
		t.Errorf("after four red ones %d of 20 are red: %v", reds(whole[:20]), whole)
	}
	first, skus := w.found(newcomer, 20, "")
	for i := range 12 {
		w.does(newcomer, shop.Purchase, blue(10+i))
	}
	_, rest := w.found(newcomer, 20, first.Cursors[19])
	if got := slices.Concat(skus, rest); !slices.Equal(got, whole) {
		t.Errorf("the pages do not follow each other:\n%v\n%v", got, whole)
	}
	if _, again := w.found(newcomer, 20, ""); reds(again) > 10 {
		t.Errorf("after twelve blue ones %d of 20 are red: %v", reds(again), again)
	}
}

// Without a model, without the store, and in any other order, popularity or the order alone decides.
func TestSearchDoesWithoutTaste(t *testing.T) {
	w := trainedWorld(t)
	_, nobody := w.found(0, 20, "")
	w.st.dead.Store(true)
	if _, got := w.found(redLover, 20, ""); !slices.Equal(got, nobody) {
		t.Errorf("without the store: %v", got)
	}
	w.st.dead.Store(false)
	names := catalogue.Query{Text: "the", First: 20, Sort: catalogue.SortName}
	a, err := w.Search(t.Context(), redLover, names)
	if err != nil {
		t.Fatal(err)
	}
	b, err := w.Search(t.Context(), blueLover, names)
	if err != nil || !slices.Equal(a.Products, b.Products) {
		t.Errorf("taste changes the order of names: %v", err)
	}
	w.models.Swap(nil)
	if _, got := w.found(redLover, 20, ""); !slices.Equal(got, nobody) {
		t.Errorf("without a model: %v", got)
	}
}

// What a search box offers is ranked alike.
func TestSuggestionsAreRankedByTaste(t *testing.T) {
	w := trainedWorld(t)
	offered := func(u shop.UserID) (skus []string) {
		t.Helper()
		s, err := w.Suggest(t.Context(), u, catalogue.Query{Text: "th", First: 10})
		if err != nil {
			t.Fatal(err)
		}
		for i := range s.Products {
			skus = append(skus, s.Products[i].SKU)
		}
		return skus
	}
	if r, b := reds(offered(redLover)), reds(offered(blueLover)); r < 9 || b > 1 {
		t.Errorf("who buys red is offered %d red ones of 10, who buys blue %d", r, b)
	}
}

// Asked about a product, a source says the same whether its list was read before or not; read before, nothing is read again.
func TestRelatedTakesWhatWasRead(t *testing.T) {
	w := newWorld(t) // without a model: similar products come from lists
	w.put(store.ModelSet("m0"), store.KindSimilar, map[string][]store.ListEntry{red(5): {{SKU: red(12), Score: 0.9}}, red(6): {{SKU: red(13), Score: 0.8}}})
	w.control(store.LiveModel, map[string]string{"id": "m0"})
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	skus := []string{red(5), red(6), blue(1)}
	for _, by := range []recommend.Source{recommend.BoughtWith, recommend.Similar} {
		before := w.st.trips.Load()
		lists := w.ReadLists(t.Context(), by, skus)
		if n := w.st.trips.Load() - before; n != 1 || len(lists) != len(skus) {
			t.Fatalf("%s: %d lists in %d round trips", by, len(lists), n)
		}
		before = w.st.trips.Load()
		var ahead [][]string
		for k, sku := range skus {
			answer, err := w.Related(t.Context(), by, sku, 5, "", &lists[k])
			if err != nil {
				t.Fatal(err)
			}
			ahead = append(ahead, skusOf(answer))
		}
		if n := w.st.trips.Load() - before; n != 0 || len(ahead[0]) == 0 {
			t.Errorf("%s: %d round trips for %v", by, n, ahead)
		}
		for k, sku := range skus {
			answer, err := w.Related(t.Context(), by, sku, 5, "", nil)
			if err != nil || !slices.Equal(skusOf(answer), ahead[k]) {
				t.Errorf("%s of %s: %v read before, %v without, %v", by, sku, ahead[k], skusOf(answer), err)
			}
		}
	}
	if lists := w.ReadLists(t.Context(), recommend.SameVendor, skus); lists != nil {
		t.Errorf("a source without lists read %v", lists)
	}
}
