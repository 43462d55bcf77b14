package training

import (
	"fmt"
	"slices"
	"time"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

// Matrix returns a training set as the engine takes it, of the same shape: every
// pair's sums as shop.Weighing reads them, those that are no entry left out.
func Matrix(d *warehouse.Dataset) *engine.Matrix {
	m := &engine.Matrix{
		Rows: len(d.Users), Cols: len(d.SKUs), Ptr: make([]int64, len(d.Users)+1),
		Idx: make([]int32, 0, len(d.Idx)), W: make([]float32, 0, len(d.Idx)), B: make([]float32, 0, len(d.Idx)),
	}
	now := reference(d).UnixMilli()
	for row := range d.Users {
		for k := d.Ptr[row]; k < d.Ptr[row+1]; k++ {
			if w, b := entry(d, k, now); w > 0 {
				m.Idx, m.W, m.B = append(m.Idx, d.Idx[k]), append(m.W, w), append(m.B, b)
			}
		}
		m.Ptr[row+1] = int64(len(m.Idx))
	}
	return m
}

// entry reads the sums of pair k of a set whose ages are measured from now.
func entry(d *warehouse.Dataset, k, now int64) (w, b float32) {
	return d.Spec.Entry(float64(d.W[k]), float64(d.B[k]), time.Duration(now-d.Last[k])*time.Millisecond)
}

// numbering gives users and products the rows and columns of one matrix, so
// that several training sets can be laid over each other.
type numbering struct {
	users map[shop.UserID]int32
	skus  map[string]int32
}

func numberingOf(users []shop.UserID, skus []string) numbering {
	n := numbering{users: make(map[shop.UserID]int32, len(users)), skus: make(map[string]int32, len(skus))}
	for k, u := range users {
		n.users[u] = int32(k)
	}
	for k, sku := range skus {
		n.skus[sku] = int32(k)
	}
	return n
}

// add gives numbers to the users and products of a set that have none yet.
func (n numbering) add(d *warehouse.Dataset) {
	for _, u := range d.Users {
		if _, known := n.users[u]; !known {
			n.users[u] = int32(len(n.users))
		}
	}
	for _, sku := range d.SKUs {
		if _, known := n.skus[sku]; !known {
			n.skus[sku] = int32(len(n.skus))
		}
	}
}

// pair is one entry of a training set under a numbering.
type pair struct {
	user, item  int32
	w, b        float32 // as shop.Weighing reads them
	first, last int64   // milliseconds
}

// each calls f with the entries of a set whose user and product have a number.
func (n numbering) each(d *warehouse.Dataset, f func(pair)) {
	now := reference(d).UnixMilli()
	cols := make([]int32, len(d.SKUs))
	for k, sku := range d.SKUs {
		col, known := n.skus[sku]
		if !known {
			col = -1
		}
		cols[k] = col
	}
	for row, u := range d.Users {
		user, known := n.users[u]
		if !known {
			continue
		}
		for k := d.Ptr[row]; k < d.Ptr[row+1]; k++ {
			w, b := entry(d, k, now)
			if item := cols[d.Idx[k]]; item >= 0 && w > 0 {
				f(pair{user, item, w, b, d.First[k], d.Last[k]})
			}
		}
	}
}

// matrix lays a set's pairs that keep lets through (nil: all) into a matrix
// of the numbering's shape.
func (n numbering) matrix(d *warehouse.Dataset, keep func(pair) bool) (*engine.Matrix, error) {
	b := engine.NewBuilder(len(n.users), len(n.skus))
	b.Reserve(len(d.Idx))
	n.each(d, func(p pair) {
		if keep == nil || keep(p) {
			b.Add(p.user, p.item, p.w, p.b)
		}
	})
	m, err := b.Build()
	if err != nil {
		return nil, fmt.Errorf("lay out a training set: %w", err)
	}
	return m, nil
}

// dates says when each entry of m, laid out of d under the numbering, first met.
func (n numbering) dates(d *warehouse.Dataset, m *engine.Matrix) engine.Dates {
	dates := engine.Dates{First: make([]int64, m.Entries()), Now: reference(d).UnixMilli()}
	n.each(d, func(p pair) {
		idx, _, _ := m.Row(int(p.user))
		if k, found := slices.BinarySearch(idx, p.item); found {
			dates.First[m.Ptr[p.user]+int64(k)] = p.first
		}
	})
	return dates
}

// enough refuses what a model would learn nothing from, saying what is missing.
func enough(m *engine.Matrix) error {
	const few = 4
	refuse := func(format string, args ...any) error {
		return shop.Errorf(shop.NotEnoughData, "", format, args...)
	}
	users, several := 0, false
	items := engine.NewBitmap(m.Cols)
	for u := range m.Rows {
		idx, _, _ := m.Row(u)
		if len(idx) > 0 {
			users++
		}
		several = several || len(idx) >= 2
		for _, i := range idx {
			items.Set(i)
		}
	}
	switch {
	case users == 0:
		return refuse("no event says what anybody likes: record views, purchases or ratings that name a customer or session and a product")
	case users == 1:
		return refuse("only one customer has done anything: others like them are what a model learns from")
	case items.Count() < few:
		return refuse("only %d products have been looked at or bought: %d are the least", items.Count(), few)
	case !several:
		return refuse("no customer has looked at or bought two products: nothing links one product to another yet")
	}
	return nil
}
