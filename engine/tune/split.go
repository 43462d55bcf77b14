package tune

import (
	"slices"

	"also/engine"
)

// Split is a part of the data that a model must foretell from the rest. Its
// matrices have one shape, users in rows.
type Split struct {
	// Name says which, to people: "2022-06-01".
	Name string
	// Train is what is learnt from and what users are folded in from.
	Train *engine.Matrix
	// Neighbours is what neighbours are fitted to, a part of Train; nil: all of it.
	Neighbours *engine.Matrix
	// Dates say when the entries of Train first met, where known.
	Dates engine.Dates
	// Exclude has in each user's row what is not ranked; nil: Train.
	Exclude *engine.Matrix
	// Held has in each user's row what is asked for.
	Held *engine.Matrix
}

// judgedUsers returns at most n of the rows with something held out, evenly
// spread.
func (s Split) judgedUsers(n int) []int32 {
	var users []int32
	for u := range s.Held.Rows {
		if s.Held.Ptr[u+1] > s.Held.Ptr[u] {
			users = append(users, int32(u))
		}
	}
	if len(users) <= n {
		return users
	}
	some := make([]int32, n)
	for k := range some {
		some[k] = users[k*len(users)/n]
	}
	return slices.Compact(some)
}

// excluded returns what is not ranked for a user, ascending.
func (s Split) excluded(u int32) []int32 {
	m := s.Exclude
	if m == nil {
		m = s.Train
	}
	idx, _, _ := m.Row(int(u))
	return idx
}
