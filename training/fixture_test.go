package training

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
	"also/store/redisstore"
	"also/warehouse"
)

// fixture is a small shop with an embedded store and a lake of its own.
type fixture struct {
	*testing.T
	store   store.Store
	lake    *warehouse.Lake
	service *Service
	batches int
}

// testLease is short, so that a dead worker is found out quickly, but not so
// short that a busy machine makes a worker look dead.
const testLease = 1500 * time.Millisecond

var testStart = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func newFixture(t *testing.T) *fixture {
	t.Helper()
	lake, err := warehouse.Open(t.TempDir(), "shop", warehouse.Options{Memory: "256MB", Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { lake.Close() })
	s, err := redisstore.OpenEmbedded(redisstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	f := &fixture{T: t, store: s, lake: lake}
	f.service = f.serviceOver(s)
	return f
}

// serviceOver returns a service over another face of the store.
func (f *fixture) serviceOver(s store.Store) *Service {
	f.Helper()
	service, err := New(Options{Store: s, Lake: f.lake, Workers: 2, LeaseFor: testLease})
	if err != nil {
		f.Fatal(err)
	}
	return service
}

// record appends events to the lake.
func (f *fixture) record(events []shop.Event) {
	f.Helper()
	f.batches++
	body, err := json.Marshal(map[string]any{"events": events})
	if err != nil {
		f.Fatal(err)
	}
	entry := warehouse.Entry{Outbox: "shop", ID: strconv.Itoa(f.batches), At: testStart, Events: len(events), Body: body}
	if _, err := f.lake.Append(context.Background(), []warehouse.Entry{entry}); err != nil {
		f.Fatal(err)
	}
}

// purchase is one event of the test's own making.
func purchase(user, item int, at time.Time) shop.Event {
	sku := fmt.Sprintf("P%02d", item)
	return shop.Event{
		ID:   shop.DerivedUUID("test", strconv.Itoa(user), sku, at.String()),
		Type: shop.Purchase, OccurredAt: at, RecordedAt: at, Customer: shop.UserID(1000 + user), SKU: sku,
		Quantity: 1, Order: fmt.Sprintf("O-%d-%d", user, at.Unix()/86400), Source: "test",
	}
}

// checkerboard returns purchases over days days: a user buys products of their
// own parity, six of them, and rarely one of the others.
func checkerboard(users, items, days int) []shop.Event {
	rng := rand.New(rand.NewPCG(1, 2))
	var events []shop.Event
	for u := range users {
		for range 6 {
			item := 2*rng.IntN(items/2) + u%2
			if rng.Float64() < .05 {
				item ^= 1
			}
			at := testStart.Add(time.Duration(rng.IntN(days*24)) * time.Hour)
			events = append(events, purchase(u, item, at))
		}
	}
	return events
}

// work runs a worker until the test ends or stop is called, which waits for it.
func (f *fixture) work(s *Service, name string) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = s.Work(ctx, name)
	}()
	stop = func() {
		cancel()
		<-over
	}
	f.Cleanup(stop)
	return stop
}

func (f *fixture) start(in StartInput) Run {
	f.Helper()
	run, err := f.service.Start(context.Background(), in)
	if err != nil {
		f.Fatal(err)
	}
	return run
}

// wait follows a run to its end.
func (f *fixture) wait(id string) Run {
	f.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	states, err := f.service.Progress(ctx, id)
	if err != nil {
		f.Fatal(err)
	}
	var last Run
	for last = range states {
	}
	if !last.Final() {
		f.Fatalf("run %s did not end: %+v", id, last)
	}
	return last
}

// train does a run and returns it, done.
func (f *fixture) train(in StartInput) Run {
	f.Helper()
	run := f.wait(f.start(in).ID)
	if run.State != Done || run.Model == "" {
		f.Fatalf("run ended %s without a model: %s %s", run.State, run.ErrorCode, run.Error)
	}
	return run
}

// tiny is a configuration that trains in no time.
func tiny() *Config {
	cfg := Config{Config: engine.DefaultConfig()}
	cfg.Dim, cfg.Epochs = 4, 4
	return &cfg
}
