package recommend

import (
	"cmp"
	"context"
	"math"
	"slices"

	"also/engine"
	"also/shop"
)

// personal is the model's scores for the shopper's whole history, folded in
// now; while that is known in part only, from where customers alike are.
type personal struct{}

func (personal) propose(_ context.Context, q *question, n int) ([]candidate, error) {
	if q.v == nil || len(q.profile.entries) == 0 && q.beginning == nil {
		return nil, nil
	}
	w := q.work
	if cap(w.x) < q.v.blend.Dim() {
		w.x = make([]float32, q.v.blend.Dim())
	}
	x := w.x[:q.v.blend.Dim()]
	if err := q.v.blend.FoldInFrom(x, q.profile.entries, q.beginning.startOf(), &w.ws); err != nil {
		return nil, err
	}
	allowed := q.v.allow(q.snap, q.eligible, q.onSale)
	w.scored = q.v.blend.TopK(w.scored, x, q.profile.entries, n, allowed, q.refusedColumns(), &w.ws)
	numbers := q.v.placesIn(q.snap).number
	out := make([]candidate, 0, len(w.scored))
	for _, s := range w.scored {
		// Nothing speaks for what scores 0 or less: other sources know better.
		if s.Score <= 0 {
			break
		}
		out = append(out, candidate{number: numbers[s.Item], by: Personal, score: float64(s.Score)})
	}
	if c, ok := q.newest(x, allowed); ok {
		out = introduce(out, c)
	}
	return out, nil
}

// newPlace is the place, from 0, that a personal answer keeps for a product that the model does not
// know yet: what nobody is shown nobody buys, and then nothing is learnt of it.
const newPlace = 9

// newest returns, of the products folded in since training, the best for the shopper, if its score
// says anything for it.
func (q *question) newest(x []float32, allowed *engine.Bitmap) (candidate, bool) {
	o := q.v.overlay
	best := candidate{by: Personal}
	for i := range o.skus {
		column := int32(len(q.v.model.SKUs) + i)
		if _, refused := slices.BinarySearch(q.work.exclude, column); refused || !allowed.Has(column) {
			continue
		}
		score := float64(q.v.blend.Score(x, q.profile.entries, column))
		if score > best.score {
			best.score, best.number = score, q.v.placesIn(q.snap).number[column]
		}
	}
	return best, best.score > 0
}

// introduce moves or puts c to newPlace, unless the list has it there or before.
func introduce(list []candidate, c candidate) []candidate {
	at := slices.IndexFunc(list, func(o candidate) bool { return o.number == c.number })
	if at >= 0 && at <= newPlace || len(list) < newPlace {
		return list
	}
	if at > 0 {
		list = slices.Delete(list, at, at+1)
	}
	return slices.Insert(list, newPlace, c)
}

// maxReasons is how many shares an item lists one by one.
const maxReasons = 200

// reasons sets the candidate's score to the exact sum of its shares.
func (personal) reasons(q *question, c *candidate) []Reason {
	if q.v == nil {
		return nil
	}
	score, reasons, err := q.explain(q.snap.At(c.number).SKU)
	if err != nil || reasons == nil {
		return nil
	}
	c.score = score
	return reasons
}

// explain returns the shares of everything the shopper did in a product's score;
// nil reasons for a product that the model does not know.
func (q *question) explain(sku string) (float64, []Reason, error) {
	column := q.v.column(sku)
	if column < 0 {
		return 0, nil, nil
	}
	if len(q.profile.entries) == 0 && q.beginning == nil {
		return 0, []Reason{}, nil
	}
	if q.explainer == nil {
		e, err := q.v.blend.Explainer(q.profile.entries, q.beginning.startOf())
		if err != nil {
			return 0, nil, err
		}
		q.explainer = e
	}
	shares := slices.Grow(q.work.shares[:0], len(q.profile.entries))[:len(q.profile.entries)]
	q.work.shares = shares
	score, gain, err := q.explainer.Shares(shares, column)
	if err != nil {
		return 0, nil, err
	}
	foretold, err := q.foretold(column, shares)
	if err != nil {
		return 0, nil, err
	}
	if q.v.prior(column).whole {
		return score, []Reason{*foretold}, nil
	}
	reasons := q.shareReasons(shares)
	base := score - gain
	if q.beginning != nil {
		rest := base
		for _, share := range shares {
			rest -= share
		}
		if foretold != nil {
			rest -= foretold.Share
		}
		reasons = slices.Insert(reasons, 0, q.beginning.reason(rest))
	}
	if foretold != nil {
		reasons = slices.Insert(reasons, 0, *foretold)
	}
	if gain != 0 {
		// Second, so that a short list has it.
		reasons = slices.Insert(reasons, min(1, len(reasons)), gainReason(gain, base))
	}
	return score, reasons, nil
}

// foretold takes out of the shares of a new product's score what its attributes foretold,
// and returns that as a reason of its own; nil for products that have buyers enough.
func (q *question) foretold(column int32, shares []float64) (*Reason, error) {
	mean := q.v.prior(column)
	if mean.vectors == nil {
		return nil, nil
	}
	part := make([]float64, len(shares))
	score, err := q.explainer.Target(part, mean.vectors)
	if err != nil {
		return nil, err
	}
	for k := range shares {
		shares[k] -= part[k]
	}
	what := "what you chose before"
	if len(shares) == 0 {
		what = "what customers of the same " + q.beginning.words + " buy"
	}
	text := "New here: its " + mean.words + " fit " + what
	if score < 0 {
		text = "Its " + mean.words + " do not fit " + what
	}
	return &Reason{Kind: ReasonPrior, Share: score, Text: text}, nil
}

// gainReason says what the product's own gain makes of a score; base is the score without it.
func gainReason(gain, base float64) Reason {
	r := Reason{Kind: ReasonGain, Share: gain, Text: "As many shoppers as usual choose it"}
	switch part := gain / base; {
	case part >= .005:
		r.Text = "More shoppers than usual choose it, which moves it up"
	case part <= -.005:
		r.Text = "Fewer shoppers than usual choose it, which moves it down"
	}
	return r
}

// shareReasons turns the shares of the profile's entries into reasons, widest
// first.
func (q *question) shareReasons(shares []float64) []Reason {
	order := q.work.order[:0]
	for k := range shares {
		order = append(order, int32(k))
	}
	q.work.order = order
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(math.Abs(shares[b]), math.Abs(shares[a])), cmp.Compare(a, b))
	})
	reasons := make([]Reason, 0, min(len(order), maxReasons))
	for at, k := range order {
		if at == maxReasons-1 && len(order) > maxReasons {
			rest := Reason{Kind: ReasonEvent, Text: "Because of everything else you did"}
			for _, k := range order[at:] {
				rest.Share += shares[k]
			}
			return append(reasons, rest)
		}
		it := &q.profile.items[q.profile.entryOf[k]]
		reasons = append(reasons, Reason{Kind: ReasonEvent, SKU: it.sku, Event: it.last, Share: shares[k], Text: q.textOf(int(k))})
	}
	return reasons
}

// textOf says why entry k of the profile speaks for anything; it is the same for all products.
func (q *question) textOf(k int) string {
	if q.texts == nil {
		q.texts = make([]string, len(q.profile.entries))
	}
	if q.texts[k] == "" {
		q.texts[k] = q.because(&q.profile.items[q.profile.entryOf[k]])
	}
	return q.texts[k]
}

// because says in words what a shopper did with a product.
func (q *question) because(it *item) string {
	name := q.name(it.sku)
	switch {
	case it.rejected:
		return "Because you did not like " + name
	case it.bought:
		return "Because you bought " + name
	case it.last != nil && it.last.Type == shop.Rating:
		return "Because you rated " + name
	case it.last != nil && it.last.Type == shop.CartAdd:
		return "Because " + name + " is in your cart"
	}
	return "Because you looked at " + name
}

// vector folds the profile in.
func (p *profile) vector(v *view, ws *engine.Workspace) ([]float32, error) {
	x := make([]float32, v.blend.Dim())
	return x, v.blend.FoldInFrom(x, p.entries, p.start(v.model, nil), ws)
}
