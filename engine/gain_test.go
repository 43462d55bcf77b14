package engine

import (
	"math"
	"testing"
)

func TestHalved(t *testing.T) {
	for _, x := range []float64{0, 1e-9, 1. / 256, .1, .5, .999999, 1, 3.7, 36.5, 255.99, 999} {
		if got, want := halved(x), math.Exp2(-x); math.Abs(got-want) > 1e-11*want {
			t.Errorf("2^-%g is %g, want %g", x, got, want)
		}
	}
	if got := halved(math.Inf(1)); got != 0 {
		t.Errorf("2^-∞ is %g", got)
	}
}
