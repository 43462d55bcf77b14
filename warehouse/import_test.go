package warehouse

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"also/shop"
)

// file writes a file for an import; one that ends in .gz is compressed.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	body := []byte(content)
	if strings.HasSuffix(name, ".gz") {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		body = b.Bytes()
	}
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// rejects reads a reject report: "line reason" each.
func rejects(t *testing.T, r ImportReport) []string {
	t.Helper()
	f, err := os.Open(r.RejectFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows[1:] {
		out = append(out, row[1]+" "+row[2])
	}
	return out
}

func (s *sampleLake) importing(spec ImportSpec, p People) ImportReport {
	s.t.Helper()
	r, err := s.Import(context.Background(), spec, p, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if r.Rows != r.Accepted+r.Duplicates+r.Rejected {
		s.t.Errorf("%d rows are not %d accepted + %d duplicates + %d rejected", r.Rows, r.Accepted, r.Duplicates, r.Rejected)
	}
	return r
}

const sales = `who,what,n,price,when,stars,kind,note
ada,A,2,1.006,2026-02-01 10:00:00,,PURCHASE,
,A,1,1,2026-02-01,,PURCHASE,
bob,A,1,1,yesterday,,PURCHASE,
bob,A,1,1,,,PURCHASE,
bob,,1,1,2026-02-01,,PURCHASE,
bob,A,1,1,2026-02-01,,STOLEN,"a note
over three
lines"
bob,A,0,1,2026-02-01,,PURCHASE,
bob,A,1.5,1,2026-02-01,,PURCHASE,
bob,A,1,0,2026-02-01,,PURCHASE,
bob,A,1,0,2026-02-01,,PRODUCT_VIEW,
bob,A,1,cheap,2026-02-01,,PURCHASE,
bob,A,1,1
bob,A,1,1,2126-02-01,,PURCHASE,
bob,A,,,2026-02-01,7,RATING,
bob,A,,,2026-02-01,4,RATING,
bob,A,1,1,2026-02-01T12:30:00+02:00,,PURCHASE,
bob,A,1,1,2026-02-01T12:30:00+02:00,,PURCHASE,
`

func salesSpec(path string) ImportSpec {
	return ImportSpec{Kind: ImportEvents, Source: "till", Files: []string{path}, Currency: "EUR", Map: map[string]string{
		"type": "kind", "customer": "who", "sku": "what", "quantity": "n", "price": "price", "occurredAt": `"when"`, "rating": "stars", "query": "note"}}
}

func TestImportJudgesEachRow(t *testing.T) {
	s := newSampleLake(t)
	for _, name := range []string{"sales.csv", "sales.csv.gz"} {
		r := s.importing(salesSpec(file(t, name, sales)), newPeople())
		want := []string{"3 missing customer", "4 bad date", "5 missing date", "6 missing sku", "7 unknown type", "10 non-positive quantity",
			"11 bad quantity", "12 non-positive price", "14 bad price", "15 malformed row", "16 date in the future", "17 bad rating"}
		if got := rejects(t, r); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: rejects\n got %q\nwant %q", name, got, want)
		}
		if r.Rows != 17 || r.Rejected != 12 || r.Accepted+r.Duplicates != 5 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	got := s.rows("SELECT position, type, customer, sku, quantity, price_minor, currency, rating, strftime(occurred_at, '%d %H:%M'), source FROM events ORDER BY 1")
	want := []string{"1|PURCHASE|1|A|2|101|EUR|<nil>|01 10:00|till", "2|PRODUCT_VIEW|2|A|1|0|EUR|<nil>|01 00:00|till",
		"3|RATING|2|A|<nil>|<nil>|<nil>|4|01 00:00|till", "4|PURCHASE|2|A|1|100|EUR|<nil>|01 10:30|till", "5|PURCHASE|2|A|1|100|EUR|<nil>|01 10:30|till"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("events\n got %q\nwant %q", got, want)
	}
}

func TestImportTwiceChangesNothing(t *testing.T) {
	s := newSampleLake(t)
	rows := "who,what,when\nada,A,2026-02-01\nada,A,2026-02-01\nbob,B,2026-02-02\n"
	spec := ImportSpec{Kind: ImportEvents, Source: "till", Files: []string{file(t, "a.csv", rows)}, Map: map[string]string{"customer": "who", "sku": "what", "occurredAt": `"when"`}}
	if r := s.importing(spec, newPeople()); r.Accepted != 3 || r.First != 1 || r.Last != 3 {
		t.Fatalf("first: %+v", r)
	}
	ids := s.rows("SELECT id FROM events ORDER BY position")
	// Equal rows are two events, and more rows in the file do not change those before them.
	more := spec
	more.Files = []string{file(t, "b.csv", rows+"ada,A,2026-02-01\ncleo,C,2026-02-03\n")}
	if r := s.importing(more, newPeople()); r.Accepted != 2 || r.Duplicates != 3 || r.First != 4 {
		t.Errorf("with two rows more: %+v", r)
	}
	s.compact()
	if r := s.importing(more, newPeople()); r.Accepted != 0 || r.Duplicates != 5 || r.First != 0 {
		t.Errorf("again: %+v", r)
	}
	if got := s.rows("SELECT id FROM events ORDER BY position"); len(got) != 5 || !reflect.DeepEqual(got[:3], ids) {
		t.Errorf("ids %q, were %q", got, ids)
	}
	named := spec
	named.ID = "spring"
	named.Source = "other till"
	first := s.importing(named, newPeople())
	if again := s.importing(named, newPeople()); !reflect.DeepEqual(again, first) || first.Accepted != 3 {
		t.Errorf("an import of the same id: %+v, was %+v", again, first)
	}
}

func TestImportDerivesIDsAsTheShopDoes(t *testing.T) {
	s := newSampleLake(t)
	spec := ImportSpec{Kind: ImportEvents, Source: "till", Files: []string{file(t, "a.csv", "no,who,what,when\nr-1,ada,A,2026-02-01\nr-1,ada,A,2026-02-01\nr-2 é,ada,A,2026-02-01\n")},
		Map: map[string]string{"id": "no", "customer": "who", "sku": "what", "occurredAt": `"when"`}}
	if r := s.importing(spec, newPeople()); r.Accepted != 2 || r.Duplicates != 1 {
		t.Fatalf("%+v", r)
	}
	want := []string{shop.DerivedUUID("import", "sample", "till", "id:r-1").String(), shop.DerivedUUID("import", "sample", "till", "id:r-2 é").String()}
	if got := s.rows("SELECT id FROM events ORDER BY position"); !reflect.DeepEqual(got, want) {
		t.Errorf("ids %q, want %q", got, want)
	}
}

func TestImportOfOtherFormats(t *testing.T) {
	s := newSampleLake(t)
	m := map[string]string{"session": "visit", "sku": "item.sku", "occurredAt": "to_timestamp(CAST(ts AS BIGINT))", "type": "'PRODUCT_VIEW'"}
	m["sku"] = `item ->> '$.sku'`
	lines := `{"visit":"v1","item":{"sku":"A"},"ts":1769904000}` + "\n" + `{"visit":"v1","item":{"sku":"B"},"ts":"soon"}` + "\n" + `{"visit":` + "\n" + `{"visit":"v2","item":{"sku":"A"},"ts":1769904001,"more":1}` + "\n"
	spec := ImportSpec{Kind: ImportEvents, Source: "web", Files: []string{file(t, "a.jsonl.gz", lines)}, Map: m}
	r := s.importing(spec, newPeople())
	if got, want := rejects(t, r), []string{"2 error in occurredAt", "3 malformed row"}; !reflect.DeepEqual(got, want) {
		t.Errorf("rejects %q, want %q", got, want)
	}
	parquet := filepath.Join(t.TempDir(), "a.parquet")
	v, err := s.connect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer v.close()
	if _, err := v.conn.ExecContext(context.Background(), `COPY (SELECT 'v1' AS visit, {'sku': 'A'}::JSON AS item, 1769904000 AS ts) TO `+sqlText(parquet)); err != nil {
		t.Fatal(err)
	}
	spec.Files = []string{parquet}
	if again := s.importing(spec, newPeople()); again.Duplicates != 1 {
		t.Errorf("the same row from Parquet: %+v", again)
	}
	got := s.rows("SELECT sku, type, customer, session IS NOT NULL, epoch_ms(occurred_at) FROM events ORDER BY position")
	if want := []string{"A|PRODUCT_VIEW|<nil>|true|1769904000000", "A|PRODUCT_VIEW|<nil>|true|1769904001000"}; !reflect.DeepEqual(got, want) {
		t.Errorf("events %q, want %q", got, want)
	}
	// The shop's own session ids mean the same users here as in the API.
	want := []string{shop.SessionUserID("sample", "v1").String(), shop.SessionUserID("sample", "v2").String()}
	if got := s.rows("SELECT session FROM events ORDER BY position"); !reflect.DeepEqual(got, want) {
		t.Errorf("sessions %q, want %q", got, want)
	}
}

func TestImportRefusesWhatCannotBeMeant(t *testing.T) {
	s := newSampleLake(t)
	path := file(t, "a.csv", "who,what,when,price\nada,A,2026-02-01,1\n")
	good := func() ImportSpec {
		return ImportSpec{Kind: ImportEvents, Files: []string{path}, Map: map[string]string{"customer": "who", "sku": "what", "occurredAt": `"when"`}}
	}
	for name, c := range map[string]struct {
		change func(*ImportSpec)
		field  string
		says   string
	}{
		"kind":              {func(s *ImportSpec) { s.Kind = "orders" }, "kind", "products, customers or events"},
		"no file":           {func(s *ImportSpec) { s.Files = nil }, "files", "at least one"},
		"missing file":      {func(s *ImportSpec) { s.Files = []string{"nowhere.csv"} }, "files.0", "nowhere.csv"},
		"format":            {func(s *ImportSpec) { s.Files = []string{file(t, "a.xlsx", "")} }, "files", ".xlsx"},
		"unknown field":     {func(s *ImportSpec) { s.Map["colour"] = "who" }, "map.colour", "no such field"},
		"needed field":      {func(s *ImportSpec) { delete(s.Map, "occurredAt") }, "map.occurredAt", "need occurredAt"},
		"nobody":            {func(s *ImportSpec) { delete(s.Map, "customer") }, "map.customer", "a customer or a session"},
		"price of what":     {func(s *ImportSpec) { s.Map["price"] = "price" }, "currency", "such as EUR"},
		"currency":          {func(s *ImportSpec) { s.Currency = "euro" }, "currency", "three capital letters"},
		"id":                {func(s *ImportSpec) { s.ID = "../x" }, "id", "cannot name"},
		"unknown column":    {func(s *ImportSpec) { s.Map["sku"] = "product" }, "map.sku", `"who", "what", "when", "price"`},
		"syntax":            {func(s *ImportSpec) { s.Map["sku"] = "what (" }, "map.sku", "syntax error"},
		"empty":             {func(s *ImportSpec) { s.Map["sku"] = " " }, "map.sku", "expression"},
		"two expressions":   {func(s *ImportSpec) { s.Map["sku"] = "what), (who" }, "map.sku", "not one expression"},
		"another statement": {func(s *ImportSpec) { s.Map["sku"] = "what); DROP TABLE x; SELECT (1" }, "map.sku", ""},
		"another table":     {func(s *ImportSpec) { s.Map["sku"] = "what) FROM read_text('/etc/hostname') WHERE (true" }, "map.sku", ""},
		"subquery":          {func(s *ImportSpec) { s.Map["sku"] = "(SELECT content FROM read_text('/etc/hostname'))" }, "map.sku", "beyond its row"},
		"window":            {func(s *ImportSpec) { s.Map["sku"] = "lag(what) OVER ()" }, "map.sku", "beyond its row"},
	} {
		spec := good()
		c.change(&spec)
		_, err := s.Import(context.Background(), spec, newPeople(), nil)
		var e *shop.Error
		if !errors.As(err, &e) || e.Code != shop.BadUserInput || e.Field != c.field || !strings.Contains(e.Message, c.says) {
			t.Errorf("%s: %v, want BAD_USER_INPUT of %s that says %q", name, err, c.field, c.says)
		}
	}
	if got := s.rows("SELECT count(*) FROM events"); got[0] != "0" {
		t.Errorf("%s events after refusals", got[0])
	}
}

func TestImportDryRunAndCancelling(t *testing.T) {
	s := newSampleLake(t)
	spec := salesSpec(file(t, "sales.csv", sales))
	spec.ID, spec.DryRun = "sales", true
	p := newPeople()
	if r := s.importing(spec, p); r.Accepted != 5 || r.Rejected != 12 || p.calls != 0 || len(rejects(t, r)) != 12 {
		t.Errorf("dry run: %+v, %d calls", r, p.calls)
	}
	if got := s.rows("SELECT count(*) FROM events"); got[0] != "0" {
		t.Errorf("a dry run wrote %s events", got[0])
	}
	spec.DryRun = false
	for _, phase := range []string{"read", "check", "write", "publish"} {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := s.Import(ctx, spec, p, func(p ImportProgress) {
			if p.Phase == phase {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled while it did %s: %v", phase, err)
		}
		if got := s.rows("SELECT count(*) FROM events"); got[0] != "0" {
			t.Errorf("cancelled while it did %s: %s events", phase, got[0])
		}
	}
	if r := s.importing(spec, p); r.Accepted != 5 {
		t.Errorf("done again: %+v", r)
	}
}

func TestImportOfProducts(t *testing.T) {
	s := newSampleLake(t)
	spec := ImportSpec{Kind: ImportProducts, Source: "list", Currency: "EUR", Map: map[string]string{"sku": "no", "name": "name", "vendor": "maker",
		"category": "string_split(kind, ';')", "price": "price", "stock": "n", "listedAt": "since", "attributes.colour": "colour",
		"image": "CASE WHEN colour = 'red' THEN 'https://x.example/1.jpg, https://x.example/2.jpg' END"}}
	const head = "no,name,maker,kind,price,n,since,colour\n"
	spec.Files = []string{file(t, "p.csv", head+
		"A,Kettle,Nørd & Co,Kitchen > Tea;Gifts,12.50,3,2026-01-01,red\n"+
		"B,Cup,nørd & co,Tea,4,0,2026-01-02,\n"+
		",x,,,,,,\nB,x,,,,,,\nC,x,,,-1,,,\nD,x,,,1,half,,\nE,x,,,1,1,someday,\n")}
	r := s.importing(spec, nil)
	if want := map[string]int64{"PRODUCT_SAVED": 2, "VENDOR_SAVED": 1, "CATEGORY_SAVED": 3}; r.Accepted != 2 || !reflect.DeepEqual(r.Types, want) {
		t.Errorf("%+v, want events %v", r, want)
	}
	if got, want := rejects(t, r), []string{"4 missing sku", "5 repeated sku", "6 non-positive price", "7 bad stock", "8 bad date"}; !reflect.DeepEqual(got, want) {
		t.Errorf("rejects %q, want %q", got, want)
	}
	s.land(ordered(7, "A", 1, 1, shop.DerivedUUID("o"), 0))
	show := func() []string {
		var out []string
		s.state(StateSpec{}, func(st *State) {
			out = collect(t, st.Products, func(p shop.Product) string {
				return fmt.Sprint(p.SKU, " ", p.Name, " ", p.Vendor, " ", p.Categories, " ", p.Price, " ", p.Stock, " ", p.Status, " ", p.Attributes, " ", p.ListedAt.Format("0102"), " v", p.Version, " ", len(p.Images))
			})
			out = append(out, collect(t, st.Categories, func(c shop.Category) string { return c.ID + "<" + c.Parent })...)
			out = append(out, collect(t, st.Vendors, func(v shop.Vendor) string { return v.ID + ":" + v.Name })...)
		})
		return out
	}
	want := []string{"A Kettle nørd-co [tea gifts] 12.50 EUR 2 ACTIVE map[colour:red] 0101 v1 2", "B Cup nørd-co [tea] 4.00 EUR 0 ACTIVE map[] 0102 v1 0",
		"gifts<", "kitchen<", "tea<kitchen", "nørd-co:Nørd & Co"}
	if got := show(); !reflect.DeepEqual(got, want) {
		t.Errorf("catalogue\n got %q\nwant %q", got, want)
	}
	// A change of the name only: the stock that an order moved stays. What is the same is no event.
	delete(spec.Map, "stock")
	spec.Files = []string{file(t, "q.csv", head+"A,Tea kettle,Nørd & Co,Kitchen > Tea;Gifts,12.50,,,red\nB,Cup,nørd-co,tea,4.00,,2026-01-02,\n")}
	if r := s.importing(spec, nil); r.Accepted != 1 || r.Duplicates != 1 || !reflect.DeepEqual(r.Types, map[string]int64{"PRODUCT_SAVED": 1}) {
		t.Errorf("second import: %+v", r)
	}
	want[0] = "A Tea kettle nørd-co [tea gifts] 12.50 EUR 2 ACTIVE map[colour:red] 0101 v2 2"
	if got := show(); !reflect.DeepEqual(got, want) {
		t.Errorf("after the second import\n got %q\nwant %q", got, want)
	}
}

func TestImportOfCustomers(t *testing.T) {
	s := newSampleLake(t)
	p := newPeople()
	spec := ImportSpec{Kind: ImportCustomers, Files: []string{file(t, "c.csv", "no,name,mail,town\n"+
		"1,Ada,Ada@Example.com,Bath\n2,\"Bob\nBuilder\",,\n,x,,\nshort,row\n2,x,,\n3,x,mail,\n4,x,ada@example.com,\n5,x,taken@example.com,\n")},
		Map: map[string]string{"customer": "no", "name": "name", "email": "mail", "attributes.town": "town"}}
	r := s.importing(spec, p)
	want := []string{"5 missing customer", "6 malformed row", "7 repeated customer", "8 bad email", "9 repeated email", "10 email taken"}
	if got := rejects(t, r); !reflect.DeepEqual(got, want) || r.Accepted != 2 {
		t.Errorf("%+v, rejects %q, want %q", r, got, want)
	}
	if c := p.customers["1"]; c.Email != "ada@example.com" || c.Attributes["town"] != "Bath" || c.Name != "Ada" {
		t.Errorf("saved %+v", c)
	}
	if r := s.importing(spec, p); r.Accepted != 0 || r.Duplicates != 2 {
		t.Errorf("again: %+v", r)
	}
	if head, err := s.Head(context.Background()); err != nil || head != 0 {
		t.Errorf("customers became %d events, %v", head, err)
	}
	if slices.ContainsFunc(s.rows("SELECT * FROM events"), func(row string) bool { return strings.Contains(row, "Ada") }) {
		t.Error("a customer is among the events")
	}
}

func TestSlug(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if got := slug(in); got != want {
			t.Errorf("slug(%q) = %q, want %q", in, got, want)
		}
	}
	f("SAZERAC COMPANY  INC", "sazerac-company-inc")
	f(" Tea & Cups! ", "tea-cups")
	f("Køkken", "køkken")
	if slug("!!!") == slug("???") || slug("!!!") == "" {
		t.Error("names without letters share a slug")
	}
}
