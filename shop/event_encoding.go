package shop

import (
	"encoding/json"
	"fmt"
	"time"
)

// EventVersion is the version of the encoding that MarshalJSON writes.
const EventVersion = 1

// wireEvent is the encoding: one flat JSON object whose keys are the columns
// of the lake. Times are milliseconds since 1970, prices minor units.
type wireEvent struct {
	V              int             `json:"v"`
	ID             UUID            `json:"id"`
	Type           EventType       `json:"type"`
	OccurredAt     int64           `json:"occurred_at"`
	RecordedAt     int64           `json:"recorded_at"`
	Customer       UserID          `json:"customer,omitempty"`
	Session        UserID          `json:"session,omitempty"`
	SKU            string          `json:"sku,omitempty"`
	Quantity       int             `json:"quantity,omitempty"`
	Price          *int64          `json:"price_minor,omitempty"`
	Currency       string          `json:"currency,omitempty"`
	Rating         int             `json:"rating,omitempty"`
	Order          string          `json:"order_id,omitempty"`
	Line           int             `json:"line,omitempty"`
	Recommendation string          `json:"recommendation_id,omitempty"`
	Query          string          `json:"query,omitempty"`
	Source         string          `json:"source,omitempty"`
	Ref            *UUID           `json:"ref,omitempty"`
	Payload        json.RawMessage `json:"payload,omitempty"`
}

// eventKeys are the keys of wireEvent: every other key of an encoded event
// belongs to Extra.
var eventKeys = []string{
	"v", "id", "type", "occurred_at", "recorded_at", "customer", "session", "sku", "quantity", "price_minor", "currency",
	"rating", "order_id", "line", "recommendation_id", "query", "source", "ref", "payload",
}

// EventKeys lists the keys of an encoded event that this version knows.
func EventKeys() []string { return append([]string(nil), eventKeys...) }

// MarshalJSON writes the encoding of the current version.
func (e Event) MarshalJSON() ([]byte, error) {
	w := wireEvent{
		V: EventVersion, ID: e.ID, Type: e.Type, OccurredAt: e.OccurredAt.UnixMilli(), RecordedAt: e.RecordedAt.UnixMilli(),
		Customer: e.Customer, Session: e.Session, SKU: e.SKU, Quantity: e.Quantity, Rating: e.Rating, Order: e.Order, Line: e.Line,
		Recommendation: e.Recommendation, Query: e.Query, Source: e.Source, Payload: e.Payload,
	}
	if !e.Price.IsZero() {
		w.Price, w.Currency = &e.Price.Minor, e.Price.Currency
	}
	if !e.Ref.IsZero() {
		w.Ref = &e.Ref
	}
	b, err := json.Marshal(w)
	if err != nil || len(e.Extra) == 0 {
		return b, err
	}
	extra, err := json.Marshal(e.Extra) // sorted by key
	if err != nil {
		return nil, err
	}
	b[len(b)-1] = ','
	return append(b, extra[1:]...), nil
}

// UnmarshalJSON reads the encoding of this version or a later one; keys it
// does not know go to Extra.
func (e *Event) UnmarshalJSON(b []byte) error {
	var w wireEvent
	if err := json.Unmarshal(b, &w); err != nil {
		return fmt.Errorf("decode event: %w", err)
	}
	if w.V < 1 {
		return fmt.Errorf("decode event: version %d is not one of ours", w.V)
	}
	*e = Event{
		ID: w.ID, Type: w.Type, OccurredAt: time.UnixMilli(w.OccurredAt).UTC(), RecordedAt: time.UnixMilli(w.RecordedAt).UTC(),
		Customer: w.Customer, Session: w.Session, SKU: w.SKU, Quantity: w.Quantity, Rating: w.Rating, Order: w.Order, Line: w.Line,
		Recommendation: w.Recommendation, Query: w.Query, Source: w.Source, Payload: w.Payload,
	}
	if w.Price != nil {
		e.Price = Money{*w.Price, w.Currency}
	}
	if w.Ref != nil {
		e.Ref = *w.Ref
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return fmt.Errorf("decode event: %w", err)
	}
	for _, k := range eventKeys {
		delete(all, k)
	}
	if len(all) > 0 {
		e.Extra = all
	}
	return nil
}
