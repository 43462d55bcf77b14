package shop

import "time"

// Cart is what a visitor means to buy, in the order it was put there.
type Cart struct {
	Owner UserID     `json:"owner"`
	Lines []CartLine `json:"lines"`
	Since time.Time  `json:"since,omitzero"` // when the first line was put into the empty cart
}

// CartLine is one product of a cart.
type CartLine struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"` // ≥ 1
}

// Order is a purchase placed here. All that can happen to it is that it is
// cancelled.
type Order struct {
	ID             UUID        `json:"id"`
	Owner          UserID      `json:"owner"`
	Lines          []OrderLine `json:"lines"`
	Total          Money       `json:"total"`
	PlacedAt       time.Time   `json:"placedAt"`
	CancelledAt    time.Time   `json:"cancelledAt,omitzero"` // zero while it stands
	Delivery       *Address    `json:"delivery,omitempty"`   // where it is to be delivered; nil if that was not said
	IdempotencyKey string      `json:"idempotencyKey,omitempty"`
}

// Cancellation reports whether an event is a line of an order placed here being
// cancelled: a RETURN by the shop's own command, which alone gives stock back.
func (e *Event) Cancellation() bool { return e.Type == Return && e.Source == "shop" && e.Order != "" }

// Address is where something is to be delivered.
type Address struct {
	Name     string `json:"name"`
	Street   string `json:"street"`
	Postcode string `json:"postcode,omitempty"`
	City     string `json:"city"`
	Country  string `json:"country"`
}

// OrderLine is one product of an order at the price it was sold for.
type OrderLine struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Price    Money  `json:"price"` // of one piece

	Recommendation string `json:"recommendation,omitempty"` // the answer that led to it, if one did
}
