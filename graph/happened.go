package graph

import (
	"context"
	"strconv"
	"strings"
	"time"

	"also/graph/model"
	"also/shop"
	"also/warehouse"
)

// eventFilter decodes which events are wanted. The shop's own ids become our numbers.
func (r *Resolver) eventFilter(ctx context.Context, in *model.EventFilter) (warehouse.EventQuery, error) {
	if in == nil {
		return warehouse.EventQuery{}, nil
	}
	q := warehouse.EventQuery{
		Types: in.Types, SKU: deref(in.Sku), Recommendation: deref(in.RecommendationID), From: deref(in.From), To: deref(in.To),
	}
	if in.From != nil && in.To != nil && !in.From.Before(*in.To) {
		return q, shop.Errorf(shop.BadUserInput, "filter.to", "the period ends before it begins: from must be earlier than to")
	}
	var err error
	q.User, err = r.whoDid(ctx, in)
	return q, err
}

// whoDid returns whose events are wanted: 0 for anybody's.
func (r *Resolver) whoDid(ctx context.Context, in *model.EventFilter) (shop.UserID, error) {
	customer, session, number := deref(in.Customer), deref(in.Session), deref(in.User)
	switch {
	case customer != "" && session != "", number != "" && customer+session != "":
		return 0, shop.Errorf(shop.BadUserInput, "filter.customer", "give one of customer, session and user")
	case customer != "":
		users, err := r.Store.UsersOf(ctx, []string{customer}, false)
		if err != nil {
			return 0, err
		}
		if users[0] != 0 {
			return users[0], nil
		}
		return -1, nil // whom no event names
	case session != "":
		return shop.SessionUserID(r.Pulse.Shop, session), nil
	case number != "":
		user, err := strconv.ParseInt(number, 10, 64)
		if err != nil || user <= 0 {
			return 0, shop.Errorf(shop.BadUserInput, "filter.user", "%q is not the number of a user: pass it as an event shows it", number)
		}
		return shop.UserID(user), nil
	}
	return 0, nil
}

// eventQuery decodes which page of them is wanted. A cursor is the moment in
// milliseconds and the id.
func (r *Resolver) eventQuery(ctx context.Context, in *model.EventFilter, first *int, after *string) (warehouse.EventQuery, error) {
	q, err := r.eventFilter(ctx, in)
	if err != nil {
		return q, err
	}
	if q.N, err = pageSize(first); err != nil {
		return q, err
	}
	key, err := parseCursor(after)
	if err != nil || key == "" {
		return q, err
	}
	ms, id, _ := strings.Cut(key, " ")
	at, err := strconv.ParseInt(ms, 10, 64)
	if err == nil {
		q.Before.ID, err = shop.ParseUUID(id)
	}
	if err != nil {
		return q, shop.Errorf(shop.BadUserInput, "after", "%q is not a cursor of events", *after)
	}
	q.Before.At = time.UnixMilli(at).UTC()
	return q, nil
}

func eventCursor(p warehouse.EventPlace) string {
	return cursorOf(strconv.FormatInt(p.At.UnixMilli(), 10) + " " + p.ID.String())
}

// eventPage makes a page of events. One that ended at its limit without
// filling leads on from as far as it looked.
func eventPage(ctx context.Context, page warehouse.EventPage) *model.EventConnection {
	events := withPeople(ctx, page.Events)
	out := &model.EventConnection{Edges: []model.EventEdge{}, SearchedTo: orNull(page.SearchedTo)}
	cursors := make([]string, len(events))
	for i := range events {
		cursors[i] = eventCursor(warehouse.PlaceOf(&events[i]))
		out.Edges = append(out.Edges, model.EventEdge{Cursor: cursors[i], Node: events[i]})
	}
	out.PageInfo = *pageInfo(cursors, page.More)
	if page.Unfilled {
		end := eventCursor(warehouse.EventPlace{At: page.SearchedTo})
		out.PageInfo.EndCursor = &end
	}
	return out
}

// withPeople says who did the events, and with what, for all to be read at once
// what is asked of one; it returns the events.
func withPeople(ctx context.Context, events []shop.Event) []shop.Event {
	l := loadersOf(ctx)
	users := make([]shop.UserID, len(events))
	for i := range events {
		users[i] = events[i].Customer
		l.nameProducts(events[i].SKU)
	}
	l.listed(users)
	if events == nil {
		events = []shop.Event{}
	}
	return events
}

// milliseconds is a length of time, null for none.
func milliseconds(d *time.Duration) *float64 {
	if d == nil {
		return nil
	}
	ms := float64(*d) / float64(time.Millisecond)
	return &ms
}
