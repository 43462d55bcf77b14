package graph

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"also/graph/generated"
	"also/shop"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// parseSchema reads the schema as gqlgen does, from its files.
func parseSchema(t *testing.T) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	var sources []*ast.Source
	for _, f := range append([]string{"../schema.graphqls"}, files...) {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: f, Input: string(text)})
	}
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// own calls f with every type that this project wrote.
func own(s *ast.Schema, f func(*ast.Definition)) {
	for name, d := range s.Types {
		if !d.BuiltIn && !strings.HasPrefix(name, "__") {
			f(d)
		}
	}
}

func TestEverythingIsDescribed(t *testing.T) {
	s := parseSchema(t)
	bare := func(what, description string) {
		if d := strings.TrimSpace(description); len(d) < 4 || !strings.HasSuffix(d, ".") && !strings.HasSuffix(d, "`") && !strings.HasSuffix(d, ")") {
			t.Errorf("%s: description %q is not a sentence", what, description)
		}
	}
	own(s, func(d *ast.Definition) {
		bare(d.Name, d.Description)
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			bare(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				bare(d.Name+"."+f.Name+"("+a.Name+":)", a.Description)
			}
		}
		for _, v := range d.EnumValues {
			bare(d.Name+"."+v.Name, v.Description)
		}
	})
}

// publicMutations are the commands of shoppers, who hold no key.
var publicMutations = []string{
	"viewerEventsRecord", "viewerUpdate", "viewerDelete", "cartLineSet", "cartClear", "orderPlace", "orderCancel", "customerSignUp", "customerSignIn", "customerSignOut", "demoCustomerBecome",
}

func TestMutationsNeedAKeyUnlessListed(t *testing.T) {
	public := map[string]bool{}
	for _, name := range publicMutations {
		public[name] = true
	}
	for _, f := range parseSchema(t).Mutation.Fields {
		guarded := f.Directives.ForName("hasRole") != nil
		if guarded == public[f.Name] {
			t.Errorf("%s: guarded is %v, in publicMutations is %v", f.Name, guarded, public[f.Name])
		}
	}
}

func TestMutationsHaveOneInputAndOnePayload(t *testing.T) {
	s := parseSchema(t)
	for _, f := range s.Mutation.Fields {
		title := strings.ToUpper(f.Name[:1]) + f.Name[1:]
		if f.Type.String() != title+"Payload!" {
			t.Errorf("%s returns %s", f.Name, f.Type)
		}
		if s.Types[title+"Payload"].Fields.ForName("userErrors") == nil {
			t.Errorf("%sPayload has no userErrors", title)
		}
		for _, a := range f.Arguments {
			if a.Name != "input" || a.Type.NamedType != title+"Input" {
				t.Errorf("%s has the argument %s: %s", f.Name, a.Name, a.Type)
			}
		}
	}
}

// A change of the contract shows as a diff of one file: what clients see by
// introspection.
func TestSchemaIsTheGoldenOne(t *testing.T) {
	const golden = "testdata/schema.golden.graphql"
	var got, files bytes.Buffer
	formatter.NewFormatter(&got, formatter.WithIndent("  ")).FormatSchema(generated.NewExecutableSchema(generated.Config{}).Schema())
	formatter.NewFormatter(&files, formatter.WithIndent("  ")).FormatSchema(parseSchema(t))
	if !bytes.Equal(got.Bytes(), files.Bytes()) {
		t.Error("the schema's files changed since the last make generate")
	}
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the schema differs from %s: look at what clients would see, then go test ./graph -update", golden)
	}
}

func TestEveryMendableCodeIsInTheSchema(t *testing.T) {
	values := map[string]bool{}
	for _, v := range parseSchema(t).Types["UserErrorCode"].EnumValues {
		values[v.Name] = true
		if !mendable[shop.Code(v.Name)] {
			t.Errorf("%s is in the schema and never sent", v.Name)
		}
	}
	for code := range mendable {
		if !values[string(code)] {
			t.Errorf("%s is sent and not in the schema", code)
		}
	}
}

func TestEveryEventTypeIsInTheSchema(t *testing.T) {
	enum := parseSchema(t).Types["EventType"]
	for _, e := range shop.EventTypes {
		if enum.EnumValues.ForName(string(e)) == nil {
			t.Errorf("%s is missing", e)
		}
	}
	if len(enum.EnumValues) != len(shop.EventTypes) {
		t.Errorf("the schema has %d types, the shop %d", len(enum.EnumValues), len(shop.EventTypes))
	}
}

// uncounted are connections whose total would cost more than the page; their
// descriptions say so.
var uncounted = []string{"HistoryConnection", "EventConnection", "RecommendationConnection"}

// Every connection has the same fields, and counts the same way.
func TestConnectionsAreAlike(t *testing.T) {
	s := parseSchema(t)
	own(s, func(d *ast.Definition) {
		if d.Kind != ast.Object || !strings.HasSuffix(d.Name, "Connection") {
			return
		}
		for name, kind := range map[string]string{"edges": "[" + strings.TrimSuffix(d.Name, "Connection") + "Edge!]!", "pageInfo": "PageInfo!", "totalCount": "Int!"} {
			f := d.Fields.ForName(name)
			if name == "totalCount" && slices.Contains(uncounted, d.Name) {
				if f != nil || !strings.Contains(d.Description, "not counted") {
					t.Errorf("%s does not say that it is not counted, or is", d.Name)
				}
			} else if f == nil || f.Type.String() != kind {
				t.Errorf("%s has no %s: %s", d.Name, name, kind)
			}
		}
	})
}
