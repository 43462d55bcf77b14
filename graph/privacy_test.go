package graph

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"also/shop"
)

// open reports whether a thing of the schema needs no role.
func open(ds ast.DirectiveList) bool { return ds.ForName("hasRole") == nil }

// everything writes a selection of all that a caller without a role may ask of
// a type, to a depth.
func everything(s *ast.Schema, name string, depth int) string {
	d := s.Types[name]
	var parts []string
	switch {
	case d.Kind == ast.Interface || d.Kind == ast.Union:
		for _, p := range s.GetPossibleTypes(d) {
			if open(p.Directives) {
				parts = append(parts, "... on "+p.Name+" "+under(s, p, depth, p.Name+"_"))
			}
		}
		return "{ __typename " + strings.Join(parts, " ") + " }"
	case d.Kind != ast.Object:
		return ""
	}
	return under(s, d, depth, "")
}

func under(s *ast.Schema, d *ast.Definition, depth int, prefix string) string {
	parts := []string{"__typename"}
	for _, f := range d.Fields {
		of := s.Types[f.Type.Name()]
		leaf := of.Kind == ast.Scalar || of.Kind == ast.Enum
		if strings.HasPrefix(f.Name, "__") || !open(f.Directives) || !open(of.Directives) || !leaf && depth == 0 {
			continue
		}
		var args []string
		for _, a := range f.Arguments {
			if a.Name == "first" {
				args = append(args, "first: 2")
			} else if a.Type.NonNull && a.DefaultValue == nil {
				args = append(args, a.Name+": "+example(s, a.Type))
			}
		}
		text := f.Name
		if prefix != "" {
			text = prefix + f.Name + ": " + f.Name
		}
		if len(args) > 0 {
			text += "(" + strings.Join(args, ", ") + ")"
		}
		parts = append(parts, text+" "+everything(s, f.Type.Name(), depth-1))
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// slots writes the values of a type in which one text or id after another is
// the given one, and all else is the least that is required.
func slots(s *ast.Schema, t *ast.Type, value string, deep int) []string {
	if t.Elem != nil {
		var out []string
		for _, v := range slots(s, t.Elem, value, deep) {
			out = append(out, "["+v+"]")
		}
		return out
	}
	switch d := s.Types[t.NamedType]; {
	case d.Kind == ast.InputObject && deep > 0:
		var out []string
		for _, f := range d.Fields {
			if !open(f.Directives) {
				continue
			}
			for _, v := range slots(s, f.Type, value, deep-1) {
				fields := []string{f.Name + ": " + v}
				for _, other := range d.Fields {
					if other != f && other.Type.NonNull && other.DefaultValue == nil {
						fields = append(fields, other.Name+": "+example(s, other.Type))
					}
				}
				out = append(out, "{"+strings.Join(fields, ", ")+"}")
			}
		}
		return out
	case t.NamedType == "ID" || t.NamedType == "String" || t.NamedType == "UUID":
		return []string{fmt.Sprintf("%q", value)}
	}
	return nil
}

// attempts writes every call of a field that has the value in one of its
// arguments, and asks for all that is open behind it.
func attempts(s *ast.Schema, f *ast.FieldDefinition, value string) []string {
	var out []string
	for _, a := range f.Arguments {
		if !open(a.Directives) {
			continue
		}
		for _, v := range slots(s, a.Type, value, 3) {
			args := []string{a.Name + ": " + v}
			for _, other := range f.Arguments {
				if other != a && other.Type.NonNull && other.DefaultValue == nil {
					args = append(args, other.Name+": "+example(s, other.Type))
				}
			}
			out = append(out, fmt.Sprintf("%s(%s) %s", f.Name, strings.Join(args, ", "), everything(s, f.Type.Name(), 4)))
		}
	}
	return out
}

// excluding is EXCLUDED_FROM_TASTE of somebody's event: the one type whose
// `ref` means something.
func excluding(event string) string {
	return fmt.Sprintf(`mutation { viewerEventsRecord(input: {events: [{type: EXCLUDED_FROM_TASTE, ref: %q}]}) { accepted rejected { message } userErrors { message } } }`, event)
}

// secretive is somebody whose data others reach for.
type secretive struct {
	*world
	schema  *ast.Schema
	ada     *browser
	eve     *browser // reaches for it, signed in
	people  int
	tried   int
	handles []string // what names something of Ada's: ids, numbers, cursors, keys
	order   []string // those that name her order, which keys of the shop may read
	secrets []string // texts of an answer that only she may see
	look    string   // what she sees of herself
	before  string
}

// Whoever passes another's id, number, cursor or key wherever the schema takes a
// text finds nothing of theirs and changes nothing: in arguments of queries, of
// mutations, of subscriptions and of the fields that they lead to. New fields
// and arguments are tried without anybody adding them here.
func TestNobodyReachesAnothersDataByAnyArgument(t *testing.T) {
	p := newSecretive(t)
	all := func(d *ast.Definition, wrap func(call string) string) {
		for _, f := range p.fields(d) {
			for _, handle := range p.handles {
				for _, call := range attempts(p.schema, f, handle) {
					p.try(t, f.Name, wrap(call), handle)
				}
			}
		}
	}
	for kind, way := range p.ways() {
		all(p.schema.Types[kind], way.wrap)
	}
	all(p.schema.Mutation, func(call string) string { return "mutation { " + call + " }" })
	all(p.schema.Subscription, func(call string) string { return "subscription { " + call + " }" })
	p.try(t, "viewerEventsRecord", excluding(p.handles[0]), p.handles[0])
	if p.tried < 1000 {
		t.Errorf("only %d attempts were made", p.tried)
	}
	if after := p.sees(t); after != p.before {
		t.Errorf("others changed what Ada sees\nfrom %s\n  to %s", p.before, after)
	}
}

// Every open argument that takes a text is among what is tried, or belongs to a
// field of a list's elements, which is tried on one thing.
func TestPrivacyTriesEveryField(t *testing.T) {
	p := &secretive{schema: parseSchema(t)}
	ways := p.ways()
	own(p.schema, func(d *ast.Definition) {
		if d.Kind != ast.Object || !open(d.Directives) || d == p.schema.Mutation || d == p.schema.Subscription {
			return
		}
		for _, f := range p.fields(d) {
			if _, reached := ways[d.Name]; !reached && len(attempts(p.schema, f, "x")) > 0 {
				t.Errorf("%s.%s takes a text and is not tried: say in privateWays how to come to a %s", d.Name, f.Name, d.Name)
			}
		}
	})
}

// privateWays are arguments that lead to one thing.
var privateWays = map[string]string{
	"Query.product": `sku: "P-001"`, "Query.vendor": `slug: "v0"`, "Query.category": `slug: "c1"`,
}

func (p *secretive) ways() map[string]way {
	follow := toOneThing(privateWays)
	return ways(p.schema, func(kind string, f *ast.FieldDefinition) (string, bool) {
		args, ok := follow(kind, f)
		return args, ok && p.open(f)
	})
}

func (p *secretive) open(f *ast.FieldDefinition) bool {
	return !strings.HasPrefix(f.Name, "__") && open(f.Directives) && open(p.schema.Types[f.Type.Name()].Directives)
}

// fields are those of a type that need no role.
func (p *secretive) fields(d *ast.Definition) (out []*ast.FieldDefinition) {
	for _, f := range d.Fields {
		if p.open(f) {
			out = append(out, f)
		}
	}
	return out
}

// newSecretive lets Ada shop, and notes what names her things and what she sees.
func newSecretive(t *testing.T) *secretive {
	t.Helper()
	p := &secretive{world: newWorld(t), schema: parseSchema(t)}
	p.stock(t, 6)
	p.handler = NewHandler(p.Resolver, Options{Limits: limitless, Log: slog.New(slog.DiscardHandler)})
	p.ada = p.signUp(t, "ada.private@shop.example", "Ada Private")
	viewed := shop.NewUUID(p.Commerce.Now()).String()
	p.ada.must(t, fmt.Sprintf(`mutation { viewerEventsRecord(input: {events: [{id: %q, type: PRODUCT_VIEW, sku: "P-001"}, {type: SEARCH, query: "a secret wish"}, {type: RATING, sku: "P-004", rating: 5}]}) { accepted } }`, viewed), nil)
	p.ada.must(t, `mutation { cartLineSet(input: {sku: "P-003", quantity: 7}) { userErrors { code } } }`, nil)
	placed := p.ada.must(t, `mutation { orderPlace(input: {idempotencyKey: "key of ada"}) { order { id number total { amount } } viewer { customer { id } } } }`, nil)
	p.ada.must(t, `mutation { cartLineSet(input: {sku: "P-002", quantity: 13}) { userErrors { code } } }`, nil)
	row := p.ada.must(t, `{ recommendations(placement: "home", first: 2) { recommendationId pageInfo { endCursor } } viewer { orders { pageInfo { endCursor } } } }`, nil)
	customer := at(t, placed, "orderPlace.viewer.customer.id").(string)
	p.order = []string{at(t, placed, "orderPlace.order.id").(string), at(t, placed, "orderPlace.order.number").(string)}
	p.handles = append([]string{viewed, "key of ada", "ada.private@shop.example", p.ada.session, customer, at(t, row, "recommendations.recommendationId").(string)}, p.order...)
	for _, path := range []string{"recommendations.pageInfo.endCursor", "viewer.orders.pageInfo.endCursor"} {
		p.handles = append(p.handles, at(t, row, path).(string))
	}
	total := at(t, placed, "orderPlace.order.total.amount").(string)
	p.secrets = []string{"Ada Private", "ada.private@", "a secret wish", `"` + total + `"`, `:13,`, p.order[1], strings.TrimPrefix(customer, kindCustomer+"/")}
	p.look = "{ viewer " + everything(p.schema, "Viewer", 4) + " }"
	p.before = p.sees(t)
	for _, secret := range p.secrets {
		if secret != "a secret wish" && !strings.Contains(p.before, secret) { // what was searched for, only admins read
			t.Fatalf("Ada herself does not see %s: the test looks for the wrong thing in %.2000s", secret, p.before)
		}
	}
	p.eve = p.signUp(t, "eve0@shop.example", "Eve")
	return p
}

func (p *secretive) signUp(t *testing.T, email, name string) *browser {
	t.Helper()
	p.people++
	b := p.stranger()
	b.client = fmt.Sprint("198.51.100.", p.people)
	b.must(t, fmt.Sprintf(`mutation { customerSignUp(input: {email: %q, password: "long enough", name: %q}) { viewer { signedIn } } }`, email, name), nil)
	return b
}

// sees is what Ada sees of herself, without what names or times an answer of the
// recommender: two that say the same differ in that.
func (p *secretive) sees(t *testing.T) string {
	t.Helper()
	data := p.ada.must(t, p.look, nil)
	forgetAnswers(data)
	text, err := json.Marshal(data)
	ok(t, err)
	return string(text)
}

func forgetAnswers(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			forgetAnswers(e)
		}
	case map[string]any:
		if v["__typename"] == "RecommendationConnection" {
			delete(v, "recommendationId")
			forget(v["pageInfo"], "startCursor", "endCursor")
			forget(v["freshness"], "tookMs")
			edges, _ := v["edges"].([]any) // none where the look ends
			for _, e := range edges {
				forget(e, "cursor")
			}
		}
		for _, e := range v {
			forgetAnswers(e)
		}
	}
}

func forget(v any, fields ...string) {
	thing, _ := v.(map[string]any)
	for _, f := range fields {
		delete(thing, f)
	}
}

// try lets others send an operation with a handle of Ada's in it.
func (p *secretive) try(t *testing.T, field, query, handle string) {
	t.Helper()
	for who, b := range map[string]*browser{"another customer": p.eve, "a visitor": {w: p.world, client: "203.0.113.1"}, "a key of the shop": p.holder(shop.RoleShop)} {
		if b.role == shop.RoleShop && field == "order" && slices.Contains(p.order, handle) {
			continue // as its description says
		}
		p.tried++
		ask := func(query string) wireAnswer { return b.send(t, query, nil) }
		if strings.HasPrefix(query, "subscription") {
			ask = func(query string) wireAnswer { return b.follow(t, query) }
		}
		a := ask(query)
		if len(a.Errors) > 0 && strings.HasPrefix(a.Errors[0].Extensions.Code, "GRAPHQL_") {
			if a.Errors[0].Extensions.Code == "GRAPHQL_PARSE_FAILED" || !strings.Contains(a.Errors[0].Message, "must be") {
				t.Fatalf("the test's own mistake: %.400v in %.400s", a.Errors, query)
			}
		}
		got, err := json.Marshal(a)
		ok(t, err)
		for _, secret := range p.secrets {
			if strings.Contains(string(got), secret) && !strings.Contains(handle, strings.Trim(secret, `"`)) {
				t.Errorf("%s got %s by %q: %.300s\n%.300s", who, secret, handle, query, got)
			}
		}
	}
	if at(t, p.eve.must(t, `{ viewer { signedIn } }`, nil), "viewer.signedIn") != true {
		p.eve = p.signUp(t, fmt.Sprintf("eve%d@shop.example", p.people), "Eve")
	}
}
