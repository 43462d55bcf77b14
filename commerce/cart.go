package commerce

import (
	"cmp"
	"context"
	"slices"

	"also/shop"
)

// Cart returns the cart of a session's owner.
func (s *Service) Cart(ctx context.Context, session shop.Session) (shop.Cart, error) {
	if session.Owner() == 0 {
		return shop.Cart{}, nil
	}
	return s.Store.Cart(ctx, session.Owner())
}

// CartLineSet sets how many pieces of a product the cart of a session's owner holds, 0
// taking it out, and returns the cart. recommendation names the answer that led here, if one did.
// More than are in stock is shop.OutOfStock; the stock is only taken by an order.
func (s *Service) CartLineSet(ctx context.Context, session shop.Session, line shop.CartLine, recommendation string) (shop.Cart, error) {
	var c checks
	c.id("sku", line.SKU)
	c.between("quantity", line.Quantity, 0, maxQuantity)
	c.optionalID("recommendation", recommendation)
	if c.err != nil {
		return shop.Cart{}, c.err
	}
	session, err := s.keep(ctx, session)
	if err != nil {
		return shop.Cart{}, err
	}
	more := s.eventOf(session, shop.CartAdd)
	more.SKU, more.Recommendation = line.SKU, recommendation
	if line.Quantity > 0 {
		p, err := s.product(ctx, line.SKU)
		switch {
		case err != nil:
			return shop.Cart{}, err
		case p.Status != shop.Active:
			return shop.Cart{}, shop.Errorf(shop.NotFound, "sku", "product %q is not on sale", line.SKU)
		case p.Stock < line.Quantity:
			return shop.Cart{}, shop.Errorf(shop.OutOfStock, "quantity", "only %d are left: take fewer", p.Stock)
		}
		more.Price = p.Price
	}
	less := more
	less.ID, less.Type = shop.NewUUID(more.OccurredAt), shop.CartRemove
	cart, err := s.Store.SetCartLine(ctx, session.Owner(), line, more, less)
	if err != nil {
		return shop.Cart{}, err
	}
	if len(cart.Lines) > maxLines {
		s.Log.WarnContext(ctx, "a cart has more lines than an order may have", "lines", len(cart.Lines))
	}
	s.noteFresh(ctx, []shop.Event{more})
	s.acted(session.Owner())
	return cart, nil
}

// CartClear empties a cart and returns what it held.
func (s *Service) CartClear(ctx context.Context, owner shop.Session) (shop.Cart, error) {
	if owner.Owner() == 0 {
		return shop.Cart{}, nil
	}
	held, err := s.Store.ClearCart(ctx, owner.Owner(), s.eventOf(owner, shop.CartRemove), func() shop.UUID { return shop.NewUUID(s.now()) })
	if err == nil && len(held.Lines) > 0 {
		s.acted(owner.Owner())
	}
	return held, err
}

// CartClearOf is CartClear for staff: of anybody's cart.
func (s *Service) CartClearOf(ctx context.Context, owner shop.UserID) (shop.Cart, error) {
	who, err := s.buyerOf(ctx, owner)
	if err != nil {
		return shop.Cart{}, err
	}
	return s.CartClear(ctx, who)
}

// OpenCarts returns all carts that hold something, those filled last first.
func (s *Service) OpenCarts(ctx context.Context) ([]shop.Cart, error) {
	carts, err := s.Store.OpenCarts(ctx)
	slices.SortFunc(carts, func(a, b shop.Cart) int { return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(a.Owner, b.Owner)) })
	return carts, err
}

// eventOf returns an event of a session's visitor.
func (s *Service) eventOf(session shop.Session, t shop.EventType) shop.Event {
	e := s.event(t)
	e.Customer, e.Session = session.Customer, session.User
	return e
}
