package transport

import (
	"testing"

	"also/shop"
	"also/store"
)

func entriesOf(outbox string, ids ...string) []store.Entry {
	var out []store.Entry
	for _, id := range ids {
		out = append(out, store.Entry{OutboxID: store.OutboxID{Outbox: outbox, ID: id}})
	}
	return out
}

func TestAcks(t *testing.T) {
	a := newAcks()
	f := func(want string, ids ...string) {
		t.Helper()
		var all []store.OutboxID
		for _, id := range ids {
			all = append(all, store.OutboxID{Outbox: id[:1], ID: id[1:]})
		}
		got := "waits"
		if done, err := a.look(all); done {
			got = "kept"
			if shop.CodeOf(err) == shop.Unavailable {
				got = "lost"
			}
		}
		if got != want {
			t.Errorf("%v: %s, want %s", ids, got, want)
		}
	}
	a.restart(map[string]string{"a": "05"})
	f("kept")
	f("kept", "a05") // what the journal has at the start
	f("waits", "a06")
	f("waits", "b01")
	a.appended(entriesOf("a", "07", "08"))
	a.appended(entriesOf("b", "03"))
	f("kept", "a07", "b03")
	f("waits", "a08", "b04")
	f("lost", "a06") // written before the view was made, and not in it

	// 9 and b4 were written, and the append failed; then 12 comes.
	a.restart(map[string]string{"a": "08", "b": "03"})
	f("kept", "a08")
	f("waits", "a09")
	a.appended(entriesOf("a", "12"))
	f("lost", "a09")
	f("lost", "a12", "a09")
	f("kept", "a12")
	f("waits", "b04")
	// An outbox of which the journal never had anything lost its first entry.
	f("waits", "c01")
	a.appended(entriesOf("c", "02"))
	f("lost", "c01")
	// A later failure does not make the earlier losses good.
	a.restart(map[string]string{"a": "12", "b": "03", "c": "02"})
	a.appended(entriesOf("a", "20"))
	f("lost", "a09")
	f("kept", "a12")
	f("lost", "a15")
}

func TestAcksTellWhoWaits(t *testing.T) {
	a := newAcks()
	wait1 := &wait{ids: []store.OutboxID{{Outbox: "a", ID: "01"}, {Outbox: "b", ID: "01"}}, done: make(chan error, 1)}
	wait2 := &wait{ids: []store.OutboxID{{Outbox: "a", ID: "02"}}, done: make(chan error, 1)}
	a.waiting[wait1], a.waiting[wait2] = struct{}{}, struct{}{}
	a.appended(entriesOf("a", "01"))
	if len(wait1.done) != 0 {
		t.Fatal("half of its entries was enough")
	}
	a.appended(entriesOf("b", "01"))
	if err := <-wait1.done; err != nil {
		t.Fatal(err)
	}
	a.fail(errLost)
	if err := <-wait2.done; shop.CodeOf(err) != shop.Unavailable {
		t.Fatalf("error %v, want UNAVAILABLE", err)
	}
	if len(a.waiting) != 0 {
		t.Fatal("somebody still waits")
	}
}
