package training

import (
	"context"
	"fmt"
	"slices"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

// known is what is known of products before anybody bought them.
type known struct {
	products map[string]shop.Product
	parent   map[string]string // of categories
}

// readKnown reads the catalogue as it is now.
func readKnown(ctx context.Context, lake datasets) (*known, error) {
	k := &known{}
	err := lake.State(ctx, warehouse.StateSpec{}, func(s *warehouse.State) error {
		k.products, k.parent = map[string]shop.Product{}, map[string]string{}
		for c, err := range s.Categories {
			if err != nil {
				return err
			}
			k.parent[c.ID] = c.Parent
		}
		for p, err := range s.Products {
			if err != nil {
				return err
			}
			k.products[p.SKU] = p
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	return k, nil
}

// above returns the categories above one. A cycle, which a repaired lake might hold,
// ends it.
func (k *known) above(id string) []string {
	var all []string
	for up := k.parent[id]; up != "" && up != id && !slices.Contains(all, up); up = k.parent[up] {
		all = append(all, up)
	}
	return all
}

// attributes returns the features of the products of a numbering, and what each stands
// for (shop.Features), ascending: those that two products share. Nil if nothing is known of any.
func (k *known) attributes(n numbering) (*engine.Attributes, []int64) {
	of := make([][]int64, len(n.skus))
	counts := map[int64]int{}
	for sku, col := range n.skus {
		if p, found := k.products[sku]; found {
			of[col] = shop.Features(&p, k.above)
			for _, f := range of[col] {
				counts[f]++
			}
		}
	}
	var features []int64
	for f, count := range counts {
		if count >= 2 {
			features = append(features, f)
		}
	}
	if len(features) == 0 {
		return nil, nil
	}
	slices.Sort(features)
	a := &engine.Attributes{Features: len(features), Ptr: make([]int64, len(of)+1)}
	for col, row := range of {
		for _, f := range row {
			if at, found := slices.BinarySearch(features, f); found {
				a.Idx = append(a.Idx, int32(at))
			}
		}
		a.Ptr[col+1] = int64(len(a.Idx))
	}
	return a, features
}

// groups returns the main category and the vendor of each product of a numbering, as
// numbers, −1 for none.
func (k *known) groups(n numbering) [][2]int32 {
	numbers := map[string]int32{}
	of := func(kind, id string) int32 {
		if id == "" {
			return -1
		}
		number, met := numbers[kind+id]
		if !met {
			number = int32(len(numbers))
			numbers[kind+id] = number
		}
		return number
	}
	groups := slices.Repeat([][2]int32{{-1, -1}}, len(n.skus))
	for sku, col := range n.skus {
		p, found := k.products[sku]
		if !found {
			continue
		}
		category := ""
		if len(p.Categories) > 0 {
			category = p.Categories[0]
		}
		groups[col] = [2]int32{of("category/", category), of("vendor/", p.Vendor)}
	}
	return groups
}
