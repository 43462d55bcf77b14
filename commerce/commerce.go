// Package commerce is the shop's commands: the catalogue, accounts and
// sessions, the cart, checkout, and the intake of events. It checks what a
// caller sent, and hands the store one atomic write.
package commerce

import (
	"also/shop"
)

// EventInput is an event as it comes in from outside.
type EventInput struct {
	ID             shop.UUID // zero: a new one is made
	Type           shop.EventType
	SKU            string
	Customer       string // the shop's own id
	Session        string // the shop's own session id
	OccurredAt     *int64 // milliseconds; nil: the id's own time, if it has one, else now
	Quantity       *int
	Price          *shop.Money
	Rating         *int
	Order          string
	Recommendation string
	Query          string
	Ref            shop.UUID
}

// EventsResult says what became of a batch.
type EventsResult struct {
	Accepted   int
	Duplicates int
	Rejected   []EventRejection
}

// EventRejection is one event that was not taken.
type EventRejection struct {
	Index   int
	Code    shop.Code
	Message string
}

// ProductPatch changes the fields that are set.
type ProductPatch struct {
	Name        *string
	Description *string
	Vendor      *string
	Categories  *[]string
	Price       *shop.Money
	Stock       *int
	Status      *shop.ProductStatus
	Attributes  *map[string]string
	ListedAt    *int64
	Images      *shop.Images
	Version     *int64 // if set, the version the caller saw
}
