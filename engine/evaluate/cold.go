package evaluate

import (
	"slices"

	"also/engine"
	"also/engine/kernel"
)

// Foretold returns the scorer of items from their attributes alone: each user is
// folded in as PartsFrom does, and items have the prior means of p.Attributes. a has a row
// an item.
func Foretold(p engine.Parts, a *engine.Attributes, begin Begin) (Scorer, error) {
	sets := make([]engine.Factors, len(p.Factors))
	for k, f := range p.Factors {
		sets[k] = engine.NewFactors(len(a.Ptr)-1, f.Model.Items.Dim)
		for j := range sets[k].Rows {
			p.Attributes.Prior(sets[k].Row(j), k, a.Row(j))
		}
	}
	return Items(p, sets, begin)
}

// Items returns the scorer of items that have these factors, by set, instead of those of
// the model, from which users are folded in as PartsFrom does. There are no neighbours, and
// no gain.
func Items(p engine.Parts, sets []engine.Factors, begin Begin) (Scorer, error) {
	blend, err := engine.NewBlend(p, engine.IndexOptions{NoSimilar: true})
	if err != nil {
		return nil, err
	}
	s := &others{blend: blend, begin: begin, items: sets}
	for _, f := range p.Factors {
		s.weights = append(s.weights, float32(f.Weight))
	}
	return s, nil
}

type others struct {
	blend   *engine.Blend
	begin   Begin
	items   []engine.Factors // by set
	weights []float32
}

func (s *others) Items() int { return s.items[0].Rows }

func (s *others) NewRanker() Ranker { return &othersRanker{others: s} }

type othersRanker struct {
	*others
	ws engine.Workspace
}

func (r *othersRanker) Rank(users []User, k int, filter *engine.Bitmap, emit func(at int, list []engine.Scored)) error {
	x := make([]float32, r.blend.Dim())
	for at, u := range users {
		if err := r.blend.FoldInFrom(x, u.History, r.begin.of(u), &r.ws); err != nil {
			return err
		}
		sets := r.blend.Split(x)
		emit(at, best(r.Items(), k, filter, u.Exclude, func(j int32) float64 {
			var score float32
			for k, set := range sets {
				score += r.weights[k] * kernel.Dot(set, r.items[k].Row(int(j)))
			}
			return float64(score)
		}))
	}
	return nil
}

// best returns the k items of the highest scores; ties go to the lower number.
func best(items, k int, filter *engine.Bitmap, exclude []int32, score func(int32) float64) []engine.Scored {
	var list []engine.Scored
	for j := range int32(items) {
		if filter != nil && !filter.Has(j) {
			continue
		}
		if _, refused := slices.BinarySearch(exclude, j); !refused {
			list = append(list, engine.Scored{Item: j, Score: float32(score(j))})
		}
	}
	slices.SortFunc(list, byScore)
	return list[:min(k, len(list))]
}

// ByGroup returns the scorer that ranks items by how many users of train have the
// mean item like them: of the same two groups (a category and a vendor, say), as far as
// there are any, else of either. groups has for each item two numbers, −1 for none.
func ByGroup(train *engine.Matrix, groups [][2]int32) Scorer {
	const few = 3 // items of the wider group that stand beside those of the narrower
	counts := columnCounts(train)
	type tally struct{ sum, items float64 }
	of := func(key func([2]int32) [2]int32) map[[2]int32]tally {
		tallies := map[[2]int32]tally{}
		for j, n := range counts {
			if n > 0 { // an item that nobody has yet says nothing of others
				t := tallies[key(groups[j])]
				tallies[key(groups[j])] = tally{t.sum + float64(n), t.items + 1}
			}
		}
		return tallies
	}
	all := of(func([2]int32) [2]int32 { return [2]int32{} })[[2]int32{}]
	levels := []func([2]int32) [2]int32{
		func(g [2]int32) [2]int32 { return [2]int32{-1, g[1]} }, func(g [2]int32) [2]int32 { return [2]int32{g[0], -1} }, func(g [2]int32) [2]int32 { return g },
	}
	tallies := make([]map[[2]int32]tally, len(levels))
	for l, key := range levels {
		tallies[l] = of(key)
	}
	scores := make([]float64, len(groups))
	for j, g := range groups {
		scores[j] = all.sum / max(1, all.items)
		for l, key := range levels {
			t := tallies[l][key(g)]
			scores[j] = (t.sum + few*scores[j]) / (t.items + few)
		}
	}
	return scoredBy(len(groups), func(User) func(int32) float64 { return func(j int32) float64 { return scores[j] } })
}

// Kindred returns the scorer that ranks items by how much of what a user has is of
// the same groups.
func Kindred(groups [][2]int32) Scorer {
	return scoredBy(len(groups), func(u User) func(int32) float64 {
		had := map[[2]int32]float64{}
		for _, e := range u.History {
			g := groups[e.Col]
			had[[2]int32{g[0], -1}]++
			had[[2]int32{-1, g[1]}]++
			had[g] += 2
		}
		return func(j int32) float64 {
			g := groups[j]
			return had[[2]int32{g[0], -1}] + had[[2]int32{-1, g[1]}] + had[g]
		}
	})
}

// scoredBy is a scorer by a function of the user.
func scoredBy(items int, of func(User) func(int32) float64) Scorer {
	return byFunction{items, of}
}

type byFunction struct {
	items int
	of    func(User) func(int32) float64
}

func (s byFunction) Items() int { return s.items }

func (s byFunction) NewRanker() Ranker {
	return eachUser(func(_ []engine.Scored, u User, k int, filter *engine.Bitmap) []engine.Scored {
		return best(s.items, k, filter, u.Exclude, s.of(u))
	})
}
