package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"also/engine"
)

// HoldOutUsers holds out a share of the entries of at most so many users: by
// chance, or in clusters a random entry of each and those of their others whose
// items are nearest to its item, by the cosine of the sets of users. Each keeps one
// entry at least.
//
// Both are validation parts for data without dates, of opposite bias. What people do
// next comes in clusters and among things like those before: a cut by chance, whose
// every held-out entry leaves its neighbours in the history, is easier than the
// future and prefers larger models; a cut of whole clusters takes away what factors
// would know them by, and prefers heavier neighbours and filters. A search should
// average over both. With few users cut, the rows of all others stay whole, and what is
// hidden is as popular and as well known as before: that prefers too little gain by
// popularity, and parts that look the others up. Where the future cuts everyone, cut
// everyone.
func HoldOutUsers(m *engine.Matrix, share float64, users int, inClusters bool, seed uint64) (train, held *engine.Matrix, err error) {
	if !(share > 0 && share < 1) || users < 1 {
		return nil, nil, &engine.InvalidError{Field: "share", Message: "must be between 0 and 1, of one user or more"}
	}
	rng := rand.New(rand.NewPCG(seed, uint64(m.Rows)))
	var eligible []int32
	for u := range m.Rows {
		if out := int(share*float64(m.Ptr[u+1]-m.Ptr[u]) + .5); out > 0 && int64(out) < m.Ptr[u+1]-m.Ptr[u] {
			eligible = append(eligible, int32(u))
		}
	}
	rng.Shuffle(len(eligible), func(i, k int) { eligible[i], eligible[k] = eligible[k], eligible[i] })
	chosen := engine.NewBitmap(m.Rows)
	for _, u := range eligible[:min(users, len(eligible))] {
		chosen.Set(u)
	}
	c := clusters{byItem: m.Transpose(), has: engine.NewBitmap(m.Rows)}
	a, b := engine.NewBuilder(m.Rows, m.Cols), engine.NewBuilder(m.Rows, m.Cols)
	var row []engine.Entry
	for u := range m.Rows {
		row = m.AppendRow(row[:0], u)
		out := 0
		if chosen.Has(int32(u)) {
			out = int(share*float64(len(row)) + .5)
			if inClusters {
				c.nearestFirst(row, rng.IntN(len(row)))
			} else {
				rng.Shuffle(len(row), func(i, k int) { row[i], row[k] = row[k], row[i] })
			}
		}
		addRow(b, u, row[:out])
		addRow(a, u, row[out:])
	}
	if train, err = a.Build(); err != nil {
		return nil, nil, err
	}
	held, err = b.Build()
	return train, held, err
}

// clusters orders entries by how near they are.
type clusters struct {
	byItem *engine.Matrix
	has    *engine.Bitmap // users of the entry that others are near to
}

// nearestFirst sorts a row by how near its items are to that of entry at, which
// comes first.
func (c *clusters) nearestFirst(row []engine.Entry, at int) {
	users, _, _ := c.byItem.Row(int(row[at].Col))
	for _, u := range users {
		c.has.Set(u)
	}
	near := make(map[int32]float64, len(row))
	for k, e := range row {
		others, _, _ := c.byItem.Row(int(e.Col))
		shared := 0
		for _, u := range others {
			if c.has.Has(u) {
				shared++
			}
		}
		near[e.Col] = float64(shared) / math.Sqrt(float64(len(users))*float64(len(others)))
		if k == at {
			near[e.Col] = 2 // above any cosine
		}
	}
	clear(c.has.Words)
	slices.SortFunc(row, func(a, b engine.Entry) int {
		return cmp.Or(cmp.Compare(near[b.Col], near[a.Col]), cmp.Compare(a.Col, b.Col))
	})
}
