package training

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"also/engine/kernel"
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
	at := func(features []int32, column int) float32 {
		return kernel.Dot(a.Alike.Start(features, 0).Mean[0], a.Parts.Factors[0].Model.Items.Row(column))
	}
	for k, trait := range a.Traits {
		if in := []int32{int32(k)}; trait == shop.Trait("city", "Evenham") && at(in, 0) < 2*at(in, 1) {
			t.Errorf("in Evenham P00 is liked by %g, P01 by %g", at(in, 0), at(in, 1))
		}
	}
	if a.Alike.Typical <= 0 {
		t.Errorf("a typical history weighs %g", a.Alike.Typical)
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
	bare, err := Evaluate(context.Background(), EvaluateInput{Protocol: ColdCustomers, Lake: f.lake, Config: tiny()})
	if err != nil {
		t.Fatal(err)
	}
	if one := bare.Metrics.After[1]; bare.Metrics.Users < 20 || one.Better["popularity"]["ndcg@20"].Low <= 0 {
		t.Errorf("with nothing known of customers: %+v, after one product %+v", bare.Metrics.Better, one.Better)
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
