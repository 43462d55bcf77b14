package graph

import (
	"errors"
	"fmt"
	"strings"

	"also/catalogue"
	"also/graph/model"
	"also/recommend"
	"also/shop"
)

// money decodes an amount; field is its path.
func money(field string, in *model.MoneyInput) (*shop.Money, error) {
	if in == nil {
		return nil, nil
	}
	m, err := shop.ParseMoney(in.Amount, in.Currency)
	if err != nil {
		return nil, within(field, err)
	}
	return &m, nil
}

// within prefixes the path of an error's field.
func within(prefix string, err error) error {
	e, ok := err.(*shop.Error)
	if !ok {
		return err
	}
	moved := *e
	moved.Field = strings.TrimSuffix(prefix+"."+e.Field, ".")
	return &moved
}

// renamed replaces the last name of the path of an error's field, where the
// schema says another than the domain.
func renamed(err error, from, to string) error {
	var e *shop.Error
	if !errors.As(err, &e) {
		return err
	}
	if head, found := strings.CutSuffix(e.Field, from); found && (head == "" || strings.HasSuffix(head, ".")) {
		moved := *e
		moved.Field = head + to
		return &moved
	}
	return err
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// orNull is a field that is null for a zero value.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// attributeFilter decodes attributes, of which each must have one of its values.
func attributeFilter(in []model.AttributeFilter) map[string][]string {
	if len(in) == 0 {
		return nil
	}
	out := make(map[string][]string, len(in))
	for _, a := range in {
		out[a.Name] = append(out[a.Name], a.Values...)
	}
	return out
}

// attributes decodes facts of a product; each name may come once.
func attributeMap(in []model.AttributeInput) (map[string]string, error) {
	out := make(map[string]string, len(in))
	for i, a := range in {
		field := fmt.Sprintf("attributes.%d.name", i)
		if strings.TrimSpace(a.Name) == "" {
			return nil, shop.Errorf(shop.BadUserInput, field, "is empty: say what the value is, such as city")
		}
		if _, twice := out[a.Name]; twice {
			return nil, shop.Errorf(shop.BadUserInput, field, "the attribute %q is there twice", a.Name)
		}
		out[a.Name] = a.Value
	}
	return out, nil
}

// attributeList lists facts by name.
func attributeList(facts map[string]string) []model.Attribute {
	out := make([]model.Attribute, 0, len(facts))
	for _, name := range sortedKeys(facts) {
		out = append(out, model.Attribute{Name: name, Value: facts[name]})
	}
	return out
}

// prices decodes the bounds of a filter.
func prices(lowest, highest *model.MoneyInput) (from, to *shop.Money, err error) {
	if from, err = money("filter.priceMin", lowest); err != nil {
		return nil, nil, err
	}
	to, err = money("filter.priceMax", highest)
	return from, to, err
}

func productFilter(in *model.ProductFilter) (catalogue.Filter, error) {
	if in == nil {
		return catalogue.Filter{}, nil
	}
	from, to, err := prices(in.PriceMin, in.PriceMax)
	return catalogue.Filter{
		Statuses: in.Statuses, Categories: in.Categories, Vendors: in.Vendors, PriceMin: from, PriceMax: to,
		InStock: in.InStock, Attributes: attributeFilter(in.Attributes), Lacks: in.Lacks, StockBelow: in.StockBelow,
	}, err
}

func recommendationFilter(in *model.RecommendationFilter) (recommend.Filter, error) {
	if in == nil {
		return recommend.Filter{}, nil
	}
	from, to, err := prices(in.PriceMin, in.PriceMax)
	return recommend.Filter{
		Categories: in.Categories, Vendors: in.Vendors, PriceMin: from, PriceMax: to, InStock: in.InStock,
		Attributes: attributeFilter(in.Attributes), SKUs: in.Skus, ExcludeSKUs: in.ExcludeSkus, IncludeBought: deref(in.IncludeBought),
	}, err
}
