package recommend_test

import (
	"math"
	"slices"
	"testing"

	"also/engine"
	"also/recommend"
	"also/shop"
)

// attributeWorld has a live model that foretells products from their category, vendor and name.
func attributeWorld(t *testing.T) *world {
	w := trainedWorld(t)
	w.models.Swap(w.model("attributes", func(in *recommend.ModelInput) {
		of := make([][]int64, len(in.SKUs))
		for j, sku := range in.SKUs {
			p := w.catalogue.Snapshot().Product(sku)
			of[j] = shop.Features(p, func(string) []string { return nil })
			in.Features = append(in.Features, of[j]...)
		}
		slices.Sort(in.Features)
		in.Features = slices.Compact(in.Features)
		a := &engine.Attributes{Features: len(in.Features), Ptr: []int64{0}}
		for _, row := range of {
			for _, f := range row {
				at, _ := slices.BinarySearch(in.Features, f)
				a.Idx = append(a.Idx, int32(at))
			}
			a.Ptr = append(a.Ptr, int64(len(a.Idx)))
		}
		var err error
		if in.Parts.Attributes, err = engine.TrainAttributes(t.Context(), w.sums, in.Parts.Factors, a, engine.AttributeConfig{Lambda: 1}, 1); err != nil {
			t.Fatal(err)
		}
	}))
	return w
}

func find(a recommend.Answer, sku string) *recommend.Item {
	for i := range a.Items {
		if a.Items[i].SKU == sku {
			return &a.Items[i]
		}
	}
	return nil
}

// A product that nobody bought is offered to those who like its kind, for what its attributes foretell, and is
// similar to its kind; its first buyers move it, and the shares still add up.
func TestProductsWithoutBuyers(t *testing.T) {
	w := attributeWorld(t)
	w.save(w.product("red-new", "red", 3))
	w.follow(w.Service)
	likesRed, likesBlue := w.users[0], w.users[1]
	var item *recommend.Item
	eventually(t, "red-new is offered", func() bool {
		item = find(w.ask(recommend.Request{User: likesRed, First: 100}), "red-new")
		return item != nil && item.Source == recommend.Personal
	})
	if r := item.Reasons; len(r) != 1 || r[0].Kind != recommend.ReasonPrior || r[0].Text != "New here: its category and vendor fit what you chose before" ||
		!(math.Abs(r[0].Share-item.Score) <= 1e-4*item.Score) || item.Score <= 0 {
		t.Errorf("score %g, %+v", item.Score, r)
	}
	if other := find(w.ask(recommend.Request{User: likesBlue, First: 100}), "red-new"); other != nil && other.Source == recommend.Personal && other.Score >= item.Score {
		t.Errorf("who likes blue scores it %g, who likes red %g", other.Score, item.Score)
	}
	similar := w.ask(recommend.Request{Placement: recommend.PlacementProduct, Products: []string{"red-new"}, Sources: []recommend.Source{recommend.Similar}, First: 10})
	reds := 0
	for _, i := range similar.Items {
		if i.SKU[:3] == "red" {
			reds++
		}
	}
	if len(similar.Items) < 10 || reds < 8 {
		t.Errorf("similar to a red product: %v", skusOf(similar))
	}
	for _, sku := range []string{"red-new", red(0)} {
		list, err := w.Related(t.Context(), recommend.Similar, sku, 31, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(list.Items); n < 10 {
			t.Errorf("%d products are similar to %s", n, sku)
		}
		if sku != "red-new" && find(list, "red-new") == nil {
			t.Errorf("it is not similar to %s: %v", sku, skusOf(list))
		}
	}
	before := item.Score
	for _, k := range []int{2, 4, 6} {
		w.note(w.users[k], "red-new")
	}
	eventually(t, "its first buyers move it", func() bool {
		item = find(w.ask(recommend.Request{User: likesRed, First: 100}), "red-new")
		return item != nil && len(item.Reasons) > 1
	})
	sum, all := 0., 0.
	for _, r := range item.Reasons {
		sum, all = sum+r.Share, all+math.Abs(r.Share)
	}
	if item.Score == before || item.Reasons[0].Kind != recommend.ReasonPrior || !(math.Abs(sum-item.Score) <= 1e-4*all) {
		t.Errorf("score %g after %g, shares sum to %g of %g: %+v", item.Score, before, sum, all, item.Reasons[0])
	}
}
