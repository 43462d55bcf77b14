package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"also/graph"
	"also/shop"
	"also/store"
)

// printed runs f and returns what it wrote to stdout and stderr.
func printed(t *testing.T, f func()) (out, errs string) {
	t.Helper()
	capture := func(file **os.File) func() string {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		was := *file
		*file = w
		text := make(chan string, 1)
		go func() {
			b, _ := io.ReadAll(r) // until the writer is closed
			text <- string(b)
		}()
		return func() string {
			*file = was
			_ = w.Close() // a pipe
			return <-text
		}
	}
	endOut, endErr := capture(&os.Stdout), capture(&os.Stderr)
	f()
	return endOut(), endErr()
}

func TestMistakesSayWhatToDo(t *testing.T) {
	dir := t.TempDir()
	csv := filepath.Join(dir, "people.csv")
	if err := os.WriteFile(csv, []byte("id,name\n1,Ada\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	f := func(want string, status int, args ...string) {
		t.Helper()
		var got int
		_, errs := printed(t, func() { got = run(t.Context(), args) })
		if got != status || !strings.Contains(errs, want) {
			t.Errorf("also %s: status %d, %q; want status %d and %q", strings.Join(args, " "), got, errs, status, want)
		}
	}
	f("--help", exitUsage, "nothing")
	f("--help", exitUsage, "serve", "--no-such-flag")
	f("also demo", exitUsage, "sql", "--data-dir", dir+"/none", "SELECT 1")
	f("FIELD=EXPRESSION", exitUsage, "import", "customers", csv, "--data-dir", dir+"/a", "--map", "name")
	f("customers have no such field", exitUsage, "import", "customers", csv, "--data-dir", dir+"/a", "--map", "sku=id")
	f("is not a file that can be read", exitUsage, "import", "customers", csv+".gone.csv", "--data-dir", dir+"/a", "--map", "customer=id")
	f("--data", exitUsage, "evaluate", "--protocol", "gowalla")
	f("2022-10-01", exitUsage, "evaluate", "--protocol", "time-split", "--cut", "yesterday")
	f("no events", exitFailure, "train", "--data-dir", dir+"/a")
	f("2000000:100000", exitUsage, "serve", "--data-dir", dir+"/a", "--shopper-budget", "many")
	f("shop-budget", exitUsage, "serve", "--data-dir", dir+"/a", "--shop-budget", "100:10")
	f("choose another address", exitUsage, "serve", "--data-dir", dir+"/a", "--listen", "256.0.0.1:1")
}

func TestASecondWriterIsTurnedAway(t *testing.T) {
	dir := t.TempDir()
	d, err := openFolder(t.Context(), dataFlags{DataDir: dir, Shop: "main"}, "127.0.0.1:1234", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	var status int
	_, errs := printed(t, func() { status = run(t.Context(), []string{"train", "--data-dir", dir}) })
	if status != exitFailure || !strings.Contains(errs, "127.0.0.1:1234") {
		t.Errorf("status %d: %s", status, errs)
	}
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	dir := t.TempDir()
	csv := filepath.Join(dir, "people.csv")
	if err := os.WriteFile(csv, []byte("id,name,mail\n1,Ada,ada@shop.example\n2,Bo,\n,Nobody,\n3,Eve,ada@shop.example\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"import", "customers", csv, "--data-dir", dir + "/data", "--json", "--map", "customer=id", "--map", "name=name", "--map", "email=mail"}
	f := func(want ...string) {
		t.Helper()
		var status int
		out, errs := printed(t, func() { status = run(t.Context(), args) })
		for _, w := range want {
			if status != 0 || !strings.Contains(out, w) {
				t.Errorf("status %d: %s %s; want %s", status, out, errs, w)
			}
		}
	}
	f(`"rows":4`, `"accepted":2`, `"rejected":2`)
	f(`"accepted":0`, `"duplicates":2`)
}

func TestParseMap(t *testing.T) {
	got, err := parseMap([]string{`type=CASE WHEN a = 'b' THEN 'RETURN' END`, " sku = \"Item\""})
	if err != nil || got["type"] != `CASE WHEN a = 'b' THEN 'RETURN' END` || got["sku"] != ` "Item"` {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := parseMap([]string{"a=1", "a=2"}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("mapped twice: %v", err)
	}
}

func TestRowsAreObjectsInOrder(t *testing.T) {
	var b bytes.Buffer
	if err := printObject(&b, []string{"z", "a"}, []any{int64(1), nil}); err != nil || b.String() != "{\"z\":1,\"a\":null}\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

func TestDefaultBudgets(t *testing.T) {
	var c commands
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"serve", "--shop-budget", "0"}); err != nil {
		t.Fatal(err)
	}
	want := graph.DefaultBudgets
	want.Shop = store.Bucket{}
	if got := c.Serve.Budgets.budgets(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
