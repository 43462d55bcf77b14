package tune

import (
	"context"
	"fmt"
	"math"
	"sync"
	"sync/atomic"

	"also/engine"
	"also/engine/evaluate"
	"also/engine/kernel"
)

// listLength is how long the judged lists are.
const listLength = 20

// values are metrics by judged user.
type values struct{ recall, ndcg []float64 }

// blend is the weights by which a recipe adds its parts up.
type blend struct {
	ridge  []float32 // by target
	filter float32
	gain   []float32 // by item
}

// judge ranks by many blends of the same parts, as a Blend of them would, and
// returns what each is worth to each user. A recipe's own sizes do not count.
func (f *fitted) judge(ctx context.Context, recipes []engine.Recipe, workers int) ([]values, error) {
	blends := make([]blend, len(recipes))
	out := make([]values, len(recipes))
	for k, r := range recipes {
		var err error
		if blends[k], err = f.blend(r); err != nil {
			return nil, err
		}
		out[k] = values{make([]float64, len(f.users)), make([]float64, len(f.users))}
	}
	var sides []*engine.Side
	var columns [][]float32
	if f.sums == nil || !f.sums.made {
		for _, set := range f.sets {
			side, err := engine.NewSide(set.Model.Config, set.Model.Items)
			if err != nil {
				return nil, fmt.Errorf("judge a candidate: %w", err)
			}
			sides, columns = append(sides, side), append(columns, transposed(set.Model.Items))
		}
	}
	var next atomic.Int64
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() {
			s := &scorer{fitted: f, sides: sides, columns: columns, blends: blends, out: out}
			for ctx.Err() == nil && errs[worker] == nil {
				lo := int(next.Add(judgedAtOnce)) - judgedAtOnce
				if lo >= len(f.users) {
					return
				}
				errs[worker] = s.block(lo, min(lo+judgedAtOnce, len(f.users)))
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	if f.sums != nil {
		f.sums.made = true
	}
	return out, nil
}

// blend reads a recipe's weights.
func (f *fitted) blend(r engine.Recipe) (blend, error) {
	b := blend{ridge: make([]float32, f.Train.Cols)}
	if n := r.Neighbours; n != nil {
		b.filter = float32(n.Filter)
		if n.Ridge > 0 {
			scales, err := f.scales(n.TargetPower)
			if err != nil {
				return b, err
			}
			for j, s := range scales {
				b.ridge[j] = float32(n.Ridge * s)
			}
		}
	}
	if r.Gain != nil {
		reach, err := f.reach(r.Gain.TrendHalfLife())
		if err != nil {
			return b, err
		}
		if b.gain, err = reach.Gain(*r.Gain); err != nil {
			return b, err
		}
	}
	if b.gain == nil {
		b.gain = make([]float32, f.Train.Cols)
		for j := range b.gain {
			b.gain[j] = 1
		}
	}
	return b, nil
}

// transposed returns the vectors of items as d rows of one value an item.
func transposed(items engine.Factors) []float32 {
	t := make([]float32, len(items.Data))
	for j := range items.Rows {
		for k, v := range items.Row(j) {
			t[k*items.Rows+j] = v
		}
	}
	return t
}

// judgedAtOnce is how many users a worker scores in one product of matrices.
const judgedAtOnce = 32

// sums is what each part adds for each judged user, then item: of a search that
// changes weights alone, they are made once.
type sums struct {
	scores        []float32 // of the factors, −∞ for what is not ranked
	ridge, filter []float32 // nil where there is none
	made          bool      // of all users
}

func newSums(users, items int, ridge, filter bool) *sums {
	s := &sums{scores: make([]float32, users*items)}
	if ridge {
		s.ridge = make([]float32, users*items)
	}
	if filter {
		s.filter = make([]float32, users*items)
	}
	return s
}

func (s *sums) bytes() int64 { return 4 * int64(len(s.scores)+len(s.ridge)+len(s.filter)) }

// scorer is the memory of one worker.
type scorer struct {
	*fitted
	sides   []*engine.Side
	columns [][]float32
	blends  []blend
	out     []values

	ws            engine.Workspace
	users         []float32 // vectors of a block's users in one set of factors
	scores        []float32 // by user of a block, then item: as in sums
	ridge, filter []float32 // of one user
	zeros         []float32 // of a part that is not there
	row           []engine.Entry
	near          shortlist
	list          []engine.Scored
}

// block judges users lo to hi−1 of those that are judged.
func (s *scorer) block(lo, hi int) error {
	items := s.Train.Cols
	if s.zeros == nil {
		s.ridge, s.filter, s.zeros = make([]float32, items), make([]float32, items), make([]float32, items)
		if s.sums == nil {
			s.scores = make([]float32, judgedAtOnce*items)
		}
	}
	scores, known := s.scores, false
	if s.sums != nil {
		scores, known = s.sums.scores[lo*items:hi*items], s.sums.made
	}
	if !known {
		if err := s.score(lo, hi, scores); err != nil {
			return err
		}
	}
	for at, u := range s.fitted.users[lo:hi] {
		ridge, filter := s.part(s.fitted.ridge, s.ridge), s.part(s.fitted.filter, s.filter)
		if s.sums != nil {
			of := func(part []float32) []float32 {
				if part == nil {
					return s.zeros
				}
				return part[(lo+at)*items : (lo+at+1)*items]
			}
			ridge, filter = of(s.sums.ridge), of(s.sums.filter)
		}
		if !known {
			s.row = s.Train.AppendRow(s.row[:0], int(u))
			addNeighbours(ridge, s.fitted.ridge, s.row)
			addNeighbours(filter, s.fitted.filter, s.row)
		}
		held, _, _ := s.Held.Row(int(u))
		all := cells{scores[at*items : (at+1)*items], ridge, filter}
		short := s.shortens && len(s.blends) > 2
		if short {
			s.near.take(all, s.blends[0])
		}
		for k, b := range s.blends {
			if short {
				s.list = s.near.best(b, s.list)
			} else {
				s.list = all.best(b, s.list)
			}
			m := evaluate.Judge(s.list, held, listLength, false)
			s.out[k].recall[lo+at], s.out[k].ndcg[lo+at] = m[0], m[1]
		}
	}
	return nil
}

// part is the memory for what neighbours add, zeros where there are none.
func (s *scorer) part(n *engine.Neighbours, memory []float32) []float32 {
	if n == nil {
		return s.zeros
	}
	return memory
}

// score makes the scores of the factors for users lo to hi−1.
func (s *scorer) score(lo, hi int, scores []float32) error {
	items := s.Train.Cols
	clear(scores)
	for k, side := range s.sides {
		d := side.Dim()
		s.users = append(s.users[:0], make([]float32, (hi-lo)*d)...)
		for at, u := range s.fitted.users[lo:hi] {
			s.row = s.Train.AppendRow(s.row[:0], int(u))
			x := s.users[at*d : (at+1)*d]
			if err := side.FoldIn(x, s.row, &s.ws); err != nil {
				return fmt.Errorf("judge a candidate: %w", err)
			}
			if weight := float32(s.sets[k].Weight); weight != 1 {
				for i := range x {
					x[i] *= weight
				}
			}
		}
		kernel.Gemm(hi-lo, items, d, s.users, d, 1, s.columns[k], items, scores, items)
	}
	never := float32(math.Inf(-1))
	for at, u := range s.fitted.users[lo:hi] {
		for _, j := range s.excluded(u) {
			scores[at*items+int(j)] = never
		}
	}
	return nil
}

// addNeighbours makes to of what the neighbours of a row add.
func addNeighbours(to []float32, n *engine.Neighbours, row []engine.Entry) {
	if n == nil {
		return
	}
	clear(to)
	for _, e := range row {
		targets, weights := n.Of(e.Col)
		for k, j := range targets {
			to[j] += e.B * weights[k]
		}
	}
}

// cells are what the parts add of some items for one user: all items, by number, or
// those of a shortlist.
type cells struct{ scores, ridge, filter []float32 }

// best returns, in the memory of list, the items with the highest totals by a blend.
func (c cells) best(b blend, list []engine.Scored) []engine.Scored {
	ridge, filter := c.ridge[:len(c.scores)], c.filter[:len(c.scores)]
	by, gain := b.ridge[:len(c.scores)], b.gain[:len(c.scores)]
	list = list[:0]
	least := float32(math.Inf(-1))
	for j, v := range c.scores {
		v = (v + (b.filter*filter[j] + by[j]*ridge[j])) * gain[j]
		if !(v > least) {
			continue
		}
		if len(list) < listLength {
			list = append(list, engine.Scored{})
		}
		at := len(list) - 1
		for ; at > 0 && list[at-1].Score < v; at-- {
			list[at] = list[at-1]
		}
		list[at] = engine.Scored{Item: int32(j), Score: v}
		if len(list) == listLength {
			least = list[listLength-1].Score
		}
	}
	return list
}
