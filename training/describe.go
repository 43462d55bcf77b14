package training

import (
	"fmt"
	"strings"

	"also/shop"
)

// Describe says in a line what settings are.
func Describe(s Settings) string {
	text := fmt.Sprintf("d %d", s.Dim)
	if s.SecondDim > 0 {
		text += fmt.Sprintf(" + %d", s.SecondDim)
	}
	text += fmt.Sprintf(", α0 %.2g, λ %.2g", s.Unobserved, s.Lambda)
	if s.Nu != 1 {
		text += fmt.Sprintf(", ν %g", s.Nu)
	}
	text += fmt.Sprintf(", %d epochs", s.Epochs)
	if how := DescribeWeighing(s.Weighing); how != "" {
		text += ", " + how
	}
	if weights := describeWeights(s.Recipe); weights != "" {
		text += "; " + weights
	}
	return text
}

// describeWeights says which neighbours and which gain a configuration has.
func describeWeights(s Config) string {
	text := ""
	if s.Neighbours != nil {
		text = "; " + describeNeighbours(*s.Neighbours)
	}
	if g := s.Gain; g != nil && g.Trend > 0 {
		text += fmt.Sprintf("; trend %.2g", g.Trend)
		if g.HalfLifeDays > 0 {
			text += fmt.Sprintf(" over %g days", g.HalfLifeDays)
		}
	}
	if g := s.Gain; g != nil && g.Popularity > 0 {
		text += fmt.Sprintf("; popularity %.2g", g.Popularity)
	}
	return strings.TrimPrefix(text, "; ")
}

// describeNeighbours says which neighbours there are.
func describeNeighbours(n NeighbourConfig) string {
	var parts []string
	if n.Ridge > 0 {
		parts = append(parts, fmt.Sprintf("ridge %.2g of %d (λ %.2g, a %.2g, p %.2g)", n.Ridge, n.Sources, n.Lambda, n.UserPower, n.TargetPower))
	}
	if n.Filter > 0 {
		parts = append(parts, fmt.Sprintf("filter %.2g of %d", n.Filter, n.FilterTargets))
	}
	return strings.Join(parts, "; ")
}

// DescribeWeighing says how events are weighed otherwise than by default; empty for
// not at all.
func DescribeWeighing(g shop.Weighing) string {
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	if g.HalfLifeDays > 0 {
		what := map[shop.Ages]string{"": "", shop.AgesEvent: ", each by itself"}[g.Ages]
		say("half after %g days%s", g.HalfLifeDays, what)
	}
	switch g.Quantity {
	case shop.QuantityCapped:
		say("up to %d pieces count", shop.QuantityCap)
	case shop.QuantityLog:
		say("pieces count by their logarithm")
	}
	if g.Repeats == shop.RepeatsLog {
		say("repeats count by their logarithm")
	}
	byDefault := shop.DefaultWeights()
	for _, t := range shop.EventTypes {
		if w, other := g.Weights[t], byDefault[t]; g.Weights != nil && w != other {
			say("%s %.2g", strings.ToLower(strings.ReplaceAll(string(t), "_", " ")), w)
		}
	}
	return strings.Join(said, ", ")
}
