package engine

import (
	"math"
	"slices"
)

// runSorter is the scratch of one worker that sorts runs of a Builder.
type runSorter struct {
	from, to []uint64 // an entry's key and, below it, its place in the run
	w, b     []float32
	counts   [1 << digitBits]int32
}

const (
	// digitBits is the widest digit that one pass sorts by.
	digitBits = 11
	// shortRun is up to how many entries comparing is faster than counting.
	shortRun = 256
)

// sort leaves the entries of a run by user and item, equal ones summed in the
// order they came, and returns how many those are.
func (s *runSorter) sort(b *Builder, run int) (int, error) {
	n := 0
	b.each(run, func(chunk []keyed) { n += len(chunk) })
	s.from, s.to, s.w = grow(&s.from, n), grow(&s.to, n), grow(&s.w, n)
	k := 0
	b.each(run, func(chunk []keyed) {
		from, w := s.from[k:k+len(chunk)], s.w[k:k+len(chunk)]
		for j, e := range chunk {
			from[j], w[j] = uint64(e.key)<<32|uint64(k+j), e.w
		}
		k += len(chunk)
	})
	if n <= shortRun {
		slices.Sort(s.from)
	} else {
		// Least significant digit first; every pass keeps equal ones in order.
		passes := (b.keyBits + digitBits - 1) / digitBits
		for pass := range passes {
			low, high := b.keyBits*pass/passes, b.keyBits*(pass+1)/passes
			s.pass(32+low, high-low)
		}
	}
	s.b = append(s.b[:0], b.targets[run]...)
	n, err := s.sum(b.targets[run])
	b.keep(run, s.to[:n])
	return n, err
}

// pass sorts by the digit of the given width above shift bits.
func (s *runSorter) pass(shift, width uint) {
	counts, mask := s.counts[:1<<width], uint64(1)<<width-1
	clear(counts)
	for _, e := range s.from {
		counts[e>>shift&mask]++
	}
	var sum int32
	for k, n := range counts {
		counts[k] = sum
		sum += n
	}
	for _, e := range s.from {
		at := &counts[e>>shift&mask]
		s.to[*at] = e
		*at++
	}
	s.from, s.to = s.to, s.from
}

// sum puts the entries in their order, equal ones summed, into to, keys with the
// bits of weights below, and their target terms, if there are any, into targets.
// It returns how many there are.
func (s *runSorter) sum(targets []float32) (int, error) {
	n := 0
	for k := 0; k < len(s.from); n++ {
		key, place := s.from[k]>>32, uint32(s.from[k])
		w := s.w[place]
		target := w
		if len(targets) > 0 {
			target = s.b[place]
		}
		for k++; k < len(s.from) && s.from[k]>>32 == key; k++ {
			place = uint32(s.from[k])
			w += s.w[place]
			if len(targets) > 0 {
				target += s.b[place]
			}
		}
		if len(targets) == 0 {
			target = w
		} else {
			targets[n] = target
		}
		if err := checkEntry(w, target); err != nil {
			return 0, err
		}
		s.to[n] = key<<32 | uint64(math.Float32bits(w))
	}
	return n, nil
}

// keep puts entries, keys with the bits of weights below, in a run in place of
// what it had, which is no less.
func (b *Builder) keep(run int, entries []uint64) {
	b.targets[run] = b.targets[run][:min(len(b.targets[run]), len(entries))]
	fill := func(chunk []keyed) []keyed {
		chunk = chunk[:min(len(chunk), len(entries))]
		for k, e := range entries[:len(chunk)] {
			chunk[k] = keyed{uint32(e >> 32), math.Float32frombits(uint32(e))}
		}
		entries = entries[len(chunk):]
		return chunk
	}
	for k, chunk := range b.full[run] {
		b.full[run][k] = fill(chunk)
	}
	b.last[run] = fill(b.last[run])
}
