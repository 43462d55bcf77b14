package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// Functions stay readable: none over 150 lines, 99 % of them at most 100.
// Generated code is left out.
func TestFunctionLengths(t *testing.T) {
	const most, usual = 150, 100
	total, long := 0, 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "data" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		if ast.IsGenerated(f) {
			return nil
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
			total++
			if lines > usual {
				long++
				t.Logf("%s: %s has %d lines", path, fn.Name.Name, lines)
			}
			if lines > most {
				t.Errorf("%s: %s has %d lines: split it", path, fn.Name.Name, lines)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > 0 && float64(long) > 0.01*float64(total) {
		t.Errorf("%d of %d functions are over %d lines, more than 1 %%", long, total, usual)
	}
}
