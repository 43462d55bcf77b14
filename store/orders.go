package store

import (
	"context"
	"time"

	"also/shop"
)

// Carts holds carts, by owner (a customer or an anonymous session).
type Carts interface {
	// Cart returns the owner's cart; an empty one if there is none.
	Cart(ctx context.Context, owner shop.UserID) (shop.Cart, error)
	// CartsOf returns one cart per owner, in one round trip.
	CartsOf(ctx context.Context, owners []shop.UserID) ([]shop.Cart, error)
	// OpenCarts returns all carts that hold something, in no order.
	OpenCarts(ctx context.Context) ([]shop.Cart, error)
	// SetCartLine sets how many of a sku the cart holds, 0 removing it, and returns the cart.
	// more and less are CART_ADD and CART_REMOVE events without Quantity: the one that fits is
	// recorded with the difference, neither if nothing changed.
	SetCartLine(ctx context.Context, owner shop.UserID, line shop.CartLine, more, less shop.Event) (shop.Cart, error)
	// ClearCart empties the owner's cart and returns what it held. less is a CART_REMOVE event
	// without SKU and Quantity: one a line is recorded, with ids that id makes. Of an empty cart nothing happens.
	ClearCart(ctx context.Context, owner shop.UserID, less shop.Event, id func() shop.UUID) (shop.Cart, error)
}

// OrderQuery chooses among all orders, by when they were placed.
type OrderQuery struct {
	From, Before time.Time // placed from the one on and before the other; zero: no limit
	Cancelled    *bool     // only those, or none of those
	Oldest       bool      // the oldest first; else the newest
	After        shop.UUID // go on behind this order; zero: from the start
	N            int
}

// Matches reports whether an order is one of those that q chooses.
func (q OrderQuery) Matches(o *shop.Order) bool {
	return (q.From.IsZero() || !o.PlacedAt.Before(q.From)) && (q.Before.IsZero() || o.PlacedAt.Before(q.Before)) &&
		(q.Cancelled == nil || *q.Cancelled == !o.CancelledAt.IsZero())
}

// Orders holds orders placed here.
type Orders interface {
	// PlaceOrder checks that every product is ACTIVE (else shop.NotFound), has the line's price
	// (shop.PriceChanged) and is in stock (shop.OutOfStock); Field names the line ("lines.0.quantity").
	// It takes the stock, empties the owner's cart, stores the order and records one ORDER_PLACED
	// event a line. events[i] belongs to o.Lines[i].
	// If the owner already placed an order with this IdempotencyKey, that order is returned
	// and nothing changes. Afterwards, in a second idempotent step, the events reach the
	// owner's history. The IdempotencyKey is not part of what Order and OrdersOf return.
	// o.Delivery is a control record of its own, which is gone when the owner is forgotten.
	// With keepCart the owner's cart stays as it is: the order is not of what lay in it.
	PlaceOrder(ctx context.Context, o shop.Order, events []shop.Event, keepCart bool) (shop.Order, error)
	// CancelOrder gives the order's pieces back to the stock of the products that are still there,
	// notes at as its CancelledAt, and records events: one RETURN a line, events[i] belonging to o.Lines[i]. An
	// order that is cancelled already is returned as it is, and nothing changes.
	CancelOrder(ctx context.Context, id shop.UUID, at time.Time, events []shop.Event) (shop.Order, error)
	Order(ctx context.Context, id shop.UUID) (shop.Order, error)
	// OrdersOf returns up to n of the owner's orders, newest first, before an order (zero: from the newest).
	OrdersOf(ctx context.Context, owner shop.UserID, before shop.UUID, n int) ([]shop.Order, error)
	// LatestOrders returns up to n of each owner's orders, newest first, and how many each has in
	// all, in two round trips however many owners there are.
	LatestOrders(ctx context.Context, owners []shop.UserID, n int) (latest [][]shop.Order, counts []int, err error)
	// OrderPage returns up to q.N orders of all owners. It fails with shop.NotFound if there is no order q.After.
	OrderPage(ctx context.Context, q OrderQuery) ([]shop.Order, error)
	// OrderCount returns how many orders q chooses in all, whatever its After and N.
	OrderCount(ctx context.Context, q OrderQuery) (int, error)
	// Orders returns one order per id, nil where there is none, in one round trip for up to 500.
	Orders(ctx context.Context, ids []shop.UUID) ([]*shop.Order, error)
	// RepairOrders finishes second steps (of orders, carts and sign-ins) that a crash left undone.
	RepairOrders(ctx context.Context) error
}
