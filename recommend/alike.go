package recommend

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"also/engine"
	"also/shop"
)

// beginning is where the mathematics begins with a shopper whose history is known in part
// only: with what customers alike are like, of whom they are one till they say more.
type beginning struct {
	*engine.Start
	words string // "city and channel", what they share; "": all customers are meant
}

// thin reports that what is known of a shopper beside their history may count.
func (q *question) thin() bool {
	if q.v == nil || q.v.model.Alike == nil || len(q.v.model.Traits) == 0 {
		return false
	}
	m := q.v.model
	row := m.row(q.req.User)
	if row < 0 {
		return true
	}
	var weight float64
	_, w, b := m.Sums.Row(row)
	for k := range w {
		var age time.Duration
		if m.Last != nil {
			age = m.AgedAt.Sub(time.UnixMilli(m.Last[m.Sums.Ptr[row]+int64(k)]))
		}
		entry, _ := m.Weighing.Entry(float64(w[k]), float64(b[k]), age)
		weight += float64(entry)
	}
	return weight < m.Alike.Typical
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

// begin decides where the mathematics begins with the shopper. Where nothing at all is
// known of them, other sources know better what everybody buys.
func (q *question) begin(attributes map[string]string) {
	if q.v == nil || q.v.model.Alike == nil {
		return
	}
	m := q.v.model
	var features []int32
	var names []string
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		at, found := slices.BinarySearch(m.Traits, shop.Trait(name, attributes[name]))
		if found && m.Alike.Says(int32(at)) {
			features, names = append(features, int32(at)), append(names, name)
		}
	}
	if len(features) == 0 && len(q.profile.entries) == 0 {
		return
	}
	slices.Sort(features) // in the order of a list made ahead
	if start := q.profile.start(m, features); start != nil {
		q.beginning = &beginning{start, inWords(names)}
	}
}

// start returns where the fold-in of a profile begins, of somebody with these features;
// nil: it is known whole, or the model does not say.
func (p *profile) start(m *Model, features []int32) *engine.Start {
	if m.Alike == nil {
		return nil
	}
	known := p.known(m)
	if known >= 1 {
		return nil
	}
	return m.Alike.Start(features, known)
}

// known returns how much of a shopper's history is known, 0 to 1: engine.Alike.Known. Where
// nothing is dated, the training set knows its customers whole.
func (p *profile) known(m *Model) float64 {
	if m.Alike.Began == 0 && m.row(p.user) >= 0 {
		return 1
	}
	came := p.asOf.UnixMilli()
	for i := range p.items {
		it := &p.items[i]
		if it.taken.Times > 0 && it.taken.First > 0 {
			came = min(came, it.taken.First)
		}
		if it.rowLast > 0 {
			came = min(came, it.rowLast)
		}
		if it.last != nil {
			came = min(came, it.last.OccurredAt.UnixMilli())
		}
	}
	return m.Alike.Known(p.entries, came, p.asOf.UnixMilli())
}

// startOf returns where to begin, nil for nowhere in particular.
func (b *beginning) startOf() *engine.Start {
	if b == nil {
		return nil
	}
	return b.Start
}

// reason says what a product's score has of customers alike.
func (b *beginning) reason(share float64) Reason {
	whom, how := "other customers", "Popular with "
	if b.words != "" {
		whom = "customers of the same " + b.words
	}
	if share < 0 {
		how = "Rarely chosen by "
	}
	return Reason{Kind: ReasonPrior, Share: share, Text: how + whom}
}

func inWords(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
