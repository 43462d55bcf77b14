package graph

import (
	"context"
	"strings"
	"testing"

	"also/shop"
)

const startImport = `mutation($in: ImportStartInput!) { importStart(input: $in) { import { id state fileName mapping { field column expression } } userErrors { field message code } } }`

func TestImportsThroughTheSchema(t *testing.T) {
	w := newWorld(t)
	admin := w.holder(shop.RoleAdmin)
	u, err := w.Imports.Receive(t.Context(), "list.csv", strings.NewReader("no,Name of it,price\nA,Kettle,1\n,x,2\n"))
	if err != nil {
		t.Fatal(err)
	}
	preview := `query($id: ID!) { importPreview(input: {uploadId: $id, kind: PRODUCTS, rows: 1}) { kind fileName columns { name type } rows mapping { field column } currencyNeeded fields { name needed about } } }`
	data := admin.must(t, preview, map[string]any{"id": u.ID})
	want(t, data, "importPreview.columns.2.type", "INTEGER")
	want(t, data, "importPreview.rows.0.1", "Kettle")
	want(t, data, "importPreview.currencyNeeded", true)
	want(t, data, "importPreview.fields.0.needed", true)
	for _, f := range at(t, data, "importPreview.fields").([]any) {
		if f.(map[string]any)["about"] == "" {
			t.Errorf("%v says nothing about itself", f)
		}
	}
	mapping := func(entries ...any) map[string]any {
		return map[string]any{"in": map[string]any{"uploadId": u.ID, "kind": "PRODUCTS", "currency": "eur", "mapping": entries}}
	}
	column := func(field, name string) any { return map[string]any{"field": field, "column": name} }
	calculated := func(field, e string) any { return map[string]any{"field": field, "expression": e} }
	refused := func(field string, entries ...any) {
		t.Helper()
		data := admin.must(t, startImport, mapping(entries...))
		want(t, data, "importStart.import", nil)
		want(t, data, "importStart.userErrors.0.field", field)
	}
	refused("mapping.1", column("sku", "no"), calculated("name", "read_text('/etc/passwd')"))
	refused("mapping.1", column("sku", "no"), column("name", "nobody"))
	refused("mapping.1.field", column("sku", "no"), column("sku", "no"))
	refused("mapping.0", map[string]any{"field": "sku"})
	refused("mapping.0", map[string]any{"field": "sku", "column": "no", "expression": "no"})
	refused("mapping", column("name", "Name of it"))

	data = admin.must(t, startImport, mapping(column("sku", "no"), column("name", "Name of it"), calculated("price", "price")))
	want(t, data, "importStart.import.state", "QUEUED")
	want(t, data, "importStart.import.mapping.0.column", "Name of it")
	want(t, data, "importStart.import.mapping.1.column", nil)
	id := at(t, data, "importStart.import.id").(string)
	remove := `mutation($id: ID!) { importDelete(input: {importId: $id}) { deletedId userErrors { field code } } }`
	want(t, admin.must(t, remove, map[string]any{"id": id}), "importDelete.userErrors.0.code", "CONFLICT")

	finishImports(t, w, id)
	data = admin.must(t, `query($id: ID!) { import(id: $id) { state rows accepted rejected reasons { reason rows } rejects(first: 1) { line code reason row } rejectsUrl } node(id: $id) { __typename } imports { edges { node { id } } } }`, map[string]any{"id": id})
	want(t, data, "import.state", "DONE")
	want(t, data, "import.rejects.0.code", "MISSING_SKU")
	want(t, data, "import.rejects.0.line", 3)
	want(t, data, "import.reasons.0.rows", 1)
	want(t, data, "import.rejectsUrl", "/imports/"+strings.TrimPrefix(id, "Import/")+"/rejects.csv")
	want(t, data, "node.__typename", "Import")
	want(t, data, "imports.edges.0.node.id", id)
	listed := func(args string) map[string]any {
		return admin.must(t, `{ imports(`+args+`) { totalCount edges { node { state } } } }`, nil)
	}
	want(t, listed(`filter: {kinds: [CUSTOMERS]}`), "imports.totalCount", 0)
	want(t, listed(`filter: {states: [DONE], kinds: [PRODUCTS]}, sort: REJECTED`), "imports.totalCount", 1)
	want(t, w.stranger().must(t, `query($id: ID!) { node(id: $id) { __typename } }`, map[string]any{"id": id}), "node", nil)
	want(t, admin.must(t, remove, map[string]any{"id": id}), "importDelete.deletedId", id)
	want(t, admin.must(t, `query($id: ID!) { import(id: $id) { state } }`, map[string]any{"id": id}), "import", nil)
}

// finishImports does the imports that wait, until one is over.
func finishImports(t *testing.T, w *world, id string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.Imports.Work(ctx, w.lake, nil) // it ends with ctx only
	}()
	defer func() { stop(); <-done }()
	states, err := w.Imports.Progress(ctx, strings.TrimPrefix(id, "Import/"))
	if err != nil {
		t.Fatal(err)
	}
	for range states {
	}
}
