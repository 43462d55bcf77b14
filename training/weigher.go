package training

import (
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"slices"

	"also/shop"
	"also/warehouse"
)

// historyPerHalfLife is how many half-lives a history has by default.
const historyPerHalfLife = 3

// DefaultWeighing returns how events are weighed where nothing else is asked for:
// where the history is long enough, what a customer did with a product ages by the last time, half after a
// third of the history.
func DefaultWeighing(days float64) shop.Weighing {
	g := shop.Weighing{Weights: shop.DefaultWeights()}
	if days >= trendDays {
		g.HalfLifeDays = math.Round(days / historyPerHalfLife)
	}
	return g
}

// weighed makes a training set; where its spec leaves open how events are weighed,
// that is chosen by the data.
func weighed(ctx context.Context, lake datasets, spec warehouse.DatasetSpec) (*warehouse.Dataset, error) {
	d, err := lake.Dataset(ctx, spec)
	if err != nil || !spec.Weighing.IsZero() {
		return d, err
	}
	first, _ := span(d)
	spec = d.Spec
	if spec.Weighing = DefaultWeighing(reference(d).Sub(first).Hours() / 24); len(d.First) == 0 {
		return d, nil
	}
	return lake.Dataset(ctx, spec) // of the same sums: it is there
}

// WeighingSteps draws ways to weigh events that a search may try, each a step from
// another: of a history of so many days, in which events other than purchases count
// where browsed says so.
func WeighingSteps(days float64, browsed bool) func(*rand.Rand, shop.Weighing) shop.Weighing {
	return weigher{days, browsed}.step
}

type weigher struct {
	days    float64 // of the history
	browsed bool    // whether anything but what was bought counts
}

// browsing are the types whose weight beside a purchase's is not known beforehand.
var browsing = []shop.EventType{shop.CartAdd, shop.ProductView, shop.Click, shop.Rating}

// step draws a weighing that differs from g in one respect.
func (w weigher) step(rng *rand.Rand, g shop.Weighing) shop.Weighing {
	if w.browsed && rng.IntN(2) == 0 {
		t := browsing[rng.IntN(len(browsing))]
		g.Weights = maps.Clone(g.Weights)
		g.Weights[t] = float64(int(1000*g.Weights[t]*[...]float64{0, .5, 2}[rng.IntN(3)])) / 1000
		return g
	}
	switch rng.IntN(6) {
	case 0:
		g.Quantity = other(rng, shop.Quantities, g.Quantity)
	case 1:
		g.Repeats = other(rng, shop.RepeatChoices, g.Repeats)
	case 2:
		if g.HalfLifeDays > 0 {
			g.Ages = other(rng, shop.AgeChoices, g.Ages)
			return g
		}
		fallthrough
	default:
		g.HalfLifeDays = w.halfLife(rng, g.HalfLifeDays)
		if g.HalfLifeDays == 0 {
			g.Ages = ""
		} else if rng.IntN(3) == 0 {
			g.Ages = other(rng, shop.AgeChoices, g.Ages)
		}
	}
	return g
}

// halfLife goes a step up or down, or from none to any.
func (w weigher) halfLife(rng *rand.Rand, now float64) float64 {
	all := slices.DeleteFunc([]float64{15, 30, 60, 120, 240, 480, 960}, func(days float64) bool { return days >= w.days })
	at := slices.Index(all, now)
	switch {
	case len(all) == 0:
		return 0
	case at < 0:
		return all[rng.IntN(len(all))]
	case rng.IntN(2) == 0 && at > 0:
		return all[at-1]
	case at+1 < len(all):
		return all[at+1]
	}
	return 0
}

// other draws one of the choices that is not now; the default, the first, as none.
func other[T ~string](rng *rand.Rand, choices []T, now T) T {
	if now == "" {
		now = choices[0]
	}
	rest := slices.DeleteFunc(slices.Clone(choices), func(c T) bool { return c == now })
	if c := rest[rng.IntN(len(rest))]; c != choices[0] {
		return c
	}
	return ""
}
