package evaluate

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"also/engine"
)

// Options are the choices of an evaluation.
type Options struct {
	// K is the length of the lists. Default 20.
	K int
	// IncludeSeen ranks items of the user's history too, and counts held-out
	// pairs that repeat one. By default only new pairs are ranked and judged.
	IncludeSeen bool
	// Exclude, if set, has in each user's row the items that are not ranked,
	// instead of those of the history.
	Exclude *engine.Matrix
	// TruncateRecall divides hits by min(K, |held out|), as Liang et al. do.
	TruncateRecall bool
	// Filter, if set, holds the items that may be ranked.
	Filter *engine.Bitmap
	// Groups, if set, gives each item's group (its vendor, say), from 0, −1 for
	// none; the report then has the exposure of each.
	Groups []int32
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
}

// Report is what an evaluation found.
type Report struct {
	// K is the length of the lists.
	K int
	// Users are the rows judged, ascending: those with something held out.
	Users []int32
	// PerUser has the values of each metric, in the order of Metrics, one for
	// each of Users.
	PerUser [len(Metrics)][]float64
	// Lists describes the lists beyond their accuracy.
	Lists Lists
}

// Values returns the values of a metric, one for each of Users; nil for a
// metric that is not known.
func (r *Report) Values(m Metric) []float64 {
	if k := slices.Index(Metrics[:], m); k >= 0 {
		return r.PerUser[k]
	}
	return nil
}

// Mean returns the mean of a metric over users, 0 when none was judged.
func (r *Report) Mean(m Metric) float64 { return mean(r.Values(m)) }

func mean(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// Evaluate ranks for every user with a row in held, from their row of history,
// and judges the lists. The matrices have users in rows and agree in shape;
// weights in held do not count. Equal inputs give equal reports, whatever the
// number of workers. It returns ctx's error when cancelled, a Ranker's error,
// or an *engine.InvalidError for shapes that differ.
func Evaluate(ctx context.Context, s Scorer, history, held *engine.Matrix, opts Options) (*Report, error) {
	for field, m := range map[string]*engine.Matrix{"held": held, "exclude": opts.Exclude} {
		if m != nil && (m.Rows != history.Rows || m.Cols != history.Cols) {
			return nil, &engine.InvalidError{Field: field, Message: "has another shape than the history"}
		}
	}
	if opts.K <= 0 {
		opts.K = 20
	}
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	e := &evaluation{scorer: s, history: history, held: held, opts: opts}
	e.chooseUsers()
	if err := e.rank(ctx); err != nil {
		return nil, err
	}
	r := &Report{K: opts.K, Users: e.users}
	for m := range Metrics {
		r.PerUser[m] = make([]float64, len(e.users))
	}
	for at, list := range e.lists {
		for m, v := range Judge(list, e.heldBy[at], opts.K, opts.TruncateRecall) {
			r.PerUser[m][at] = v
		}
	}
	r.Lists = describe(e)
	return r, nil
}

type evaluation struct {
	scorer        Scorer
	history, held *engine.Matrix
	opts          Options
	users         []int32
	heldBy        [][]int32
	lists         [][]engine.Scored
}

// chooseUsers finds who has something held out, and what.
func (e *evaluation) chooseUsers() {
	for u := range e.held.Rows {
		held, _, _ := e.held.Row(u)
		if !e.opts.IncludeSeen {
			seen, _, _ := e.history.Row(u)
			held = without(held, seen)
		}
		if len(held) > 0 {
			e.users = append(e.users, int32(u))
			e.heldBy = append(e.heldBy, held)
		}
	}
	e.lists = make([][]engine.Scored, len(e.users))
}

// without returns a less b, both ascending; a itself if they share nothing.
func without(a, b []int32) []int32 {
	keep := make([]int32, 0, len(a))
	for _, v := range a {
		if _, found := slices.BinarySearch(b, v); !found {
			keep = append(keep, v)
		}
	}
	return keep
}

// rank fills the lists.
func (e *evaluation) rank(ctx context.Context) error {
	const block = 120
	var next atomic.Int64
	errs := make([]error, e.opts.Workers)
	var wg sync.WaitGroup
	for worker := range e.opts.Workers {
		wg.Go(func() {
			ranker := e.scorer.NewRanker()
			for ctx.Err() == nil && errs[worker] == nil {
				lo := int(next.Add(block)) - block
				if lo >= len(e.users) {
					return
				}
				if errs[worker] = e.rankBlock(ranker, lo, min(lo+block, len(e.users))); errs[worker] != nil {
					next.Store(int64(len(e.users)))
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// rankBlock fills lists lo to hi−1.
func (e *evaluation) rankBlock(ranker Ranker, lo, hi int) error {
	users := make([]User, 0, hi-lo)
	for _, row := range e.users[lo:hi] {
		u := User{Row: row, History: e.history.AppendRow(nil, int(row))}
		switch {
		case e.opts.Exclude != nil:
			u.Exclude, _, _ = e.opts.Exclude.Row(int(row))
		case !e.opts.IncludeSeen:
			u.Exclude, _, _ = e.history.Row(int(row))
		}
		users = append(users, u)
	}
	return ranker.Rank(users, e.opts.K, e.opts.Filter, func(at int, list []engine.Scored) {
		e.lists[lo+at] = slices.Clone(list)
	})
}
