package training

import (
	"context"
	"fmt"
	"math/rand/v2"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
	"also/warehouse"
)

// leastBuyers is how many buyers a product needs to be held out whole: fewer say more of
// themselves than of it.
const leastBuyers = 5

// coldItems hides a tenth of the products whole: nobody's purchase, and nothing else
// that anybody did with them, is learnt from.
func (h *holdOut) coldItems(ctx context.Context, bought *warehouse.Dataset) error {
	if h.about == nil {
		return shop.Errorf(shop.NotEnoughData, "", "nothing is known of the products: import the catalogue, with categories and vendors")
	}
	all, err := h.matrix(bought, nil)
	if err != nil {
		return err
	}
	buyers := make([]int, all.Cols)
	for _, j := range all.Idx {
		buyers[j]++
	}
	var eligible []int32
	for j, n := range buyers {
		if n >= leastBuyers && len(h.about.Row(j)) > 0 {
			eligible = append(eligible, int32(j))
		}
	}
	rng := rand.New(rand.NewPCG(measureSeed, uint64(len(eligible))))
	rng.Shuffle(len(eligible), func(a, b int) { eligible[a], eligible[b] = eligible[b], eligible[a] })
	h.cold = engine.NewBitmap(all.Cols)
	for _, j := range eligible[:len(eligible)/10] {
		h.cold.Set(j)
	}
	if h.known, err = h.matrix(bought, func(p pair) bool { return !h.cold.Has(p.item) }); err != nil {
		return err
	}
	if h.held, err = h.matrix(bought, func(p pair) bool { return h.cold.Has(p.item) }); err != nil {
		return err
	}
	h.came = h.arrivals(bought, func(p pair) (whose, what int32, hidden bool) { return p.item, p.user, h.cold.Has(p.item) })
	h.hidden = func(p pair) bool { return h.cold.Has(p.item) }
	h.protocol = fmt.Sprintf("%d products hidden whole, those ranked, and asked for what each customer bought of them", h.cold.Count())
	h.train, h.dates, err = h.trainSet(ctx, h.spec)
	return err
}

// neverSold makes a hold-out of a cut by time into one of what was first sold from then
// on; false where there is no such product.
func (h *holdOut) neverSold() bool {
	sold := engine.NewBitmap(h.train.Cols)
	for _, j := range h.train.Idx {
		sold.Set(j)
	}
	cold := engine.NewBitmap(h.train.Cols)
	for _, j := range h.held.Idx {
		if !sold.Has(j) && len(h.about.Row(int(j))) > 0 {
			cold.Set(j)
		}
	}
	if cold.Count() == 0 {
		return false
	}
	only := &engine.Matrix{Rows: h.held.Rows, Cols: h.held.Cols, Ptr: make([]int64, h.held.Rows+1)}
	for u := range h.held.Rows {
		idx, w, b := h.held.Row(u)
		for k, j := range idx {
			if cold.Has(j) {
				only.Idx, only.W, only.B = append(only.Idx, j), append(only.W, w[k]), append(only.B, b[k])
			}
		}
		only.Ptr[u+1] = int64(len(only.Idx))
	}
	h.protocol = fmt.Sprintf("trained on events before %s, the %d products ranked that were first sold from then on, and asked for what each customer bought of them",
		h.cut.Format("2006-01-02"), cold.Count())
	h.cold, h.held = cold, only
	return true
}

// measureCold judges what is foretold of products from their attributes alone, beside
// how popular their category and vendor are, and how much of these each customer has.
func (h *holdOut) measureCold(ctx context.Context, parts engine.Parts, begin evaluate.Begin, workers int) (Metrics, error) {
	history := h.history
	if history == nil {
		history = h.train
	}
	model, err := h.judgeForetold(ctx, parts, begin, history, workers)
	if err != nil {
		return Metrics{}, err
	}
	m := Metrics{Protocol: h.protocol, Users: len(model.Users), Model: measures(model)}
	baselines := map[string]*evaluate.Report{}
	for name, s := range map[string]evaluate.Scorer{
		"popularity": evaluate.ByGroup(h.train, h.kinds), "kindred": evaluate.Kindred(h.kinds), "random": evaluate.Random(h.train.Cols, measureSeed),
	} {
		if baselines[name], err = h.judgeCold(ctx, s, history, workers); err != nil {
			return Metrics{}, err
		}
	}
	return m, m.beside(model, baselines)
}

// judgeForetold judges what a model foretells of the columns that were hidden whole.
func (h *holdOut) judgeForetold(ctx context.Context, parts engine.Parts, begin evaluate.Begin, history *engine.Matrix, workers int) (*evaluate.Report, error) {
	foretold, err := evaluate.Foretold(parts, h.about, begin)
	if err != nil {
		return nil, fmt.Errorf("evaluate what nobody bought yet: %w", err)
	}
	return h.judgeCold(ctx, foretold, history, workers)
}

// judgeCold judges a scorer on the columns that were hidden whole, which alone are ranked.
func (h *holdOut) judgeCold(ctx context.Context, s evaluate.Scorer, history *engine.Matrix, workers int) (*evaluate.Report, error) {
	r, err := evaluate.Evaluate(ctx, s, history, h.held, evaluate.Options{K: listLength, IncludeSeen: true, Filter: h.cold, Workers: workers})
	if err != nil {
		return nil, fmt.Errorf("evaluate what nobody bought yet: %w", err)
	}
	return r, nil
}
