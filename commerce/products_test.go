package commerce_test

import (
	"fmt"
	"strings"
	"testing"

	"also/commerce"
	"also/shop"
)

func TestProductCreate(t *testing.T) {
	b := open(t)
	p := must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	if p.Version != 1 || p.Status != shop.Active || !p.ListedAt.Equal(b.now) || p.Stock != 5 {
		t.Errorf("stored as %+v", p)
	}
	if b.changed.Load() != 1 {
		t.Errorf("the catalogue was told %d times", b.changed.Load())
	}
	_, err := b.ProductCreate(t.Context(), lamp("a"))
	wantError(t, err, shop.Conflict, "sku")
}

func TestProductChecks(t *testing.T) {
	b := open(t)
	f := func(field string, code shop.Code, spoil func(*shop.Product)) {
		t.Helper()
		p := lamp("x")
		spoil(&p)
		_, err := b.ProductCreate(t.Context(), p)
		wantError(t, err, code, field)
	}
	f("sku", shop.BadUserInput, func(p *shop.Product) { p.SKU = "" })
	f("sku", shop.BadUserInput, func(p *shop.Product) { p.SKU = strings.Repeat("s", 129) })
	f("sku", shop.BadUserInput, func(p *shop.Product) { p.SKU = "a\nb" })
	f("name", shop.BadUserInput, func(p *shop.Product) { p.Name = "  " })
	f("description", shop.BadUserInput, func(p *shop.Product) { p.Description = strings.Repeat("d", 20_001) })
	f("price.currency", shop.BadUserInput, func(p *shop.Product) { p.Price = shop.Money{Minor: 1, Currency: "euro"} })
	f("price.amount", shop.BadUserInput, func(p *shop.Product) { p.Price.Minor = -1 })
	f("stock", shop.BadUserInput, func(p *shop.Product) { p.Stock = -1 })
	f("status", shop.BadUserInput, func(p *shop.Product) { p.Status = "GONE" })
	f("images.1.url", shop.BadUserInput, func(p *shop.Product) { p.Images = shop.Images{{URL: "/a.png"}, {URL: "javascript:alert(1)"}} })
	f("images.1.url", shop.BadUserInput, func(p *shop.Product) { p.Images = shop.Images{{URL: "/a.png"}, {URL: "/a.png", Alt: "again"}} })
	f("images.0.url", shop.BadUserInput, func(p *shop.Product) { p.Images = shop.Images{{Alt: "of nothing"}} })
	f("images.0.alt", shop.BadUserInput, func(p *shop.Product) { p.Images = shop.Images{{URL: "/a.png", Alt: strings.Repeat("x", 301)}} })
	f("images", shop.BadUserInput, func(p *shop.Product) {
		for i := range 21 {
			p.Images = append(p.Images, shop.Image{URL: fmt.Sprintf("/%d.png", i)})
		}
	})
	f("attributes.colour", shop.BadUserInput, func(p *shop.Product) { p.Attributes = map[string]string{"colour": strings.Repeat("c", 1001)} })
	f("vendor", shop.NotFound, func(p *shop.Product) { p.Vendor = "nobody" })
	f("categories.0", shop.NotFound, func(p *shop.Product) { p.Categories = []string{"nowhere"} })
	if b.changed.Load() != 0 || len(b.events(t)) != 0 {
		t.Error("a refused product left something behind")
	}
}

// A change of the name never undoes an order, and two who change different fields
// both succeed.
func TestProductUpdate(t *testing.T) {
	b := open(t)
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	p := must[shop.Product](t)(b.ProductUpdate(t.Context(), "a", commerce.ProductPatch{Name: ptr("Sun")}))
	if p.Name != "Sun" || p.Version != 2 || p.Stock != 5 {
		t.Errorf("stored as %+v", p)
	}
	_, err := b.ProductUpdate(t.Context(), "a", commerce.ProductPatch{Name: ptr("Moon"), Version: ptr(int64(1))})
	wantError(t, err, shop.Conflict, "version")
	p = must[shop.Product](t)(b.ProductUpdate(t.Context(), "a", commerce.ProductPatch{Stock: ptr(7), Version: ptr(int64(2))}))
	if p.Stock != 7 {
		t.Errorf("stock %d, want 7", p.Stock)
	}
	_, err = b.ProductUpdate(t.Context(), "b", commerce.ProductPatch{Name: ptr("x")})
	wantError(t, err, shop.NotFound, "sku")

	done := make(chan error)
	for i := range 8 {
		go func() {
			patch := commerce.ProductPatch{Description: ptr("d")}
			if i%2 == 0 {
				patch = commerce.ProductPatch{Status: ptr(shop.Draft)}
			}
			_, err := b.Service.ProductUpdate(t.Context(), "a", patch)
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	p = *must[[]*shop.Product](t)(b.store.Products(t.Context(), []string{"a"}))[0]
	if p.Description != "d" || p.Status != shop.Draft || p.Version != 11 {
		t.Errorf("after eight changes: %+v", p)
	}
}

func TestProductDelete(t *testing.T) {
	b := open(t)
	must[shop.Product](t)(b.ProductCreate(t.Context(), lamp("a")))
	if err := b.ProductDelete(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if shop.CodeOf(b.ProductDelete(t.Context(), "a")) != shop.NotFound {
		t.Error("a product can be deleted twice")
	}
}

func TestVendors(t *testing.T) {
	b := open(t)
	v := must[shop.Vendor](t)(b.VendorCreate(t.Context(), shop.Vendor{Name: "Élan & Co."}))
	if v.ID != "elan-co" {
		t.Errorf("the slug is %q", v.ID)
	}
	_, err := b.VendorCreate(t.Context(), shop.Vendor{Name: "Elan Co"})
	wantError(t, err, shop.Conflict, "id")
	_, err = b.VendorCreate(t.Context(), shop.Vendor{ID: "x"})
	wantError(t, err, shop.BadUserInput, "name")
	v.Name = "Elan"
	must[shop.Vendor](t)(b.VendorUpdate(t.Context(), v))
	p := lamp("a")
	p.Vendor = v.ID
	must[shop.Product](t)(b.ProductCreate(t.Context(), p))
	wantError(t, b.VendorDelete(t.Context(), v.ID), shop.Conflict, "id")
	must[shop.Product](t)(b.ProductUpdate(t.Context(), "a", commerce.ProductPatch{Vendor: ptr("")}))
	if err := b.VendorDelete(t.Context(), v.ID); err != nil {
		t.Error(err)
	}
}

func TestCategories(t *testing.T) {
	b := open(t)
	create := func(id, parent string) {
		t.Helper()
		must[shop.Category](t)(b.CategoryCreate(t.Context(), shop.Category{ID: id, Name: id, Parent: parent}))
	}
	create("home", "")
	create("lamps", "home")
	create("desk", "lamps")
	_, err := b.CategoryCreate(t.Context(), shop.Category{Name: "Lost", Parent: "nowhere"})
	wantError(t, err, shop.NotFound, "parent")
	for _, parent := range []string{"home", "lamps", "desk"} {
		_, err = b.CategoryUpdate(t.Context(), shop.Category{ID: "home", Name: "Home", Parent: parent})
		wantError(t, err, shop.BadUserInput, "parent")
	}
	p := lamp("a")
	p.Categories = []string{"desk"}
	must[shop.Product](t)(b.ProductCreate(t.Context(), p))
	wantError(t, b.CategoryDelete(t.Context(), "lamps"), shop.Conflict, "id")
	wantError(t, b.CategoryDelete(t.Context(), "desk"), shop.Conflict, "id")
	must[shop.Product](t)(b.ProductUpdate(t.Context(), "a", commerce.ProductPatch{Categories: ptr([]string{"lamps"})}))
	if err := b.CategoryDelete(t.Context(), "desk"); err != nil {
		t.Error(err)
	}
}
