package warehousetest

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
)

// ClosableLog is an event log of a test.
type ClosableLog interface {
	warehouse.EventLog
	Close() error
}

// RunEventLog holds an event log to its contract. open opens the log kept in a
// folder, which is empty the first time.
func RunEventLog(t *testing.T, open func(t *testing.T, dir string) ClosableLog) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, l *logCase)
	}{
		{"Append/positions rise by one from 1", appendPositions},
		{"Append/known entries are left out", appendKnown},
		{"Append/ids compare as numbers", appendNumericIDs},
		{"Append/entries without events take no position", appendWithoutEvents},
		{"Append/one malformed entry refuses all", appendMalformed},
		{"Append/nothing is no error", appendNothing},
		{"Append/at the same time from many", appendConcurrently},
		{"Read/gives entries back as they were", readBack},
		{"Read/goes on after a position", readAfter},
		{"Ends/of an empty log", endsOfEmpty},
		{"all of it survives closing", surviveClosing},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &logCase{t: t, dir: t.TempDir(), open: open}
			l.ClosableLog = open(t, l.dir)
			t.Cleanup(func() { l.Close() })
			c.test(t, l)
		})
	}
}

type logCase struct {
	ClosableLog
	t    *testing.T
	dir  string
	open func(t *testing.T, dir string) ClosableLog
}

// EntryOf makes an entry with n events of our own making.
func EntryOf(outbox, id string, n int) warehouse.Entry {
	body := `{"control":[{"name":"key/` + id + `","value":{"of":"` + outbox + `"}}]}`
	if n > 0 {
		body = `{"events":[`
		for i := range n {
			if i > 0 {
				body += ","
			}
			body += fmt.Sprintf(`{"v":1,"id":%q,"type":"PRODUCT_VIEW","occurred_at":1664582400000,"recorded_at":1664582400000,"session":7,"sku":"a]b,\"{"}`,
				shop.DerivedUUID(outbox, id, fmt.Sprint(i)))
		}
		body += `]}`
	}
	return warehouse.Entry{Outbox: outbox, ID: id, At: time.UnixMilli(1664582400000).UTC(), Events: n, Body: []byte(body)}
}

func (l *logCase) append(want warehouse.Position, entries ...warehouse.Entry) {
	l.t.Helper()
	got, err := l.Append(context.Background(), entries)
	if err != nil || got != want {
		l.t.Fatalf("Append = %d, %v, want %d", got, err, want)
	}
}

func (l *logCase) read(after warehouse.Position) []warehouse.Record {
	l.t.Helper()
	var all []warehouse.Record
	for r, err := range l.Read(context.Background(), after) {
		if err != nil {
			l.t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func (l *logCase) wantRead(after warehouse.Position, want ...warehouse.Record) {
	l.t.Helper()
	if got := l.read(after); !reflect.DeepEqual(got, want) {
		l.t.Fatalf("Read(%d) =\n%v, want\n%v", after, got, want)
	}
}

func (l *logCase) wantEnds(head warehouse.Position, last map[string]string) {
	l.t.Helper()
	gotHead, gotLast, err := l.Ends(context.Background())
	if err != nil || gotHead != head || len(last)+len(gotLast) > 0 && !reflect.DeepEqual(gotLast, last) {
		l.t.Fatalf("Ends = %d, %v, %v, want %d, %v", gotHead, gotLast, err, head, last)
	}
}

func appendPositions(t *testing.T, l *logCase) {
	l.append(5, EntryOf("shop", "1-0", 2), EntryOf("p00", "1-0", 3))
	l.append(6, EntryOf("shop", "2-0", 1))
	l.wantRead(0, warehouse.Record{First: 1, Entry: EntryOf("shop", "1-0", 2)}, warehouse.Record{First: 3, Entry: EntryOf("p00", "1-0", 3)},
		warehouse.Record{First: 6, Entry: EntryOf("shop", "2-0", 1)})
}

func appendKnown(t *testing.T, l *logCase) {
	l.append(2, EntryOf("shop", "2-0", 1), EntryOf("shop", "2-0", 1), EntryOf("shop", "1-0", 1), EntryOf("shop", "3-0", 1))
	l.append(2, EntryOf("shop", "3-0", 5))
	l.append(3, EntryOf("shop", "2-0", 5), EntryOf("p00", "1-0", 1))
	l.wantEnds(3, map[string]string{"shop": "3-0", "p00": "1-0"})
}

func appendNumericIDs(t *testing.T, l *logCase) {
	l.append(1, EntryOf("shop", "9-0", 1))
	l.append(2, EntryOf("shop", "10-0", 1))
	l.append(3, EntryOf("shop", "10-9", 1))
	l.append(4, EntryOf("shop", "10-10", 1))
	l.append(4, EntryOf("shop", "9-99", 1))
}

func appendWithoutEvents(t *testing.T, l *logCase) {
	l.append(0, EntryOf("shop", "1-0", 0))
	l.append(1, EntryOf("shop", "2-0", 1), EntryOf("shop", "3-0", 0))
	l.wantRead(0, warehouse.Record{First: 1, Entry: EntryOf("shop", "1-0", 0)}, warehouse.Record{First: 1, Entry: EntryOf("shop", "2-0", 1)},
		warehouse.Record{First: 2, Entry: EntryOf("shop", "3-0", 0)})
}

func appendMalformed(t *testing.T, l *logCase) {
	good := EntryOf("shop", "1-0", 1)
	for name, spoil := range map[string]func(*warehouse.Entry){
		"no JSON":          func(e *warehouse.Entry) { e.Body = []byte(`{"events":[`) },
		"no object":        func(e *warehouse.Entry) { e.Body = []byte(`[]`) },
		"another key":      func(e *warehouse.Entry) { e.Body = []byte(`{"events":[{}],"p":3}`) },
		"no array":         func(e *warehouse.Entry) { e.Body = []byte(`{"events":{}}`); e.Events = 0 },
		"too few events":   func(e *warehouse.Entry) { e.Events = 2 },
		"too many events":  func(e *warehouse.Entry) { e.Events = 0 },
		"no outbox":        func(e *warehouse.Entry) { e.Outbox = "" },
		"no id":            func(e *warehouse.Entry) { e.ID = "" },
		"quotes in the id": func(e *warehouse.Entry) { e.ID = `1","x":"` },
	} {
		bad := EntryOf("shop", "2-0", 1)
		spoil(&bad)
		if _, err := l.Append(context.Background(), []warehouse.Entry{good, bad}); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%s: error %v, want BAD_USER_INPUT", name, err)
		}
	}
	l.wantEnds(0, nil)
	l.append(1, good)
}

func appendNothing(t *testing.T, l *logCase) {
	l.append(0)
	l.append(1, EntryOf("shop", "1-0", 1))
	l.append(1)
}

func appendConcurrently(t *testing.T, l *logCase) {
	const writers, each = 8, 50
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				if _, err := l.Append(context.Background(), []warehouse.Entry{EntryOf(fmt.Sprintf("p%02d", w), fmt.Sprintf("%d-0", i+1), 1+i%3)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	next, count := warehouse.Position(1), map[string]int{}
	for _, r := range l.read(0) {
		if r.First != next {
			t.Fatalf("an entry begins at %d, want %d", r.First, next)
		}
		next += warehouse.Position(r.Events)
		if count[r.Outbox]++; r.ID != fmt.Sprintf("%d-0", count[r.Outbox]) {
			t.Fatalf("entry %d of %s has id %s", count[r.Outbox], r.Outbox, r.ID)
		}
	}
	events := 0
	for i := range each {
		events += 1 + i%3
	}
	if len(count) != writers || int(next) != writers*events+1 {
		t.Fatalf("%d outboxes and %d events, want %d and %d", len(count), next-1, writers, writers*events)
	}
}

func readBack(t *testing.T, l *logCase) {
	e := warehouse.Entry{Outbox: "p31", ID: "1664582400000-17", At: time.UnixMilli(1664582400123).UTC(), Events: 2,
		Body: []byte(` { "events" : [ {"id":"x","sku":"Ä \" \\ ]"} , {"nested":[{},[],"}"]} ], "control":[{"name":"a/b","value":null}] } `)}
	l.append(2, e)
	e.Body = []byte(`{"events":[{"id":"x","sku":"Ä \" \\ ]"},{"nested":[{},[],"}"]}],"control":[{"name":"a/b","value":null}]}`)
	l.wantRead(0, warehouse.Record{First: 1, Entry: e})
	empty := warehouse.Entry{Outbox: "p31", ID: "1664582400000-18", At: e.At, Body: []byte(`{}`)}
	l.append(2, empty)
	l.wantRead(2, warehouse.Record{First: 3, Entry: empty})
}

func readAfter(t *testing.T, l *logCase) {
	l.append(3, EntryOf("shop", "1-0", 2), EntryOf("shop", "2-0", 1))
	second := warehouse.Record{First: 3, Entry: EntryOf("shop", "2-0", 1)}
	l.wantRead(1, warehouse.Record{First: 1, Entry: EntryOf("shop", "1-0", 2)}, second)
	l.wantRead(2, second)
	l.wantRead(3)
}

func endsOfEmpty(t *testing.T, l *logCase) {
	l.wantEnds(0, nil)
	l.wantRead(0)
}

func surviveClosing(t *testing.T, l *logCase) {
	var want []warehouse.Record
	var head warehouse.Position
	for i := range 20 {
		e := EntryOf("shop", fmt.Sprintf("%d-0", i+1), i%3)
		want = append(want, warehouse.Record{First: head + 1, Entry: e})
		head += warehouse.Position(e.Events)
		l.append(head, e)
		if i%4 != 0 {
			continue
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		l.ClosableLog = l.open(t, l.dir)
		l.wantEnds(head, map[string]string{"shop": e.ID})
		l.append(head, e)
	}
	l.wantRead(0, want...)
}
