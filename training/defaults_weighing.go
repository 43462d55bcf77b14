package training

import (
	"fmt"

	"also/shop"
)

// weighingParameters describes how events may be weighed, in the order of a form.
func weighingParameters(st Stats, g shop.Weighing) []Parameter {
	zero, most := 0.0, 1e6
	century := 36_500.0
	all := []Parameter{
		{
			Name: "halfLifeDays", Label: "Half-life of events", Value: g.HalfLifeDays, Low: &zero, High: &century, Unit: "days",
			What: "The age at which what a customer did counts half. 0: nothing ages.",
			Why:  whyHalfLife(st, g.HalfLifeDays),
		},
		{
			Name: "ages", Label: "Whose age", Choices: words(shop.AgeChoices),
			What: "All that a customer did with a product ages by the last time, or each event by itself.",
			Why:  "Last whatever the data: what is still bought is as good as new.",
		},
		{
			Name: "quantity", Label: "Several pieces at once", Choices: words(shop.Quantities),
			What: fmt.Sprintf("Count as one, up to %d, or by their logarithm.", shop.QuantityCap),
			Why:  "Ignored whatever the data: a large order says little of what else its buyer would like.",
		},
		{
			Name: "repeats", Label: "Doing it again", Choices: words(shop.RepeatChoices),
			What: "A purchase is all there is to say and more add nothing, or they add by their logarithm.",
			Why:  "Capped whatever the data: buying again says little of what else a customer would like.",
		},
	}
	byDefault := shop.DefaultWeights()
	for _, w := range []struct {
		name, label, what string
		of                shop.EventType
	}{
		{"weightCartAdd", "Putting it into the cart", "How much that says of taste beside a purchase, which says 1.", shop.CartAdd},
		{"weightProductView", "Looking at it", "How much that says of taste beside a purchase.", shop.ProductView},
		{"weightClick", "Clicking a recommendation", "How much that says of taste beside a purchase.", shop.Click},
		{"weightRating", "A rating", "How much that says: for the product from four stars, against it up to two.", shop.Rating},
		{"weightNotInterested", "Not being interested", "How much that says, always against the product.", shop.NotInterested},
	} {
		all = append(all, Parameter{
			Name: w.name, Label: w.label, Value: byDefault[w.of], Low: &zero, High: &most, What: w.what,
			Why: fmt.Sprintf("%g whatever the data.", byDefault[w.of]),
		})
	}
	return all
}

// words returns choices as texts.
func words[T ~string](choices []T) []string {
	all := make([]string, len(choices))
	for k, c := range choices {
		all[k] = string(c)
	}
	return all
}

func whyHalfLife(st Stats, value float64) string {
	if value == 0 {
		return fmt.Sprintf("0: the history has %.0f days, and nothing in less than %d is old.", st.Days, trendDays)
	}
	return fmt.Sprintf("%g: the history has %.0f days, and a third of that was best where it was measured.", value, st.Days)
}
