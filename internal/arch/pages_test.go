package arch

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// What pages ask is written in .graphql files, each beside its only user, and
// what comes back has the types that are generated from them.
func TestPagesAskThroughDocuments(t *testing.T) {
	for _, bad := range pageBreaches(t, "../../frontend/src", pageSchema(t)) {
		t.Error(bad)
	}
}

// Each rule must be able to object.
func TestPageBreachesAreSeen(t *testing.T) {
	ok := "import { JugDocument } from '~/gql/graphql';\nexport const one = JugDocument;\ninterface Size {\n  name: string;\n  sku: string;\n  stock: number;\n  litres: number;\n}\n"
	for name, c := range map[string]struct{ path, text, says string }{
		"a template":            {"features/jug/jug.tsx", "const q = gql`{ shop }`;\n", "a query outside"},
		"a call":                {"features/jug/jug.tsx", "const q = graphql(`{ shop { name } }`);\n", "a query outside"},
		"a text":                {"features/jug/jug.tsx", "const q = 'query Jug($sku: String) { product(sku: $sku) { name } }';\n", "a query outside"},
		"a request of its own":  {"features/jug/jug.tsx", "await fetch('/graphql', { method: 'POST' });\n", "asks past"},
		"an answer's type":      {"features/jug/jug.tsx", "const a = useGraphql<{ product: { name: string } }>(JugDocument, {});\n", "writes the type"},
		"a type of the schema":  {"features/jug/jug.tsx", "export interface CartLine { sku: string }\n", "CartLine by hand"},
		"a type like one":       {"features/jug/jug.tsx", "interface Shown {\n  sku: string;\n  /** Its name. */\n  name: string;\n  readonly stock: number;\n  vendor?: { slug: string } | null;\n}\n", "Product by hand"},
		"an object type":        {"features/jug/jug.tsx", "type Shown = {\n  sku: string;\n  name: string;\n  stock: number;\n  image: string;\n};\n", "Product by hand"},
		"another feature's":     {"features/pan/pan.tsx", "import { JugDocument } from '~/gql/graphql';\n", "features/pan uses Jug"},
		"shared for a feature":  {"shared/ui/pan.tsx", "import type { JugQuery } from '~/gql/graphql';\n", "shared/ui uses Jug"},
		"a document for nobody": {"features/pan/pan.graphql", "query Pan { shop { name } }\n", "nobody uses Pan"},
	} {
		root := t.TempDir()
		write(t, root, "features/jug/jug.graphql", "query Jug($sku: String) { product(sku: $sku) { ...JugFacts } }\nfragment JugFacts on Product { name }\n")
		write(t, root, "features/jug/one.tsx", ok)
		write(t, root, "apps/shop/page.tsx", ok)
		if bad := pageBreaches(t, root, pageSchema(t)); len(bad) != 0 {
			t.Fatalf("objects to what is right: %q", bad)
		}
		write(t, root, c.path, c.text)
		if bad := pageBreaches(t, root, pageSchema(t)); len(bad) != 1 || !strings.Contains(bad[0], c.says) {
			t.Errorf("%s: got %q, want one with %q", name, bad, c.says)
		}
	}
}

func write(t *testing.T, root, path, text string) {
	t.Helper()
	path = filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func pageSchema(t *testing.T) *ast.Schema {
	t.Helper()
	paths, err := filepath.Glob("../../graph/*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	var sources []*ast.Source
	for _, path := range append(paths, "../../schema.graphqls") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: path, Input: string(text)})
	}
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	inlineQuery = regexp.MustCompile("\\b(gql|graphql)\\s*\\(?\\s*`|['\"`]\\s*(query|mutation|subscription|fragment)\\s+\\w+\\s*(\\(\\$|\\{|on )|['\"`](query|mutation|subscription)\\s*\\{")
	ownRequest  = regexp.MustCompile("fetch\\(\\s*['\"`]/graphql|new WebSocket\\(")
	ownAnswer   = regexp.MustCompile(`\buse(Graphql|Command|Live\w*)<`)
	handType    = regexp.MustCompile(`(?m)^(?:export )?(?:interface (\w+)[^{\n]*|type (\w+) = )\{([^\n]*\}|\n(?:[ \t].*\n|\n)*\})`)
	member      = regexp.MustCompile(`(?m)^  (?:readonly )?(\w+)\??[:(]`)
)

// mayAsk are the folders that hold queries as texts: the playground shows
// examples, and shared/api sends what others ask.
var mayAsk = []string{"features/examples", "shared/api", "testing"}

// pageBreaches says what pages ask past their documents.
func pageBreaches(t *testing.T, root string, s *ast.Schema) []string {
	t.Helper()
	texts, documents := map[string]string{}, map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		at, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.HasSuffix(at, ".graphql") {
			documents[at] = string(text)
		} else if (strings.HasSuffix(at, ".ts") || strings.HasSuffix(at, ".tsx")) && !strings.HasPrefix(at, "gql/") {
			texts[at] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var bad []string
	for at, text := range texts {
		if !slices.ContainsFunc(mayAsk, func(dir string) bool { return strings.HasPrefix(at, dir+"/") }) {
			bad = append(bad, asksItself(at, text)...)
			bad = append(bad, writesTypes(at, text, s)...)
		}
	}
	for at, text := range documents {
		bad = append(bad, misplaced(t, at, text, texts, documents)...)
	}
	slices.Sort(bad)
	return bad
}

func asksItself(at, text string) []string {
	switch {
	case strings.Contains(at, ".test."):
		return nil
	case inlineQuery.MatchString(text):
		return []string{at + " has a query outside a .graphql file: " + inlineQuery.FindString(text)}
	case ownRequest.MatchString(text):
		return []string{at + " asks past shared/api: " + ownRequest.FindString(text)}
	case ownAnswer.MatchString(text):
		return []string{at + " writes the type of an answer, which its document has: " + ownAnswer.FindString(text)}
	}
	return nil
}

// writesTypes finds types that are the schema's: by their name, or since their
// members, four or more, are all fields of one type.
func writesTypes(at, text string, s *ast.Schema) []string {
	var bad []string
	for _, m := range handType.FindAllStringSubmatch(text, -1) {
		name := m[1] + m[2]
		if d := s.Types[name]; d != nil && (d.Kind == ast.Object || d.Kind == ast.InputObject) {
			bad = append(bad, at+" writes "+name+" by hand: take the generated type")
			continue
		}
		fields := member.FindAllStringSubmatch(m[3], -1)
		for _, d := range s.Types {
			all := d.Kind == ast.Object && len(fields) >= 4
			for _, f := range fields {
				all = all && d.Fields.ForName(f[1]) != nil
			}
			if all {
				bad = append(bad, at+" writes "+name+", a part of "+d.Name+" by hand: take the generated type")
				break
			}
		}
	}
	return bad
}

// misplaced finds whoever uses a document that is not theirs. An app's page may
// use its features' and everybody what is shared.
func misplaced(t *testing.T, at, document string, texts, documents map[string]string) []string {
	t.Helper()
	home := filepath.Dir(at)
	shared := strings.HasPrefix(home, "shared/")
	parsed, err := parser.ParseQuery(&ast.Source{Name: at, Input: document})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range parsed.Operations {
		names = append(names, o.Name)
	}
	for _, f := range parsed.Fragments {
		names = append(names, f.Name)
	}
	var bad []string
	for _, name := range names {
		user := regexp.MustCompile(`\b` + name + `(Document|FragmentDoc|Fragment|Query|Mutation|Subscription|QueryVariables|MutationVariables)\b`)
		spread := regexp.MustCompile(`\.\.\.` + name + `\b`)
		used := spread.MatchString(document)
		for path, text := range texts {
			dir := filepath.Dir(path)
			if !user.MatchString(text) || strings.Contains(path, ".test.") || strings.HasPrefix(path, "testing/") {
				continue
			}
			used = true
			if dir != home && !shared && !strings.HasPrefix(dir, "apps/") {
				bad = append(bad, dir+" uses "+name+" of "+at+": one that two use belongs to shared/, or each has its own")
			}
		}
		for path, text := range documents {
			if path != at && spread.MatchString(text) {
				used = true
				if filepath.Dir(path) != home && !shared {
					bad = append(bad, filepath.Dir(path)+" uses "+name+" of "+at+": one that two use belongs to shared/, or each has its own")
				}
			}
		}
		if !used {
			bad = append(bad, "nobody uses "+name+" of "+at)
		}
	}
	return bad
}
