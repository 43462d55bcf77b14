package demo

import (
	"reflect"
	"testing"
	"time"

	"also/shop"
)

var testNow = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func TestGenerateIsDeterministic(t *testing.T) {
	o := Options{Small: true, Now: testNow}
	a, b := Generate(o), Generate(o)
	if !reflect.DeepEqual(a, b) {
		t.Error("the same options gave two shops")
	}
	o.Seed = 2
	if reflect.DeepEqual(a.Events, Generate(o).Events) {
		t.Error("another seed gave the same events")
	}
}

func TestGenerateIsBigEnough(t *testing.T) {
	s := Generate(Options{Now: testNow})
	leaves := map[string]bool{}
	names := map[string]bool{}
	for _, p := range s.Products {
		leaves[p.Categories[0]] = true
		names[p.Name] = true
	}
	for _, c := range []struct {
		what      string
		got, want int
	}{
		{"products", len(s.Products), 2000}, {"product names", len(names), len(s.Products)}, {"categories with products", len(leaves), 24},
		{"vendors", len(s.Vendors), 60}, {"customers", len(s.Customers), 5000}, {"events", len(s.Events), 200_000},
	} {
		t.Logf("%d %s", c.got, c.what)
		if c.got < c.want {
			t.Errorf("%d %s, want %d or more", c.got, c.what, c.want)
		}
	}
}

func TestEventsAreSound(t *testing.T) {
	s := Generate(Options{Small: true, Now: testNow})
	known := map[string]bool{}
	for _, p := range s.Products {
		known[p.SKU] = true
	}
	ids, days := map[shop.UUID]string{}, map[string]bool{}
	var twice, unknown, strangers, late int
	types := map[shop.EventType]int{}
	for k, e := range s.Events {
		types[e.Type]++
		if day, seen := ids[e.ID]; seen {
			twice++
			if day != e.Day() {
				t.Fatalf("event %s occurred on two days", e.ID)
			}
		}
		ids[e.ID] = e.Day()
		days[e.Day()] = true
		if e.SKU != "" && !known[e.SKU] {
			unknown++
		}
		if e.Customer == 0 {
			strangers++
		}
		if e.RecordedAt.Sub(e.OccurredAt) > time.Hour {
			late++
		}
		if !e.Type.Reportable() || e.User() == 0 || e.RecordedAt.After(testNow) || e.RecordedAt.Before(e.OccurredAt) || e.Type.NeedsProduct() != (e.SKU != "") {
			t.Fatalf("event %d makes no sense: %+v", k, e)
		}
		if k > 0 && e.RecordedAt.Before(s.Events[k-1].RecordedAt) {
			t.Fatalf("event %d became known before its predecessor", k)
		}
	}
	t.Logf("%d events on %d days: %d twice, %d of unknown skus, %d of strangers, %d late; %v", len(s.Events), len(days), twice, unknown, strangers, late, types)
	if twice == 0 || unknown == 0 || strangers == 0 || late == 0 {
		t.Error("the history is too clean")
	}
	for _, want := range []shop.EventType{shop.ProductView, shop.CartAdd, shop.Purchase, shop.Return, shop.Rating, shop.Search, shop.NotInterested} {
		if types[want] == 0 {
			t.Errorf("no %s", want)
		}
	}
}

func TestPersonasActOnTheirTaste(t *testing.T) {
	s := Generate(Options{Small: true, Now: testNow})
	category := map[string]string{}
	for _, p := range s.Products {
		category[p.SKU] = p.Categories[0]
	}
	for k, persona := range s.Personas {
		likes := map[string]bool{}
		for _, c := range persona.Categories {
			likes[c] = true
		}
		bought, liked := 0, 0
		for _, e := range s.Events {
			if e.Customer == s.Customers[k].User && e.Type == shop.Purchase {
				bought++
				if likes[category[e.SKU]] {
					liked++
				}
			}
		}
		if bought < 10 || float64(liked) < .55*float64(bought) {
			t.Errorf("%s, who %s, bought %d of %d there", persona.Name, persona.Likes, liked, bought)
		}
	}
}
