package recommend

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"also/catalogue"
	"also/store"
)

// lists reads ready-made lists, each once per set: sets never change.
type lists struct {
	store   store.Store
	sellers func() []string         // the keys of the best-sellers to keep at hand
	current atomic.Pointer[listSet] // made by counting; nil until first loaded
	model   atomic.Pointer[string]  // the set of the live model
	first   sync.Mutex              // held by the first load, for which others wait
}

// listSet is one set of lists made by counting, as far as it was read.
type listSet struct {
	name   string      // "" when nothing was counted yet
	ranked atomic.Bool // the catalogue sorts by it
	mu     sync.Mutex
	read   map[listKey][]store.ListEntry
	absent map[listKey]bool // looked for since the last refresh; a set is filled again after a restart
}

type listKey struct{ kind, key string }

// maxRead is how many lists of a set are remembered.
const maxRead = 50_000

func newLists(st store.Store, c *catalogue.Catalogue) *lists {
	return &lists{store: st, sellers: func() []string {
		keys := []string{""}
		for _, one := range c.Snapshot().Categories() {
			keys = append(keys, categoryKey(one.ID))
		}
		return keys
	}}
}

func categoryKey(id string) string { return "category/" + id }

// modelSet returns the name of the live model's set, "" if there is none.
func (l *lists) modelSet() string {
	if p := l.model.Load(); p != nil {
		return *p
	}
	return ""
}

// read reads lists of any set from the store, waiting no longer than ctx.
func (l *lists) read(ctx context.Context, set, kind string, keys []string) ([][]store.ListEntry, error) {
	return start(func() ([][]store.ListEntry, error) { return l.store.GetLists(ctx, set, kind, keys) }).wait(ctx)
}

// counted returns lists of the set made by counting, nil where there is none:
// remembered ones at once, others from the store.
func (l *lists) counted(ctx context.Context, kind string, keys []string) ([][]store.ListEntry, error) {
	set := l.current.Load()
	if set == nil {
		var err error
		if set, err = start(func() (*listSet, error) { return l.loadFirst(ctx) }).wait(ctx); err != nil {
			return nil, err
		}
	}
	out := make([][]store.ListEntry, len(keys))
	if set.name == "" {
		return out, nil
	}
	var missing []string
	var at []int
	set.mu.Lock()
	for i, k := range keys {
		list, ok := set.read[listKey{kind, k}]
		if out[i] = list; !ok && !set.absent[listKey{kind, k}] {
			missing, at = append(missing, k), append(at, i)
		}
	}
	set.mu.Unlock()
	if len(missing) == 0 {
		return out, nil
	}
	got, err := l.read(ctx, set.name, kind, missing)
	if err != nil {
		return nil, err
	}
	set.remember(kind, missing, got)
	for i, list := range got {
		out[at[i]] = list
	}
	return out, nil
}

func (s *listSet) remember(kind string, keys []string, got [][]store.ListEntry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.read)+len(s.absent)+len(got) > maxRead {
		s.forget()
	}
	for i, list := range got {
		if list == nil {
			s.absent[listKey{kind, keys[i]}] = true
		} else {
			s.read[listKey{kind, keys[i]}] = list
		}
	}
}

// empty reports that the set has no best-sellers: it is not filled yet, or again.
func (s *listSet) empty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read[listKey{store.KindBestSellers, ""}] == nil
}

// forget drops what can be read again: all but the shop's own lists and its
// categories'. The caller holds mu.
func (s *listSet) forget() {
	clear(s.absent)
	for k := range s.read {
		if k.kind == store.KindBoughtWith {
			delete(s.read, k)
		}
	}
}

// loadFirst loads unless another did meanwhile: rows of one page ask at once.
func (l *lists) loadFirst(ctx context.Context) (*listSet, error) {
	l.first.Lock()
	defer l.first.Unlock()
	if set := l.current.Load(); set != nil {
		return set, nil
	}
	return l.load(ctx)
}

// load finds out which sets are live, and reads the lists of the whole shop and
// of its categories, so that these answer even while the store does not.
func (l *lists) load(ctx context.Context) (*listSet, error) {
	var live struct {
		ID string `json:"id"`
	}
	if err := l.pointer(ctx, store.LiveModel, &live); err != nil {
		return nil, err
	}
	name := ""
	if live.ID != "" {
		name = store.ModelSet(live.ID)
	}
	l.model.Store(&name)
	var counts struct {
		Set string `json:"set"`
	}
	if err := l.pointer(ctx, store.LiveLists, &counts); err != nil {
		return nil, err
	}
	set := l.current.Load()
	if set == nil || set.name != counts.Set {
		set = &listSet{name: counts.Set, read: map[listKey][]store.ListEntry{}, absent: map[listKey]bool{}}
	}
	set.mu.Lock()
	clear(set.absent)
	set.mu.Unlock()
	if set.name != "" && set.empty() {
		for kind, keys := range map[string][]string{store.KindBestSellers: l.sellers(), store.KindTrending: {""}} {
			got, err := l.store.GetLists(ctx, counts.Set, kind, keys)
			if err != nil {
				return nil, fmt.Errorf("read %s: %w", kind, err)
			}
			set.remember(kind, keys, got)
		}
	}
	l.current.Store(set)
	return set, nil
}

func (l *lists) pointer(ctx context.Context, name string, to any) error {
	value, err := l.store.Control(ctx, name)
	if err != nil || value == nil {
		return err
	}
	if err := json.Unmarshal(value, to); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// Refresh reads which lists are live now. Follow does it by itself.
func (s *Service) Refresh(ctx context.Context) error {
	set, err := s.lists.load(ctx)
	if err != nil {
		return fmt.Errorf("refresh lists: %w", err)
	}
	if set.empty() || set.ranked.Swap(true) {
		return nil
	}
	set.mu.Lock()
	list := set.read[listKey{store.KindBestSellers, ""}]
	set.mu.Unlock()
	skus := make([]string, len(list))
	for i, e := range list {
		skus[i] = e.SKU
	}
	s.Catalogue.SetBestSellers(skus)
	return nil
}

// followLists refreshes when it is told to, and every Poll.
func (s *Service) followLists(ctx context.Context) {
	s.retry(ctx, "follow lists", func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		told, err := s.Store.Subscribe(ctx, store.LiveLists)
		if err != nil {
			return err
		}
		tick := time.NewTicker(s.Poll)
		defer tick.Stop()
		for {
			if err := s.Refresh(ctx); err != nil {
				return err
			}
			select {
			case <-ctx.Done():
				return nil
			case _, ok := <-told:
				if !ok {
					return nil
				}
			case <-tick.C:
			}
		}
	})
}
