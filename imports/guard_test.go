package imports

import (
	"strings"
	"testing"

	"also/shop"
)

func TestHostileExpressions(t *testing.T) {
	f := newFixture(t)
	upload := f.sends("odd.csv", "no,\"Item \"\"Number\"\"\",when,sélect\nA,1,2026-01-01,x\n")
	start := func(expression string) error {
		_, err := f.Start(f.ctx, StartInput{Upload: upload, Kind: Products, Map: map[string]string{"sku": expression}})
		return err
	}
	for _, hostile := range []string{
		`read_csv('/etc/passwd')`, `(SELECT content FROM read_text('/etc/passwd'))`, `(FROM read_csv('/etc/passwd'))`,
		`no) FROM read_text('/etc/passwd') WHERE (true`, `no); COPY (SELECT 1) TO '/tmp/x'; SELECT (1`, `no) UNION ALL SELECT (content) FROM read_text('/etc/passwd') WHERE (true`,
		`getenv('HOME')`, `current_setting('temp_directory')`, `glob('/etc/*')`, `query('SELECT 1')`, `query_table('lake')`, `getvariable('x')`,
		`EXISTS (SELECT 1)`, `no IN (SELECT 1)`, `lag(no) OVER ()`, `sum(1)`, `string_agg(no)`, `COLUMNS('.*')`, `*`, `$1`, `?`,
		`repeat('x', 1000000000)`, `lpad(no, 1000000000, 'x')`, `range(1000000000)`, `generate_series(1, 1000000000)`, `printf('%1000000000d', 1)`,
		`format('{:1000000000}', no)`, `list_transform([1], lambda x: x + 1)`, `list_reduce([1], lambda x, y: x)`, `bar(1, 0, 1, 1000000000)`,
		`replace(no, 'A', '` + strings.Repeat("A", 100) + `')`, strings.Repeat(`replace(`, 5) + `no` + strings.Repeat(`, 'A', 'AAAAAAAAAA')`, 5),
		`replace(no, no, no)`, `regexp_replace(no, '', no)`, `array_to_string([no], no)`, `no LIKE '%a%a%a%a%a%a%'`, `no LIKE no`,
		`no || ` + strings.Repeat("' '", 1000), strings.Repeat("(", 5000) + `no` + strings.Repeat(")", 5000), `/* no`, `no; no`,
		`pg_read_file('/etc/passwd')`, `main.read_text('/etc/passwd')`, `"read_text"('/etc/passwd')`, `system.main.getenv('HOME')`, `no.getenv()`,
		`nextval('x')`, `txid_current()`, `rows_read(1)`, `error('x')`, `sleep_ms(100000)`, `TRY(getenv('HOME'))`, `{'a': getenv('HOME')}`,
		`CASE WHEN getenv('HOME') IS NULL THEN 1 END`, `[getenv('HOME')]`, `no BETWEEN getenv('A') AND 'z'`, `CAST(getenv('A') AS INTEGER)`,
	} {
		err := start(hostile)
		if shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%.80s: %v, want it refused", hostile, err)
		}
	}
	for _, fine := range []string{
		`no`, `"Item ""Number"""`, `"when"`, `"sélect"`, `no || '-' || "when"`, `upper(trim(no))`, `CASE WHEN no LIKE 'C%' THEN 'x' ELSE no END`,
		`replace(no, ',', '.')::DOUBLE * 2`, `regexp_replace(no, '[^0-9.-]', '', 'g')`, `abs(TRY_CAST(no AS DOUBLE))`, `coalesce(nullif(no, ''), "when")`,
		`try_strptime("when", '%d.%m.%Y')`, `left(no, -5)`, `no IN ('A', 'B') OR no IS NULL`, `string_split(no, ';')`, `no ->> '$.a'`, `-1`, `DATE '2026-01-01' + INTERVAL 3 DAY`,
	} {
		if err := start(fine); err != nil {
			t.Errorf("%s: %v", fine, err)
		}
	}
}

func TestStartRefusesWhatCannotBeMeant(t *testing.T) {
	f := newFixture(t)
	upload := f.sends("list.csv", list)
	refused := func(in StartInput, code shop.Code, words string) {
		t.Helper()
		if in.Upload == "" {
			in.Upload = upload
		}
		if _, err := f.Start(f.ctx, in); shop.CodeOf(err) != code || !strings.Contains(err.Error(), words) {
			t.Errorf("%+v: %v, want %s that says %q", in, err, code, words)
		}
	}
	refused(StartInput{Kind: "ORDERS"}, shop.BadUserInput, "PRODUCTS, CUSTOMERS or EVENTS")
	refused(StartInput{Kind: Products, Upload: "gone"}, shop.NotFound, "send the file again")
	refused(StartInput{Kind: Products}, shop.BadUserInput, "need sku")
	refused(StartInput{Kind: Products, Map: map[string]string{"sku": "number"}}, shop.BadUserInput, `"no", "title"`)
	refused(StartInput{Kind: Products, Map: map[string]string{"sku": "no", "price": "price"}}, shop.BadUserInput, "which currency")
	refused(StartInput{Kind: Products, Map: map[string]string{"sku": "no"}, Source: strings.Repeat("x", 201)}, shop.BadUserInput, "200")
	refused(StartInput{Kind: Products, Upload: f.sends("bad.parquet", "no parquet at all"), Map: map[string]string{"sku": "no"}}, shop.BadUserInput, "bad.parquet")
	if _, err := f.Preview(f.ctx, f.sends("bad.csv.gz", "no gzip"), "", 5); shop.CodeOf(err) != shop.BadUserInput || strings.Contains(err.(*shop.Error).Message, f.dir) {
		t.Errorf("a damaged file: %v", err)
	}
}
