package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"also/engine"
)

// Popularity returns the scorer that ranks items by how many users of train
// have them, the same for everyone.
func Popularity(train *engine.Matrix) Scorer {
	counts := columnCounts(train)
	return &fixedScorer{common: ranking(counts)}
}

// Random returns the scorer that ranks items by chance, seeded by the seed and
// the user's row.
func Random(items int, seed uint64) Scorer {
	return &fixedScorer{common: make([]engine.Scored, items), order: func(u User) []engine.Scored {
		rng := rand.New(rand.NewPCG(seed, uint64(u.Row)))
		list := make([]engine.Scored, items)
		for k, i := range rng.Perm(items) {
			list[k] = engine.Scored{Item: int32(i), Score: float32(items - k)}
		}
		return list
	}}
}

// fixedScorer ranks by an order that does not depend on the history.
type fixedScorer struct {
	common []engine.Scored
	order  func(User) []engine.Scored // nil: common
}

func (s *fixedScorer) Items() int        { return len(s.common) }
func (s *fixedScorer) NewRanker() Ranker { return eachUser(s.rank) }

func (s *fixedScorer) rank(dst []engine.Scored, u User, k int, filter *engine.Bitmap) []engine.Scored {
	order := s.common
	if s.order != nil {
		order = s.order(u)
	}
	dst = dst[:0]
	for _, c := range order {
		if len(dst) == k {
			break
		}
		if filter != nil && !filter.Has(c.Item) {
			continue
		}
		if _, found := slices.BinarySearch(u.Exclude, c.Item); !found {
			dst = append(dst, c)
		}
	}
	return dst
}

// ranking sorts items by count, ties by number.
func ranking(counts []int64) []engine.Scored {
	list := make([]engine.Scored, len(counts))
	for i, n := range counts {
		list[i] = engine.Scored{Item: int32(i), Score: float32(n)}
	}
	slices.SortFunc(list, byScore)
	return list
}

func byScore(a, b engine.Scored) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Item, b.Item))
}

func columnCounts(m *engine.Matrix) []int64 {
	counts := make([]int64, m.Cols)
	for _, i := range m.Idx {
		counts[i]++
	}
	return counts
}

// ItemKNN returns the item-based neighbourhood scorer of Deshpande and Karypis
// ("Item-Based Top-N Recommendation Algorithms", TOIS 2004), both of its
// normalisations included: users' rows have length 1, so that one who has few items
// says more of each, and so have the lists of neighbours, so that every item of the
// history counts alike. The score of an item is the sum of its cosine similarities to
// the items of the history, each contributing to its nearest neighbours only. It
// counts users, not weights.
func ItemKNN(train *engine.Matrix, neighbours int) Scorer {
	byItem := train.Transpose()
	share := func(u int32) float32 { return 1 / float32(train.Ptr[u+1]-train.Ptr[u]) }
	length := make([]float64, train.Cols)
	for i := range train.Cols {
		users, _, _ := byItem.Row(i)
		for _, u := range users {
			length[i] += float64(share(u))
		}
		length[i] = math.Sqrt(length[i])
	}
	near := make([][]engine.Scored, train.Cols)
	shared := make([]float32, train.Cols)
	var seen []int32
	var list []engine.Scored
	for i := range train.Cols {
		users, _, _ := byItem.Row(i)
		seen, list = seen[:0], list[:0]
		for _, u := range users {
			items, _, _ := train.Row(int(u))
			for _, j := range items {
				if shared[j] == 0 {
					seen = append(seen, j)
				}
				shared[j] += share(u)
			}
		}
		for _, j := range seen {
			if int(j) != i {
				list = append(list, engine.Scored{Item: j, Score: float32(float64(shared[j]) / (length[i] * length[j]))})
			}
			shared[j] = 0
		}
		slices.SortFunc(list, byScore)
		near[i] = unit(list[:min(neighbours, len(list))])
	}
	return &knnScorer{near: near}
}

// unit returns a copy of a list whose scores have the length 1.
func unit(list []engine.Scored) []engine.Scored {
	var square float64
	for _, s := range list {
		square += float64(s.Score) * float64(s.Score)
	}
	list = slices.Clone(list)
	for k := range list {
		list[k].Score /= float32(math.Sqrt(square))
	}
	return list
}

type knnScorer struct{ near [][]engine.Scored }

func (s *knnScorer) Items() int { return len(s.near) }

func (s *knnScorer) NewRanker() Ranker {
	return eachUser((&knnRanker{near: s.near, score: make([]float32, len(s.near))}).rank)
}

type knnRanker struct {
	near  [][]engine.Scored
	score []float32
}

func (r *knnRanker) rank(dst []engine.Scored, u User, k int, filter *engine.Bitmap) []engine.Scored {
	clear(r.score)
	for _, e := range u.History {
		if e.Col >= 0 && int(e.Col) < len(r.near) {
			for _, n := range r.near[e.Col] {
				r.score[n.Item] += n.Score
			}
		}
	}
	dst = dst[:0]
	for i, score := range r.score {
		if score > 0 && (filter == nil || filter.Has(int32(i))) {
			if _, found := slices.BinarySearch(u.Exclude, int32(i)); !found {
				dst = append(dst, engine.Scored{Item: int32(i), Score: score})
			}
		}
	}
	slices.SortFunc(dst, byScore)
	return dst[:min(k, len(dst))]
}
