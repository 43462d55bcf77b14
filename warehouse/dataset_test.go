package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"also/shop"
)

// tasteLake holds one of each thing that can happen to an entry.
func tasteLake(t *testing.T) *sampleLake {
	s := newSampleLake(t)
	rate := func(e shop.Event, stars int) shop.Event {
		e = typed(e, shop.Rating)
		e.Rating = stars
		return e
	}
	visit := func(session shop.UserID, sku string, hours int, t shop.EventType) shop.Event {
		e := typed(purchase(session, sku, hours), t)
		e.Customer, e.Session = 0, session
		return e
	}
	gone := purchase(2, "B", 1)
	excluded := typed(purchase(2, "", 2), shop.ExcludedFromTaste)
	excluded.Ref = gone.ID
	kept := purchase(1, "A", 24)
	meddling := typed(purchase(2, "", 2), shop.ExcludedFromTaste) // what somebody else did is not theirs to take back
	meddling.Ref = kept.ID
	joined := typed(purchase(1, "", 3), shop.SessionJoined)
	joined.Session = 9
	s.land(
		purchase(1, "A", 0), kept, typed(purchase(1, "A", 48), shop.Return), // bought twice, one went back
		rate(purchase(1, "B", 24), 5), rate(purchase(1, "C", 24), 1),
		visit(9, "D", 48, shop.ProductView), joined, // the session turns out to be customer 1
	)
	s.compact()
	s.land(
		typed(purchase(2, "A", 0), shop.NotInterested), gone, excluded, meddling,
		purchase(2, "C", 0), typed(purchase(2, "C", 1), shop.Return), typed(purchase(2, "C", 2), shop.Return), // more returned than bought
		visit(8, "A", 24, shop.CartAdd), // a visitor who never signed in
		purchase(3, "A", 0), typed(purchase(3, "", 5), shop.CustomerDeleted),
		purchase(1, "A", 0), // reported again
		typed(purchase(1, "D", 40), shop.Search),
	)
	return s
}

func (s *sampleLake) dataset(spec DatasetSpec) *Dataset {
	s.t.Helper()
	d, err := s.Dataset(context.Background(), spec)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// entries prints the matrix, "user sku w b" each.
func entries(d *Dataset) []string {
	var out []string
	for u := range d.Users {
		for k := d.Ptr[u]; k < d.Ptr[u+1]; k++ {
			out = append(out, fmt.Sprintf("%d %s %.3f %.3f", d.Users[u], d.SKUs[d.Idx[k]], d.W[k], d.B[k]))
		}
	}
	return out
}

func TestDataset(t *testing.T) {
	s := tasteLake(t)
	d := s.dataset(DatasetSpec{})
	want := []string{"1 A 1.000 1.000", "1 B 1.000 1.000", "1 C 1.000 -1.000", "1 D 0.100 0.100", "2 A 1.000 -1.000", "2 C -1.000 -1.000", "8 A 0.300 0.300"}
	if got := entries(d); !reflect.DeepEqual(got, want) {
		t.Errorf("entries\n got %q\nwant %q", got, want)
	}
	if !reflect.DeepEqual(d.SKUs, []string{"A", "B", "C", "D"}) || !reflect.DeepEqual(d.Users, []shop.UserID{1, 2, 8}) {
		t.Errorf("ids %v %v", d.Users, d.SKUs)
	}
	if d.Events != 11 || d.Through != s.pin().Head { // six of customer 1, four of 2, a cart
		t.Errorf("%d events through %d, want 11 through %d", d.Events, d.Through, s.pin().Head)
	}
	if d.First[0] != day0.UnixMilli() || d.Last[0] != day0.Add(48*time.Hour).UnixMilli() {
		t.Errorf("1 and A met from %d to %d", d.First[0], d.Last[0])
	}
	if i := d.Info(); i.Entries != 7 || i.Users != 3 || i.Items != 4 || !i.At.Equal(day0.Add(40*time.Hour)) {
		t.Errorf("info %+v", i)
	}
}

func TestDatasetDecaysFromTheLastEvent(t *testing.T) {
	d := tasteLake(t).dataset(DatasetSpec{Weighing: shop.Weighing{HalfLifeDays: 1, Ages: shop.AgesEvent}})
	// 1 and A: a quarter and a half bought, one returned now. 2 and C: ¼ − ¼·2^(1/24) − ¼·2^(2/24).
	want := []string{"1 A -0.250 -0.250", "1 B 0.500 0.500", "1 C 0.500 -0.500", "1 D 0.100 0.100", "2 A 0.250 -0.250", "2 C -0.272 -0.272", "8 A 0.150 0.150"}
	if got := entries(d); !reflect.DeepEqual(got, want) {
		t.Errorf("entries\n got %q\nwant %q", got, want)
	}
}

// What SQL multiplies by is what serving multiplies by.
func TestDatasetWeighsQuantities(t *testing.T) {
	s := newSampleLake(t)
	pieces := func(e shop.Event, n int) shop.Event { e.Quantity = n; return e }
	events := []shop.Event{
		pieces(purchase(1, "A", 0), 1), pieces(purchase(1, "B", 0), 2), pieces(purchase(1, "C", 0), 12), pieces(typed(purchase(1, "D", 0), shop.ProductView), 0),
		pieces(purchase(1, "E", 0), 12), pieces(typed(purchase(1, "E", 1), shop.Return), 5),
	}
	s.land(events...)
	for _, q := range shop.Quantities {
		d := s.dataset(DatasetSpec{Weighing: shop.Weighing{Quantity: q}})
		want := map[string]float64{}
		for k := range events {
			w, _ := d.Spec.Of(&events[k])
			want[events[k].SKU] += w
		}
		for k, col := range d.Idx {
			if got, want := float64(d.W[k]), want[d.SKUs[col]]; math.Abs(got-want) > 1e-6 {
				t.Errorf("%s: %s weighs %g, want %g", q, d.SKUs[col], got, want)
			}
		}
		if len(d.Idx) != map[shop.Quantity]int{shop.QuantityIgnored: 4, shop.QuantityCapped: 4, shop.QuantityLog: 5}[q] {
			t.Errorf("%s: %d entries: %v", q, len(d.Idx), entries(d))
		}
	}
}

// Where a pair ages by its last event its sum stays, and specs from when half-lives
// were durations read as they were.
func TestDatasetThatAgesByTheLastEvent(t *testing.T) {
	s := tasteLake(t)
	d := s.dataset(DatasetSpec{Weighing: shop.Weighing{HalfLifeDays: 1}})
	plain := s.dataset(DatasetSpec{})
	if got, want := entries(d), entries(plain); !reflect.DeepEqual(got, want) {
		t.Errorf("entries\n got %q\nwant %q", got, want)
	}
	if d.Name != plain.Name || d.Spec.HalfLifeDays != 1 || plain.Spec.HalfLifeDays != 0 {
		t.Errorf("%s of %+v has another folder than %s of %+v", d.Name, d.Spec, plain.Name, plain.Spec)
	}
	var old DatasetSpec
	if err := json.Unmarshal([]byte(`{"through": 7, "weights": {"PURCHASE": 2}, "halfLife": 86400000000000}`), &old); err != nil ||
		old.Through != 7 || old.Weights[shop.Purchase] != 2 || old.HalfLifeDays != 1 || old.Ages != shop.AgesEvent {
		t.Errorf("an old spec reads as %+v, %v", old, err)
	}
	text, err := json.Marshal(d.Spec)
	var again DatasetSpec
	if err := errors.Join(err, json.Unmarshal(text, &again)); err != nil || !reflect.DeepEqual(again, d.Spec) {
		t.Errorf("%s reads as %+v, %v", text, again, err)
	}
}

var tenHours = shop.Weighing{HalfLifeDays: 10. / 24, Ages: shop.AgesEvent}

func TestDatasetEndsAtAPositionOrAMoment(t *testing.T) {
	s := tasteLake(t)
	if got := entries(s.dataset(DatasetSpec{Through: 2})); !reflect.DeepEqual(got, []string{"1 A 2.000 2.000"}) {
		t.Errorf("through 2: %q", got)
	}
	d := s.dataset(DatasetSpec{Before: day0.Add(24 * time.Hour), Weighing: shop.Weighing{HalfLifeDays: 1, Ages: shop.AgesEvent, Weights: Weights{shop.Purchase: 4}}})
	// 1 bought A a day before; 2 bought C then, and returned it twice in the next two hours: 2 − 2·2^(1/24) − 2·2^(2/24).
	if got := entries(d); !reflect.DeepEqual(got, []string{"1 A 2.000 2.000", "2 C -2.178 -2.178"}) {
		t.Errorf("before: %q", got)
	}
}

func TestDatasetOfTheSameNameIsTheSameBytes(t *testing.T) {
	sum := func(s *sampleLake, d *Dataset) string {
		h := sha256.New()
		for _, name := range []string{datasetInfo, datasetMatrix, datasetUsers, datasetSKUs} {
			b, err := os.ReadFile(filepath.Join(s.root, "datasets", d.Name, name))
			if err != nil {
				t.Fatal(err)
			}
			h.Write(b)
		}
		return fmt.Sprintf("%s %x", d.Name, h.Sum(nil))
	}
	spec := DatasetSpec{Weighing: tenHours}
	s := tasteLake(t)
	first := sum(s, s.dataset(spec))
	s.compact() // other files, the same events
	if err := os.RemoveAll(filepath.Join(s.root, "datasets")); err != nil {
		t.Fatal(err)
	}
	if again := sum(s, s.dataset(spec)); again != first {
		t.Errorf("made again: %s, was %s", again, first)
	}
	head := s.pin().Head
	s.land(purchase(1, "A", 99))
	if again := sum(s, s.dataset(DatasetSpec{Through: head, Weighing: tenHours})); again != first {
		t.Errorf("opened later: %s, was %s", again, first)
	}
}

func TestDatasetRefusals(t *testing.T) {
	s := tasteLake(t)
	for name, spec := range map[string]DatasetSpec{
		"negative weight":    {Weighing: shop.Weighing{Weights: Weights{shop.Purchase: -1}}},
		"no weight":          {Weighing: shop.Weighing{Weights: Weights{}}},
		"negative half-life": {Weighing: shop.Weighing{HalfLifeDays: -1}},
		"past the end":       {Through: 1000},
	} {
		_, err := s.Dataset(context.Background(), spec)
		if shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	empty := newSampleLake(t)
	if d := empty.dataset(DatasetSpec{}); len(d.Users) != 0 || len(d.Ptr) != 1 || len(d.SKUs) != 0 {
		t.Errorf("an empty lake gave %+v", d)
	}
	d := s.dataset(DatasetSpec{})
	if err := os.Truncate(filepath.Join(s.root, "datasets", d.Name, datasetMatrix), 50); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Dataset(context.Background(), d.Spec); shop.CodeOf(err) != shop.Internal {
		t.Errorf("a damaged set: %v", err)
	}
}
