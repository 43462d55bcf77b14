package graph

import (
	"context"
	"slices"
	"sync"

	"also/shop"
)

// group is people whom one list returned together. What a field needs of one of
// them it most likely needs of all, so the first to ask reads for the group.
type group struct {
	users []shop.UserID
	carts together[shop.Cart]
	tails together[[]shop.Event]

	mu     sync.Mutex
	orders map[int]*together[latestOrders] // by how many of each
}

// latestOrders is a customer's newest orders, and how many there are in all.
type latestOrders struct {
	newest []shop.Order
	count  int
}

// together is a value for each of a group, read once.
type together[V any] struct {
	once   sync.Once
	byUser map[shop.UserID]V
	failed error
}

func (t *together[V]) of(users []shop.UserID, user shop.UserID, read func([]shop.UserID) ([]V, error)) (V, error) {
	t.once.Do(func() {
		var all []V
		if all, t.failed = read(users); t.failed != nil {
			return
		}
		t.byUser = make(map[shop.UserID]V, len(users))
		for i, u := range users {
			t.byUser[u] = all[i]
		}
	})
	return t.byUser[user], t.failed
}

// listed says that a list returned these people.
func (l *loaders) listed(users []shop.UserID) *group {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := &group{orders: map[int]*together[latestOrders]{}}
	if l.groups == nil {
		l.groups = map[shop.UserID]*group{}
	}
	for _, u := range users {
		if u != 0 && l.groups[u] == nil {
			l.groups[u] = g
			g.users = append(g.users, u)
		}
	}
	return g
}

// groupOf returns the group of somebody, one of their own if no list returned
// them.
func (l *loaders) groupOf(user shop.UserID) *group {
	l.mu.Lock()
	g := l.groups[user]
	l.mu.Unlock()
	if g != nil {
		return g
	}
	l.listed([]shop.UserID{user})
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.groups[user]
}

// customerOf returns a customer, nil for who is none.
func (r *Resolver) customerOf(ctx context.Context, user shop.UserID) (*shop.Customer, error) {
	if user == 0 {
		return nil, nil
	}
	l := loadersOf(ctx)
	users := l.groupOf(user).users
	all, err := l.people.of(ctx, r.Store, users...)
	if err != nil {
		return nil, err
	}
	return all[slices.Index(users, user)], nil
}

// cartOf returns somebody's cart.
func (r *Resolver) cartOf(ctx context.Context, user shop.UserID) (*shop.Cart, error) {
	g := loadersOf(ctx).groupOf(user)
	cart, err := g.carts.of(g.users, user, func(us []shop.UserID) ([]shop.Cart, error) {
		carts, err := r.Store.CartsOf(ctx, us)
		nameLines(ctx, carts...)
		return carts, err
	})
	return &cart, err
}

// tailOf returns what somebody did lately, oldest first.
func (r *Resolver) tailOf(ctx context.Context, user shop.UserID) ([]shop.Event, error) {
	if user == 0 {
		return nil, nil
	}
	g := loadersOf(ctx).groupOf(user)
	return g.tails.of(g.users, user, func(us []shop.UserID) ([][]shop.Event, error) { return r.Store.Tails(ctx, us) })
}

// latestOrders returns somebody's n newest orders, and how many they have.
func (r *Resolver) latestOrders(ctx context.Context, user shop.UserID, n int) ([]shop.Order, int, error) {
	g := loadersOf(ctx).groupOf(user)
	g.mu.Lock()
	t := g.orders[n]
	if t == nil {
		t = &together[latestOrders]{}
		g.orders[n] = t
	}
	g.mu.Unlock()
	got, err := t.of(g.users, user, func(us []shop.UserID) ([]latestOrders, error) {
		newest, counts, err := r.Store.LatestOrders(ctx, us, n)
		all := make([]latestOrders, len(newest))
		for i := range newest {
			all[i] = latestOrders{newest[i], counts[i]}
			nameOrders(ctx, newest[i]...)
		}
		return all, err
	})
	return got.newest, got.count, err
}
