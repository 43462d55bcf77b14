package graph

import (
	"context"
	"slices"
	"strconv"
	"time"

	"also/graph/model"
	"also/shop"
	"also/training"
)

// toTuning maps a tuning to the schema's.
func toTuning(t training.Tuning) *model.Tuning {
	out := &model.Tuning{
		ID: globalID(kindTuning, t.ID), State: t.State, BudgetMs: float64(t.Input.Budget.Milliseconds()), Metric: t.Input.Metric,
		NewPairs: t.Input.NewPairs, How: orNull(t.How), AskedAt: t.AskedAt, StartedAt: t.StartedAt, EndedAt: t.EndedAt, Error: orNull(t.Error),
		CancelAsked: t.CancelAsked, Trials: make([]model.TuningTrial, len(t.Trials)),
	}
	for k, trial := range t.Trials {
		out.Trials[k] = toTrial(trial)
	}
	if best := t.Best(); best != nil {
		one := toTrial(*best)
		out.Best = &one
	}
	return out
}

func toTrial(t training.Trial) model.TuningTrial {
	out := model.TuningTrial{
		Number: t.Number, Step: model.TuningStep(t.Step), Text: training.Describe(t.Candidate), Config: toConfig(t.Recipe), Weighing: toWeighing(t.Weighing),
		Trained: t.Trained, Whole: t.Whole(), Blends: t.Blends, Value: t.Value, Values: t.Values, Recall: t.Recall, Ndcg: t.NDCG,
		Best: t.Best, TookMs: 1000 * t.Seconds, ElapsedMs: 1000 * t.Elapsed, Error: orNull(t.Error),
	}
	if out.Values == nil {
		out.Values = []float64{}
	}
	if t.Uncertainty > 0 {
		out.Difference, out.Uncertainty = &t.Difference, &t.Uncertainty
	}
	return out
}

// tuningInput decodes what tuningStart was given.
func tuningInput(in *model.TuningStartInput) (training.TuningInput, error) {
	if in == nil {
		return training.TuningInput{}, nil
	}
	out := training.TuningInput{Metric: deref(in.Metric), NewPairs: deref(in.NewPairs)}
	if in.BudgetMinutes != nil {
		minutes := *in.BudgetMinutes
		if minutes < 1 || minutes > 1440 {
			return out, shop.Errorf(shop.BadUserInput, "budgetMinutes", "must be 1 to 1,440, is %d", minutes)
		}
		out.Budget = time.Duration(minutes) * time.Minute
	}
	if in.Seed != nil {
		seed, err := strconv.ParseUint(*in.Seed, 10, 64)
		if err != nil {
			return out, shop.Errorf(shop.BadUserInput, "seed", "%q is not a decimal number below 2^64", *in.Seed)
		}
		out.Seed = seed
	}
	return out, nil
}

// tuning returns a tuning by its key, nil if there is none.
func (r *Resolver) tuning(ctx context.Context, key string) (*model.Tuning, error) {
	all, err := loadersOf(ctx).tunings.get(func() ([]training.Tuning, error) { return r.Training.Tunings(ctx) })
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(t training.Tuning) bool { return t.ID == key }); i >= 0 {
		return toTuning(all[i]), nil
	}
	return nil, nil
}
