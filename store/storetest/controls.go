package storetest

import (
	"encoding/json"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

func record(name, value string) shop.ControlRecord {
	return shop.ControlRecord{Name: name, Value: json.RawMessage(value)}
}

func (e *env) put(conds store.PutConditions, records ...shop.ControlRecord) error {
	return e.s.PutControl(e.ctx, records, conds)
}

func (e *env) control(name string) string {
	e.t.Helper()
	value, err := e.s.Control(e.ctx, name)
	e.ok(err)
	return string(value)
}

var controlCases = []testCase{
	{"PutControl/sets records together, and they reach the outbox in one entry", func(t *testing.T, e *env) {
		records := []shop.ControlRecord{record("run/1", `{"a":1}`), record("key/x", `"v"`)}
		e.ok(e.put(store.PutConditions{}, records...))
		equal(t, e.control("run/1"), `{"a":1}`)
		equal(t, e.control("key/x"), `"v"`)
		entries := e.entries(nil)
		equal(t, len(entries), 1)
		equal(t, decode(t, entries[0]).Control, records)
		equal(t, entries[0].At, e.clock.Now())
	}},
	{"PutControl/a null value deletes", func(t *testing.T, e *env) {
		e.ok(e.put(store.PutConditions{}, record("run/1", `{}`)))
		mark := e.mark()
		e.ok(e.put(store.PutConditions{}, record("run/1", "null")))
		value, err := e.s.Control(e.ctx, "run/1")
		e.ok(err)
		if value != nil {
			t.Fatalf("got %s", value)
		}
		_, control := e.since(mark)
		equal(t, len(control), 1)
		equal(t, control[0].Deleted(), true)
	}},
	{"PutControl/Absent is CONFLICT if one exists, and changes nothing", func(t *testing.T, e *env) {
		e.ok(e.put(store.PutConditions{Absent: true}, record("run/1", `1`)))
		mark := e.mark()
		e.is(e.put(store.PutConditions{Absent: true}, record("run/2", `2`), record("run/1", `3`)), shop.Conflict)
		equal(t, e.control("run/1"), `1`)
		equal(t, e.control("run/2"), ``)
		e.nothingSince(mark)
	}},
	{"PutControl/Same is CONFLICT unless the names still have these values", func(t *testing.T, e *env) {
		e.ok(e.put(store.PutConditions{}, record("live/model", `{"id":"a"}`)))
		same := store.PutConditions{Same: []shop.ControlRecord{record("live/model", `{ "id": "a" }`), record("run/9", "")}}
		e.ok(e.put(same, record("live/model", `{"id":"b"}`)))
		e.is(e.put(same, record("live/model", `{"id":"c"}`)), shop.Conflict)
		equal(t, e.control("live/model"), `{"id":"b"}`)
		absent := store.PutConditions{Same: []shop.ControlRecord{record("live/model", "")}}
		e.is(e.put(absent, record("live/model", `{"id":"c"}`)), shop.Conflict)
	}},
	{"PutControl/of many who saw the same value one succeeds", func(t *testing.T, e *env) {
		e.ok(e.put(store.PutConditions{}, record("run/1", `0`)))
		codes := parallel(20, func(i int) error {
			return e.put(store.PutConditions{Same: []shop.ControlRecord{record("run/1", `0`)}}, record("run/1", show(i+1)))
		})
		equal(t, codes, map[shop.Code]int{"": 1, shop.Conflict: 19})
	}},
	{"PutControl/Lease is CONFLICT unless it is still held", func(t *testing.T, e *env) {
		l, ok, err := e.s.Claim(e.ctx, "train", "w1", time.Minute)
		e.ok(err)
		equal(t, ok, true)
		held := store.PutConditions{Lease: &l}
		e.ok(e.put(held, record("run/1", `1`)))
		stranger := l
		stranger.Token++
		e.is(e.put(store.PutConditions{Lease: &stranger}, record("run/1", `2`)), shop.Conflict)
		e.clock.move(time.Minute)
		e.is(e.put(held, record("run/1", `3`)), shop.Conflict)
		equal(t, e.control("run/1"), `1`)
	}},
	{"PutControl/refuses a name without kind and a value that is no JSON", func(t *testing.T, e *env) {
		e.is(e.put(store.PutConditions{}, record("run", `1`)), shop.BadUserInput)
		e.is(e.put(store.PutConditions{}, record("run/1", `{`)), shop.BadUserInput)
	}},
	{"Control/is nil if there is none", func(t *testing.T, e *env) {
		value, err := e.s.Control(e.ctx, "run/1")
		e.ok(err)
		if value != nil {
			t.Fatalf("got %s", value)
		}
	}},
	{"Control/shows no records of kinds that have methods of their own", func(t *testing.T, e *env) {
		c, err := e.s.SaveCustomer(e.ctx, shop.Customer{Name: "Wren"}, store.Create)
		e.ok(err)
		if value, _ := e.s.Control(e.ctx, "customer/"+c.User.String()); value != nil {
			t.Fatalf("got %s", value)
		}
		if list, _ := e.s.ControlList(e.ctx, "customer"); len(list) > 0 {
			t.Fatalf("got %s", show(list))
		}
		e.is(e.put(store.PutConditions{}, record("customer/1", `{}`)), shop.BadUserInput)
	}},
	{"ControlList/returns one kind, sorted by name", func(t *testing.T, e *env) {
		e.ok(e.put(store.PutConditions{}, record("run/b", `2`), record("run/a", `1`), record("running/a", `3`)))
		list, err := e.s.ControlList(e.ctx, "run")
		e.ok(err)
		equal(t, list, []shop.ControlRecord{record("run/a", `1`), record("run/b", `2`)})
		none, err := e.s.ControlList(e.ctx, "none")
		e.ok(err)
		equal(t, len(none), 0)
	}},
}
