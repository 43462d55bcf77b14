package engine

import "context"

// Agreement says how alike the lists of two models are, each in the mean over
// users: 1 for equal lists.
type Agreement struct {
	// Overlap is that of Overlap at K.
	Overlap float64 `json:"overlap"`
	// RankBiased is that of RankBiasedOverlap with p = .9.
	RankBiased float64 `json:"rank_biased_overlap"`
	// Users is how many lists were compared.
	Users int `json:"users"`
}

// AgreeOptions are the choices of Agree.
type AgreeOptions struct {
	// K is the length of the lists. Default 100.
	K int
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
}

// Agree makes the lists of the given users by both models, without what seen has
// in their rows (nil: nothing), and compares them: how far answers after fold-ins
// or an increment have drifted from those of a full training. Users and items
// that only one model has are left out. It returns ctx's error when cancelled,
// or an *InvalidError for a user whom neither has.
func Agree(ctx context.Context, a, b *Model, seen *Matrix, users []int32, opts AgreeOptions) (Agreement, error) {
	if opts.K <= 0 {
		opts.K = 100
	}
	rows := min(a.Users.Rows, b.Users.Rows)
	common := NewBitmap(max(a.Items.Rows, b.Items.Rows))
	common.SetRange(0, int32(min(a.Items.Rows, b.Items.Rows)))
	var both []int32
	for _, u := range users {
		switch {
		case u < 0 || int(u) >= max(a.Users.Rows, b.Users.Rows):
			return Agreement{}, invalid("users", "must be 0 to %d, is %d", max(a.Users.Rows, b.Users.Rows)-1, u)
		case int(u) < rows:
			both = append(both, u)
		}
	}
	var lists [2][][]Scored
	for k, m := range []*Model{a, b} {
		var err error
		if lists[k], err = listsOf(ctx, m, seen, both, common, opts); err != nil {
			return Agreement{}, err
		}
	}
	g := Agreement{Users: len(both)}
	for u := range both {
		g.Overlap += Overlap(lists[0][u], lists[1][u], opts.K) / float64(len(both))
		g.RankBiased += RankBiasedOverlap(lists[0][u], lists[1][u], .9) / float64(len(both))
	}
	return g, nil
}

// listsOf returns the lists of some users.
func listsOf(ctx context.Context, m *Model, seen *Matrix, users []int32, allowed *Bitmap, opts AgreeOptions) ([][]Scored, error) {
	index := NewIndex(m.Items, IndexOptions{NoSimilar: true})
	lists := make([][]Scored, len(users))
	err := batch(ctx, len(users), BatchOptions{K: opts.K, Workers: opts.Workers}, func(k, lo, hi int, ws *Workspace) error {
		queries := make([]Query, hi-lo)
		for q, u := range users[lo:hi] {
			queries[q].User = m.Users.Row(int(u))
			if seen != nil && int(u) < seen.Rows {
				queries[q].Exclude, _, _ = seen.Row(int(u))
			}
		}
		return index.TopKMany(queries, k, allowed, ws, func(q int, list []Scored) error {
			lists[lo+q] = append([]Scored(nil), list...)
			return nil
		})
	})
	return lists, err
}
