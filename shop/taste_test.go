package shop

import (
	"math"
	"testing"
	"time"
)

func TestConfidence(t *testing.T) {
	f := func(w, b float64, wantW, wantB float32) {
		t.Helper()
		if gotW, gotB := Confidence(w, b); gotW != wantW || gotB != wantB {
			t.Errorf("Confidence(%g, %g) = %g, %g, want %g, %g", w, b, gotW, gotB, wantW, wantB)
		}
	}
	f(0, 0, 0, 0)
	f(-1, -1, 0, 0) // returned more than was bought
	f(.25, .25, .25, .25)
	f(1, 1, 1, 1)
	f(52, 52, 1, 1)
	f(2, 0, 1, 0)   // bought, then rejected
	f(1, -1, 1, -1) // rejected
	f(.5, 3, .5, .5)
	f(math.NaN(), 1, 0, 0)
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
