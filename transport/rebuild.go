package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// tailsWithoutModel is how many of the latest events reach users' tails when
// there is no model to fold them into: enough for what was viewed lately.
const tailsWithoutModel = 100_000

// freshLimit is how many events of a product unknown to the live model the view keeps.
const freshLimit = 1000

// Rebuild makes the view again from the lake: products with their stock,
// orders, control records, users' tails since the oldest model that a roll-back
// may choose, what is known of new products, and the ids seen lately as of now. It
// returns the ends of the outboxes that the lake has. The same lake and moment give the same view.
//
// Nothing may write to the store or the lake meanwhile. What the outboxes hold stays there, and is not in the view.
// Lists made by models and counting are not in the lake: whoever makes them makes them again.
func Rebuild(ctx context.Context, lake Lake, s store.Store, now time.Time) (ends map[string]string, err error) {
	head, all, err := lake.Ends(ctx)
	if err != nil {
		return nil, fmt.Errorf("rebuild the view: %w", err)
	}
	spec, err := stateSpec(ctx, lake, head, now)
	if err != nil {
		return nil, fmt.Errorf("rebuild the view: %w", err)
	}
	err = lake.State(ctx, spec, func(st *warehouse.State) error {
		if err := s.Reset(ctx); err != nil {
			return err
		}
		return s.Load(ctx, store.State{
			Products: st.Products, Vendors: st.Vendors, Categories: st.Categories, Orders: st.Orders,
			Controls: lake.Control(ctx), Tails: st.Tails, Fresh: st.Fresh, Seen: st.Seen, Ends: all,
		})
	})
	if err != nil {
		return nil, fmt.Errorf("rebuild the view: %w", err)
	}
	return outboxes(all), nil
}

// LoadImport brings what an import published in the lake, from the position
// first on, into the view of a shop that serves: users' recent histories and what is known of new products.
// source names the import among the lake's ends.
func LoadImport(ctx context.Context, lake Lake, s store.Loader, source string, first warehouse.Position) error {
	head, all, err := lake.Ends(ctx)
	if err != nil {
		return fmt.Errorf("load an import: %w", err)
	}
	spec, err := stateSpec(ctx, lake, head, time.Time{})
	if err != nil {
		return fmt.Errorf("load an import: %w", err)
	}
	// What was known before is in the view.
	spec.TailSince, spec.FreshSince = max(spec.TailSince, first-1), max(spec.FreshSince, first-1)
	err = lake.State(ctx, spec, func(st *warehouse.State) error {
		return s.LoadEvents(ctx, store.State{Tails: st.Tails, Fresh: st.Fresh, Ends: map[string]string{source: all[source]}})
	})
	if err != nil {
		return fmt.Errorf("load an import: %w", err)
	}
	return nil
}

// stateSpec says how much of the past the view needs: control records tell
// which model is live and which ones a roll-back may choose.
func stateSpec(ctx context.Context, lake Lake, head warehouse.Position, now time.Time) (warehouse.StateSpec, error) {
	spec := warehouse.StateSpec{
		TailSince: max(0, head-tailsWithoutModel), TailLimit: store.TailLimit,
		FreshLimit: freshLimit, SeenSince: now.Add(-store.SeenWindow),
	}
	live, err := readLive(ctx, lake)
	if err != nil || live.ID == "" {
		return spec, err
	}
	models, err := choosable(ctx, lake, live)
	if err != nil {
		return spec, err
	}
	for i, m := range models {
		if i == 0 || m.Dataset.Through < spec.TailSince {
			spec.TailSince = m.Dataset.Through
		}
		if m.ID != live.ID {
			continue
		}
		spec.FreshSince = m.Dataset.Through
		if spec.Known, err = lake.ModelSKUs(ctx, m.ID); err != nil {
			return spec, fmt.Errorf("model %s: %w", m.ID, err)
		}
	}
	return spec, nil
}

// choosable returns the live model and those that a roll-back may choose, as
// far as they are still there.
func choosable(ctx context.Context, lake Lake, live pointer) ([]warehouse.Manifest, error) {
	var models []warehouse.Manifest
	for _, id := range append([]string{live.ID, live.Previous}, live.Past...) {
		if id == "" {
			continue
		}
		m, err := lake.Model(ctx, id)
		if shop.CodeOf(err) == shop.NotFound {
			continue // retired: nobody rolls back to it
		}
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", id, err)
		}
		models = append(models, m)
	}
	return models, nil
}

// pointer is the part of the live pointer's record that matters here.
type pointer struct {
	ID       string   `json:"id"`
	Previous string   `json:"previous"`
	Past     []string `json:"past"`
}

func readLive(ctx context.Context, lake Lake) (pointer, error) {
	var live pointer
	for r, err := range lake.Control(ctx) {
		if err != nil {
			return live, fmt.Errorf("read the live pointer: %w", err)
		}
		if r.Name != store.LiveModel {
			continue
		}
		if err := json.Unmarshal(r.Value, &live); err != nil {
			return live, fmt.Errorf("read the live pointer: %w", err)
		}
		break
	}
	return live, nil
}

// lost reports whether the view lacks what the lake knows: after an AOF loss,
// when Redis is new, or when an import went past it. All that the outboxes held
// must be in the lake.
func lost(ctx context.Context, lake Lake, s store.Store) (bool, error) {
	_, has, err := lake.Ends(ctx)
	if err != nil {
		return false, fmt.Errorf("compare view and lake: %w", err)
	}
	made, ok, err := s.MadeFrom(ctx)
	if err != nil || !ok {
		return !ok, err
	}
	known, err := s.OutboxEnds(ctx)
	if err != nil {
		return false, fmt.Errorf("compare view and lake: %w", err)
	}
	for name, id := range has {
		if isOutbox(name) && id > known[name] || !isOutbox(name) && id != made[name] {
			return true, nil
		}
	}
	return false, nil
}

// isOutbox tells an outbox of the store from another source of entries, such as an import.
func isOutbox(name string) bool { return !strings.Contains(name, "/") }

// outboxes leaves out the ends that are no outbox of the store's.
func outboxes(ends map[string]string) map[string]string {
	own := maps.Clone(ends)
	maps.DeleteFunc(own, func(name, _ string) bool { return !isOutbox(name) })
	return own
}
