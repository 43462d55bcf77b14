package warehouse

import (
	"context"
	"slices"
	"testing"
	"time"

	"also/shop"
)

// numbered makes n views, an hour apart, by three users of two products.
func numbered(n int) []shop.Event {
	var events []shop.Event
	for i := range n {
		e := purchase(shop.UserID(1+i%3), []string{"A", "B"}[i%2], i)
		e.Type = []shop.EventType{shop.ProductView, shop.Purchase}[i/2%2]
		events = append(events, e)
	}
	return events
}

// allPages reads a query page by page.
func allPages(t *testing.T, l *Lake, q EventQuery) (events []shop.Event) {
	t.Helper()
	for range 1000 {
		page, err := l.Events(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, page.Events...)
		if !page.More {
			return events
		}
		q.Before = PlaceOf(&events[len(events)-1])
	}
	t.Fatal("the pages never end")
	return nil
}

func TestEventsAreListedNewestFirst(t *testing.T) {
	s := newSampleLake(t)
	events := numbered(100)
	s.land(events[:60]...)
	s.compact()
	s.land(events[60:]...)
	s.land(events[70]) // delivered again: it is there once
	f := func(what string, q EventQuery, keep func(shop.Event) bool) {
		t.Helper()
		for _, q.N = range []int{7, 100} {
			got := allPages(t, s.Lake, q)
			var want []shop.UUID
			for _, e := range slices.Backward(events) {
				if keep(e) {
					want = append(want, e.ID)
				}
			}
			var ids []shop.UUID
			for _, e := range got {
				ids = append(ids, e.ID)
			}
			if !slices.Equal(ids, want) {
				t.Errorf("%s, pages of %d: %d events, want %d", what, q.N, len(ids), len(want))
			}
		}
	}
	all := func(shop.Event) bool { return true }
	f("all", EventQuery{}, all)
	f("by type", EventQuery{Types: []shop.EventType{shop.Purchase}}, func(e shop.Event) bool { return e.Type == shop.Purchase })
	f("by sku", EventQuery{SKU: "A"}, func(e shop.Event) bool { return e.SKU == "A" })
	f("by user", EventQuery{User: 2}, func(e shop.Event) bool { return e.Customer == 2 })
	from, to := events[20].OccurredAt, events[71].OccurredAt
	f("by time", EventQuery{From: from, To: to}, func(e shop.Event) bool { return !e.OccurredAt.Before(from) && e.OccurredAt.Before(to) })
	f("of nobody", EventQuery{User: 9}, func(shop.Event) bool { return false })

	page, err := s.Events(context.Background(), EventQuery{N: 1})
	if err != nil || page.Events[0].Position != 100 || !page.More || page.SearchedTo.After(events[99].OccurredAt) {
		t.Errorf("the newest event: %+v, %v", page, err)
	}
}

func TestEventsOfASessionAreItsCustomers(t *testing.T) {
	s := newSampleLake(t)
	view := purchase(0, "A", 1)
	view.Type, view.Session = shop.ProductView, 77
	join := purchase(5, "", 2)
	join.Type, join.Session, join.SKU = shop.SessionJoined, 77, ""
	s.land(view, join)
	page, err := s.Events(context.Background(), EventQuery{User: 5, N: 10})
	if err != nil || len(page.Events) != 2 || page.Events[1].ID != view.ID {
		t.Errorf("got %+v, %v", page, err)
	}
}

func TestAnEventIsFound(t *testing.T) {
	s := newSampleLake(t)
	ctx := context.Background()
	old, imported := purchase(1, "A", 0), purchase(1, "B", 24*300)
	imported.ID = shop.DerivedUUID("row", "1")
	strange := purchase(1, "C", 24*40)
	strange.ID = shop.NewUUID(day0.AddDate(5, 0, 0)) // its id says another day
	s.land(old, imported, strange)
	if got, err := s.Event(ctx, old.ID); err != nil || !got.Landing || !got.CompactedAt.IsZero() || got.Position != 1 || got.SKU != "A" {
		t.Errorf("in the landing: %+v, %v", got, err)
	}
	s.compact()
	for _, e := range []shop.Event{old, imported, strange} {
		got, err := s.Event(ctx, e.ID)
		if err != nil || got.Landing || got.CompactedAt.IsZero() || got.ID != e.ID || got.Excluded {
			t.Errorf("in Parquet: %+v, %v", got, err)
		}
	}
	without := purchase(1, "", 24*301)
	without.Type, without.SKU, without.Ref = shop.ExcludedFromTaste, "", imported.ID
	s.land(without)
	if got, err := s.Event(ctx, imported.ID); err != nil || !got.Excluded {
		t.Errorf("taken back: %+v, %v", got, err)
	}
	if _, err := s.Event(ctx, shop.NewUUID(time.Now())); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("an unknown id: %v", err)
	}
}
