package transport

import (
	"testing"
	"time"

	"also/warehouse"
)

func TestMovesRememberWhen(t *testing.T) {
	var m moves
	at := func(n warehouse.Position) time.Time { return time.Unix(int64(n), 0) }
	for n := warehouse.Position(10); n < 10+3*movesKept; n += 2 {
		m.add(n, n+2, at(n+2))
	}
	m.add(10+3*movesKept, 10+3*movesKept, time.Time{}) // control records only
	f := func(p warehouse.Position, want bool) {
		t.Helper()
		got, ok := m.when(p)
		if ok != want || ok && got != at(p+p%2) {
			t.Errorf("position %d: %v, %v", p, got, ok)
		}
	}
	f(10, false) // before all
	f(11, true)
	f(12, true)
	f(10+3*movesKept, true)
	f(11+3*movesKept, false) // to come
	for n := warehouse.Position(10 + 3*movesKept); n < 10+9*movesKept; n += 2 {
		m.add(n, n+2, at(n+2))
	}
	f(11, false) // forgotten
	f(9*movesKept, true)
	m.add(100*movesKept, 100*movesKept+1, time.Unix(1, 0)) // after an import
	f(9*movesKept, false)
}
