package recommend_test

import (
	"math"
	"slices"
	"testing"

	"also/engine"
	"also/recommend"
	"also/shop"
	"also/store"
)

// placeWorld has a live model that knows where its customers live: who likes red in Reading, who likes blue in
// Bluffton. All have the same channel, which says nothing.
func placeWorld(t *testing.T, change func(*recommend.ModelInput)) *world {
	w := trainedWorld(t)
	in := []int64{shop.Trait("city", "Reading"), shop.Trait("city", "Bluffton"), shop.Trait("channel", "web")}
	stands := slices.Sorted(slices.Values(in))
	at := func(trait int64) int32 { k, _ := slices.BinarySearch(stands, trait); return int32(k) }
	a := &engine.Attributes{Features: 3, Ptr: []int64{0}}
	for u := range w.users {
		row := []int32{at(in[u%2]), at(in[2])}
		slices.Sort(row)
		a.Idx, a.Ptr = append(a.Idx, row...), append(a.Ptr, int64(len(a.Idx)+2))
	}
	kinds := make([]int32, 3)
	kinds[at(in[2])] = 1
	w.models.Swap(w.model("places", func(in *recommend.ModelInput) {
		if change != nil {
			change(in)
		}
		var err error
		if in.Alike, err = engine.NewAlike(t.Context(), w.sums, in.Parts.Factors, a, kinds, 1); err != nil {
			t.Fatal(err)
		}
		in.Traits = stands
	}))
	return w
}

// checkShares fails unless every personal product's shares add up to its score; it returns the reasons of a kind.
func checkShares(t *testing.T, a recommend.Answer, kind recommend.ReasonKind) (found []recommend.Reason) {
	t.Helper()
	for _, i := range a.Items {
		if i.Source != recommend.Personal {
			continue
		}
		sum, all := 0., 0.
		for _, r := range i.Reasons {
			sum, all = sum+r.Share, all+math.Abs(r.Share)
			if r.Kind == kind {
				found = append(found, r)
			}
		}
		if !(math.Abs(sum-i.Score) <= 1e-4*all) || i.Score <= 0 {
			t.Errorf("%s: shares sum to %g, score %g", i.SKU, sum, i.Score)
		}
	}
	return found
}

func redsOf(a recommend.Answer) int {
	n := 0
	for _, i := range a.Items {
		if i.SKU[:3] == "red" {
			n++
		}
	}
	return n
}

// Strangers of whom only a place is known are shown what customers of that place buy, and told so; what says
// nothing, and what nobody has, is left out.
func TestStrangersOfAPlace(t *testing.T) {
	w := placeWorld(t, nil)
	known := map[string]string{"city": " reading ", "channel": "web", "shoe size": "44"}
	a := w.ask(recommend.Request{Attributes: known})
	if got := redsOf(a); got < 10 || a.Freshness.Served != recommend.ServedFallback {
		t.Errorf("%d of %d are red, %+v", got, len(a.Items), a.Freshness)
	}
	prior := checkShares(t, a, recommend.ReasonPrior)
	if len(prior) < 10 || prior[0].Text != "Popular with customers of the same city" {
		t.Errorf("%+v", prior)
	}
	next := w.ask(recommend.Request{Attributes: known, First: 4, After: a.Items[3].Cursor})
	if next.Items[0].SKU != a.Items[4].SKU || len(checkShares(t, next, recommend.ReasonPrior)) == 0 {
		t.Errorf("the next page: %v after %v", skusOf(next), skusOf(a))
	}
	if got := redsOf(w.ask(recommend.Request{Attributes: map[string]string{"city": "Bluffton"}})); got > 2 {
		t.Errorf("%d are red in Bluffton", got)
	}
	bare := w.ask(recommend.Request{})
	for name, attributes := range map[string]map[string]string{"a place nobody lives in": {"city": "Nowhere"}, "what says nothing": {"channel": "web"}} {
		if got := w.ask(recommend.Request{Attributes: attributes}); !slices.Equal(skusOf(got), skusOf(bare)) {
			t.Errorf("%s: %v", name, skusOf(got))
		}
	}
}

// The shop need not say what it keeps of a customer; what they do counts at once and outweighs it, and the shares
// add up all the while, with all parts of a model.
func TestNewCustomersOfAPlace(t *testing.T) {
	for name, change := range map[string]func(*world) func(*recommend.ModelInput){
		"factors": func(*world) func(*recommend.ModelInput) { return nil },
		"all parts": func(w *world) func(*recommend.ModelInput) {
			return func(in *recommend.ModelInput) { in.Parts = wholeModel(w).Parts }
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := placeWorld(t, change(trainedWorld(t)))
			c, err := w.st.SaveCustomer(t.Context(), shop.Customer{ExternalID: "new", Attributes: map[string]string{"city": "Reading"}}, store.Create)
			if err != nil {
				t.Fatal(err)
			}
			before := w.ask(recommend.Request{User: c.User})
			if got := redsOf(before); got < 10 {
				t.Errorf("%d are red", got)
			}
			for k := range 4 {
				w.does(c.User, shop.Purchase, blue(k))
			}
			after := w.ask(recommend.Request{User: c.User, First: 40})
			if len(checkShares(t, after, recommend.ReasonPrior)) == 0 || len(checkShares(t, after, recommend.ReasonEvent)) == 0 {
				t.Errorf("%+v", after.Items[0].Reasons)
			}
			if after.Items[0].SKU[:4] != "blue" || after.Freshness.Served != recommend.ServedFoldIn {
				t.Errorf("after four blue ones: %v, %+v", skusOf(after), after.Freshness)
			}
			first := after.Items[0]
			e, err := w.Explain(t.Context(), c.User, first.SKU)
			if err != nil || math.Abs(e.Score-first.Score) > 1e-6 {
				t.Errorf("explained as %g, %v; it was %g", e.Score, err, first.Score)
			}
		})
	}
}

// A shopper of whom nothing is known but a click or two is shown what goes with it among what others buy, and told
// so; the more they do, the less of that there is.
func TestThinHistories(t *testing.T) {
	w := placeWorld(t, nil)
	session := shop.UserID(9_001)
	if a := w.ask(recommend.Request{User: session}); len(checkShares(t, a, recommend.ReasonPrior)) > 0 {
		t.Errorf("of whom nothing is known: %+v", a.Items[0])
	}
	var parts []float64
	for k := range 6 {
		w.does(session, shop.Purchase, blue(k))
		a := w.ask(recommend.Request{User: session, First: 40})
		prior := checkShares(t, a, recommend.ReasonPrior)
		if len(prior) == 0 || k == 0 && prior[0].Text != "Popular with other customers" {
			t.Fatalf("after %d: %+v", k+1, a.Items[0])
		}
		if a.Items[0].SKU[:4] != "blue" || a.Freshness.Served != recommend.ServedFoldIn {
			t.Errorf("after %d: %v", k+1, skusOf(a))
		}
		var others, all float64
		for i, r := range prior {
			others, all = others+math.Abs(r.Share), all+a.Items[i].Score
		}
		parts = append(parts, others/all)
	}
	if !(parts[0] > 0 && parts[5] < parts[0]/2) {
		t.Errorf("what others buy makes %.3f of the scores", parts)
	}
	// The training set knows its customers whole where nothing is dated.
	if a := w.ask(recommend.Request{User: anne}); len(checkShares(t, a, recommend.ReasonPrior)) > 0 {
		t.Errorf("of a customer of the training set: %+v", a.Items[0])
	}
}
