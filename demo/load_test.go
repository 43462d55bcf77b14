package demo

import (
	"context"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
)

func TestLoad(t *testing.T) {
	ctx := context.Background()
	lake, err := warehouse.Open(t.TempDir(), "shop", warehouse.Options{Memory: "256MB"})
	if err != nil {
		t.Fatal(err)
	}
	defer lake.Close()
	s := Generate(Options{Small: true, Now: testNow})
	began := time.Now()
	if err := Load(ctx, lake, s, testNow); err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded %d events in %v", len(s.Events), time.Since(began))
	distinct := map[shop.UUID]bool{}
	for _, e := range s.Events {
		distinct[e.ID] = true
	}
	want := int64(len(distinct) + len(s.Categories) + len(s.Vendors) + len(s.Products))
	count := func() (n int64) {
		t.Helper()
		err := lake.SQL(ctx, "SELECT count(*) FROM events", func(_ []string, row []any) error {
			n = row[0].(int64)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := count(); got != want {
		t.Errorf("the lake holds %d events, want %d", got, want)
	}
	if err := Load(ctx, lake, s, testNow); err != nil {
		t.Fatal(err)
	}
	if got := count(); got != want {
		t.Errorf("loaded twice, the lake holds %d events, want %d", got, want)
	}
	customers, marked := 0, false
	for r, err := range lake.Control(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Name == PersonasName {
			personas, err := DecodePersonas(r.Value)
			marked = err == nil && len(personas) == len(s.Personas)
		} else {
			customers++
		}
	}
	if !marked || customers != 2*len(s.Customers) {
		t.Errorf("%d records of customers, want %d; marked as a demo: %v", customers, 2*len(s.Customers), marked)
	}
}
