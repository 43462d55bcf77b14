package recommend

import (
	"maps"
	"slices"
)

// Question is what a placement asks.
type Question string

// Finding something new and buying again what one knows are two questions: what
// answers one of them is no answer to the other.
const (
	Discovery Question = "DISCOVERY" // products that the shopper has not bought
	Again     Question = "AGAIN"     // products that the shopper has bought
)

// Tiers says how a placement is answered: what is asked first, and what fills
// up what is left; the sources of one tier are mixed.
type Tiers struct {
	Placement string
	Question  Question
	Sources   [][]Source
}

// Placements returns the placements that have tiers of their own, by name.
func Placements() []Tiers {
	var out []Tiers
	for _, name := range slices.Sorted(maps.Keys(ladders)) {
		t := Tiers{Placement: name, Question: Discovery}
		if name == PlacementBuyAgain {
			t.Question = Again
		}
		for _, tier := range ladders[name] {
			var sources []Source
			for _, r := range tier {
				sources = append(sources, r.source)
			}
			t.Sources = append(t.Sources, sources)
		}
		out = append(out, t)
	}
	return out
}
