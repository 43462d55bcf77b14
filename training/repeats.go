package training

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
	"also/warehouse"
)

// repeatsOf returns how often, and when, each user bought each product and kept
// it, under the rows of users and the columns of skus, both ascending. bought is a
// set of purchases; of what it has beside them nothing is taken.
func repeatsOf(bought *warehouse.Dataset, users []shop.UserID, skus []string) *engine.Repeats {
	cols := columnsIn(numberingOf(nil, skus), bought.SKUs)
	r := &engine.Repeats{Items: len(skus), Ptr: make([]int64, len(users)+1)}
	for row, u := range users {
		if from, found := slices.BinarySearch(bought.Users, u); found {
			for k := bought.Ptr[from]; k < bought.Ptr[from+1]; k++ {
				times := math.Round(float64(bought.W[k]))
				if col := cols[bought.Idx[k]]; col >= 0 && times >= 1 {
					r.Append(col, engine.Taken{Times: int32(min(times, math.MaxInt32)), First: bought.First[k], Last: bought.Last[k]})
				}
			}
		}
		r.Ptr[row+1] = int64(len(r.Idx))
	}
	return r
}

// measureRepeats judges, from the day of a cut by time on, which of what they had
// bought before customers bought again: the rhythm, beside what they bought most often and
// last.
func (h *holdOut) measureRepeats(ctx context.Context, workers int) (*Metrics, error) {
	spec := h.spec
	spec.Weighing = purchases()
	bought, err := h.lake.Dataset(ctx, spec)
	if err != nil {
		return nil, fmt.Errorf("read what was bought: %w", err)
	}
	if spec.Before.IsZero() || spec.Before.After(h.cut) {
		spec.Before = h.cut
	}
	before, err := h.lake.Dataset(ctx, spec)
	if err != nil {
		return nil, fmt.Errorf("read what was bought before the cut: %w", err)
	}
	at := h.cut.UnixMilli()
	n := numberingOf(before.Users, before.SKUs)
	r := repeatsOf(before, before.Users, before.SKUs)
	history := &engine.Matrix{Rows: len(before.Users), Cols: len(before.SKUs), Ptr: r.Ptr, Idx: r.Idx, W: make([]float32, len(r.Idx))}
	history.B = history.W
	for k := range history.W {
		history.W[k] = 1
	}
	held, err := n.matrix(bought, func(p pair) bool {
		items, _ := r.Row(int(p.user))
		_, known := slices.BinarySearch(items, p.item)
		return known && p.last >= at
	})
	if err != nil {
		return nil, err
	}
	m := &Metrics{
		Protocol: fmt.Sprintf("from what was bought before %s, asked for what of it each customer bought again from then on", h.cut.Format(time.DateOnly)),
		Users:    rowsFilled(held),
	}
	if m.Users == 0 {
		return m, nil
	}
	// What is ranked is a history's own: nothing of it is left out.
	judge := func(s evaluate.Scorer) (*evaluate.Report, error) {
		report, err := evaluate.Evaluate(ctx, s, history, held, evaluate.Options{K: listLength, IncludeSeen: true, Workers: workers})
		if err != nil {
			return nil, fmt.Errorf("evaluate what is bought again: %w", err)
		}
		return report, nil
	}
	rhythm := engine.NewRhythm(r, at)
	model, err := judge(evaluate.Again(r, func(item int32, t engine.Taken) float64 { return rhythm.Again(item, t, at, engine.AgainDays) }))
	if err != nil {
		return nil, err
	}
	baselines := map[string]*evaluate.Report{}
	for name, s := range map[string]evaluate.Scorer{"most-frequent": evaluate.MostFrequent(r), "most-recent": evaluate.MostRecent(r)} {
		if baselines[name], err = judge(s); err != nil {
			return nil, err
		}
	}
	m.Model = measures(model)
	return m, m.beside(model, baselines)
}
