package training

import (
	"reflect"
	"testing"
	"time"
)

func TestLivePointer(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	states := func(l live) map[string]ModelState {
		all := map[string]ModelState{}
		for _, id := range []string{"a", "b", "c", "d"} {
			all[id] = l.state(id)
		}
		return all
	}
	check := func(l live, a, b, c, d ModelState) {
		t.Helper()
		if got, want := states(l), (map[string]ModelState{"a": a, "b": b, "c": c, "d": d}); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v: states %v, want %v", l, got, want)
		}
	}
	var l live
	check(l, Candidate, Candidate, Candidate, Candidate)
	l = l.promote("a", at)
	check(l, Live, Candidate, Candidate, Candidate)
	l = l.promote("b", at).promote("c", at)
	check(l, Retired, Previous, Live, Candidate)
	l = l.rollBack(at) // c was a mistake: b again, and a behind it
	check(l, Previous, Live, Retired, Candidate)
	l = l.promote("d", at)
	check(l, Retired, Previous, Retired, Live)
	l = l.promote("a", at) // an old one again: it is not its own past
	check(l, Live, Retired, Retired, Previous)
	if l.Previous != "d" || !reflect.DeepEqual(l.Past, []string{"b"}) || !reflect.DeepEqual(l.Taken, []string{"c"}) {
		t.Errorf("the pointer's past: %+v", l)
	}
	l = l.rollBack(at).rollBack(at)
	if l.ID != "b" || l.Previous != "" {
		t.Errorf("rolled back twice: %+v", l)
	}
}
