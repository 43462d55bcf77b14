package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

var outboxCases = []testCase{
	{"Entries/returns what comes after the given ids, in order within an outbox", func(t *testing.T, e *env) {
		for i := range 10 {
			e.ok(e.put(store.PutConditions{}, record(fmt.Sprint("run/", i), show(i))))
		}
		all := e.entries(nil)
		equal(t, len(all), 10)
		for i, entry := range all {
			equal(t, decode(t, entry).Control[0].Name, fmt.Sprint("run/", i))
			if i > 0 && entry.ID <= all[i-1].ID {
				t.Fatalf("id %s follows %s", entry.ID, all[i-1].ID)
			}
		}
		equal(t, e.entries(map[string]string{all[6].Outbox: all[6].ID}), all[7:])
		equal(t, len(e.entries(map[string]string{all[9].Outbox: all[9].ID})), 0)
	}},
	{"Entries/returns max of every outbox at most", func(t *testing.T, e *env) {
		for i := range 200 {
			e.record(e.event(shop.ProductView, shop.UserID(i+1), "A"))
		}
		some, err := e.s.Entries(e.ctx, nil, 3, 0)
		e.ok(err)
		count := map[string]int{}
		for _, entry := range some {
			count[entry.Outbox]++
		}
		if len(count) < 2 {
			t.Fatalf("200 users share %d outbox", len(count))
		}
		for outbox, n := range count {
			if n != 3 {
				t.Fatalf("outbox %s returned %d entries", outbox, n)
			}
		}
	}},
	{"Entries/what the shop's outbox got before comes first", func(t *testing.T, e *env) {
		for i := range 8 {
			user := e.users(true, fmt.Sprint("c", i))[0]
			e.record(e.event(shop.ProductView, user, "A"))
		}
		known := map[string]bool{}
		at := map[string]string{}
		for n := 0; n < 16; {
			some, err := e.s.Entries(e.ctx, at, 3, 0)
			e.ok(err)
			n += len(some)
			for _, entry := range some {
				at[entry.Outbox] = entry.ID
				for _, r := range decode(t, entry).Control {
					known[string(r.Value)] = true
				}
				for _, v := range decode(t, entry).Events {
					for value := range known {
						if strings.Contains(value, `"user":`+v.Customer.String()+`}`) {
							delete(known, value)
						}
					}
				}
			}
			if len(some) == 0 {
				t.Fatalf("%d entries are missing", 16-n)
			}
		}
		equal(t, len(known), 0) // each was known when its event came
	}},
	{"Entries/waits up to block", func(t *testing.T, e *env) {
		start := time.Now()
		some, err := e.s.Entries(e.ctx, nil, 10, 30*time.Millisecond)
		e.ok(err)
		equal(t, len(some), 0)
		if waited := time.Since(start); waited < 30*time.Millisecond {
			t.Fatalf("it waited %v", waited)
		}
	}},
	{"Entries/wakes who waits", func(t *testing.T, e *env) {
		got := make(chan int, 1)
		go func() {
			some, err := e.s.Entries(e.ctx, nil, 10, 20*time.Second)
			if err != nil {
				t.Error(err)
			}
			got <- len(some)
		}()
		e.record(e.event(shop.ProductView, 1, "A"))
		equal(t, <-got, 1)
	}},
	{"Entries/ends waiting when ctx ends", func(t *testing.T, e *env) {
		ctx, cancel := context.WithCancel(e.ctx)
		done := make(chan error, 1)
		go func() {
			_, err := e.s.Entries(ctx, nil, 10, time.Hour)
			done <- err
		}()
		cancel()
		e.is(<-done, shop.Unavailable)
	}},
	{"Entries/after a text that is no id, or of less than one, is BAD_USER_INPUT", func(t *testing.T, e *env) {
		_, err := e.s.Entries(e.ctx, nil, 0, 0)
		e.is(err, shop.BadUserInput)
		_, err = e.s.Entries(e.ctx, map[string]string{"shop": "x"}, 10, 0)
		e.is(err, shop.BadUserInput)
	}},
	{"TrimOutbox/drops entries up to and including the given ids", func(t *testing.T, e *env) {
		for i := range 5 {
			e.ok(e.put(store.PutConditions{}, record("run/1", show(i))))
		}
		all := e.entries(nil)
		e.ok(e.s.TrimOutbox(e.ctx, map[string]string{all[2].Outbox: all[2].ID}))
		equal(t, e.entries(nil), all[3:])
		e.ok(e.s.TrimOutbox(e.ctx, map[string]string{all[1].Outbox: all[1].ID, "p00": ""}))
		equal(t, e.entries(nil), all[3:])
		e.ok(e.s.TrimOutbox(e.ctx, nil))
	}},
	{"OutboxEnds/are the last ids ever written, trimmed or not", func(t *testing.T, e *env) {
		for outbox, end := range e.mark() {
			equal(t, outbox+end, outbox)
		}
		e.ok(e.put(store.PutConditions{}, record("run/1", "1")))
		entry := e.entries(nil)[0]
		equal(t, e.mark()[entry.Outbox], entry.ID)
		e.ok(e.s.TrimOutbox(e.ctx, e.mark()))
		equal(t, len(e.entries(nil)), 0)
		equal(t, e.mark()[entry.Outbox], entry.ID)
		e.ok(e.put(store.PutConditions{}, record("run/1", "2")))
		if next := e.entries(nil)[0]; next.ID <= entry.ID {
			t.Fatalf("id %s follows %s", next.ID, entry.ID)
		}
	}},
	{"OutboxLengths/count the entries of each outbox", func(t *testing.T, e *env) {
		e.ok(e.put(store.PutConditions{}, record("run/1", "1")))
		e.ok(e.put(store.PutConditions{}, record("run/1", "2")))
		e.record(e.event(shop.ProductView, 1, "A"))
		lengths, err := e.s.OutboxLengths(e.ctx)
		e.ok(err)
		sum := int64(0)
		for _, n := range lengths {
			sum += n
		}
		equal(t, []int64{lengths[e.entries(nil)[0].Outbox], sum}, []int64{2, 3})
		equal(t, len(lengths), len(e.mark()))
	}},
}
