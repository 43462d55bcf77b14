package training

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"also/shop"
	"also/warehouse"
)

// people makes customers 0 to n−1 known to the lake: each lives where those of their parity do, and came by one of
// three ways, which says nothing.
func (f *fixture) people(n int) {
	f.Helper()
	f.batches++
	var control []map[string]any
	for u := range n {
		c := shop.Customer{User: shop.UserID(1000 + u), ExternalID: strconv.Itoa(u), Attributes: map[string]string{
			"city": []string{"Evenham", "Oddington"}[u%2], "channel": fmt.Sprint(u / 2 % 3),
		}}
		control = append(control, map[string]any{"name": "customer/" + c.User.String(), "value": c})
	}
	body, err := json.Marshal(map[string]any{"control": control})
	if err != nil {
		f.Fatal(err)
	}
	if _, err := f.lake.Append(context.Background(), []warehouse.Entry{{Outbox: "shop", ID: strconv.Itoa(f.batches), At: testStart, Body: body}}); err != nil {
		f.Fatal(err)
	}
}

// A model knows what customers of the same place bought, and that the way they came says nothing.
func TestArtefactKnowsCustomersAlike(t *testing.T) {
	f := newFixture(t)
	f.record(checkerboard(200, 20, 60))
	f.people(200)
	f.work(f.service, "w")
	run := f.train(StartInput{Config: tiny()})
	a, err := LoadArtefact(context.Background(), f.lake, run.Model)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if a.Alike == nil || len(a.Traits) != 5 {
		t.Fatalf("%d traits, %+v", len(a.Traits), a.Alike)
	}
	said := 0
	for k, trait := range a.Traits {
		isCity := trait == shop.Trait("city", "evenham") || trait == shop.Trait("city", "Oddington")
		if a.Alike.Says(int32(k)) {
			said++
		}
		if isCity && (!a.Alike.Says(int32(k)) || a.Alike.Size[k] != 100) {
			t.Errorf("a city of %g customers weighs %g", a.Alike.Size[k], a.Alike.Strength[k])
		}
		if !isCity && a.Alike.Says(int32(k)) && a.Alike.Strength[k] < 50 {
			t.Errorf("a channel weighs as if it said something: %g", a.Alike.Strength[k])
		}
	}
	shares := make([]float32, len(a.SKUs))
	for k, trait := range a.Traits {
		if trait == shop.Trait("city", "Evenham") {
			a.Alike.Shares(shares, []int32{int32(k)})
		}
	}
	if shares[0] < 2*shares[1] {
		t.Errorf("in Evenham P00 is bought by %g, P01 by %g", shares[0], shares[1])
	}
}

// Customers hidden whole are shown what those of their place buy, which beats popularity, and goes on to when their
// first products are known.
func TestEvaluateColdCustomers(t *testing.T) {
	f := newFixture(t)
	var events []shop.Event
	for k := range 6 { // more purchases of each
		for _, e := range checkerboard(150, 120, 60) {
			e.SKU = fmt.Sprintf("P%02d", int(e.Customer)%2+2*((int(e.Customer)/2*7+k*13+len(events))%60))
			e.ID = shop.DerivedUUID("cold", strconv.Itoa(k), e.ID.String())
			events = append(events, e)
		}
	}
	f.record(events)
	if _, err := Evaluate(context.Background(), EvaluateInput{Protocol: ColdCustomers, Lake: f.lake, Config: tiny()}); shop.CodeOf(err) != shop.NotEnoughData {
		t.Errorf("with nothing known of customers: %v", err)
	}
	f.people(150)
	e, err := Evaluate(context.Background(), EvaluateInput{Protocol: ColdCustomers, Lake: f.lake, Config: tiny()})
	if err != nil {
		t.Fatal(err)
	}
	m := e.Metrics
	if better := m.Better["popularity"]["ndcg@20"]; m.Users < 20 || better.Low <= 0 {
		t.Errorf("%s: %d users, better than popularity by %+v", m.Protocol, m.Users, better)
	}
	// Here three products say all, so the place can only cost, but little.
	three := m.After[3]
	if three == nil || three.Better["popularity"]["ndcg@20"].Low <= 0 || three.Better["fold-in"]["ndcg@20"].Mean < -.05 {
		t.Errorf("after three: %+v", three)
	}
}
