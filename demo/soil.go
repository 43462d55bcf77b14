package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"also/shop"
)

// soil adds the dirt that real histories have, and puts events in the order in
// which they became known: one in 200 comes twice, one in 300 names a sku that
// no longer exists, one in 100 arrives up to five days late.
func soil(rng *rand.Rand, events []shop.Event, now time.Time) []shop.Event {
	var again []shop.Event
	for k := range events {
		e := &events[k]
		if e.SKU != "" && rng.Float64() < 1./300 {
			e.SKU = fmt.Sprintf("OLD-%03d", rng.IntN(120))
		}
		if rng.Float64() < 1./100 {
			if late := e.RecordedAt.Add(time.Duration(1+rng.IntN(120)) * time.Hour); late.Before(now) {
				e.RecordedAt = late
			}
		}
		if rng.Float64() < 1./200 {
			twin := *e
			twin.RecordedAt = twin.RecordedAt.Add(time.Minute)
			again = append(again, twin)
		}
	}
	events = append(events, again...)
	slices.SortStableFunc(events, func(a, b shop.Event) int { return cmp.Compare(a.RecordedAt.UnixMilli(), b.RecordedAt.UnixMilli()) })
	return events
}
