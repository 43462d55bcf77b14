package shop

import (
	"encoding/json"
	"time"
)

// EventType says what happened. The texts are the same in Go, the lake and
// GraphQL.
type EventType string

// What happens in a shop. The last group is the catalogue's and the
// customers': only commands write those.
const (
	ProductView       EventType = "PRODUCT_VIEW"
	CartAdd           EventType = "CART_ADD"
	CartRemove        EventType = "CART_REMOVE"
	OrderPlaced       EventType = "ORDER_PLACED" // one event a line of an order placed here; moves stock
	Purchase          EventType = "PURCHASE"     // reported from elsewhere; never moves stock
	Return            EventType = "RETURN"
	Rating            EventType = "RATING" // Event.Rating, 1 to 5
	NotInterested     EventType = "NOT_INTERESTED"
	ExcludedFromTaste EventType = "EXCLUDED_FROM_TASTE" // Event.Ref names the event that shall not count
	Search            EventType = "SEARCH"              // Event.Query
	Impression        EventType = "IMPRESSION"          // of a recommendation
	Click             EventType = "CLICK"               // on a recommendation

	ProductSaved    EventType = "PRODUCT_SAVED"    // Event.Payload is the Product
	ProductDeleted  EventType = "PRODUCT_DELETED"  // Event.SKU
	VendorSaved     EventType = "VENDOR_SAVED"     // Event.Payload is the Vendor
	VendorDeleted   EventType = "VENDOR_DELETED"   // Event.SKU is the vendor's id
	CategorySaved   EventType = "CATEGORY_SAVED"   // Event.Payload is the Category
	CategoryDeleted EventType = "CATEGORY_DELETED" // Event.SKU is the category's id
	SessionJoined   EventType = "SESSION_JOINED"   // Event.Session's events are Event.Customer's from now on
	CustomerDeleted EventType = "CUSTOMER_DELETED" // Event.Customer is forgotten
)

// EventTypes lists every type.
var EventTypes = []EventType{
	ProductView, CartAdd, CartRemove, OrderPlaced, Purchase, Return, Rating, NotInterested, ExcludedFromTaste,
	Search, Impression, Click,
	ProductSaved, ProductDeleted, VendorSaved, VendorDeleted, CategorySaved, CategoryDeleted, SessionJoined, CustomerDeleted,
}

// Reportable reports whether t may come in from outside (eventsRecord, an
// import): everything a shopper does but placing an order here, which is a
// command.
func (t EventType) Reportable() bool {
	switch t {
	case ProductView, CartAdd, CartRemove, Purchase, Return, Rating, NotInterested, ExcludedFromTaste, Search, Impression, Click:
		return true
	}
	return false
}

// NeedsProduct reports whether an event of type t must name a sku.
func (t EventType) NeedsProduct() bool {
	switch t {
	case Search, ExcludedFromTaste, SessionJoined, CustomerDeleted:
		return false
	}
	return true
}

// Event is something that happened. It never changes; its identity is its ID
// together with the UTC day of OccurredAt.
type Event struct {
	ID             UUID            // version 7, or version 8 when derived from an imported row
	Type           EventType       //
	OccurredAt     time.Time       // when it happened, to the millisecond, UTC
	RecordedAt     time.Time       // when we learnt of it
	Customer       UserID          // 0: not known, see Session
	Session        UserID          // 0: none
	SKU            string          // the product, vendor or category
	Quantity       int             // pieces, ≥ 1 where it means something, else 0
	Price          Money           // of one piece
	Rating         int             // 1 to 5, of a RATING
	Order          string          // ties the lines of an order together
	Line           int             // line of the order, from 0
	Recommendation string          // the answer that led here
	Query          string          // what was searched for
	Source         string          // who told us: "shop", "api", or an import's name
	Ref            UUID            // the event this one is about
	Payload        json.RawMessage // the new state, of a catalogue change

	// Position is the event's place in the lake, 0 where it is not known: not a part of what happened, and
	// not encoded.
	Position int64

	// Extra holds the fields of a later version that this one does not know;
	// they survive a round trip.
	Extra map[string]json.RawMessage
}

// User returns whose taste the event speaks of: the customer if known, else
// the session.
func (e *Event) User() UserID {
	if e.Customer != 0 {
		return e.Customer
	}
	return e.Session
}

// Day returns the UTC day of OccurredAt, the partition of the lake.
func (e *Event) Day() string { return e.OccurredAt.UTC().Format(time.DateOnly) }
