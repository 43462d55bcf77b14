package recommend_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"also/engine"
	"also/recommend"
	"also/shop"
)

const berta = shop.UserID(4712)

// bought records a purchase some days ago.
func (w *world) bought(u shop.UserID, sku string, daysAgo int) {
	w.does(u, shop.Purchase, sku, func(e *shop.Event) { e.OccurredAt = w.now().AddDate(0, 0, -daysAgo) })
}

func again(w *world, u shop.UserID) recommend.Answer {
	w.t.Helper()
	return w.ask(recommend.Request{Placement: recommend.PlacementBuyAgain, User: u, First: 100})
}

// What is due comes first; buying it puts it off, and says so; what was returned or rejected is gone. With
// and without a model.
func TestBuyAgain(t *testing.T) {
	for name, w := range map[string]*world{"without a model": newWorld(t), "with a model": trainedWorld(t)} {
		t.Run(name, func(t *testing.T) {
			for _, ago := range []int{84, 63, 42, 21} {
				w.bought(berta, red(1), ago)
			}
			w.bought(berta, red(2), 80)
			w.bought(berta, red(3), 300)
			w.bought(berta, red(3), 290)
			w.bought(berta, red(4), 5)
			w.does(berta, shop.Return, red(4))
			w.bought(berta, red(5), 5)
			w.does(berta, shop.NotInterested, red(5))
			w.does(berta, shop.ProductView, red(6))
			a := again(w, berta)
			if got, want := skusOf(a), []string{red(1), red(2), red(3)}; !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
			for i, want := range []string{"You buy this about every 3 weeks, the last time 3 weeks ago", "You bought this 3 months ago", "You bought this twice, the last time 10 months ago"} {
				if r := a.Items[i].Reasons[0]; r.Text != want || r.Kind != recommend.ReasonRhythm || r.SKU != a.Items[i].SKU {
					t.Errorf("%s: %+v, want %q", a.Items[i].SKU, r, want)
				}
			}
			before := a.Items[0].Score
			w.bought(berta, red(1), 0)
			after := again(w, berta).Items
			k := slices.IndexFunc(after, func(i recommend.Item) bool { return i.SKU == red(1) })
			if after[k].Score >= before || !strings.HasSuffix(after[k].Reasons[0].Text, "the last time today") {
				t.Errorf("bought again: score %g after %g, %q", after[k].Score, before, after[k].Reasons[0].Text)
			}
		})
	}
}

// What an artefact says of a customer's purchases, and what they bought since, are one rhythm.
func TestBuyAgainFromTheModel(t *testing.T) {
	w := trainedWorld(t)
	const day = 24 * time.Hour
	column := int32(slices.Index(w.skus, red(7)))
	trained := w.trained.UnixMilli()
	w.models.Swap(w.model("rhythms", func(in *recommend.ModelInput) {
		r := &engine.Repeats{Items: len(in.SKUs), Ptr: make([]int64, len(in.Users)+1)}
		r.Append(column, engine.Taken{Times: 3, First: trained - (30 * day).Milliseconds(), Last: trained - (10 * day).Milliseconds()})
		for u := 1; u <= len(in.Users); u++ {
			r.Ptr[u] = 1
		}
		in.Repeats = r
	}))
	anne := w.users[0]
	text := func() string {
		t.Helper()
		for _, i := range again(w, anne).Items {
			if i.SKU == red(7) {
				return i.Reasons[0].Text
			}
		}
		return ""
	}
	if !w.boughtBy(anne)[red(7)] {
		w.does(anne, shop.Purchase, red(7))
		w.pass(48 * time.Hour)
	}
	w.does(anne, shop.Purchase, red(7))
	w.pass(9 * day)
	got := text()
	if !strings.HasPrefix(got, "You buy this about every ") || !strings.HasSuffix(got, "the last time 9 days ago") {
		t.Errorf("got %q", got)
	}
}

func TestPlacementsSayWhatTheyAsk(t *testing.T) {
	for _, p := range recommend.Placements() {
		want := recommend.Discovery
		if p.Placement == recommend.PlacementBuyAgain {
			want = recommend.Again
		}
		if p.Question != want {
			t.Errorf("%s asks for %s, want %s", p.Placement, p.Question, want)
		}
	}
}
