package training

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
)

// putBatch is how many lists are written at once.
const putBatch = 500

// pace is how lists are made: by how many workers, how many lists at a time, and how many
// times as long as that took a worker then rests.
type pace struct{ workers, batch, rests int }

// atOnce is for what is waited for, besideAnswers for a process that has just begun to
// serve: made with all workers, lists hold its first answers up, which seldom need them.
func (s *Service) atOnce() pace { return pace{workers: s.opts.Workers, batch: putBatch} }

func besideAnswers() pace { return pace{workers: 1, batch: 8, rests: 19} }

// A model's set also has this list once all others are in it.
const (
	kindWhole = "whole"
	keyWhole  = ""
)

// RestoreLists makes again what a rebuilt view has lost: the lists of the live
// model and those made by counting. It does nothing where nothing is missing.
// Work does it when it begins.
func (s *Service) RestoreLists(ctx context.Context) error {
	id, err := s.LiveID(ctx)
	if err != nil {
		return err
	}
	if id != "" {
		if err := s.ensureLists(ctx, id, besideAnswers()); err != nil {
			return err
		}
	}
	return s.RefreshLists(ctx)
}

// ensureLists makes the lists of a model unless they are there.
func (s *Service) ensureLists(ctx context.Context, id string, p pace) error {
	whole, err := s.opts.Store.GetLists(ctx, store.ModelSet(id), kindWhole, []string{keyWhole})
	if err != nil {
		return fmt.Errorf("look for the lists of model %s: %w", id, err)
	}
	if whole[0] != nil {
		return nil
	}
	return s.publishLists(ctx, id, p)
}

// publishLists makes the lists of a model and writes them into its set: what
// the latest active users may like and have not bought, and what is similar to
// each product. Nobody reads the set before the model is live.
func (s *Service) publishLists(ctx context.Context, id string, p pace) error {
	l, err := s.loadLists(ctx, id)
	if err != nil {
		return err
	}
	a := l.model
	defer a.Close()
	set := store.ModelSet(id)
	users := latestUsers(a, s.opts.Publish.Users)
	if err := l.put(ctx, set, store.KindUser, len(users), p, func(lo, hi int, ws *engine.Workspace, put putList) error {
		return l.ofUsers(users[lo:hi], ws, put)
	}); err != nil {
		return err
	}
	if err := l.put(ctx, set, store.KindSimilar, len(a.SKUs), p, func(lo, hi int, ws *engine.Workspace, put putList) error {
		return l.blend.SimilarMany(int32(lo), int32(hi-lo), s.opts.Publish.Similar, nil, ws, func(item int32, list []engine.Scored) error {
			put(a.SKUs[item], list)
			return nil
		})
	}); err != nil {
		return err
	}
	mark := map[string][]store.ListEntry{keyWhole: {{SKU: id}}}
	if err := s.opts.Store.PutLists(ctx, set, kindWhole, mark); err != nil {
		return fmt.Errorf("publish lists: %w", err)
	}
	return nil
}

// latestUsers returns the rows of the n users who were active last.
func latestUsers(a *Artefact, n int) []int {
	last := make([]int64, len(a.Users))
	rows := make([]int, len(a.Users))
	for row := range a.Users {
		rows[row] = row
		for _, at := range a.Last[a.Sums.Ptr[row]:a.Sums.Ptr[row+1]] {
			last[row] = max(last[row], at)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(last[b], last[a]) })
	return rows[:min(n, len(rows))]
}

// lists makes lists of a model.
type lists struct {
	*Service
	model  *Artefact
	blend  *engine.Blend
	people map[shop.UserID]map[string]string // customers' attributes, where the model knows what any says
}

// loadLists opens a model to make lists of; whoever asked closes its artefact.
func (s *Service) loadLists(ctx context.Context, id string) (*lists, error) {
	a, err := LoadArtefact(ctx, s.opts.Lake, id)
	if err != nil {
		return nil, err
	}
	blend, err := engine.NewBlend(a.Parts, engine.IndexOptions{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make lists of model %s: %w", id, err), a.Close())
	}
	l := &lists{Service: s, model: a, blend: blend}
	if a.Alike != nil && slices.ContainsFunc(a.Alike.Strength, func(s float32) bool { return s > 0 }) {
		if l.people, err = readPeople(ctx, s.opts.Lake); err != nil {
			return nil, errors.Join(err, a.Close())
		}
	}
	return l, nil
}

// putList takes one list; it copies what it keeps.
type putList func(key string, items []engine.Scored)

// ofUsers makes lists of what users may like and have not bought.
func (l *lists) ofUsers(rows []int, ws *engine.Workspace, put putList) error {
	queries := make([]engine.Query, len(rows))
	for q, row := range rows {
		var err error
		if queries[q], err = l.query(l.model, row, nil, ws); err != nil {
			return err
		}
	}
	return l.blend.TopKMany(queries, l.opts.Publish.PerUser, nil, ws, func(q int, list []engine.Scored) error {
		put(l.model.Users[rows[q]].String(), inFavour(list))
		return nil
	})
}

// rank returns the n products that the user of a row of history, which may be
// another model's, may like and has not bought: only those in filter unless it
// is nil. cols is that of query.
func (l *lists) rank(history *Artefact, row int, cols []int32, filter *engine.Bitmap, n int, ws *engine.Workspace) ([]engine.Scored, error) {
	q, err := l.query(history, row, cols, ws)
	if err != nil {
		return nil, err
	}
	return inFavour(l.blend.TopK(nil, q.User, q.History, n, filter, q.Exclude, ws)), nil
}

// inFavour returns those of a list for which something speaks: the others serving leaves to
// sources that know better.
func inFavour(list []engine.Scored) []engine.Scored {
	for k, s := range list {
		if s.Score <= 0 {
			return list[:k]
		}
	}
	return list
}

// start returns where the fold-in begins of the user of a row of history, of which the
// model knows these entries: as serving would have it at the end of that history.
func (l *lists) start(history *Artefact, row int, entries []engine.Entry) *engine.Start {
	if l.model.Alike == nil || l.model.Alike.Began == 0 {
		return nil
	}
	features := l.model.features(l.people[history.Users[row]])
	return startOf(l.model.Alike, features, entries, history.came(row), history.AgedAt.UnixMilli())
}

// query asks for what the user of a row of history may like, and has neither bought nor
// refused, as serving would from that history. cols has the column in this model of each of the
// history's, -1 for none; nil: they are the same.
func (l *lists) query(history *Artefact, row int, cols []int32, ws *engine.Workspace) (engine.Query, error) {
	sums := history.Sums
	q := engine.Query{User: make([]float32, l.blend.Dim())}
	for k := sums.Ptr[row]; k < sums.Ptr[row+1]; k++ {
		col := sums.Idx[k]
		if cols != nil {
			col = cols[col]
		}
		if col < 0 {
			continue
		}
		if w, b := history.Weighing.Entry(float64(sums.W[k]), float64(sums.B[k]), history.age(k)); w > 0 {
			q.History = append(q.History, engine.Entry{Col: col, W: w, B: b})
		}
		refused := sums.W[k] > 0 && sums.B[k] < 0
		if refused || history.Bought[k>>6]>>(k&63)&1 != 0 {
			q.Exclude = append(q.Exclude, col)
		}
	}
	if err := l.blend.FoldInFrom(q.User, q.History, l.start(history, row, q.History), ws); err != nil {
		return q, fmt.Errorf("make the list of user %d: %w", history.Users[row], err)
	}
	return q, nil
}

// put makes n lists at a pace, those of a batch together, and writes them in batches.
func (l *lists) put(ctx context.Context, set, kind string, n int, p pace, batch func(lo, hi int, ws *engine.Workspace, put putList) error) error {
	var next atomic.Int64
	errs := make([]error, p.workers)
	var wg sync.WaitGroup
	for w := range p.workers {
		wg.Go(func() {
			var ws engine.Workspace
			for ctx.Err() == nil && errs[w] == nil {
				began := time.Now()
				lo := int(next.Add(int64(p.batch))) - p.batch
				if lo >= n {
					return
				}
				made := make(map[string][]store.ListEntry, p.batch)
				errs[w] = batch(lo, min(lo+p.batch, n), &ws, func(key string, items []engine.Scored) { made[key] = l.entries(items) })
				if errs[w] != nil {
					return
				}
				if err := l.opts.Store.PutLists(ctx, set, kind, made); err != nil {
					errs[w] = fmt.Errorf("publish %s lists: %w", kind, err)
				} else if p.rests > 0 {
					errs[w] = sleep(ctx, time.Duration(p.rests)*time.Since(began))
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
		list[k] = store.ListEntry{SKU: l.model.SKUs[s.Item], Score: s.Score}
	}
	return list
}
