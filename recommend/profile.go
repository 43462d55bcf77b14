package recommend

import (
	"cmp"
	"slices"
	"time"

	"also/engine"
	"also/shop"
)

// profile is what a shopper did, as the mathematics takes it: their row of the
// training set and the events since.
//
// An event of the recent history is one of "since", and not also in the row, when it was recorded after the last
// event that the model was trained on. Events of several API processes reach the lake out of order by
// the time they are on the way, so one recorded up to transit before that still counts when the row knows nothing of its
// product: it cannot have been trained on. An event recorded earlier never counts twice.
//
// As training does (shop.Weighing), ages are measured from one moment, here the later one of the model's and the
// shopper's last event; and an event that another one excludes from taste counts nothing. An excluded event that
// was trained on is in the row without its own weight being known: if the exclusion names the product, the product counts
// nothing until the next training, else the exclusion is pending.
type profile struct {
	user    shop.UserID
	items   []item         // by first meeting: the row's by column, then the events' in order
	index   map[string]int // sku → position in items
	pending int            // events that would count but are about products that nobody knows yet
	through time.Time      // the last event that counted; zero: none
	asOf    time.Time      // from which ages are measured

	entries []engine.Entry // what items come to, one an item that counts, by column
	entryOf []int          // position in items of each entry
}

// item is all that a shopper did with one product.
type item struct {
	sku      string
	column   int32 // -1: not known to the model
	w, b     float64
	rowLast  int64        // when the row's events last met it, in milliseconds; 0: not known or none
	taken    engine.Taken // how often it was bought and kept, and when; Times 0: never
	bought   bool
	rejected bool
	excluded bool        // by ExcludedFromTaste
	last     *shop.Event // the latest event of the recent history that says something
}

// transit is how long an event may be on its way to the lake.
const transit = 10 * time.Second

// newProfile makes a user's profile from their row of the model, if v is not nil, and the events of their
// recent history, oldest first. It keeps pointers into events.
func newProfile(v *view, user shop.UserID, events []shop.Event) *profile {
	p := &profile{user: user, index: make(map[string]int, 16)}
	if v == nil {
		p.add(nil, events)
		return p
	}
	p.addRow(v, user)
	p.add(v, events)
	p.sum(v)
	return p
}

// addRow puts the row of the training set into the profile.
func (p *profile) addRow(v *view, user shop.UserID) {
	row := v.model.row(user)
	if row < 0 {
		return
	}
	sums := v.model.Sums
	idx, w, b := sums.Row(row)
	p.items = make([]item, 0, len(idx)+8)
	for k, col := range idx {
		at := sums.Ptr[row] + int64(k)
		it := item{sku: v.model.SKUs[col], column: col, w: float64(w[k]), b: float64(b[k]), bought: v.model.bought(at, w[k])}
		if v.model.Last != nil {
			it.rowLast = v.model.Last[at]
			p.seen(time.UnixMilli(it.rowLast).UTC())
		}
		it.rejected = it.w > 0 && it.b < 0
		if it.bought && v.model.Repeats == nil {
			it.taken = engine.Taken{Times: 1, First: it.rowLast, Last: it.rowLast}
		}
		p.index[it.sku] = len(p.items)
		p.items = append(p.items, it)
	}
	if v.model.Repeats != nil {
		idx, at := v.model.Repeats.Row(row)
		for k, col := range idx {
			p.item(v, v.model.SKUs[col]).taken = v.model.Repeats.Of(at + int64(k))
		}
	}
	if owed := v.model.Owed; owed != nil {
		idx, w, b := owed.Row(row)
		for k, col := range idx {
			it := p.item(v, v.model.SKUs[col])
			it.w, it.b = it.w+float64(w[k]), it.b+float64(b[k])
		}
	}
}

func (p *profile) seen(at time.Time) {
	if at.After(p.through) {
		p.through = at
	}
}

// item returns the entry of a sku, a new one if need be. The pointer is good
// until the next call.
func (p *profile) item(v *view, sku string) *item {
	at, ok := p.index[sku]
	if !ok {
		at = len(p.items)
		p.index[sku] = at
		it := item{sku: sku, column: -1}
		if v != nil {
			it.column = v.column(sku)
		}
		p.items = append(p.items, it)
	}
	return &p.items[at]
}

// add puts the events since into the profile.
func (p *profile) add(v *view, events []shop.Event) {
	excluded := p.exclude(v, events)
	weighing := byDefault
	if v != nil {
		weighing, p.asOf = v.model.Weighing, v.model.AgedAt
	}
	inRow := len(p.items)
	since := events[:0:0]
	for i := range events {
		e := &events[i]
		if v != nil && p.covered(v, e, inRow) {
			p.recall(e, weighing)
			continue
		}
		since = append(since, *e)
		if e.OccurredAt.After(p.asOf) {
			p.asOf = e.OccurredAt
		}
	}
	halfLife := weighing.EventHalfLife()
	if v != nil && halfLife > 0 {
		f := shop.Decay(p.asOf.Sub(v.model.AgedAt), halfLife)
		for i := range p.items {
			p.items[i].w *= f
			p.items[i].b *= f
		}
	}
	for i := range since {
		e := &since[i]
		if e.SKU == "" || excluded[e.ID] {
			continue
		}
		w, b := weighing.Of(e)
		f := shop.Decay(p.asOf.Sub(e.OccurredAt), halfLife)
		it := p.item(v, e.SKU)
		it.w, it.b = it.w+f*w, it.b+f*b
		it.note(e)
		it.take(e)
		if w == 0 && b == 0 {
			continue
		}
		if it.column < 0 {
			p.pending++
			continue
		}
		it.last = e
		p.seen(e.OccurredAt)
	}
}

// recall takes from an event that is in the row what the row's sums do not say.
func (p *profile) recall(e *shop.Event, weighing shop.Weighing) {
	at, ok := p.index[e.SKU]
	if !ok {
		return
	}
	p.items[at].note(e)
	if w, b := weighing.Of(e); w != 0 || b != 0 {
		p.items[at].last = e
		p.seen(e.OccurredAt)
	}
}

// covered reports whether the model was trained on an event. inRow is how many of
// items are the row's.
func (p *profile) covered(v *view, e *shop.Event, inRow int) bool {
	at := v.model.TrainedAt
	if e.RecordedAt.After(at) {
		return false
	}
	if e.RecordedAt.Before(at.Add(-transit)) {
		return true
	}
	k, met := p.index[e.SKU]
	return e.SKU == "" || met && k < inRow
}

// byDefault weighs events where there is no model.
var byDefault = shop.Weighing{Weights: shop.DefaultWeights()}

// age is how long before asOf something that counts was last done with an item; 0 where
// that is not known.
func (p *profile) age(it *item) time.Duration {
	last := it.rowLast
	if it.last != nil {
		last = max(last, it.last.OccurredAt.UnixMilli())
	}
	if last == 0 {
		return 0
	}
	return time.Duration(p.asOf.UnixMilli()-last) * time.Millisecond
}

// exclude returns the ids of events that others exclude from taste.
func (p *profile) exclude(v *view, events []shop.Event) map[shop.UUID]bool {
	var excluded map[shop.UUID]bool
	for i := range events {
		e := &events[i]
		if e.Type != shop.ExcludedFromTaste || v != nil && p.covered(v, e, 0) && e.RecordedAt.Before(v.model.TrainedAt.Add(-transit)) {
			continue
		}
		if excluded == nil {
			excluded = map[shop.UUID]bool{}
		}
		excluded[e.Ref] = true
		if v == nil || slices.ContainsFunc(events, func(o shop.Event) bool { return o.ID == e.Ref && !p.covered(v, &o, 0) }) {
			continue
		}
		if at, ok := p.index[e.SKU]; ok && e.SKU != "" {
			p.items[at].excluded = true
		} else {
			p.pending++
		}
	}
	return excluded
}

// note records what an event says beside its weight.
func (it *item) note(e *shop.Event) {
	switch e.Type {
	case shop.OrderPlaced, shop.Purchase:
		it.bought, it.rejected = true, false
	case shop.Return:
		it.bought = false
	case shop.NotInterested:
		it.rejected = true
	case shop.Rating:
		it.rejected = e.Rating < 3
	}
}

// take counts what an event says of how often the product was bought.
func (it *item) take(e *shop.Event) {
	t, at := &it.taken, e.OccurredAt.UnixMilli()
	switch {
	case e.Type == shop.Return && t.Times > 0:
		t.Times--
	case e.Type != shop.OrderPlaced && e.Type != shop.Purchase:
	case t.Times <= 0:
		*t = engine.Taken{Times: 1, First: at, Last: at}
	default:
		t.Times, t.First, t.Last = t.Times+1, min(t.First, at), max(t.Last, at)
	}
}

// sum works out the entries.
func (p *profile) sum(v *view) {
	order := make([]int, 0, len(p.items))
	for i := range p.items {
		it := &p.items[i]
		if it.column >= 0 && !it.excluded && it.w > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p.items[a].column, p.items[b].column) })
	p.entries = make([]engine.Entry, len(order))
	p.entryOf = order
	for k, i := range order {
		w, b := v.model.Weighing.Entry(p.items[i].w, p.items[i].b, p.age(&p.items[i]))
		p.entries[k] = engine.Entry{Col: p.items[i].column, W: w, B: b}
	}
}

// recent returns the skus of events of a type, the latest first, each once.
func recent(events []shop.Event, types ...shop.EventType) []string {
	var skus []string
	seen := map[string]bool{}
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		if e.SKU != "" && !seen[e.SKU] && slices.Contains(types, e.Type) {
			seen[e.SKU] = true
			skus = append(skus, e.SKU)
		}
	}
	return skus
}
