package graph

import (
	"context"
	"slices"
	"strconv"

	"also/graph/model"
	"also/shop"
	"also/training"
)

// nodes returns the things with ids, as node does, those of a kind read
// together.
func (r *Resolver) nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	if len(ids) > maxFirst {
		return nil, shop.Errorf(shop.BadUserInput, "ids", "ask for %d at most at once, not %d", maxFirst, len(ids))
	}
	var users []shop.UserID
	for _, id := range ids {
		switch kind, key, _ := parseID(id); kind {
		case kindProduct:
			loadersOf(ctx).nameProducts(key)
		case kindOrder:
			if order, err := shop.ParseUUID(key); err == nil {
				loadersOf(ctx).orders.name(order)
			}
		case kindCustomer:
			if user := userOfKey(ctx, key); user != 0 {
				users = append(users, user)
			}
		}
	}
	loadersOf(ctx).listed(users)
	out := make([]model.Node, len(ids))
	for i, id := range ids {
		var err error
		if out[i], err = r.node(ctx, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// node returns the thing with an id, nil if there is none or the caller may
// not see it.
func (r *Resolver) node(ctx context.Context, id string) (model.Node, error) {
	kind, key, ok := parseID(id)
	if !ok {
		return nil, nil
	}
	switch kind {
	case kindProduct:
		return present(r.seen(ctx, key), nil)
	case kindVendor:
		return present(r.vendor(key), nil)
	case kindCategory:
		return present(r.category(key), nil)
	case kindCustomer:
		return present(r.customerOf(ctx, userOfKey(ctx, key)))
	case kindOrder:
		return present(r.orderNode(ctx, key))
	}
	if CallerOf(ctx).Role != shop.RoleAdmin {
		return nil, nil
	}
	switch kind {
	case kindKey:
		return present(r.keyNode(ctx, key))
	case kindModel:
		return present(r.model(ctx, key))
	case kindRun:
		return present(r.run(ctx, key))
	case kindTuning:
		return present(r.tuning(ctx, key))
	case kindImport:
		return present(r.importNode(ctx, key))
	}
	return nil, nil
}

// present is a node, or nil for none: a nil pointer in an interface is
// something, and a thing that is not there is no error.
func present[T any](v *T, err error) (model.Node, error) {
	if shop.CodeOf(err) == shop.NotFound || err == nil && v == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

func (r *Resolver) vendor(id string) *shop.Vendor {
	if v, ok := r.Catalogue.Snapshot().Vendor(id); ok {
		return &v
	}
	return nil
}

func (r *Resolver) category(id string) *shop.Category {
	if c, ok := r.Catalogue.Snapshot().Category(id); ok {
		return &c
	}
	return nil
}

// patchedCategory is a category as categoryUpdate wants it.
func (r *Resolver) patchedCategory(in model.CategoryUpdateInput) (shop.Category, error) {
	c := r.category(in.Slug)
	if c == nil {
		return shop.Category{}, shop.Errorf(shop.NotFound, "slug", "there is no category %q", in.Slug)
	}
	if in.Name != nil {
		c.Name = *in.Name
	}
	if in.Parent != nil {
		c.Parent = *in.Parent
	}
	return *c, nil
}

// userOfKey returns a customer whom the caller may see: themselves, or anybody
// for admins. 0 for nobody.
func userOfKey(ctx context.Context, key string) shop.UserID {
	n, err := strconv.ParseInt(key, 10, 64)
	user := shop.UserID(n)
	c := CallerOf(ctx)
	if err != nil || user != c.Session().Customer && c.Role != shop.RoleAdmin {
		return 0
	}
	return user
}

// orderNode returns an order to whoever placed it and to admins.
func (r *Resolver) orderNode(ctx context.Context, key string) (*shop.Order, error) {
	id, err := shop.ParseUUID(key)
	if err != nil {
		return nil, nil
	}
	o, _, err := loadersOf(ctx).orders.of(id, func(ids []shop.UUID) ([]*shop.Order, error) { return r.ordersNamed(ctx, ids) })
	if c := CallerOf(ctx); o == nil || !ownOrder(c, o) && c.Role != shop.RoleAdmin {
		return nil, err
	}
	return o, nil
}

// ordersNamed reads orders by id, whose customers and products are read together.
func (r *Resolver) ordersNamed(ctx context.Context, ids []shop.UUID) ([]*shop.Order, error) {
	orders, err := r.Store.Orders(ctx, ids)
	var owners []shop.UserID
	for _, o := range orders {
		if o != nil {
			owners = append(owners, o.Owner)
			nameOrders(ctx, *o)
		}
	}
	loadersOf(ctx).listed(owners)
	return orders, err
}

func (r *Resolver) keyNode(ctx context.Context, id string) (*shop.Key, error) {
	keys, err := loadersOf(ctx).keys.get(func() ([]shop.Key, error) { return r.Commerce.Keys(ctx) })
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(keys, func(k shop.Key) bool { return k.ID == id }); i >= 0 {
		return &keys[i], nil
	}
	return nil, nil
}

// model returns a model, nil if there is none. All of one answer are read at
// once: there are few.
func (r *Resolver) model(ctx context.Context, name string) (*model.Model, error) {
	all, err := r.models(ctx)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(m training.Model) bool { return m.Manifest.ID == name }); i >= 0 {
		return toModel(all[i]), nil
	}
	return nil, nil
}

// models returns all models, read once for an answer.
func (r *Resolver) models(ctx context.Context) ([]training.Model, error) {
	return loadersOf(ctx).models.get(func() ([]training.Model, error) { return r.Training.Models(ctx) })
}

// runs returns all runs, newest first, read once for an answer.
func (r *Resolver) runs(ctx context.Context) ([]training.Run, error) {
	return loadersOf(ctx).runs.get(func() ([]training.Run, error) { return r.Training.AllRuns(ctx) })
}

// run returns a run by its key, nil if there is none.
func (r *Resolver) run(ctx context.Context, key string) (*model.TrainingRun, error) {
	all, err := r.runs(ctx)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(run training.Run) bool { return run.ID == key }); i >= 0 {
		return toRun(all[i]), nil
	}
	return nil, nil
}

// runOf returns the run that made a model, nil if it was forgotten. Of several
// that ended in the same, it is the first.
func (r *Resolver) runOf(ctx context.Context, name string) (*model.TrainingRun, error) {
	all, err := r.runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, run := range slices.Backward(all) {
		if run.Model == name {
			return toRun(run), nil
		}
	}
	return nil, nil
}
