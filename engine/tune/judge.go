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
	ridge  []float32 // by target, nil for none
	filter float32
	gain   []float32 // by item, nil for ones
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
	columns := make([][]float32, len(f.sets))
	sides := make([]*engine.Side, len(f.sets))
	for k, set := range f.sets {
		var err error
		if sides[k], err = engine.NewSide(set.Model.Config, set.Model.Items); err != nil {
			return nil, fmt.Errorf("judge a candidate: %w", err)
		}
		columns[k] = transposed(set.Model.Items)
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
	return out, nil
}

// blend reads a recipe's weights.
func (f *fitted) blend(r engine.Recipe) (blend, error) {
	var b blend
	if n := r.Neighbours; n != nil {
		b.filter = float32(n.Filter)
		if n.Ridge > 0 {
			b.ridge = make([]float32, f.Train.Cols)
			for j, s := range engine.TargetScales(f.Train, n.TargetPower) {
				b.ridge[j] = float32(n.Ridge * s)
			}
		}
	}
	var err error
	if r.Gain != nil {
		b.gain, err = engine.Gain(f.Train, f.Dates.First, f.Dates.Now, *r.Gain)
	}
	return b, err
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

// scorer is the memory of one worker.
type scorer struct {
	*fitted
	sides   []*engine.Side
	columns [][]float32
	blends  []blend
	out     []values

	ws            engine.Workspace
	users         []float32 // vectors of a block's users in one set of factors
	scores        []float32 // by user of a block, then item: of the factors
	ridge, filter []float32 // what one user's history adds, by item
	touched       []int32   // where those may not be 0
	total         []float32
	row           []engine.Entry
	list          []engine.Scored
}

// block judges users lo to hi−1 of those that are judged.
func (s *scorer) block(lo, hi int) error {
	items := s.Train.Cols
	if s.scores == nil {
		s.scores = make([]float32, judgedAtOnce*items)
		s.ridge, s.filter, s.total = make([]float32, items), make([]float32, items), make([]float32, items)
	}
	clear(s.scores)
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
		kernel.Gemm(hi-lo, items, d, s.users, d, 1, s.columns[k], items, s.scores, items)
	}
	for at, u := range s.fitted.users[lo:hi] {
		s.row = s.Train.AppendRow(s.row[:0], int(u))
		s.touch()
		for k, b := range s.blends {
			s.add(s.scores[at*items:(at+1)*items], b)
			s.best(s.excluded(u))
			held, _, _ := s.Held.Row(int(u))
			m := evaluate.Judge(s.list, held, listLength, false)
			s.out[k].recall[lo+at], s.out[k].ndcg[lo+at] = m[0], m[1]
		}
	}
	return nil
}

// touch sums what the neighbours of the row add.
func (s *scorer) touch() {
	for _, j := range s.touched {
		s.ridge[j], s.filter[j] = 0, 0
	}
	s.touched = s.touched[:0]
	for _, part := range []struct {
		n  *engine.Neighbours
		to []float32
	}{{s.fitted.ridge, s.ridge}, {s.fitted.filter, s.filter}} {
		if part.n == nil {
			continue
		}
		for _, e := range s.row {
			targets, weights := part.n.Of(e.Col)
			for k, j := range targets {
				if s.ridge[j] == 0 && s.filter[j] == 0 {
					s.touched = append(s.touched, j)
				}
				part.to[j] += e.B * weights[k]
			}
		}
	}
}

// add makes total of a user's scores by a blend. What is touched may be named
// twice, where sums came back to 0: it is set, not added.
func (s *scorer) add(scores []float32, b blend) {
	copy(s.total, scores)
	if b.ridge != nil || b.filter != 0 {
		for _, j := range s.touched {
			sum := b.filter * s.filter[j]
			if b.ridge != nil {
				sum += b.ridge[j] * s.ridge[j]
			}
			s.total[j] = scores[j] + sum
		}
	}
	for j, g := range b.gain {
		s.total[j] *= g
	}
}

// best makes list of the items with the highest total.
func (s *scorer) best(excluded []int32) {
	never := float32(math.Inf(-1))
	for _, j := range excluded {
		s.total[j] = never
	}
	s.list = s.list[:0]
	least := never
	for j, v := range s.total {
		if !(v > least) {
			continue
		}
		if len(s.list) < listLength {
			s.list = append(s.list, engine.Scored{})
		}
		at := len(s.list) - 1
		for ; at > 0 && s.list[at-1].Score < v; at-- {
			s.list[at] = s.list[at-1]
		}
		s.list[at] = engine.Scored{Item: int32(j), Score: v}
		if len(s.list) == listLength {
			least = s.list[listLength-1].Score
		}
	}
}
