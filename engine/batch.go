package engine

import (
	"context"

	"also/engine/kernel"
)

// Query is one of many questions for the items with the highest scores.
type Query struct {
	// User is the user's factors.
	User []float32
	// History is the user's, for a Blend, whose neighbours read it.
	History []Entry
	// Exclude lists items to leave out, ascending.
	Exclude []int32
}

// TopKMany answers many queries, each exactly as TopK does, in a fraction of the
// time. It hands the list of query q to emit, in any order; a list is valid
// during the call. It returns emit's error.
func (x *Index) TopKMany(queries []Query, k int, filter *Bitmap, ws *Workspace, emit func(q int, list []Scored) error) error {
	x.ask(queries, k, filter, ws)
	return x.searchMany(x.scores, ws, nil, func(q int) []Scored {
		return x.search(ws.list, ws.questions[q], x.scores, ws)
	}, emit)
}

// ask makes questions of queries.
func (x *Index) ask(queries []Query, k int, filter *Bitmap, ws *Workspace) {
	ws.questions = ws.questions[:0]
	for _, q := range queries {
		if len(q.User) != x.Dim() {
			panic("engine: TopKMany: wrong length")
		}
		ws.questions = append(ws.questions, question{user: q.User, k: k, filter: filter, exclude: q.Exclude})
	}
}

// SimilarMany answers for items first to first+n−1 what Similar does for one, and
// hands each list to emit with the item's number; otherwise it is as TopKMany.
func (x *Index) SimilarMany(first, n int32, k int, filter *Bitmap, ws *Workspace, emit func(item int32, list []Scored) error) error {
	if err := x.askSimilar(first, n, k, filter, ws, emit); err != nil {
		return err
	}
	return x.searchMany(x.cosines, ws, nil, func(q int) []Scored {
		return x.search(ws.list, ws.questions[q], x.cosines, ws)
	}, func(q int, list []Scored) error { return emit(ws.questions[q].self-1, list) })
}

// askSimilar makes questions of items; those that nothing is similar to it
// answers.
func (x *Index) askSimilar(first, n int32, k int, filter *Bitmap, ws *Workspace, emit func(item int32, list []Scored) error) error {
	ws.questions = ws.questions[:0]
	units := grow(&ws.gathered, int(n)*x.Dim())
	for i := range n {
		v := x.Vector(first + i)
		if v == nil || x.norms[first+i] == 0 {
			if err := emit(first+i, nil); err != nil {
				return err
			}
			continue
		}
		unit := units[int(i)*x.Dim():][:x.Dim()]
		scale(unit, 1/x.norms[first+i], v)
		ws.questions = append(ws.questions, question{user: unit, k: k, filter: filter, cosine: true, self: first + i + 1})
	}
	return nil
}

// searchMany answers the questions of ws: those that t's bounds serve in strips,
// after know, if there is one, has set what is known of each, the others alone.
func (x *Index) searchMany(t *byteTable, ws *Workspace, know func(q int), alone func(q int) []Scored, emit func(q int, list []Scored) error) error {
	ws.asked = ws.asked[:0]
	if len(ws.questions) == 0 {
		return nil
	}
	strips := t != nil && x.boundsServe(&ws.questions[0], t)
	for q := range ws.questions {
		one := &ws.questions[q]
		if strips && allFinite(one.user) && norm64(one.user) != 0 {
			ws.asked = append(ws.asked, q)
			continue
		}
		ws.list = alone(q)
		if err := emit(q, ws.list); err != nil {
			return err
		}
	}
	if len(ws.asked) == 0 {
		return nil
	}
	if know != nil {
		for _, q := range ws.asked {
			know(q)
		}
	}
	ws.everyone = grow(&ws.everyone, len(t.order)/16)
	everyone(ws.everyone, t, ws.questions[0].filter)
	return x.answer(t, ws, emit)
}

// boundsServe reports that questions like q are answered faster together: few
// items of many are wanted, the filter lets many through, and no bound leaves
// single precision.
func (x *Index) boundsServe(q *question, t *byteTable) bool {
	return t.largest < 1e25 && q.k > 0 && q.k <= len(t.order)/8 && (q.filter == nil || q.filter.Count() >= x.items.Rows/directShare)
}

// BatchOptions are the choices of TopKAll and SimilarAll.
type BatchOptions struct {
	// K is the length of the lists. Default 100.
	K int
	// Filter, if set, holds the items allowed.
	Filter *Bitmap
	// Exclude, if set, has in row u the items to leave out of user u's list,
	// usually the training matrix. SimilarAll has no use for it.
	Exclude *Matrix
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
}

// batchBlock is how many lists a worker makes at a time.
const batchBlock = 5 * kernel.StripWidth

// TopKAll computes the list of every user, exactly, and hands each to emit,
// which may run on several goroutines at once and must copy what it keeps. It
// returns ctx's error when cancelled, or the first error of emit.
func TopKAll(ctx context.Context, x *Index, users Factors, opts BatchOptions, emit func(user int, list []Scored) error) error {
	if users.Dim != x.Dim() || opts.Exclude != nil && opts.Exclude.Rows < users.Rows {
		return invalid("users", "are %d×%d, which does not fit the index of dimension %d or the exclusions", users.Rows, users.Dim, x.Dim())
	}
	return batch(ctx, users.Rows, opts, func(k, lo, hi int, ws *Workspace) error {
		queries := make([]Query, 0, batchBlock)
		for u := lo; u < hi; u++ {
			q := Query{User: users.Row(u)}
			if opts.Exclude != nil {
				q.Exclude, _, _ = opts.Exclude.Row(u)
			}
			queries = append(queries, q)
		}
		return x.TopKMany(queries, k, opts.Filter, ws, func(q int, list []Scored) error { return emit(lo+q, list) })
	})
}

// SimilarAll computes for every item the nearest ones, as Similar does, and
// hands each list to emit as TopKAll does. Of an index of users' factors, it is
// similar users.
func SimilarAll(ctx context.Context, x *Index, opts BatchOptions, emit func(item int, list []Scored) error) error {
	return batch(ctx, x.Items(), opts, func(k, lo, hi int, ws *Workspace) error {
		return x.SimilarMany(int32(lo), int32(hi-lo), k, opts.Filter, ws, func(item int32, list []Scored) error { return emit(int(item), list) })
	})
}

// batch calls f for all of n rows, a block at a time.
func batch(ctx context.Context, n int, opts BatchOptions, f func(k, lo, hi int, ws *Workspace) error) error {
	if opts.K <= 0 {
		opts.K = 100
	}
	workers := defaultWorkers(opts.Workers)
	spaces := make([]Workspace, workers)
	return parallel(ctx, workers, (n+batchBlock-1)/batchBlock, func(worker, task int) error {
		return f(opts.K, task*batchBlock, min(n, (task+1)*batchBlock), &spaces[worker])
	})
}
