package graph

import (
	"fmt"
	"slices"
	"time"

	"also/commerce"
	"also/graph/model"
	"also/graph/scalar"
	"also/shop"
)

// intake is a batch of events on its way to the domain: those that could be
// read, each with its place in the request.
type intake struct {
	events   []commerce.EventInput
	places   []int
	rejected []model.EventRejection
}

// add takes an event, or rejects it alone if a text in it could not be read.
func (in *intake) add(place int, e commerce.EventInput, err error) {
	if err != nil {
		in.rejected = append(in.rejected, model.EventRejection{Index: place, Code: shop.CodeOf(err), Message: err.Error()})
		return
	}
	in.events = append(in.events, e)
	in.places = append(in.places, place)
}

// record hands the domain what could be read. A batch of which nothing could is
// not asked about, unless it was empty or too large from the start.
func (in *intake) record(asked int, f func([]commerce.EventInput) (commerce.EventsResult, error)) (commerce.EventsResult, error) {
	if asked > commerce.MaxEvents {
		in.events, in.rejected = nil, nil
		return commerce.EventsResult{}, shop.Errorf(shop.BadUserInput, "events", "has %d events: send %d at most at once", asked, commerce.MaxEvents)
	}
	if asked > 0 && len(in.events) == 0 {
		return commerce.EventsResult{}, nil
	}
	return f(in.events)
}

// finish tells what became of the batch, places being the request's.
func (in *intake) finish(res commerce.EventsResult) (accepted, duplicates int, rejected []model.EventRejection) {
	rejected = in.rejected
	for _, r := range res.Rejected {
		rejected = append(rejected, model.EventRejection{Index: in.places[r.Index], Code: r.Code, Message: r.Message})
	}
	slices.SortFunc(rejected, func(a, b model.EventRejection) int { return a.Index - b.Index })
	if rejected == nil {
		rejected = []model.EventRejection{}
	}
	return res.Accepted, res.Duplicates, rejected
}

// eventInput decodes one event of eventsRecord.
func eventInput(in model.EventInput) (commerce.EventInput, error) {
	e := commerce.EventInput{
		Type: in.Type, SKU: deref(in.Sku), Customer: deref(in.Customer), Session: deref(in.Session), Quantity: in.Quantity,
		Rating: in.Rating, Order: deref(in.Order), Recommendation: deref(in.RecommendationID), Query: deref(in.Query),
	}
	var err error
	if e.ID, err = uuid("id", in.ID); err != nil {
		return e, err
	}
	if e.Ref, err = uuid("ref", in.Ref); err != nil {
		return e, err
	}
	if e.OccurredAt, err = millis("occurredAt", in.OccurredAt); err != nil {
		return e, err
	}
	e.Price, err = money("price", in.Price)
	return e, err
}

// viewerEventInput decodes one event of viewerEventsRecord.
func viewerEventInput(in model.ViewerEventInput) (commerce.EventInput, error) {
	e := commerce.EventInput{
		Type: in.Type, SKU: deref(in.Sku), Rating: in.Rating, Recommendation: deref(in.RecommendationID), Query: deref(in.Query),
	}
	var err error
	if e.ID, err = uuid("id", in.ID); err != nil {
		return e, err
	}
	e.Ref, err = uuid("ref", in.Ref)
	return e, err
}

func uuid(field string, text *string) (shop.UUID, error) {
	id, err := shop.ParseUUID(deref(text))
	if err != nil {
		return id, &shop.Error{Code: shop.BadUserInput, Field: field, Message: fmt.Sprintf("%q is %v", *text, err)}
	}
	return id, nil
}

func millis(field string, text *string) (*int64, error) {
	if text == nil {
		return nil, nil
	}
	var at time.Time
	at, err := scalar.UnmarshalDateTime(*text)
	if err != nil {
		return nil, &shop.Error{Code: shop.BadUserInput, Field: field, Message: err.Error()}
	}
	ms := at.UnixMilli()
	return &ms, nil
}

// viewed returns the products of a history that were looked at, the last
// first, each once.
func viewed(history []shop.Event) []string {
	var skus []string
	known := map[string]bool{}
	for _, e := range slices.Backward(history) {
		if e.Type == shop.ProductView && !known[e.SKU] {
			known[e.SKU] = true
			skus = append(skus, e.SKU)
		}
	}
	return skus
}

// standing returns what a shopper did and did not take back, newest first.
func standing(history []shop.Event) []shop.Event {
	taken := map[shop.UUID]bool{}
	for _, e := range history {
		if e.Type == shop.ExcludedFromTaste {
			taken[e.Ref] = true
		}
	}
	var out []shop.Event
	for _, e := range slices.Backward(history) {
		if e.Type != shop.ExcludedFromTaste && !taken[e.ID] {
			out = append(out, e)
		}
	}
	return out
}
