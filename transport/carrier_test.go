package transport_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"also/shop"
	"also/store"
	"also/store/redisstore"
	"also/transport"
	"also/warehouse"
	"also/warehouse/warehousetest"
)

// shared is a store that several processes use, and the lake that one of them writes.
type shared struct {
	*deployment
	opened atomic.Int32
}

func newShared(t *testing.T) *shared {
	d := newDeployment(t, 1)
	s := &shared{deployment: d}
	s.openStore()
	return s
}

func (s *shared) openStore() {
	s.t.Helper()
	var err error
	s.store, err = redisstore.OpenEmbedded(redisstore.Options{Shop: "demo", SweepEvery: -1})
	s.ok(err)
}

// carrier starts a process with a carrier, and returns what stops it.
func (s *shared) carrier(name string, each func(context.Context, transport.OwnedLake)) (c *transport.Carrier, stop func()) {
	open := func(context.Context) (transport.OwnedLake, error) {
		l, err := warehouse.Open(s.dir, "demo", warehouse.Options{FS: s.disk, Threads: 1, TempDir: s.t.TempDir()})
		if err != nil {
			return nil, err
		}
		s.opened.Add(1)
		return aLake{l}, nil
	}
	c = transport.NewCarrier(s.store, name, open, transport.Options{LeaseFor: 5 * time.Second, Patience: time.Millisecond, Logger: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(s.ctx)
	var wg sync.WaitGroup
	wg.Go(func() { s.ok(c.Run(ctx, each)) })
	stop = sync.OnceFunc(func() {
		cancel()
		wg.Wait()
	})
	s.t.Cleanup(stop)
	return c, stop
}

func (s *shared) record(n int) []string {
	s.t.Helper()
	var ids []string
	for i := range n {
		e := s.view(shop.UserID(i+1), "A")
		_, err := s.store.RecordEvents(s.ctx, []shop.Event{e})
		s.ok(err)
		ids = append(ids, e.ID.String())
	}
	return ids
}

// until waits for something that another goroutine brings about.
func (s *shared) until(what string, reached func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !reached(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatal("never: " + what)
		}
	}
}

// eventually waits until a reader of the lake sees each of the events once.
func (s *shared) eventually(ids []string) {
	s.t.Helper()
	s.until("the events are in the lake, each once", func() bool {
		r, err := warehouse.OpenReader(s.dir, "demo", warehouse.Options{Threads: 1, TempDir: s.t.TempDir()})
		if err != nil {
			return false // it is not made yet
		}
		defer r.Close()
		got, err := lakeIDs(s.ctx, r)
		s.ok(err)
		return !slices.ContainsFunc(ids, func(id string) bool { return got[id] != 1 })
	})
}

func TestCarrierTakesOver(t *testing.T) {
	s := newShared(t)
	ids := s.record(5)
	first, stop := s.carrier("one", nil)
	s.eventually(ids)
	second, _ := s.carrier("two", nil)
	ids = append(ids, s.record(5)...)
	s.eventually(ids)
	if _, _, ok, err := second.Working(s.ctx); ok || err != nil {
		t.Errorf("two carriers work at once (%v)", err)
	}
	s.until("the first carrier has moved all", func() bool { // a reader sees what is not yet synced
		stats, lag, ok, err := first.Working(s.ctx)
		s.ok(err)
		return ok && stats.Events == 5+5 && lag.Entries == 0
	})
	stop()
	ids = append(ids, s.record(5)...)
	s.eventually(ids)
	if n := s.opened.Load(); n != 2 {
		t.Errorf("the lake was opened %d times", n)
	}
}

func TestCarrierMakesALostViewAgain(t *testing.T) {
	s := newShared(t)
	s.product("A", 4)
	_, stop := s.carrier("one", nil)
	s.eventually(s.record(3))
	stop()
	s.ok(s.store.Close())
	s.openStore() // Redis lost everything
	// and something was written to it before anybody noticed
	s.ok(s.store.PutControl(s.ctx, []shop.ControlRecord{{Name: "note/1", Value: []byte(`1`)}}, store.PutConditions{}))
	_, stop = s.carrier("one", nil)
	s.eventuallyKnows("A")
	stop()
	if v, err := s.store.Control(s.ctx, "note/1"); err != nil || string(v) != "1" {
		t.Errorf("what was written to the lost view: %s, %v", v, err)
	}
}

func TestCarrierMakesTheViewAgainAfterAnImport(t *testing.T) {
	s := newShared(t)
	_, stop := s.carrier("one", nil)
	s.eventually(s.record(3))
	stop()
	l, err := warehouse.Open(s.dir, "demo", warehouse.Options{FS: s.disk, Threads: 1, TempDir: t.TempDir()})
	s.ok(err)
	imported := shop.Event{
		ID: shop.NewUUID(time.Now()), Type: shop.ProductSaved, OccurredAt: time.Now(), RecordedAt: time.Now(), SKU: "B",
		Payload: []byte(`{"sku":"B","name":"B","status":"ACTIVE","stock":1,"price":{"minor":1,"currency":"EUR"},"listedAt":"2026-01-01T00:00:00Z","version":1}`),
	}
	body, err := json.Marshal(map[string]any{"events": []shop.Event{imported}})
	s.ok(err)
	_, err = l.Append(s.ctx, []warehouse.Entry{{Outbox: "import/b", ID: "1", At: time.Now(), Events: 1, Body: body}})
	s.ok(err)
	s.ok(l.Close())
	_, stop = s.carrier("one", nil)
	s.eventuallyKnows("B")
	stop()
}

// eventuallyKnows waits until the view has a product.
func (s *shared) eventuallyKnows(sku string) {
	s.t.Helper()
	s.until("the view knows "+sku, func() bool {
		p, err := s.store.Products(s.ctx, []string{sku})
		s.ok(err)
		return p[0] != nil
	})
}

func TestCarrierWaitsForTheJournal(t *testing.T) {
	s := newShared(t)
	_, _ = s.carrier("one", nil)
	s.eventually(s.record(3))
	var failures atomic.Int32
	s.disk.SetFault(func(op warehousetest.Op) error {
		if op.Kind == "sync" && failures.Add(1) < 6 {
			return syscall.EIO
		}
		return nil
	})
	ids := s.record(5) // a command does not wait, and its entry is not lost
	s.until("the journal fails and is back", func() bool { return failures.Load() >= 6 })
	s.eventually(ids)
}

func TestCarrierKeepsTheLakeUp(t *testing.T) {
	s := newShared(t)
	compacted := make(chan error, 1)
	_, stop := s.carrier("one", func(ctx context.Context, lake transport.OwnedLake) {
		l := lake.(aLake)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		go transport.Upkeep(ctx, l, transport.UpkeepOptions{Every: time.Millisecond, Bytes: 1})
		for ctx.Err() == nil {
			size, err := l.Size(ctx)
			if err == nil && size.ParquetRows == 3 && size.LandingBytes == 0 {
				compacted <- nil
				return
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				compacted <- err
				return
			}
			time.Sleep(time.Millisecond)
		}
	})
	ids := s.record(3)
	s.ok(<-compacted)
	s.eventually(ids)
	stop()
}

// imported is a lake into which an import was published.
type imported struct{ aLake }

func (l imported) Ends(ctx context.Context) (warehouse.Position, map[string]string, error) {
	head, ends, err := l.aLake.Ends(ctx)
	if ends != nil {
		ends["import/spring"] = "published"
	}
	return head, ends, err
}

func TestRefreshMovesWhatIsLeftAndMakesTheView(t *testing.T) {
	s := newShared(t)
	s.product("A", 4)
	ids := s.record(3)
	var err error
	s.lake, err = warehouse.Open(s.dir, "demo", warehouse.Options{FS: s.disk, Threads: 1, TempDir: s.t.TempDir()})
	s.ok(err)
	s.ok(transport.Refresh(s.ctx, imported{aLake{s.lake}}, s.store, transport.Options{}))
	s.eventually(ids)
	made, ok, err := s.store.MadeFrom(s.ctx)
	s.ok(err)
	p, err := s.store.Products(s.ctx, []string{"A"})
	s.ok(err)
	if !ok || made["import/spring"] != "published" || p[0] == nil {
		t.Errorf("the view was made from %v (%t) and has %v", made, ok, p[0])
	}
}

// A Redis that went on while an import went into the lake is behind it.
func TestCarrierNoticesAnImport(t *testing.T) {
	s := newShared(t)
	s.product("A", 4)
	for _, lake := range []func(*warehouse.Lake) transport.OwnedLake{
		func(l *warehouse.Lake) transport.OwnedLake { return aLake{l} },
		func(l *warehouse.Lake) transport.OwnedLake { return imported{aLake{l}} },
	} {
		c := transport.NewCarrier(s.store, "one", func(context.Context) (transport.OwnedLake, error) {
			l, err := warehouse.Open(s.dir, "demo", warehouse.Options{FS: s.disk, Threads: 1, TempDir: s.t.TempDir()})
			if err != nil {
				return nil, err
			}
			return lake(l), nil
		}, transport.Options{LeaseFor: 5 * time.Second})
		ctx, cancel := context.WithCancel(s.ctx)
		s.ok(c.Run(ctx, func(context.Context, transport.OwnedLake) { cancel() })) // it is called once the view is right
	}
	made, ok, err := s.store.MadeFrom(s.ctx)
	if err != nil || !ok || made["import/spring"] != "published" {
		t.Errorf("the view was made from %v (%t), %v", made, ok, err)
	}
}
