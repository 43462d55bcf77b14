// Package storetest is the contract of store.Store in executable form: one
// sentence of the contract is one named case, and every implementation runs
// them all.
package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// Setup is what a case wants of its store.
type Setup struct {
	Shop       string // no other case's
	Now        func() time.Time
	Durability store.Durability
}

// testCase is one sentence of the contract.
type testCase struct {
	name string
	test func(t *testing.T, e *env)
}

// Run holds an implementation to the contract. open returns an empty store,
// closed by the test's cleanup.
func Run(t *testing.T, open func(t *testing.T, setup Setup) store.Store) {
	for _, cases := range [][]testCase{
		catalogueCases, changesCases, controlCases, customerCases, sessionCases, cartCases, orderCases, orderListCases, peopleCases, eventCases, freshCases,
		listCases, queueCases, leaseCases, topicCases, outboxCases, loaderCases, durabilityCases, storeCases,
	} {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				e := newEnv(t)
				e.s = open(t, Setup{Shop: e.shop, Now: e.clock.Now, Durability: e.gate})
				c.test(t, e)
			})
		}
	}
}

// env is a store with its clock and gate, and what cases need again and again.
type env struct {
	t     *testing.T
	s     store.Store
	shop  string
	ctx   context.Context
	clock *clock
	gate  *gate
}

var shops struct {
	sync.Mutex
	n int
}

func newEnv(t *testing.T) *env {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	shops.Lock()
	defer shops.Unlock()
	shops.n++
	return &env{
		t: t, ctx: ctx, shop: fmt.Sprintf("shop-%d", shops.n),
		clock: &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}, gate: &gate{},
	}
}

// clock stands until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// gate is a Durability that says what it is told and notes what it was asked.
type gate struct {
	mu              sync.Mutex
	closed, failing bool
	committed       []store.OutboxID
}

func (g *gate) Admit() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return shop.Errorf(shop.Unavailable, "", "closed")
	}
	return nil
}

func (g *gate) Commit(_ context.Context, written []store.OutboxID) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.failing {
		return shop.Errorf(shop.Unavailable, "", "not durable")
	}
	g.committed = append(g.committed, written...)
	return nil
}

func (g *gate) set(closed, failing bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed, g.failing = closed, failing
}

func (g *gate) commits() []store.OutboxID {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]store.OutboxID(nil), g.committed...)
}

// ok fails the test on an error.
func (e *env) ok(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// is fails the test unless err has the code.
func (e *env) is(err error, code shop.Code) {
	e.t.Helper()
	if shop.CodeOf(err) != code {
		e.t.Fatalf("got error %v (code %q), want code %s", err, shop.CodeOf(err), code)
	}
}

// equal compares by the values' JSON or, for errors in that, their Go form.
func equal[T any](t *testing.T, got, want T) {
	t.Helper()
	if a, b := show(got), show(want); a != b {
		t.Fatalf("got  %s\nwant %s", a, b)
	}
}

func show(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%#v", v)
	}
	return string(b)
}

// event makes an event of a customer; the store fills in or keeps the rest.
func (e *env) event(t shop.EventType, user shop.UserID, sku string) shop.Event {
	now := e.clock.Now()
	return shop.Event{ID: shop.NewUUID(now), Type: t, OccurredAt: now, RecordedAt: now, Customer: user, SKU: sku, Source: "test"}
}

// change makes the event of a change of the catalogue.
func (e *env) change() shop.Event { return e.event("", 0, "") }

func product(sku string, stock int) shop.Product {
	return shop.Product{
		SKU: sku, Name: "Product " + sku, Vendor: "acorn", Categories: []string{"tea", "drinks"}, Price: shop.MustMoney("2.50", "EUR"),
		Stock: stock, Status: shop.Active, Attributes: map[string]string{"origin": "hills", "grade": "2"},
		Images:   shop.Images{{URL: "/front.png", Alt: "from the front"}, {URL: "/back.png"}},
		ListedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
}

// given stores products.
func (e *env) given(products ...shop.Product) {
	e.t.Helper()
	for _, p := range products {
		_, err := e.s.SaveProduct(e.ctx, p, false, store.Upsert, e.change())
		e.ok(err)
	}
}

func (e *env) product(sku string) shop.Product {
	e.t.Helper()
	found, err := e.s.Products(e.ctx, []string{sku})
	e.ok(err)
	if found[0] == nil {
		e.t.Fatalf("there is no product %q", sku)
	}
	return *found[0]
}

func (e *env) tail(user shop.UserID) []shop.Event {
	e.t.Helper()
	tails, err := e.s.Tails(e.ctx, []shop.UserID{user})
	e.ok(err)
	return tails[0]
}

// ids lists events by id.
func ids(events []shop.Event) []string {
	var list []string
	for _, e := range events {
		list = append(list, e.ID.String())
	}
	return list
}

// body is what an outbox entry holds.
type body struct {
	Events  []shop.Event         `json:"events"`
	Control []shop.ControlRecord `json:"control"`
}

// entries returns all that the outboxes hold after the given positions.
func (e *env) entries(after map[string]string) []store.Entry {
	e.t.Helper()
	var all []store.Entry
	at := map[string]string{}
	for k, v := range after {
		at[k] = v
	}
	for {
		some, err := e.s.Entries(e.ctx, at, 100, 0)
		e.ok(err)
		if len(some) == 0 {
			return all
		}
		all = append(all, some...)
		for _, s := range some {
			at[s.Outbox] = s.ID
		}
	}
}

// since returns what was written to the outboxes after the given positions.
func (e *env) since(after map[string]string) (events []shop.Event, control []shop.ControlRecord) {
	e.t.Helper()
	for _, entry := range e.entries(after) {
		b := decode(e.t, entry)
		events, control = append(events, b.Events...), append(control, b.Control...)
	}
	return events, control
}

func decode(t *testing.T, entry store.Entry) (b body) {
	t.Helper()
	if err := json.Unmarshal(entry.Body, &b); err != nil {
		t.Fatalf("entry %s of %s is not JSON: %v\n%s", entry.ID, entry.Outbox, err, entry.Body)
	}
	if entry.Events != len(b.Events) {
		t.Fatalf("entry %s of %s says %d events and holds %d", entry.ID, entry.Outbox, entry.Events, len(b.Events))
	}
	return b
}

// mark returns the outboxes' ends, to see later what was written since.
func (e *env) mark() map[string]string {
	e.t.Helper()
	ends, err := e.s.OutboxEnds(e.ctx)
	e.ok(err)
	return ends
}

// nothingSince fails the test if anything was written to an outbox.
func (e *env) nothingSince(mark map[string]string) {
	e.t.Helper()
	if events, control := e.since(mark); len(events)+len(control) > 0 {
		e.t.Fatalf("the outbox got %s and %s", show(events), show(control))
	}
}

// last finds the last record of a name, or of a kind ("customer/").
func last(records []shop.ControlRecord, name string) (found shop.ControlRecord, ok bool) {
	for _, r := range records {
		if r.Name == name || strings.HasSuffix(name, "/") && strings.HasPrefix(r.Name, name) {
			found, ok = r, true
		}
	}
	return found, ok
}

// parallel runs f n times at once and returns the errors by their code.
func parallel(n int, f func(i int) error) map[shop.Code]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	codes := map[shop.Code]int{}
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err := f(i)
			mu.Lock()
			defer mu.Unlock()
			codes[shop.CodeOf(err)]++
		}()
	}
	wg.Wait()
	return codes
}
