package recommend

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
)

// minEvidence is how many buyers, or as much in lesser events, a new product needs
// before it is folded in: fewer say more about themselves than about it.
const minEvidence = 5

// freshBlock is how long one call waits for new products; also how long the overlay may take to
// follow a new model.
const freshBlock = 500 * time.Millisecond

// freshItems is what a process knows of products that the live model does not.
type freshItems struct {
	s       *Service
	after   string // position in the stream of fresh skus
	model   *Model // that vectors are of
	events  map[string][]shop.Event
	vectors map[string][]float32 // nil: too little evidence yet
}

func (s *Service) followFresh(ctx context.Context) {
	f := &freshItems{s: s, events: map[string][]shop.Event{}}
	s.retry(ctx, "follow new products", f.step)
}

// step waits for news and folds it in.
func (f *freshItems) step(ctx context.Context) error {
	skus, next, err := f.s.Store.FreshSKUs(ctx, f.after, freshBlock)
	if errors.Is(err, store.ErrBehind) {
		f.after, f.events = "", map[string][]shop.Event{}
		return nil
	}
	if err != nil {
		return err
	}
	slices.Sort(skus)
	skus = slices.Compact(skus)
	if len(skus) > 0 {
		events, err := f.s.Store.FreshEvents(ctx, skus)
		if err != nil {
			return err
		}
		for i, sku := range skus {
			f.events[sku] = events[i]
		}
	}
	if err := f.fold(ctx, skus); err != nil {
		return err
	}
	f.after = next
	return nil
}

// fold folds the changed products into the live model, or, when the model is
// another than last time, all of them.
func (f *freshItems) fold(ctx context.Context, changed []string) error {
	m, release := f.s.Models.Live()
	defer release()
	if m == nil {
		f.model = nil
		return nil
	}
	if m != f.model {
		f.vectors = map[string][]float32{}
		changed = changed[:0]
		for sku := range f.events {
			if m.Knows(sku) {
				delete(f.events, sku) // trained on now
				continue
			}
			changed = append(changed, sku)
		}
		slices.Sort(changed)
	}
	if len(changed) == 0 {
		f.model = m
		return nil
	}
	strangers, err := f.strangers(ctx, m, changed)
	if err != nil {
		return err
	}
	for _, sku := range changed {
		if f.vectors[sku], err = foldItem(m, f.events[sku], strangers); err != nil {
			return fmt.Errorf("fold in product %s: %w", sku, err)
		}
	}
	f.model = m
	f.publish(m)
	return nil
}

// publish makes the overlay of all products that have a vector.
func (f *freshItems) publish(m *Model) {
	o := &overlay{model: m, columns: map[string]int32{}, factors: engine.Factors{Dim: m.items.Dim()}}
	for sku, v := range f.vectors {
		if v != nil && !m.Knows(sku) {
			o.skus = append(o.skus, sku)
		}
	}
	slices.Sort(o.skus)
	for i, sku := range o.skus {
		o.columns[sku] = int32(len(m.SKUs) + i)
		o.factors.Data = append(o.factors.Data, f.vectors[sku]...)
	}
	o.factors.Rows = len(o.skus)
	f.s.fresh.Store(o)
}

// strangers returns the vectors of buyers that the model was not trained on, folded
// in from their recent history; nil for those who did nothing that it knows.
func (f *freshItems) strangers(ctx context.Context, m *Model, skus []string) (map[shop.UserID][]float32, error) {
	out := map[shop.UserID][]float32{}
	var users []shop.UserID
	for _, sku := range skus {
		for i := range f.events[sku] {
			u := f.events[sku][i].User()
			if _, seen := out[u]; !seen && m.row(u) < 0 {
				out[u] = nil
				users = append(users, u)
			}
		}
	}
	if len(users) == 0 {
		return out, nil
	}
	tails, err := f.s.Store.Tails(ctx, users)
	if err != nil {
		return nil, err
	}
	v, err := newView(m, nil)
	if err != nil {
		return nil, err
	}
	var ws engine.Workspace
	for i, u := range users {
		p := newProfile(v, u, tails[i])
		if len(p.entries) == 0 {
			continue
		}
		if out[u], err = p.vector(v.side, &ws); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// foldItem solves a new product's vector from what its first buyers did, with the user side
// of the model fixed; nil while there is too little evidence.
//
// A product that was not there could not be bought, so that few bought it is no evidence against it:
// its entries are scaled up to the sum that a typical product of the model has, as if the rest of its audience
// resembled the first ones. A buyer who did nothing else that the model knows is taken for the average one.
func foldItem(m *Model, events []shop.Event, strangers map[shop.UserID][]float32) ([]float32, error) {
	type sums struct{ w, b float64 }
	byUser := map[shop.UserID]*sums{}
	for i := range events {
		w, b := m.Weights.Of(events[i].Type, events[i].Rating)
		u := byUser[events[i].User()]
		if u == nil {
			u = &sums{}
			byUser[events[i].User()] = u
		}
		u.w, u.b = u.w+w, u.b+b
	}
	side, centre, err := m.userSide()
	if err != nil {
		return nil, err
	}
	extra := engine.Factors{Dim: side.Dim()}
	var row []engine.Entry
	evidence := 0.0
	users := make([]shop.UserID, 0, len(byUser))
	for u := range byUser {
		users = append(users, u)
	}
	slices.SortFunc(users, cmp.Compare)
	for _, u := range users {
		col := int32(m.row(u))
		if col < 0 {
			x := strangers[u]
			if x == nil {
				x = centre
			}
			col = int32(len(m.Users) + extra.Rows)
			extra.Data, extra.Rows = append(extra.Data, x...), extra.Rows+1
		}
		w, b := shop.Confidence(byUser[u].w, byUser[u].b)
		if w == 0 {
			continue
		}
		evidence += float64(w)
		row = append(row, engine.Entry{Col: col, W: w, B: b})
	}
	if evidence < minEvidence {
		return nil, nil
	}
	if scale := float32(m.typical / evidence); scale > 1 {
		for i := range row {
			row[i].W, row[i].B = row[i].W*scale, row[i].B*scale
		}
	}
	if side, err = side.WithOverlay(extra); err != nil {
		return nil, err
	}
	y := make([]float32, side.Dim())
	return y, side.FoldIn(y, row, &engine.Workspace{})
}
