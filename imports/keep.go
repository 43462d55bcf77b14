package imports

import (
	"context"
	"encoding/json"
	"errors"

	"golang.org/x/sync/errgroup"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// People keeps the customers of an import in the store.
type People struct{ Store store.Customers }

// UsersOf implements warehouse.People.
func (p People) UsersOf(ctx context.Context, externalIDs []string) ([]shop.UserID, error) {
	return p.Store.UsersOf(ctx, externalIDs, true)
}

// SaveCustomers implements warehouse.People.
func (p People) SaveCustomers(ctx context.Context, customers []shop.Customer) ([]warehouse.CustomerOutcome, error) {
	ids := make([]string, len(customers))
	for i, c := range customers {
		ids[i] = c.ExternalID
	}
	users, err := p.Store.UsersOf(ctx, ids, false)
	if err != nil {
		return nil, err
	}
	known, err := p.Store.Customers(ctx, users)
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
			_, err := p.Store.SaveCustomer(ctx, c, store.Upsert)
			if code := shop.CodeOf(err); code == shop.Conflict || code == shop.BadUserInput {
				out[i].Refused = err.Error()
				return nil
			}
			return err
		})
	}
	return out, saving.Wait()
}

// catalogue keeps the products of an import in the store, each by a command.
type catalogue struct{ store store.Catalogue }

// Save implements warehouse.Catalogue. Vendors and categories are saved in order, products at once.
func (c catalogue) Save(ctx context.Context, events []shop.Event) ([]string, error) {
	refused := make([]string, len(events))
	var products []int
	for n, e := range events {
		if e.Type == shop.ProductSaved {
			products = append(products, n)
			continue
		}
		if err := c.grouping(ctx, e); err != nil {
			return nil, err
		}
	}
	saving, ctx := errgroup.WithContext(ctx)
	saving.SetLimit(savedAtOnce)
	for _, n := range products {
		saving.Go(func() error {
			err := c.product(ctx, events[n])
			switch shop.CodeOf(err) {
			case shop.Conflict, shop.NotFound:
				refused[n] = changedMeanwhile
				return nil
			}
			return err
		})
	}
	return refused, saving.Wait()
}

// changedMeanwhile is why a product is not saved that somebody else saved while the import ran.
const changedMeanwhile = "changed meanwhile"

// grouping saves a vendor or a category.
func (c catalogue) grouping(ctx context.Context, e shop.Event) error {
	if e.Type == shop.VendorSaved {
		var v shop.Vendor
		if err := json.Unmarshal(e.Payload, &v); err != nil {
			return err
		}
		return c.store.SaveVendor(ctx, v, store.Upsert, e)
	}
	var k shop.Category
	if err := json.Unmarshal(e.Payload, &k); err != nil {
		return err
	}
	return c.store.SaveCategory(ctx, k, store.Upsert, e)
}

// product saves a product if it is as the import saw it.
func (c catalogue) product(ctx context.Context, e shop.Event) error {
	var p shop.Product
	var given struct{ Stock *int }
	if err := errors.Join(json.Unmarshal(e.Payload, &p), json.Unmarshal(e.Payload, &given)); err != nil {
		return err
	}
	mode := store.Create
	if p.Version--; p.Version > 0 {
		mode = store.Replace
	}
	e.Payload = nil
	_, err := c.store.SaveProduct(ctx, p, given.Stock == nil, mode, e)
	return err
}

// savedAtOnce is how many of them wait for one sync of the journal together.
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
