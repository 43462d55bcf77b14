package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"
	"time"

	"also/shop"
)

// StateSpec says how much of the past a view needs.
type StateSpec struct {
	// TailSince: users' tails hold the events after it.
	TailSince Position
	// TailLimit is how many of a user's latest events the tail holds at most.
	TailLimit int
	// Known are the products that the live model knows, nil without one: Fresh is about all others,
	// after FreshSince (what the model was trained through), the first FreshLimit events of each.
	Known      []string
	FreshSince Position
	FreshLimit int
	// SeenSince: Seen holds what was recorded from then on.
	SeenSince time.Time
}

// State is the view as the lake knows it: sequences to be read one after the
// other, not at once, within the call that handed them out.
type State struct {
	Head       Position
	Products   iter.Seq2[shop.Product, error] // with current stock, by sku
	Vendors    iter.Seq2[shop.Vendor, error]
	Categories iter.Seq2[shop.Category, error]
	Orders     iter.Seq2[shop.Order, error]
	// Tails is grouped by user (shop.Event.User: what a session did that signed in later is its
	// customer's), oldest first; without impressions.
	Tails iter.Seq2[shop.Event, error]
	Fresh iter.Seq2[shop.Event, error] // grouped by sku, oldest first
	Seen  iter.Seq2[shop.Event, error] // ID, Type, OccurredAt, RecordedAt and user only
}

// State calls f with the state that the lake knows. Should files vanish
// meanwhile, f is called again with a newer one, from its start. Catalogue and orders are read from
// files of their own: what the state costs depends on them and on the positions asked for, not on the lake's size.
func (l *Lake) State(ctx context.Context, spec StateSpec, f func(*State) error) error {
	return l.read(ctx, func(snap *snapshot) error { return l.stateOf(ctx, snap, spec, f) })
}

func (l *Lake) stateOf(ctx context.Context, snap *snapshot, spec StateSpec, f func(*State) error) error {
	v, err := l.view(ctx, snap, kinds(CatalogueFile, OrderFile))
	if err != nil {
		return err
	}
	defer v.close()
	q := &stateQuery{ctx: ctx, lake: l, view: v, spec: spec}
	return f(&State{
		Head:     snap.Head,
		Products: q.products,
		Vendors: func(yield func(shop.Vendor, error) bool) {
			named(q, shop.VendorSaved, shop.VendorDeleted, yield)
		},
		Categories: func(yield func(shop.Category, error) bool) {
			named(q, shop.CategorySaved, shop.CategoryDeleted, yield)
		},
		Orders: q.orders, Tails: q.tails, Fresh: q.fresh, Seen: q.seen,
	})
}

// stateQuery answers the sequences of a State from one connection.
type stateQuery struct {
	ctx  context.Context
	lake *Lake
	view *view
	spec StateSpec
}

// rows runs a query over the chosen files; an error goes to fail.
func (q *stateQuery) rows(choose filesOf, name string, data any, fail func(error), row func(scan func(...any) error) error) {
	err := q.view.choose(q.ctx, q.lake, choose)
	if err == nil {
		err = q.view.query(q.ctx, name, data, row)
	}
	if err != nil && !errors.Is(err, errStop) {
		fail(err)
	}
}

func (q *stateQuery) products(yield func(shop.Product, error) bool) {
	q.rows(kinds(CatalogueFile, OrderFile), "state_products", nil, func(err error) { yield(shop.Product{}, err) }, func(scan func(...any) error) error {
		var payload string
		var p shop.Product
		var stock int64
		if err := scan(&payload, &stock); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(payload), &p); err != nil {
			return fmt.Errorf("payload of a product: %w", err)
		}
		p.Stock = int(stock)
		return goOn(yield(p, nil))
	})
}

func named[T any](q *stateQuery, saved, deleted shop.EventType, yield func(T, error) bool) {
	var none T
	data := map[string]any{"Saved": string(saved), "Deleted": string(deleted)}
	q.rows(kinds(CatalogueFile), "state_named", data, func(err error) { yield(none, err) }, func(scan func(...any) error) error {
		var payload string
		var v T
		if err := scan(&payload); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(payload), &v); err != nil {
			return fmt.Errorf("payload of a %s: %w", saved, err)
		}
		return goOn(yield(v, nil))
	})
}

func (q *stateQuery) orders(yield func(shop.Order, error) bool) {
	var o shop.Order
	var id string
	flush := func() error {
		if len(o.Lines) == 0 {
			return nil
		}
		return goOn(yield(o, nil))
	}
	if err := q.view.identify(q.ctx, q.lake, kinds(OrderFile)); err != nil {
		yield(shop.Order{}, err)
		return
	}
	failed := false
	q.rows(kinds(OrderFile), "state_orders", nil, func(err error) { failed = true; yield(shop.Order{}, err) }, func(scan func(...any) error) error {
		e, err := scanEvent(scan)
		if err != nil {
			return err
		}
		if e.Order != id || len(o.Lines) == 0 {
			if err := flush(); err != nil {
				failed = true
				return err
			}
			o, id = shop.Order{Owner: e.User(), PlacedAt: e.OccurredAt}, e.Order
			if o.ID, err = shop.ParseUUID(e.Order); err != nil {
				return fmt.Errorf("order %q: %w", e.Order, err)
			}
		}
		if e.Cancellation() {
			o.CancelledAt = e.OccurredAt
			return nil
		}
		return addLine(&o, e)
	})
	if !failed {
		_ = flush() // the last one: nobody is left to stop
	}
}

func addLine(o *shop.Order, e shop.Event) error {
	o.Lines = append(o.Lines, shop.OrderLine{SKU: e.SKU, Quantity: e.Quantity, Price: e.Price, Recommendation: e.Recommendation})
	sum, err := e.Price.Times(e.Quantity)
	if err == nil {
		o.Total, err = o.Total.Plus(sum)
	}
	if err != nil {
		return fmt.Errorf("order %s: %w", e.Order, err)
	}
	return nil
}

func (q *stateQuery) tails(yield func(shop.Event, error) bool) {
	q.events(q.spec.TailSince, "state_tails", map[string]any{"Limit": q.spec.TailLimit, "Types": historyTypes}, yield)
}

func (q *stateQuery) fresh(yield func(shop.Event, error) bool) {
	if q.spec.Known == nil {
		return
	}
	if err := q.view.exec(q.ctx, "state_known", nil, q.spec.Known); err != nil {
		yield(shop.Event{}, err)
		return
	}
	q.events(q.spec.FreshSince, "state_fresh", map[string]any{"Limit": q.spec.FreshLimit, "Types": tasteTypes}, yield)
}

// events runs a query over the users' events after a position.
func (q *stateQuery) events(since Position, name string, data map[string]any, yield func(shop.Event, error) bool) {
	fail := func(err error) { yield(shop.Event{}, err) }
	choose := after(since)
	if err := q.view.identify(q.ctx, q.lake, choose); err != nil {
		fail(err)
		return
	}
	data["Since"] = int64(since)
	q.rows(choose, name, data, fail, func(scan func(...any) error) error {
		e, err := scanEvent(scan)
		if err != nil {
			return err
		}
		return goOn(yield(e, nil))
	})
}

func (q *stateQuery) seen(yield func(shop.Event, error) bool) {
	data := map[string]any{"Since": q.spec.SeenSince.UnixMilli(), "Types": seenTypes}
	q.rows(nil, "state_seen", data, func(err error) { yield(shop.Event{}, err) }, func(scan func(...any) error) error {
		var e shop.Event
		var id string
		var at, recorded int64
		if err := scan(&e.Customer, &e.Session, &id, &e.Type, &at, &recorded); err != nil {
			return err
		}
		var err error
		if e.ID, err = shop.ParseUUID(id); err != nil {
			return err
		}
		e.OccurredAt, e.RecordedAt = time.UnixMilli(at).UTC(), time.UnixMilli(recorded).UTC()
		return goOn(yield(e, nil))
	})
}

// UserHistory returns the latest n events of a user after a position, oldest
// first, without impressions; what sessions did before they signed in as the user is among them.
func (l *Lake) UserHistory(ctx context.Context, user shop.UserID, since Position, n int) ([]shop.Event, error) {
	var events []shop.Event
	err := l.read(ctx, func(snap *snapshot) error {
		events = nil
		v, err := l.view(ctx, snap, kinds(CatalogueFile))
		if err != nil {
			return err
		}
		defer v.close()
		q := &stateQuery{ctx: ctx, lake: l, view: v}
		var failed error
		data := map[string]any{"Limit": n, "Types": historyTypes, "Users": user.String()}
		q.events(since, "state_tails", data, func(e shop.Event, err error) bool {
			if failed = err; err == nil && e.User() == user {
				events = append(events, e)
			}
			return err == nil
		})
		return failed
	})
	return events, err
}

// identify makes the tables joined and forgotten of all that is known, and
// leaves the view lake over the chosen files.
func (v *view) identify(ctx context.Context, l *Lake, choose filesOf) error {
	if err := v.choose(ctx, l, kinds(CatalogueFile)); err != nil {
		return err
	}
	if err := v.exec(ctx, "joined", map[string]any{"Through": int64(math.MaxInt64)}); err != nil {
		return err
	}
	return v.choose(ctx, l, choose)
}

// after chooses the files that hold users' events after a position.
func after(since Position) filesOf {
	return func(f ParquetFile) bool { return f.Max > since && f.Kind != CatalogueFile }
}

func goOn(wanted bool) error {
	if !wanted {
		return errStop
	}
	return nil
}

// Lists of types for SQL.
var (
	// historyTypes are what a user's history shows.
	historyTypes = typeList(func(t shop.EventType) bool {
		return (t.Reportable() || t == shop.OrderPlaced) && t != shop.Impression
	})
	// tasteTypes are what default weights count.
	tasteTypes = typeList(func(t shop.EventType) bool {
		w, _ := shop.DefaultWeights().Of(t, 3)
		return w != 0
	})
	// seenTypes are what the view remembers the ids of: what comes in with ids of the sender's, and orders,
	// which reach their buyer's history in a step that may happen twice.
	seenTypes = typeList(func(t shop.EventType) bool { return t.Reportable() || t == shop.OrderPlaced })
)

func typeList(keep func(shop.EventType) bool) string {
	var list []string
	for _, t := range shop.EventTypes {
		if keep(t) {
			list = append(list, sqlText(string(t)))
		}
	}
	return strings.Join(list, ", ")
}
