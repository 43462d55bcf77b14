package engine

// runSorter is the scratch of one worker that sorts runs.
type runSorter struct {
	from, to   []triple
	fromB, toB []float32
	counts     [sorterBuckets]int32
}

// sorterBuckets is how many values one pass tells apart.
const sorterBuckets = 1 << 11

// sort leaves in r.last, and r.targets, the run's entries by user and item,
// equal ones summed, and counts each row's in counts.
func (s *runSorter) sort(r *run, b *Builder, counts []int64) error {
	s.from, s.fromB = s.from[:0], append(s.fromB[:0], r.targets...)
	r.each(func(chunk []triple) { s.from = append(s.from, chunk...) })
	if len(s.from) == 0 {
		return nil
	}
	s.to, s.toB = grow(&s.to, len(s.from)), grow(&s.toB, len(s.fromB))
	// Least significant digit first; every pass keeps equal keys in order.
	for shift := uint(0); (b.cols-1)>>shift > 0; shift += 11 {
		s.pass(func(e triple) int32 { return e.item >> shift })
	}
	s.pass(func(e triple) int32 { return e.user })
	for low := uint(11); low < b.shift; low += 11 {
		s.pass(func(e triple) int32 { return e.user >> low })
	}
	n, err := s.sum(counts)
	if err != nil {
		return err
	}
	r.full, r.last = nil, append(make([]triple, 0, n), s.from[:n]...)
	if b.split {
		r.targets = append(make([]float32, 0, n), s.fromB[:n]...)
	}
	return nil
}

// pass sorts by the lowest digit of key.
func (s *runSorter) pass(key func(triple) int32) {
	const mask = sorterBuckets - 1
	clear(s.counts[:])
	for _, e := range s.from {
		s.counts[key(e)&mask]++
	}
	var sum int32
	for k, n := range s.counts {
		s.counts[k] = sum
		sum += n
	}
	if len(s.fromB) > 0 {
		for k, e := range s.from {
			s.toB[s.counts[key(e)&mask]] = s.fromB[k]
			s.place(e, key(e)&mask)
		}
	} else {
		for _, e := range s.from {
			s.place(e, key(e)&mask)
		}
	}
	s.from, s.to = s.to[:len(s.from)], s.from
	s.fromB, s.toB = s.toB[:len(s.fromB)], s.fromB
}

func (s *runSorter) place(e triple, digit int32) {
	s.to[s.counts[digit]] = e
	s.counts[digit]++
}

// sum adds up equal neighbours in place, counts rows, and returns how many
// entries are left.
func (s *runSorter) sum(counts []int64) (int, error) {
	n := 0
	for k, e := range s.from {
		if n > 0 && s.from[n-1].user == e.user && s.from[n-1].item == e.item {
			s.from[n-1].w += e.w
			if len(s.fromB) > 0 {
				s.fromB[n-1] += s.fromB[k]
			}
			continue
		}
		counts[e.user]++
		s.from[n] = e
		if len(s.fromB) > 0 {
			s.fromB[n] = s.fromB[k]
		}
		n++
	}
	for k, e := range s.from[:n] {
		target := e.w
		if len(s.fromB) > 0 {
			target = s.fromB[k]
		}
		if err := checkEntry(e.w, target); err != nil {
			return 0, err
		}
	}
	return n, nil
}
