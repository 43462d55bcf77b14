package training

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"also/shop"
	"also/warehouse"
)

// rhythms returns a history in which each customer buys one product every week to the end, and gave up another after
// buying it as often in the first weeks.
func rhythms(users, weeks int) []shop.Event {
	var events []shop.Event
	for u := range users {
		for week := range weeks {
			at := testStart.AddDate(0, 0, 7*week+u%7)
			events = append(events, purchase(u, u%5, at))
			if week < weeks/2 {
				events = append(events, purchase(u, 10+u%5, at.Add(time.Hour)), purchase(u, 10+u%5, at.AddDate(0, 0, 1)))
			}
			for item := range 25 {
				if (week+u+item)%weeks == 0 {
					events = append(events, purchase(u, 20+item, at.Add(2*time.Hour)))
				}
			}
		}
	}
	return events
}

// What is bought again is judged beside what is new, and the rhythm knows what was given up.
func TestEvaluateRepeats(t *testing.T) {
	f := newFixture(t)
	f.record(rhythms(40, 20))
	e, err := Evaluate(context.Background(), EvaluateInput{
		Protocol: TimeSplit, Lake: f.lake, Config: tiny(), NewPairs: true, Cut: testStart.AddDate(0, 0, 7*16), Until: testStart.AddDate(0, 0, 7*19),
	})
	if err != nil {
		t.Fatal(err)
	}
	r := e.Metrics.Repeats
	if r == nil || r.Users < 35 || r.Model["hr@20"].Mean < .9 {
		t.Fatalf("%+v", r)
	}
	frequent := r.Baselines["most-frequent"]["mrr@20"].Mean
	if got := r.Model["mrr@20"].Mean; got < .95 || got <= frequent || r.Better["most-frequent"]["mrr@20"].Low <= 0 {
		t.Errorf("mrr %.3f, most frequent %.3f, better by %+v", got, frequent, r.Better["most-frequent"]["mrr@20"])
	}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var flat struct {
		Repeats map[string]any `json:"repeats"`
	}
	if err := json.Unmarshal(text, &flat); err != nil || flat.Repeats["mrr@20"] != r.Model["mrr@20"].Mean {
		t.Errorf("JSON %s, %v", text, err)
	}
}

// The counts are of what was bought and kept, under the rows and columns asked for.
func TestRepeatsOf(t *testing.T) {
	f := newFixture(t)
	day := func(n int) time.Time { return testStart.AddDate(0, 0, n) }
	back := purchase(1, 2, day(9))
	back.ID, back.Type = shop.DerivedUUID("back", "1"), shop.Return
	f.record([]shop.Event{purchase(0, 1, day(0)), purchase(0, 1, day(5)), purchase(0, 1, day(9)), purchase(1, 2, day(3)), back, purchase(1, 3, day(4))})
	bought, err := f.lake.Dataset(context.Background(), warehouse.DatasetSpec{Weighing: purchases()})
	if err != nil {
		t.Fatal(err)
	}
	r := repeatsOf(bought, []shop.UserID{999, 1000, 1001}, []string{"P00", "P01", "P03"})
	if err := r.Validate(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Ptr, []int64{0, 0, 1, 2}) || !slices.Equal(r.Idx, []int32{1, 2}) || !slices.Equal(r.Times, []int32{3, 1}) {
		t.Fatalf("%+v", r)
	}
	if got := r.Of(0); got.First != day(0).UnixMilli() || got.Last != day(9).UnixMilli() || got.Every() != 4.5 {
		t.Errorf("%+v", got)
	}
}
