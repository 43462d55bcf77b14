package server

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"also/catalogue"
	"also/server/pictures"
	"also/shop"
)

// picture serves the drawing of a product: GET /pictures/{sku}.svg. The
// address that the API gives changes with the product, so it is cached for ever.
// Drafts are drawn for admins only.
func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(chi.URLParam(r, "file"), ".svg")
	sku, err := url.PathUnescape(name)
	if !ok || err != nil {
		http.Error(w, "a picture's address is /pictures/, the sku, and .svg", http.StatusNotFound)
		return
	}
	snapshot := s.Resolver.Catalogue.Snapshot()
	p := snapshot.Product(sku)
	cache := "public"
	if p != nil && p.Status == shop.Draft {
		cache = "private"
		key, err := s.keyBehind(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if key.Role != shop.RoleAdmin {
			p = nil
		}
	}
	if p == nil {
		http.Error(w, "there is no such product", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", cache+", max-age=31536000, immutable")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_, _ = w.Write(pictures.Draw(subjectOf(snapshot, p))) // whoever asked may be gone
}

// subjectOf says what a product's picture shows.
func subjectOf(s *catalogue.Snapshot, p *shop.Product) pictures.Subject {
	out := pictures.Subject{SKU: p.SKU, Name: p.Name, Attributes: p.Attributes}
	for _, id := range p.Categories {
		out.Categories = append(out.Categories, id)
		if c, ok := s.Category(id); ok {
			out.Categories = append(out.Categories, c.Name)
		}
		for _, above := range s.Ancestors(id) {
			out.Categories = append(out.Categories, above.Name)
		}
	}
	return out
}
