package transport_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"also/shop"
	"also/store"
	"also/transport"
	"also/warehouse"
)

// aDay lets a shop's commands run: each kind of thing is made, changed and removed.
func aDay(d *deployment) {
	d.t.Helper()
	for _, v := range []string{"acorn", "birch", "cedar"} {
		d.ok(d.store.SaveVendor(d.ctx, shop.Vendor{ID: v, Name: v}, store.Create, d.command()))
	}
	d.ok(d.store.SaveVendor(d.ctx, shop.Vendor{ID: "birch", Name: "Birch & Co"}, store.Replace, d.command()))
	d.ok(d.store.DeleteVendor(d.ctx, "cedar", d.command()))
	d.ok(d.store.SaveCategory(d.ctx, shop.Category{ID: "light", Name: "Light"}, store.Create, d.command()))
	d.ok(d.store.SaveCategory(d.ctx, shop.Category{ID: "lamps", Name: "Lamps", Parent: "light"}, store.Create, d.command()))
	d.ok(d.store.DeleteCategory(d.ctx, "light", d.command()))
	for i := range 8 {
		d.product(fmt.Sprintf("L%d", i), 10+i)
	}
	d.ok(d.store.DeleteProduct(d.ctx, "L7", d.command()))
	people(d)
	records(d)
}

// people sign up, look around, fill carts, order and sign in.
func people(d *deployment) {
	d.t.Helper()
	for i := range 4 {
		c, err := d.store.SaveCustomer(d.ctx, shop.Customer{User: shop.UserID(100 + i), ExternalID: fmt.Sprintf("c%d", i),
			Name: "Wren", Email: fmt.Sprintf("wren%d@example.org", i), CreatedAt: d.now().UTC()}, store.Create)
		d.ok(err)
		d.look(c.User, 30)
		more, less := d.command(), d.command()
		more.Type, more.Customer, more.SKU = shop.CartAdd, c.User, "L1"
		less.Type, less.Customer, less.SKU = shop.CartRemove, c.User, "L1"
		_, err = d.store.SetCartLine(d.ctx, c.User, shop.CartLine{SKU: "L1", Quantity: 2}, more, less)
		d.ok(err)
		if i%2 == 0 {
			o, events := d.order(c.User, fmt.Sprint("key", i), "L2", 3)
			_, err := d.store.PlaceOrder(d.ctx, o, events, false)
			d.ok(err)
		}
	}
	d.cancelOne(101)
	gone := d.command()
	gone.Customer = 103
	receipt := shop.ControlRecord{Name: shop.ForgottenName("1"), Value: json.RawMessage(`{"id":"1","requestedAt":"2026-03-01T12:00:00Z","users":[103]}`)}
	_, err := d.store.Forget(d.ctx, []shop.UserID{103}, &gone, &receipt)
	d.ok(err)
	// A name changes, and the stock stays.
	p, err := d.store.Products(d.ctx, []string{"L2"})
	d.ok(err)
	p[0].Name, p[0].Stock = "Another lamp", 999
	_, err = d.store.SaveProduct(d.ctx, *p[0], true, store.Replace, d.command())
	d.ok(err)

	visitor := shop.Session{TokenHash: "aa", User: 7, ExpiresAt: d.now().Add(time.Hour)}
	d.ok(d.store.SaveSession(d.ctx, visitor))
	d.look(7, 5)
	signed := shop.Session{TokenHash: "bb", User: 7, Customer: 101, ExpiresAt: d.now().Add(time.Hour)}
	join := d.command()
	join.Type, join.Session, join.Customer = shop.SessionJoined, 7, 101
	d.ok(d.store.SignIn(d.ctx, "aa", signed, join))
	d.ok(d.store.SaveSession(d.ctx, shop.Session{TokenHash: "cc", User: 8, ExpiresAt: d.now().Add(time.Hour)}))
	d.ok(d.store.DeleteSession(d.ctx, "cc"))
	_, err = d.store.UsersOf(d.ctx, []string{"never seen", "c1"}, true)
	d.ok(err)
}

// cancelOne orders something and cancels it.
func (d *deployment) cancelOne(user shop.UserID) {
	d.t.Helper()
	o, events := d.order(user, "cancelled", "L3", 2)
	o, err := d.store.PlaceOrder(d.ctx, o, events, true)
	d.ok(err)
	for i := range events {
		events[i].ID, events[i].Type, events[i].Source = shop.NewUUID(d.now()), shop.Return, "shop"
	}
	_, err = d.store.CancelOrder(d.ctx, o.ID, d.now(), events)
	d.ok(err)
}

// look records events of every kind that shoppers report.
func (d *deployment) look(user shop.UserID, n int) {
	d.t.Helper()
	var events []shop.Event
	for i := range n {
		e := d.view(user, fmt.Sprintf("L%d", i%7))
		e.OccurredAt = e.OccurredAt.Add(-time.Duration(i) * time.Second)
		if user < 100 {
			e.Customer, e.Session = 0, user
		}
		switch i % 8 {
		case 1:
			e.Type, e.Quantity, e.Price = shop.Purchase, 2, shop.MustMoney("2.50", "EUR")
		case 2:
			e.Type, e.Rating = shop.Rating, 4
		case 3:
			e.Type = shop.NotInterested
		case 4:
			e.Type, e.SKU, e.Query = shop.Search, "", "lämp \"x\""
		case 5:
			e.Type, e.Recommendation = shop.Click, "r1"
		case 6:
			e.Type, e.Recommendation = shop.Impression, "r1"
		case 7:
			e.Type, e.SKU, e.Ref = shop.ExcludedFromTaste, "", events[0].ID
		}
		events = append(events, e)
	}
	outcomes, err := d.store.RecordEvents(d.ctx, append(events, events[0]))
	d.ok(err)
	if outcomes[n] != store.Duplicate {
		d.t.Fatalf("outcomes %v", outcomes)
	}
}

// records are control records of kinds that have no methods of their own.
func records(d *deployment) {
	d.t.Helper()
	for i := range 3 {
		d.ok(d.store.PutControl(d.ctx, []shop.ControlRecord{{Name: fmt.Sprint("run/", i), Value: json.RawMessage(`{"phase":"DONE"}`)}}, store.PutConditions{}))
	}
	d.ok(d.store.PutControl(d.ctx, []shop.ControlRecord{{Name: "run/1"}}, store.PutConditions{}))
}

// differences compares two views key by key.
func differences(a, b map[string]string) []string {
	var diff []string
	keys := maps.Clone(a)
	maps.Copy(keys, b)
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		x, inA := a[k]
		y, inB := b[k]
		if x != y || inA != inB {
			diff = append(diff, fmt.Sprintf("%s:\n  %q (%t)\n  %q (%t)", k, x, inA, y, inB))
		}
	}
	return diff
}

// aView is a deployment after a day, with a clock that stands still from then
// on, part of its history compacted.
func aView(t *testing.T) (*deployment, map[string]string) {
	d := newDeployment(t, 1)
	at := time.Date(2026, 3, 1, 23, 59, 58, 0, time.UTC)
	d.now = func() time.Time { return at }
	d.mustStart()
	aDay(d)
	_, err := d.lake.Compact(d.ctx)
	d.ok(err)
	o, events := d.order(103, "late", "L3", 1)
	_, err = d.store.PlaceOrder(d.ctx, o, events, false)
	d.ok(err)
	d.look(103, 9)
	dump, err := d.store.Dump(d.ctx)
	d.ok(err)
	if len(dump) < 100 {
		t.Fatalf("only %d keys to compare", len(dump))
	}
	return d, dump
}

func TestRebuildMakesTheSameView(t *testing.T) {
	d, before := aView(t)
	_, err := transport.Rebuild(d.ctx, aLake{d.lake}, d.store, d.now())
	d.ok(err)
	after, err := d.store.Dump(d.ctx)
	d.ok(err)
	for _, diff := range differences(before, after) {
		t.Error(diff)
	}
}

// Erasing somebody from the lake changes nothing of the view that is made from it: their purchases keep the stock down.
func TestErasingLeavesTheView(t *testing.T) {
	d, before := aView(t)
	o, events := d.order(102, "last", "L4", 3)
	_, err := d.store.PlaceOrder(d.ctx, o, events, false)
	d.ok(err)
	d.cancelOne(102)
	gone := d.command()
	gone.Customer = 102
	receipt := shop.ControlRecord{Name: shop.ForgottenName("2"), Value: json.RawMessage(`{"id":"2","requestedAt":"2026-03-01T12:00:00Z","users":[102]}`)}
	_, err = d.store.Forget(d.ctx, []shop.UserID{102}, &gone, &receipt)
	d.ok(err)
	d.ok(transport.Forget(d.ctx, d.lake, d.store, d.now))
	before, err = d.store.Dump(d.ctx)
	d.ok(err)
	_, err = transport.Rebuild(d.ctx, aLake{d.lake}, d.store, d.now())
	d.ok(err)
	after, err := d.store.Dump(d.ctx)
	d.ok(err)
	for _, diff := range differences(before, after) {
		if !strings.Contains(diff, ":seen[") { // ids of what was erased are remembered for a day, so that it is not sent again
			t.Error(diff)
		}
	}
	history, err := d.lake.UserHistory(d.ctx, 102, 0, 100)
	d.ok(err)
	var f shop.Forgetting
	value, err := d.store.Control(d.ctx, shop.ForgottenName("2"))
	d.ok(err)
	d.ok(json.Unmarshal(value, &f))
	if len(history) > 0 || f.ErasedAt.IsZero() || len(f.Users) > 0 || f.Events == 0 || f.Sales == 0 {
		t.Errorf("%d events are left, and the receipt is %+v", len(history), f)
	}
}

func TestRestartMakesTheSameView(t *testing.T) {
	d, before := aView(t)
	d.ok(d.close())
	d.mustStart()
	after, err := d.store.Dump(d.ctx)
	d.ok(err)
	for _, diff := range differences(before, after) {
		t.Error(diff)
	}
	// And the shop goes on: what was done twice is known, new things are kept.
	d.look(104, 9)
	o, events := d.order(103, "late", "L3", 1)
	placed, err := d.store.PlaceOrder(d.ctx, o, events, false)
	d.ok(err)
	if placed.ID == o.ID {
		t.Error("an order was placed twice with one idempotency key")
	}
}

// forgetful is a lake that has lost one control record.
type forgetful struct {
	aLake
	name string
}

func (f forgetful) Control(ctx context.Context) iter.Seq2[shop.ControlRecord, error] {
	return func(yield func(shop.ControlRecord, error) bool) {
		for r, err := range f.aLake.Control(ctx) {
			if r.Name != f.name && !yield(r, err) {
				return
			}
		}
	}
}

// The comparison must notice what is missing, or it proves nothing.
func TestRebuildComparisonNoticesALoss(t *testing.T) {
	d, before := aView(t)
	for _, name := range []string{"customer/102", "cart/101", "run/2", "session/bb"} {
		if _, err := transport.Rebuild(d.ctx, forgetful{aLake{d.lake}, name}, d.store, d.now()); err != nil {
			t.Fatal(err)
		}
		after, err := d.store.Dump(d.ctx)
		d.ok(err)
		if len(differences(before, after)) == 0 {
			t.Errorf("a lake without %s gives the same view", name)
		}
	}
}

// learnt is a lake with a live model that was trained through a position and
// knows some products, and an earlier one.
type learnt struct {
	aLake
	models map[string]warehouse.DatasetInfo
	skus   []string
}

func (l learnt) Model(_ context.Context, id string) (warehouse.Manifest, error) {
	info, ok := l.models[id]
	if !ok {
		return warehouse.Manifest{}, shop.Errorf(shop.NotFound, "", "there is no model %q", id)
	}
	return warehouse.Manifest{ID: id, Dataset: info}, nil
}

func (l learnt) ModelSKUs(context.Context, string) ([]string, error) { return l.skus, nil }

func TestRebuildReachesBackToTheOldestModel(t *testing.T) {
	d := newDeployment(t, 1)
	var minutes atomic.Int64
	d.now = func() time.Time {
		return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(minutes.Load()) * time.Minute)
	}
	d.mustStart()
	var events []shop.Event
	for i := range 30 { // A and B by turns, to one user
		minutes.Add(1)
		e := d.view(5, string(rune('A'+i%2)))
		events = append(events, e)
		_, err := d.store.RecordEvents(d.ctx, []shop.Event{e})
		d.ok(err)
	}
	d.ok(d.store.PutControl(d.ctx, []shop.ControlRecord{{Name: store.LiveModel, Value: json.RawMessage(`{"id":"new","previous":"old","past":["gone"]}`)}}, store.PutConditions{}))
	through := func(n int) warehouse.DatasetInfo {
		return warehouse.DatasetInfo{Through: warehouse.Position(n), At: events[n].RecordedAt}
	}
	lake := learnt{aLake{d.lake}, map[string]warehouse.DatasetInfo{"new": through(20), "old": through(10)}, []string{"A"}}
	want := func(n int) {
		t.Helper()
		tails, err := d.store.Tails(d.ctx, []shop.UserID{5})
		d.ok(err)
		if len(tails[0]) != n || tails[0][0].ID != events[30-n].ID {
			t.Errorf("the tail has %d events, want the last %d", len(tails[0]), n)
		}
	}
	_, err := transport.Rebuild(d.ctx, lake, d.store, d.now())
	d.ok(err)
	want(20)
	fresh, err := d.store.FreshEvents(d.ctx, []string{"A", "B"})
	d.ok(err)
	if len(fresh[0]) != 0 || len(fresh[1]) != 5 || fresh[1][0].ID != events[21].ID {
		t.Errorf("noted of A: %d, of B: %d, want 0 and the 5 since the live model", len(fresh[0]), len(fresh[1]))
	}
	delete(lake.models, "old")
	d.ok(transport.TrimTails(d.ctx, lake, d.store))
	want(10)
	delete(lake.models, "new")
	d.ok(transport.TrimTails(d.ctx, lake, d.store)) // no model is left: nothing covers the tails
	want(10)
}
