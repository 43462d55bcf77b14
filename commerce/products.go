package commerce

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"also/shop"
	"also/store"
)

// ProductCreate puts a new product into the catalogue and returns it as stored.
// Status defaults to ACTIVE, ListedAt to now; Version is ignored. Its vendor and
// categories must exist (shop.NotFound, with the field).
func (s *Service) ProductCreate(ctx context.Context, p shop.Product) (shop.Product, error) {
	if p.Status == "" {
		p.Status = shop.Active
	}
	if p.ListedAt.IsZero() {
		p.ListedAt = s.now()
	}
	p.ListedAt = p.ListedAt.UTC().Truncate(time.Millisecond)
	p.Version = 0
	var c checks
	c.product(&p)
	if c.err != nil {
		return shop.Product{}, c.err
	}
	if err := s.checkPlaces(ctx, &p, true, true); err != nil {
		return shop.Product{}, err
	}
	saved, err := s.Store.SaveProduct(ctx, p, false, store.Create, s.event(shop.ProductSaved))
	if err != nil {
		return shop.Product{}, named(err, "sku", "a product with this sku exists already: choose another, or change that one")
	}
	s.changed(ctx)
	return saved, nil
}

// updateTries is how often an update without a Version is tried on a product
// that others change meanwhile.
const updateTries = 10

// ProductUpdate changes the fields of a product that the patch sets, and returns
// it as stored. With patch.Version it fails with shop.Conflict if someone else saved
// the product since; without, it is applied to what is there. Stock stays what orders made of it unless the
// patch sets it.
func (s *Service) ProductUpdate(ctx context.Context, sku string, patch ProductPatch) (shop.Product, error) {
	for try := 1; ; try++ {
		p, err := s.product(ctx, sku)
		if err != nil {
			return shop.Product{}, err
		}
		if patch.Version != nil && p.Version != *patch.Version {
			return shop.Product{}, shop.Errorf(shop.Conflict, "version", "the product was saved since (version %d): read it again", p.Version)
		}
		patch.apply(&p)
		var c checks
		c.product(&p)
		if c.err != nil {
			return shop.Product{}, c.err
		}
		if err := s.checkPlaces(ctx, &p, patch.Vendor != nil, patch.Categories != nil); err != nil {
			return shop.Product{}, err
		}
		saved, err := s.Store.SaveProduct(ctx, p, patch.Stock == nil, store.Replace, s.event(shop.ProductSaved))
		if err == nil {
			s.changed(ctx)
			return saved, nil
		}
		if shop.CodeOf(err) != shop.Conflict || patch.Version != nil || try == updateTries {
			return shop.Product{}, err
		}
	}
}

func (p ProductPatch) apply(to *shop.Product) {
	set(&to.Name, p.Name)
	set(&to.Description, p.Description)
	set(&to.Vendor, p.Vendor)
	set(&to.Price, p.Price)
	set(&to.Stock, p.Stock)
	set(&to.Status, p.Status)
	if p.Categories != nil {
		to.Categories = slices.Clone(*p.Categories)
	}
	if p.Images != nil {
		to.Images = slices.Clone(*p.Images)
	}
	if p.Attributes != nil {
		to.Attributes = maps.Clone(*p.Attributes)
	}
	if p.ListedAt != nil {
		to.ListedAt = time.UnixMilli(*p.ListedAt).UTC()
	}
}

func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// ProductDelete takes a product out of the catalogue. What happened with it
// stays in the lake.
func (s *Service) ProductDelete(ctx context.Context, sku string) error {
	if err := s.Store.DeleteProduct(ctx, sku, s.event(shop.ProductDeleted)); err != nil {
		return err
	}
	s.changed(ctx)
	return nil
}

func (s *Service) product(ctx context.Context, sku string) (shop.Product, error) {
	list, err := s.Store.Products(ctx, []string{sku})
	if err != nil {
		return shop.Product{}, err
	}
	if list[0] == nil {
		return shop.Product{}, shop.Errorf(shop.NotFound, "sku", "there is no product %q", sku)
	}
	return *list[0], nil
}

// checkPlaces fails unless the product's vendor and categories exist.
func (s *Service) checkPlaces(ctx context.Context, p *shop.Product, vendor, categories bool) error {
	if vendor && p.Vendor != "" {
		known, err := s.Store.Vendors(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(known, func(v shop.Vendor) bool { return v.ID == p.Vendor }) {
			return shop.Errorf(shop.NotFound, "vendor", "there is no vendor %q: create it first", p.Vendor)
		}
	}
	if categories && len(p.Categories) > 0 {
		known, err := s.Store.Categories(ctx)
		if err != nil {
			return err
		}
		for i, id := range p.Categories {
			if !slices.ContainsFunc(known, func(c shop.Category) bool { return c.ID == id }) {
				return shop.Errorf(shop.NotFound, fmt.Sprintf("categories.%d", i), "there is no category %q: create it first", id)
			}
		}
	}
	return nil
}

// absent says which input names a thing that is not there.
func absent(err error, field, message string) error {
	if shop.CodeOf(err) != shop.NotFound {
		return err
	}
	return &shop.Error{Code: shop.NotFound, Field: field, Message: message, Err: err}
}

// named says which field of the caller's a conflict is about.
func named(err error, field, message string) error {
	if shop.CodeOf(err) != shop.Conflict {
		return err
	}
	return &shop.Error{Code: shop.Conflict, Field: field, Message: message, Err: err}
}
