package engine

import (
	"context"

	"also/engine/kernel"
)

// Loss returns the objective's value at the model's factors on m, whose shape
// must be the model's, in O(entries·d + (users+items)·d²). Training reports the
// same number every epoch at no cost; this is for models from elsewhere.
func Loss(ctx context.Context, m *Matrix, model *Model) (float64, error) {
	cfg, err := model.Config.withDefaults()
	if err != nil {
		return 0, err
	}
	d := cfg.Dim
	if model.Users.Rows != m.Rows || model.Items.Rows != m.Cols || model.Users.Dim != d || model.Items.Dim != d {
		return 0, invalid("matrix", "is %d×%d, the model %d×%d", m.Rows, m.Cols, model.Users.Rows, model.Items.Rows)
	}
	workers := defaultWorkers(0)
	var grams [2][]float64
	for k, f := range []Factors{model.Users, model.Items} {
		if grams[k], err = gram(ctx, f.Data, f.Rows, d, d, workers); err != nil {
			return 0, err
		}
	}
	var dense float64
	for k, v := range grams[0] {
		dense += v * grams[1][k]
	}
	blocks := rowBlocks(m)
	sums := make([]float64, len(blocks))
	counts := make([]int64, m.Cols)
	for _, i := range m.Idx {
		counts[i]++
	}
	err = parallel(ctx, workers, len(blocks), func(_, task int) error {
		for u := blocks[task].lo; u < blocks[task].hi; u++ {
			idx, w, b := m.Row(u)
			x := model.Users.Row(u)
			for k, i := range idx {
				score := float64(kernel.Dot(x, model.Items.Row(int(i))))
				sums[task] += score * (float64(w[k])*score - 2*float64(b[k]))
			}
			sums[task] += cfg.rowLambda(len(idx), m.Cols) * squared(x)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	loss := lossConstant(m, cfg) + cfg.Unobserved*dense
	for _, v := range sums {
		loss += v
	}
	for i := range m.Cols {
		loss += cfg.rowLambda(int(counts[i]), m.Rows) * squared(model.Items.Row(i))
	}
	return loss, nil
}

func squared(x []float32) float64 {
	var s float64
	for _, v := range x {
		s += float64(v) * float64(v)
	}
	return s
}
