package training

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"also/engine"
	"also/store"
	"also/warehouse"
)

// putBatch is how many lists are written at once.
const putBatch = 500

// publishLists makes the lists of the run's model and writes them into its set:
// what the latest active users may like and have not bought, and what is similar
// to each product. Nobody reads the set before the model is live.
func (j *job) publishLists(ctx context.Context) error {
	spec := j.data.Spec
	spec.Weights, spec.HalfLife = purchases(), 0
	bought, err := j.opts.Lake.Dataset(ctx, spec)
	if err != nil {
		return fmt.Errorf("read what was bought: %w", err)
	}
	known, err := numberingOf(j.data.Users, j.data.SKUs).matrix(bought, nil)
	if err != nil {
		return err
	}
	side, err := engine.NewSide(j.model.Config, j.model.Items)
	if err != nil {
		return fmt.Errorf("publish lists: %w", err)
	}
	l := &lists{job: j, side: side, index: engine.NewIndex(j.model.Items, engine.IndexOptions{}), known: known}
	set := store.ModelSet(j.run.Model)
	users := latestUsers(j.data, j.opts.Publish.Users)
	if err := l.put(ctx, set, store.KindUser, len(users), func(k int, ws *engine.Workspace) (string, []engine.Scored, error) {
		list, err := l.ofUser(users[k], ws)
		return strconv.FormatInt(int64(j.data.Users[users[k]]), 10), list, err
	}); err != nil {
		return err
	}
	return l.put(ctx, set, store.KindSimilar, len(j.data.SKUs), func(k int, ws *engine.Workspace) (string, []engine.Scored, error) {
		return j.data.SKUs[k], l.index.Similar(nil, int32(k), j.opts.Publish.Similar, nil, nil, ws), nil
	})
}

// latestUsers returns the rows of the n users who were active last.
func latestUsers(d *warehouse.Dataset, n int) []int {
	last := make([]int64, len(d.Users))
	rows := make([]int, len(d.Users))
	for row := range d.Users {
		rows[row] = row
		last[row] = slices.Max(d.Last[d.Ptr[row]:d.Ptr[row+1]])
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(last[b], last[a]) })
	return rows[:min(n, len(rows))]
}

// lists makes lists of a model.
type lists struct {
	*job
	side  *engine.Side
	index *engine.Index
	known *engine.Matrix // what each user bought: of data's shape, unknown rows aside
}

// ofUser returns what a user may like, as serving would fold them in.
func (l *lists) ofUser(row int, ws *engine.Workspace) ([]engine.Scored, error) {
	x := make([]float32, l.side.Dim())
	if err := l.side.FoldIn(x, l.matrix.AppendRow(nil, row), ws); err != nil {
		return nil, fmt.Errorf("publish the list of user %d: %w", l.data.Users[row], err)
	}
	bought, _, _ := l.known.Row(row)
	return l.index.TopK(nil, x, l.opts.Publish.PerUser, nil, bought, ws), nil
}

// put makes n lists with all workers and writes them in batches.
func (l *lists) put(ctx context.Context, set, kind string, n int, list func(k int, ws *engine.Workspace) (key string, items []engine.Scored, err error)) error {
	var next atomic.Int64
	errs := make([]error, l.opts.Workers)
	var wg sync.WaitGroup
	for w := range l.opts.Workers {
		wg.Go(func() {
			var ws engine.Workspace
			for ctx.Err() == nil {
				lo := int(next.Add(putBatch)) - putBatch
				if lo >= n {
					return
				}
				batch := make(map[string][]store.ListEntry, putBatch)
				for k := lo; k < min(lo+putBatch, n); k++ {
					key, items, err := list(k, &ws)
					if err != nil {
						errs[w] = err
						return
					}
					batch[key] = l.entries(items)
				}
				if err := l.opts.Store.PutLists(ctx, set, kind, batch); err != nil {
					errs[w] = fmt.Errorf("publish %s lists: %w", kind, err)
					return
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return firstError(errs)
}

func firstError(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *lists) entries(items []engine.Scored) []store.ListEntry {
	list := make([]store.ListEntry, len(items))
	for k, s := range items {
		list[k] = store.ListEntry{SKU: l.data.SKUs[s.Item], Score: s.Score}
	}
	return list
}
