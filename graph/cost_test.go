package graph

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/complexity"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"also/graph/generated"
	"also/shop"
	"also/store"
)

// Every field that leads to a list has an entry in costs(), and a list with
// `first` costs in proportion to it.
func TestEveryListHasItsCost(t *testing.T) {
	s := parseSchema(t)
	es := generated.NewExecutableSchema(generated.Config{Complexity: costs()})
	lists := 0
	own(s, func(d *ast.Definition) {
		if d.Kind != ast.Object || strings.HasSuffix(d.Name, "Connection") && d.Fields.ForName("edges") != nil && len(d.Fields) == 2 {
			return
		}
		for _, f := range d.Fields {
			named := s.Types[f.Type.Name()]
			connection := named.Kind == ast.Object && named.Fields.ForName("edges") != nil && named.Fields.ForName("pageInfo") != nil
			things := f.Type.Elem != nil && named.Kind != ast.Scalar && named.Kind != ast.Enum
			switch {
			case strings.HasPrefix(f.Name, "__"), !connection && !things:
				continue
			case f.Name == "edges" && d.Fields.ForName("pageInfo") != nil: // counted by what leads to the connection
				continue
			case named.Name == "UserError": // as many as one input has fields
				continue
			}
			lists++
			name := d.Name + "." + f.Name
			cost := func(child, first int) int {
				args := map[string]any{}
				for _, a := range f.Arguments {
					args[a.Name] = anything(s, a.Type)
				}
				args["first"] = int64(first)
				n, _ := es.Complexity(t.Context(), d.Name, f.Name, child, args)
				return n
			}
			if f.Name == "nodes" { // by the number of ids
				continue
			}
			if few := cost(100, 10) - cost(0, 10); few < 200 {
				t.Errorf("%s: what is asked of 10 elements at 100 each costs %d more: give it an entry in costs()", name, few)
			}
			byFirst := f.Arguments.ForName("first") != nil
			if grows := cost(100, 50) - cost(100, 10); byFirst && grows != 4000 {
				t.Errorf("%s: 40 elements more at 100 each cost %d more", name, grows)
			}
		}
	})
	if lists < 25 {
		t.Errorf("only %d lists were found", lists)
	}
}

// anything is a value of an argument as the executor passes it on.
func anything(s *ast.Schema, t *ast.Type) any {
	if !t.NonNull && t.Name() != "Int" {
		return nil
	}
	if t.Elem != nil {
		return []any{}
	}
	switch d := s.Types[t.NamedType]; {
	case d.Kind == ast.InputObject:
		out := map[string]any{}
		for _, f := range d.Fields {
			if f.Type.NonNull {
				out[f.Name] = anything(s, f.Type)
			}
		}
		return out
	case d.Kind == ast.Enum:
		return d.EnumValues[0].Name
	case t.NamedType == "DateTime":
		return "2026-01-01T00:00:00Z"
	case t.NamedType == "Int":
		return int64(1)
	}
	return "x"
}

// cost is extensions.cost of an answer.
func (b *browser) cost(t *testing.T, query string) (requested, available int, err []wireError) {
	t.Helper()
	ext, errs := b.extensions(t, query)
	cost, ok := ext["cost"].(map[string]any)
	if !ok {
		t.Fatalf("%s: no cost in %v", query, ext)
	}
	throttle := cost["throttle"].(map[string]any)
	return int(cost["requested"].(float64)), int(throttle["currentlyAvailable"].(float64)), errs
}

func TestBudgets(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 3)
	budgets := Budgets{
		Shopper: store.Bucket{Capacity: 1000, Restore: 1}, Shop: store.Bucket{Capacity: 5000, Restore: 1}, Admin: store.Bucket{Capacity: 9000, Restore: 1},
	}
	w.handler = NewHandler(w.Resolver, Options{Limits: Limits{Complexity: 900}, Budgets: budgets})
	list := `{ products(first: 20) { edges { node { sku name } } } }` // 1 + 20 × (edges, node and two more)
	eve := w.stranger()
	requested, available, errs := eve.cost(t, list)
	if requested != 81 || available < 919 || available > 920 || len(errs) > 0 {
		t.Fatalf("the first: %d of %d, %v", requested, available, errs)
	}
	for range 11 {
		requested, available, errs = eve.cost(t, list)
		if len(errs) > 0 {
			t.Fatalf("%d of %d: %v", requested, available, errs)
		}
	}
	requested, available, errs = eve.cost(t, list)
	if len(errs) != 1 || errs[0].Extensions.Code != string(shop.Throttled) || errs[0].Extensions.RetryAfterMs < 1 || errs[0].Extensions.RetryAfterMs > 81_000 || requested != 81 || available > 81 {
		t.Fatalf("beyond the bucket: %d of %d, %+v", requested, available, errs)
	}
	eve.refused(t, list, nil, shop.Throttled)
	if _, _, errs := w.stranger().cost(t, list); len(errs) != 1 {
		t.Error("a new session has a bucket of its own")
	}
	elsewhere := w.stranger()
	elsewhere.client = "192.0.2.2"
	if _, _, errs := elsewhere.cost(t, list); len(errs) > 0 {
		t.Errorf("another address: %v", errs)
	}
	if _, errs := eve.ask(t, `{ __schema { types { name } } __typename }`, nil); len(errs) > 0 && errs[0].Extensions.Code != string(shop.Throttled) {
		t.Errorf("introspection: %v", errs)
	}
	if _, errs := eve.ask(t, `{ __schema { types { name fields { name args { name } } } } }`, nil); len(errs) > 0 {
		t.Errorf("introspection is not free: %v", errs)
	}
	for role, capacity := range map[shop.Role]int{shop.RoleShop: 5000, shop.RoleAdmin: 9000} {
		_, available, errs := w.holder(role).cost(t, list)
		if len(errs) > 0 || available < capacity-81 || available > capacity-80 {
			t.Errorf("%s: %d left, %v", role, available, errs)
		}
	}
}

// What cannot be carried out has its cost and code, too, and a store that is
// away stops nobody.
func TestEveryAnswerSaysItsCost(t *testing.T) {
	w := newWorld(t)
	w.handler = NewHandler(w.Resolver, Options{Budgets: DefaultBudgets, Log: slog.New(slog.DiscardHandler)})
	for query, code := range map[string]string{
		`{ viewer { signedIn } }`: "", `{ viewer {`: "GRAPHQL_PARSE_FAILED", `{ nothing }`: "GRAPHQL_VALIDATION_FAILED", ``: "GRAPHQL_VALIDATION_FAILED",
		`query($x: Int!) { products(first: $x) { totalCount } }`: "GRAPHQL_VALIDATION_FAILED", `{ keys { name } }`: "UNAUTHENTICATED",
		`{ products(first: 0) { totalCount } }`: "BAD_USER_INPUT", `subscription { recommendationsUpdated(placement: "home") { recommendationId } }`: "BAD_USER_INPUT",
	} {
		_, available, errs := w.stranger().cost(t, query)
		if code == "" != (len(errs) == 0) || code != "" && (errs[0].Extensions.Code != code || errs[0].Extensions.RequestID != "request-1") || available < 1_990_000 {
			t.Errorf("%s: %d left, %+v", query, available, errs)
		}
	}
	w.store.away = true
	if data, errs := w.stranger().ask(t, `{ viewer { signedIn } }`, nil); len(errs) > 0 {
		t.Errorf("without buckets: %v, %v", data, errs)
	}
}

func TestOperationsHaveASize(t *testing.T) {
	w := newWorld(t)
	b := w.stranger()
	many := func(n int, text string) string { return strings.Repeat(text, n) }
	var doubling strings.Builder // twelve fragments that would be four thousand fields, and thirty, a billion
	for i := range 60 {
		fmt.Fprintf(&doubling, "fragment f%d on Viewer { ...f%d ...f%d } ", i, i+1, i+1)
	}
	start := time.Now()
	for name, query := range map[string]string{
		"fragments that double": "{ viewer { ...f0 } } " + doubling.String() + "fragment f60 on Viewer { signedIn }",
		"many roots":            "{ " + many(31, "viewer { signedIn } ") + "}",
		"many directives":       "{ viewer { " + many(51, "signedIn @include(if: true) ") + "} }",
		"directives at one":     "{ viewer { signedIn " + many(51, "@skip(if: false) ") + "} }",
		"many selections":       "{ viewer { " + many(600, "...f ") + "} } fragment f on Viewer { " + many(10, "signedIn ") + "}",
		"a long text":           "{ viewer { signedIn } } #" + many(70_000, "x"),
	} {
		data, errs := b.ask(t, query, nil)
		if data != nil || len(errs) == 0 || !slices.Contains([]string{"QUERY_TOO_COMPLEX", "GRAPHQL_VALIDATION_FAILED"}, errs[0].Extensions.Code) {
			t.Errorf("%s: %v %.300v", name, data, errs)
		}
	}
	if _, errs := b.ask(t, "{ viewer { "+many(5001, "signedIn ")+"} }", nil); len(errs) != 1 || errs[0].Extensions.Code != "GRAPHQL_PARSE_FAILED" {
		t.Errorf("many tokens: %.300v", errs)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("refusing took %s", took)
	}
}

// What our own pages ask, with the longest lists, is within the limits.
func TestPagesKeepWithinTheLimits(t *testing.T) {
	s := parseSchema(t)
	var text strings.Builder
	err := filepath.WalkDir("../frontend/src", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".graphql") {
			return err
		}
		b, err := os.ReadFile(path)
		text.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, listed := gqlparser.LoadQuery(s, text.String())
	if listed != nil {
		t.Fatal(listed)
	}
	es := generated.NewExecutableSchema(generated.Config{Complexity: costs()})
	limits := Limits{}.withDefaults()
	for _, op := range doc.Operations {
		vars := map[string]any{}
		for _, v := range op.VariableDefinitions {
			if v.Type.NamedType == "Int" {
				vars[v.Variable] = maxFirst
			}
		}
		cost := complexity.Calculate(t.Context(), es, op, vars)
		m := measure{limits: limits}
		m.selections(op.SelectionSet, 1)
		if cost > limits.Complexity || m.over() {
			t.Errorf("%s costs %d, at most %d; %d selections, %d deep", op.Name, cost, limits.Complexity, m.count, m.depth)
		} else if cost > limits.Complexity/3 {
			t.Logf("%s costs %d", op.Name, cost)
		}
	}
}
