package training

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"also/engine"
	"also/engine/evaluate"
	"also/warehouse"
)

// firstFew are how many of the first who come are known when it is judged again.
var firstFew = []int{1, 3, 10}

// arrivals lists what came first to each of what of says is hidden, by first time; within
// one, by chance.
func (h *holdOut) arrivals(bought *warehouse.Dataset, of func(pair) (whose, what int32, hidden bool)) map[int32][]int32 {
	type arrival struct {
		what   int32
		at     int64
		chance uint64
	}
	rng := rand.New(rand.NewPCG(measureSeed, 0))
	all := map[int32][]arrival{}
	h.each(bought, func(p pair) {
		if whose, what, hidden := of(p); hidden && p.w > 0 {
			all[whose] = append(all[whose], arrival{what, p.first, rng.Uint64()})
		}
	})
	came := make(map[int32][]int32, len(all))
	for whose, list := range all {
		slices.SortFunc(list, func(a, b arrival) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.chance, b.chance)) })
		for _, a := range list {
			came[whose] = append(came[whose], a.what)
		}
	}
	return came
}

// firsts splits what came into the first n of each, and the rest; pair gives the row and
// column of what came to whom.
func (h *holdOut) firsts(n int, pair func(whose, what int32) (row, col int32)) (first, rest *engine.Matrix, err error) {
	a, b := engine.NewBuilder(h.train.Rows, h.train.Cols), engine.NewBuilder(h.train.Rows, h.train.Cols)
	for whose, list := range h.came {
		for at, what := range list {
			to := b
			if at < n {
				to = a
			}
			row, col := pair(whose, what)
			to.Add(row, col, 1, 1)
		}
	}
	if first, err = a.Build(); err != nil {
		return nil, nil, err
	}
	rest, err = b.Build()
	return first, rest, err
}

// measureNews judges products that were hidden whole, when nobody has them and when their
// first buyers are known.
func (h *holdOut) measureNews(ctx context.Context, parts engine.Parts, workers int) (Metrics, error) {
	begin, err := h.begin(ctx, parts, h.train, h.dates, workers)
	if err != nil {
		return Metrics{}, err
	}
	m, err := h.measureCold(ctx, parts, begin, workers)
	if err != nil {
		return Metrics{}, err
	}
	m.After, err = h.measureArrivals(ctx, parts, begin, workers)
	return m, err
}

// measureArrivals judges products that were hidden whole when their first buyers are
// known: folded in from what is foretold of them, as they serve, beside either alone.
func (h *holdOut) measureArrivals(ctx context.Context, parts engine.Parts, begin evaluate.Begin, workers int) (map[int]*Metrics, error) {
	news, err := engine.NewNewcomers(parts.Factors, float64(h.train.Entries())/float64(max(1, h.train.Cols)))
	if err != nil {
		return nil, err
	}
	after := map[int]*Metrics{}
	for _, n := range firstFew {
		first, rest, err := h.firsts(n, func(item, user int32) (row, col int32) { return user, item })
		if err != nil {
			return nil, err
		}
		reports := map[string]*evaluate.Report{}
		for _, how := range []string{"model", "foretold", "buyers"} {
			sets, err := h.newcomers(parts, news, n, how)
			if err != nil {
				return nil, err
			}
			s, err := evaluate.Items(parts, sets, begin)
			if err != nil {
				return nil, err
			}
			opts := evaluate.Options{K: listLength, IncludeSeen: true, Exclude: first, Filter: h.cold, Workers: workers}
			if reports[how], err = evaluate.Evaluate(ctx, s, h.train, rest, opts); err != nil {
				return nil, err
			}
		}
		m := &Metrics{Protocol: fmt.Sprintf("%s; the first %d buyers of each are known", h.protocol, n), Users: len(reports["model"].Users), Model: measures(reports["model"])}
		if after[n], err = m, m.beside(reports["model"], map[string]*evaluate.Report{"foretold": reports["foretold"], "buyers": reports["buyers"]}); err != nil {
			return nil, err
		}
	}
	return after, nil
}

// newcomers returns the factors of products that were hidden whole, when their first n
// buyers are known; how is "foretold" without those, "buyers" from those alone, or both.
func (h *holdOut) newcomers(parts engine.Parts, news *engine.Newcomers, n int, how string) ([]engine.Factors, error) {
	var sets []engine.Factors
	for _, f := range parts.Factors {
		sets = append(sets, engine.NewFactors(h.train.Cols, f.Model.Items.Dim))
	}
	for item, users := range h.came {
		var mean [][]float32
		var takers []engine.Taker
		if how != "buyers" {
			for k, f := range parts.Factors {
				mean = append(mean, make([]float32, f.Model.Items.Dim))
				parts.Attributes.Prior(mean[k], k, h.about.Row(int(item)))
			}
		}
		if how != "foretold" {
			for _, u := range users[:min(n, len(users))] {
				takers = append(takers, engine.Taker{Row: u, W: 1, B: 1})
			}
		}
		vectors, _, _, err := news.FoldIn(takers, mean)
		if err != nil {
			return nil, err
		}
		for k, v := range vectors {
			copy(sets[k].Row(int(item)), v)
		}
	}
	return sets, nil
}
