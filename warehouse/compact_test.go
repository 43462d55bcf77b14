package warehouse_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
	"also/warehouse/warehousetest"
)

// history is what a test put into a lake, and what it should find.
type history struct {
	events  map[string]int    // by id
	control map[string]string // values by name
	n       int
}

func newHistory() *history {
	return &history{events: map[string]int{}, control: map[string]string{}}
}

func event(id shop.UUID, day int, user shop.UserID) shop.Event {
	at := warehouse.Since.AddDate(0, 0, day)
	return shop.Event{ID: id, Type: shop.Purchase, OccurredAt: at, RecordedAt: warehouse.Since, Customer: user, SKU: "a", Quantity: 1}
}

// entry makes the next entry: an event on each of some days by user, and a control record.
func (h *history) entry(user shop.UserID, days ...int) warehouse.Entry {
	h.n++
	var events []shop.Event
	for _, d := range days {
		e := event(shop.DerivedUUID(fmt.Sprint(h.n), fmt.Sprint(d)), d, user)
		h.events[e.ID.String()] = 1
		events = append(events, e)
	}
	name, value := fmt.Sprintf("key/%d", h.n%3), fmt.Sprintf(`{"n":%d}`, h.n)
	if h.n%7 == 0 {
		value = "null"
	}
	h.control[name] = value
	parts := map[string]any{"control": []shop.ControlRecord{{Name: name, Value: json.RawMessage(value)}}}
	if len(events) > 0 {
		parts["events"] = events
	}
	body, err := json.Marshal(parts)
	if err != nil {
		panic(err)
	}
	return warehouse.Entry{Outbox: "shop", ID: fmt.Sprintf("%d-0", h.n), At: warehouse.Since, Events: len(events), Body: body}
}

// check compares a lake with the history.
func (h *history) check(l *warehouse.Lake) error {
	ids, err := l.EventIDs(context.Background())
	if err != nil {
		return err
	}
	if !maps.Equal(ids, h.events) {
		return fmt.Errorf("events %v, want %v", ids, h.events)
	}
	want := maps.Clone(h.control)
	maps.DeleteFunc(want, func(_, v string) bool { return v == "null" })
	got := map[string]string{}
	for r, err := range l.Control(context.Background()) {
		if err != nil {
			return err
		}
		got[r.Name] = string(r.Value)
	}
	if !maps.Equal(got, want) {
		return fmt.Errorf("control records %v, want %v", got, want)
	}
	return l.Verify(context.Background())
}

// step is something that happens to a lake, which may be done twice.
type step struct {
	name string
	do   func(ctx context.Context, l *warehouse.Lake) error
	want *history // what the lake holds afterwards
}

// life is what happens to a lake in the tests of faults.
func life() []step {
	h := newHistory()
	var steps []step
	add := func(name string, do func(ctx context.Context, l *warehouse.Lake) error) {
		want := &history{events: maps.Clone(h.events), control: maps.Clone(h.control)}
		steps = append(steps, step{name, do, want})
	}
	appendEntries := func(entries ...warehouse.Entry) {
		add("append", func(ctx context.Context, l *warehouse.Lake) error {
			_, err := l.Append(ctx, entries)
			return err
		})
	}
	compact := func() {
		add("compact", func(ctx context.Context, l *warehouse.Lake) error {
			_, err := l.Compact(ctx)
			return err
		})
	}
	appendEntries(h.entry(7, 0, 1), h.entry(8, 0), h.entry(9))
	compact()
	appendEntries(h.entry(7, 0), h.entry(9, 0, 2))
	imported := []shop.Event{event(shop.DerivedUUID("import", "1"), 0, 8), event(shop.DerivedUUID("import", "2"), 5, 9)}
	for _, e := range imported {
		h.events[e.ID.String()] = 1
	}
	add("import", func(ctx context.Context, l *warehouse.Lake) error { return l.PublishEvents(ctx, "sales", imported) })
	appendEntries(h.entry(8, 1, 0), h.entry(9, 3), h.entry(9))
	compact()
	for _, of7 := range [][2]string{{"1", "0"}, {"1", "1"}, {"4", "0"}} {
		delete(h.events, shop.DerivedUUID(of7[0], of7[1]).String())
	}
	add("forget", func(ctx context.Context, l *warehouse.Lake) error {
		_, err := l.Forget(ctx, []shop.UserID{7})
		return err
	})
	return steps
}

// living is a lake on a disk that may fail, in a folder that counts as safe.
type living struct {
	t    *testing.T
	dir  string
	disk *warehousetest.FaultFS
	lake *warehouse.Lake
}

func newLiving(t *testing.T, dir string, seed uint64) *living {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	disk, err := warehousetest.NewFaultFS(dir, seed)
	if err != nil {
		t.Fatal(err)
	}
	l := &living{t: t, dir: dir, disk: disk}
	t.Cleanup(func() {
		if l.lake != nil {
			l.lake.Close()
		}
	})
	return l
}

func (l *living) open() error {
	var err error
	l.lake, err = warehouse.Open(l.dir, "demo", warehouse.Options{FS: l.disk, TempDir: l.dir + "-tmp", Keep: time.Nanosecond, Threads: 1})
	return err
}

// crash loses what is not safe, and starts again.
func (l *living) crash() error {
	l.disk.Crash()
	if l.lake != nil {
		l.lake.Close()
	}
	if err := l.disk.Restart(); err != nil {
		return err
	}
	return l.open()
}

// insist does a step again after the fault, as its caller would.
func (l *living) insist(s step, fault error) error {
	for {
		err := s.do(context.Background(), l.lake)
		if err == nil || !errors.Is(err, fault) {
			return err
		}
		if errors.Is(err, warehousetest.ErrCrashed) {
			err = l.crash()
		} else {
			err = l.lake.Reopen(context.Background())
		}
		if err != nil {
			return err
		}
	}
}

// check compares the lake after a crash with what it should hold, and looks for
// files that nobody names.
func (l *living) check(want *history) error {
	if err := l.crash(); err != nil {
		return err
	}
	if err := want.check(l.lake); err != nil {
		return err
	}
	files, err := l.lake.DataFiles()
	if err != nil {
		return err
	}
	named := l.lake.NamedFiles()
	for _, f := range files {
		if (strings.HasPrefix(f, "events/") || strings.HasPrefix(f, "control/") || strings.HasPrefix(f, "staging/")) && !slices.Contains(named, f) {
			return fmt.Errorf("nobody names %s, and it is there", f)
		}
	}
	return nil
}

// TestCompactionCrashAtEveryStep lets the machine crash before each operation of
// each step of a lake's life in turn.
func TestCompactionCrashAtEveryStep(t *testing.T) {
	before := t.TempDir() // the lake before the step
	total := 0
	for n, s := range life() {
		var after string
		for at := 1; after == ""; at++ {
			dir := filepath.Join(t.TempDir(), "lake")
			if err := os.CopyFS(dir, os.DirFS(before)); err != nil {
				t.Fatal(err)
			}
			l := newLiving(t, dir, uint64(1000*n+at))
			if err := l.open(); err != nil {
				t.Fatal(err)
			}
			opened, crashed := l.disk.Ops(), false
			l.disk.SetFault(func(op warehousetest.Op) error {
				if op.N != opened+at {
					return nil
				}
				crashed = true
				return warehousetest.ErrCrashed
			})
			if err := l.insist(s, warehousetest.ErrCrashed); err != nil {
				t.Fatalf("%s: crash at %d: %v", s.name, at, err)
			}
			l.disk.SetFault(nil)
			if !crashed { // this was the whole step
				after = dir
			}
			if err := l.check(s.want); err != nil {
				t.Fatalf("%s: crash at %d: %v", s.name, at, err)
			}
			l.lake.Close()
			total++
		}
		before = after
	}
	if total < 120 {
		t.Fatalf("only %d operations: the steps do not do what they should", total)
	}
}

// TestFoundingCrashAtEveryStep does the same to the making of an empty lake.
func TestFoundingCrashAtEveryStep(t *testing.T) {
	crashed := true
	for at := 1; crashed; at++ {
		l := newLiving(t, filepath.Join(t.TempDir(), "lake"), uint64(at))
		crashed = false
		l.disk.SetFault(func(op warehousetest.Op) error {
			if op.N != at {
				return nil
			}
			crashed = true
			return warehousetest.ErrCrashed
		})
		if err := l.open(); err != nil {
			if err := l.crash(); err != nil {
				t.Fatalf("crash at %d: %v", at, err)
			}
		}
		l.disk.SetFault(nil)
		if err := l.check(newHistory()); err != nil {
			t.Fatalf("crash at %d: %v", at, err)
		}
		l.lake.Close()
	}
}

// TestCompactionErrorAtEveryStep fails an operation once instead, and lives a
// whole life in one process.
func TestCompactionErrorAtEveryStep(t *testing.T) {
	const stride = 4 // every operation: 1; it takes half a minute
	failed := true
	for at := 1; failed; at += stride {
		l := newLiving(t, filepath.Join(t.TempDir(), "lake"), uint64(at))
		if err := l.open(); err != nil {
			t.Fatal(err)
		}
		opened := l.disk.Ops()
		failed = false
		l.disk.SetFault(func(op warehousetest.Op) error {
			if op.N != opened+at {
				return nil
			}
			failed = true
			return syscall.EIO
		})
		var want *history
		for _, s := range life() {
			if err := l.insist(s, syscall.EIO); err != nil {
				t.Fatalf("fault at %d: %s: %v", at, s.name, err)
			}
			want = s.want
		}
		l.disk.SetFault(nil)
		if err := l.check(want); err != nil {
			t.Fatalf("fault at %d: %v", at, err)
		}
		l.lake.Close()
	}
}
