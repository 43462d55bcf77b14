package recommend

import (
	"maps"
	"slices"
)

// Tiers says how a placement is answered: what is asked first, and what fills
// up what is left; the sources of one tier are mixed.
type Tiers struct {
	Placement string
	Sources   [][]Source
}

// Placements returns the placements that have tiers of their own, by name.
func Placements() []Tiers {
	var out []Tiers
	for _, name := range slices.Sorted(maps.Keys(ladders)) {
		t := Tiers{Placement: name}
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
