package transport_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/store"
	"also/store/redisstore"
	"also/transport"
	"also/warehouse"
	"also/warehouse/warehousetest"
)

// aLake is a lake without models.
type aLake struct{ *warehouse.Lake }

func (aLake) Model(_ context.Context, id string) (warehouse.Manifest, error) {
	return warehouse.Manifest{}, shop.Errorf(shop.NotFound, "", "there is no model %q", id)
}

func (aLake) ModelSKUs(context.Context, string) ([]string, error) { return nil, nil }

// deployment is one process with the embedded store, on a disk that may fail.
type deployment struct {
	t     testing.TB
	ctx   context.Context
	dir   string
	disk  *warehousetest.FaultFS
	now   func() time.Time
	lake  *warehouse.Lake
	store *redisstore.Store
	pipe  *transport.Pipe
	stop  func() error // lets Run end, and returns its error
}

func newDeployment(t testing.TB, seed uint64) *deployment {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	disk, err := warehousetest.NewFaultFS(dir, seed)
	if err != nil {
		t.Fatal(err)
	}
	d := &deployment{t: t, ctx: context.Background(), dir: dir, disk: disk, now: time.Now}
	t.Cleanup(func() { d.close() })
	return d
}

// start starts the process; an error is the disk's.
func (d *deployment) start() error {
	var err error
	if d.lake, err = warehouse.Open(d.dir, "demo", warehouse.Options{FS: d.disk, Threads: 1, TempDir: d.t.TempDir(), Now: d.now}); err != nil {
		return err
	}
	d.pipe = transport.NewPipe(transport.Options{Now: d.now, Patience: time.Millisecond})
	if d.store, err = redisstore.OpenEmbedded(redisstore.Options{Shop: "demo", Durability: d.pipe, Now: d.now, SweepEvery: -1}); err != nil {
		d.t.Fatal(err)
	}
	if err := d.pipe.Start(d.ctx, d.store, aLake{d.lake}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(d.ctx)
	ended := make(chan error, 1)
	go func() { ended <- d.pipe.Run(ctx) }()
	d.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	return nil
}

func (d *deployment) mustStart() {
	d.t.Helper()
	if err := d.start(); err != nil {
		d.t.Fatal(err)
	}
}

// close ends the process and returns what Run did.
func (d *deployment) close() error {
	var err error
	if d.stop != nil {
		err = d.stop()
		d.stop = nil
	}
	if d.store != nil {
		_ = d.store.Close()
		d.store = nil
	}
	if d.lake != nil {
		_ = d.lake.Close()
		d.lake = nil
	}
	return err
}

func (d *deployment) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// view makes an event of a user.
func (d *deployment) view(user shop.UserID, sku string) shop.Event {
	now := d.now().UTC().Truncate(time.Millisecond)
	return shop.Event{ID: shop.NewUUID(now), Type: shop.ProductView, OccurredAt: now, RecordedAt: now, Customer: user, SKU: sku, Source: "api"}
}

// command is an event without content, for commands that fill it in.
func (d *deployment) command() shop.Event {
	now := d.now().UTC().Truncate(time.Millisecond)
	return shop.Event{ID: shop.NewUUID(now), OccurredAt: now, RecordedAt: now, Source: "shop"}
}

func (d *deployment) product(sku string, stock int) {
	d.t.Helper()
	p := shop.Product{SKU: sku, Name: "Lamp " + sku, Vendor: "acorn", Price: shop.MustMoney("2.50", "EUR"), Stock: stock, Status: shop.Active}
	_, err := d.store.SaveProduct(d.ctx, p, false, store.Upsert, d.command())
	d.ok(err)
}

// order makes an order of one line.
func (d *deployment) order(owner shop.UserID, key, sku string, n int) (shop.Order, []shop.Event) {
	now := d.now().UTC().Truncate(time.Millisecond)
	price := shop.MustMoney("2.50", "EUR")
	o := shop.Order{ID: shop.NewUUID(now), Owner: owner, PlacedAt: now, IdempotencyKey: key,
		Lines: []shop.OrderLine{{SKU: sku, Quantity: n, Price: price}}, Total: shop.Money{Minor: price.Minor * int64(n), Currency: "EUR"}}
	e := d.command()
	e.Type, e.Customer, e.SKU, e.Quantity, e.Price, e.Order = shop.OrderPlaced, owner, sku, n, price, o.ID.String()
	return o, []shop.Event{e}
}

// ids returns how often each event is in the lake.
func (d *deployment) ids() map[string]int {
	d.t.Helper()
	ids, err := lakeIDs(d.ctx, d.lake)
	d.ok(err)
	return ids
}

func lakeIDs(ctx context.Context, l *warehouse.Lake) (map[string]int, error) {
	ids := map[string]int{}
	err := l.SQL(ctx, "SELECT id FROM events", func(_ []string, row []any) error {
		ids[fmt.Sprint(row[0])]++
		return nil
	})
	return ids, err
}
