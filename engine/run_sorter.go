package engine

import (
	"math"
	"slices"
)

// runSorter is the scratch of one worker that sorts runs of a Builder.
type runSorter struct {
	from, to []uint64 // an entry's key and, below it, its place in the run
	w, b     []float32
	counts   [mostPasses][1 << digitBits]int32
}

const (
	// digitBits is the widest digit that one pass sorts by.
	digitBits = 11
	// mostPasses is how many 32 bits take.
	mostPasses = 3
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
		s.radix(b.keyBits)
	}
	s.b = append(s.b[:0], b.targets[run]...)
	n, err := s.sum(b.targets[run])
	b.keep(run, s.to[:n])
	return n, err
}

// radix sorts by keys of so many bits, least significant digit first; every pass
// keeps equal ones in order. All digits are counted in one walk.
func (s *runSorter) radix(keyBits uint) {
	passes := (keyBits + digitBits - 1) / digitBits
	var low, mask [mostPasses]uint64
	for pass := range passes {
		from, to := keyBits*pass/passes, keyBits*(pass+1)/passes
		low[pass], mask[pass] = uint64(32+from), 1<<(to-from)-1
		clear(s.counts[pass][:mask[pass]+1])
	}
	for _, e := range s.from {
		s.counts[0][e>>low[0]&mask[0]%(1<<digitBits)]++
		s.counts[1][e>>low[1]&mask[1]%(1<<digitBits)]++
		s.counts[2][e>>low[2]&mask[2]%(1<<digitBits)]++
	}
	for pass := range passes {
		s.pass(&s.counts[pass], low[pass], mask[pass])
	}
}

// pass sorts by the digit that mask selects above low bits, with counts of each.
func (s *runSorter) pass(counts *[1 << digitBits]int32, low, mask uint64) {
	var sum int32
	for k, n := range counts[:mask+1] {
		counts[k] = sum
		sum += n
	}
	for _, e := range s.from {
		at := &counts[e>>low&mask%(1<<digitBits)]
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
