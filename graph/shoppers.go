package graph

import (
	"context"
	"slices"
	"time"

	"also/commerce"
	"also/graph/model"
	"also/recommend"
	"also/shop"
)

// enter signs the caller in by f and gives them the new session.
func (r *Resolver) enter(ctx context.Context, f func(s shop.Session, client string) (commerce.SignedIn, error)) error {
	c := CallerOf(ctx)
	if err := c.canBecome(); err != nil {
		return err
	}
	session, err := c.open(ctx, r.Commerce)
	if err != nil {
		return err
	}
	in, err := f(session, c.Client)
	if err != nil {
		return err
	}
	c.become(in.Token, in.Session)
	return nil
}

// leave ends the caller's session. Whoever has none is out already.
func (r *Resolver) leave(ctx context.Context) error {
	c := CallerOf(ctx)
	if err := c.canBecome(); err != nil {
		return err
	}
	if s := c.Session(); s.TokenHash != "" {
		if err := r.Commerce.SignOut(ctx, s); err != nil {
			return err
		}
	}
	c.become("", shop.Session{ExpiresAt: time.Unix(0, 0)})
	return nil
}

// becomeDemo signs in as one of the demo's customers.
func (r *Resolver) becomeDemo(ctx context.Context, s shop.Session, id string) (commerce.SignedIn, error) {
	if !slices.ContainsFunc(r.Demo, func(d model.DemoCustomer) bool { return d.ID == id }) {
		return commerce.SignedIn{}, shop.Errorf(shop.NotFound, "id", "there is no demo customer %q", id)
	}
	return r.Commerce.Become(ctx, s, id)
}

// customerSelf returns the customer who is signed in, nil if nobody is.
func (r *Resolver) customerSelf(ctx context.Context) (*shop.Customer, error) {
	user := CallerOf(ctx).Session().Customer
	if user == 0 {
		return nil, nil
	}
	c, err := r.Store.Customer(ctx, user)
	if err != nil {
		return nil, err
	}
	return &c, nil
}

func (r *Resolver) setCartLine(ctx context.Context, in model.CartLineSetInput) (shop.Cart, error) {
	session, err := CallerOf(ctx).open(ctx, r.Commerce)
	if err != nil {
		return shop.Cart{}, err
	}
	return r.Commerce.CartLineSet(ctx, session, shop.CartLine{SKU: in.Sku, Quantity: in.Quantity}, deref(in.RecommendationID))
}

// placeOrder orders the caller's cart. Without a key of the caller's the
// attempt gets one of its own.
func (r *Resolver) placeOrder(ctx context.Context, in model.OrderPlaceInput) (shop.Order, error) {
	session, err := CallerOf(ctx).open(ctx, r.Commerce)
	if err != nil {
		return shop.Order{}, err
	}
	order, err := orderInput(in.IdempotencyKey, in.Lines, in.Delivery)
	if err != nil {
		return shop.Order{}, err
	}
	return r.Commerce.OrderPlace(ctx, session, order)
}

// orderInput decodes an order; without a key it gets one of its own.
func orderInput(key *string, lines []model.OrderLineInput, to *model.AddressInput) (commerce.OrderInput, error) {
	order := commerce.OrderInput{IdempotencyKey: deref(key)}
	if to != nil {
		order.Delivery = &shop.Address{Name: to.Name, Street: to.Street, Postcode: deref(to.Postcode), City: to.City, Country: to.Country}
	}
	if key == nil {
		order.IdempotencyKey = shop.NewUUID(time.Now()).String()
	}
	for _, l := range lines {
		price, err := money("lines.price", l.Price)
		if err != nil {
			return order, err
		}
		order.Lines = append(order.Lines, commerce.OrderLine{
			SKU: l.Sku, Quantity: l.Quantity, Price: price, Recommendation: deref(l.RecommendationID),
		})
	}
	return order, nil
}

// lineTotal is the price of a line of a cart today, nil if it has none.
func (r *Resolver) lineTotal(l shop.CartLine) *shop.Money {
	p := r.Catalogue.Snapshot().Product(l.SKU)
	if p == nil || p.Price.IsZero() {
		return nil
	}
	m, err := p.Price.Times(l.Quantity)
	if err != nil {
		return nil
	}
	return &m
}

// cartTotal is the sum of a cart's lines, nil if there is none.
func (r *Resolver) cartTotal(c *shop.Cart) *shop.Money {
	var sum shop.Money
	for _, l := range c.Lines {
		m := r.lineTotal(l)
		if m == nil {
			return nil
		}
		var err error
		if sum, err = sum.Plus(*m); err != nil {
			return nil
		}
	}
	return orNull(sum)
}

// longHistory returns what somebody did, oldest first: what the view
// remembers and, where that is less than n, the lake too. What was taken back
// may be among it, so more than n are read.
func (r *Resolver) longHistory(ctx context.Context, user shop.UserID, n int) ([]shop.Event, error) {
	recent, err := r.tailOf(ctx, user)
	if err != nil || len(recent) >= n || user == 0 {
		return recent, err
	}
	events, err := r.Lake.UserHistory(ctx, user, 0, 2*n)
	if err != nil {
		return nil, err
	}
	known := make(map[shop.UUID]bool, len(events))
	for _, e := range events {
		known[e.ID] = true
	}
	for _, e := range recent {
		if !known[e.ID] { // the lake may be behind
			events = append(events, e)
		}
	}
	slices.SortStableFunc(events, func(a, b shop.Event) int { return a.OccurredAt.Compare(b.OccurredAt) })
	return events, nil
}

// beliefsOf returns what the model makes of somebody's history, nothing without
// a model or a history.
func (r *Resolver) beliefsOf(ctx context.Context, user shop.UserID) ([]recommend.Belief, error) {
	if user == 0 {
		return []recommend.Belief{}, nil
	}
	taste, err := r.Recommend.Profile(ctx, user)
	if shop.CodeOf(err) == shop.NotFound {
		return []recommend.Belief{}, nil
	}
	if taste.Beliefs == nil {
		taste.Beliefs = []recommend.Belief{}
	}
	for _, b := range taste.Beliefs {
		loadersOf(ctx).nameProducts(b.SKU)
	}
	return taste.Beliefs, err
}

// seenFirst returns the first n products that the caller may see.
func (r *Resolver) seenFirst(ctx context.Context, skus []string, n int) []shop.Product {
	out := []shop.Product{}
	for _, sku := range skus {
		if p := r.seen(ctx, sku); p != nil && len(out) < n {
			out = append(out, *p)
			loadersOf(ctx).nameProducts(sku)
		}
	}
	return out
}

// orderBefore reads the cursor of an order.
func orderBefore(after *string) (shop.UUID, error) {
	key, err := parseCursor(after)
	if err != nil {
		return shop.UUID{}, err
	}
	id, err := shop.ParseUUID(key)
	if err != nil {
		return shop.UUID{}, shop.Errorf(shop.BadUserInput, "after", "%q is not a cursor of orders", *after)
	}
	return id, nil
}
