package warehouse

import (
	"encoding/json"
	"fmt"
	"time"

	"also/shop"
)

// scanEvent reads a row of customer, session and the columns of sql/event_columns.sql.
func scanEvent(scan func(...any) error) (shop.Event, error) {
	var e shop.Event
	var id, ref, payload, extra string
	var occurred, recorded int64
	if err := scan(&e.Customer, &e.Session, &id, &e.Type, &occurred, &recorded, &e.SKU, &e.Quantity, &e.Price.Minor, &e.Price.Currency,
		&e.Rating, &e.Order, &e.Line, &e.Recommendation, &e.Query, &e.Source, &ref, &payload, &extra); err != nil {
		return e, err
	}
	var err error
	if e.ID, err = shop.ParseUUID(id); err != nil {
		return e, fmt.Errorf("event id %q: %w", id, err)
	}
	if e.Ref, err = shop.ParseUUID(ref); err != nil {
		return e, fmt.Errorf("event %s: ref %q: %w", id, ref, err)
	}
	e.OccurredAt, e.RecordedAt = time.UnixMilli(occurred).UTC(), time.UnixMilli(recorded).UTC()
	if payload != "" {
		e.Payload = json.RawMessage(payload)
	}
	if extra != "" {
		if err := json.Unmarshal([]byte(extra), &e.Extra); err != nil {
			return e, fmt.Errorf("event %s: unknown fields: %w", id, err)
		}
	}
	return e, nil
}
