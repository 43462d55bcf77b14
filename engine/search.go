package engine

import (
	"math"
	"slices"

	"also/engine/kernel"
)

// question is one top-K search.
type question struct {
	user    []float32
	k       int
	filter  *Bitmap
	exclude []int32
	cosine  bool  // scores are divided by the item's norm
	self    int32 // one more than the item that asks, which is left out

	scored  []Scored // items whose score is known already; in a strip, the best k of them
	known   *Bitmap  // those items, which are not scored again; nil: none
	settled []int32  // the same in a strip, which needs their places: in no order
}

// passes reports that the filter lets an item through.
func (q *question) passes(item int32) bool {
	return (q.filter == nil || q.filter.Has(item)) && item != q.self-1 && (q.known == nil || !q.known.Has(item))
}

// excludes reports that an item is left out by name.
func (q *question) excludes(item int32) bool {
	_, excluded := slices.BinarySearch(q.exclude, item)
	return excluded
}

// search answers q exactly, by t's bounds where they pay.
func (x *Index) search(dst []Scored, q question, t *byteTable, ws *Workspace) []Scored {
	ws.Stats = ScanStats{Items: x.Items()}
	if q.k <= 0 || !allFinite(q.user) {
		return dst[:0]
	}
	h := topHeap{list: ws.heap[:0], k: min(q.k, x.Items())}
	for _, s := range q.scored {
		h.offer(s)
	}
	size := norm64(q.user)
	switch {
	case size == 0 && !q.cosine && len(q.scored) == 0:
		x.first(&h, &q)
	case t == nil || q.filter != nil && q.filter.Count() < x.items.Rows/directShare:
		x.direct(&h, &q, ws)
	default:
		x.bounded(&h, &q, t, size, ws)
	}
	ws.heap = h.list
	return h.sorted(dst[:0])
}

// directShare: a filter that allows less than one item in so many is walked
// instead of the items.
const directShare = 32

// first answers the zero vector, for which every score is zero: the lowest
// numbers allowed.
func (x *Index) first(h *topHeap, q *question) {
	for i := int32(0); int(i) < x.Items() && !h.full(); i++ {
		if q.passes(i) && !q.excludes(i) {
			h.offer(Scored{Item: i})
		}
	}
}

// direct scores every item that the filter allows.
func (x *Index) direct(h *topHeap, q *question, ws *Workspace) {
	if q.filter == nil {
		for i := range x.Items() {
			x.offer(h, q, int32(i), ws)
		}
		return
	}
	q.filter.Each(func(i int32) bool {
		if int(i) >= x.Items() {
			return false
		}
		x.offer(h, q, i, ws)
		return true
	})
}

// offer scores an item in full, if it is allowed. Whether it is left out by
// name takes longer to find out than its score, and is asked last.
func (x *Index) offer(h *topHeap, q *question, item int32, ws *Workspace) {
	if q.cosine && x.norms[item] == 0 || !q.passes(item) {
		return
	}
	score := kernel.Dot(q.user, x.Vector(item))
	if q.cosine {
		score /= x.norms[item]
	}
	ws.Stats.Scored++
	s := Scored{Item: item, Score: score}
	if h.full() && !s.before(h.worst()) || q.excludes(item) {
		return
	}
	h.offer(s)
}

// bounded scores in full only what t's bounds leave possible.
func (x *Index) bounded(h *topHeap, q *question, t *byteTable, length float64, ws *Workspace) {
	for i := range x.extra.Rows {
		x.offer(h, q, int32(x.items.Rows+i), ws)
	}
	quads := t.scan.HeadQuads + t.scan.TailQuads
	words := grow(&ws.words, 2*quads)
	scan := t.query(q.user, words[:quads], words[quads:])
	groups := len(t.order) / 16
	masks := grow(&ws.masks, scanGroups)
	for g, size := 0, firstGroups; g < groups; g, size = g+size, min(2*size, scanGroups) {
		scan.Threshold = -math.MaxFloat32
		if h.full() {
			least := float64(h.worst().Score)
			// Here and later no norm is larger; a little more for rounding.
			if float64(t.groupNorm[g])*length*(1+1e-5) < least {
				break
			}
			scan.require(least)
		}
		m := masks[:min(size, groups-g)]
		scan.Run(m, g)
		ws.Stats.Bounded += 16 * len(m)
		for at, mask := range m {
			for place := 16 * (g + at); mask != 0; place, mask = place+1, mask>>1 {
				if mask&1 != 0 {
					x.offer(h, q, t.order[place], ws)
				}
			}
		}
	}
}

// After how many groups of 16 items the threshold is renewed: soon at first,
// while it rises fast.
const firstGroups, scanGroups = 4, 32
