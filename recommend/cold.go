package recommend

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"also/catalogue"
	"also/shop"
)

// Bounds of what is foretold of products from their attributes.
const (
	maxCold = 5_000            // products, those listed last: each costs every answer a little
	coldGap = 30 * time.Second // after which changes of the catalogue show, new products at once
)

// foretell returns what the model foretells of a product that it does not know; nil
// vectors where it knows nothing alike.
func (m *Model) foretell(p *shop.Product, snap *catalogue.Snapshot) prior {
	if m.Parts.Attributes == nil {
		return prior{}
	}
	var features []int32
	shared := shop.Features(p, func(id string) (above []string) {
		for _, c := range snap.Ancestors(id) {
			above = append(above, c.ID)
		}
		return above
	})
	for _, f := range shared {
		if at, found := slices.BinarySearch(m.Features, f); found {
			features = append(features, int32(at))
		}
	}
	if len(features) < 2 { // what all products share says nothing
		return prior{}
	}
	out := prior{words: attributeWords(p)}
	for k, f := range m.Parts.Attributes.Sets {
		mean := make([]float32, f.Dim)
		m.Parts.Attributes.Prior(mean, k, features)
		out.vectors = append(out.vectors, mean)
	}
	return out
}

// attributeWords names what a product is foretold by.
func attributeWords(p *shop.Product) string {
	var words []string
	if len(p.Categories) > 0 {
		words = append(words, "category")
	}
	if p.Vendor != "" {
		words = append(words, "vendor")
	}
	if len(words) == 0 {
		words = append(words, "name")
	}
	return strings.Join(words, " and ")
}

// coldProducts returns the products on offer that the model does not know, those listed
// last, at most maxCold.
func coldProducts(m *Model, snap *catalogue.Snapshot) []*shop.Product {
	var all []*shop.Product
	for n := range int32(snap.Assigned()) {
		if p := snap.At(n); p != nil && p.Status == shop.Active && !m.Knows(p.SKU) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b *shop.Product) int {
		return cmp.Or(b.ListedAt.Compare(a.ListedAt), cmp.Compare(a.SKU, b.SKU))
	})
	return all[:min(maxCold, len(all))]
}
