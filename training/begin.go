package training

import (
	"context"
	"slices"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
)

// beginners says where serving begins with the users of a model's training set of whom
// little is known.
type beginners struct {
	alike *engine.Alike
	of    *engine.Attributes // a row a user
	came  []int64            // when each first took anything, in milliseconds; 0: never
}

// begin returns where the fold-in of a user begins: see recommend.
func (b *beginners) begin(u evaluate.User) *engine.Start {
	var features []int32
	for _, f := range b.of.Row(int(u.Row)) {
		if b.alike.Says(f) {
			features = append(features, f)
		}
	}
	came := b.came[u.Row]
	if came == 0 {
		came = b.alike.Now
	}
	return startOf(b.alike, features, u.History, came, b.alike.Now)
}

// startOf returns where the fold-in begins of a user with these features, whose history
// begins at came and ends at now; nil: it is known whole, or nothing is known.
func startOf(alike *engine.Alike, features []int32, history []engine.Entry, came, now int64) *engine.Start {
	if len(features) == 0 && len(history) == 0 {
		return nil
	}
	known := alike.Known(history, came, now)
	if known >= 1 {
		return nil
	}
	return alike.Start(features, known)
}

// begin returns where serving would begin with the users of a model that was trained on
// train, if that were all of the history; nil: with each as if known whole.
func (h *holdOut) begin(ctx context.Context, parts engine.Parts, train *engine.Matrix, dates engine.Dates, workers int) (evaluate.Begin, error) {
	if dates.First == nil || h.traits == nil {
		return nil, nil
	}
	alike, err := engine.NewAlike(ctx, train, parts.Factors, h.traits.of, h.traits.kinds, workers)
	if err != nil {
		return nil, err
	}
	b := &beginners{alike: alike, of: h.traits.of, came: make([]int64, train.Rows)}
	for u := range b.came {
		if first := dates.First[train.Ptr[u]:train.Ptr[u+1]]; len(first) > 0 {
			b.came[u] = slices.Min(first)
			if alike.Began == 0 || b.came[u] < alike.Began {
				alike.Began = b.came[u]
			}
		}
	}
	alike.Now = dates.Now
	return b.begin, nil
}

// dated notes in Alike the time that the artefact's histories span.
func (a *Artefact) dated() {
	a.Alike.Now = a.AgedAt.UnixMilli()
	if len(a.Last) > 0 {
		a.Alike.Began = slices.Min(a.Last)
	}
	if r := a.Repeats; r != nil {
		for k := range r.Idx {
			a.Alike.Began = min(a.Alike.Began, r.Of(int64(k)).First)
		}
	}
	a.Alike.Began = max(0, a.Alike.Began)
}

// came returns when the user of a row first took anything, as far as the artefact says it.
func (a *Artefact) came(row int) int64 {
	came := a.AgedAt.UnixMilli()
	for _, at := range a.Last[a.Sums.Ptr[row]:a.Sums.Ptr[row+1]] {
		came = min(came, at)
	}
	if a.Repeats != nil {
		idx, at := a.Repeats.Row(row)
		for k := range idx {
			came = min(came, a.Repeats.Of(at+int64(k)).First)
		}
	}
	return came
}

// features returns those of a customer's attributes that say to the model what they buy.
func (a *Artefact) features(attributes map[string]string) []int32 {
	var features []int32
	for name, value := range attributes {
		at, found := slices.BinarySearch(a.Traits, shop.Trait(name, value))
		if found && a.Alike.Says(int32(at)) {
			features = append(features, int32(at))
		}
	}
	slices.Sort(features)
	return features
}
