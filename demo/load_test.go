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
	want := warehouse.Position(len(distinct) + len(s.Categories) + len(s.Vendors) + len(s.Products))
	if _, err := lake.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	size, err := lake.Size(ctx)
	if err != nil || warehouse.Position(size.ParquetRows) != want {
		t.Errorf("the lake holds %+v, %v; want %d rows", size, err, want)
	}
	if err := Load(ctx, lake, s, testNow); err != nil {
		t.Fatal(err)
	}
	if again, err := lake.Size(ctx); err != nil || again.ParquetRows != size.ParquetRows || again.Events != size.Events {
		t.Errorf("loading twice: %+v, %v, was %+v", again, err, size)
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
