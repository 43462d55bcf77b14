package engine

import (
	"math"
	"math/bits"
	"slices"

	"also/engine/kernel"
)

// tileGroups is how many groups of 16 items a strip is scored against before
// its thresholds rise: their bytes stay in the second-level cache, the scores in
// the first.
const tileGroups = 32

// strip answers a few questions together, so that an item that has come into
// the cache serves them all. Users are stored in eight bits as items are
// (byteTable), x = s_u·p + f with p up to 127, and both bounds of a score are
// known from one product of whole numbers:
//
//	s·(s_u·(p·q) − E) ≤ x·y ≤ s·(s_u·(p·q) + E)        E = |s_u p|·ρ + |f|·ν
//
// The k-th largest of the lower bounds is below the k-th best score, and an item
// whose upper bound is below that is out.
type strip struct {
	kernel.Strip
	users  [kernel.StripWidth]stripUser
	n      int // of them
	lower  []float32
	items  []int32
	scores []float32
	keys   []uint64
	buffer []uint64
	list   []Scored
}

// stripUser is one question in a strip.
type stripUser struct {
	question
	unit    float64 // s_u
	length  float64 // |x|
	twice   float32 // 2E/s_u
	least   float32 // what an upper bound must reach, in units of s_u
	done    bool
	allowed []uint16 // by places, a bit each; own is its memory, if it is the user's
	own     []uint16
	// places and uppers are the items that may be in the list and their upper
	// bounds in units of s_u: the first n. When there are limit, least rises.
	places   []int32
	uppers   []float32
	n, limit int
}

// answer answers questions of one length of list, for each of which boundsServe
// holds, and hands the lists to emit. What a tile has is taken by all strips while
// it is in the cache.
func (x *Index) answer(t *byteTable, ws *Workspace, emit func(q int, list []Scored) error) error {
	for len(ws.strips)*kernel.StripWidth < len(ws.asked) {
		ws.strips = append(ws.strips, strip{})
	}
	strips := ws.strips[:(len(ws.asked)+kernel.StripWidth-1)/kernel.StripWidth]
	for k := range strips {
		strips[k].begin(ws.questions, ws.asked[k*kernel.StripWidth:min((k+1)*kernel.StripWidth, len(ws.asked))], t, ws.everyone)
	}
	tile := grow(&ws.tile, kernel.StripWidth*16*tileGroups)
	groups := len(t.order) / 16
	for g := 0; g < groups; g += tileGroups {
		left := false
		for k := range strips {
			left = strips[k].take(t, tile, g, min(tileGroups, groups-g)) || left
		}
		if !left {
			break
		}
	}
	for k := range strips {
		for at := range strips[k].n {
			if err := emit(ws.asked[k*kernel.StripWidth+at], strips[k].finish(x, t, &strips[k].users[at])); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin loads those of the questions that are asked.
func (s *strip) begin(questions []question, asked []int, t *byteTable, everyone []uint16) {
	scan := &t.scan
	users := grow(&s.Users, kernel.StripWidth*(scan.HeadQuads+scan.TailQuads))
	clear(users)
	s.Strip = kernel.Strip{
		Head: scan.Head, Tail: scan.Tail, Scale: scan.Scale, Users: users,
		HeadQuads: scan.HeadQuads, TailQuads: scan.TailQuads,
	}
	s.n = len(asked)
	for k, q := range asked {
		u := &s.users[k]
		u.question, u.done, u.n, u.least = questions[q], false, 0, -math.MaxFloat32
		s.Offset[k] = u.store(t, users[k:])
		s.raise(u, t)
		u.limit = max(2*u.k, 256)
		u.allow(t, everyone)
	}
}

// take keeps of n groups of items what the strip's users may want, and reports
// whether any of them may want more.
func (s *strip) take(t *byteTable, tile []float32, group, n int) bool {
	if !s.active(float64(t.groupNorm[group])) {
		return false
	}
	s.Run(tile, 16*tileGroups, group, n)
	for k := range s.n {
		if u := &s.users[k]; !u.done {
			u.collect(tile[16*tileGroups*k:][:16*n], group)
			if u.n >= u.limit {
				s.raise(u, t)
			}
		}
	}
	return true
}

// store quantises the user into words StripWidth apart and returns what is to be
// added to a sum of stored bytes to make it an upper bound.
func (u *stripUser) store(t *byteTable, words []int32) float32 {
	var largest, length, size float64
	for k, v := range u.user {
		scaled := float64(v) * t.axis[k]
		largest = max(largest, math.Abs(scaled))
		length += scaled * scaled
		size += float64(v) * float64(v)
	}
	su := max(largest/127, math.SmallestNonzeroFloat64)
	var sum int64
	var kept, miss float64
	for k, v := range u.user {
		scaled := float64(v) * t.axis[k] / su
		p := math.Round(scaled)
		words[k/4*kernel.StripWidth] |= int32(uint32(uint8(int8(p))) << (8 * (k % 4)))
		sum += int64(p)
		kept += p * p
		miss += (scaled - p) * (scaled - p)
	}
	// slack covers what the score that is bounded rounds, and what the bounds do.
	slack := float64(t.dim+16)*0x1p-22*math.Sqrt(length)/su*t.nu + float64(t.dim)*255*127*0x1p-20
	e := math.Sqrt(kept)*t.rho + math.Sqrt(miss)*t.nu + slack
	u.unit, u.length, u.twice = su, math.Sqrt(size), single(2*e)
	return single(e - 128*float64(sum))
}

// allow sets which places the user may have.
func (u *stripUser) allow(t *byteTable, everyone []uint16) {
	u.allowed = everyone
	if len(u.exclude) == 0 && len(u.settled) == 0 && u.self == 0 {
		return
	}
	u.allowed = append(u.own[:0], everyone...)
	u.own = u.allowed
	for _, i := range u.exclude {
		u.forbid(t, i)
	}
	for _, i := range u.settled {
		u.forbid(t, i)
	}
	u.forbid(t, u.self-1)
}

func (u *stripUser) forbid(t *byteTable, item int32) {
	if uint(item) < uint(len(t.place)) && t.place[item] >= 0 {
		at := t.place[item]
		u.allowed[at/16] &^= 1 << (at % 16)
	}
}

// active marks as done who can find nothing among items of at most the given
// norm, and reports that somebody is left.
func (s *strip) active(norm float64) bool {
	left := false
	for k := range s.n {
		u := &s.users[k]
		u.done = u.done || norm*u.length*(1+1e-5) < float64(u.least)*u.unit
		left = left || !u.done
	}
	return left
}

// collect keeps what a tile has for the user.
func (u *stripUser) collect(uppers []float32, group int) {
	if room := u.n + len(uppers) + 16; room > len(u.places) {
		u.places = append(u.places, make([]int32, room)...)
		u.uppers = append(u.uppers, make([]float32, room)...)
	}
	u.n = kernel.Collect(u.places, u.uppers, u.n, uppers, u.allowed[group:], int32(16*group), u.least)
}

// known returns a known score as a bound.
func (u *stripUser) known(s Scored) float32 { return single(float64(s.Score) / u.unit) }

// raise sets what must be reached to about the k-th largest lower bound so far,
// never more, and drops what does not reach it.
func (s *strip) raise(u *stripUser, t *byteTable) {
	if u.n+len(u.scored) >= u.k {
		s.lower = grow(&s.lower, u.n+len(u.scored))
		kernel.Lower(s.lower[:u.n], u.uppers[:u.n], u.places[:u.n], t.scan.Scale, u.twice)
		for k, one := range u.scored {
			s.lower[u.n+k] = u.known(one)
		}
		u.least = reachedBy(s.lower, u.k, u.least)
		if u.n > 0 {
			u.n = kernel.Keep(u.places, u.uppers, u.n, u.least)
		}
	}
	u.limit = u.n + max(u.k, 128)
}

// finish scores in full what is left, first what is sure to be good, and
// returns the list, valid until the next call.
func (s *strip) finish(x *Index, t *byteTable, u *stripUser) []Scored {
	s.raise(u, t)
	s.keys, s.items = s.keys[:0], s.items[:0]
	for i := range x.extra.Rows {
		if item := int32(x.items.Rows + i); u.passes(item) && !u.excludes(item) && !(u.cosine && x.norms[item] == 0) {
			s.key(x, u, item, kernel.Dot(u.user, x.extra.Row(i)))
		}
	}
	s.lower = grow(&s.lower, u.n)
	kernel.Lower(s.lower, u.uppers[:u.n], u.places[:u.n], t.scan.Scale, u.twice)
	for k, place := range u.places[:u.n] {
		if s.lower[k] >= u.least {
			s.items = append(s.items, t.order[place])
		}
	}
	// The worst of k or more that are sure to be good is no better than the k-th
	// best: what cannot reach it is out.
	least, from := u.least, len(s.keys)
	for _, one := range u.scored {
		if u.known(one) >= u.least {
			s.keys = append(s.keys, orderKey(one.Item, one.Score))
		}
	}
	s.score(x, u)
	if sure := s.keys[from:]; len(sure) >= u.k {
		least = max(least, single(float64(keyScore(slices.Max(sure)))/u.unit))
	}
	for k, place := range u.places[:u.n] {
		if u.uppers[k] >= least && !(s.lower[k] >= u.least) {
			s.items = append(s.items, t.order[place])
		}
	}
	s.score(x, u)
	sortKeys(s.keys, grow(&s.buffer, len(s.keys)))
	s.list = s.list[:0]
	for _, key := range s.keys[:min(u.k, len(s.keys))] {
		s.list = append(s.list, Scored{Item: int32(uint32(key)), Score: keyScore(key)})
	}
	return s.list
}

// score turns the items that are noted into keys.
func (s *strip) score(x *Index, u *stripUser) {
	s.scores = grow(&s.scores, len(s.items))
	kernel.DotRows(s.scores, u.user, x.items.Data, x.items.Dim, s.items)
	for k, item := range s.items {
		s.key(x, u, item, s.scores[k])
	}
	s.items = s.items[:0]
}

// key appends the key of an item with the given product.
func (s *strip) key(x *Index, u *stripUser, item int32, score float32) {
	if u.cosine {
		score /= x.norms[item]
	}
	if score == score {
		s.keys = append(s.keys, orderKey(item, score))
	}
}

// orderKey makes a number that ascends as lists do: higher scores first, ties
// by lower item.
func orderKey(item int32, score float32) uint64 {
	return uint64(^orderedBits(score+0))<<32 | uint64(uint32(item)) // + 0: no −0
}

func keyScore(key uint64) float32 { return fromOrdered(^uint32(key >> 32)) }

// orderedBits makes a number that ascends with v, which is a number.
func orderedBits(v float32) uint32 {
	b := math.Float32bits(v)
	if b>>31 != 0 {
		return ^b
	}
	return b | 1<<31
}

func fromOrdered(b uint32) float32 {
	if b>>31 != 0 {
		return math.Float32frombits(b &^ (1 << 31))
	}
	return math.Float32frombits(^b)
}

// reachedBy returns a value that k or more of v reach, next to the largest there
// is; at worst the one given, which they are known to reach. It halves the
// numbers between, ordered as their bits are.
func reachedBy(v []float32, k int, known float32) float32 {
	low, high := orderedBits(known), orderedBits(math.MaxFloat32)
	for high-low > 1<<12 {
		middle := low + (high-low)/2
		if kernel.Count(v, fromOrdered(middle)) >= k {
			low = middle
		} else {
			high = middle
		}
	}
	return fromOrdered(low)
}

// everyone sets which places all users may have.
func everyone(allowed []uint16, t *byteTable, filter *Bitmap) {
	for g := range allowed {
		allowed[g] = math.MaxUint16
		if filter == nil {
			continue
		}
		for j, item := range t.order[16*g:][:16] {
			if !filter.Has(item) {
				allowed[g] &^= 1 << j
			}
		}
	}
}

// sortKeys sorts keys, with a buffer as long: a pass over their leading bits, then
// the few of each value.
func sortKeys(keys, buffer []uint64) {
	if len(keys) == 0 {
		return
	}
	low, high := slices.Min(keys), slices.Max(keys)
	shift := max(0, bits.Len64(high-low)-8)
	var ends [257]int
	for _, key := range keys {
		ends[(key-low)>>shift+1]++
	}
	for k := range 256 {
		ends[k+1] += ends[k]
	}
	copy(buffer, keys)
	for _, key := range buffer[:len(keys)] {
		at := &ends[(key-low)>>shift]
		keys[*at] = key
		*at++
	}
	from := 0
	for _, end := range ends[:256] {
		if end-from > 1 {
			slices.Sort(keys[from:end])
		}
		from = end
	}
}
