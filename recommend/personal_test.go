package recommend_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"also/recommend"
	"also/shop"
)

// anne likes red.
const anne = shop.UserID(1)

func TestPersonal(t *testing.T) {
	w := trainedWorld(t)
	a := w.ask(recommend.Request{User: anne, First: 10})
	bought := w.boughtBy(anne)
	for _, i := range a.Items {
		if i.Source != recommend.Personal || !strings.HasPrefix(i.SKU, "red") || bought[i.SKU] {
			t.Errorf("%s by %s", i.SKU, i.Source)
		}
	}
	if len(a.Items) != 10 || !a.HasMore || a.Model != "m1" {
		t.Errorf("%d items, more %t, model %q", len(a.Items), a.HasMore, a.Model)
	}
	f := a.Freshness
	if f.Served != recommend.ServedFoldIn || f.TrainedThrough != 960 || !f.TrainedAt.Equal(w.trained) || f.PendingEvents != 0 || len(f.Late) != 0 {
		t.Errorf("freshness %+v", f)
	}
	if id, err := shop.ParseUUID(a.ID); err != nil || id[6]>>4 != 7 {
		t.Errorf("the answer's id %q is no UUIDv7", a.ID)
	}
}

// The shares of every product sum to its score, and name what the shopper did.
func TestSharesSumToTheScore(t *testing.T) {
	w := trainedWorld(t)
	w.does(anne, shop.ProductView, blue(3))
	rated := w.does(anne, shop.Rating, blue(4), func(e *shop.Event) { e.Rating = 1 })
	known := w.boughtBy(anne)
	known[blue(3)], known[blue(4)] = true, true
	for _, i := range w.ask(recommend.Request{User: anne, First: 20}).Items {
		if i.Source != recommend.Personal {
			continue
		}
		sum, all := 0.0, 0.0
		for k, r := range i.Reasons {
			sum += r.Share
			all += math.Abs(r.Share)
			if r.Kind != recommend.ReasonEvent || !known[r.SKU] {
				t.Errorf("%s because of %s %s", i.SKU, r.Kind, r.SKU)
			}
			if k > 0 && math.Abs(r.Share) > math.Abs(i.Reasons[k-1].Share) {
				t.Errorf("%s: shares are not widest first", i.SKU)
			}
			if r.SKU == blue(4) && (r.Event == nil || r.Event.ID != rated.ID || r.Text != "Because you did not like The blue-04") {
				t.Errorf("the rating's reason is %+v", r)
			}
		}
		if len(i.Reasons) != len(known) || !(math.Abs(sum-i.Score) <= 1e-4*all) || i.Score <= 0 {
			t.Errorf("%s: %d shares sum to %g, score %g", i.SKU, len(i.Reasons), sum, i.Score)
		}
	}
}

// An answer without reasons is the same answer.
func TestNoReasons(t *testing.T) {
	w := trainedWorld(t)
	w.does(anne, shop.Rating, blue(4), func(e *shop.Event) { e.Rating = 1 })
	req := recommend.Request{Placement: recommend.PlacementHome, User: anne, First: 20}
	why := w.ask(req)
	req.NoReasons = true
	bare, err := w.Recommend(t.Context(), req)
	if err != nil || !slices.Equal(skusOf(bare), skusOf(why)) {
		t.Fatalf("%v, with reasons %v: %v", skusOf(bare), skusOf(why), err)
	}
	for k, i := range bare.Items {
		if i.Reasons != nil || !(math.Abs(i.Score-why.Items[k].Score) <= 1e-5*math.Abs(i.Score)) {
			t.Errorf("%s has the score %g and %d reasons, with reasons %g", i.SKU, i.Score, len(i.Reasons), why.Items[k].Score)
		}
	}
}

// The very next answer knows what was bought.
func TestNextAnswerKnows(t *testing.T) {
	w := trainedWorld(t)
	blues := func(a recommend.Answer) int {
		n := 0
		for _, i := range a.Items {
			if strings.HasPrefix(i.SKU, "blue") && i.Source == recommend.Personal {
				n++
			}
		}
		return n
	}
	if n := blues(w.ask(recommend.Request{User: anne, First: 12})); n > 1 {
		t.Fatalf("%d blue products before any was bought", n)
	}
	var last shop.Event
	for i := range 12 {
		last = w.does(anne, shop.Purchase, blue(i))
	}
	a := w.ask(recommend.Request{User: anne, First: 12})
	if blues(a) < 4 {
		t.Errorf("%d blue products after twelve were bought", blues(a))
	}
	for _, sku := range skusOf(a) {
		if sku < blue(12) && strings.HasPrefix(sku, "blue") {
			t.Errorf("%s was just bought", sku)
		}
	}
	if a.Freshness.ProfileThrough == nil || !a.Freshness.ProfileThrough.Equal(last.OccurredAt) {
		t.Errorf("the profile is known through %v, want %v", a.Freshness.ProfileThrough, last.OccurredAt)
	}
}

// Two customers get the same list when what they did comes to the same.
func (w *world) sameTaste(a, b shop.UserID) {
	w.t.Helper()
	x, y := w.profile(a), w.profile(b)
	if !slices.Equal(x, y) {
		w.t.Errorf("tastes differ:\n%v\n%v", x, y)
	}
}

type belief struct {
	sku       string
	w, target float64
}

func (w *world) profile(u shop.UserID) []belief {
	w.t.Helper()
	taste, err := w.Profile(w.t.Context(), u)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []belief
	sum := 0.0
	for _, b := range taste.Beliefs {
		if sum += b.Influence; b.Weight > 0 {
			out = append(out, belief{b.SKU, b.Weight, b.Target})
		}
	}
	if len(out) > 0 && !(math.Abs(sum-1) <= 1e-4) {
		w.t.Errorf("influences sum to %g", sum)
	}
	slices.SortFunc(out, func(a, b belief) int { return strings.Compare(a.sku, b.sku) })
	return out
}

func TestWeights(t *testing.T) {
	w := trainedWorld(t)
	const x, y = shop.UserID(1001), shop.UserID(1002)
	// A return takes back exactly its purchase, a removal its cart add.
	w.does(x, shop.Purchase, red(1))
	w.does(y, shop.Purchase, red(1))
	w.does(x, shop.Purchase, blue(1))
	w.does(x, shop.Return, blue(1))
	w.does(x, shop.CartAdd, blue(2))
	w.does(x, shop.CartRemove, blue(2))
	w.sameTaste(x, y)
	// What is excluded counts nothing.
	gift := w.does(x, shop.Purchase, blue(3))
	w.does(x, shop.ExcludedFromTaste, "", func(e *shop.Event) { e.Ref = gift.ID })
	w.sameTaste(x, y)
	// Impressions and searches say nothing.
	w.does(x, shop.Impression, blue(4))
	w.does(x, shop.Search, "", func(e *shop.Event) { e.Query = "lamp" })
	w.sameTaste(x, y)
	want := []belief{{red(1), 1, 1}}
	if got := w.profile(x); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	w.does(y, shop.ProductView, red(2))
	w.does(y, shop.NotInterested, red(3))
	w.does(y, shop.Rating, red(4), func(e *shop.Event) { e.Rating = 4 })
	want = []belief{{red(1), 1, 1}, {red(2), float64(float32(0.1)), float64(float32(0.1))}, {red(3), 1, -1}, {red(4), 1, 0.5}}
	if got := w.profile(y); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A return of something trained on takes it out of the taste, and makes it buyable
// again.
func TestReturnOfTheTrained(t *testing.T) {
	w := trainedWorld(t)
	var sku string
	for s := range w.boughtBy(anne) {
		sku = max(sku, s)
	}
	before := len(w.profile(anne))
	w.does(anne, shop.Return, sku)
	after := w.profile(anne)
	if len(after) != before-1 || slices.ContainsFunc(after, func(b belief) bool { return b.sku == sku }) {
		t.Errorf("%s still counts: %d beliefs before, %d after", sku, before, len(after))
	}
}

// No event counts twice: not one that the model was trained on and that is still in
// the recent history.
func TestTrainedEventsCountOnce(t *testing.T) {
	w := trainedWorld(t)
	at := func(recorded time.Time) func(*shop.Event) {
		return func(e *shop.Event) { e.RecordedAt, e.OccurredAt = recorded, recorded }
	}
	const z = shop.UserID(2000)
	w.does(z, shop.Purchase, red(1), at(w.trained.Add(-time.Minute))) // trained on, whatever it says
	w.does(z, shop.Purchase, red(2), at(w.trained.Add(-time.Second))) // on its way then: the row knows nothing of it
	w.does(z, shop.Purchase, red(3), at(w.trained.Add(time.Second)))
	if got := w.profile(z); len(got) != 2 || got[0].sku != red(2) || got[1].sku != red(3) {
		t.Errorf("what counts is %v", got)
	}
	// Of a pair in the row, one recorded just before is taken for trained.
	var sku string
	for s := range w.boughtBy(anne) {
		sku = max(sku, s)
	}
	before := w.profile(anne)
	e := w.does(anne, shop.ProductView, sku, at(w.trained.Add(-time.Second)))
	if got := w.profile(anne); !slices.Equal(got, before) {
		t.Errorf("%v\n%v", got, before)
	}
	// But it says when, and what.
	x, err := w.Explain(t.Context(), anne, red(0))
	if err != nil {
		t.Fatal(err)
	}
	at0 := slices.IndexFunc(x.Reasons, func(r recommend.Reason) bool { return r.SKU == sku })
	if r := x.Reasons[at0]; r.Event == nil || r.Event.ID != e.ID {
		t.Errorf("the reason for %s names no event", sku)
	}
}

// With a half-life, the trained sums and the events since are as old as each other
// when they meet.
func TestDecay(t *testing.T) {
	w := newWorld(t)
	w.train()
	const halfLife = 24 * time.Hour
	for k := range w.sums.W {
		w.sums.W[k] = 0.5 // as decayed to the moment of training
	}
	w.models.Swap(w.model("decayed", func(in *recommend.ModelInput) {
		in.Weighing.HalfLifeDays, in.Weighing.Ages = halfLife.Hours()/24, shop.AgesEvent
	}))
	w.time.Store(w.trained.Add(2 * halfLife))
	e := w.does(anne, shop.Purchase, blue(1))
	f := shop.Decay(e.OccurredAt.Sub(w.trained), halfLife) / 2
	for _, b := range w.profile(anne) {
		want := f
		if b.sku == blue(1) {
			want = 1
		}
		if !(math.Abs(b.w-want) <= 1e-6) {
			t.Errorf("%s weighs %g, want %g", b.sku, b.w, want)
		}
	}
}

// Where a pair ages by its last event, what is done again is as young as that.
func TestAgesByTheLastEvent(t *testing.T) {
	w := newWorld(t)
	w.train()
	w.models.Swap(w.model("aged", func(in *recommend.ModelInput) {
		in.Weighing.HalfLifeDays = 1
		in.Last = make([]int64, w.sums.Entries())
		for k := range in.Last {
			in.Last[k] = w.trained.UnixMilli()
		}
		in.AgedAt = w.trained
	}))
	var old string
	for sku := range w.boughtBy(anne) {
		old = max(old, sku)
	}
	w.time.Store(w.trained.Add(48 * time.Hour))
	w.does(anne, shop.ProductView, old)
	e := w.does(anne, shop.Purchase, blue(1))
	since := shop.Decay(e.OccurredAt.Sub(w.trained), 24*time.Hour)
	for _, b := range w.profile(anne) {
		want := since
		if b.sku == blue(1) || b.sku == old {
			want = 1
		}
		if !(math.Abs(b.w-want) <= 1e-3) {
			t.Errorf("%s weighs %g, want %g", b.sku, b.w, want)
		}
	}
}

// An exclusion of something trained on cannot be weighed: with the product's name that
// counts nothing, without it the answer says that it does not know yet.
func TestExcludeTheTrained(t *testing.T) {
	w := trainedWorld(t)
	var sku string
	for s := range w.boughtBy(anne) {
		sku = max(sku, s)
	}
	before := len(w.profile(anne))
	unknown := shop.NewUUID(w.trained.Add(-time.Hour))
	w.does(anne, shop.ExcludedFromTaste, "", func(e *shop.Event) { e.Ref = unknown })
	if a := w.ask(recommend.Request{User: anne}); a.Freshness.PendingEvents != 1 || len(w.profile(anne)) != before {
		t.Errorf("%d events pending, %d of %d beliefs", a.Freshness.PendingEvents, len(w.profile(anne)), before)
	}
	w.does(anne, shop.ExcludedFromTaste, sku, func(e *shop.Event) { e.Ref = unknown })
	taste, err := w.Profile(t.Context(), anne)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range taste.Beliefs {
		if b.Excluded != (b.SKU == sku) || b.Excluded && (b.Weight != 0 || b.Influence != 0) {
			t.Errorf("%+v", b)
		}
	}
}

func TestExplain(t *testing.T) {
	w := trainedWorld(t)
	for _, i := range w.ask(recommend.Request{User: anne, First: 5}).Items {
		x, err := w.Explain(t.Context(), anne, i.SKU)
		if err != nil || !(math.Abs(x.Score-i.Score) <= 1e-5) || len(x.Reasons) != len(i.Reasons) {
			t.Errorf("%s: explained score %g by %d, answered %g by %d: %v", i.SKU, x.Score, len(x.Reasons), i.Score, len(i.Reasons), err)
		}
	}
	if _, err := w.Explain(t.Context(), anne, "nothing"); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("an unknown product: %v", err)
	}
	w.models.Swap(nil)
	if _, err := w.Explain(t.Context(), anne, red(1)); shop.CodeOf(err) != shop.NotFound {
		t.Errorf("without a model: %v", err)
	}
}

// Events about products that nobody knows are pending.
func TestPending(t *testing.T) {
	w := trainedWorld(t)
	w.does(anne, shop.Purchase, "unheard-of")
	if a := w.ask(recommend.Request{User: anne}); a.Freshness.PendingEvents != 1 {
		t.Errorf("%d events pending, want 1", a.Freshness.PendingEvents)
	}
}
