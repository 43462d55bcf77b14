package training

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// countsSet is how the names of sets of counted lists begin.
const countsSet = "counts/"

// countedYear is how far best-sellers and what is bought together look back.
const countedYear = 365 * 24 * time.Hour

// liveLists is the pointer to the set of counted lists that is read.
type liveLists struct {
	Set string    `json:"set"`
	At  time.Time `json:"at"`
}

// RefreshLists makes the lists that need no model, from the lake as it is now:
// best-sellers overall, by category and by vendor of the last year (of all time
// if that sold nothing), what trends, and what is bought together. They
// appear all at once; the set before the last is dropped. Without a new event
// since the last time nothing happens.
func (s *Service) RefreshLists(ctx context.Context) error {
	s.counting.Lock()
	defer s.counting.Unlock()
	head, err := s.opts.Lake.Head(ctx)
	if err != nil || head == 0 {
		return err
	}
	raw, err := s.opts.Store.Control(ctx, store.LiveLists)
	if err != nil {
		return fmt.Errorf("refresh lists: %w", err)
	}
	var before liveLists
	if raw != nil {
		if err := json.Unmarshal(raw, &before); err != nil {
			return fmt.Errorf("refresh lists: %w", err)
		}
	}
	sets, err := s.opts.Store.Sets(ctx)
	if err != nil {
		return fmt.Errorf("refresh lists: %w", err)
	}
	set := fmt.Sprintf("%s%d", countsSet, head)
	if before.Set == set && slices.Contains(sets, set) {
		return nil
	}
	if err := s.countLists(ctx, set); err != nil {
		return fmt.Errorf("refresh lists: %w", err)
	}
	value, err := json.Marshal(liveLists{Set: set, At: s.now().UTC()})
	if err != nil {
		return fmt.Errorf("refresh lists: %w", err)
	}
	if err := s.opts.Store.PutControl(ctx, []shop.ControlRecord{{Name: store.LiveLists, Value: value}}, store.PutConditions{}); err != nil {
		return fmt.Errorf("refresh lists: %w", err)
	}
	s.publish(ctx, store.LiveLists, value)
	for _, old := range sets {
		if strings.HasPrefix(old, countsSet) && old != set && old != before.Set {
			if err := s.opts.Store.DropSet(ctx, old); err != nil {
				return fmt.Errorf("drop %s: %w", old, err)
			}
		}
	}
	return nil
}

// countLists writes the lists of a set.
func (s *Service) countLists(ctx context.Context, set string) error {
	now, n := s.now(), s.opts.Publish.Counted
	since := now.Add(-countedYear)
	best, err := s.opts.Lake.BestSellers(ctx, since, time.Time{}, n)
	if err == nil && len(best.All) == 0 {
		since = time.Time{}
		best, err = s.opts.Lake.BestSellers(ctx, since, time.Time{}, n)
	}
	if err != nil {
		return err
	}
	lists := map[string][]store.ListEntry{"": ranked(best.All)}
	for id, list := range best.ByCategory {
		lists["category/"+id] = ranked(list)
	}
	for id, list := range best.ByVendor {
		lists["vendor/"+id] = ranked(list)
	}
	if err := s.putLists(ctx, set, store.KindBestSellers, lists); err != nil {
		return err
	}
	trend, err := s.opts.Lake.Trending(ctx, now, s.opts.Publish.Trend, n)
	if err != nil {
		return err
	}
	if err := s.putLists(ctx, set, store.KindTrending, map[string][]store.ListEntry{"": ranked(trend)}); err != nil {
		return err
	}
	together, err := s.opts.Lake.BoughtTogether(ctx, since, s.opts.Publish.Similar)
	if err != nil {
		return err
	}
	with := map[string][]store.ListEntry{}
	for _, b := range together {
		score := float64(b.Orders) * math.Log(b.Lift) // what they are sorted by
		with[b.SKU] = append(with[b.SKU], store.ListEntry{SKU: b.With, Score: float32(score)})
	}
	return s.putLists(ctx, set, store.KindBoughtWith, with)
}

// putLists writes lists in batches.
func (s *Service) putLists(ctx context.Context, set, kind string, lists map[string][]store.ListEntry) error {
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(lists)), putBatch) {
		batch := make(map[string][]store.ListEntry, len(keys))
		for _, key := range keys {
			batch[key] = lists[key]
		}
		if err := s.opts.Store.PutLists(ctx, set, kind, batch); err != nil {
			return err
		}
	}
	return nil
}

func ranked(list []warehouse.Ranked) []store.ListEntry {
	entries := make([]store.ListEntry, len(list))
	for k, r := range list {
		entries[k] = store.ListEntry{SKU: r.SKU, Score: float32(r.Score)}
	}
	return entries
}
