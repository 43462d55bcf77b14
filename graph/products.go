package graph

import (
	"context"
	"net/url"
	"strconv"

	"also/catalogue"
	"also/commerce"
	"also/graph/model"
	"also/recommend"
	"also/shop"
	"also/store"
)

// seen returns a product if the caller may see it: one on offer, or any for
// admins. Nil otherwise.
func (r *Resolver) seen(ctx context.Context, sku string) *shop.Product {
	p := r.Catalogue.Snapshot().Product(sku)
	if p == nil || p.Status != shop.Active && CallerOf(ctx).Role != shop.RoleAdmin {
		return nil
	}
	return p
}

// pictureOf is the address of a product's picture. A drawn one is cached for
// ever: the address changes with the product.
func pictureOf(p *shop.Product) string {
	if len(p.Images) > 0 {
		return p.Images.Main()
	}
	return "/pictures/" + url.PathEscape(p.SKU) + ".svg?v=" + strconv.FormatInt(p.Version, 10)
}

// newProduct decodes what productCreate was given.
func newProduct(in model.ProductCreateInput) (shop.Product, error) {
	price, err := money("price", in.Price)
	if err != nil {
		return shop.Product{}, err
	}
	facts, err := attributeMap(in.Attributes)
	if err != nil {
		return shop.Product{}, err
	}
	return shop.Product{
		SKU: in.Sku, Name: in.Name, Description: deref(in.Description), Vendor: deref(in.Vendor), Categories: in.Categories,
		Price: deref(price), Stock: deref(in.Stock), Status: deref(in.Status), Attributes: facts, ListedAt: deref(in.ListedAt),
		Images: in.Images,
	}, nil
}

// productPatch decodes what productUpdate was given.
func productPatch(in model.ProductUpdateInput) (commerce.ProductPatch, error) {
	price, err := money("price", in.Price)
	if err != nil {
		return commerce.ProductPatch{}, err
	}
	patch := commerce.ProductPatch{
		Name: in.Name, Description: in.Description, Vendor: in.Vendor, Price: price, Stock: in.Stock, Status: in.Status,
	}
	if in.Images != nil {
		patch.Images = (*shop.Images)(&in.Images)
	}
	if in.Categories != nil {
		patch.Categories = &in.Categories
	}
	if in.Attributes != nil {
		facts, err := attributeMap(in.Attributes)
		if err != nil {
			return commerce.ProductPatch{}, err
		}
		patch.Attributes = &facts
	}
	if in.ListedAt != nil {
		ms := in.ListedAt.UnixMilli()
		patch.ListedAt = &ms
	}
	if in.Version != nil {
		v := int64(*in.Version)
		patch.Version = &v
	}
	return patch, nil
}

// categoryFacets names the categories of a facet; one that is gone is left out.
func categoryFacets(s *catalogue.Snapshot, counts []catalogue.Count) []model.CategoryFacet {
	out := make([]model.CategoryFacet, 0, len(counts))
	for _, n := range counts {
		if c, ok := s.Category(n.ID); ok {
			out = append(out, model.CategoryFacet{Category: c, Count: n.Count})
		}
	}
	return out
}

// vendorFacets names the vendors of a facet; one that is gone is left out.
func vendorFacets(s *catalogue.Snapshot, counts []catalogue.Count) []model.VendorFacet {
	out := make([]model.VendorFacet, 0, len(counts))
	for _, n := range counts {
		if v, ok := s.Vendor(n.ID); ok {
			out = append(out, model.VendorFacet{Vendor: v, Count: n.Count})
		}
	}
	return out
}

// productPage returns a page of products, of those that within keeps of the filter's.
func (r *Resolver) productPage(
	ctx context.Context, first *int, after, query *string, filter *model.ProductFilter, sort *catalogue.Sort, within func(*catalogue.Filter),
) (*catalogue.Page, error) {
	n, err := pageSize(first)
	if err != nil {
		return nil, err
	}
	f, err := productFilter(filter)
	if err != nil {
		return nil, err
	}
	if within != nil {
		within(&f)
	}
	page, err := r.Recommend.Search(ctx, CallerOf(ctx).Owner(), catalogue.Query{
		Filter: f, Text: deref(query), Sort: deref(sort), First: n, After: deref(after), Facets: asked(ctx, "facets"),
	})
	return &page, err
}

// suggest returns what a search box may offer.
func (r *Resolver) suggest(ctx context.Context, q catalogue.Query) (*catalogue.Suggestions, error) {
	found, err := r.Recommend.Suggest(ctx, CallerOf(ctx).Owner(), q)
	for i := range found.Products {
		loadersOf(ctx).nameProducts(found.Products[i].SKU)
	}
	return &found, err
}

// related asks a source about a product.
func (r *Resolver) related(ctx context.Context, by recommend.Source, p *shop.Product, first *int, after *string) (*recommend.Answer, error) {
	n, err := pageSize(first)
	if err != nil {
		return nil, err
	}
	var list *[]store.ListEntry
	if lists := loadersOf(ctx).listsOf(by); lists != nil {
		read, there, _ := lists.of(p.SKU, func(skus []string) ([][]store.ListEntry, error) { return r.Recommend.ReadLists(ctx, by, skus), nil })
		if there {
			list = &read
		}
	}
	answer, err := r.Recommend.Related(ctx, by, p.SKU, n, deref(after), list)
	if err != nil {
		return nil, err
	}
	return r.standing(answer), nil
}
