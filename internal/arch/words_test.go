package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shopWords are of a shop; the engine has users and items.
var shopWords = regexp.MustCompile(`(?i)shop|customer|vendor|purchase|catalogue|buyer|^sku|cart\b`)

// Nothing in the engine knows of shops: not by what it imports (TestArrows), and not by what it names.
func TestEngineNamesNoShop(t *testing.T) {
	names := 0
	err := filepath.WalkDir("../../engine", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if id, is := n.(*ast.Ident); is {
				names++
				if shopWords.MatchString(id.Name) {
					t.Errorf("%s: %s is a word of shops", path, id.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if names < 1000 || !shopWords.MatchString("VendorCap") {
		t.Errorf("%d names were looked at: the test sees nothing", names)
	}
}
