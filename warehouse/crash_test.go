package warehouse_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"

	"also/warehouse"
	"also/warehouse/warehousetest"
)

// crashRun appends to a lake on a disk that fails and crashes, and compares
// what is there after each mishap with what was acknowledged.
type crashRun struct {
	rng   *rand.Rand
	disk  *warehousetest.FaultFS
	dir   string
	lake  *warehouse.Lake
	opts  warehouse.Options
	tried map[string]warehouse.Entry // by outbox and id
	acked map[string]bool
	count map[string]int // the number in the last id tried, by outbox
}

func newCrashRun(dir string, seed uint64) (*crashRun, error) {
	disk, err := warehousetest.NewFaultFS(dir, seed)
	r := &crashRun{rng: rand.New(rand.NewPCG(seed, 2)), disk: disk, dir: dir, tried: map[string]warehouse.Entry{},
		acked: map[string]bool{}, count: map[string]int{}}
	r.opts = warehouse.Options{FS: disk, SegmentBytes: 3000, TempDir: dir + "-tmp"}
	return r, err
}

func entryKey(e warehouse.Entry) string { return e.Outbox + "/" + e.ID }

// append appends a few entries and notes what was acknowledged.
func (r *crashRun) append() error {
	var batch []warehouse.Entry
	for range 1 + r.rng.IntN(5) {
		outbox := fmt.Sprintf("p%02d", r.rng.IntN(3))
		r.count[outbox]++
		e := warehousetest.EntryOf(outbox, fmt.Sprintf("%d-0", r.count[outbox]), r.rng.IntN(4))
		r.tried[entryKey(e)] = e
		batch = append(batch, e)
	}
	if _, err := r.lake.Append(context.Background(), batch); err != nil {
		return err
	}
	for _, e := range batch {
		r.acked[entryKey(e)] = true
	}
	return nil
}

// check compares the lake with what was acknowledged, and learns from which id
// each outbox goes on.
func (r *crashRun) check() error {
	next := warehouse.Position(1)
	seen := map[string]bool{}
	last := map[string]int{}
	for rec, err := range r.lake.Read(context.Background(), 0) {
		if err != nil {
			return err
		}
		key := entryKey(rec.Entry)
		var id int
		if _, err := fmt.Sscanf(rec.ID, "%d-0", &id); err != nil {
			return err
		}
		want, known := r.tried[key]
		switch {
		case !known || string(rec.Body) != string(want.Body):
			return fmt.Errorf("entry %s was invented", key)
		case seen[key] || id <= last[rec.Outbox]:
			return fmt.Errorf("entry %s is there twice or out of order", key)
		case rec.First != next:
			return fmt.Errorf("entry %s is at %d, want %d", key, rec.First, next)
		}
		seen[key], last[rec.Outbox] = true, id
		next += warehouse.Position(rec.Events)
	}
	for key := range r.acked {
		if !seen[key] {
			return fmt.Errorf("entry %s was acknowledged and is lost", key)
		}
	}
	head, ends, err := r.lake.Ends(context.Background())
	if err != nil || head != next-1 {
		return fmt.Errorf("the end is %d, %v, want %d", head, err, next-1)
	}
	for outbox, id := range last {
		if ends[outbox] != fmt.Sprintf("%d-0", id) {
			return fmt.Errorf("outbox %s ends at %s, want %d-0", outbox, ends[outbox], id)
		}
	}
	r.count = last
	return nil
}

// open opens the lake, after crashing as often as the disk says.
func (r *crashRun) open() error {
	for {
		l, err := warehouse.Open(r.dir, "demo", r.opts)
		if err == nil {
			r.lake = l
			return r.check()
		}
		if !errors.Is(err, warehousetest.ErrCrashed) && !errors.Is(err, syscall.EIO) && !errors.Is(err, syscall.ENOSPC) {
			return err
		}
		if err := r.restart(); err != nil {
			return err
		}
	}
}

func (r *crashRun) restart() error {
	if r.lake != nil {
		_ = r.lake.Close() // the process is gone: only its lock must be let go of
		r.lake = nil
	}
	return r.disk.Restart()
}

// survive brings the lake back after an error.
func (r *crashRun) survive(err error) error {
	for {
		if errors.Is(err, warehousetest.ErrCrashed) {
			if err := r.restart(); err != nil {
				return err
			}
			return r.open()
		}
		if err = r.lake.Reopen(context.Background()); err == nil {
			return r.check()
		}
	}
}

// run appends n batches with a mishap every now and then.
func (r *crashRun) run(n, every int) error {
	r.disk.Fault = func(warehousetest.Op) error {
		switch r.rng.IntN(every * 3) {
		case 0:
			return warehousetest.ErrCrashed
		case 1:
			return syscall.EIO
		case 2:
			return syscall.ENOSPC
		}
		return nil
	}
	if err := r.open(); err != nil {
		return err
	}
	for range n {
		if err := r.append(); err != nil {
			if err := r.survive(err); err != nil {
				return err
			}
		}
	}
	r.disk.Crash()
	if err := r.restart(); err != nil {
		return err
	}
	return r.open()
}

func crashes(t *testing.T, seed uint64, spoil func(*warehousetest.FaultFS)) error {
	t.Helper()
	r, err := newCrashRun(t.TempDir(), seed)
	if err != nil {
		t.Fatal(err)
	}
	if spoil != nil {
		spoil(r.disk)
	}
	err = r.run(40, 25)
	if r.lake != nil {
		_ = r.lake.Close()
	}
	return err
}

func TestJournalKeepsWhatItAcknowledged(t *testing.T) {
	for seed := range uint64(40) {
		if err := crashes(t, seed, nil); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// A disk that only pretends to sync must be found out, or the test above proves nothing.
func TestJournalTestNoticesALostSync(t *testing.T) {
	for name, spoil := range map[string]func(*warehousetest.FaultFS){
		"of files":   func(d *warehousetest.FaultFS) { d.LoseSyncs = true },
		"of folders": func(d *warehousetest.FaultFS) { d.LoseDirSyncs = true },
	} {
		found := 0
		for seed := range uint64(12) {
			if crashes(t, seed, spoil) != nil {
				found++
			}
		}
		if found < 8 {
			t.Errorf("without the syncs %s only %d of 12 runs fail", name, found)
		}
	}
}

func FuzzJournalCrashes(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		if err := crashes(t, seed, nil); err != nil {
			t.Fatal(err)
		}
	})
}

// A crash before every single operation, one run each.
func TestJournalCrashAtEveryStep(t *testing.T) {
	for at := 1; ; at++ {
		r, err := newCrashRun(t.TempDir(), uint64(at))
		if err != nil {
			t.Fatal(err)
		}
		crashed := false
		r.disk.Fault = func(op warehousetest.Op) error {
			if op.N == at {
				crashed = true
				return warehousetest.ErrCrashed
			}
			return nil
		}
		if err := r.open(); err != nil {
			t.Fatalf("crash at %d: %v", at, err)
		}
		for range 12 {
			if err := r.append(); err != nil {
				if err := r.survive(err); err != nil {
					t.Fatalf("crash at %d: %v", at, err)
				}
			}
		}
		r.disk.Crash()
		if err := r.restart(); err != nil {
			t.Fatal(err)
		}
		if err := r.open(); err != nil {
			t.Fatalf("crash at %d: %v", at, err)
		}
		_ = r.lake.Close()
		if !crashed {
			if at < 40 {
				t.Fatalf("only %d operations: the run does not reach what it should", at)
			}
			return
		}
	}
}
