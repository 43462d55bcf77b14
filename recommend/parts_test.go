package recommend_test

import (
	"math"
	"slices"
	"testing"

	"also/engine"
	"also/recommend"
	"also/shop"
)

// wholeModel is the world's model with a second set of factors, neighbours and a
// gain.
func wholeModel(w *world) *recommend.Model {
	w.t.Helper()
	return w.model("whole", func(in *recommend.ModelInput) {
		second, err := engine.Train(w.t.Context(), w.sums, engine.Config{Dim: 5, Epochs: 5, Nu: 1, Unobserved: .1, Lambda: .01, Seed: 3}, engine.TrainOptions{})
		if err != nil {
			w.t.Fatal(err)
		}
		in.Parts = engine.Parts{Factors: []engine.WeightedModel{{Model: w.factors, Weight: .5}, {Model: second, Weight: .5}}}
		if in.Parts.Neighbours, err = engine.TrainNeighbours(w.t.Context(), w.sums, engine.DefaultNeighbours(), 1); err != nil {
			w.t.Fatal(err)
		}
		in.Parts.Gain = make([]float32, len(in.SKUs))
		for j := range in.Parts.Gain {
			in.Parts.Gain[j] = 1 + .2*float32(j%3-1)
		}
	})
}

// With all parts, too, shares sum to the score; the gain is apart, and second.
func TestSharesOfAWholeModel(t *testing.T) {
	w := trainedWorld(t)
	w.models.Swap(wholeModel(w))
	w.does(anne, shop.ProductView, blue(3))
	gains := 0
	for _, i := range w.ask(recommend.Request{User: anne, First: 20}).Items {
		if i.Source != recommend.Personal {
			continue
		}
		sum, all := 0.0, 0.0
		for k, r := range i.Reasons {
			sum, all = sum+r.Share, all+math.Abs(r.Share)
			if r.Kind == recommend.ReasonGain {
				gains++
				moves := map[bool]string{true: "More shoppers than usual choose it, which moves it up", false: "Fewer shoppers than usual choose it, which moves it down"}
				if k != 1 || r.Text != moves[r.Share > 0] || r.SKU != "" {
					t.Errorf("%s: reason %d is the gain, %+v", i.SKU, k, r)
				}
			}
		}
		if !(math.Abs(sum-i.Score) <= 1e-4*all) || i.Score <= 0 {
			t.Errorf("%s: shares sum to %g, score %g", i.SKU, sum, i.Score)
		}
	}
	if gains == 0 {
		t.Error("no product's gain was told")
	}
}

// With all parts, too, a purchase is in the next answer, through the neighbours as
// well.
func TestWholeModelKnowsTheLastClick(t *testing.T) {
	w := trainedWorld(t)
	w.models.Swap(wholeModel(w))
	before := w.ask(recommend.Request{User: anne, First: 10})
	w.does(anne, shop.Purchase, blue(7))
	w.does(anne, shop.Purchase, blue(8))
	after := w.ask(recommend.Request{User: anne, First: 10})
	told := func(a recommend.Answer) bool {
		return slices.ContainsFunc(a.Items, func(i recommend.Item) bool {
			return slices.ContainsFunc(i.Reasons, func(r recommend.Reason) bool { return r.SKU == blue(7) && r.Share != 0 })
		})
	}
	if told(before) || !told(after) {
		t.Errorf("the purchase is a reason before: %t, after: %t", told(before), told(after))
	}
}
