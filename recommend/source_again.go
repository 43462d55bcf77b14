package recommend

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"also/engine"
)

// buyAgain is what the shopper bought, what they are likely to buy again soon
// first: by how often and when they bought it, up to the last purchase, and by the product's own
// rhythm (engine.Rhythm). It needs no model, which would only know the rhythms.
type buyAgain struct{}

func (buyAgain) propose(_ context.Context, q *question, n int) ([]candidate, error) {
	var rhythm *engine.Rhythm
	if q.v != nil {
		rhythm = q.v.model.rhythm
	}
	now := q.s.Now().UnixMilli()
	var out []candidate
	for i := range q.profile.items {
		it := &q.profile.items[i]
		if !it.bought || it.rejected || it.taken.Times < 1 {
			continue
		}
		number, ok := q.number(it)
		if ok && q.accepts(number, BuyAgain) {
			score := rhythm.Again(it.column, it.taken, now, engine.AgainDays)
			out = append(out, candidate{number: number, by: BuyAgain, score: score})
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.number, b.number))
	})
	return out[:min(n, len(out))], nil
}

func (buyAgain) reasons(q *question, c *candidate) []Reason {
	r := Reason{Kind: ReasonRhythm, SKU: q.snap.At(c.number).SKU, Text: "You bought this"}
	if i, ok := q.profile.index[r.SKU]; ok {
		r.Text = rhythmText(q.profile.items[i].taken, q.s.Now())
	}
	return []Reason{r}
}

// rhythmText says in a shopper's words how often they buy something.
func rhythmText(t engine.Taken, now time.Time) string {
	if t.Last <= 0 {
		return "You bought this"
	}
	last := agoText(now.Sub(time.UnixMilli(t.Last)).Hours() / 24)
	switch days := t.Every(); {
	case t.Times < 2:
		return "You bought this " + last
	case t.Times == 2 || days < 1:
		return fmt.Sprintf("You bought this %s, the last time %s", timesText(t.Times), last)
	default:
		return fmt.Sprintf("You buy this about every %s, the last time %s", spanText(days), last)
	}
}

func timesText(n int32) string {
	if n == 2 {
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// spanText says how long some days, one or more, are.
func spanText(days float64) string {
	units := func(n float64, one string) string {
		if n := int(math.Round(n)); n > 1 {
			return fmt.Sprintf("%d %ss", n, one)
		}
		return one
	}
	switch {
	case days < 12:
		return units(days, "day")
	case days < 60:
		return units(days/7, "week")
	default:
		return units(days/30.4, "month")
	}
}

// agoText says when something was.
func agoText(days float64) string {
	switch {
	case days < 1:
		return "today"
	case days < 2:
		return "yesterday"
	}
	span := spanText(days)
	if span[0] < '0' || span[0] > '9' {
		span = "a " + span
	}
	return span + " ago"
}
