package engine

import (
	"math"
	"slices"

	"also/engine/kernel"
)

// TopK appends to dst[:0] the k items with the highest scores, exactly, for a
// user whose vector, of FoldIn, is user and whose history is row. The neighbours
// touch a few items of a user's: these are scored one by one, and what is left by
// bounds, which they help to be tight. Otherwise as Index.TopK.
func (b *Blend) TopK(dst []Scored, user []float32, row []Entry, k int, filter *Bitmap, exclude []int32, ws *Workspace) []Scored {
	if len(user) != b.dim {
		panic("engine: Blend.TopK: wrong length")
	}
	q := question{user: user, k: k, filter: filter, exclude: exclude}
	if b.neighbours != nil && k > 0 && allFinite(user) {
		b.touch(row, ws)
		defer ws.untouch()
		b.know(&q, ws)
		q.scored, q.known = ws.known, &ws.marks
	}
	dst = b.index.search(dst, q, b.index.scores, ws)
	ws.Stats.Scored += len(q.scored)
	return dst
}

// TopKMany answers many queries, each exactly as TopK does, and hands the list of
// query q to emit, in any order; a list is valid during the call. It returns
// emit's error.
func (b *Blend) TopKMany(queries []Query, k int, filter *Bitmap, ws *Workspace, emit func(q int, list []Scored) error) error {
	if b.neighbours == nil {
		return b.index.TopKMany(queries, k, filter, ws, emit)
	}
	b.index.ask(queries, k, filter, ws)
	ws.best, ws.settled = ws.best[:0], ws.settled[:0]
	return b.index.searchMany(b.index.scores, ws, func(q int) {
		b.touch(queries[q].History, ws)
		b.settle(&ws.questions[q], ws)
	}, func(q int) []Scored {
		one := queries[q]
		return b.TopK(ws.list, one.User, one.History, k, filter, one.Exclude, ws)
	}, emit)
}

// Similar appends to dst[:0] the k items most similar to item: by the cosine of
// their vectors, and where there are neighbours by W_ij beside, in units of the
// widest W of the item. Otherwise as Index.Similar.
func (b *Blend) Similar(dst []Scored, item int32, k int, filter *Bitmap, exclude []int32, ws *Workspace) []Scored {
	x := b.index
	v := x.Vector(item)
	if v == nil || x.norms[item] == 0 {
		return dst[:0]
	}
	target := slices.Clone(v)
	scale(target, 1/x.norms[item], v)
	q := question{user: target, k: k, filter: filter, exclude: exclude, cosine: true, self: item + 1}
	if b.neighbours != nil && b.touchNear(item, ws) {
		defer ws.untouch()
		b.know(&q, ws)
		q.scored, q.known = ws.known, &ws.marks
	}
	return x.search(dst, q, x.cosines, ws)
}

// SimilarMany answers for items first to first+n−1 what Similar does for one, and
// hands each list to emit with the item's number; otherwise it is as TopKMany.
func (b *Blend) SimilarMany(first, n int32, k int, filter *Bitmap, ws *Workspace, emit func(item int32, list []Scored) error) error {
	if b.neighbours == nil {
		return b.index.SimilarMany(first, n, k, filter, ws, emit)
	}
	if err := b.index.askSimilar(first, n, k, filter, ws, emit); err != nil {
		return err
	}
	ws.best, ws.settled = ws.best[:0], ws.settled[:0]
	item := func(q int) int32 { return ws.questions[q].self - 1 }
	return b.index.searchMany(b.index.cosines, ws, func(q int) {
		if b.touchNear(item(q), ws) {
			b.settle(&ws.questions[q], ws)
		}
	}, func(q int) []Scored {
		return b.Similar(ws.list, item(q), k, filter, nil, ws)
	}, func(q int, list []Scored) error { return emit(item(q), list) })
}

// touch sums what the neighbours of row's items add: ws.sums[j] for each j of
// ws.touched, which ws.marks holds. ws.untouch must follow.
func (b *Blend) touch(row []Entry, ws *Workspace) {
	if n := b.neighbours.Items(); len(ws.sums) < n {
		ws.sums, ws.marks = make([]float32, n), *NewBitmap(n)
	}
	for _, e := range row {
		if e.B == 0 {
			continue
		}
		targets, weights := b.neighbours.Of(e.Col)
		for k, j := range targets {
			if word, bit := &ws.marks.Words[j>>6], uint64(1)<<(uint(j)&63); *word&bit == 0 {
				*word |= bit
				ws.touched = append(ws.touched, j)
			}
			ws.sums[j] += e.B * weights[k]
		}
	}
}

// touchNear is touch for the items similar to one, in units of its widest W. It
// reports that there are any.
func (b *Blend) touchNear(item int32, ws *Workspace) bool {
	_, weights := b.neighbours.Of(item)
	var widest float32
	for _, w := range weights {
		widest = max(widest, w)
	}
	if widest == 0 {
		return false
	}
	b.touch([]Entry{{Col: item, B: 1 / widest}}, ws)
	return true
}

// untouch forgets what touch summed.
func (ws *Workspace) untouch() {
	for _, j := range ws.touched {
		ws.sums[j] = 0
		ws.marks.Words[j>>6] = 0
	}
	ws.touched = ws.touched[:0]
}

// know scores in full, into ws.known, those of the items touched that q allows and that
// may be among its k best.
func (b *Blend) know(q *question, ws *Workspace) {
	ws.known, ws.idx = ws.known[:0], ws.idx[:0]
	for _, j := range ws.touched {
		if q.passes(j) && !q.excludes(j) && !(q.cosine && b.index.norms[j] == 0) {
			ws.idx = append(ws.idx, j)
		}
	}
	const few = 4 // times k: bounds do not pay
	if len(ws.idx) <= few*q.k {
		b.scoreKnown(q, ws.idx, ws)
		return
	}
	// By Cauchy and Schwarz, and a little more for rounding, no score is above its bound. The k
	// items of the highest are scored first: the least of these scores rules most others out.
	length := float32(norm64(q.user) * (1 + 1e-5))
	bounds := grow(&ws.bounds, len(ws.idx))
	first := topHeap{list: ws.heap[:0], k: q.k}
	for k, j := range ws.idx {
		bounds[k] = length + ws.sums[j]
		if !q.cosine {
			bounds[k] = length*b.index.norms[j] + b.gainOf(j)*ws.sums[j]
		}
		bounds[k] += 1e-5 * max(bounds[k], -bounds[k])
		first.offer(Scored{Item: int32(k), Score: bounds[k]})
	}
	ws.heap = first.list
	leading := grow(&ws.leading, len(first.list))
	for k, s := range first.list {
		leading[k] = ws.idx[s.Item]
		bounds[s.Item] = float32(math.Inf(-1)) // is scored
	}
	b.scoreKnown(q, leading, ws)
	least := float32(math.Inf(1))
	for _, s := range ws.known {
		least = min(least, s.Score)
	}
	rest := ws.idx[:0]
	for k, j := range ws.idx {
		if bounds[k] >= least {
			rest = append(rest, j)
		}
	}
	b.scoreKnown(q, rest, ws)
}

// scoreKnown adds the scores of items touched to ws.known.
func (b *Blend) scoreKnown(q *question, items []int32, ws *Workspace) {
	products := grow(&ws.coef, len(items))
	kernel.DotRows(products, q.user, b.index.items.Data, b.dim, items)
	for k, j := range items {
		score := products[k] + b.gainOf(j)*ws.sums[j]
		if q.cosine {
			score = products[k]/b.index.norms[j] + ws.sums[j]
		}
		ws.known = append(ws.known, Scored{Item: j, Score: score})
	}
}

// settle tells a question for a strip what is known of the items touched, the
// best k of them, and forgets what touch summed.
func (b *Blend) settle(q *question, ws *Workspace) {
	defer ws.untouch()
	b.know(q, ws)
	h := topHeap{list: ws.heap[:0], k: q.k}
	for _, s := range ws.known {
		h.offer(s)
	}
	ws.heap = h.list
	at := len(ws.best)
	ws.best = append(ws.best, h.list...)
	q.scored = ws.best[at:]
	at = len(ws.settled)
	ws.settled = append(ws.settled, ws.touched...)
	q.settled = ws.settled[at:]
}
