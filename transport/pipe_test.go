package transport_test

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"also/shop"
	"also/store"
	"also/transport"
	"also/warehouse/warehousetest"
)

func TestPipeAcknowledgesWhatIsInTheJournal(t *testing.T) {
	d := newDeployment(t, 1)
	d.mustStart()
	d.product("A", 10)
	var wg sync.WaitGroup
	for u := range 20 {
		wg.Go(func() {
			e := d.view(shop.UserID(u+1), "A")
			outcomes, err := d.store.RecordEvents(d.ctx, []shop.Event{e})
			if err != nil || outcomes[0] != store.Recorded {
				t.Errorf("RecordEvents = %v, %v", outcomes, err)
				return
			}
			ids, err := lakeIDs(d.ctx, d.lake)
			if err != nil || ids[e.ID.String()] != 1 {
				t.Errorf("the event is acknowledged and %d times in the lake, %v", ids[e.ID.String()], err)
			}
		})
	}
	wg.Wait()
	lag, err := d.pipe.Lag(d.ctx)
	d.ok(err)
	if s := d.pipe.Stats(); lag != (transport.Lag{}) || s.Position != 21 || s.Events != 21 || !s.Admits {
		t.Errorf("lag %+v, stats %+v after all is acknowledged", lag, s)
	}
}

func TestPipeGroupsWhatComesWhileItSyncs(t *testing.T) {
	d := newDeployment(t, 1)
	d.mustStart()
	gate := make(chan struct{})
	held := make(chan struct{}, 1)
	d.disk.SetFault(func(op warehousetest.Op) error {
		if op.Kind == "sync" {
			select {
			case held <- struct{}{}:
				<-gate
			default:
			}
		}
		return nil
	})
	const n = 50
	errs := make(chan error, n+1)
	record := func(u int) {
		_, err := d.store.RecordEvents(d.ctx, []shop.Event{d.view(shop.UserID(u), "A")})
		errs <- err
	}
	go record(1)
	<-held
	held <- struct{}{} // only the first sync is held
	for u := range n {
		go record(u + 2)
	}
	before := d.pipe.Stats().Appends
	for { // until all are written and wait
		lengths, err := d.store.OutboxLengths(d.ctx)
		d.ok(err)
		sum := int64(0)
		for _, l := range lengths {
			sum += l
		}
		if sum == n+1 {
			break
		}
	}
	close(gate)
	for range n + 1 {
		d.ok(<-errs)
	}
	if appends := d.pipe.Stats().Appends - before; appends > 3 {
		t.Errorf("%d entries took %d writes", n+1, appends)
	}
}

func TestPipeTrimsOnlyWhatTheJournalHas(t *testing.T) {
	d := newDeployment(t, 1)
	d.mustStart()
	for i := range 25 {
		events := make([]shop.Event, 100)
		for j := range events {
			events[j] = d.view(shop.UserID(i*100+j+1), "A")
		}
		_, err := d.store.RecordEvents(d.ctx, events)
		d.ok(err)
	}
	d.ok(d.stop())
	lengths, err := d.store.OutboxLengths(d.ctx)
	d.ok(err)
	left := int64(0)
	for _, n := range lengths {
		left += n
	}
	if left >= 1600+64 {
		t.Errorf("%d entries are left in the outboxes", left)
	}
	if n := len(d.ids()); n != 2500 {
		t.Errorf("%d events are in the lake, want 2500", n)
	}
}

func TestPipeStopsWithoutLosingAnything(t *testing.T) {
	d := newDeployment(t, 1)
	d.mustStart()
	d.product("A", 10)
	acked := hammer(d, 4, 200, func() { d.ok(d.stop()) })
	if err := d.pipe.Admit(); shop.CodeOf(err) != shop.Unavailable {
		t.Errorf("after Run has returned Admit = %v", err)
	}
	ids := d.ids()
	for id := range acked {
		if ids[id] != 1 {
			t.Errorf("event %s was acknowledged and is %d times in the lake", id, ids[id])
		}
	}
}

// hammer records events from several goroutines until they have sent n each or
// the gate closes, calls meanwhile after some, and returns which were acknowledged.
func hammer(d *deployment, writers, n int, meanwhile func()) map[string]bool {
	var mu sync.Mutex
	acked := map[string]bool{}
	var wg sync.WaitGroup
	some := make(chan struct{}, writers*n)
	for w := range writers {
		wg.Go(func() {
			for i := range n {
				e := d.view(shop.UserID(w*1000+i%7+1), "A")
				_, err := d.store.RecordEvents(d.ctx, []shop.Event{e})
				if err == nil {
					mu.Lock()
					acked[e.ID.String()] = true
					mu.Unlock()
				}
				some <- struct{}{}
			}
		})
	}
	for range writers * n / 4 {
		<-some
	}
	meanwhile()
	wg.Wait()
	return acked
}

func TestPipeClosesTheGateWhenTheJournalFails(t *testing.T) {
	d := newDeployment(t, 1)
	d.mustStart()
	d.product("A", 10)
	kept := d.view(1, "A")
	_, err := d.store.RecordEvents(d.ctx, []shop.Event{kept})
	d.ok(err)

	broken := true
	var mu sync.Mutex
	d.disk.SetFault(func(op warehousetest.Op) error {
		mu.Lock()
		defer mu.Unlock()
		if broken && (op.Kind == "sync" || op.Kind == "write") {
			return syscall.ENOSPC
		}
		return nil
	})
	lost := d.view(1, "A")
	if _, err := d.store.RecordEvents(d.ctx, []shop.Event{lost}); shop.CodeOf(err) != shop.Unavailable {
		t.Fatalf("the journal cannot be written, and RecordEvents = %v", err)
	}
	if _, err := d.store.Products(d.ctx, []string{"A"}); shop.CodeOf(err) != shop.Unavailable {
		t.Fatalf("the gate is closed, and Products = %v", err)
	}
	o, events := d.order(1, "k", "A", 1)
	if _, err := d.store.PlaceOrder(d.ctx, o, events, false); shop.CodeOf(err) != shop.Unavailable {
		t.Fatalf("the gate is closed, and PlaceOrder = %v", err)
	}
	mu.Lock()
	broken = false
	mu.Unlock()
	for d.pipe.Admit() != nil {
		time.Sleep(time.Millisecond) // the pipe tries again after pauses of its own
	}
	// The view knows what was acknowledged, and nothing else.
	outcomes, err := d.store.RecordEvents(d.ctx, []shop.Event{kept, lost})
	d.ok(err)
	if outcomes[0] != store.Duplicate || outcomes[1] != store.Recorded {
		t.Errorf("after the failure the outcomes are %v", outcomes)
	}
	if p, err := d.store.Products(d.ctx, []string{"A"}); err != nil || p[0] == nil || p[0].Stock != 10 {
		t.Errorf("after the failure the product is %v, %v", p, err)
	}
	ids := d.ids()
	if ids[kept.ID.String()] != 1 || ids[lost.ID.String()] != 1 || d.pipe.Stats().Failures != 1 {
		t.Errorf("the lake has %v, stats %+v", ids, d.pipe.Stats())
	}
}

func TestPipeCommitEndsWithItsContext(t *testing.T) {
	p := transport.NewPipe(transport.Options{})
	if err := p.Admit(); shop.CodeOf(err) != shop.Unavailable {
		t.Errorf("before Start Admit = %v", err)
	}
	d := newDeployment(t, 1)
	d.mustStart()
	ctx, cancel := context.WithTimeout(d.ctx, time.Millisecond)
	defer cancel()
	err := d.pipe.Commit(ctx, []store.OutboxID{{Outbox: "shop", ID: "9"}})
	if shop.CodeOf(err) != shop.Unavailable {
		t.Errorf("Commit = %v, want UNAVAILABLE", err)
	}
}

// faulty hammers a deployment whose disk fails and crashes at random, restarts
// it after each crash, and compares what was acknowledged with what is there.
func faulty(t *testing.T, seed uint64, spoil func(*warehousetest.FaultFS)) error {
	d := newDeployment(t, seed)
	d.mustStart()
	d.product("A", 1_000_000)
	if spoil != nil {
		spoil(d.disk)
	}
	acked, ordered := map[string]bool{}, map[string]bool{}
	for round := range 3 {
		ops := 0
		d.disk.SetFault(func(op warehousetest.Op) error {
			switch ops++; {
			case ops == 25+int(seed)%7 && round%2 == 0:
				return syscall.EIO
			case ops == 60+int(seed*13)%40:
				return warehousetest.ErrCrashed
			}
			return nil
		})
		var mu sync.Mutex
		var wg sync.WaitGroup
		for w := range 3 {
			wg.Go(func() {
				for i := range 40 {
					e := d.view(shop.UserID(1+w), "A")
					if _, err := d.store.RecordEvents(d.ctx, []shop.Event{e}); err == nil {
						mu.Lock()
						acked[e.ID.String()] = true
						mu.Unlock()
					} else {
						waitForTheGate(d)
					}
					if i%5 != 0 {
						continue
					}
					o, events := d.order(shop.UserID(1+w), fmt.Sprint(seed, round, w, i), "A", 1)
					if _, err := d.store.PlaceOrder(d.ctx, o, events, false); err == nil {
						mu.Lock()
						acked[events[0].ID.String()] = true
						ordered[o.ID.String()] = true
						mu.Unlock()
					}
				}
			})
		}
		wg.Wait()
		d.disk.Crash()
		_ = d.close() // the process is gone with the machine
		d.ok(d.disk.Restart())
		d.disk.SetFault(nil)
		if err := d.start(); err != nil {
			return err
		}
		if err := compare(d, acked, ordered); err != nil {
			return fmt.Errorf("round %d: %w", round, err)
		}
	}
	return nil
}

// waitForTheGate lets a sender wait, as one does after UNAVAILABLE, unless the
// machine has crashed, which the gate never tells.
func waitForTheGate(d *deployment) {
	for range 200 {
		if d.pipe.Admit() == nil {
			return
		}
		time.Sleep(time.Millisecond)
		if _, err := d.disk.Stat(d.dir); err != nil {
			return
		}
	}
}

// compare holds the lake and the view to what was acknowledged.
func compare(d *deployment, acked, ordered map[string]bool) error {
	ids, err := lakeIDs(d.ctx, d.lake)
	if err != nil {
		return err
	}
	for id := range acked {
		if ids[id] != 1 {
			return fmt.Errorf("event %s was acknowledged and is %d times in the lake", id, ids[id])
		}
	}
	for id := range ordered {
		u, err := shop.ParseUUID(id)
		if err != nil {
			return err
		}
		if _, err := d.store.Order(d.ctx, u); err != nil {
			return fmt.Errorf("order %s was acknowledged: %w", id, err)
		}
	}
	orders, pieces := 0, 0
	err = d.lake.SQL(d.ctx, "SELECT count(DISTINCT order_id), CAST(coalesce(sum(quantity), 0) AS BIGINT) FROM events WHERE type = 'ORDER_PLACED'",
		func(_ []string, row []any) error {
			_, err := fmt.Sscan(fmt.Sprint(row[0], " ", row[1]), &orders, &pieces)
			return err
		})
	if err != nil {
		return err
	}
	p, err := d.store.Products(d.ctx, []string{"A"})
	if err != nil {
		return err
	}
	if p[0] == nil || p[0].Stock != 1_000_000-pieces {
		return fmt.Errorf("%d pieces are ordered in the lake, the product is %+v", pieces, p[0])
	}
	return nil
}

func TestPipeUnderFaults(t *testing.T) {
	for seed := range uint64(8) {
		if err := faulty(t, seed, nil); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// The test above must fail on a disk that only pretends to sync.
func TestPipeUnderFaultsNoticesALostSync(t *testing.T) {
	for seed := range uint64(20) {
		if err := faulty(t, seed, func(d *warehousetest.FaultFS) { d.LoseSyncs = true }); err != nil {
			return
		}
	}
	t.Error("without syncs nothing fails")
}
