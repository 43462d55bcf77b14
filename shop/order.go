package shop

import "time"

// Cart is what a visitor means to buy, in the order it was put there.
type Cart struct {
	Owner UserID     `json:"owner"`
	Lines []CartLine `json:"lines"`
}

// CartLine is one product of a cart.
type CartLine struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"` // ≥ 1
}

// Order is a purchase placed here. It is never changed.
type Order struct {
	ID             UUID        `json:"id"`
	Owner          UserID      `json:"owner"`
	Lines          []OrderLine `json:"lines"`
	Total          Money       `json:"total"`
	PlacedAt       time.Time   `json:"placedAt"`
	IdempotencyKey string      `json:"idempotencyKey,omitempty"`
}

// OrderLine is one product of an order at the price it was sold for.
type OrderLine struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Price    Money  `json:"price"` // of one piece
}
