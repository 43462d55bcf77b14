package graph

import (
	"fmt"
	"testing"
	"time"

	"also/pulse"
	"also/shop"
	"also/warehouse"
)

// happen records n views, a second apart and each of another customer, with
// ids that tell them apart.
func (w *world) happen(t *testing.T, n int) (ids []string) {
	t.Helper()
	start := time.Now().Add(-time.Hour).Truncate(time.Millisecond)
	var batch []any
	for i := range n {
		at := start.Add(time.Duration(i) * time.Second)
		ids = append(ids, shop.NewUUID(at).String())
		batch = append(batch, map[string]any{
			"id": ids[i], "type": []string{"PRODUCT_VIEW", "PURCHASE"}[i%2], "sku": fmt.Sprintf("P-%03d", i%5), "customer": fmt.Sprint("c", i),
			"price": map[string]any{"amount": "2.50", "currency": "EUR"}, "order": "o-1",
		})
	}
	query := `mutation($e: [EventInput!]!) { eventsRecord(input: {events: $e}) { accepted } }`
	want(t, w.holder(shop.RoleShop).must(t, query, map[string]any{"e": batch}), "eventsRecord.accepted", n)
	return ids
}

// carry moves what the outbox holds into the lake.
func (w *world) carry(t *testing.T) {
	t.Helper()
	entries, err := w.Store.Entries(t.Context(), nil, 10_000, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []warehouse.Entry
	for _, e := range entries {
		out = append(out, warehouse.Entry{Outbox: e.Outbox, ID: e.ID, At: e.At, Events: e.Events, Body: e.Body})
	}
	if _, err := w.lake.Append(t.Context(), out); err != nil {
		t.Fatal(err)
	}
}

func TestEventsComeFromOutboxAndLake(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 5)
	admin := w.holder(shop.RoleAdmin)
	first := w.happen(t, 30)
	w.carry(t)
	later := w.happen(t, 12)
	query := `query($after: String, $f: EventFilter) { events(first: 20, after: $after, filter: $f) { searchedTo pageInfo { hasNextPage endCursor }
		edges { node { id type sku position recordedAt source order price { amount } customer { externalId } product { name } } } } }`
	list := func(f map[string]any) (ids []string, landed int) {
		var after any
		for {
			data := admin.must(t, query, map[string]any{"after": after, "f": f})
			for _, e := range at(t, data, "events.edges").([]any) {
				ids = append(ids, at(t, e, "node.id").(string))
				if at(t, e, "node.position") != nil {
					landed++
				}
			}
			if at(t, data, "events.pageInfo.hasNextPage") == false {
				return ids, landed
			}
			after = at(t, data, "events.pageInfo.endCursor")
		}
	}
	shoppers := map[string]any{"types": []string{"PRODUCT_VIEW", "PURCHASE"}}
	ids, landed := list(shoppers)
	if len(ids) != 42 || landed != 30 {
		t.Fatalf("%d events, %d of them in the lake", len(ids), landed)
	}
	seen := map[string]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	for _, id := range append(first, later...) {
		if !seen[id] {
			t.Errorf("%s is missing", id)
		}
	}
	if all, _ := list(nil); len(all) != 42+3+4+5 { // and what filled the catalogue
		t.Errorf("%d events in all", len(all))
	}
	if mine, _ := list(map[string]any{"customer": "c3"}); len(mine) != 2 {
		t.Errorf("%d events of one customer", len(mine))
	}
	if none, _ := list(map[string]any{"customer": "nobody"}); len(none) != 0 {
		t.Errorf("%d events of a customer nobody knows", len(none))
	}
	ada := w.stranger()
	ada.must(t, `mutation { customerSignUp(input: {email: "ada@shop.example", password: "long enough"}) { userErrors { code } } }`, nil)
	ada.must(t, `mutation { viewerEventsRecord(input: {events: [{type: PRODUCT_VIEW, sku: "P-001"}]}) { accepted } }`, nil)
	newest := admin.must(t, `{ events(first: 1) { edges { node { user customer { email } } } } }`, nil)
	want(t, newest, "events.edges.0.node.customer.email", "ada@shop.example")
	if hers, _ := list(map[string]any{"user": at(t, newest, "events.edges.0.node.user")}); len(hers) != 2 {
		t.Errorf("%d events of one user", len(hers))
	}
	one := admin.must(t, query, map[string]any{"f": map[string]any{"customer": "c3"}})
	want(t, one, "events.edges.0.node.price.amount", "2.50")
	want(t, one, "events.edges.0.node.source", "api")
	admin.refused(t, `{ events(filter: {from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z"}) { searchedTo } }`, nil, shop.BadUserInput)
	admin.refused(t, `{ events(after: "x") { searchedTo } }`, nil, shop.BadUserInput)
}

func TestAnEventsWay(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 5)
	admin := w.holder(shop.RoleAdmin)
	id := map[string]any{"id": w.happen(t, 1)[0]}
	query := `query($id: UUID!) { event(id: $id) { excluded event { sku position } steps { kind state at tookMs text } } }`
	states := func() string {
		out := ""
		for _, s := range at(t, admin.must(t, query, id), "event.steps").([]any) {
			out += fmt.Sprint(at(t, s, "kind"), ":", at(t, s, "state"), " ")
		}
		return out
	}
	f := func(want string) {
		t.Helper()
		if got := states(); got != want {
			t.Errorf("its way is %s\nwant %s", got, want)
		}
	}
	f("RECORDED:DONE JOURNAL:WAITING PARQUET:WAITING FOLDED_IN:WAITING MODEL:WAITING ")
	w.carry(t)
	f("RECORDED:DONE JOURNAL:DONE PARQUET:WAITING FOLDED_IN:WAITING MODEL:WAITING ")
	if _, err := w.lake.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	f("RECORDED:DONE JOURNAL:DONE PARQUET:DONE FOLDED_IN:WAITING MODEL:WAITING ")
	exclude := `mutation($id: UUID!) { eventExclude(input: {id: $id}) { event { type ref } userErrors { field code } } }`
	for range 2 { // twice is once
		want(t, w.holder(shop.RoleShop).must(t, `mutation($id: UUID!) { eventExclude(input: {id: $id}) { event { type } userErrors { code } } }`, id), "eventExclude.event.type", "EXCLUDED_FROM_TASTE")
	}
	want(t, admin.must(t, exclude, id), "eventExclude.event.ref", id["id"])
	f("RECORDED:DONE JOURNAL:DONE PARQUET:DONE FOLDED_IN:SKIPPED MODEL:SKIPPED ")
	want(t, admin.must(t, query, id), "event.excluded", true)

	unknown := map[string]any{"id": "01900000-0000-7000-8000-000000000001"}
	want(t, admin.must(t, query, unknown), "event", nil)
	want(t, admin.must(t, exclude, unknown), "eventExclude.userErrors.0.code", "NOT_FOUND")
}

// tail follows what is recorded until the test ends.
func (w *world) tail(t *testing.T, q warehouse.EventQuery) <-chan *pulse.Tail {
	t.Helper()
	tail, err := w.Pulse.Tail(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return tail
}

func TestATailShowsWhatIsRecorded(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 5)
	w.happen(t, 3)
	views := w.tail(t, warehouse.EventQuery{Types: []shop.EventType{shop.ProductView}})
	all := w.tail(t, warehouse.EventQuery{})
	ids := w.happen(t, 4)
	b := w.stranger()
	b.must(t, `mutation { cartLineSet(input: {sku: "P-001", quantity: 1}) { userErrors { code } } }`, nil)
	b.must(t, `mutation { orderPlace(input: {}) { userErrors { code } } }`, nil)
	collect := func(tail <-chan *pulse.Tail, n int) (types map[shop.EventType]int) {
		types = map[shop.EventType]int{}
		for got := 0; got < n; {
			select {
			case m := <-tail:
				for _, e := range m.Events {
					types[e.Type]++
					got++
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("only %v came", types)
			}
		}
		return types
	}
	if got := collect(all, 6); got[shop.ProductView] != 2 || got[shop.Purchase] != 2 || got[shop.CartAdd] != 1 || got[shop.OrderPlaced] != 1 {
		t.Errorf("all: %v of %v", got, ids)
	}
	if got := collect(views, 2); got[shop.ProductView] != 2 {
		t.Errorf("views: %v", got)
	}
}

func TestASlowReaderNeverHoldsUpWhoRecords(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 5)
	slow := w.tail(t, warehouse.EventQuery{})
	const batches = 30
	for range batches {
		w.happen(t, 100) // the reader takes nothing meanwhile
	}
	deadline := time.After(20 * time.Second)
	for total, dropped := 0, 0; total+dropped < 100*batches; {
		select {
		case m := <-slow:
			total += len(m.Events)
			dropped += m.Dropped
			if len(m.Events) > 500 {
				t.Fatalf("%d events in one message", len(m.Events))
			}
		case <-deadline:
			t.Fatalf("%d events came and %d were said to be dropped, of %d", total, dropped, 100*batches)
		}
		if total+dropped == 100*batches && dropped == 0 {
			t.Error("nothing was dropped")
		}
	}
}
