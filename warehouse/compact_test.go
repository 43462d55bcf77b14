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

// life is what happens to a lake in the tests of crashes, in steps that may be done twice.
func life(h *history) []func(ctx context.Context, l *warehouse.Lake) error {
	appendEntries := func(entries ...warehouse.Entry) func(context.Context, *warehouse.Lake) error {
		return func(ctx context.Context, l *warehouse.Lake) error {
			_, err := l.Append(ctx, entries)
			return err
		}
	}
	compact := func(ctx context.Context, l *warehouse.Lake) error {
		_, err := l.Compact(ctx)
		return err
	}
	imported := []shop.Event{event(shop.DerivedUUID("import", "1"), 0, 8), event(shop.DerivedUUID("import", "2"), 5, 9)}
	first := appendEntries(h.entry(7, 0, 1), h.entry(8, 0), h.entry(9))
	second := appendEntries(h.entry(7, 0), h.entry(9, 0, 2))
	for _, e := range imported {
		h.events[e.ID.String()] = 1
	}
	third := appendEntries(h.entry(8, 1, 0), h.entry(9, 3), h.entry(9))
	for id := range h.events {
		for _, e := range []shop.Event{event(shop.DerivedUUID("1", "0"), 0, 7), event(shop.DerivedUUID("1", "1"), 1, 7), event(shop.DerivedUUID("4", "0"), 0, 7)} {
			if e.ID.String() == id {
				delete(h.events, id)
			}
		}
	}
	return []func(context.Context, *warehouse.Lake) error{
		first, compact, second,
		func(ctx context.Context, l *warehouse.Lake) error {
			return l.PublishEvents(ctx, "sales", imported)
		},
		third, compact,
		func(ctx context.Context, l *warehouse.Lake) error {
			_, err := l.Forget(ctx, []shop.UserID{7})
			return err
		},
	}
}

// TestCompactionCrashAtEveryStep lets the machine crash before each operation of a lake's life in
// turn; the step under way is done again after the restart, as its caller would.
func TestCompactionCrashAtEveryStep(t *testing.T) {
	faultAtEveryStep(t, warehousetest.ErrCrashed, 1)
}

// TestCompactionErrorAtEveryStep fails each operation once instead; the process goes on.
func TestCompactionErrorAtEveryStep(t *testing.T) {
	faultAtEveryStep(t, syscall.EIO, 3)
}

func faultAtEveryStep(t *testing.T, fault error, stride int) {
	h := newHistory()
	steps := life(h)
	dir := t.TempDir()
	total := liveThrough(t, filepath.Join(dir, "whole"), h, steps, 0, fault)
	if total < 100 {
		t.Fatalf("only %d operations: the steps do not do what they should", total)
	}
	if testing.Short() {
		stride = 11
	}
	for at := 1; at <= total; at += stride {
		liveThrough(t, filepath.Join(dir, fmt.Sprint(at)), h, steps, at, fault)
	}
}

// liveThrough takes the steps on a disk that meets the fault before one
// operation, and compares what is left after a final crash with the history. It
// returns how many operations there were.
func liveThrough(t *testing.T, dir string, h *history, steps []func(context.Context, *warehouse.Lake) error, at int, fault error) int {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	disk, err := warehousetest.NewFaultFS(dir, uint64(at))
	if err != nil {
		t.Fatal(err)
	}
	disk.Fault = func(op warehousetest.Op) error {
		if op.N == at {
			return fault
		}
		return nil
	}
	var l *warehouse.Lake
	open := func(context.Context, *warehouse.Lake) error {
		var err error
		l, err = warehouse.Open(dir, "demo", warehouse.Options{FS: disk, TempDir: dir + "-tmp", Keep: time.Nanosecond, Threads: 1})
		return err
	}
	recover := func(err error) error {
		if errors.Is(err, warehousetest.ErrCrashed) {
			if l != nil {
				l.Close()
			}
			if err := disk.Restart(); err != nil {
				return err
			}
			return open(context.Background(), nil)
		}
		if l == nil {
			return open(context.Background(), nil)
		}
		return l.Reopen(context.Background())
	}
	for i, step := range append([]func(context.Context, *warehouse.Lake) error{open}, steps...) {
		for {
			err := step(context.Background(), l)
			if err == nil {
				break
			}
			if !errors.Is(err, fault) {
				t.Fatalf("fault at %d: step %d: %v", at, i, err)
			}
			if err := recover(err); err != nil {
				t.Fatalf("fault at %d: step %d: %v", at, i, err)
			}
			if i == 0 {
				break // it is open now
			}
		}
	}
	ops := disk.Ops()
	disk.Crash()
	l.Close()
	if err := disk.Restart(); err != nil {
		t.Fatal(err)
	}
	if err := open(context.Background(), nil); err != nil {
		t.Fatalf("fault at %d: %v", at, err)
	}
	defer l.Close()
	if err := h.check(l); err != nil {
		t.Fatalf("fault at %d: %v", at, err)
	}
	files, err := l.DataFiles()
	if err != nil {
		t.Fatal(err)
	}
	named := l.NamedFiles()
	for _, f := range files {
		if (strings.HasPrefix(f, "events/") || strings.HasPrefix(f, "control/") || strings.HasPrefix(f, "staging/")) && !slices.Contains(named, f) {
			t.Errorf("fault at %d: nobody names %s, and it is there", at, f)
		}
	}
	return ops
}
