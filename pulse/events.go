package pulse

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// waitingEntries is up to how many entries of each outbox are looked through
// for events that the lake does not have yet.
const waitingEntries = 2000

// Events returns a page of what happened, newest first: what the lake has, and
// what waits in the outbox, whose position is 0.
func (s *Service) Events(ctx context.Context, q warehouse.EventQuery) (warehouse.EventPage, error) {
	waiting, err := s.waiting(ctx) // before the lake, so that nothing is missed on its way
	if err != nil {
		return warehouse.EventPage{}, err
	}
	page, err := s.Lake.Events(ctx, q)
	if err != nil {
		return page, fmt.Errorf("list events: %w", err)
	}
	known := make(map[shop.UUID]bool, len(page.Events))
	for _, e := range page.Events {
		known[e.ID] = true
	}
	for _, e := range waiting {
		behind := q.Before.At.IsZero() || warehouse.PlaceOf(&e).Compare(q.Before) > 0
		later := page.Unfilled && e.OccurredAt.Before(page.SearchedTo)
		if !known[e.ID] && matches(q, &e) && behind && !later {
			known[e.ID] = true
			page.Events = append(page.Events, e)
		}
	}
	slices.SortFunc(page.Events, func(a, b shop.Event) int { return warehouse.PlaceOf(&a).Compare(warehouse.PlaceOf(&b)) })
	if len(page.Events) > q.N {
		page.Events, page.More, page.Unfilled = page.Events[:q.N], true, false
	}
	return page, nil
}

// waiting returns the events in the outboxes. The transporter trims them after
// a while, so the lake may have some of them.
func (s *Service) waiting(ctx context.Context) ([]shop.Event, error) {
	entries, err := s.Store.Entries(ctx, nil, waitingEntries, 0)
	if err != nil {
		return nil, fmt.Errorf("look into the outbox: %w", err)
	}
	var events []shop.Event
	for _, entry := range entries {
		of, err := eventsOf(entry)
		if err != nil {
			return nil, err
		}
		events = append(events, of...)
	}
	return events, nil
}

// eventsOf returns the events of an outbox entry.
func eventsOf(entry store.Entry) ([]shop.Event, error) {
	if entry.Events == 0 {
		return nil, nil
	}
	var body struct{ Events []shop.Event }
	if err := json.Unmarshal(entry.Body, &body); err != nil {
		return nil, fmt.Errorf("entry %s of outbox %s: %w", entry.ID, entry.Outbox, err)
	}
	return body.Events, nil
}

// matches reports whether an event is one that a query wants. A session that
// became a customer is known to the lake alone.
func matches(q warehouse.EventQuery, e *shop.Event) bool {
	switch {
	case len(q.Types) > 0 && !slices.Contains(q.Types, e.Type),
		q.SKU != "" && e.SKU != q.SKU,
		q.Recommendation != "" && e.Recommendation != q.Recommendation,
		!q.From.IsZero() && e.OccurredAt.Before(q.From),
		!q.To.IsZero() && !e.OccurredAt.Before(q.To),
		q.User != 0 && e.Customer != q.User && e.Session != q.User:
		return false
	}
	return true
}
