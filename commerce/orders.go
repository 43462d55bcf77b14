package commerce

import (
	"context"
	"fmt"
	"time"

	"also/shop"
)

// OrderInput places an order of what is in the cart.
type OrderInput struct {
	IdempotencyKey string      // required: the same key is the same order
	Lines          []OrderLine // what the buyer saw; empty: whatever the cart holds
	Delivery       *shop.Address
}

// OrderLine is one line as the buyer saw it.
type OrderLine struct {
	SKU            string
	Quantity       int
	Price          *shop.Money // of one piece; nil: any
	Recommendation string      // the answer that led to this line, if one did
}

// OrderPlace orders the cart of a session's owner: takes the stock, empties the cart, and
// returns the order. It fails, changing nothing, with shop.EmptyCart, shop.OutOfStock,
// shop.PriceChanged (against a line's Price), or shop.Conflict if the cart holds other lines than
// given. Placed again with the same key, it returns the first order.
func (s *Service) OrderPlace(ctx context.Context, session shop.Session, in OrderInput) (shop.Order, error) {
	if err := checkOrder(in); err != nil {
		return shop.Order{}, err
	}
	session, err := s.keep(ctx, session)
	if err != nil {
		return shop.Order{}, err
	}
	cart, err := s.Store.Cart(ctx, session.Owner())
	if err != nil {
		return shop.Order{}, err
	}
	seen, same := in.matching(cart)
	if len(cart.Lines) == 0 || !same {
		o, err := s.Store.Order(ctx, s.orderID(session.Owner(), in.IdempotencyKey))
		if shop.CodeOf(err) != shop.NotFound {
			return o, err
		}
		if len(cart.Lines) == 0 {
			return shop.Order{}, shop.Errorf(shop.EmptyCart, "", "the cart is empty: put something into it first")
		}
		return shop.Order{}, shop.Errorf(shop.Conflict, "lines", "the cart holds other lines than these: read it again")
	}
	o, events, err := s.orderOf(ctx, session, cart, in.IdempotencyKey, seen)
	if err != nil {
		return shop.Order{}, err
	}
	o.Delivery = in.Delivery
	return s.placed(ctx, o, events, false)
}

// placed hands an order to the store.
func (s *Service) placed(ctx context.Context, o shop.Order, events []shop.Event, keepCart bool) (shop.Order, error) {
	placed, err := s.Store.PlaceOrder(ctx, o, events, keepCart)
	if err != nil {
		return shop.Order{}, err
	}
	if placed.PlacedAt.Equal(o.PlacedAt) { // not a repeat
		s.noteFresh(ctx, events)
		s.acted(o.Owner)
		s.changed(ctx)
	}
	return placed, nil
}

// OrderCreate places an order for a customer, by the shop's own id, as the shop's server or staff do: of in.Lines,
// whatever their cart holds, which stays as it is. Otherwise it is OrderPlace.
func (s *Service) OrderCreate(ctx context.Context, externalID string, in OrderInput) (shop.Order, error) {
	err := checkOrder(in)
	if err == nil && externalID == "" {
		err = shop.Errorf(shop.BadUserInput, "customer", "is missing: say for whom")
	}
	if err == nil {
		err = checkActor("customer", externalID)
	}
	if err != nil {
		return shop.Order{}, err
	}
	if len(in.Lines) == 0 {
		return shop.Order{}, shop.Errorf(shop.EmptyCart, "lines", "there is nothing to order: give at least one line")
	}
	users, err := s.Store.UsersOf(ctx, []string{externalID}, true)
	if err != nil {
		return shop.Order{}, err
	}
	customer := users[0]
	before, err := s.Store.Order(ctx, s.orderID(customer, in.IdempotencyKey))
	if shop.CodeOf(err) != shop.NotFound {
		return before, err
	}
	lines := shop.Cart{Owner: customer}
	for _, l := range in.Lines {
		lines.Lines = append(lines.Lines, shop.CartLine{SKU: l.SKU, Quantity: l.Quantity})
	}
	seen, same := in.matching(lines)
	if !same {
		return shop.Order{}, shop.Errorf(shop.BadUserInput, "lines", "name each product once")
	}
	o, events, err := s.orderOf(ctx, shop.Session{Customer: customer}, lines, in.IdempotencyKey, seen)
	if err != nil {
		return shop.Order{}, err
	}
	o.Delivery = in.Delivery
	return s.placed(ctx, o, events, true)
}

// CancelWindow is how long a buyer may cancel their own order.
const CancelWindow = 30 * time.Minute

// OrderCancel cancels an order: its pieces are back in stock, and taste and figures forget it, line by line. Doing
// it twice changes nothing. A buyer, whose session is given, may cancel an order of their own within CancelWindow, else
// shop.Conflict; without a session, any.
func (s *Service) OrderCancel(ctx context.Context, id shop.UUID, buyer *shop.Session) (shop.Order, error) {
	o, err := s.Store.Order(ctx, id)
	if err == nil && buyer != nil && (buyer.Owner() == 0 || o.Owner != buyer.Owner()) {
		err = shop.Errorf(shop.NotFound, "", "")
	}
	if err != nil {
		return shop.Order{}, absent(err, "id", "there is no such order")
	}
	if buyer != nil && o.CancelledAt.IsZero() && !s.Cancellable(&o) {
		return shop.Order{}, shop.Errorf(shop.Conflict, "id", "an order can be cancelled within %d minutes: ask the shop", int(CancelWindow.Minutes()))
	}
	who, err := s.buyerOf(ctx, o.Owner)
	if err != nil {
		return shop.Order{}, err
	}
	now := s.now()
	var events []shop.Event
	for i, l := range o.Lines {
		e := s.eventOf(who, shop.Return)
		e.OccurredAt, e.RecordedAt = now, now
		e.SKU, e.Quantity, e.Price, e.Order, e.Line, e.Recommendation = l.SKU, l.Quantity, l.Price, o.ID.String(), i, l.Recommendation
		events = append(events, e)
	}
	cancelled, err := s.Store.CancelOrder(ctx, id, now, events)
	if err != nil {
		return shop.Order{}, err
	}
	s.noteFresh(ctx, events)
	s.acted(o.Owner)
	s.changed(ctx)
	return cancelled, nil
}

// Cancellable reports whether an order stands and is fresh enough for its buyer to cancel it.
func (s *Service) Cancellable(o *shop.Order) bool {
	return o.CancelledAt.IsZero() && s.now().Sub(o.PlacedAt) <= CancelWindow
}

// buyerOf tells whether an order's owner is a customer or a visit.
func (s *Service) buyerOf(ctx context.Context, owner shop.UserID) (shop.Session, error) {
	found, err := s.Store.Customers(ctx, []shop.UserID{owner})
	if err != nil || found[0] == nil {
		return shop.Session{User: owner}, err
	}
	return shop.Session{Customer: owner}, nil
}

func checkOrder(in OrderInput) error {
	var c checks
	c.id("idempotencyKey", in.IdempotencyKey)
	if len(in.Lines) > maxLines {
		c.fail("lines", "has %d lines: order %d at most at once", len(in.Lines), maxLines)
	}
	for i, l := range in.Lines {
		at := fmt.Sprintf("lines.%d.", i)
		c.id(at+"sku", l.SKU)
		c.between(at+"quantity", l.Quantity, 1, maxQuantity)
		c.optionalID(at+"recommendation", l.Recommendation)
		if l.Price != nil {
			c.price(at+"price", *l.Price)
		}
	}
	if in.Delivery != nil {
		c.address("delivery", *in.Delivery)
	}
	return c.err
}

// matching returns what the buyer saw by sku, and whether it is what the cart
// holds.
func (in OrderInput) matching(cart shop.Cart) (map[string]OrderLine, bool) {
	seen := make(map[string]OrderLine, len(in.Lines))
	for _, l := range in.Lines {
		if _, twice := seen[l.SKU]; twice {
			return nil, false
		}
		seen[l.SKU] = l
	}
	if len(seen) == 0 {
		return seen, true
	}
	if len(seen) != len(cart.Lines) {
		return nil, false
	}
	for _, l := range cart.Lines {
		if seen[l.SKU].Quantity != l.Quantity {
			return nil, false
		}
	}
	return seen, true
}

// orderOf makes the order of a cart at current prices, and its events.
func (s *Service) orderOf(ctx context.Context, session shop.Session, cart shop.Cart, key string, seen map[string]OrderLine) (shop.Order, []shop.Event, error) {
	if len(cart.Lines) > maxLines {
		return shop.Order{}, nil, shop.Errorf(shop.BadUserInput, "", "the cart has %d lines: order %d at most at once", len(cart.Lines), maxLines)
	}
	skus := make([]string, len(cart.Lines))
	for i, l := range cart.Lines {
		skus[i] = l.SKU
	}
	products, err := s.Store.Products(ctx, skus)
	if err != nil {
		return shop.Order{}, nil, err
	}
	now := s.now()
	o := shop.Order{ID: s.orderID(session.Owner(), key), Owner: session.Owner(), PlacedAt: now, IdempotencyKey: key}
	var events []shop.Event
	for i, l := range cart.Lines {
		at := fmt.Sprintf("lines.%d", i)
		if products[i] == nil {
			return shop.Order{}, nil, shop.Errorf(shop.OutOfStock, at, "product %q is not sold any more: take it out of the cart", l.SKU)
		}
		price := products[i].Price
		if want := seen[l.SKU].Price; want != nil && *want != price {
			return shop.Order{}, nil, shop.Errorf(shop.PriceChanged, at+".price", "product %q costs %s now: look at the cart again", l.SKU, price)
		}
		sum, err := price.Times(l.Quantity)
		if err == nil {
			o.Total, err = o.Total.Plus(sum)
		}
		if err != nil {
			return shop.Order{}, nil, err
		}
		o.Lines = append(o.Lines, shop.OrderLine{SKU: l.SKU, Quantity: l.Quantity, Price: price, Recommendation: seen[l.SKU].Recommendation})
		e := s.eventOf(session, shop.OrderPlaced)
		e.OccurredAt, e.RecordedAt = now, now
		e.SKU, e.Quantity, e.Price, e.Order, e.Line = l.SKU, l.Quantity, price, o.ID.String(), i
		e.Recommendation = seen[l.SKU].Recommendation
		events = append(events, e)
	}
	return o, events, nil
}

// orderID returns the id of the order that an owner places with a key, so that a repeat is found
// when the cart no longer holds what was ordered.
func (s *Service) orderID(owner shop.UserID, key string) shop.UUID {
	return shop.DerivedUUID("order", s.Shop, owner.String(), key)
}

// Order returns an order of a session's owner; another's is shop.NotFound.
func (s *Service) Order(ctx context.Context, session shop.Session, id shop.UUID) (shop.Order, error) {
	o, err := s.Store.Order(ctx, id)
	if err == nil && o.Owner != session.Owner() {
		return shop.Order{}, shop.Errorf(shop.NotFound, "id", "there is no order %s", id)
	}
	return o, err
}

// Orders returns up to n, 1 to 100, of the orders of a session's owner, newest first,
// placed before an order (zero: from the newest).
func (s *Service) Orders(ctx context.Context, session shop.Session, before shop.UUID, n int) ([]shop.Order, error) {
	if n < 1 || n > 100 {
		return nil, shop.Errorf(shop.BadUserInput, "first", "ask for 1 to 100 orders, not %d", n)
	}
	if session.Owner() == 0 {
		return nil, nil
	}
	return s.Store.OrdersOf(ctx, session.Owner(), before, n)
}
