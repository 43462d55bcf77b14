package main

import (
	"math"
	"strings"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/engine/tune"
	"also/shop"
	"also/training"
)

// split is a part to learn from and one to foretell: pairs that are new.
type split struct {
	name        string
	train, held *engine.Matrix
	dates       engine.Dates
	days        float64
	log         *history // nil where there are no dates
	cut         time.Time
}

// history is what users bought, in order of nothing.
type history struct {
	users, items map[string]int32
	events       []event
}

type event struct {
	user, item int32
	quantity   int
	at         int64 // milliseconds
}

func (h *history) add(user, item string, at time.Time, quantity int) {
	number := func(m map[string]int32, key string) int32 {
		n, known := m[key]
		if !known {
			n = int32(len(m))
			m[strings.Clone(key)] = n
		}
		return n
	}
	h.events = append(h.events, event{number(h.users, user), number(h.items, item), quantity, at.UnixMilli()})
}

const dayMillis = 86_400_000

// pair is a user and an item; met is what is known of them.
type pair struct{ user, item int32 }

type met struct {
	first, last int64 // milliseconds; last before the cut
	sum         float64
}

// at cuts the history: what comes before a moment, weighed as a shop would; and the
// pairs that are new from then on and before another.
func (h *history) at(cut, until time.Time, weighing shop.Weighing) (split, error) {
	s := split{name: cut.Format("2006-01"), log: h, cut: cut}
	weighing, err := weighing.WithDefaults()
	if err != nil {
		return s, err
	}
	pairs := map[pair]*met{}
	now, end := cut.UnixMilli(), until.UnixMilli()
	oldest := int64(math.MaxInt64)
	for _, e := range h.events {
		oldest = min(oldest, e.at)
		if e.at >= end {
			continue
		}
		p := pairs[pair{e.user, e.item}]
		if p == nil {
			p = &met{first: e.at}
			pairs[pair{e.user, e.item}] = p
		}
		p.first = min(p.first, e.at)
		if e.at < now {
			w, _ := weighing.Of(&shop.Event{Type: shop.Purchase, Quantity: e.quantity})
			p.sum += w * shop.Decay(age(now, e.at), weighing.EventHalfLife())
			p.last = max(p.last, e.at)
		}
	}
	a, b := engine.NewBuilder(len(h.users), len(h.items)), engine.NewBuilder(len(h.users), len(h.items))
	for p, m := range pairs {
		if m.first >= now {
			b.Add(p.user, p.item, 1, 1)
			continue
		}
		w, target := weighing.Entry(m.sum, m.sum, age(now, m.last))
		a.Add(p.user, p.item, w, target)
	}
	if s.train, err = a.Build(); err != nil {
		return s, err
	}
	if s.held, err = b.Build(); err != nil {
		return s, err
	}
	s.dates = engine.Dates{First: make([]int64, s.train.Entries()), Now: now}
	for u := range s.train.Rows {
		items, _, _ := s.train.Row(u)
		for k, i := range items {
			s.dates.First[s.train.Ptr[u]+int64(k)] = pairs[pair{int32(u), i}].first
		}
	}
	s.days = float64(now-oldest) / dayMillis
	return s, nil
}

func age(now, at int64) time.Duration { return time.Duration(now-at) * time.Millisecond }

// weighed is the split with its entries weighed otherwise, where they are dated.
func (s split) weighed(weighing shop.Weighing) (split, error) {
	if s.log == nil || training.DescribeWeighing(weighing) == "" {
		return s, nil
	}
	return s.log.at(s.cut, s.cut.AddDate(0, 1, 0), weighing)
}

// validationMonths is how many months before the test a search must foretell.
const validationMonths = 4

// validation returns splits of what comes before the test, to search on.
func (s split) validation(weighing shop.Weighing) ([]tune.Split, error) {
	var splits []tune.Split
	if s.log == nil {
		for k, name := range []string{"clusters", "chance"} {
			train, held, err := evaluate.HoldOutUsers(s.train, .2, s.train.Rows, k == 0, uint64(k))
			if err != nil {
				return nil, err
			}
			splits = append(splits, tune.Split{Name: name, Train: train, Held: held})
		}
		return splits, nil
	}
	for back := validationMonths; back > 0; back-- {
		one, err := s.log.at(s.cut.AddDate(0, -back, 0), s.cut.AddDate(0, 1-back, 0), weighing)
		if err != nil {
			return nil, err
		}
		splits = append(splits, tune.Split{Name: one.name, Train: one.train, Held: one.held, Dates: one.dates})
	}
	return splits, nil
}

// months cuts a history at the beginnings of months.
func (h *history) months(cuts []time.Time) ([]split, error) {
	var splits []split
	for _, cut := range cuts {
		s, err := h.at(cut, cut.AddDate(0, 1, 0), shop.Weighing{})
		if err != nil {
			return nil, err
		}
		splits = append(splits, s)
	}
	return splits, nil
}
