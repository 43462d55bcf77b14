package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

func (e *env) record(events ...shop.Event) []store.Outcome {
	e.t.Helper()
	outcomes, err := e.s.RecordEvents(e.ctx, events)
	e.ok(err)
	return outcomes
}

// later returns the event with another time of occurrence.
func later(v shop.Event, d time.Duration) shop.Event {
	v.OccurredAt = v.OccurredAt.Add(d)
	return v
}

var eventCases = []testCase{
	{"RecordEvents/records each, and the outboxes hold them as they were", func(t *testing.T, e *env) {
		var events []shop.Event
		for i := range 100 {
			v := e.event(shop.Purchase, shop.UserID(i%37+1), fmt.Sprint("sku", i))
			v.Quantity, v.Price, v.Extra = i+1, shop.MustMoney("1.99", "EUR"), nil
			if i%5 == 0 {
				v.Customer, v.Session = 0, v.Customer
			}
			events = append(events, v)
		}
		for _, o := range e.record(events...) {
			equal(t, o, store.Recorded)
		}
		got, control := e.since(nil)
		equal(t, len(control), 0)
		byID := func(a, b shop.Event) int { return slices.Compare(a.ID[:], b.ID[:]) }
		slices.SortFunc(got, byID)
		slices.SortFunc(events, byID)
		equal(t, got, events)
	}},
	{"RecordEvents/an id recorded before is DUPLICATE, with another time CHANGED", func(t *testing.T, e *env) {
		a, b := e.event(shop.ProductView, 1, "A"), e.event(shop.ProductView, 1, "B")
		e.record(a)
		mark := e.mark()
		equal(t, e.record(a, b), []store.Outcome{store.Duplicate, store.Recorded})
		equal(t, e.record(later(a, time.Second)), []store.Outcome{store.Changed})
		events, _ := e.since(mark)
		equal(t, ids(events), ids([]shop.Event{b}))
	}},
	{"RecordEvents/repeats within one batch are judged alike", func(t *testing.T, e *env) {
		a := e.event(shop.ProductView, 1, "A")
		equal(t, e.record(a, a, later(a, time.Second)), []store.Outcome{store.Recorded, store.Duplicate, store.Changed})
		events, _ := e.since(nil)
		equal(t, len(events), 1)
	}},
	{"RecordEvents/an id is remembered for SeenWindow at least", func(t *testing.T, e *env) {
		a := e.event(shop.ProductView, 1, "A")
		e.record(a)
		for range 8 {
			e.clock.move(store.SeenWindow / 8)
			equal(t, e.record(a), []store.Outcome{store.Duplicate})
		}
		equal(t, e.record(later(a, time.Millisecond)), []store.Outcome{store.Changed})
	}},
	{"RecordEvents/of many at once with one id one is recorded", func(t *testing.T, e *env) {
		a := e.event(shop.ProductView, 1, "A")
		equal(t, parallel(20, func(int) error {
			_, err := e.s.RecordEvents(e.ctx, []shop.Event{a})
			return err
		}), map[shop.Code]int{"": 20})
		events, _ := e.since(nil)
		equal(t, len(events), 1)
		equal(t, len(e.tail(1)), 1)
	}},
	{"RecordEvents/without a user is BAD_USER_INPUT and records nothing", func(t *testing.T, e *env) {
		_, err := e.s.RecordEvents(e.ctx, []shop.Event{e.event(shop.ProductView, 1, "A"), e.event(shop.ProductView, 0, "A")})
		e.is(err, shop.BadUserInput)
		e.nothingSince(nil)
	}},
	{"RecordEvents/keeps fields that this version does not know", func(t *testing.T, e *env) {
		var a shop.Event
		e.ok(a.UnmarshalJSON([]byte(`{"v":1,"id":"01930000-0000-7000-8000-000000000001","type":"CLICK","occurred_at":1,"recorded_at":2,` +
			`"customer":7,"sku":"A","mood":{"x":[1,2]}}`)))
		e.record(a)
		events, _ := e.since(nil)
		equal(t, string(events[0].Extra["mood"]), `{"x":[1,2]}`)
	}},
	{"RecordEvents/takes three thousand events of one user at once", func(t *testing.T, e *env) {
		var events []shop.Event
		for i := range 3000 {
			events = append(events, later(e.event(shop.ProductView, 1, fmt.Sprint("sku", i)), time.Duration(i)*time.Second))
		}
		for _, o := range e.record(events...) {
			equal(t, o, store.Recorded)
		}
		got, _ := e.since(nil)
		equal(t, len(got), 3000)
		equal(t, ids(e.tail(1)), ids(events[3000-store.TailLimit:]))
	}},
	{"RecordEvents/of none records none", func(t *testing.T, e *env) {
		equal(t, len(e.record()), 0)
	}},
	{"Tails/are oldest first by OccurredAt and hold what matters to taste", func(t *testing.T, e *env) {
		full := e.event(shop.Rating, 1, "A")
		full.Quantity, full.Rating, full.Order, full.Line, full.Recommendation, full.Query = 3, 5, "o1", 2, "r1", "green tea"
		full.Ref, full.Price, full.Session = shop.NewUUID(e.clock.Now()), shop.MustMoney("1.00", "EUR"), 9
		early := later(e.event(shop.Search, 1, ""), -time.Hour)
		early.RecordedAt = early.RecordedAt.Add(time.Minute)
		e.record(full)
		e.record(early)
		got := e.tail(1)
		want := []shop.Event{early, full}
		for i := range want {
			want[i] = shop.Event{
				ID: want[i].ID, Type: want[i].Type, OccurredAt: want[i].OccurredAt, RecordedAt: want[i].RecordedAt, SKU: want[i].SKU,
				Quantity: want[i].Quantity, Rating: want[i].Rating, Ref: want[i].Ref, Query: want[i].Query,
				Recommendation: want[i].Recommendation, Order: want[i].Order,
			}
		}
		equal(t, got, want)
	}},
	{"Tails/returns one per user, empty where there is none", func(t *testing.T, e *env) {
		e.record(e.event(shop.ProductView, 1, "A"), e.event(shop.ProductView, 2, "B"))
		tails, err := e.s.Tails(e.ctx, []shop.UserID{2, 3, 1, 2})
		e.ok(err)
		var got []string
		for _, tail := range tails {
			text := ""
			for _, v := range tail {
				text += v.SKU
			}
			got = append(got, text)
		}
		equal(t, got, []string{"B", "", "A", "B"})
	}},
	{"Tails/keep every type but impressions", func(t *testing.T, e *env) {
		var want []string
		for i, kind := range shop.EventTypes {
			if !kind.Reportable() {
				continue
			}
			v := later(e.event(kind, 1, "A"), time.Duration(i)*time.Second)
			e.record(v)
			if kind != shop.Impression {
				want = append(want, string(kind))
			}
		}
		var got []string
		for _, v := range e.tail(1) {
			got = append(got, string(v.Type))
		}
		equal(t, got, want)
	}},
	{"Tails/keep the TailLimit latest however they came", func(t *testing.T, e *env) {
		var all []shop.Event
		for i := range store.TailLimit + 500 {
			v := later(e.event(shop.ProductView, 1, "a-product-with-a-long-sku-of-its-own"), time.Duration(i*7919%100000)*time.Second)
			v.Query, v.Recommendation = "some words that were searched for before", "01930000-0000-7000-8000-000000000001"
			all = append(all, v)
		}
		for batch := range slices.Chunk(all, 250) {
			e.record(batch...)
		}
		slices.SortFunc(all, func(a, b shop.Event) int { return a.OccurredAt.Compare(b.OccurredAt) })
		equal(t, len(e.tail(1)), store.TailLimit)
		equal(t, e.tail(1)[0].OccurredAt, all[500].OccurredAt)
	}},
	{"TrimTails/drops what was recorded before the moment", func(t *testing.T, e *env) {
		a := later(e.event(shop.ProductView, 1, "A"), time.Hour)
		other := e.event(shop.ProductView, 2, "A")
		e.record(a, other)
		e.clock.move(time.Minute)
		b := later(e.event(shop.ProductView, 1, "B"), -time.Hour)
		e.record(b)
		mark := e.mark()
		e.ok(e.s.TrimTails(e.ctx, e.clock.Now()))
		equal(t, ids(e.tail(1)), ids([]shop.Event{b}))
		equal(t, len(e.tail(2)), 0)
		e.nothingSince(mark)
		c := e.event(shop.ProductView, 2, "C")
		e.record(c)
		equal(t, ids(e.tail(2)), ids([]shop.Event{c}))
	}},
	{"TrimTails/loses nothing that is recorded meanwhile", func(t *testing.T, e *env) {
		old := e.event(shop.ProductView, 1, "A")
		e.record(old)
		e.clock.move(time.Minute)
		at := e.clock.Now()
		codes := parallel(20, func(i int) error {
			if i%4 == 0 {
				return e.s.TrimTails(e.ctx, at)
			}
			_, err := e.s.RecordEvents(e.ctx, []shop.Event{e.event(shop.ProductView, 1, fmt.Sprint(i))})
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 20})
		e.ok(e.s.TrimTails(e.ctx, at))
		equal(t, len(e.tail(1)), 15)
	}},
}

func (e *env) noted(skus ...string) [][]shop.Event {
	e.t.Helper()
	noted, err := e.s.FreshEvents(e.ctx, skus)
	e.ok(err)
	return noted
}

func (e *env) freshSKUs(after string) (skus []string, next string) {
	e.t.Helper()
	skus, next, err := e.s.FreshSKUs(e.ctx, after, 0)
	e.ok(err)
	return skus, next
}

var freshCases = []testCase{
	{"NoteFresh/keeps events by product, with their user, and records none", func(t *testing.T, e *env) {
		a, b, c := e.event(shop.Purchase, 1, "A"), e.event(shop.Purchase, 2, "B"), later(e.event(shop.ProductView, 0, "A"), -time.Second)
		c.Session = 3
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{a, b, c}))
		got := e.noted("B", "none", "A")
		equal(t, [][]string{ids(got[0]), ids(got[1]), ids(got[2])}, [][]string{ids([]shop.Event{b}), nil, ids([]shop.Event{c, a})})
		equal(t, []shop.UserID{got[2][0].Session, got[2][0].Customer, got[2][1].Customer}, []shop.UserID{3, 0, 1})
		e.nothingSince(nil)
		equal(t, len(e.tail(1)), 0)
	}},
	{"NoteFresh/twice notes once", func(t *testing.T, e *env) {
		a := e.event(shop.Purchase, 1, "A")
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{a, a}))
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{a}))
		equal(t, ids(e.noted("A")[0]), ids([]shop.Event{a}))
	}},
	{"FreshEvents/are a thousand of each product at most, the first", func(t *testing.T, e *env) {
		var all []shop.Event
		for i := range 1500 {
			all = append(all, later(e.event(shop.Purchase, shop.UserID(i+1), "A"), -time.Duration(i)*time.Second))
		}
		for batch := range slices.Chunk(all, 300) {
			e.ok(e.s.NoteFresh(e.ctx, batch))
		}
		slices.Reverse(all)
		equal(t, ids(e.noted("A")[0]), ids(all[:1000]))
	}},
	{"FreshSKUs/from the start names all, then those noted since", func(t *testing.T, e *env) {
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{e.event(shop.Purchase, 1, "B"), e.event(shop.Purchase, 1, "A")}))
		skus, next := e.freshSKUs("")
		slices.Sort(skus)
		equal(t, skus, []string{"A", "B"})
		skus, next = e.freshSKUs(next)
		equal(t, len(skus), 0)
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{e.event(shop.Purchase, 1, "B"), e.event(shop.Purchase, 1, "C")}))
		skus, next = e.freshSKUs(next)
		equal(t, skus, []string{"B", "C"})
		skus, _ = e.freshSKUs(next)
		equal(t, len(skus), 0)
	}},
	{"FreshSKUs/wakes who waits", func(t *testing.T, e *env) {
		got := make(chan []string, 1)
		go func() {
			skus, _, err := e.s.FreshSKUs(e.ctx, "", 20*time.Second)
			if err != nil {
				t.Error(err)
			}
			got <- skus
		}()
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{e.event(shop.Purchase, 1, "A")}))
		equal(t, <-got, []string{"A"})
	}},
	{"FreshSKUs/after a position that the stream does not reach is ErrBehind", func(t *testing.T, e *env) {
		_, _, err := e.s.FreshSKUs(e.ctx, "17", 0)
		if !errors.Is(err, store.ErrBehind) {
			t.Fatalf("got %v, want ErrBehind", err)
		}
	}},
	{"DropFresh/forgets the products named", func(t *testing.T, e *env) {
		e.ok(e.s.NoteFresh(e.ctx, []shop.Event{e.event(shop.Purchase, 1, "A"), e.event(shop.Purchase, 1, "B")}))
		e.ok(e.s.DropFresh(e.ctx, []string{"A", "none"}))
		e.ok(e.s.DropFresh(e.ctx, nil))
		got := e.noted("A", "B")
		equal(t, []int{len(got[0]), len(got[1])}, []int{0, 1})
		skus, _ := e.freshSKUs("")
		equal(t, skus, []string{"B"})
	}},
}
