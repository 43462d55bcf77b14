package training

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"also/engine"
	"also/shop"
)

// Difference is how the answers of two models differ, each folded in from the
// same histories: those that the one trained further knows.
type Difference struct {
	Sampled  int           `json:"sampled"`  // customers asked: the latest active ones
	Changed  float64       `json:"changed"`  // the mean share of a's first places that b gives to other products
	Sample   []SampleLists `json:"sample"`   // some of them, from the one that changes least to the one that changes most
	OnlyA    int           `json:"onlyA"`    // products that only a knows
	OnlyB    int           `json:"onlyB"`    // products that only b knows
	Listable int           `json:"listable"` // products that either knows and the shop offers
}

// SampleLists is what either model would show a customer, best first.
type SampleLists struct {
	User    shop.UserID `json:"user"`
	Changed float64     `json:"changed"`
	A       []string    `json:"a"` // skus
	B       []string    `json:"b"`
}

const (
	sampledUsers = 200 // asked for a Difference
	shownUsers   = 10  // of those, shown
	sampledPlace = 10  // length of their lists
)

// Difference asks both models for the same customers' lists. Nothing that
// serves is touched. It fails with shop.NotFound if either model is gone.
func (s *Service) Difference(ctx context.Context, aID, bID string) (Difference, error) {
	key := [2]string{aID, bID}
	s.deriving.Lock()
	known, found := s.differences[key]
	s.deriving.Unlock()
	if found {
		return known, nil
	}
	d, err := s.differ(ctx, aID, bID)
	if err != nil {
		return Difference{}, fmt.Errorf("compare the lists of %s and %s: %w", aID, bID, err)
	}
	s.deriving.Lock()
	defer s.deriving.Unlock()
	if len(s.differences) >= keptDifferences {
		clear(s.differences)
	}
	s.differences[key] = d
	return d, nil
}

// keptDifferences is how many are remembered: they cost loading two models.
const keptDifferences = 16

func (s *Service) differ(ctx context.Context, aID, bID string) (Difference, error) {
	a, err := s.loadLists(ctx, aID)
	if err != nil {
		return Difference{}, err
	}
	defer a.model.Close()
	b, err := s.loadLists(ctx, bID)
	if err != nil {
		return Difference{}, err
	}
	defer b.model.Close()
	offered, err := s.offered(ctx)
	if err != nil {
		return Difference{}, err
	}
	newer := a
	if b.model.Manifest.Dataset.Through > a.model.Manifest.Dataset.Through {
		newer = b
	}
	sides := [2]side{newSide(a, newer, offered), newSide(b, newer, offered)}
	d := Difference{OnlyA: sides[0].unknownTo(b), OnlyB: sides[1].unknownTo(a)}
	all := map[string]bool{}
	for _, l := range []*lists{a, b} {
		for _, sku := range l.model.SKUs {
			if _, sold := offered[sku]; sold {
				all[sku] = true
			}
		}
	}
	d.Listable = len(all)
	var ws engine.Workspace
	var sum float64
	for _, row := range latestUsers(newer.model, sampledUsers) {
		if err := ctx.Err(); err != nil {
			return Difference{}, err
		}
		one := SampleLists{User: newer.model.Users[row]}
		if one.A, err = sides[0].top(row, &ws); err != nil {
			return Difference{}, err
		}
		if one.B, err = sides[1].top(row, &ws); err != nil {
			return Difference{}, err
		}
		one.Changed = changed(one.A, one.B)
		sum += one.Changed
		d.Sample = append(d.Sample, one)
	}
	d.Sampled = len(d.Sample)
	if d.Sampled > 0 {
		d.Changed = sum / float64(d.Sampled)
	}
	d.Sample = spread(d.Sample, shownUsers)
	return d, nil
}

// offered returns the products that shoppers may be shown, with their vendors.
func (s *Service) offered(ctx context.Context) (map[string]string, error) {
	vendors := map[string]string{}
	_, err := s.opts.Store.AllProducts(ctx, func(products []shop.Product) error {
		for _, p := range products {
			if p.Status == shop.Active {
				vendors[p.SKU] = p.Vendor
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the products: %w", err)
	}
	return vendors, nil
}

// side makes lists of one model from the histories of another.
type side struct {
	*lists
	history *Artefact
	cols    []int32 // the model's column of each of the history's products, -1 where it does not know it
	offered *engine.Bitmap
}

func newSide(l, history *lists, offered map[string]string) side {
	s := side{lists: l, history: history.model, cols: make([]int32, len(history.model.SKUs)), offered: engine.NewBitmap(len(l.model.SKUs))}
	for k, sku := range history.model.SKUs {
		s.cols[k] = -1
		if col, known := slices.BinarySearch(l.model.SKUs, sku); known {
			s.cols[k] = int32(col)
		}
	}
	for col, sku := range l.model.SKUs {
		if _, sold := offered[sku]; sold {
			s.offered.Set(int32(col))
		}
	}
	return s
}

// unknownTo counts the side's products that another model does not know.
func (s side) unknownTo(other *lists) int {
	n := 0
	for _, sku := range s.model.SKUs {
		if _, known := slices.BinarySearch(other.model.SKUs, sku); !known {
			n++
		}
	}
	return n
}

// top returns the first places for a row of the history.
func (s side) top(row int, ws *engine.Workspace) ([]string, error) {
	list, err := s.rank(s.history, row, s.cols, s.offered, sampledPlace, ws)
	if err != nil {
		return nil, err
	}
	skus := make([]string, len(list))
	for k, one := range list {
		skus[k] = s.model.SKUs[one.Item]
	}
	return skus, nil
}

// changed returns the share of a's products that b does not have.
func changed(a, b []string) float64 {
	if len(a) == 0 {
		return math.Min(1, float64(len(b)))
	}
	n := 0
	for _, sku := range a {
		if !slices.Contains(b, sku) {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// spread returns n of the samples, evenly from the one that changes least to the
// one that changes most.
func spread(all []SampleLists, n int) []SampleLists {
	slices.SortStableFunc(all, func(a, b SampleLists) int { return cmp.Compare(a.Changed, b.Changed) })
	if len(all) <= n {
		return all
	}
	some := make([]SampleLists, n)
	for k := range some {
		some[k] = all[k*(len(all)-1)/(n-1)]
	}
	return some
}
