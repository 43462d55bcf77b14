package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"also/internal/process"
	"also/store/storetest"
)

// TestImportsOverRedis sends files to the one of two servers that does not hold
// the data folder: the other imports them, both show them at once, and when the holder is killed in
// the middle of an import its heir does it again.
func TestImportsOverRedis(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command and starts processes: left out with -short")
	}
	redis := storetest.StartRedis(t)
	data := t.TempDir()
	bin, err := process.Build(t.Context(), "../..", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	serve := func() *process.Server {
		t.Helper()
		s, err := process.Serve(t.Context(), bin, data, time.Minute, "--redis", redis, "--no-training")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Kill)
		return s
	}
	holder, other := serve(), serve()
	mapped := func(pairs ...string) []any {
		var out []any
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, map[string]any{"field": pairs[i], "column": pairs[i+1]})
		}
		return out
	}
	id := sendToImport(t, other, "list.csv", "no,title\nA,Kettle\nB,Cup\n,x\n", map[string]any{"kind": "PRODUCTS", "mapping": mapped("sku", "no", "name", "title")})
	if i := awaitImport(t, other, id, over); i.State != "DONE" || i.Accepted != 2 || i.Rejected != 1 {
		t.Fatalf("%+v; the holder said %s", i, holder.Log())
	}
	type found struct{ Product *struct{ Name string } }
	for _, s := range []*process.Server{holder, other} {
		await(t, 10*time.Second, "the product is there", func() bool {
			p := do[found](t, s.WithKey(process.AdminKey), `{ product(sku: "A") { name } }`, nil).Product
			return p != nil && p.Name == "Kettle"
		})
	}
	var sales strings.Builder
	sales.WriteString("who,what,day\n")
	const events = 150_000
	for i := range events {
		fmt.Fprintf(&sales, "c%d,%c,2026-01-%02d\n", i%100, 'A'+i%2, 1+i%28)
	}
	in := map[string]any{"kind": "EVENTS", "mapping": mapped("customer", "who", "sku", "what", "occurredAt", "day")}
	id = sendToImport(t, other, "sales.csv", sales.String(), in)
	awaitImport(t, other, id, func(i importState) bool { return i.State != "QUEUED" })
	holder.Kill()
	if i := awaitImport(t, other, id, over); i.State != "DONE" || i.Attempts != 2 || i.Accepted+i.Duplicates != events {
		t.Errorf("after the holder was killed: %+v; the heir said %s", i, other.Log())
	}
	if err := other.Stop(30 * time.Second); err != nil {
		t.Fatal(err)
	}
	again := serve()
	id = sendToImport(t, again, "more.csv", "no\nC\n", map[string]any{"kind": "PRODUCTS", "mapping": mapped("sku", "no")})
	awaitImport(t, again, id, over) // whoever imports has compared view and lake
	if strings.Contains(again.Log(), "the view lacks") {
		t.Errorf("the view was made again, though it knew the import: %s", again.Log())
	}
}
