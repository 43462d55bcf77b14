package graph

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"also/graph/generated"
)

// A list of fifty costs the store and the lake as many calls as a list of ten,
// whatever is asked of its elements: every field of the schema that takes
// `first` is asked for, with all that a page could ask of each element, and
// what Redis and the lake are asked for is counted. A field that is added is
// tried without anybody adding it here.
func TestNoListCostsACallPerElement(t *testing.T) {
	w := newRichWorld(t)
	w.handler = NewHandler(w.Resolver, Options{Limits: limitless, Log: slog.New(slog.DiscardHandler)})
	l := &lister{schema: parseSchema(t), about: map[string]string{
		"Query.product": `sku: "P-000"`, "Query.vendor": `slug: "v-00"`, "Query.category": `slug: "c-00"`, "Query.import": fmt.Sprintf("id: %q", w.imported),
		"Query.customer": fmt.Sprintf("id: %q", globalID(kindCustomer, w.ada.String())), "Query.recommendations": `placement: "home"`,
		"Customer.recommendations": `placement: "home"`, "Query.searchSuggestions": `query: "prod"`,
	}}
	l.walk()
	for name := range l.unreached() {
		if elsewhere[name] == "" {
			t.Errorf("%s is not tried: say in lister.about how to ask for it, or in elsewhere why not", name)
		}
	}
	for _, f := range l.found {
		t.Run(f.name(), func(t *testing.T) { w.tryList(t, l, f) })
	}
	for kind := range strings.FieldsSeq("Product Vendor Category Customer Order Key TrainingRun Model Import") {
		t.Run("nodes/"+kind, func(t *testing.T) { w.tryNodes(t, l, kind) })
	}
	for path, query := range map[string]string{
		"keys": "{ keys { %s } }", "viewer.cart.lines": "{ viewer { cart { lines { %s } } } }",
	} {
		t.Run(path, func(t *testing.T) { w.tryWhole(t, l, path, query) })
	}
}

// limitless lets a test ask for more than anybody may.
var limitless = Limits{Complexity: 1 << 40, Depth: 50, Aliases: 1e6, Selections: 1e7, Tokens: 1e7, Text: 1e8}

// few10 and many are the lengths that are compared. The shorter list is asked for twice: what
// is read once in the life of a process is read then.
const few10, many = 10, 50

// slack is how many calls more the longer list may cost: its further elements
// are not yet in memory, and are read at once.
const slack = 4

// elsewhere are lists that are not tried, with the reason.
var elsewhere = map[string]string{
	"RecommendationEdge.reasons":          "they come with the answer, and their products were named with it",
	"Subscription.recommendationsUpdated": "it answers what Query.recommendations does",
}

// shorter are lists that cannot have fifty elements, with what they have.
var shorter = map[string]struct {
	few, many int
	why       string
}{
	"Query.searchSuggestions": {4, 20, "a search box offers twenty at most"},
}

// eachAlone are fields that are worked out for every thing alone, and what they
// cost at least, so that they are asked of one thing or of a few.
var eachAlone = map[string]struct {
	cost int
	why  string
}{
	"Customer.history":         {alone, "the lake is asked for the events of one customer"},
	"Customer.profile":         {alone, "the model is solved for one customer"},
	"Customer.recommendations": {alone, "the model is solved for one customer"},
	"Import.rejects":           {opening, "they lie in a file of each import, of which the first rows are read, and none of an import that took all"},
}

// tryList compares what a list costs at its two lengths.
func (w *richWorld) tryList(t *testing.T, l *lister, f listField) {
	short, long := few10, many
	if s, ok := shorter[f.name()]; ok {
		short, long = s.few, s.many
	}
	w.count(t, l.query(f, short), nil)
	a := w.count(t, l.query(f, short), f.elements(l.schema, short))
	b := w.count(t, l.query(f, long), f.elements(l.schema, long))
	if b.total() > a.total()+slack {
		t.Errorf("%d elements cost %d calls: %s\n%d elements cost %d: %s", short, a.total(), a, long, b.total(), b)
	}
}

// tryNodes compares what things cost that are asked for by their ids.
func (w *richWorld) tryNodes(t *testing.T, l *lister, kind string) {
	root := map[string]string{"Key": "keys { id }", "Category": "categories(first: 50) { edges { node { id } } }"}[kind]
	if root == "" {
		root = strings.ToLower(kind[:1]) + kind[1:] + "s(first: 50) { edges { node { id } } }"
	}
	var ids []string
	for _, list := range w.admin.must(t, "{ "+root+" }", nil) {
		ids = idsIn(list)
	}
	query := "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on " + kind + " { " + l.of(kind, 1, false) + " } } }"
	var totals []*calls
	for _, n := range []int{few10, few10, many} {
		w.admin.calls = &calls{n: map[string]int{}}
		nodes := at(t, w.admin.must(t, query, map[string]any{"ids": ids[:n]}), "nodes").([]any)
		if slices.Contains(nodes, nil) || len(nodes) != n {
			t.Fatalf("not all are there: %v", nodes)
		}
		totals = append(totals, w.admin.calls)
	}
	if a, b := totals[1], totals[2]; b.total() > a.total()+slack {
		t.Errorf("%d nodes cost %d calls: %s\n%d nodes cost %d: %s", few10, a.total(), a, many, b.total(), b)
	}
}

// idsIn collects the ids in an answer.
func idsIn(data any) (ids []string) {
	switch v := data.(type) {
	case []any:
		for _, e := range v {
			ids = append(ids, idsIn(e)...)
		}
	case map[string]any:
		if id, ok := v["id"].(string); ok {
			return []string{id}
		}
		for _, e := range v {
			ids = append(ids, idsIn(e)...)
		}
	}
	return ids
}

// tryWhole counts what a list costs that has no `first`.
func (w *richWorld) tryWhole(t *testing.T, l *lister, path, query string) {
	kind := map[string]string{"keys": "Key", "viewer.cart.lines": "CartLine"}[path]
	got := w.count(t, fmt.Sprintf(query, l.of(kind, 2, true)), func(data map[string]any) error {
		if n := len(at(t, data, path).([]any)); n < many {
			return fmt.Errorf("the list has only %d elements", n)
		}
		return nil
	})
	if got.total() > 3*slack {
		t.Errorf("it costs %d calls: %s", got.total(), got)
	}
}

// count asks for something and returns which calls that cost.
func (w *richWorld) count(t *testing.T, query string, check func(map[string]any) error) *calls {
	t.Helper()
	w.admin.calls = &calls{n: map[string]int{}}
	data, errs := w.admin.ask(t, query, nil)
	if len(errs) > 0 {
		t.Fatalf("%.2000s: %.1000v", query, errs)
	}
	if check != nil {
		if err := check(data); err != nil {
			t.Fatalf("%v: give the shop more of them\n%.2000s", err, query)
		}
	}
	return w.admin.calls
}

// The fields that are left out above are dear.
func TestWhatIsReadAloneIsDear(t *testing.T) {
	s := parseSchema(t)
	es := generated.NewExecutableSchema(generated.Config{Complexity: costs()})
	for name, read := range eachAlone {
		owner, field, _ := strings.Cut(name, ".")
		args := map[string]any{}
		for _, a := range s.Types[owner].Fields.ForName(field).Arguments {
			args[a.Name] = anything(s, a.Type)
		}
		if n, _ := es.Complexity(t.Context(), owner, field, 1, args); n < read.cost {
			t.Errorf("%s costs %d: a list of fifty could ask for it", name, n)
		}
	}
}

// listField is a field that takes `first`, and the way to it.
type listField struct {
	owner string
	field *ast.FieldDefinition
	way   way
}

func (f listField) name() string { return f.owner + "." + f.field.Name }

// elements checks how many elements an answer has.
func (f listField) elements(s *ast.Schema, n int) func(map[string]any) error {
	return func(data map[string]any) error {
		var v any = data
		for _, s := range f.way {
			v = v.(map[string]any)[s.name]
		}
		v = v.(map[string]any)[f.field.Name]
		if m, ok := v.(map[string]any); ok && m["edges"] != nil {
			v = m["edges"]
		} else if ok {
			v = m["products"] // of suggestions
		}
		if got := len(v.([]any)); got != n {
			return fmt.Errorf("%s has %d elements, not %d", f.name(), got, n)
		}
		return nil
	}
}

// lister finds lists in a schema and writes queries for them.
type lister struct {
	schema *ast.Schema
	about  map[string]string // arguments that lead to a thing that has plenty of all, by field
	found  []listField
}

// walk finds every list that the query leads to through single things.
func (l *lister) walk() {
	for kind, way := range ways(l.schema, toOneThing(l.about)) {
		for _, f := range l.schema.Types[kind].Fields {
			if _, ok := l.args(kind, f); ok && f.Arguments.ForName("first") != nil {
				l.found = append(l.found, listField{kind, f, way})
			}
		}
	}
	slices.SortFunc(l.found, func(a, b listField) int { return strings.Compare(a.name(), b.name()) })
}

// unreached names the lists that walk did not find.
func (l *lister) unreached() map[string]bool {
	out := map[string]bool{}
	own(l.schema, func(d *ast.Definition) {
		for _, f := range d.Fields {
			if d.Kind == ast.Object && f.Arguments.ForName("first") != nil {
				out[d.Name+"."+f.Name] = true
			}
		}
	})
	for _, f := range l.found {
		delete(out, f.name())
	}
	return out
}

// args writes the arguments of a field but for `first`; ok is false if it needs
// some that nobody told.
func (l *lister) args(kind string, f *ast.FieldDefinition) (args string, ok bool) {
	if args, ok = l.about[kind+"."+f.Name]; ok {
		return args, true
	}
	return "", !strings.HasPrefix(f.Name, "__") && !slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool {
		return a.Type.NonNull && a.DefaultValue == nil
	})
}

// query asks for n elements of a list.
func (l *lister) query(f listField, n int) string {
	return f.way.wrap(l.call(f.owner, f.field, n) + l.braced(f.field.Type.Name(), 3, true))
}

// call writes a field with its arguments.
func (l *lister) call(kind string, f *ast.FieldDefinition, first int) string {
	args, _ := l.args(kind, f)
	if f.Arguments.ForName("first") != nil {
		args = strings.TrimSuffix(fmt.Sprintf("first: %d, %s", first, args), ", ")
	}
	if args == "" {
		return f.Name
	}
	return f.Name + "(" + args + ")"
}

func (l *lister) braced(kind string, depth int, lists bool) string {
	return " { " + l.of(kind, depth, lists) + " }"
}

// of asks for all of a thing to a depth: connections and edges are no step. Lists
// in it have one element, and no further lists.
func (l *lister) of(kind string, depth int, lists bool) string {
	d := l.schema.Types[kind]
	parts := []string{"__typename"}
	for _, f := range d.Fields {
		of := l.schema.Types[f.Type.Name()]
		_, can := l.args(kind, f)
		switch {
		case !can || eachAlone[kind+"."+f.Name].cost > 0:
		case of.Kind == ast.Scalar || of.Kind == ast.Enum:
			parts = append(parts, f.Name)
		case f.Arguments.ForName("first") != nil:
			if lists && depth > 0 {
				parts = append(parts, l.call(kind, f, 1)+l.braced(of.Name, min(1, depth-1), false))
			}
		case of.Kind == ast.Object && (f.Name == "edges" || strings.HasSuffix(kind, "Edge") && f.Name == "node"):
			parts = append(parts, f.Name+l.braced(of.Name, depth, lists))
		case of.Kind == ast.Object && depth > 0:
			parts = append(parts, l.call(kind, f, 1)+l.braced(of.Name, depth-1, lists))
		}
	}
	return strings.Join(parts, " ")
}
