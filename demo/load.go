package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"also/shop"
	"also/warehouse"
)

// PersonasName is the control record that marks a demo shop: its value is the
// list of personas.
const PersonasName = "demo/personas"

// DecodePersonas reads the value of the control record PersonasName.
func DecodePersonas(value []byte) ([]Persona, error) {
	var all []Persona
	if err := json.Unmarshal(value, &all); err != nil {
		return nil, fmt.Errorf("read the demo's personas: %w", err)
	}
	return all, nil
}

// Journal is what Load writes to: a warehouse.Lake opened for writing.
type Journal interface {
	Append(ctx context.Context, entries []warehouse.Entry) (warehouse.Position, error)
	Compact(ctx context.Context) (warehouse.CompactReport, error)
}

// outbox names the stream of what Load writes.
const outbox = "import/demo"

// batch is how many events or records share a journal line, batches how many
// lines are written at once.
const batch, batches = 500, 40

// compactFrom is from how many events on Load compacts: a file and its sync a
// day cost seconds, which fewer events do not pay back.
const compactFrom = 100_000

// Load writes a shop into the lake, and compacts it if it is large: the
// catalogue as of the year's start, the customers, then the events. Loading the same shop twice changes nothing.
// A view that is open meanwhile must be rebuilt.
func Load(ctx context.Context, lake Journal, s *Shop, now time.Time) error {
	w := &writer{ctx: ctx, lake: lake, now: now.UTC().Truncate(time.Millisecond)}
	control, err := s.control()
	if err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	for records := range slices.Chunk(control, batch) {
		w.add(nil, records)
	}
	events, err := s.catalogueEvents()
	if err != nil {
		return fmt.Errorf("load the demo: %w", err)
	}
	for chunk := range slices.Chunk(append(events, s.Events...), batch) {
		w.add(chunk, nil)
	}
	w.flush()
	if w.err == nil && len(s.Events) >= compactFrom {
		_, w.err = lake.Compact(ctx)
	}
	if w.err != nil {
		return fmt.Errorf("load the demo: %w", w.err)
	}
	return nil
}

// control returns the control records of the customers and the mark.
func (s *Shop) control() ([]shop.ControlRecord, error) {
	personas, err := json.Marshal(s.Personas)
	if err != nil {
		return nil, err
	}
	all := []shop.ControlRecord{{Name: PersonasName, Value: personas}}
	for _, c := range s.Customers {
		record, err := shop.CustomerControl(c)
		if err != nil {
			return nil, err
		}
		tie, err := shop.ExternalControl(c.ExternalID, c.User)
		if err != nil {
			return nil, err
		}
		all = append(all, record, tie)
	}
	return all, nil
}

// catalogueEvents returns what saved the catalogue, before anything else happened.
func (s *Shop) catalogueEvents() ([]shop.Event, error) {
	if len(s.Events) == 0 {
		return nil, nil
	}
	at := s.Events[0].OccurredAt
	for _, e := range s.Events {
		if e.OccurredAt.Before(at) {
			at = e.OccurredAt
		}
	}
	at = at.Add(-time.Hour)
	var all []shop.Event
	add := func(t shop.EventType, id string, thing any) error {
		payload, err := json.Marshal(thing)
		all = append(all, shop.Event{
			ID: shop.DerivedUUID(Source, string(t), id, at.String()), Type: t, OccurredAt: at, RecordedAt: at, SKU: id, Source: Source, Payload: payload,
		})
		return err
	}
	for _, c := range s.Categories {
		if err := add(shop.CategorySaved, c.ID, c); err != nil {
			return nil, err
		}
	}
	for _, v := range s.Vendors {
		if err := add(shop.VendorSaved, v.ID, v); err != nil {
			return nil, err
		}
	}
	for _, p := range s.Products {
		p.Version = 1
		if err := add(shop.ProductSaved, p.SKU, p); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// writer gathers journal lines; the first failure sticks.
type writer struct {
	ctx     context.Context
	lake    Journal
	now     time.Time
	entries []warehouse.Entry
	lines   int
	err     error
}

func (w *writer) add(events []shop.Event, control []shop.ControlRecord) {
	if w.err != nil {
		return
	}
	body, err := json.Marshal(struct {
		Events  []shop.Event         `json:"events,omitempty"`
		Control []shop.ControlRecord `json:"control,omitempty"`
	}{events, control})
	if err != nil {
		w.err = err
		return
	}
	w.lines++
	w.entries = append(w.entries, warehouse.Entry{Outbox: outbox, ID: strconv.Itoa(w.lines), At: w.now, Events: len(events), Body: body})
	if len(w.entries) == batches {
		w.flush()
	}
}

func (w *writer) flush() {
	if w.err == nil && len(w.entries) > 0 {
		_, w.err = w.lake.Append(w.ctx, w.entries)
		w.entries = nil
	}
}
