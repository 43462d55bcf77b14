package training

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"also/catalogue"
	"also/engine"
	"also/engine/evaluate"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/warehouse"
)

// serve returns what answers with a model, over a catalogue of the products P00 to P(n−1).
func (f *fixture) serve(a *Artefact, n int) *recommend.Service {
	f.Helper()
	ctx := context.Background()
	for i := range n {
		sku := fmt.Sprintf("P%02d", i)
		p := shop.Product{SKU: sku, Name: sku, Stock: 1, Status: shop.Active, Price: shop.MustMoney("10", "EUR"), ListedAt: testStart}
		e := shop.Event{ID: shop.DerivedUUID("saved", sku), Type: shop.ProductSaved, OccurredAt: testStart, RecordedAt: testStart, Source: "test"}
		if _, err := f.store.SaveProduct(ctx, p, false, store.Upsert, e); err != nil {
			f.Fatal(err)
		}
	}
	products, err := catalogue.Open(ctx, f.store, catalogue.Options{})
	if err != nil {
		f.Fatal(err)
	}
	m, err := recommend.NewModel(recommend.ModelInput{
		ID: a.Manifest.ID, TrainedThrough: int64(a.Manifest.Dataset.Through), TrainedAt: a.Manifest.Dataset.At, Users: a.Users, SKUs: a.SKUs,
		Parts: a.Parts, Sums: a.Sums, Last: a.Last, Bought: a.Bought, Repeats: a.Repeats, Alike: a.Alike, Traits: a.Traits, Weighing: a.Weighing, AgedAt: a.AgedAt,
	})
	if err != nil {
		f.Fatal(err)
	}
	models := &recommend.Models{}
	models.Swap(m)
	f.Cleanup(func() { models.Swap(nil) })
	return recommend.New(recommend.Options{Store: f.store, Catalogue: products, Models: models, Deadline: 5 * time.Second})
}

// The lists that a training writes are what serving answers at its end: to who was there all along, to who came on the last
// day, to who lives where the model knows something, and without what somebody refused.
func TestListsAreWhatIsServed(t *testing.T) {
	const items = 40
	f := newFixture(t)
	events := checkerboard(200, items, 60)
	last := testStart.Add(60 * 24 * time.Hour)
	for u := 200; u < 220; u++ { // came on the last day
		events = append(events, purchase(u, u%items, last.Add(-time.Duration(u)*time.Minute)))
	}
	refused := purchase(210, 12, last.Add(-time.Minute))
	refused.Type, refused.Order, refused.ID = shop.NotInterested, "", shop.DerivedUUID("test", "refused")
	f.record(append(events, refused))
	f.people(210) // the other ten are of no known place
	f.work(f.service, "w")
	cfg := tiny()
	cfg.Dim, cfg.Gain = 8, nil
	run := f.train(StartInput{Config: cfg})
	ctx := context.Background()
	a, err := LoadArtefact(ctx, f.lake, run.Model)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	service := f.serve(a, items)
	people, err := readPeople(ctx, f.lake)
	if err != nil {
		t.Fatal(err)
	}
	thin := 0
	for row, u := range a.Users {
		made, err := f.store.GetLists(ctx, store.ModelSet(run.Model), store.KindUser, []string{u.String()})
		if err != nil {
			t.Fatal(err)
		}
		answer, err := service.Recommend(ctx, recommend.Request{
			Placement: recommend.PlacementHome, User: u, Attributes: people[u], Sources: []recommend.Source{recommend.Personal}, First: items, NoReasons: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		var want []store.ListEntry
		for _, i := range answer.Items {
			want = append(want, store.ListEntry{SKU: i.SKU, Score: float32(i.Score)})
		}
		if len(want) < 5 || !slices.Equal(made[0], want) {
			t.Errorf("user %d: the list %v, served %v", u, made[0], want)
		}
		if u == 1210 && slices.ContainsFunc(want, func(e store.ListEntry) bool { return e.SKU == "P12" }) {
			t.Error("what was refused is offered")
		}
		if a.came(row) > last.Add(-24*time.Hour).UnixMilli() {
			thin++
		}
	}
	if thin < 20 || thin > 60 {
		t.Errorf("%d came on the last day", thin)
	}
}

// An evaluation by time takes as much of each history for known as a model of what came before the cut would where it serves.
func TestEvaluationsBeginWhereServingDoes(t *testing.T) {
	f := newFixture(t)
	events := checkerboard(100, 40, 60)
	cut := testStart.Add(50 * 24 * time.Hour)
	for u := 100; u < 140; u++ { // who came shortly before the cut, and bought again after it
		events = append(events, purchase(u, u%40, cut.Add(-time.Duration(u)*time.Hour)), purchase(u, (u+2)%40, cut.Add(time.Hour)))
	}
	f.record(events)
	f.people(120)
	f.work(f.service, "w")
	ctx := context.Background()
	run := f.train(StartInput{Config: tiny(), Dataset: &warehouse.DatasetSpec{Before: cut}})
	l, err := f.service.loadLists(ctx, run.Model)
	if err != nil {
		t.Fatal(err)
	}
	defer l.model.Close()
	h, err := EvaluateInput{Protocol: TimeSplit, Lake: f.lake, Cut: cut, NewPairs: true}.holdOut(ctx)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := engine.TrainParts(ctx, h.train, h.dates, l.model.Recipe, engine.PartsOptions{})
	if err != nil {
		t.Fatal(err)
	}
	begin, err := h.begin(ctx, parts, h.train, h.dates, 2)
	if err != nil {
		t.Fatal(err)
	}
	whole, part := 0, 0
	for row, u := range l.model.Users {
		q, err := l.query(l.model, row, nil, &engine.Workspace{})
		if err != nil {
			t.Fatal(err)
		}
		served := l.start(l.model, row, q.History)
		at := h.users[u]
		judged := begin(evaluate.User{Row: at, History: h.train.AppendRow(nil, int(at))})
		switch {
		case served == nil && judged == nil:
			whole++
		case served == nil || judged == nil || math.Abs(served.Known-judged.Known) > 1e-6: // a model has whole seconds
			t.Errorf("user %d: served %+v, judged %+v", u, served, judged)
		default:
			part++
		}
	}
	if whole < 20 || part < 40 {
		t.Errorf("%d are known whole, %d in part", whole, part)
	}
}
