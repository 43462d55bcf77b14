package server

import (
	"net/http"
	"strings"
	"testing"

	"also/shop"
)

func TestDraftsAreDrawnForAdminsOnly(t *testing.T) {
	s := start(t, nil)
	_, err := s.commerce.ProductCreate(t.Context(), shop.Product{
		SKU: "D", Name: "Blue mug", Status: shop.Draft, Price: shop.Money{Minor: 500, Currency: "EUR"},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := func(status int, cache string, headers ...string) {
		t.Helper()
		a := s.send(t, http.DefaultClient, "GET", "/pictures/D.svg?v=1", "", headers...)
		if a.status != status || !strings.HasPrefix(a.header.Get("Cache-Control"), cache) {
			t.Errorf("%v: %d, cached %q", headers, a.status, a.header.Get("Cache-Control"))
		}
	}
	f(404, "")
	f(404, "", "Authorization", "Bearer "+s.shopKey)
	f(401, "", "Authorization", "Bearer wrong")
	f(200, "private", "Authorization", "Bearer "+s.admin)
}
