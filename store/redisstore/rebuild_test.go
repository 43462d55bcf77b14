package redisstore

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// The view is made again from what the outboxes held: what commands and
// shoppers left in one store and what Load makes of their records in another must be
// the same, key by key.
func TestRebuiltViewIsEqual(t *testing.T) {
	s := embedded(t, Options{})
	populate(t, s)
	want, err := s.Dump(t.Context())
	must(t, err)
	other := embedded(t, Options{})
	must(t, other.Load(t.Context(), replay(t, s)))
	got, err := other.Dump(t.Context())
	must(t, err)
	if len(want) < 100 {
		t.Fatalf("the view has %d keys only", len(want))
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			t.Errorf("%s\n was    %q\n became %q", key, want[key], got[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[key]; !ok {
			t.Errorf("%s was not there, and became %q", key, got[key])
		}
	}
	must(t, s.Reset(t.Context()))
	empty, err := s.Dump(t.Context())
	must(t, err)
	if len(empty) > 0 {
		t.Errorf("after a Reset there is %v", empty)
	}
}

// populate leaves something under every kind of key.
func populate(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	for i := range 20 {
		save(t, s, fmt.Sprint("sku", i), 50)
	}
	must(t, s.DeleteProduct(ctx, "sku19", newEvent("", 0, "")))
	p := shop.Product{SKU: "sku18", Name: "renamed", Status: shop.Draft, Price: shop.MustMoney("1", "JPY"), ListedAt: noon.In(time.FixedZone("", 3600))}
	_, err := s.SaveProduct(ctx, p, true, store.Upsert, newEvent("", 0, ""))
	must(t, err)
	must(t, s.SaveVendor(ctx, shop.Vendor{ID: "acorn", Name: "Acorn & Co"}, store.Create, newEvent("", 0, "")))
	must(t, s.SaveCategory(ctx, shop.Category{ID: "tea", Name: "Tea", Parent: "drinks"}, store.Create, newEvent("", 0, "")))
	users, err := s.UsersOf(ctx, []string{"c1", "c2", "c3"}, true)
	must(t, err)
	for i, email := range []string{"a@example.org", "b@example.org"} {
		_, err := s.SaveCustomer(ctx, shop.Customer{
			ExternalID: fmt.Sprint("c", i+1), Email: email, Attributes: map[string]string{"z": "1", "y": "2"}, CreatedAt: noon.Local(),
		}, store.Create)
		must(t, err)
	}
	_, err = s.SaveCustomer(ctx, shop.Customer{ExternalID: "c1", Email: "moved@example.org", CreatedAt: noon}, store.Replace)
	must(t, err)
	for u := range shop.UserID(40) {
		must(t, s.SaveSession(ctx, shop.Session{TokenHash: fmt.Sprint("h", u), User: u + 1, ExpiresAt: noon.Add(time.Duration(u-5) * time.Minute)}))
		batch := viewBatch(5, 1, 0)
		for i := range batch {
			batch[i].Customer, batch[i].Session = 0, u+1
			batch[i].OccurredAt, batch[i].RecordedAt = noon.Add(time.Duration(i)*time.Second), noon
		}
		batch[0].Type = shop.Impression
		_, err := s.RecordEvents(ctx, batch)
		must(t, err)
		_, err = s.SetCartLine(ctx, u+1, shop.CartLine{SKU: "sku1", Quantity: int(u + 1)}, sessionEvent(u+1), sessionEvent(u+1))
		must(t, err)
	}
	joined := newEvent("", users[0], "")
	must(t, s.SignIn(ctx, "h20", shop.Session{TokenHash: "in", User: 21, Customer: users[0], ExpiresAt: noon.Add(time.Hour)}, joined))
	must(t, s.DeleteSession(ctx, "h21"))
	for i := range 5 {
		o, events := newOrder(users[i%2], fmt.Sprint("key", i), fmt.Sprint("sku", i), i+1)
		_, err := s.PlaceOrder(ctx, o, events, false)
		must(t, err)
	}
	must(t, s.PutControl(ctx, []shop.ControlRecord{{Name: "run/1", Value: json.RawMessage(`{ "a": [1, 2] }`)}, {Name: "run/2", Value: json.RawMessage(`2`)}}, store.PutConditions{}))
	must(t, s.PutControl(ctx, []shop.ControlRecord{{Name: "run/2"}}, store.PutConditions{}))
	noted := sessionEvent(3)
	noted.Type, noted.SKU = shop.Purchase, "unknown"
	_, err = s.RecordEvents(ctx, []shop.Event{noted})
	must(t, err)
	must(t, s.NoteFresh(ctx, []shop.Event{noted}))
}

func sessionEvent(u shop.UserID) shop.Event {
	e := newEvent("", 0, "")
	e.Session = u
	return e
}

// replay does what the transporter and the lake do: it folds the outboxes'
// records into a state.
func replay(t *testing.T, s *Store) store.State {
	t.Helper()
	products, stock := map[string]shop.Product{}, map[string]int{}
	orders := map[string]*shop.Order{}
	control := map[string]shop.ControlRecord{}
	var vendors []shop.Vendor
	var categories []shop.Category
	var events, fresh []shop.Event
	customerOf := map[shop.UserID]shop.UserID{}
	entries, err := s.Entries(t.Context(), nil, 10_000, 0)
	must(t, err)
	for _, entry := range entries {
		var body struct {
			Events  []shop.Event
			Control []shop.ControlRecord
		}
		must(t, json.Unmarshal(entry.Body, &body))
		for _, r := range body.Control {
			control[r.Name] = r
		}
		for _, e := range body.Events {
			events = append(events, e)
			switch e.Type {
			case shop.ProductSaved:
				var saved struct {
					shop.Product
					Stock *int `json:"stock"`
				}
				must(t, json.Unmarshal(e.Payload, &saved))
				products[e.SKU] = saved.Product
				if saved.Stock != nil {
					stock[e.SKU] = *saved.Stock
				}
			case shop.ProductDeleted:
				delete(products, e.SKU)
				delete(stock, e.SKU)
			case shop.VendorSaved:
				vendors = append(vendors, shop.Vendor{})
				must(t, json.Unmarshal(e.Payload, &vendors[len(vendors)-1]))
			case shop.CategorySaved:
				categories = append(categories, shop.Category{})
				must(t, json.Unmarshal(e.Payload, &categories[len(categories)-1]))
			case shop.SessionJoined:
				customerOf[e.Session] = e.Customer
			case shop.OrderPlaced:
				stock[e.SKU] -= e.Quantity
				id, err := shop.ParseUUID(e.Order)
				must(t, err)
				total, err := e.Price.Times(e.Quantity)
				must(t, err)
				orders[e.Order] = &shop.Order{
					ID: id, Owner: e.Customer, Lines: []shop.OrderLine{{SKU: e.SKU, Quantity: e.Quantity, Price: e.Price}}, Total: total,
					PlacedAt: e.OccurredAt,
				}
			case shop.Purchase:
				fresh = append(fresh, e)
			}
		}
	}
	for sku, p := range products {
		p.Stock = stock[sku]
		products[sku] = p
	}
	tails := slices.Clone(events)
	for i := range tails {
		if c, ok := customerOf[tails[i].Session]; ok {
			tails[i].Customer = c
		}
	}
	slices.SortFunc(tails, func(a, b shop.Event) int { return cmp.Compare(a.User(), b.User()) })
	return store.State{
		Products: values(slices.Collect(maps.Values(products))), Vendors: values(vendors), Categories: values(categories),
		Orders:   values(slices.SortedFunc(ordersOf(orders), func(a, b shop.Order) int { return cmp.Compare(placed(events, a), placed(events, b)) })),
		Controls: values(slices.Collect(maps.Values(control))), Tails: values(tails), Fresh: values(fresh), Seen: values(events),
	}
}

func ordersOf(orders map[string]*shop.Order) iter.Seq[shop.Order] {
	return func(yield func(shop.Order) bool) {
		for _, o := range orders {
			if !yield(*o) {
				return
			}
		}
	}
}

// placed is where an order's event lies in the outbox.
func placed(events []shop.Event, o shop.Order) int {
	return slices.IndexFunc(events, func(e shop.Event) bool { return e.Type == shop.OrderPlaced && e.Order == o.ID.String() })
}

func values[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range all {
			if !yield(v, nil) {
				return
			}
		}
	}
}
