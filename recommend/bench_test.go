package recommend_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"also/engine"
	"also/recommend"
	"also/shop"
	"also/store"
)

// iowaSize is a shop of 6,482 products and 2,013 customers with d = 64: the size of the Iowa data, with
// factors at random. Customer 1 has a history of 100 products.
func iowaSize(b *testing.B) *world {
	const products, buyers, dim, history = 6482, 2013, 64, 100
	w := emptyWorld(b)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range products {
		w.skus = append(w.skus, fmt.Sprintf("%06d", i))
	}
	slices.Sort(w.skus)
	for i, sku := range w.skus {
		p := w.product(sku, fmt.Sprint("category-", i%100), i)
		p.Vendor = fmt.Sprint("vendor-", i%300)
		if _, err := w.st.SaveProduct(b.Context(), p, false, store.Upsert, w.event(shop.ProductSaved)); err != nil {
			b.Fatal(err)
		}
	}
	w.open()
	m := engine.NewBuilder(buyers, products)
	for u := range buyers {
		w.users = append(w.users, shop.UserID(u+1))
		for _, i := range rng.Perm(products)[:history] {
			m.Add(int32(u), int32(i), 1, 1)
		}
	}
	slices.SortFunc(w.users, func(a, b shop.UserID) int { return cmp.Compare(a, b) })
	var err error
	if w.sums, err = m.Build(); err != nil {
		b.Fatal(err)
	}
	w.factors = &engine.Model{Config: engine.Config{Dim: dim, Nu: 1, Unobserved: 0.1, Lambda: 0.003}, Users: engine.NewFactors(buyers, dim), Items: engine.NewFactors(products, dim)}
	for _, f := range []engine.Factors{w.factors.Users, w.factors.Items} {
		for k := range f.Data {
			f.Data[k] = float32(rng.NormFloat64()) * 0.1
		}
	}
	w.models.Swap(w.model("iowa", nil))
	return w
}

// BenchmarkAnswer is one page of twelve, for a history of 100 with all its shares. "home/store" reads the recent
// history and the cart from the embedded store, "home/next page" reads nothing.
func BenchmarkAnswer(b *testing.B) {
	w := iowaSize(b)
	for _, c := range []struct {
		name string
		req  recommend.Request
	}{
		{"home/store", recommend.Request{Placement: recommend.PlacementHome, User: 1, First: 12}},
		{"home/no reasons", recommend.Request{Placement: recommend.PlacementHome, User: 1, First: 12, NoReasons: true}},
		{"home/next page", recommend.Request{}},
		{"product/stranger", recommend.Request{Placement: recommend.PlacementProduct, Products: []string{"000017"}, First: 12}},
		{"home/filter", recommend.Request{Placement: recommend.PlacementHome, User: 1, First: 12, Filter: recommend.Filter{Vendors: []string{"vendor-1", "vendor-2"}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			req := c.req
			if req.Placement == "" { // no round trip: the second page of an answer that is kept
				req = recommend.Request{Placement: recommend.PlacementHome, User: 1, First: 12}
				a, err := w.Recommend(b.Context(), req)
				if err != nil {
					b.Fatal(err)
				}
				req.After = a.Items[11].Cursor
			}
			b.ReportAllocs()
			for b.Loop() {
				a, err := w.Recommend(b.Context(), req)
				if err != nil || len(a.Items) != 12 {
					b.Fatalf("%d items: %v", len(a.Items), err)
				}
			}
		})
	}
}
