package recommend

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
)

// minEvidence is how many buyers, or as much in lesser events, a product waits for of which
// nothing is foretold: fewer say more about themselves than about it.
const minEvidence = 5

// freshBlock is how long one call waits for new products; also how long the overlay may take to
// follow a new model.
const freshBlock = 500 * time.Millisecond

// The pace of folding in: an event stream of unknown products must not take the time of answers.
const (
	freshGap     = 200 * time.Millisecond // between two rounds
	freshRound   = 200                    // products a round
	freshGrowth  = 10                     // a product is folded in again when it has a tenth more events
	maxFresh     = 300                    // events that a product is folded in from, its first ones
	maxUnlisted  = 50                     // events noted of a product that the catalogue does not have (yet)
	maxNoted     = 100_000                // products whose notes are counted
	maxStrangers = 50_000                 // vectors of buyers kept
)

// notes counts what was noted of each product in this process.
type notes struct {
	mu sync.Mutex
	n  map[string]int
}

// Fresh reports whether an event about a product is worth noting for folding the product in: there is a
// live model, it does not know the product, and not enough was noted already.
func (s *Service) Fresh(sku string) bool {
	if !s.Models.Fresh(sku) {
		return false
	}
	enough := maxUnlisted
	if s.Catalogue.Snapshot().Product(sku) != nil {
		enough = maxFresh
	}
	s.noted.mu.Lock()
	defer s.noted.mu.Unlock()
	if len(s.noted.n) >= maxNoted {
		clear(s.noted.n)
	}
	if s.noted.n[sku] >= enough {
		return false
	}
	s.noted.n[sku]++
	return true
}

// freshItems is what a process knows of products that the live model does not.
type freshItems struct {
	s         *Service
	after     string          // position in the stream of fresh skus
	model     *Model          // that all below is of
	seen      map[string]int  // sku → how many events it was folded in from, 0: not yet
	dirty     map[string]bool // to be folded in (again)
	unlisted  map[string]bool // the same, when the catalogue has them
	assigned  int             // how many products the catalogue ever had when unlisted was last looked at
	vectors   map[string]folded
	foretold  foretold
	strangers map[shop.UserID][]float32 // all sets one after the other
}

func (s *Service) followFresh(ctx context.Context) {
	f := &freshItems{s: s, seen: map[string]int{}, dirty: map[string]bool{}, unlisted: map[string]bool{}}
	s.retry(ctx, "follow new products", f.step)
}

// step waits for news and folds some of it in.
func (f *freshItems) step(ctx context.Context) error {
	skus, next, err := f.s.Store.FreshSKUs(ctx, f.after, freshBlock)
	if errors.Is(err, store.ErrBehind) {
		f.after = "" // all again; what is folded in already costs nothing
		return nil
	}
	if err != nil {
		return err
	}
	f.after = next
	for _, sku := range skus {
		if len(f.seen) < maxNoted {
			f.seen[sku] += 0
		}
		f.dirty[sku] = true
	}
	if err := f.fold(ctx); err != nil || len(skus) == 0 {
		return err
	}
	select {
	case <-ctx.Done():
	case <-time.After(freshGap):
	}
	return nil
}

// fold folds some of the products that changed into the live model. Another model than last time
// makes all of them new.
func (f *freshItems) fold(ctx context.Context) error {
	m, release := f.s.Models.Live()
	defer release()
	if m == nil {
		return nil
	}
	if m != f.model {
		f.model, f.vectors, f.strangers, f.foretold = m, map[string]folded{}, map[shop.UserID][]float32{}, foretold{}
		for sku := range f.seen {
			if f.seen[sku] = 0; m.Knows(sku) {
				delete(f.seen, sku)
				delete(f.dirty, sku)
				delete(f.unlisted, sku)
			} else {
				f.dirty[sku] = true
			}
		}
	}
	skus := f.next(m)
	if len(skus) == 0 {
		if f.foretell(m) {
			f.publish(m)
		}
		return nil
	}
	events, err := f.s.Store.FreshEvents(ctx, skus)
	if err != nil {
		return err
	}
	var changed []string
	var todo [][]shop.Event
	for i, sku := range skus {
		all := events[i][:min(maxFresh, len(events[i]))]
		if n := f.seen[sku]; n > 0 && (n == maxFresh || len(all) < maxFresh && len(all) <= n+n/freshGrowth) {
			delete(f.dirty, sku)
			continue
		}
		changed, todo = append(changed, sku), append(todo, all)
	}
	if err := f.foldAll(ctx, m, changed, todo); err != nil {
		return err
	}
	for i, sku := range changed {
		f.seen[sku] = len(todo[i])
		delete(f.dirty, sku)
	}
	return nil
}

// next returns the products of the next round: those that can be bought and that the model does not
// know. Others wait until the catalogue has them.
func (f *freshItems) next(m *Model) []string {
	snap := f.s.Catalogue.Snapshot()
	if n := snap.Assigned(); n != f.assigned {
		f.assigned = n
		for sku := range f.unlisted {
			f.dirty[sku] = true
		}
		clear(f.unlisted)
	}
	var skus []string
	for sku := range f.dirty {
		if m.Knows(sku) {
			delete(f.dirty, sku)
		} else if snap.Product(sku) != nil {
			skus = append(skus, sku)
		} else {
			delete(f.dirty, sku)
			if len(f.unlisted) < maxNoted {
				f.unlisted[sku] = true
			}
		}
	}
	slices.Sort(skus)
	return skus[:min(freshRound, len(skus))]
}

// foldAll folds products in and lays them over the model.
func (f *freshItems) foldAll(ctx context.Context, m *Model, skus []string, events [][]shop.Event) error {
	if len(skus) == 0 {
		if f.foretell(m) {
			f.publish(m)
		}
		return nil
	}
	if err := f.meet(ctx, m, events); err != nil {
		return err
	}
	f.foretell(m)
	for i, sku := range skus {
		v, err := foldItem(m, events[i], f.strangers, f.foretold.means[sku].vectors)
		if err != nil {
			return fmt.Errorf("fold in product %s: %w", sku, err)
		}
		f.vectors[sku] = v
	}
	f.publish(m)
	return nil
}

// folded is a new product moved by its first buyers.
type folded struct {
	vectors  [][]float32 // by set of factors; nil: there were no buyers
	mean     [][]float32 // from which they moved it; nil: nothing was foretold of it
	prior    [][]float32 // what the vectors still have of the mean
	evidence float64
}

// foretold is what the model foretells of the products that it does not know.
type foretold struct {
	means    map[string]prior
	at       time.Time // when the catalogue was looked at for it
	version  uint64    // the catalogue's then
	assigned int       // how many products it ever had then
}

// foretell looks at the catalogue where it has products that it did not have, and a while
// after other changes; it reports whether it did. All of it costs too much for every event.
func (f *freshItems) foretell(m *Model) bool {
	if m.Parts.Attributes == nil {
		return false
	}
	snap, now, last := f.s.Catalogue.Snapshot(), f.s.Now(), &f.foretold
	late := snap.Version() != last.version && now.Sub(last.at) >= coldGap
	if last.means != nil && snap.Assigned() == last.assigned && !late {
		return false
	}
	f.foretold = foretold{means: map[string]prior{}, at: now, version: snap.Version(), assigned: snap.Assigned()}
	for _, p := range coldProducts(m, snap) {
		if mean := m.foretell(p, snap); mean.vectors != nil {
			f.foretold.means[p.SKU] = mean
			if v := f.vectors[p.SKU]; v.vectors != nil && !slices.EqualFunc(v.mean, mean.vectors, slices.Equal) {
				f.seen[p.SKU], f.dirty[p.SKU] = 0, true // its buyers move it from elsewhere now
			}
		}
	}
	return true
}

// publish makes the overlay of all products that have a vector, of first buyers or
// foretold.
func (f *freshItems) publish(m *Model) {
	means := f.foretold.means
	o := newOverlay(m)
	for sku := range means {
		o.skus = append(o.skus, sku)
	}
	for sku, v := range f.vectors {
		_, hasPrior := means[sku]
		// A few events say more of their buyers than of the product, unless they only move it.
		if v.vectors != nil && v.evidence >= minEvidence && !m.Knows(sku) && !hasPrior {
			o.skus = append(o.skus, sku)
		}
	}
	slices.Sort(o.skus)
	for i, sku := range o.skus {
		o.columns[sku] = int32(len(m.SKUs) + i)
		mean, moved := means[sku], f.vectors[sku]
		vectors, part := moved.vectors, moved.prior
		if vectors == nil {
			vectors, part = mean.vectors, mean.vectors
		}
		o.priors = append(o.priors, prior{vectors: part, words: mean.words, whole: moved.vectors == nil})
		for k, v := range vectors {
			o.factors[k].Data = append(o.factors[k].Data, v...)
			o.factors[k].Rows++
		}
	}
	f.s.fresh.Store(o)
}

// meet makes sure that there are vectors of the buyers that the model was not trained on, folded
// in from their recent history when they are first met; nil for those who did nothing that it knows.
func (f *freshItems) meet(ctx context.Context, m *Model, events [][]shop.Event) error {
	if len(f.strangers) > maxStrangers {
		clear(f.strangers)
	}
	var users []shop.UserID
	for _, list := range events {
		for i := range list {
			u := list[i].User()
			if _, met := f.strangers[u]; !met && m.row(u) < 0 {
				f.strangers[u] = nil
				users = append(users, u)
			}
		}
	}
	if len(users) == 0 {
		return nil
	}
	forget := func() {
		for _, u := range users {
			delete(f.strangers, u)
		}
	}
	tails, err := f.s.Store.Tails(ctx, users)
	if err != nil {
		forget()
		return err
	}
	v, err := newView(m, nil)
	if err != nil {
		forget()
		return err
	}
	var ws engine.Workspace
	for i, u := range users {
		p := newProfile(v, u, tails[i])
		if len(p.entries) == 0 {
			continue
		}
		if f.strangers[u], err = p.vector(v, &ws); err != nil {
			forget()
			return err
		}
	}
	return nil
}

// foldItem solves a new product's vectors from what its first buyers did and the mean that its attributes
// foretell, nil for none. A buyer who did nothing else that the model knows is taken for the average one.
func foldItem(m *Model, events []shop.Event, strangers map[shop.UserID][]float32, mean [][]float32) (folded, error) {
	news, err := m.newcomers()
	if err != nil {
		return folded{}, err
	}
	buyers := buyersOf(m, events)
	takers := make([]engine.Taker, len(buyers))
	for k, u := range buyers {
		takers[k] = engine.Taker{Row: int32(m.row(u.user)), W: u.w, B: u.b}
		if known := strangers[u.user]; takers[k].Row < 0 && known != nil {
			takers[k].Sets = m.blend.Split(known)
		}
	}
	vectors, prior, evidence, err := news.FoldIn(takers, mean)
	if err != nil || evidence == 0 {
		return folded{}, err
	}
	return folded{vectors, mean, prior, evidence}, nil
}

// buyer is what one user did with a product, as shop.Weighing reads it.
type buyer struct {
	user shop.UserID
	w, b float32
}

// buyersOf sums what events of one product say, by user in order.
func buyersOf(m *Model, events []shop.Event) (buyers []buyer) {
	type sums struct{ w, b float64 }
	byUser := map[shop.UserID]sums{}
	for i := range events {
		w, b := m.Weighing.Of(&events[i])
		u := byUser[events[i].User()]
		byUser[events[i].User()] = sums{u.w + w, u.b + b}
	}
	for _, u := range slices.Sorted(maps.Keys(byUser)) {
		if w, b := m.Weighing.Entry(byUser[u].w, byUser[u].b, 0); w != 0 {
			buyers = append(buyers, buyer{u, w, b})
		}
	}
	return buyers
}
