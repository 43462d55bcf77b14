package engine

import "slices"

// Alike knows what users take who share a feature, a place say: for those of whom
// little else is known. It is immutable.
type Alike struct {
	Share []float32 // by item: of all users who took something, how many took it
	// By feature: how many users have it, and how many users of a like mind the
	// shares of all stand beside them; 0: it says nothing.
	Size, Strength []float32
	// Features × items in CSR, columns ascending within a row: how many users with the
	// feature took the item.
	Ptr   []int64
	Idx   []int32
	Taken []float32
}

// leastAlike is how many users a feature needs: fewer say more of themselves than of
// others.
const leastAlike = 5

// NewAlike counts: a has a row a user, and kinds the kind of each of its features, from
// 0, say which of them are places. How much the features of a kind say is the
// intraclass correlation of whether their users take an item, over all items (Fisher,
// "Statistical Methods for Research Workers", 1925):
//
//	ρ = Σ_f Σ_j ((n_fj − N_f p_j)² − N_f p_j (1 − p_j)) / Σ_f Σ_j N_f (N_f − 1) p_j (1 − p_j)
//
// and the shares of all weigh as much as s = 1/ρ − 1 users beside those of a feature
// of the kind, as in a beta-binomial of that correlation.
func NewAlike(m *Matrix, a *Attributes, kinds []int32) (*Alike, error) {
	if len(a.Ptr) != m.Rows+1 || len(kinds) != a.Features {
		return nil, invalid("attributes", "are of %d rows and %d kinds, for %d users and %d features", len(a.Ptr)-1, len(kinds), m.Rows, a.Features)
	}
	out := &Alike{Share: make([]float32, m.Cols), Size: make([]float32, a.Features), Strength: make([]float32, a.Features), Ptr: make([]int64, 1, a.Features+1)}
	users := make([][]int32, a.Features)
	active := 0
	for u := range m.Rows {
		items, _, _ := m.Row(u)
		if len(items) == 0 {
			continue
		}
		active++
		for _, j := range items {
			out.Share[j]++
		}
		for _, f := range a.Row(u) {
			users[f] = append(users[f], int32(u))
		}
	}
	for j := range out.Share {
		out.Share[j] /= float32(max(1, active))
	}
	out.count(m, users)
	out.weigh(kinds)
	return out, nil
}

// count fills the sizes and what was taken.
func (a *Alike) count(m *Matrix, users [][]int32) {
	taken := make([]float32, m.Cols)
	var touched []int32
	for f, with := range users {
		if len(with) >= leastAlike {
			a.Size[f] = float32(len(with))
			for _, u := range with {
				items, _, _ := m.Row(int(u))
				for _, j := range items {
					if taken[j] == 0 {
						touched = append(touched, j)
					}
					taken[j]++
				}
			}
			slices.Sort(touched)
			for _, j := range touched {
				a.Idx, a.Taken = append(a.Idx, j), append(a.Taken, taken[j])
				taken[j] = 0
			}
			touched = touched[:0]
		}
		a.Ptr = append(a.Ptr, int64(len(a.Idx)))
	}
}

// weigh sets the strengths.
func (a *Alike) weigh(kinds []int32) {
	var squares, spread float64 // Σ p², Σ p(1 − p)
	for _, p := range a.Share {
		squares += float64(p) * float64(p)
		spread += float64(p) * (1 - float64(p))
	}
	above, below := map[int32]float64{}, map[int32]float64{}
	for f, n := range a.Size {
		if n == 0 {
			continue
		}
		size := float64(n)
		sum := size*size*squares - size*spread
		for k := a.Ptr[f]; k < a.Ptr[f+1]; k++ {
			taken := float64(a.Taken[k])
			sum += taken * (taken - 2*size*float64(a.Share[a.Idx[k]]))
		}
		above[kinds[f]] += sum
		below[kinds[f]] += size * (size - 1) * spread
	}
	for f, n := range a.Size {
		if rho := above[kinds[f]] / below[kinds[f]]; n > 0 && rho > leastCorrelation {
			a.Strength[f] = float32(1/min(rho, mostCorrelation) - 1)
		}
	}
}

// Correlations below the least say nothing; ones above the most would leave no room for
// chance.
const leastCorrelation, mostCorrelation = .001, .5

// Validate reports as an *InvalidError what does not fit a model of so many items.
func (a *Alike) Validate(items int) error {
	n := len(a.Size)
	if len(a.Share) != items || len(a.Strength) != n || len(a.Ptr) != n+1 || a.Ptr[n] != int64(len(a.Idx)) || len(a.Taken) != len(a.Idx) {
		return invalid("alike", "has another shape than the model")
	}
	for f := range n {
		if a.Ptr[f] > a.Ptr[f+1] || a.Ptr[f] < 0 || !(a.Size[f] >= 0) || !(a.Strength[f] >= 0) {
			return invalid("alike", "makes no sense at feature %d", f)
		}
	}
	for _, j := range a.Idx {
		if j < 0 || int(j) >= items {
			return invalid("alike", "has item %d of %d", j, items)
		}
	}
	return nil
}

// Says reports whether a feature says anything.
func (a *Alike) Says(f int32) bool { return a.Strength[f] > 0 }

// Shares sets dst, of the length of Share, to how likely a user with these features
// takes each item: the share of all and those of the features, each weighing as much as
// it is sure of, N_f/s_f to 1.
func (a *Alike) Shares(dst []float32, features []int32) {
	total := float32(1)
	for _, f := range features {
		if a.Says(f) {
			total += a.Size[f] / a.Strength[f]
		}
	}
	scale(dst, 1/total, a.Share)
	for _, f := range features {
		if !a.Says(f) {
			continue
		}
		weight := 1 / (a.Strength[f] * total) // of one user
		for k := a.Ptr[f]; k < a.Ptr[f+1]; k++ {
			dst[a.Idx[k]] += weight * a.Taken[k]
		}
	}
}

// AlikePart is how much of a score is for what users alike take where a history has n
// entries: all of it without any, half of it at one.
func AlikePart(n int) float64 { return 1 / float64(1+n) }

// alikeMore is how many more than asked for are looked at first from either side.
const alikeMore = 100

// TopKAlike appends to dst[:0] the k items with the highest
//
//	f · share_j + (1 − f) · score_j        f = AlikePart(len(row))
//
// with the shares of Alike.Shares; of those that nobody alike takes and the history
// says nothing of, none. It looks at those that lead either by their share or by their
// score of TopK, and at more of them until the k-th is above what any other can have:
// f times the least share and 1 − f times the least score among these (the threshold
// algorithm; Fagin, Lotem, Naor, "Optimal aggregation algorithms for middleware",
// 2003). Otherwise as TopK.
func (b *Blend) TopKAlike(dst []Scored, shares, user []float32, row []Entry, k int, filter *Bitmap, exclude []int32, ws *Workspace) []Scored {
	part := float32(AlikePart(len(row)))
	var found []Scored
	for more := alikeMore; ; more *= 4 {
		h := topHeap{k: k + more}
		offerShares(&h, shares, filter, exclude)
		found = h.sorted(found[:0])
		isLeft, bound := len(found) == k+more, float32(0) // of those not looked at
		if isLeft {
			bound = part * found[len(found)-1].Score
		}
		if len(row) > 0 {
			dst = b.TopK(dst, user, row, k+more, filter, exclude, ws)
			if isLeft = len(dst) == k+more; isLeft {
				bound += (1 - part) * dst[len(dst)-1].Score
			}
			found = append(found, dst...)
		}
		best := topHeap{k: k}
		b.offerBoth(&best, found, shares, user, row, part)
		if !isLeft || best.full() && best.worst().Score > bound {
			return best.sorted(dst[:0])
		}
	}
}

// offerShares offers what anybody takes.
func offerShares(h *topHeap, shares []float32, filter *Bitmap, exclude []int32) {
	for j, share := range shares {
		if item := int32(j); share > 0 && (filter == nil || filter.Has(item)) {
			if _, refused := slices.BinarySearch(exclude, item); !refused {
				h.offer(Scored{item, share})
			}
		}
	}
}

// offerBoth offers each of found once, by its share and its score together.
func (b *Blend) offerBoth(h *topHeap, found []Scored, shares, user []float32, row []Entry, part float32) {
	slices.SortFunc(found, func(x, y Scored) int { return int(x.Item) - int(y.Item) })
	for i, s := range found {
		if i > 0 && found[i-1].Item == s.Item {
			continue
		}
		score := (1 - part) * b.Score(user, row, s.Item)
		if int(s.Item) < len(shares) {
			score += part * shares[s.Item]
		}
		h.offer(Scored{s.Item, score})
	}
}
