package engine

import "slices"

// topHeap keeps the best k of what it is offered: a heap with the worst kept
// on top.
type topHeap struct {
	list []Scored
	k    int
}

// offer keeps s if it is among the best k so far. A score that is not a number
// is never kept.
func (h *topHeap) offer(s Scored) {
	if s.Score != s.Score {
		return
	}
	if len(h.list) < h.k {
		h.list = append(h.list, s)
		h.up(len(h.list) - 1)
		return
	}
	if s.before(h.list[0]) {
		h.list[0] = s
		h.down(0, len(h.list))
	}
}

// full reports that k are kept, so that worst has a meaning.
func (h *topHeap) full() bool { return len(h.list) == h.k }

// worst returns the worst that is kept.
func (h *topHeap) worst() Scored { return h.list[0] }

func (h *topHeap) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !h.list[parent].before(h.list[i]) {
			return
		}
		h.list[parent], h.list[i] = h.list[i], h.list[parent]
		i = parent
	}
}

func (h *topHeap) down(i, n int) {
	for {
		child := 2*i + 1
		if child >= n {
			return
		}
		if child+1 < n && h.list[child].before(h.list[child+1]) {
			child++
		}
		if !h.list[i].before(h.list[child]) {
			return
		}
		h.list[i], h.list[child] = h.list[child], h.list[i]
		i = child
	}
}

// sorted appends what is kept to dst, best first.
func (h *topHeap) sorted(dst []Scored) []Scored {
	start := len(dst)
	dst = append(dst, h.list...)
	slices.SortFunc(dst[start:], func(a, b Scored) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return dst
}
