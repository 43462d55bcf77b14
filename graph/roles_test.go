package graph

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"also/shop"
)

// example writes a value of an input type, with what is required only.
func example(s *ast.Schema, t *ast.Type) string {
	if t.Elem != nil {
		return "[" + example(s, t.Elem) + "]"
	}
	d := s.Types[t.NamedType]
	switch d.Kind {
	case ast.Enum:
		return d.EnumValues[0].Name
	case ast.InputObject:
		var fields []string
		for _, f := range d.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				fields = append(fields, f.Name+": "+example(s, f.Type))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	}
	switch t.NamedType {
	case "Int", "Float":
		return "1"
	case "Boolean":
		return "true"
	case "DateTime":
		return `"2026-01-01T00:00:00Z"`
	case "Decimal":
		return `"1.00"`
	case "UUID":
		return `"01234567-89ab-7def-8123-456789abcdef"`
	}
	return `"x"`
}

// selection writes what to ask of a type: its name.
func selection(s *ast.Schema, t *ast.Type) string {
	switch s.Types[t.Name()].Kind {
	case ast.Object, ast.Interface, ast.Union:
		return " { __typename }"
	}
	return ""
}

// required writes the arguments that a field needs, and one more if named.
func required(s *ast.Schema, f *ast.FieldDefinition, also string) string {
	var args []string
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil || a.Name == also {
			args = append(args, a.Name+": "+example(s, a.Type))
		}
	}
	return strings.Join(args, ", ")
}

// call writes a field with its required arguments, and one more if named.
func call(s *ast.Schema, f *ast.FieldDefinition, also string) string {
	text := f.Name
	if args := required(s, f, also); args != "" {
		text += "(" + args + ")"
	}
	return text + selection(s, f.Type)
}

// guarded lists operations that need a role: every root field with @hasRole,
// every field and argument with it of a type that open fields lead to or that a
// node may be, and every open field of a type with it.
func guarded(s *ast.Schema) map[string]shop.Role {
	out := map[string]shop.Role{}
	role := func(ds ast.DirectiveList) (shop.Role, bool) {
		d := ds.ForName("hasRole")
		if d == nil {
			return "", false
		}
		return shop.Role(d.Arguments.ForName("role").Value.Raw), true
	}
	for word, root := range map[string]*ast.Definition{"query": s.Query, "mutation": s.Mutation, "subscription": s.Subscription} {
		for _, f := range root.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			if need, ok := role(f.Directives); ok {
				out[word+" { "+call(s, f, "")+" }"] = need
			}
			for _, a := range f.Arguments {
				if need, ok := role(a.Directives); ok {
					out[word+" { "+call(s, f, a.Name)+" }"] = need
				}
			}
		}
	}
	openWay := func(_ string, f *ast.FieldDefinition) (string, bool) {
		return required(s, f, ""), open(f.Directives) && open(s.Types[f.Type.Name()].Directives)
	}
	for kind, way := range ways(s, openWay) {
		for _, f := range s.Types[kind].Fields {
			need, ok := role(f.Directives)
			if !ok {
				need, ok = role(s.Types[f.Type.Name()].Directives)
			}
			if ok {
				out["query "+way.wrap(call(s, f, ""))] = need
			}
			for _, a := range f.Arguments {
				if need, ok := role(a.Directives); ok {
					out["query "+way.wrap(call(s, f, a.Name))] = need
				}
			}
		}
	}
	for _, d := range s.GetPossibleTypes(s.Types["Node"]) {
		whole, all := role(d.Directives)
		for _, f := range d.Fields {
			need, ok := role(f.Directives)
			if !ok && all {
				need, ok = whole, true
			}
			if ok {
				out[fmt.Sprintf(`query { node(id: "x") { ... on %s { %s } } }`, d.Name, call(s, f, ""))] = need
			}
		}
	}
	out[`query { products(filter: {statuses: [DRAFT]}) { totalCount } }`] = shop.RoleAdmin
	return out
}

func TestGuardedFieldsRefuse(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 1)
	shopper := w.stranger()
	shopper.must(t, `mutation { customerSignUp(input: {email: "ada@shop.example", password: "long enough"}) { userErrors { code } } }`, nil)
	resolved := 0
	w.handler = NewHandler(w.Resolver, Options{Observe: func(string, time.Duration, bool) { resolved++ }})
	all := guarded(parseSchema(t))
	if len(all) < 80 {
		t.Fatalf("only %d guarded operations were found", len(all))
	}
	for query, need := range all {
		w.stranger().refused(t, query, nil, shop.Unauthenticated)
		shopper.refused(t, query, nil, shop.Unauthenticated)
		if need == shop.RoleAdmin {
			w.holder(shop.RoleShop).refused(t, query, nil, shop.Forbidden)
		}
	}
	if resolved > 0 {
		t.Errorf("%d fields were resolved before somebody was refused", resolved)
	}
}

func TestRolesAreJudgedInVariablesToo(t *testing.T) {
	w := newWorld(t)
	query := `query($f: ProductFilter) { products(filter: $f) { totalCount } }`
	w.stranger().refused(t, query, map[string]any{"f": map[string]any{"statuses": []string{"DRAFT"}}}, shop.Unauthenticated)
	w.stranger().must(t, query, map[string]any{"f": map[string]any{"vendors": []string{"v0"}}})
	w.stranger().must(t, `query($c: String) { recommendations(placement: "home", customer: $c) { recommendationId } }`, nil)
}

func TestAFieldThatIsNotIncludedNeedsNoRole(t *testing.T) {
	w := newWorld(t)
	query := `query($admin: Boolean!) { viewer { signedIn } keys @include(if: $admin) { name } }`
	w.stranger().must(t, query, map[string]any{"admin": false})
	w.stranger().refused(t, query, map[string]any{"admin": true}, shop.Unauthenticated)
	w.holder(shop.RoleAdmin).must(t, query, map[string]any{"admin": true})
}

func TestNobodyReadsAnothersData(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 1)
	ada, eve := w.stranger(), w.stranger()
	ada.must(t, `mutation { customerSignUp(input: {email: "ada@shop.example", password: "long enough", name: "Ada"}) { userErrors { code } } }`, nil)
	eve.must(t, `mutation { customerSignUp(input: {email: "eve@shop.example", password: "long enough", name: "Eve"}) { userErrors { code } } }`, nil)
	ada.must(t, `mutation { cartLineSet(input: {sku: "P-000", quantity: 1}) { userErrors { code } } }`, nil)
	placed := ada.must(t, `mutation { orderPlace(input: {}) { order { id } viewer { customer { id } } userErrors { code message } } }`, nil)
	order, customer := at(t, placed, "orderPlace.order.id"), at(t, placed, "orderPlace.viewer.customer.id")
	query := `query($ids: [ID!]!) { nodes(ids: $ids) { id } viewer { orders { edges { node { id } } } cart { count } taste { events { id } } recentlyViewed { sku } } }`
	ids := map[string]any{"ids": []any{order, customer}}
	for who, b := range map[string]*browser{"another customer": eve, "a stranger": w.stranger(), "a key of the shop": w.holder(shop.RoleShop)} {
		data := b.must(t, query, ids)
		for _, path := range []string{"nodes.0", "nodes.1"} {
			if at(t, data, path) != nil {
				t.Errorf("%s sees %v", who, at(t, data, path))
			}
		}
		if n := len(at(t, data, "viewer.orders.edges").([]any)) + len(at(t, data, "viewer.taste.events").([]any)); n > 0 {
			t.Errorf("%s sees %d orders and events", who, n)
		}
	}
	own := ada.must(t, query, ids)
	want(t, own, "nodes.0.id", order)
	want(t, own, "nodes.1.id", customer)
	want(t, own, "viewer.orders.edges.0.node.id", order)
}
