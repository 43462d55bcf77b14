package graph

import (
	"context"
	"strconv"
	"strings"
	"time"

	"also/commerce"
	"also/customers"
	"also/graph/model"
	"also/shop"
	"also/warehouse"
)

// userOfID reads the global id of a customer.
func userOfID(field, id string) (shop.UserID, error) {
	key, err := keyOf(kindCustomer, field, id)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil || n <= 0 {
		return 0, shop.Errorf(shop.BadUserInput, field, "%q is not the id of a %s: pass it as the API gave it", id, kindCustomer)
	}
	return shop.UserID(n), nil
}

// customerKey writes a customer's place in a list into a cursor.
func customerKey(k customers.Key) string {
	return strings.Join([]string{k.User.String(), strconv.FormatInt(k.Created, 10), k.Name}, "/")
}

func parseCustomerKey(key string) (k customers.Key, err error) {
	if key == "" {
		return k, nil
	}
	parts := strings.SplitN(key, "/", 3)
	if len(parts) == 3 {
		user, userErr := strconv.ParseInt(parts[0], 10, 64)
		created, createdErr := strconv.ParseInt(parts[1], 10, 64)
		if userErr == nil && createdErr == nil && user > 0 {
			return customers.Key{User: shop.UserID(user), Created: created, Name: parts[2]}, nil
		}
	}
	return k, shop.Errorf(shop.BadUserInput, "after", "this is not a cursor of customers: pass the endCursor of the page before")
}

func customerQuery(first *int, after, text *string, in *model.CustomerFilter, sort *customers.Sort) (customers.Query, error) {
	q := customers.Query{Text: deref(text), Sort: deref(sort)}
	if in != nil {
		q.HasAccount, q.CreatedFrom, q.CreatedBefore = in.HasAccount, deref(in.CreatedFrom), deref(in.CreatedBefore)
	}
	var err error
	if q.N, err = pageSize(first); err != nil {
		return q, err
	}
	behind, err := parseCursor(after)
	if err == nil {
		q.After, err = parseCustomerKey(behind)
	}
	return q, err
}

// customerPage returns a page of customers, read together.
func (r *Resolver) customerPage(ctx context.Context, q customers.Query) (*model.CustomerConnection, error) {
	page, err := r.Customers.Find(ctx, q)
	if err != nil {
		return nil, err
	}
	users := make([]shop.UserID, len(page.Keys))
	for i, k := range page.Keys {
		users[i] = k.User
	}
	loadersOf(ctx).listed(users)
	out := &model.CustomerConnection{Edges: []model.CustomerEdge{}, TotalCount: page.Total}
	var cursors []string
	for _, k := range page.Keys {
		c, err := r.customerOf(ctx, k.User)
		if err != nil {
			return nil, err
		}
		if c == nil {
			continue // forgotten this moment
		}
		cursors = append(cursors, cursorOf(customerKey(k)))
		out.Edges = append(out.Edges, model.CustomerEdge{Cursor: cursors[len(cursors)-1], Node: *c})
	}
	out.PageInfo = *pageInfo(cursors, page.More)
	return out, nil
}

// customerMeant returns the customer whom one of the arguments names.
func (r *Resolver) customerMeant(ctx context.Context, id, externalID *string) (*shop.Customer, error) {
	key, err := oneOf(kindCustomer, "externalId", externalID, id)
	if err != nil {
		return nil, err
	}
	if externalID == nil {
		user, err := userOfID("id", globalID(kindCustomer, key))
		if err != nil {
			return nil, err
		}
		return r.customerOf(ctx, user)
	}
	users, err := r.Store.UsersOf(ctx, []string{key}, false)
	if err != nil || users[0] == 0 {
		return nil, err
	}
	c, err := r.customerOf(ctx, users[0])
	if err != nil || c != nil {
		return c, err
	}
	// Only events have named them.
	c = &shop.Customer{User: users[0], ExternalID: key, CreatedAt: time.Unix(0, 0).UTC()}
	tail, err := r.tailOf(ctx, users[0])
	if len(tail) > 0 {
		c.CreatedAt = tail[0].OccurredAt
	}
	return c, err
}

func customerPatch(externalID, name, email *string, facts []model.AttributeInput) (commerce.CustomerPatch, error) {
	p := commerce.CustomerPatch{ExternalID: externalID, Name: name, Email: email}
	if facts == nil {
		return p, nil
	}
	all, err := attributeMap(facts)
	p.Attributes = &all
	return p, err
}

func (r *Resolver) updateCustomer(ctx context.Context, in model.CustomerUpdateInput) (shop.Customer, error) {
	user, err := userOfID("id", in.ID)
	if err != nil {
		return shop.Customer{}, err
	}
	patch, err := customerPatch(in.ExternalID, in.Name, in.Email, in.Attributes)
	if err != nil {
		return shop.Customer{}, err
	}
	return r.Commerce.CustomerUpdate(ctx, user, patch)
}

// deepest is how far back a customer's history is shown.
const deepest = 2000

// historyPage returns what somebody did, newest first, behind an event.
func (r *Resolver) historyPage(ctx context.Context, user shop.UserID, behind string, n int) (*model.HistoryConnection, error) {
	reach := n + 1
	if behind != "" {
		reach = deepest
	}
	events, err := r.longHistory(ctx, user, reach)
	if err != nil {
		return nil, err
	}
	withPeople(ctx, events)
	at := len(events)
	if behind != "" {
		for at--; at >= 0 && events[at].ID.String() != behind; {
			at--
		}
		if at < 0 {
			return nil, shop.Errorf(shop.BadUserInput, "after", "this event is not there any more: start from the first page")
		}
	}
	out := &model.HistoryConnection{Edges: []model.HistoryEdge{}}
	var cursors []string
	for at--; at >= 0 && len(out.Edges) < n; at-- {
		cursors = append(cursors, cursorOf(events[at].ID.String()))
		out.Edges = append(out.Edges, model.HistoryEdge{Cursor: cursors[len(cursors)-1], Node: events[at]})
	}
	out.PageInfo = *pageInfo(cursors, at >= 0)
	return out, nil
}

// forgettingPage makes a connection of a page of receipts, the latest first.
func forgettingPage(all []shop.Forgetting, first *int, after *string) (*model.ForgettingConnection, error) {
	list := ranked[shop.Forgetting]{
		all: all, id: func(f shop.Forgetting) string { return f.ID },
		figure: func(f shop.Forgetting) float64 { return float64(f.RequestedAt.UnixMilli()) },
	}
	page, cursors, more, err := list.page(first, after)
	if err != nil {
		return nil, err
	}
	out := &model.ForgettingConnection{Edges: []model.ForgettingEdge{}, PageInfo: *pageInfo(cursors, more), TotalCount: len(all)}
	for k, f := range page {
		out.Edges = append(out.Edges, model.ForgettingEdge{Cursor: cursors[k], Node: f})
	}
	return out, nil
}

// modelsBefore returns the models that were trained before somebody was erased.
func (r *Resolver) modelsBefore(ctx context.Context, f *shop.Forgetting) ([]model.Model, error) {
	all, err := r.models(ctx)
	if err != nil {
		return nil, err
	}
	out := []model.Model{}
	for _, m := range all {
		// A training set that reaches past the deletion, which is an event too, leaves them out.
		if f.ErasedAt.IsZero() || m.Manifest.Dataset.Through < warehouse.Position(f.Through) {
			out = append(out, *toModel(m))
		}
	}
	return out, nil
}

// updateAccount changes the caller's own account.
func (r *Resolver) updateAccount(ctx context.Context, in model.ViewerUpdateInput) error {
	c := CallerOf(ctx)
	_, err := r.Commerce.AccountUpdate(ctx, c.Session(), c.Client, deref(in.Password), commerce.AccountPatch{
		Name: in.Name, Email: in.Email, Password: in.NewPassword,
	})
	return err
}

// deleteAccount forgets the caller, who is a stranger afterwards.
func (r *Resolver) deleteAccount(ctx context.Context, password string) (shop.Forgetting, error) {
	c := CallerOf(ctx)
	if err := c.canBecome(); err != nil {
		return shop.Forgetting{}, err
	}
	f, err := r.Commerce.AccountDelete(ctx, c.Session(), c.Client, password)
	if err == nil {
		c.become("", shop.Session{ExpiresAt: time.Unix(0, 0)})
	}
	return f, err
}
