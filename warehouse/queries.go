package warehouse

import (
	"time"

	"also/shop"
)

// Ranked is one product of a list made by counting.
type Ranked struct {
	SKU   string
	Score float64
}

// Bought is one product bought together with another: in how many orders, and
// how much more often than chance would have it (lift).
type Bought struct {
	SKU, With string
	Orders    int64
	Lift      float64
}

// KPIs are the figures of a period.
type KPIs struct {
	From, To            time.Time
	Events              int64
	Users               int64
	Orders              int64
	Pieces              int64
	Revenue             []shop.Money // by currency
	RecommendedRevenue  []shop.Money // of order lines that name a recommendation
	Impressions, Clicks int64
}
