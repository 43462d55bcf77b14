package commerce

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"also/shop"
	"also/store"
)

// VendorCreate adds a vendor. Without an id it gets a slug of its name.
func (s *Service) VendorCreate(ctx context.Context, v shop.Vendor) (shop.Vendor, error) {
	if v.ID == "" {
		v.ID = slug(v.Name)
	}
	if err := checkVendor(v); err != nil {
		return shop.Vendor{}, err
	}
	if err := s.Store.SaveVendor(ctx, v, store.Create, s.event(shop.VendorSaved)); err != nil {
		return shop.Vendor{}, named(err, "id", "a vendor with this id exists already: give another id")
	}
	s.changed(ctx)
	return v, nil
}

// VendorUpdate changes a vendor's name.
func (s *Service) VendorUpdate(ctx context.Context, v shop.Vendor) (shop.Vendor, error) {
	if err := checkVendor(v); err != nil {
		return shop.Vendor{}, err
	}
	if err := s.Store.SaveVendor(ctx, v, store.Replace, s.event(shop.VendorSaved)); err != nil {
		return shop.Vendor{}, err
	}
	s.changed(ctx)
	return v, nil
}

func checkVendor(v shop.Vendor) error {
	var c checks
	c.name("name", v.Name)
	c.id("id", v.ID)
	return c.err
}

// VendorDelete removes a vendor; shop.Conflict while products name it.
func (s *Service) VendorDelete(ctx context.Context, id string) error {
	using, err := s.firstProduct(ctx, func(p *shop.Product) bool { return p.Vendor == id })
	if err != nil {
		return err
	}
	if using != "" {
		return shop.Errorf(shop.Conflict, "id", "product %q is of this vendor: change or delete its products first", using)
	}
	if err := s.Store.DeleteVendor(ctx, id, s.event(shop.VendorDeleted)); err != nil {
		return err
	}
	s.changed(ctx)
	return nil
}

// firstProduct returns the sku of a product that f accepts, "" if there is none.
func (s *Service) firstProduct(ctx context.Context, f func(*shop.Product) bool) (string, error) {
	found := ""
	_, err := s.Store.AllProducts(ctx, func(products []shop.Product) error {
		for i := range products {
			if found == "" && f(&products[i]) {
				found = products[i].SKU
			}
		}
		return nil
	})
	return found, err
}

// CategoryCreate adds a category under a parent that exists, or at the root.
// Without an id it gets a slug of its name.
func (s *Service) CategoryCreate(ctx context.Context, c shop.Category) (shop.Category, error) {
	if c.ID == "" {
		c.ID = slug(c.Name)
	}
	if err := s.checkCategory(ctx, c); err != nil {
		return shop.Category{}, err
	}
	if err := s.Store.SaveCategory(ctx, c, store.Create, s.event(shop.CategorySaved)); err != nil {
		return shop.Category{}, named(err, "id", "a category with this id exists already: give another id")
	}
	s.changed(ctx)
	return c, nil
}

// CategoryUpdate changes a category's name and parent.
func (s *Service) CategoryUpdate(ctx context.Context, c shop.Category) (shop.Category, error) {
	if err := s.checkCategory(ctx, c); err != nil {
		return shop.Category{}, err
	}
	if err := s.Store.SaveCategory(ctx, c, store.Replace, s.event(shop.CategorySaved)); err != nil {
		return shop.Category{}, err
	}
	s.changed(ctx)
	return c, nil
}

func (s *Service) checkCategory(ctx context.Context, c shop.Category) error {
	var ch checks
	ch.name("name", c.Name)
	ch.id("id", c.ID)
	ch.optionalID("parent", c.Parent)
	if ch.err != nil || c.Parent == "" {
		return ch.err
	}
	all, err := s.Store.Categories(ctx)
	if err != nil {
		return err
	}
	parents := make(map[string]string, len(all))
	for _, one := range all {
		parents[one.ID] = one.Parent
	}
	if _, ok := parents[c.Parent]; !ok && c.Parent != c.ID {
		return shop.Errorf(shop.NotFound, "parent", "there is no category %q: create it first", c.Parent)
	}
	for at, steps := c.Parent, 0; at != "" && steps <= len(all); at, steps = parents[at], steps+1 {
		if at == c.ID {
			return shop.Errorf(shop.BadUserInput, "parent", "%q is this category or lies below it: a category cannot be above itself", c.Parent)
		}
	}
	return nil
}

// CategoryDelete removes a category; shop.Conflict while it has categories below
// it or products.
func (s *Service) CategoryDelete(ctx context.Context, id string) error {
	all, err := s.Store.Categories(ctx)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(c shop.Category) bool { return c.Parent == id }); i >= 0 {
		return shop.Errorf(shop.Conflict, "id", "category %q lies below this one: move or delete it first", all[i].ID)
	}
	using, err := s.firstProduct(ctx, func(p *shop.Product) bool { return slices.Contains(p.Categories, id) })
	if err != nil {
		return err
	}
	if using != "" {
		return shop.Errorf(shop.Conflict, "id", "product %q is in this category: change or delete its products first", using)
	}
	if err := s.Store.DeleteCategory(ctx, id, s.event(shop.CategoryDeleted)); err != nil {
		return err
	}
	s.changed(ctx)
	return nil
}

// slug makes an id of a name: lower case letters and digits with hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		}
		if b.Len() >= maxID-utf8.UTFMax {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
