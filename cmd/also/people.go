package main

import (
	"context"

	"golang.org/x/sync/errgroup"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// people keeps the customers of an import in the store.
type people struct{ store store.Customers }

// UsersOf implements warehouse.People.
func (p people) UsersOf(ctx context.Context, externalIDs []string) ([]shop.UserID, error) {
	return p.store.UsersOf(ctx, externalIDs, true)
}

// SaveCustomers implements warehouse.People.
func (p people) SaveCustomers(ctx context.Context, customers []shop.Customer) ([]warehouse.CustomerOutcome, error) {
	ids := make([]string, len(customers))
	for i, c := range customers {
		ids[i] = c.ExternalID
	}
	users, err := p.store.UsersOf(ctx, ids, false)
	if err != nil {
		return nil, err
	}
	known, err := p.store.Customers(ctx, users)
	if err != nil {
		return nil, err
	}
	out := make([]warehouse.CustomerOutcome, len(customers))
	saving, ctx := errgroup.WithContext(ctx)
	saving.SetLimit(savedAtOnce)
	for i, c := range customers {
		if k := known[i]; k != nil {
			if same(*k, c) {
				out[i].Unchanged = true
				continue
			}
			c.CreatedAt, c.Password = k.CreatedAt, k.Password // an import knows neither
		}
		saving.Go(func() error {
			_, err := p.store.SaveCustomer(ctx, c, store.Upsert)
			if code := shop.CodeOf(err); code == shop.Conflict || code == shop.BadUserInput {
				out[i].Refused = err.Error()
				return nil
			}
			return err
		})
	}
	return out, saving.Wait()
}

// savedAtOnce is how many customers wait for one sync of the journal together.
const savedAtOnce = 256

// same reports whether an imported customer says nothing new.
func same(known, imported shop.Customer) bool {
	if known.Name != imported.Name || known.Email != imported.Email || len(known.Attributes) != len(imported.Attributes) {
		return false
	}
	for name, value := range imported.Attributes {
		if known.Attributes[name] != value {
			return false
		}
	}
	return true
}
