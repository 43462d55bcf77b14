package graph

import "sync"

// byID reads values for all of the ids that an answer has named so far: what
// is asked of one is most likely asked of all, so the first to ask reads for
// those that were not read for yet.
type byID[K comparable, V any] struct {
	mu     sync.Mutex
	named  []K // not read yet
	known  map[K]bool
	values map[K]V
}

// name says that the answer names these.
func (b *byID[K, V]) name(ids ...K) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(ids)
}

func (b *byID[K, V]) add(ids []K) {
	if b.known == nil {
		b.known, b.values = map[K]bool{}, map[K]V{}
	}
	for _, id := range ids {
		if !b.known[id] {
			b.known[id] = true
			b.named = append(b.named, id)
		}
	}
}

// of returns the value of an id. read reads one for each of some ids, or none
// at all; there is false if it read none.
func (b *byID[K, V]) of(id K, read func([]K) ([]V, error)) (v V, there bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if v, there = b.values[id]; there {
		return v, true, nil
	}
	b.add([]K{id})
	ids := b.named
	got, err := read(ids)
	if err != nil || len(got) == 0 {
		return v, false, err
	}
	b.named = nil
	for i, one := range got {
		b.values[ids[i]] = one
	}
	v, there = b.values[id]
	return v, there, nil
}
