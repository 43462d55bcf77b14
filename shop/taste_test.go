package shop

import (
	"errors"
	"math"
	"testing"
	"time"
)

func TestEntry(t *testing.T) {
	f := func(g Weighing, w, b float64, age time.Duration, wantW, wantB float32) {
		t.Helper()
		if gotW, gotB := g.Entry(w, b, age); gotW != wantW || gotB != wantB {
			t.Errorf("%+v.Entry(%g, %g, %v) = %g, %g, want %g, %g", g, w, b, age, gotW, gotB, wantW, wantB)
		}
	}
	byDefault := Weighing{}
	f(byDefault, 0, 0, 0, 0, 0)
	f(byDefault, -1, -1, 0, 0, 0) // returned more than was bought
	f(byDefault, .25, .25, 0, .25, .25)
	f(byDefault, 1, 1, time.Hour, 1, 1)
	f(byDefault, 52, 52, 0, 1, 1)
	f(byDefault, 2, 0, 0, 1, 0)   // bought, then rejected
	f(byDefault, 1, -1, 0, 1, -1) // rejected
	f(byDefault, .5, 3, 0, .5, .5)
	f(byDefault, math.NaN(), 1, 0, 0, 0)
	logs := Weighing{Repeats: RepeatsLog}
	f(logs, 1, 1, 0, 1, 1)
	f(logs, 3, 3, 0, 2, 2)
	f(logs, 3, -3, 0, 2, -2)
	const day = 24 * time.Hour
	f(Weighing{HalfLifeDays: 10}, 5, 5, 10*day, .5, .5)
	f(Weighing{HalfLifeDays: 10, Ages: AgesLast, Repeats: RepeatsLog}, 3, 3, 10*day, 1, 1)
	f(Weighing{HalfLifeDays: 10, Ages: AgesEvent}, .5, .5, 10*day, .5, .5) // the sums are decayed already
}

func TestWeighingOf(t *testing.T) {
	f := func(g Weighing, e Event, wantW, wantB float64) {
		t.Helper()
		g, err := g.WithDefaults()
		if err != nil {
			t.Fatal(err)
		}
		if w, b := g.Of(&e); w != wantW || b != wantB {
			t.Errorf("%s of %d under %q adds %g, %g, want %g, %g", e.Type, e.Quantity, g.Quantity, w, b, wantW, wantB)
		}
	}
	f(Weighing{}, Event{Type: Purchase, Quantity: 12}, 1, 1)
	f(Weighing{Quantity: QuantityCapped}, Event{Type: Purchase, Quantity: 12}, QuantityCap, QuantityCap)
	f(Weighing{Quantity: QuantityCapped}, Event{Type: Purchase, Quantity: 2}, 2, 2)
	f(Weighing{Quantity: QuantityLog}, Event{Type: OrderPlaced, Quantity: 8}, 4, 4)
	f(Weighing{Quantity: QuantityLog}, Event{Type: Return, Quantity: 8}, -4, -4)
	f(Weighing{Quantity: QuantityLog}, Event{Type: ProductView}, .1, .1)
	f(Weighing{Quantity: QuantityIgnored}, Event{Type: Rating, Rating: 1}, 1, -1)
}

func TestWeighingWithDefaults(t *testing.T) {
	same, err := Weighing{Quantity: QuantityIgnored, Repeats: RepeatsCapped, Ages: AgesLast}.WithDefaults()
	zero, zerr := Weighing{}.WithDefaults()
	if err != nil || zerr != nil || !same.Equal(zero) {
		t.Errorf("the defaults by name are %+v, %v; left out %+v, %v", same, err, zero, zerr)
	}
	for name, g := range map[string]Weighing{
		"weights.CLICK": {Weights: Weights{Click: -1}}, "halfLifeDays": {HalfLifeDays: -1}, "quantity": {Quantity: "ROOT"},
		"repeats": {Repeats: "log"}, "ages": {Ages: "FIRST"},
	} {
		var e *Error
		if _, err := g.WithDefaults(); !errors.As(err, &e) || e.Code != BadUserInput || e.Field != name {
			t.Errorf("%+v: %v, want BAD_USER_INPUT of %s", g, err, name)
		}
	}
}

func TestDecay(t *testing.T) {
	f := func(age, halfLife time.Duration, want float64) {
		t.Helper()
		if got := Decay(age, halfLife); got != want {
			t.Errorf("Decay(%v, %v) = %g, want %g", age, halfLife, got, want)
		}
	}
	f(time.Hour, 0, 1)
	f(-time.Hour, time.Hour, 1)
	f(time.Hour, time.Hour, .5)
	f(2*time.Hour, time.Hour, .25)
}
