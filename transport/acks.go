package transport

import (
	"maps"

	"also/shop"
	"also/store"
)

// acks knows which outbox entries are in the journal, and tells those who wait
// for theirs. Ids are compared as text. It is not safe for concurrent use.
//
// A rebuild of the view drops entries that the journal does not have. Entries
// written after it have later ids, so what was lost are the ids between the
// journal's end at the rebuild and the first entry after it: a gap.
type acks struct {
	through map[string]string // the last entry of each outbox that the journal has
	gaps    map[string][]gap
	seen    map[string]bool // outboxes with an entry since the last rebuild
	waiting map[*wait]struct{}
}

// gap is the ids after one and before another that were lost.
type gap struct{ after, before string }

// wait is a command that waits for its entries.
type wait struct {
	ids  []store.OutboxID
	done chan error // buffered: one answer
}

func newAcks() *acks {
	return &acks{through: map[string]string{}, gaps: map[string][]gap{}, seen: map[string]bool{}, waiting: map[*wait]struct{}{}}
}

// restart says that the view was made again from a journal with these ends.
func (a *acks) restart(ends map[string]string) {
	clear(a.seen)
	a.through = maps.Clone(ends)
}

// appended says that the journal has the entries, which were read in order.
func (a *acks) appended(entries []store.Entry) {
	for _, e := range entries {
		if !a.seen[e.Outbox] {
			a.seen[e.Outbox] = true
			a.gaps[e.Outbox] = append(a.gaps[e.Outbox], gap{a.through[e.Outbox], e.ID})
		}
		a.through[e.Outbox] = e.ID
	}
	for w := range a.waiting {
		if done, err := a.look(w.ids); done {
			a.answer(w, err)
		}
	}
}

// errLost is what a command hears whose entry did not reach the journal.
var errLost = shop.Errorf(shop.Unavailable, "", "this could not be kept; try again")

// look reports whether the fate of the entries is known, and what it is.
func (a *acks) look(ids []store.OutboxID) (done bool, err error) {
	for _, id := range ids {
		for _, g := range a.gaps[id.Outbox] {
			if id.ID > g.after && id.ID < g.before {
				return true, errLost
			}
		}
		if id.ID > a.through[id.Outbox] {
			return false, nil
		}
	}
	return true, nil
}

func (a *acks) answer(w *wait, err error) {
	delete(a.waiting, w)
	w.done <- err
}

// fail tells all who wait that their entries are lost.
func (a *acks) fail(err error) {
	for w := range a.waiting {
		a.answer(w, err)
	}
}

// ends returns the last entry of each outbox that the journal has.
func (a *acks) ends() map[string]string { return maps.Clone(a.through) }
