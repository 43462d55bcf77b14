package warehouse

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"also/shop"
)

func (s *sampleLake) sql(query string) (string, error) {
	var out strings.Builder
	err := s.SQL(context.Background(), query, func(columns []string, row []any) error {
		object := map[string]any{}
		for i, c := range columns {
			object[c] = row[i]
		}
		b, err := json.Marshal(object)
		out.Write(b)
		return err
	})
	return out.String(), err
}

func TestSQLValuesEncodeAsJSON(t *testing.T) {
	s := newSampleLake(t)
	e := purchase(1<<62, "A", 0)
	s.land(e)
	s.compact()
	s.land(purchase(2, "B", 30))
	for query, want := range map[string]string{
		"SELECT id, type, occurred_at, day, customer, price_minor FROM events WHERE sku = 'A'": `{"customer":4611686018427387904,"day":"2026-03-01",` +
			`"id":"` + e.ID.String() + `","occurred_at":"2026-03-01T12:00:00Z","price_minor":250,"type":"PURCHASE"}`,
		"SELECT count(*) AS n FROM events;":                                                    `{"n":2}`,
		"FROM events SELECT max(sku) AS s":                                                     `{"s":"B"}`,
		"SELECT 1.50 AS d, 2::HUGEINT AS h, 'inf'::DOUBLE AS i":                                `{"d":1.50,"h":2,"i":"+Inf"}`,
		"SELECT [1, 2] AS l, {'a': DATE '2026-01-02'} AS s, NULL AS n, INTERVAL 36 HOURS AS i": `{"i":"P0M0DT129600S","l":[1,2],"n":null,"s":{"a":"2026-01-02T00:00:00Z"}}`,
		"SELECT MAP {'k': 1} AS m, uuid '00000000-0000-4000-8000-000000000001' AS u":           `{"m":{"k":1},"u":"00000000-0000-4000-8000-000000000001"}`,
	} {
		if got, err := s.sql(query); err != nil || got != want {
			t.Errorf("%s:\n got %s, %v\nwant %s", query, got, err, want)
		}
	}
}

func TestSQLCannotWriteNorSeeMore(t *testing.T) {
	s := newSampleLake(t)
	s.land(purchase(1, "A", 0))
	s.compact()
	s.land(purchase(1, "B", 0))
	lake := s.path(s.pin().Parquet[0].Name)
	journal := s.path(s.pin().Landing[0].Name)
	for _, query := range []string{
		"COPY (SELECT 1) TO " + sqlText(lake),
		"COPY (SELECT 1) TO " + sqlText(lake) + "; SELECT 1",
		"SELECT 1; COPY (SELECT 1) TO " + sqlText(lake),
		"EXPLAIN ANALYZE COPY (SELECT 1) TO " + sqlText(lake),
		"CREATE TABLE t AS SELECT 1",
		"DELETE FROM landing",
		"SET enable_external_access = true",
		"SELECT * FROM read_text(" + sqlText(journal) + ")",
		"FROM read_json(" + sqlText(journal) + ")",
		"FROM " + sqlText(journal),
		"SELEKT",
		"SELECT nothing FROM events",
		"SELECT CAST('x' AS INTEGER)",
		"",
	} {
		got, err := s.sql(query)
		if shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%q: got %s, error %v, want BAD_USER_INPUT", query, got, err)
		}
		if strings.Contains(got, "SECRET") {
			t.Errorf("%q shows control records", query)
		}
	}
	if got, err := s.sql("SELECT count(*) AS n FROM events"); err != nil || got != `{"n":2}` {
		t.Errorf("afterwards: %s, %v", got, err)
	}
}

func TestSQLCanBeCancelled(t *testing.T) {
	s := newSampleLake(t)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	err := s.SQL(ctx, "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7", func([]string, []any) error { return nil })
	if err != context.DeadlineExceeded {
		t.Errorf("got %v, want the deadline's error", err)
	}
}

func TestSQLBesideAWriterSeesWhatWasAcknowledged(t *testing.T) {
	s := newSampleLake(t)
	reader, err := OpenReader(strings.TrimSuffix(s.root, "/sample"), "sample", Options{TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for n := 1; n <= 6; n++ {
		s.land(purchase(1, "A", n))
		if n%3 == 0 {
			s.compact()
		}
		var got []any
		if err := reader.SQL(context.Background(), "SELECT count(*) FROM events", func(_ []string, row []any) error { got = row; return nil }); err != nil {
			t.Fatal(err)
		}
		if got[0] != int64(n) {
			t.Errorf("after %d events the reader sees %v", n, got[0])
		}
	}
}

func TestSQLSpillsWithinItsLock(t *testing.T) {
	s := newSampleLake(t)
	s.opts.Memory = "40MB"
	s.opts.Threads = 1
	s.land(purchase(1, "A", 0))
	s.compact()
	if got, err := s.sql("SELECT count(*) AS n FROM (SELECT range, hash(range) AS h FROM range(1500000) ORDER BY h, range LIMIT 1400000)"); err != nil || got != `{"n":1400000}` {
		t.Errorf("%s, %v", got, err)
	}
}
