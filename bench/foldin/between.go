package main

import (
	"context"
	"fmt"
	"time"

	"also/engine"
)

// between trains without the latest entries of one user in fifty, brings the
// model up to date by fold-in and by an increment, and compares the lists of those
// users with those of a model trained on everything, which has seen the same
// entries. The trainings start alike, so that only the entries differ.
func between(ctx context.Context, m *engine.Matrix, full *engine.Model, out *line) error {
	old := engine.NewBuilder(m.Rows, m.Cols)
	var users []int32
	touched := engine.NewBitmap(m.Cols)
	for u := range m.Rows {
		idx, w, b := m.Row(u)
		changed := u%50 == 0 && len(idx) >= 4
		if changed {
			users = append(users, int32(u))
		}
		for k, i := range idx {
			if changed && k%4 == 3 {
				touched.Set(i)
				continue
			}
			old.Add(int32(u), i, w[k], b[k])
		}
	}
	past, err := old.Build()
	if err != nil {
		return err
	}
	before, err := engine.Train(ctx, past, config, engine.TrainOptions{})
	if err != nil {
		return err
	}
	items := make([]int32, 0, touched.Count())
	touched.Each(func(i int32) bool { items = append(items, i); return true })
	start := time.Now()
	next, report, err := engine.Increment(ctx, m, before, users, items, engine.IncrementOptions{})
	if err != nil {
		return err
	}
	out.Increment.Seconds, out.Increment.Users, out.Increment.Items = time.Since(start).Seconds(), report.Users, report.Items
	folded, err := foldedIn(m, before, users)
	if err != nil {
		return err
	}
	fmt.Printf("\nan increment over %d users and %d items: %.2f s; a training: %.2f s\n\n", report.Users, report.Items, out.Increment.Seconds, out.Increment.Training)
	fmt.Println("| lists of touched users, against a training on everything | overlap@100 | rank-biased overlap, p = .9 |\n| --- | --- | --- |")
	for _, c := range []struct {
		name  string
		model *engine.Model
		to    *engine.Agreement
	}{{"the model before", before, &out.Increment.Stale}, {"fold-in", folded, &out.FoldInDrift}, {"increment", next, &out.Increment.Drift}} {
		if *c.to, err = engine.Agree(ctx, c.model, full, m, users, engine.AgreeOptions{K: 100}); err != nil {
			return err
		}
		fmt.Printf("| %s | %.3f | %.3f |\n", c.name, c.to.Overlap, c.to.RankBiased)
	}
	return nil
}

// foldedIn returns a model whose given users are folded in anew.
func foldedIn(m *engine.Matrix, model *engine.Model, users []int32) (*engine.Model, error) {
	side, err := engine.NewSide(model.Config, model.Items)
	if err != nil {
		return nil, err
	}
	next := *model
	next.Users = engine.NewFactors(model.Users.Rows, model.Users.Dim)
	copy(next.Users.Data, model.Users.Data)
	var ws engine.Workspace
	for _, u := range users {
		if err := side.FoldIn(next.Users.Row(int(u)), m.AppendRow(nil, int(u)), &ws); err != nil {
			return nil, err
		}
	}
	return &next, nil
}
