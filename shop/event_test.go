package shop

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func fullEvent() Event {
	return Event{
		ID: DerivedUUID("event"), Type: OrderPlaced, OccurredAt: time.UnixMilli(1_772_366_400_123).UTC(),
		RecordedAt: time.UnixMilli(1_772_366_400_456).UTC(), Customer: 1<<62 + 1, Session: 7, SKU: "A <&> 1", Quantity: 3,
		Price: MustMoney("2.50", "EUR"), Rating: 4, Order: "o1", Line: 2, Recommendation: "r1", Query: "grüner Tee", Source: "shop",
		Ref: DerivedUUID("ref"), Payload: json.RawMessage(`{"a":[1,2]}`),
		Extra: map[string]json.RawMessage{"mood": json.RawMessage(`{"x":[1,null]}`), "zeal": json.RawMessage(`5`)},
	}
}

func TestEventRoundTrip(t *testing.T) {
	full := fullEvent()
	free := fullEvent()
	free.Price = Money{0, "EUR"} // costs nothing, which is not "no price"
	for name, want := range map[string]Event{
		"all fields": full,
		"few fields": {ID: DerivedUUID("x"), Type: Click, OccurredAt: time.UnixMilli(-1).UTC(), RecordedAt: time.UnixMilli(0).UTC()},
		"free":       free,
	} {
		t.Run(name, func(t *testing.T) {
			b, err := json.Marshal(want)
			if err != nil {
				t.Fatal(err)
			}
			var got Event
			if err := json.Unmarshal(b, &got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

// What an older binary wrote must stay readable, and what this one writes is
// what the lake's columns are made of.
func TestEventEncoding(t *testing.T) {
	b, err := json.Marshal(fullEvent())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"v":1,"id":"a63a16f8-10c0-86c5-ac07-c958a1c033d3","type":"ORDER_PLACED","occurred_at":1772366400123,"recorded_at":1772366400456,` +
		`"customer":4611686018427387905,"session":7,"sku":"A \u003c\u0026\u003e 1","quantity":3,"price_minor":250,"currency":"EUR","rating":4,` +
		`"order_id":"o1","line":2,"recommendation_id":"r1","query":"grüner Tee","source":"shop","ref":"76ffc949-9e28-8cfe-a6f7-04f3ab000a63",` +
		`"payload":{"a":[1,2]},"mood":{"x":[1,null]},"zeal":5}`
	if string(b) != want {
		t.Fatalf("got  %s\nwant %s", b, want)
	}
}

func TestEventKeysAreThoseOfTheEncoding(t *testing.T) {
	e := fullEvent()
	e.Extra = nil
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	for _, key := range EventKeys() {
		if _, ok := all[key]; !ok {
			t.Errorf("%s is not written", key)
		}
		delete(all, key)
	}
	if len(all) > 0 {
		t.Errorf("EventKeys lacks %v", all)
	}
}

func TestEventOfALaterVersionSurvives(t *testing.T) {
	const later = `{"v":9,"id":"01930000-0000-7000-8000-000000000001","type":"WAVED_AT","occurred_at":1,"recorded_at":2,"limb":{"side":"left"}}`
	var e Event
	if err := json.Unmarshal([]byte(later), &e); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `"limb":{"side":"left"}`) || !strings.Contains(string(b), `"type":"WAVED_AT"`) {
		t.Fatalf("became %s", b)
	}
}

func TestEventsThatAreNone(t *testing.T) {
	for _, bad := range []string{`{}`, `[]`, `{"v":0}`, `{"v":1,"id":"x"}`, `{"v":1,"occurred_at":"now"}`, `{"v":1`, ``} {
		var e Event
		if err := json.Unmarshal([]byte(bad), &e); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestEventUserAndDay(t *testing.T) {
	e := Event{Session: 7, OccurredAt: time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("", -3600))}
	if e.User() != 7 {
		t.Errorf("a session's event is of user %s", e.User())
	}
	e.Customer = 9
	if e.User() != 9 {
		t.Errorf("a customer's event is of user %s", e.User())
	}
	if e.Day() != "2026-03-02" {
		t.Errorf("half past midnight UTC is on %s", e.Day())
	}
}

func TestEventTypes(t *testing.T) {
	if len(slices.Compact(slices.Sorted(slices.Values(EventTypes)))) != len(EventTypes) {
		t.Error("a type is listed twice")
	}
	commands := []EventType{
		OrderPlaced, ProductSaved, ProductDeleted, VendorSaved, VendorDeleted, CategorySaved, CategoryDeleted, SessionJoined, CustomerDeleted,
	}
	for _, kind := range EventTypes {
		if kind.Reportable() == slices.Contains(commands, kind) {
			t.Errorf("%s: reportable %v", kind, kind.Reportable())
		}
		if w, b := DefaultWeights().Of(kind, 4); (w != 0 || b != 0) && !kind.NeedsProduct() {
			t.Errorf("%s says something of taste without a product", kind)
		}
	}
}

func FuzzEvent(f *testing.F) {
	full, err := json.Marshal(fullEvent())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(full)
	f.Add([]byte(`{"v":2,"id":"","type":"","occurred_at":-9000000000000000,"ID":"x","Extra":{},"price_minor":null}`))
	f.Add([]byte(`{"v":1,"V":2,"payload":null,"":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var e Event
		if err := json.Unmarshal(b, &e); err != nil {
			return
		}
		once, err := json.Marshal(e)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		var again Event
		if err := json.Unmarshal(once, &again); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, once)
		}
		twice, err := json.Marshal(again)
		if err != nil || string(twice) != string(once) {
			t.Fatalf("it changes every time: %v\n%s\n%s", err, once, twice)
		}
	})
}
