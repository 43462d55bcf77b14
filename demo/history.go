package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"also/shop"
)

// history is the year being made up.
type history struct {
	rng       *rand.Rand
	seed      uint64
	now       time.Time
	catalogue *catalogue
	events    []shop.Event
	orders    int
}

const yearDays = 365

// year makes up what one customer did.
func (h *history) year(p *person, visits float64) {
	n := poisson(h.rng, visits*p.zeal)
	for range n {
		at := h.moment(p.customer.CreatedAt)
		if at.IsZero() {
			continue
		}
		h.visit(p, at, shop.Event{Customer: p.customer.User, Session: p.session})
	}
}

// moment draws a moment of the last year, more in its later part since the
// shop grows, and more in the evening. It is zero for one before from.
func (h *history) moment(from time.Time) time.Time {
	share := math.Pow(h.rng.Float64(), .8)
	hour := 8 + 14*math.Sqrt(h.rng.Float64())
	day := h.now.Truncate(24*time.Hour).AddDate(0, 0, int(share*yearDays)-yearDays)
	at := day.Add(time.Duration(hour * float64(time.Hour))).Truncate(time.Millisecond)
	if at.Before(from) || !at.Before(h.now.Add(-2*time.Hour)) {
		return time.Time{}
	}
	return at
}

// visit makes up one visit of somebody: who gives the customer and session.
func (h *history) visit(p *person, at time.Time, who shop.Event) {
	var basket []int
	leaf := h.leaf(p, at)
	if h.rng.Float64() < .12 {
		h.add(who, shop.Search, at, -1, func(e *shop.Event) { e.Query = pick(h.rng, h.catalogue.leaves[leaf].nouns) })
	}
	for range 2 + poisson(h.rng, 3) {
		if h.rng.Float64() < .25 {
			leaf = h.leaf(p, at)
		}
		i := h.choose(p, leaf, at)
		if i < 0 {
			continue
		}
		at = at.Add(time.Duration(20+h.rng.IntN(150)) * time.Second)
		h.add(who, shop.ProductView, at, i, nil)
		switch chance := h.rng.Float64(); {
		case chance < .30:
			basket = append(basket, i)
			at = at.Add(15 * time.Second)
			h.add(who, shop.CartAdd, at, i, func(e *shop.Event) { e.Quantity = 1 })
		case chance < .306:
			h.add(who, shop.NotInterested, at.Add(5*time.Second), i, nil)
		}
	}
	if len(basket) > 0 && h.rng.Float64() < .8 {
		h.buy(p, basket, at.Add(time.Minute), who)
	}
}

// leaf draws a category by taste and season.
func (h *history) leaf(p *person, at time.Time) int {
	for {
		leaf := pickWeighted(h.rng, p.leafSums)
		if h.rng.Float64() < season(h.catalogue.leaves[leaf], at) {
			return leaf
		}
	}
}

// season returns the demand at a moment over that of the best month.
func season(l leaf, at time.Time) float64 {
	if l.peak == 0 {
		return .7
	}
	away := float64(at.YearDay())/yearDays - (float64(l.peak)-.5)/12
	return .65 + .35*math.Cos(2*math.Pi*away)
}

// choose draws a product of a leaf that is on offer, -1 if luck has none.
func (h *history) choose(p *person, leaf int, at time.Time) int {
	shelf := h.catalogue.byLeaf[leaf]
	again := h.catalogue.leaves[leaf].rebuy && h.rng.Float64() < .4
	if again {
		for k := len(p.bought) - 1; k >= 0; k-- {
			if i := p.bought[k]; h.catalogue.items[i].leaf == leaf {
				return i
			}
		}
	}
	left := h.now.Sub(at).Hours() / 24 / yearDays // 1 at the year's start
	for range 8 {
		i := shelf[pickWeighted(h.rng, p.shelf(h.catalogue, leaf))]
		it := &h.catalogue.items[i]
		if it.listedAt.After(at) || h.catalogue.products[it.product].Status == shop.Draft {
			continue
		}
		// Appeal is as of now; what rises had less of it before.
		if h.rng.Float64() < math.Exp(-math.Max(0, it.drift)*left)*math.Exp(math.Min(0, it.drift)*(1-left)) {
			return i
		}
	}
	return -1
}

// buy turns a basket into an order, with what completes it, and what comes
// after: a return, a rating.
func (h *history) buy(p *person, basket []int, at time.Time, who shop.Event) {
	h.orders++
	order := fmt.Sprintf("D-%06d", h.orders)
	for _, i := range basket {
		if partner := h.catalogue.items[i].partner; partner >= 0 && h.rng.Float64() < .3 && !h.catalogue.items[partner].listedAt.After(at) {
			basket = append(basket, partner)
		}
	}
	lines := map[int]bool{}
	for _, i := range basket {
		if lines[i] {
			continue
		}
		line := len(lines)
		lines[i] = true
		quantity := 1
		if h.catalogue.leaves[h.catalogue.items[i].leaf].rebuy {
			quantity += h.rng.IntN(3)
		}
		h.add(who, shop.Purchase, at, i, func(e *shop.Event) {
			e.Order, e.Line, e.Quantity = order, line, quantity
			e.Price = h.catalogue.products[h.catalogue.items[i].product].Price
		})
		p.bought = append(p.bought, i)
		h.afterwards(i, order, line, at, who)
	}
}

// afterwards makes up a return or a rating of a bought product.
func (h *history) afterwards(i int, order string, line int, at time.Time, who shop.Event) {
	later := at.Add(time.Duration(36+h.rng.IntN(400)) * time.Hour)
	if later.After(h.now.Add(-time.Hour)) {
		return
	}
	switch chance := h.rng.Float64(); {
	case chance < .03:
		h.add(who, shop.Return, later, i, func(e *shop.Event) { e.Order, e.Line, e.Quantity = order, line, 1 })
	case chance < .13:
		h.add(who, shop.Rating, later, i, func(e *shop.Event) { e.Rating = 5 - min(4, poisson(h.rng, .8)) })
	}
}

// strangers makes up visits without a customer, with the tastes of the people.
func (h *history) strangers(people []*person, n int) {
	for range n {
		p := *pick(h.rng, people)
		p.bought = nil
		who := shop.Event{Session: newUser(h.rng)}
		if at := h.moment(time.Time{}); !at.IsZero() {
			h.visit(&p, at, who)
		}
	}
}

// add appends one event of a type, about item i unless that is negative.
func (h *history) add(who shop.Event, t shop.EventType, at time.Time, i int, more func(*shop.Event)) {
	e := who
	e.ID = shop.DerivedUUID(Source, strconv.FormatUint(h.seed, 10), strconv.Itoa(len(h.events)))
	e.Type, e.OccurredAt, e.RecordedAt, e.Source = t, at, at.Add(time.Second), Source
	if i >= 0 {
		e.SKU = h.catalogue.products[h.catalogue.items[i].product].SKU
	}
	if more != nil {
		more(&e)
	}
	h.events = append(h.events, e)
}

// poisson draws a count with the given mean (Knuth's way; means are small).
func poisson(rng *rand.Rand, mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := rng.Float64(); p > limit; p *= rng.Float64() {
		n++
	}
	return n
}
