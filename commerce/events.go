package commerce

import (
	"context"
	"fmt"
	"slices"
	"time"

	"also/shop"
	"also/store"
)

// MaxEvents is how many events one call of EventsRecord takes.
const MaxEvents = 1000

// maxSkew is how far in the future an event may say it occurred: clocks differ,
// and time zones are mistaken.
const maxSkew = 24 * time.Hour

// viewerAge is how long ago an event of a page may have occurred.
const viewerAge = 24 * time.Hour

// EventsRecord takes in a batch from a holder of a key, each event judged alone:
// one that is wrong is in Rejected with the reason, and the others count. Its error is about the
// batch as a whole; sending it again is harmless.
func (s *Service) EventsRecord(ctx context.Context, batch []EventInput) (EventsResult, error) {
	if err := checkBatch(batch); err != nil {
		return EventsResult{}, err
	}
	now := s.now()
	in := intake{s: s, events: make([]shop.Event, 0, len(batch)), inputs: batch}
	customers, err := s.customersOf(ctx, batch)
	if err != nil {
		return EventsResult{}, err
	}
	for i := range batch {
		e, err := judge(&batch[i], now)
		if err == nil && batch[i].Customer == "" && batch[i].Session == "" {
			err = shop.Errorf(shop.BadUserInput, "customer", "is missing, and so is session: say who did it")
		}
		if err != nil {
			in.reject(i, err)
			continue
		}
		e.Source = "api"
		e.Customer = customers[batch[i].Customer]
		if batch[i].Session != "" {
			e.Session = shop.SessionUserID(s.Shop, batch[i].Session)
		}
		in.add(i, e)
	}
	return in.record(ctx)
}

// viewerTypes is what a page may report of its visitor. Purchases are reported by
// holders of a key, and the cart's changes are commands.
var viewerTypes = map[shop.EventType]bool{
	shop.ProductView: true, shop.Rating: true, shop.NotInterested: true, shop.ExcludedFromTaste: true,
	shop.Search: true, shop.Impression: true, shop.Click: true,
}

// ViewerEventsRecord is EventsRecord for the visitor of a session, about themselves only:
// Customer and Session of the inputs must be empty.
func (s *Service) ViewerEventsRecord(ctx context.Context, session shop.Session, batch []EventInput) (EventsResult, error) {
	if err := checkBatch(batch); err != nil {
		return EventsResult{}, err
	}
	session, err := s.keep(ctx, session)
	if err != nil {
		return EventsResult{}, err
	}
	now := s.now()
	in := intake{s: s, events: make([]shop.Event, 0, len(batch)), inputs: batch}
	for i := range batch {
		e, err := judge(&batch[i], now)
		switch {
		case err != nil:
		case !viewerTypes[e.Type]:
			err = shop.Errorf(shop.BadUserInput, "type", "%s cannot be reported by a page: use the command for it, or eventsRecord with a key", e.Type)
		case batch[i].Customer != "" || batch[i].Session != "":
			err = shop.Errorf(shop.BadUserInput, "customer", "a page reports what its own visitor did: leave out customer and session")
		case now.Sub(e.OccurredAt) > viewerAge:
			err = shop.Errorf(shop.BadUserInput, "occurredAt", "is more than a day ago")
		}
		if err != nil {
			in.reject(i, err)
			continue
		}
		e.Source, e.Customer, e.Session = "shop", session.Customer, session.User
		in.add(i, e)
	}
	return in.record(ctx)
}

func checkBatch(batch []EventInput) error {
	if len(batch) == 0 {
		return shop.Errorf(shop.BadUserInput, "events", "is empty: send at least one event")
	}
	if len(batch) > MaxEvents {
		return shop.Errorf(shop.BadUserInput, "events", "has %d events: send %d at most at once", len(batch), MaxEvents)
	}
	return nil
}

// UserOf returns whose taste the shop means by its own customer or session id: the
// customer if it is known, else the session, else 0, a stranger.
func (s *Service) UserOf(ctx context.Context, customer, session string) (shop.UserID, error) {
	if customer != "" {
		users, err := s.Store.UsersOf(ctx, []string{customer}, false)
		if err != nil {
			return 0, err
		}
		if users[0] != 0 {
			return users[0], nil
		}
	}
	if session != "" {
		return shop.SessionUserID(s.Shop, session), nil
	}
	return 0, nil
}

// customersOf returns the user ids of the batch's customers, new ones for those never
// seen.
func (s *Service) customersOf(ctx context.Context, batch []EventInput) (map[string]shop.UserID, error) {
	users := map[string]shop.UserID{}
	var ids []string
	for i := range batch {
		id := batch[i].Customer
		if _, seen := users[id]; seen || id == "" || checkActor("customer", id) != nil {
			continue
		}
		users[id] = 0
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return users, nil
	}
	got, err := s.Store.UsersOf(ctx, ids, true)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		users[id] = got[i]
	}
	return users, nil
}

func checkActor(field, id string) error {
	var c checks
	c.optionalID(field, id)
	return c.err
}

// judge makes an event of an input, without who did it, or says what is wrong.
func judge(in *EventInput, now time.Time) (shop.Event, error) {
	e := shop.Event{
		ID: in.ID, Type: in.Type, RecordedAt: now, SKU: in.SKU, Order: in.Order,
		Recommendation: in.Recommendation, Query: in.Query, Ref: in.Ref,
	}
	var c checks
	switch {
	case in.Type == "":
		c.fail("type", "is missing: say what happened")
	case !in.Type.Reportable():
		c.fail("type", "%q cannot be reported: the shop's own commands record it", in.Type)
	case in.Type.NeedsProduct() && in.SKU == "":
		c.fail("sku", "is missing: %s is about a product", in.Type)
	case in.Type == shop.Search && in.Query == "":
		c.fail("query", "is missing: say what was searched for")
	case in.Type == shop.Rating && in.Rating == nil:
		c.fail("rating", "is missing: give 1 to 5")
	case in.Type == shop.ExcludedFromTaste && in.Ref.IsZero():
		c.fail("ref", "is missing: give the id of the event that shall not count")
	}
	for _, f := range [5]struct{ name, value string }{
		{"sku", in.SKU}, {"customer", in.Customer}, {"session", in.Session}, {"order", in.Order}, {"recommendationId", in.Recommendation},
	} {
		c.optionalID(f.name, f.value)
	}
	c.text("query", in.Query, maxQuery)
	switch in.Type {
	case shop.Purchase, shop.Return, shop.CartAdd, shop.CartRemove:
		e.Quantity = 1
	}
	if in.Quantity != nil {
		c.between("quantity", *in.Quantity, 1, maxQuantity)
		e.Quantity = *in.Quantity
	}
	if in.Rating != nil {
		c.between("rating", *in.Rating, 1, 5)
		e.Rating = *in.Rating
	}
	if in.Price != nil {
		c.price("price", *in.Price)
		e.Price = *in.Price
	}
	e.OccurredAt = now
	if at, ok := statedTime(in); ok {
		e.OccurredAt = at
	}
	if e.OccurredAt.Sub(now) > maxSkew {
		c.fail("occurredAt", "is more than a day in the future: give UTC milliseconds of when it happened")
	}
	if e.OccurredAt.Year() < 1970 {
		c.fail("occurredAt", "is before 1970")
	}
	if e.ID.IsZero() {
		e.ID = shop.NewUUID(e.OccurredAt)
	}
	return e, c.err
}

// statedTime returns when an input says that it happened: by itself or by its
// id.
func statedTime(in *EventInput) (time.Time, bool) {
	if in.OccurredAt != nil {
		return time.UnixMilli(*in.OccurredAt).UTC(), true
	}
	return in.ID.Time()
}

// intake is a batch on its way.
type intake struct {
	s      *Service
	inputs []EventInput
	events []shop.Event
	index  []int // of each event's input
	result EventsResult
}

func (in *intake) add(index int, e shop.Event) {
	in.events = append(in.events, e)
	in.index = append(in.index, index)
}

func (in *intake) reject(index int, err error) {
	in.result.Rejected = append(in.result.Rejected, EventRejection{Index: index, Code: shop.CodeOf(err), Message: err.Error()})
}

// record writes the events that were judged right.
func (in *intake) record(ctx context.Context) (EventsResult, error) {
	if len(in.events) == 0 {
		return in.result, nil
	}
	outcomes, err := in.s.Store.RecordEvents(ctx, in.events)
	if err != nil {
		return EventsResult{}, fmt.Errorf("record events: %w", err)
	}
	recorded := in.events[:0:0]
	users := map[shop.UserID]bool{}
	for k, o := range outcomes {
		_, stated := statedTime(&in.inputs[in.index[k]])
		switch {
		case o == store.Recorded:
			in.result.Accepted++
			recorded = append(recorded, in.events[k])
			users[in.events[k].User()] = true
		case o == store.Changed && stated:
			in.reject(in.index[k], shop.Errorf(shop.Conflict, "occurredAt", "the id was recorded before with another time: an event never changes, give a new id"))
		default:
			// An id without a time of its own got this batch's: a retry is the same event.
			in.result.Duplicates++
		}
	}
	slices.SortFunc(in.result.Rejected, func(a, b EventRejection) int { return a.Index - b.Index })
	in.s.noteFresh(ctx, recorded)
	list := make([]shop.UserID, 0, len(users))
	for u := range users {
		list = append(list, u)
	}
	in.s.acted(list...)
	return in.result, nil
}

// noteFresh keeps what happened to products that the live model does not know. A
// failure costs them a later appearance, not the caller an error: the next event tries again.
func (s *Service) noteFresh(ctx context.Context, events []shop.Event) {
	if s.Fresh == nil {
		return
	}
	var fresh []shop.Event
	for _, e := range events {
		if w, _ := defaultWeights.Of(e.Type, e.Rating); w != 0 && e.SKU != "" && s.Fresh(e.SKU) {
			fresh = append(fresh, e)
		}
	}
	if len(fresh) == 0 {
		return
	}
	if err := s.Store.NoteFresh(ctx, fresh); err != nil {
		s.Log.WarnContext(ctx, "note events of new products", "events", len(fresh), "error", err)
	}
}

var defaultWeights = shop.DefaultWeights()
