package graph

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
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

// attempts writes every operation on an open root field that has the value in
// one of its arguments.
func attempts(s *ast.Schema, word string, f *ast.FieldDefinition, value string) []string {
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
			out = append(out, fmt.Sprintf("%s { %s(%s) %s }", word, f.Name, strings.Join(args, ", "), everything(s, f.Type.Name(), 4)))
		}
	}
	return out
}

// excluding is EXCLUDED_FROM_TASTE of somebody's event: the one type whose
// `ref` means something.
func excluding(event string) string {
	return fmt.Sprintf(`mutation { viewerEventsRecord(input: {events: [{type: EXCLUDED_FROM_TASTE, ref: %q}]}) { accepted rejected { message } userErrors { message } } }`, event)
}

// keysMayRead are fields without a role that answer the shop's own server about
// anybody, as their descriptions say.
var keysMayRead = map[string]bool{"order": true}

// Whoever passes another's id, number, cursor or key wherever the schema takes a
// text finds nothing of theirs and changes nothing. New fields and arguments are
// tried without anybody adding them here.
// perAnswer is what names or times an answer of the recommender, and so differs between two answers that say the same.
var perAnswer = regexp.MustCompile(`"(recommendationId|tookMs|cursor|startCursor|endCursor)":("[^"]*"|[0-9.e-]+),?`)

func TestNobodyReachesAnothersDataByAnyArgument(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 6)
	huge := Limits{Complexity: 1 << 40, Depth: 50, Aliases: 1e6, Selections: 1e6, Tokens: 1e6, Text: 1e7}
	w.handler = NewHandler(w.Resolver, Options{Limits: huge, Log: slog.New(slog.DiscardHandler)})
	s := parseSchema(t)
	people := 0
	signUp := func(email, name string) *browser {
		t.Helper()
		people++
		b := w.stranger()
		b.client = fmt.Sprint("198.51.100.", people)
		b.must(t, fmt.Sprintf(`mutation { customerSignUp(input: {email: %q, password: "long enough", name: %q}) { viewer { signedIn } } }`, email, name), nil)
		return b
	}
	ada := signUp("ada.private@shop.example", "Ada Private")
	viewed := shop.NewUUID(w.Commerce.Now()).String()
	ada.must(t, fmt.Sprintf(`mutation { viewerEventsRecord(input: {events: [{id: %q, type: PRODUCT_VIEW, sku: "P-001"}, {type: SEARCH, query: "a secret wish"}, {type: RATING, sku: "P-004", rating: 5}]}) { accepted } }`, viewed), nil)
	ada.must(t, `mutation { cartLineSet(input: {sku: "P-003", quantity: 7}) { userErrors { code } } }`, nil)
	placed := ada.must(t, `mutation { orderPlace(input: {idempotencyKey: "key of ada"}) { order { id number total { amount } } viewer { customer { id } } } }`, nil)
	ada.must(t, `mutation { cartLineSet(input: {sku: "P-002", quantity: 13}) { userErrors { code } } }`, nil)
	row := ada.must(t, `{ recommendations(placement: "home", first: 2) { recommendationId pageInfo { endCursor } } viewer { orders { pageInfo { endCursor } } } }`, nil)
	handles := []string{viewed, "key of ada", "ada.private@shop.example", ada.session}
	for _, path := range []string{"orderPlace.order.id", "orderPlace.order.number", "orderPlace.viewer.customer.id"} {
		handles = append(handles, at(t, placed, path).(string))
	}
	for _, path := range []string{"recommendations.recommendationId", "recommendations.pageInfo.endCursor", "viewer.orders.pageInfo.endCursor"} {
		if v, ok := at(t, row, path).(string); ok {
			handles = append(handles, v)
		}
	}
	total := at(t, placed, "orderPlace.order.total.amount").(string)
	secrets := []string{"Ada Private", "ada.private@", "a secret wish", `"` + total + `"`, `:13,`, handles[5], strings.TrimPrefix(handles[6], kindCustomer+"/")}
	look := "{ viewer " + everything(s, "Viewer", 4) + " }"
	before, err := json.Marshal(ada.must(t, look, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if secret != "a secret wish" && !strings.Contains(string(before), secret) {
			t.Fatalf("Ada herself does not see %s: the test looks for the wrong thing in %s", secret, before)
		}
	}

	eve := signUp("eve0@shop.example", "Eve")
	tried := 0
	try := func(field, query, handle string) {
		for who, b := range map[string]*browser{"another customer": eve, "a visitor": {w: w, client: "203.0.113.1"}, "a key of the shop": w.holder(shop.RoleShop)} {
			if b.role == shop.RoleShop && keysMayRead[field] {
				continue
			}
			tried++
			a := b.send(t, query, nil)
			if len(a.Errors) > 0 && strings.HasPrefix(a.Errors[0].Extensions.Code, "GRAPHQL_") {
				if a.Errors[0].Extensions.Code == "GRAPHQL_PARSE_FAILED" || !strings.Contains(a.Errors[0].Message, "must be") {
					t.Fatalf("the test's own mistake: %.400v in %.400s", a.Errors, query)
				}
			}
			got, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range secrets {
				if strings.Contains(string(got), secret) && !strings.Contains(handle, strings.Trim(secret, `"`)) {
					t.Errorf("%s got %s by %q: %.300s\n%.300s", who, secret, handle, query, got)
				}
			}
		}
		if at(t, eve.must(t, `{ viewer { signedIn } }`, nil), "viewer.signedIn") != true {
			eve = signUp(fmt.Sprintf("eve%d@shop.example", people), "Eve")
		}
	}
	for word, root := range map[string]*ast.Definition{"query": s.Query, "mutation": s.Mutation} {
		for _, f := range root.Fields {
			if strings.HasPrefix(f.Name, "__") || !open(f.Directives) || !open(s.Types[f.Type.Name()].Directives) {
				continue
			}
			for _, handle := range handles {
				for _, query := range attempts(s, word, f, handle) {
					try(f.Name, query, handle)
				}
			}
		}
	}
	try("viewerEventsRecord", excluding(viewed), viewed)
	if tried < 500 {
		t.Errorf("only %d attempts were made", tried)
	}
	after, err := json.Marshal(ada.must(t, look, nil))
	if err != nil {
		t.Fatal(err)
	}
	if perAnswer.ReplaceAllString(string(after), "") != perAnswer.ReplaceAllString(string(before), "") {
		t.Errorf("others changed what Ada sees\nfrom %s\n  to %s", before, after)
	}
	for _, f := range s.Subscription.Fields {
		for _, a := range f.Arguments {
			if open(f.Directives) && open(a.Directives) && (a.Type.Name() == "ID" || a.Type.Name() == "UUID") {
				t.Errorf("%s takes %s from anybody: try it here with another's", f.Name, a.Name)
			}
		}
	}
}
