package transport

import (
	"sort"
	"time"

	"also/warehouse"
)

// movesKept is how many moves a pipe remembers.
const movesKept = 4096

// moves remembers when the latest events came into the journal. It is not safe
// for concurrent use.
type moves struct {
	after warehouse.Position // of the last event before the first move remembered
	done  []move             // by position
}

// move is one append.
type move struct {
	through warehouse.Position // its last event
	at      time.Time
}

// add notes an append that led from one position to another.
func (m *moves) add(from, through warehouse.Position, at time.Time) {
	if len(m.done) == 0 || m.done[len(m.done)-1].through != from {
		m.after, m.done = from, m.done[:0] // something else was appended in between
	}
	if through == from {
		return // control records only
	}
	if len(m.done) == 2*movesKept {
		m.after = m.done[movesKept-1].through
		m.done = append(m.done[:0], m.done[movesKept:]...)
	}
	m.done = append(m.done, move{through, at})
}

// when returns when the event at a position came in.
func (m *moves) when(at warehouse.Position) (time.Time, bool) {
	i := sort.Search(len(m.done), func(i int) bool { return m.done[i].through >= at })
	if at <= m.after || i == len(m.done) {
		return time.Time{}, false
	}
	return m.done[i].at, true
}

// JournalledAt returns when the event at a position came into the journal; ok
// is false for one that this pipe did not move or has forgotten.
func (p *Pipe) JournalledAt(at warehouse.Position) (when time.Time, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.moves.when(at)
}

// JournalledAt is that of the pipe at work, if this carrier is.
func (c *Carrier) JournalledAt(at warehouse.Position) (when time.Time, ok bool) {
	c.mu.Lock()
	p := c.pipe
	c.mu.Unlock()
	if p == nil {
		return time.Time{}, false
	}
	return p.JournalledAt(at)
}
