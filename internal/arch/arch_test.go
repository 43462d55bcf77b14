// Package arch holds the map of packages of docs/design.md to the code.
package arch

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which rooms of ours each room may use. Arrows point down the
// table of docs/design.md only; whoever adds a room adds its line.
var mayImport = map[string][]string{
	"shop":      {},
	"engine":    {},
	"store":     {"shop"},
	"warehouse": {"shop"},
	"catalogue": {"store", "shop"},
	"customers": {"store", "shop"},
	"commerce":  {"store", "shop"},
	"recommend": {"catalogue", "engine", "store", "shop"},
	"transport": {"store", "warehouse", "engine", "shop"},
	"training":  {"engine", "transport", "warehouse", "store", "shop"},
	"imports":   {"transport", "warehouse", "store", "shop"},
	"pulse":     {"recommend", "catalogue", "training", "transport", "warehouse", "store", "shop"},
	"demo":      {"commerce", "warehouse", "shop"},
	"graph":     {"pulse", "commerce", "customers", "recommend", "catalogue", "training", "imports", "transport", "store", "warehouse", "shop"},
	"server":    {"graph", "pulse", "commerce", "customers", "recommend", "catalogue", "training", "imports", "transport", "store", "warehouse", "shop", "frontend"},
	"frontend":  {},
	"cmd":       {"*"},
	"bench":     {"*"},
	"internal":  {},
}

// notGo are top-level folders that hold no Go package.
var notGo = map[string]bool{"docs": true, "bin": true, "data": true, "tools": true}

// Whoever brings the rooms together in a test may import any of them; a
// room's own suites ("storetest") follow their room.
func TestArrows(t *testing.T) {
	root := "../.."
	for _, room := range rooms(t, root) {
		allowed, ok := mayImport[room]
		if !ok {
			t.Errorf("%s/ has no place: give it a line in mayImport and in docs/design.md, or move it", room)
			continue
		}
		for _, bad := range breaches(t, root, room, allowed) {
			t.Error(bad)
		}
	}
}

// A rule that nothing can break guards nothing: the checker itself must object
// to an arrow that points up.
func TestArrowsAreSeen(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "shop")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	src := "package shop\n\nimport _ \"also/store/redisstore\"\n"
	if err := os.WriteFile(filepath.Join(dir, "up.go"), []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := breaches(t, root, "shop", mayImport["shop"]); len(got) != 1 {
		t.Fatalf("got %q, want one breach", got)
	}
}

// rooms lists the top-level folders that may hold Go packages.
func rooms(t *testing.T, root string) []string {
	t.Helper()
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !notGo[e.Name()] {
			names = append(names, e.Name())
		}
	}
	return names
}

// breaches parses the room's files itself: a test that asks `go list` is cached
// by `go test` and misses new imports.
func breaches(t *testing.T, root, room string, allowed []string) []string {
	t.Helper()
	ok := map[string]bool{room: true}
	for _, a := range allowed {
		ok[a] = true
	}
	var bad []string
	err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), "_")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			rest, ours := strings.CutPrefix(imported, "also/")
			if !ours {
				continue
			}
			to, _, _ := strings.Cut(rest, "/")
			if !ok[to] && !ok["*"] {
				bad = append(bad, path+" imports "+imported+": "+room+" may use only "+strings.Join(allowed, ", "))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(bad)
	return bad
}
