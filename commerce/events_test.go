package commerce_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"also/commerce"
	"also/shop"
)

func (b *bench) record(t testing.TB, in ...commerce.EventInput) commerce.EventsResult {
	t.Helper()
	return must[commerce.EventsResult](t)(b.EventsRecord(t.Context(), in))
}

func view(customer string) commerce.EventInput {
	return commerce.EventInput{Type: shop.ProductView, SKU: "a", Customer: customer}
}

// Each event of a batch is judged alone: what is wrong is told by index, the rest
// counts.
func TestEventsAreJudgedAlone(t *testing.T) {
	b := open(t)
	long := strings.Repeat("x", 600)
	cases := []struct {
		name  string
		in    commerce.EventInput
		wrong string // the field, "" if right
	}{
		{"a view", view("c1"), ""},
		{"of a session", commerce.EventInput{Type: shop.ProductView, SKU: "a", Session: "s1"}, ""},
		{"nobody", commerce.EventInput{Type: shop.ProductView, SKU: "a"}, "customer"},
		{"no type", commerce.EventInput{SKU: "a", Customer: "c"}, "type"},
		{"unknown type", commerce.EventInput{Type: "WINK", SKU: "a", Customer: "c"}, "type"},
		{"an order placed here", commerce.EventInput{Type: shop.OrderPlaced, SKU: "a", Customer: "c"}, "type"},
		{"a change of the catalogue", commerce.EventInput{Type: shop.ProductSaved, SKU: "a", Customer: "c"}, "type"},
		{"a customer forgotten", commerce.EventInput{Type: shop.CustomerDeleted, Customer: "c"}, "type"},
		{"no product", commerce.EventInput{Type: shop.Purchase, Customer: "c"}, "sku"},
		{"long sku", commerce.EventInput{Type: shop.Purchase, SKU: long, Customer: "c"}, "sku"},
		{"long customer", commerce.EventInput{Type: shop.Purchase, SKU: "a", Customer: long}, "customer"},
		{"no query", commerce.EventInput{Type: shop.Search, Customer: "c"}, "query"},
		{"long query", commerce.EventInput{Type: shop.Search, Query: long, Customer: "c"}, "query"},
		{"a search", commerce.EventInput{Type: shop.Search, Query: "lamp", Customer: "c"}, ""},
		{"no stars", commerce.EventInput{Type: shop.Rating, SKU: "a", Customer: "c"}, "rating"},
		{"six stars", commerce.EventInput{Type: shop.Rating, SKU: "a", Customer: "c", Rating: ptr(6)}, "rating"},
		{"five stars", commerce.EventInput{Type: shop.Rating, SKU: "a", Customer: "c", Rating: ptr(5)}, ""},
		{"no pieces", commerce.EventInput{Type: shop.Purchase, SKU: "a", Customer: "c", Quantity: ptr(0)}, "quantity"},
		{"no currency", commerce.EventInput{Type: shop.Purchase, SKU: "a", Customer: "c", Price: &shop.Money{Minor: 5}}, "price.currency"},
		{"a price below 0", commerce.EventInput{Type: shop.Purchase, SKU: "a", Customer: "c", Price: &shop.Money{Minor: -5, Currency: "EUR"}}, "price.amount"},
		{"of nothing", commerce.EventInput{Type: shop.ExcludedFromTaste, Customer: "c"}, "ref"},
		{"an exclusion", commerce.EventInput{Type: shop.ExcludedFromTaste, Customer: "c", Ref: shop.NewUUID(b.now)}, ""},
		{"in two days", commerce.EventInput{Type: shop.Return, SKU: "a", Customer: "c", OccurredAt: ptr(b.now.Add(48 * time.Hour).UnixMilli())}, "occurredAt"},
		{"by its id in two days", commerce.EventInput{ID: shop.NewUUID(b.now.Add(48 * time.Hour)), Type: shop.Return, SKU: "a", Customer: "c"}, "occurredAt"},
		{"in an hour, by a clock that is fast", commerce.EventInput{Type: shop.Return, SKU: "a", Customer: "c", OccurredAt: ptr(b.now.Add(time.Hour).UnixMilli())}, ""},
		{"long ago", commerce.EventInput{Type: shop.Return, SKU: "a", Customer: "c", OccurredAt: ptr(int64(1))}, ""},
		{"before time began", commerce.EventInput{Type: shop.Return, SKU: "a", Customer: "c", OccurredAt: ptr(int64(-1))}, "occurredAt"},
		{"of a sku nobody knows", commerce.EventInput{Type: shop.Purchase, SKU: "never-seen", Customer: "never-seen"}, ""},
	}
	var batch []commerce.EventInput
	wrong := map[int]string{}
	for i, c := range cases {
		batch = append(batch, c.in)
		if c.wrong != "" {
			wrong[i] = c.wrong
		}
	}
	res := b.record(t, batch...)
	if res.Accepted != len(cases)-len(wrong) || res.Duplicates != 0 || len(res.Rejected) != len(wrong) {
		t.Errorf("accepted %d, duplicates %d, rejected %d", res.Accepted, res.Duplicates, len(res.Rejected))
	}
	last := -1
	for _, r := range res.Rejected {
		field := wrong[r.Index]
		if r.Code != shop.BadUserInput || field == "" || !strings.HasPrefix(r.Message, field+": ") {
			t.Errorf("%s: rejected with %s %q, want %s", cases[r.Index].name, r.Code, r.Message, field)
		}
		if r.Index <= last {
			t.Error("rejections are not in the order of the batch")
		}
		last = r.Index
	}
	if n := len(b.events(t)); n != res.Accepted {
		t.Errorf("%d events in the outboxes, %d accepted", n, res.Accepted)
	}
}

func TestBatchSize(t *testing.T) {
	b := open(t)
	_, err := b.EventsRecord(t.Context(), nil)
	wantError(t, err, shop.BadUserInput, "events")
	_, err = b.EventsRecord(t.Context(), make([]commerce.EventInput, 1001))
	wantError(t, err, shop.BadUserInput, "events")
}

// A retry is the same event: by its id's own time where none is given.
func TestEventsOnce(t *testing.T) {
	b := open(t)
	timed := view("c")
	timed.ID = shop.NewUUID(b.now.Add(-time.Hour))
	untimed := view("c")
	if _, err := rand.Read(untimed.ID[:]); err != nil {
		t.Fatal(err)
	}
	untimed.ID[6] = 0x4f // version 4: it says nothing of time
	stated := view("c")
	stated.ID, stated.OccurredAt = shop.NewUUID(b.now), ptr(b.now.Add(-2*time.Hour).UnixMilli())
	if res := b.record(t, timed, untimed, stated, timed); res.Accepted != 3 || res.Duplicates != 1 || len(res.Rejected) != 0 {
		t.Errorf("first: %+v", res)
	}
	b.now = b.now.Add(time.Minute)
	if res := b.record(t, timed, untimed, stated); res.Duplicates != 3 || res.Accepted != 0 || len(res.Rejected) != 0 {
		t.Errorf("again: %+v", res)
	}
	moved := stated
	moved.OccurredAt = ptr(b.now.UnixMilli())
	res := b.record(t, view("c"), moved)
	if len(res.Rejected) != 1 || res.Rejected[0].Code != shop.Conflict || res.Rejected[0].Index != 1 || res.Accepted != 1 {
		t.Errorf("with another time: %+v", res)
	}
	for _, e := range b.events(t) {
		if e.ID == timed.ID && !e.OccurredAt.Equal(b.now.Add(-time.Minute-time.Hour)) {
			t.Errorf("the event occurred at %v, not when its id says", e.OccurredAt)
		}
	}
}

// The shop's own ids name the same user always, a customer before a session.
func TestUserOf(t *testing.T) {
	b := open(t)
	ask := func(customer, session string) shop.UserID {
		t.Helper()
		return must[shop.UserID](t)(b.UserOf(t.Context(), customer, session))
	}
	if ask("c1", "") != 0 || ask("", "") != 0 {
		t.Error("a stranger has an id")
	}
	session := ask("c1", "s1")
	if session == 0 || session != ask("", "s1") || session == ask("", "s2") {
		t.Errorf("session s1 is %d", session)
	}
	b.record(t, commerce.EventInput{Type: shop.Purchase, SKU: "a", Customer: "c1", Session: "s1"})
	customer := ask("c1", "s1")
	if customer == 0 || customer == session {
		t.Errorf("customer c1 is %d, their session %d", customer, session)
	}
	tails := must[[][]shop.Event](t)(b.store.Tails(t.Context(), []shop.UserID{customer, session}))
	if len(tails[0]) != 1 || len(tails[1]) != 0 {
		t.Errorf("the customer has %d events, the session %d", len(tails[0]), len(tails[1]))
	}
	if len(b.acted) != 1 || b.acted[0] != customer {
		t.Errorf("told of %v", b.acted)
	}
	if shop.SessionUserID("other", "s1") == session {
		t.Error("two shops share a visitor")
	}
}

// What happened to a product that the live model does not know is noted for folding
// it in.
func TestFreshProducts(t *testing.T) {
	b := open(t)
	b.fresh["new"] = true
	buy := func(sku string) commerce.EventInput {
		return commerce.EventInput{Type: shop.Purchase, SKU: sku, Customer: "c"}
	}
	seen := commerce.EventInput{Type: shop.Impression, SKU: "new", Customer: "c"}
	b.record(t, buy("new"), buy("old"), seen)
	got := must[[][]shop.Event](t)(b.store.FreshEvents(t.Context(), []string{"new", "old"}))
	if len(got[0]) != 1 || got[0][0].Type != shop.Purchase || len(got[1]) != 0 {
		t.Errorf("noted %d and %d events", len(got[0]), len(got[1]))
	}
}

func TestViewerEvents(t *testing.T) {
	b := open(t)
	_, s := b.SessionOpen(t.Context())
	res := must[commerce.EventsResult](t)(b.ViewerEventsRecord(t.Context(), s, []commerce.EventInput{
		{Type: shop.ProductView, SKU: "a"},
		{Type: shop.Purchase, SKU: "a"},
		{Type: shop.CartAdd, SKU: "a"},
		{Type: shop.ProductView, SKU: "a", Customer: "somebody"},
		{Type: shop.ProductView, SKU: "a", OccurredAt: ptr(b.now.Add(-25 * time.Hour).UnixMilli())},
		{Type: shop.NotInterested, SKU: "a"},
	}))
	if res.Accepted != 2 || len(res.Rejected) != 4 {
		t.Errorf("%+v", res)
	}
	for _, e := range b.events(t) {
		if e.User() != s.User || e.Source != "shop" {
			t.Errorf("recorded %+v", e)
		}
	}
	_, err := b.ViewerEventsRecord(t.Context(), shop.Session{}, []commerce.EventInput{{Type: shop.ProductView, SKU: "a"}})
	wantError(t, err, shop.Unauthenticated, "")
}

// BenchmarkEventsRecord takes in batches of 1,000 from 5,000 customers on the embedded store,
// without a journal.
func BenchmarkEventsRecord(b *testing.B) {
	s := open(b)
	batch := make([]commerce.EventInput, 1000)
	n := 0
	for b.Loop() {
		s.now = s.now.Add(time.Second)
		for i := range batch {
			n++
			batch[i] = commerce.EventInput{ID: shop.NewUUID(s.now), Type: shop.ProductView, SKU: fmt.Sprint("sku-", n%997), Customer: fmt.Sprint("customer-", n%5000)}
		}
		if res := s.record(b, batch...); res.Accepted != len(batch) {
			b.Fatalf("%+v", res)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}
