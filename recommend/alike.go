package recommend

import (
	"context"
	"maps"
	"slices"
	"strings"

	"also/engine"
	"also/shop"
)

// maxThin is from how many products on a shopper's own history says enough: what
// customers alike buy would weigh a thirtieth.
const maxThin = 30

// alike is what customers buy who share what is known of a shopper of whom little else
// is known.
type alike struct {
	shares []float32 // by column of the model
	part   float64   // how much of a score is for that
	words  string    // "city and channel"
}

// thin reports that what is known of a shopper beside their history may count.
func (q *question) thin() bool {
	if q.v == nil || q.v.model.Alike == nil {
		return false
	}
	row := q.v.model.row(q.req.User)
	return row < 0 || q.v.model.Sums.Ptr[row+1]-q.v.model.Sums.Ptr[row] < maxThin
}

// readAttributes returns what the shop keeps of a shopper and what the request says of
// them, which goes first.
func (q *question) readAttributes(ctx context.Context) (map[string]string, error) {
	customers, err := q.s.Store.Customers(ctx, []shop.UserID{q.req.User})
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	if customers[0] != nil {
		maps.Copy(all, customers[0].Attributes)
	}
	maps.Copy(all, q.req.Attributes)
	return all, nil
}

// findAlike looks for customers alike, as far as the profile is thin.
func (q *question) findAlike(attributes map[string]string) {
	if len(attributes) == 0 || len(q.profile.entries) >= maxThin {
		return
	}
	m := q.v.model
	var features []int32
	var names []string
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		at, known := slices.BinarySearch(m.Traits, shop.Trait(name, attributes[name]))
		if known && m.Alike.Says(int32(at)) {
			features, names = append(features, int32(at)), append(names, name)
		}
	}
	if len(features) == 0 {
		return
	}
	q.alike = &alike{shares: make([]float32, len(m.SKUs)), part: engine.AlikePart(len(q.profile.entries)), words: inWords(names)}
	m.Alike.Shares(q.alike.shares, features)
}

func inWords(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// beside puts what customers alike buy of a product beside its score for the shopper's
// history and the reasons for that, which shrink.
func (a *alike) beside(column int32, score float64, reasons []Reason) (float64, []Reason) {
	if a == nil {
		return score, reasons
	}
	rest := 1 - a.part
	for k := range reasons {
		reasons[k].Share *= rest
	}
	score *= rest
	if int(column) >= len(a.shares) || a.shares[column] <= 0 {
		return score, reasons
	}
	share := a.part * float64(a.shares[column])
	r := Reason{Kind: ReasonPrior, Share: share, Text: "Popular with customers of the same " + a.words}
	return score + share, slices.Insert(reasons, 0, r)
}
