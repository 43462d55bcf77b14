package training

import (
	"context"
	"fmt"

	"also/engine"
	"also/engine/evaluate"
)

// listLength is how long the judged lists are: the 20 of "recall@20".
const listLength = 20

// chiefMeasure is what one looks at first.
const chiefMeasure = "recall@20"

// measureSeed seeds the bootstrap and the random baseline.
const measureSeed = 1

// measures turns a report into figures. Those of the lists as a whole have no
// interval: low and high repeat the mean.
func measures(r *evaluate.Report) map[string]Measure {
	all := map[string]Measure{}
	for _, m := range evaluate.Metrics {
		e := evaluate.Interval(r.Values(m), measureSeed)
		all[fmt.Sprintf("%s@%d", m, r.K)] = Measure{Mean: e.Mean, Low: e.Low, High: e.High}
	}
	for name, v := range map[string]float64{
		"coverage": r.Lists.Coverage, "novelty": r.Lists.Novelty, "diversity": r.Lists.Diversity, "popularity-lift": r.Lists.PopularityLift,
	} {
		all[fmt.Sprintf("%s@%d", name, r.K)] = Measure{Mean: v, Low: v, High: v}
	}
	return all
}

// measure judges a model and the baselines on a hold-out.
func (h *holdOut) measure(ctx context.Context, parts engine.Parts, workers int) (Metrics, *evaluate.Report, error) {
	scorer, err := evaluate.Parts(parts)
	if err != nil {
		return Metrics{}, nil, fmt.Errorf("evaluate: %w", err)
	}
	report, err := h.judge(ctx, scorer, workers)
	if err != nil {
		return Metrics{}, nil, fmt.Errorf("evaluate: %w", err)
	}
	m := Metrics{Protocol: h.protocol, Users: len(report.Users), Model: measures(report), Baselines: map[string]map[string]Measure{}}
	for name, s := range map[string]evaluate.Scorer{
		"popularity": evaluate.Popularity(h.popular()), "random": evaluate.Random(h.train.Cols, measureSeed),
	} {
		r, err := h.judge(ctx, s, workers)
		if err != nil {
			return Metrics{}, nil, fmt.Errorf("evaluate %s: %w", name, err)
		}
		m.Baselines[name] = measures(r)
	}
	return m, report, nil
}

// popular returns what the popularity baseline counts: purchases, where known
// of all that is learnt from.
func (h *holdOut) popular() *engine.Matrix {
	if h.history == nil && h.known.Entries() > 0 {
		return h.known
	}
	return h.train
}
