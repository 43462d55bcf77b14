package graph

import (
	"context"

	"also/graph/model"
	"also/shop"
	"also/training"
)

// toComparison maps a comparison to the schema's.
func toComparison(c training.Comparison) *model.ModelComparison {
	out := &model.ModelComparison{
		ID: globalID(kindComparison, c.ID), AName: c.A, BName: c.B, State: c.State, Step: orNull(c.Step), Progress: c.Progress,
		AskedAt: c.AskedAt, EndedAt: c.EndedAt, Error: orNull(c.Error), Difference: c.Difference,
	}
	if c.Judgement != nil {
		out.Judgement = toJudgement(*c.Judgement)
	}
	return out
}

func toJudgement(j training.Judgement) *model.ModelJudgement {
	out := &model.ModelJudgement{
		Protocol: j.Protocol, Users: j.Users, A: toMeasures(j.A), B: toMeasures(j.B), Differences: toDifferences(j.Paired), Vendors: j.Vendors,
	}
	if out.Vendors == nil {
		out.Vendors = []training.VendorShare{}
	}
	if j.Repeats != nil {
		out.Repeats = toMetrics(*j.Repeats)
	}
	if j.NeverSold != nil {
		out.NeverSold = toJudgement(*j.NeverSold)
	}
	return out
}

// toDifferences maps paired differences by name.
func toDifferences(paired map[string]training.Measure) []model.MetricDifference {
	out := make([]model.MetricDifference, 0, len(paired))
	for _, name := range sortedKeys(paired) {
		m := paired[name]
		out = append(out, model.MetricDifference{Name: name, Mean: m.Mean, Low: m.Low, High: m.High, Verdict: m.Verdict(), Text: m.Describe(name)})
	}
	return out
}

// sampleLists reads the customers and products of a sample, the customers all
// at once. A product that is gone is left out.
func (r *Resolver) sampleLists(ctx context.Context, sample []training.SampleLists) ([]model.ModelSampleLists, error) {
	users := make([]shop.UserID, len(sample))
	for k, one := range sample {
		users[k] = one.User
	}
	customers, err := r.Store.Customers(ctx, users)
	if err != nil {
		return nil, err
	}
	out := make([]model.ModelSampleLists, len(sample))
	for k, one := range sample {
		out[k] = model.ModelSampleLists{Customer: customers[k], Changed: one.Changed, A: r.products(ctx, one.A), B: r.products(ctx, one.B)}
	}
	return out, nil
}

func (r *Resolver) products(ctx context.Context, skus []string) []shop.Product {
	out := make([]shop.Product, 0, len(skus))
	for _, p := range r.Catalogue.Snapshot().Products(skus) {
		if p != nil {
			out = append(out, *p)
			loadersOf(ctx).nameProducts(p.SKU)
		}
	}
	return out
}

// modelsNamed returns the keys of two models' ids.
func modelsNamed(a, b string) (keyA, keyB string, err error) {
	if keyA, err = keyOf(kindModel, "a", a); err != nil {
		return "", "", err
	}
	keyB, err = keyOf(kindModel, "b", b)
	return keyA, keyB, err
}

// mustModel is a model that another thing names.
func (r *Resolver) mustModel(ctx context.Context, name string) (*model.Model, error) {
	m, err := r.model(ctx, name)
	if err == nil && m == nil {
		err = shop.Errorf(shop.NotFound, "id", "model %s was deleted", name)
	}
	return m, err
}

// orNoModel is a model by a name that may be empty.
func (r *Resolver) orNoModel(ctx context.Context, name string) (*model.Model, error) {
	if name == "" {
		return nil, nil
	}
	return r.model(ctx, name)
}

// toSwitch maps what a switch of the live model changed.
func (r *Resolver) toSwitch(ctx context.Context, s training.Switch) (*model.ModelSwitch, error) {
	out := &model.ModelSwitch{To: *toModel(s.Model)}
	var err error
	if out.From, err = r.orNoModel(ctx, s.From); err != nil {
		return nil, err
	}
	out.RollBackTo, err = r.orNoModel(ctx, s.RollBackTo)
	return out, err
}

// preview maps what changes if a model goes live.
func (r *Resolver) preview(ctx context.Context, name string) (*model.ModelSwitchPreview, error) {
	p, err := r.Training.PreviewSwitch(ctx, name)
	if err != nil {
		return nil, err
	}
	to, err := r.mustModel(ctx, p.To)
	if err != nil {
		return nil, err
	}
	out := &model.ModelSwitchPreview{To: *to, IsRollBack: p.IsRollBack, Difference: p.Difference, EventsUnlearnt: count(p.EventsUnlearnt), Text: p.Text}
	if p.Paired != nil {
		out.Differences = toDifferences(p.Paired)
	}
	if out.From, err = r.orNoModel(ctx, p.From); err != nil {
		return nil, err
	}
	out.RollBackTo, err = r.orNoModel(ctx, p.RollBackTo)
	return out, err
}
