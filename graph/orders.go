package graph

import (
	"context"
	"slices"

	"also/graph/model"
	"also/shop"
	"also/store"
)

// nameOrders says that an answer names the products of orders.
func nameOrders(ctx context.Context, orders ...shop.Order) {
	for i := range orders {
		for _, l := range orders[i].Lines {
			loadersOf(ctx).nameProducts(l.SKU)
		}
	}
}

// nameLines says that an answer names the products of carts.
func nameLines(ctx context.Context, carts ...shop.Cart) {
	for i := range carts {
		for _, l := range carts[i].Lines {
			loadersOf(ctx).nameProducts(l.SKU)
		}
	}
}

// orderConnection makes a page of n orders out of up to n+1, whose customers are
// read together.
func orderConnection(ctx context.Context, orders []shop.Order, n, total int) *model.OrderConnection {
	out := &model.OrderConnection{Edges: []model.OrderEdge{}, TotalCount: total}
	nameOrders(ctx, orders...)
	var cursors []string
	var owners []shop.UserID
	for _, o := range orders[:min(n, len(orders))] {
		cursors = append(cursors, cursorOf(o.ID.String()))
		owners = append(owners, o.Owner)
		out.Edges = append(out.Edges, model.OrderEdge{Cursor: cursors[len(cursors)-1], Node: o})
	}
	loadersOf(ctx).listed(owners)
	out.PageInfo = *pageInfo(cursors, len(orders) > n)
	return out
}

// ordersOf returns a page of somebody's orders.
func (r *Resolver) ordersOf(ctx context.Context, user shop.UserID, before shop.UUID, n int) (*model.OrderConnection, error) {
	if user == 0 {
		return orderConnection(ctx, nil, n, 0), nil
	}
	if before.IsZero() {
		orders, total, err := r.latestOrders(ctx, user, n+1)
		return orderConnection(ctx, orders, n, total), err
	}
	orders, err := r.Store.OrdersOf(ctx, user, before, n+1)
	if err != nil {
		return nil, err
	}
	_, total, err := r.latestOrders(ctx, user, 0)
	return orderConnection(ctx, orders, n, total), err
}

// orderQuery decodes what orders are asked for; owner is 0 for everybody's.
func orderQuery(first *int, after *string, in *model.OrderFilter, sort *model.OrderSort) (q store.OrderQuery, owner shop.UserID, err error) {
	if q.N, err = pageSize(first); err != nil {
		return q, 0, err
	}
	if after != nil && *after != "" {
		if q.After, err = orderBefore(after); err != nil {
			return q, 0, err
		}
	}
	q.Oldest = deref(sort) == model.OrderSortOldest
	if in == nil {
		return q, 0, nil
	}
	q.From, q.Before = deref(in.From), deref(in.Before)
	if in.State != nil {
		cancelled := *in.State == model.OrderStateCancelled
		q.Cancelled = &cancelled
	}
	if in.Customer != nil {
		owner, err = userOfID("filter.customer", *in.Customer)
	}
	return q, owner, err
}

// orderList returns a page of all orders, or of one customer's.
func (r *Resolver) orderList(ctx context.Context, q store.OrderQuery, owner shop.UserID) (*model.OrderConnection, error) {
	n := q.N
	q.N++
	orders, total, err := r.ordersWhere(ctx, owner, q)
	if shop.CodeOf(err) == shop.NotFound {
		err = shop.Errorf(shop.BadUserInput, "after", "the order of this cursor is not in the list any more: start from the first page")
	}
	if err != nil {
		return nil, err
	}
	return orderConnection(ctx, orders, n, total), nil
}

// most is how many orders of one customer are looked through.
const most = 10_000

// ordersWhere returns a page of the orders that a query chooses and, if the
// answer asks for it, how many there are. Among one customer's, of which there
// are few, it chooses itself.
func (r *Resolver) ordersWhere(ctx context.Context, owner shop.UserID, q store.OrderQuery) (page []shop.Order, total int, err error) {
	if owner == 0 {
		if page, err = r.Store.OrderPage(ctx, q); err == nil && asked(ctx, "totalCount") {
			total, err = r.Store.OrderCount(ctx, q)
		}
		return page, total, err
	}
	all, err := r.Store.OrdersOf(ctx, owner, shop.UUID{}, most)
	if err != nil {
		return nil, 0, err
	}
	all = slices.DeleteFunc(all, func(o shop.Order) bool { return !q.Matches(&o) })
	total = len(all)
	if q.Oldest {
		slices.Reverse(all)
	}
	if !q.After.IsZero() {
		at := slices.IndexFunc(all, func(o shop.Order) bool { return o.ID == q.After })
		if at < 0 {
			return nil, 0, shop.Errorf(shop.NotFound, "after", "")
		}
		all = all[at+1:]
	}
	return all[:min(q.N, len(all))], total, nil
}

// orderMeant returns the order that one of the arguments names, nil if there is
// none that the caller may see.
func (r *Resolver) orderMeant(ctx context.Context, id *string, number *shop.UUID) (*shop.Order, error) {
	var text *string
	if number != nil {
		s := number.String()
		text = &s
	}
	key, err := oneOf(kindOrder, "number", text, id)
	if err != nil {
		return nil, err
	}
	order, err := shop.ParseUUID(key)
	if err != nil {
		return nil, nil
	}
	o, err := r.Store.Order(ctx, order)
	if c := CallerOf(ctx); shop.CodeOf(err) == shop.NotFound || err == nil && c.Role == "" && !ownOrder(c, &o) {
		return nil, nil
	}
	return &o, err
}

// ownOrder reports whether the caller placed an order.
func ownOrder(c *Caller, o *shop.Order) bool { return c.Owner() != 0 && o.Owner == c.Owner() }

// cancellable reports whether the caller may cancel an order now.
func (r *Resolver) cancellable(c *Caller, o *shop.Order) bool {
	return o.CancelledAt.IsZero() && c.Role == shop.RoleAdmin || ownOrder(c, o) && r.Commerce.Cancellable(o)
}

// cancelOrder cancels an order: any for admins, else one of the caller's own.
func (r *Resolver) cancelOrder(ctx context.Context, id string) (shop.Order, error) {
	key, err := keyOf(kindOrder, "id", id)
	if err != nil {
		return shop.Order{}, err
	}
	order, err := shop.ParseUUID(key)
	if err != nil {
		return shop.Order{}, shop.Errorf(shop.BadUserInput, "id", "%q is not the id of an order: pass it as the API gave it", id)
	}
	c := CallerOf(ctx)
	if c.Role == shop.RoleAdmin {
		return r.Commerce.OrderCancel(ctx, order, nil)
	}
	session := c.Session()
	return r.Commerce.OrderCancel(ctx, order, &session)
}

// cartPage returns a page of the open carts, behind an owner.
func (r *Resolver) cartPage(ctx context.Context, behind string, n int) (*model.CartConnection, error) {
	carts, err := r.Commerce.OpenCarts(ctx)
	if err != nil {
		return nil, err
	}
	out := &model.CartConnection{Edges: []model.CartEdge{}, TotalCount: len(carts)}
	if behind != "" {
		at := slices.IndexFunc(carts, func(c shop.Cart) bool { return c.Owner.String() == behind })
		if at < 0 {
			return nil, shop.Errorf(shop.BadUserInput, "after", "the cart of this cursor was emptied: start from the first page")
		}
		carts = carts[at+1:]
	}
	var cursors []string
	var owners []shop.UserID
	nameLines(ctx, carts[:min(n, len(carts))]...)
	for _, c := range carts[:min(n, len(carts))] {
		cursors = append(cursors, cursorOf(c.Owner.String()))
		owners = append(owners, c.Owner)
		out.Edges = append(out.Edges, model.CartEdge{Cursor: cursors[len(cursors)-1], Node: c})
	}
	loadersOf(ctx).listed(owners)
	out.PageInfo = *pageInfo(cursors, len(carts) > n)
	return out, nil
}

// clearCart empties the caller's cart or, for admins, a customer's.
func (r *Resolver) clearCart(ctx context.Context, customer *string) (shop.Cart, error) {
	if customer == nil {
		session := CallerOf(ctx).Session()
		_, err := r.Commerce.CartClear(ctx, session)
		return shop.Cart{Owner: session.Owner()}, err
	}
	user, err := userOfID("customer", *customer)
	if err != nil {
		return shop.Cart{}, err
	}
	_, err = r.Commerce.CartClearOf(ctx, user)
	return shop.Cart{Owner: user}, err
}
