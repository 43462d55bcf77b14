package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"also/internal/process"
)

// importState is what the tests ask of an import.
type importState struct {
	State                      string
	Phase                      string
	RowsDone                   int
	Rows, Accepted, Duplicates int
	Rejected, Attempts         int
	Error                      string
}

// sendToImport uploads a file to a server and starts its import.
func sendToImport(t *testing.T, s *process.Server, name, content string, input map[string]any) (id string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/uploads?name="+name, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+process.AdminKey)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var upload struct{ ID string }
	if err := json.NewDecoder(resp.Body).Decode(&upload); err != nil || resp.StatusCode != http.StatusCreated {
		t.Fatal(resp.Status, err)
	}
	input["uploadId"] = upload.ID
	var out struct {
		ImportStart struct {
			Import     struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}
	err = s.WithKey(process.AdminKey).Do(t.Context(), `mutation($in: ImportStartInput!) { importStart(input: $in) { import { id } userErrors { message } } }`, map[string]any{"in": input}, &out)
	if err != nil || len(out.ImportStart.UserErrors) > 0 {
		t.Fatal(err, out)
	}
	return out.ImportStart.Import.ID
}

// awaitImport asks for an import until it is as wanted.
func awaitImport(t *testing.T, s *process.Server, id string, wanted func(importState) bool) importState {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	c := s.WithKey(process.AdminKey)
	for {
		var out struct{ Import importState }
		err := c.Do(ctx, `query($id: ID!) { import(id: $id) { state phase rowsDone rows accepted duplicates rejected attempts error } }`, map[string]any{"id": id}, &out)
		if err != nil {
			t.Fatalf("%v; the last state was %+v", err, out.Import)
		}
		if wanted(out.Import) {
			return out.Import
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the import stays %+v", out.Import)
		case <-tick.C:
		}
	}
}

func over(i importState) bool {
	return i.State == "DONE" || i.State == "FAILED" || i.State == "CANCELLED"
}

// TestImportsSurviveAKill kills the server in the middle of imports, and finds
// each done after the next start: every event and every product there, once.
func TestImportsSurviveAKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills the server: left out with -short")
	}
	dir := t.TempDir()
	bin, err := process.Build(t.Context(), "../..", dir)
	if err != nil {
		t.Fatal(err)
	}
	data := dir + "/data"
	start := func() *process.Server {
		t.Helper()
		s, err := process.Serve(t.Context(), bin, data, 30*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	mapped := func(pairs ...string) []any {
		var out []any
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, map[string]any{"field": pairs[i], "column": pairs[i+1]})
		}
		return out
	}
	s := start()
	// killed sends imports until one is killed in its middle, and returns how that one ended
	// after the next start and how many were sent: on a busy machine one may be over before.
	killed := func(name string, file func(n int) string, how map[string]any, middle func(importState) bool) (importState, int) {
		t.Helper()
		for n := range 10 {
			id := sendToImport(t, s, name, file(n), how)
			awaitImport(t, s, id, func(i importState) bool { return middle(i) || over(i) })
			s.Kill()
			s = start()
			if i := awaitImport(t, s, id, over); i.State != "DONE" || i.Attempts > 1 {
				return i, n + 1
			}
		}
		t.Fatalf("no import of %s was under way when the server was killed", name)
		return importState{}, 0
	}
	const products, events = 4000, 150_000
	i, lists := killed("list.csv", func(n int) string {
		var list strings.Builder
		list.WriteString("no,title\n")
		for i := range products {
			fmt.Fprintf(&list, "S%d-%04d,Thing %d\n", n, i, i)
		}
		return list.String()
	}, map[string]any{"kind": "PRODUCTS", "mapping": mapped("sku", "no", "name", "title")},
		func(i importState) bool { return i.Phase == "WRITE" && i.RowsDone > 0 })
	if i.State != "DONE" || i.Attempts != 2 || i.Accepted+i.Duplicates != products || i.Duplicates == 0 {
		t.Errorf("products after the kill: %+v", i)
	}
	i, sales := killed("sales.csv", func(n int) string {
		var sales strings.Builder
		sales.WriteString("who,what,day\n")
		for i := range events {
			fmt.Fprintf(&sales, "c%d-%d,S0-%04d,2026-01-%02d\n", n, i%200, i%products, 1+i%28)
		}
		return sales.String()
	}, map[string]any{"kind": "EVENTS", "mapping": mapped("customer", "who", "sku", "what", "occurredAt", "day")},
		func(i importState) bool { return i.State != "QUEUED" })
	if i.State != "DONE" || i.Attempts != 2 || i.Accepted != events {
		t.Errorf("events after the kill: %+v", i)
	}
	if err := s.Stop(30 * time.Second); err != nil {
		t.Fatal(err)
	}
	type counts struct{ Rows, Distinct int }
	for query, want := range map[string]int{
		`SELECT count(*) AS rows, count(DISTINCT id) AS "distinct" FROM events WHERE type = 'PURCHASE'`:       sales * events,
		`SELECT count(*) AS rows, count(DISTINCT sku) AS "distinct" FROM events WHERE type = 'PRODUCT_SAVED'`: lists * products,
	} {
		if got := rows[counts](t, bin, data, query); len(got) != 1 || got[0] != (counts{want, want}) {
			t.Errorf("%s: %+v, want %d of each", query, got, want)
		}
	}
}
