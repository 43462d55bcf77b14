package warehouse

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"also/shop"
)

// sampleLake is a lake for a test to fill.
type sampleLake struct {
	*Lake
	t       testing.TB
	entries int
}

func newSampleLake(t testing.TB) *sampleLake {
	t.Helper()
	l, err := Open(t.TempDir(), "sample", Options{Threads: 2, TempDir: t.TempDir(), Now: func() time.Time { return day0.AddDate(1, 0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return &sampleLake{Lake: l, t: t}
}

// land appends the events to the journal, one entry each, with a control record that SQL must not show.
func (s *sampleLake) land(events ...shop.Event) {
	s.t.Helper()
	var entries []Entry
	for _, e := range events {
		b, err := json.Marshal(e)
		if err != nil {
			s.t.Fatal(err)
		}
		s.entries++
		body := fmt.Appendf(nil, `{"events":[%s],"control":[{"name":"key/1","value":{"hash":"SECRET"}}]}`, b)
		entries = append(entries, Entry{Outbox: "shop", ID: fmt.Sprintf("%d-0", s.entries), At: day0, Events: 1, Body: body})
	}
	if _, err := s.Append(context.Background(), entries); err != nil {
		s.t.Fatal(err)
	}
}

// compact turns the landing into Parquet.
func (s *sampleLake) compact() {
	s.t.Helper()
	if _, err := s.Compact(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

// pin returns what the lake is made of now.
func (s *sampleLake) pin() *snapshot {
	s.t.Helper()
	snap, err := s.snapshot(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(snap.release)
	return snap
}

// rows returns a query's rows over the view events, the values of each joined by "|".
func (s *sampleLake) rows(query string) []string {
	s.t.Helper()
	return s.rowsOf(s.pin(), query)
}

func (s *sampleLake) rowsOf(snap *snapshot, query string) []string {
	s.t.Helper()
	ctx := context.Background()
	v, err := s.view(ctx, snap, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	defer v.close()
	rows, err := v.conn.QueryContext(ctx, query)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	var out []string
	for rows.Next() {
		vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
		for i := range vals {
			ptrs[i] = &vals[i]
		}
		if err := rows.Scan(ptrs...); err != nil {
			s.t.Fatal(err)
		}
		out = append(out, joined(vals...))
	}
	return out
}

func joined(vals ...any) string {
	s := make([]string, len(vals))
	for i, v := range vals {
		s[i] = fmt.Sprint(v)
	}
	return strings.Join(s, "|")
}

var day0 = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// purchase is one that happened some hours after noon of the first of March 2026.
func purchase(user shop.UserID, sku string, hours int) shop.Event {
	at := day0.Add(time.Duration(hours) * time.Hour)
	return shop.Event{ID: shop.DerivedUUID("e", fmt.Sprint(user), sku, fmt.Sprint(hours)), Type: shop.Purchase, OccurredAt: at, RecordedAt: at,
		Customer: user, SKU: sku, Quantity: 1, Price: shop.MustMoney("2.50", "EUR"), Order: fmt.Sprint("o", user, "-", hours)}
}

// typed returns e as another type of event, with another id.
func typed(e shop.Event, t shop.EventType) shop.Event {
	e.ID = shop.DerivedUUID(e.ID.String(), string(t))
	e.Type = t
	return e
}

func TestViewKeepsEveryFieldAndNoControlRecord(t *testing.T) {
	s := newSampleLake(t)
	e := shop.Event{ID: shop.NewUUID(day0), Type: shop.Rating, OccurredAt: day0.Add(123 * time.Millisecond), RecordedAt: day0.Add(time.Second),
		Customer: 1<<63 - 1, Session: 7, SKU: `q"ü'`, Quantity: 3, Price: shop.Money{Minor: 0, Currency: "EUR"}, Rating: 4, Order: "o-1", Line: 2,
		Recommendation: "r", Query: "tea\ncups", Source: "api", Ref: shop.NewUUID(day0), Payload: json.RawMessage(`{"n":9007199254740993}`),
		Extra: map[string]json.RawMessage{"later": json.RawMessage(`{"a":[1]}`)}}
	s.land(e)
	const query = `SELECT position, id, type, epoch_ms(occurred_at), epoch_ms(recorded_at), customer, session, sku, quantity, price_minor, currency, rating,
		order_id, line, recommendation_id, query, source, ref, payload, extra, CAST(day AS VARCHAR) FROM events`
	want := joined(1, e.ID, "RATING", e.OccurredAt.UnixMilli(), e.RecordedAt.UnixMilli(), int64(e.Customer), 7, e.SKU, 3, 0, "EUR", 4, "o-1", 2,
		"r", e.Query, "api", e.Ref, `{"n":9007199254740993}`, `{"later":{"a":[1]}}`, "2026-03-01")
	for _, where := range []string{"landing", "parquet"} {
		if got := s.rows(query); len(got) != 1 || got[0] != want {
			t.Errorf("%s:\n got %v\nwant %v", where, got, want)
		}
		if where == "landing" {
			s.compact()
		}
	}
}

func TestViewDropsRepeats(t *testing.T) {
	s := newSampleLake(t)
	a, b := purchase(1, "A", 0), purchase(1, "B", 1)
	other := a
	other.OccurredAt = a.OccurredAt.AddDate(0, 0, 1) // same id, another day: another identity
	s.land(a, b, a)
	s.compact()
	if p := s.pin().Parquet; len(p) != 1 || p[0].Rows != 2 || p[0].Min != 1 || p[0].Max != 2 {
		t.Fatalf("compacted to %+v, want one file of positions 1 and 2", p)
	}
	s.land(b, other, other, purchase(2, "A", 2))
	want := "[1|A 2|B 5|A 7|A]"
	if got := fmt.Sprint(s.rows("SELECT position, sku FROM events ORDER BY position")); got != want {
		t.Errorf("events %v, want %v", got, want)
	}
	s.compact()
	if got := fmt.Sprint(s.rows("SELECT position, sku FROM events ORDER BY position")); got != want {
		t.Errorf("after compaction: events %v, want %v", got, want)
	}
}

func TestParquetKindsBaseAndForgetting(t *testing.T) {
	s := newSampleLake(t)
	saved := shop.Event{ID: shop.NewUUID(day0), Type: shop.ProductSaved, OccurredAt: day0, RecordedAt: day0, SKU: "A", Payload: json.RawMessage(`{"sku":"A"}`)}
	s.land(typed(purchase(5, "A", 0), shop.OrderPlaced), saved, purchase(6, "A", 1), purchase(5, "B", 2))
	s.compact()
	snap := s.pin()
	snap.Parquet = slices.Clone(snap.Parquet)
	slices.SortFunc(snap.Parquet, func(a, b ParquetFile) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	got := ""
	for i := range snap.Parquet {
		f := &snap.Parquet[i]
		got += fmt.Sprintf("%s %d %d-%d; ", f.Kind, f.Rows, f.Min, f.Max)
		f.Base = 100 // as if an import had been published there
	}
	if want := "behaviour 2 3-4; catalogue 1 2-2; orders 1 1-1; "; got != want {
		t.Fatalf("files %q, want %q", got, want)
	}
	if got := fmt.Sprint(s.rowsOf(snap, "SELECT position FROM events ORDER BY 1")); got != "[101 102 103 104]" {
		t.Errorf("positions %v, want 101 to 104", got)
	}
	ctx := context.Background()
	of, err := s.parquetOf(ctx, []shop.UserID{5}, snap.Parquet)
	if err != nil || len(of) != 2 {
		t.Fatalf("files of user 5: %v, %v, want 2", of, err)
	}
	files, err := s.rewriteParquet(ctx, "2026-03-01", snap.Parquet, []shop.UserID{5}, filepath.Join(s.root, "new"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i].Name = "new/" + files[i].Name
	}
	snap.Parquet = files
	if got := fmt.Sprint(s.rowsOf(snap, "SELECT position, type FROM events ORDER BY 1")); got != "[101|ORDER_PLACED 102|PRODUCT_SAVED 103|PURCHASE]" {
		t.Errorf("after forgetting: %v", got)
	}
	got = fmt.Sprint(s.rowsOf(snap, "SELECT customer IS NULL AND session IS NULL AND recommendation_id IS NULL, sku, quantity FROM events WHERE position = 101"))
	if got != "[true|A|1]" {
		t.Errorf("what was sold to the forgotten is kept as %v", got)
	}
}

func TestDamagedLandingIsReported(t *testing.T) {
	s := newSampleLake(t)
	s.land(purchase(1, "A", 0), purchase(2, "B", 0))
	snap := s.pin()
	path := s.path(snap.Landing[0].Name)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[bytes.IndexByte(b, '{')+1] = '{' // in the first line
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := s.view(context.Background(), snap, nil)
	if err == nil {
		v.close()
		t.Fatal("a damaged line went unnoticed")
	}
	if shop.CodeOf(err) != shop.Internal {
		t.Errorf("code %v of %v", shop.CodeOf(err), err)
	}
}
