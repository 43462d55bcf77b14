package model

import "also/shop"

// EventInput is an event as it came in. Ids and times are texts, so that a
// malformed one rejects its own event and not the whole request.
type EventInput struct {
	ID               *string
	Type             shop.EventType
	Sku              *string
	Customer         *string
	Session          *string
	OccurredAt       *string
	Quantity         *int
	Price            *MoneyInput
	Rating           *int
	Order            *string
	RecommendationID *string
	Query            *string
	Ref              *string
}

// ViewerEventInput is an event of a page's visitor as it came in.
type ViewerEventInput struct {
	ID               *string
	Type             shop.EventType
	Sku              *string
	Rating           *int
	RecommendationID *string
	Query            *string
	Ref              *string
}
