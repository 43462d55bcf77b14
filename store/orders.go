package store

import (
	"context"

	"also/shop"
)

// Carts holds carts, by owner (a customer or an anonymous session).
type Carts interface {
	// Cart returns the owner's cart; an empty one if there is none.
	Cart(ctx context.Context, owner shop.UserID) (shop.Cart, error)
	// SetCartLine sets how many of a sku the cart holds, 0 removing it, and returns the cart.
	// more and less are CART_ADD and CART_REMOVE events without Quantity: the one that fits is
	// recorded with the difference, neither if nothing changed.
	SetCartLine(ctx context.Context, owner shop.UserID, line shop.CartLine, more, less shop.Event) (shop.Cart, error)
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
	PlaceOrder(ctx context.Context, o shop.Order, events []shop.Event) (shop.Order, error)
	Order(ctx context.Context, id shop.UUID) (shop.Order, error)
	// OrdersOf returns up to n of the owner's orders, newest first, before an order (zero: from the newest).
	OrdersOf(ctx context.Context, owner shop.UserID, before shop.UUID, n int) ([]shop.Order, error)
	// RepairOrders finishes second steps (of orders, carts and sign-ins) that a crash left undone.
	RepairOrders(ctx context.Context) error
}
