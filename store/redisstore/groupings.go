package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"also/shop"
	"also/store"
)

// SaveVendor implements store.Catalogue.
func (s *Store) SaveVendor(ctx context.Context, v shop.Vendor, mode store.SaveMode, e shop.Event) error {
	e.Type = shop.VendorSaved
	return s.saveThing(ctx, "vendor", s.keys.vendor(), store.Change{Kind: store.VendorChange, ID: v.ID}, v, mode, e)
}

// SaveCategory implements store.Catalogue.
func (s *Store) SaveCategory(ctx context.Context, c shop.Category, mode store.SaveMode, e shop.Event) error {
	e.Type = shop.CategorySaved
	return s.saveThing(ctx, "category", s.keys.category(), store.Change{Kind: store.CategoryChange, ID: c.ID}, c, mode, e)
}

// DeleteVendor implements store.Catalogue.
func (s *Store) DeleteVendor(ctx context.Context, id string, e shop.Event) error {
	e.Type = shop.VendorDeleted
	return s.deleteThing(ctx, "vendor", s.keys.vendor(), store.Change{Kind: store.VendorChange, ID: id}, e)
}

// DeleteCategory implements store.Catalogue.
func (s *Store) DeleteCategory(ctx context.Context, id string, e shop.Event) error {
	e.Type = shop.CategoryDeleted
	return s.deleteThing(ctx, "category", s.keys.category(), store.Change{Kind: store.CategoryChange, ID: id}, e)
}

// saveThing saves a vendor or category, which is the payload of its event as it is.
func (s *Store) saveThing(
	ctx context.Context, what, key string, ch store.Change, thing any, mode store.SaveMode, e shop.Event,
) error {
	value, err := json.Marshal(thing)
	if err != nil {
		return fmt.Errorf("encode %s %q: %w", what, ch.ID, err)
	}
	return s.command(ctx, "save "+what, func() (*change, error) {
		old, err := s.field(ctx, key, ch.ID)
		if err != nil {
			return nil, err
		}
		if err := checkMode(what, ch.ID, mode, old != nil, false); err != nil {
			return nil, err
		}
		c := &change{changes: []store.Change{ch}}
		c.same(key, ch.ID, old)
		c.set(key, ch.ID, value)
		e.SKU, e.Payload = ch.ID, value
		c.events = []shop.Event{e}
		return c, nil
	})
}

func (s *Store) deleteThing(ctx context.Context, what, key string, ch store.Change, e shop.Event) error {
	return s.command(ctx, "delete "+what, func() (*change, error) {
		old, err := s.field(ctx, key, ch.ID)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return nil, shop.Errorf(shop.NotFound, "", "there is no %s %q", what, ch.ID)
		}
		c := &change{changes: []store.Change{ch}}
		c.same(key, ch.ID, old)
		c.del(key, ch.ID)
		e.SKU = ch.ID
		c.events = []shop.Event{e}
		return c, nil
	})
}

// Vendors implements store.Catalogue; they are sorted by id.
func (s *Store) Vendors(ctx context.Context) ([]shop.Vendor, error) {
	vendors, err := things[shop.Vendor](ctx, s, s.keys.vendor())
	slices.SortFunc(vendors, func(a, b shop.Vendor) int { return strings.Compare(a.ID, b.ID) })
	return vendors, err
}

// Categories implements store.Catalogue; they are sorted by id.
func (s *Store) Categories(ctx context.Context) ([]shop.Category, error) {
	categories, err := things[shop.Category](ctx, s, s.keys.category())
	slices.SortFunc(categories, func(a, b shop.Category) int { return strings.Compare(a.ID, b.ID) })
	return categories, err
}

func things[T any](ctx context.Context, s *Store, key string) ([]T, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	values, err := s.rdb.HVals(ctx, key).Result()
	if err != nil {
		return nil, mapError("read the catalogue", err)
	}
	all := make([]T, len(values))
	for i, v := range values {
		if err := json.Unmarshal([]byte(v), &all[i]); err != nil {
			return nil, fmt.Errorf("decode a stored %T: %w", all[i], err)
		}
	}
	return all, nil
}
