package shop

import (
	"slices"
	"testing"
)

func TestFeatures(t *testing.T) {
	above := func(id string) []string {
		if id == "green-tea" {
			return []string{"tea"}
		}
		return nil
	}
	of := func(p Product) []int64 { return Features(&p, above) }
	shared := func(a, b []int64) (n int) {
		for _, f := range a {
			if slices.Contains(b, f) {
				n++
			}
		}
		return n
	}
	sencha := Product{SKU: "1", Name: "Sencha, spring", Vendor: "v", Categories: []string{"green-tea"}, Price: MustMoney("10", "EUR"), Attributes: map[string]string{"origin": "south"}}
	for name, c := range map[string]struct {
		change func(*Product)
		differ int // features of the changed one that the other does not have
	}{
		"another sku, stock and description": {func(p *Product) { p.SKU, p.Stock, p.Description = "2", 9, "words" }, 0},
		"a little dearer":                    {func(p *Product) { p.Price = MustMoney("10.20", "EUR") }, 0},
		"twice as dear":                      {func(p *Product) { p.Price = MustMoney("20", "EUR") }, 1},
		"another vendor":                     {func(p *Product) { p.Vendor = "w" }, 2},
		"another category below the same":    {func(p *Product) { p.Categories = []string{"tea"} }, 1},
		"another word":                       {func(p *Product) { p.Name = "SENCHA autumn" }, 1},
		"another attribute":                  {func(p *Product) { p.Attributes = map[string]string{"origin": "north"} }, 1},
	} {
		other := sencha
		c.change(&other)
		features := of(other)
		if got := len(features) - shared(features, of(sencha)); got != c.differ || !slices.IsSorted(features) {
			t.Errorf("%s: %d features of its own, want %d", name, got, c.differ)
		}
	}
}
