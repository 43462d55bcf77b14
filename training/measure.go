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

// measure judges a model and the baselines on a hold-out, and where that is cut by
// time also what is bought again, and what had never been sold.
func (h *holdOut) measure(ctx context.Context, parts engine.Parts, workers int) (Metrics, *evaluate.Report, error) {
	own, err := h.standInFrom(ctx, parts, h.train, h.dates, workers)
	if err != nil {
		return Metrics{}, nil, fmt.Errorf("evaluate: %w", err)
	}
	report, err := h.judge(ctx, own.scorer, workers)
	if err != nil {
		return Metrics{}, nil, fmt.Errorf("evaluate: %w", err)
	}
	m := Metrics{Protocol: h.protocol, Users: len(report.Users), Model: measures(report)}
	baselines := map[string]*evaluate.Report{}
	for name, s := range map[string]evaluate.Scorer{
		"popularity": evaluate.Popularity(h.popular()), "random": evaluate.Random(h.train.Cols, measureSeed),
	} {
		if baselines[name], err = h.judge(ctx, s, workers); err != nil {
			return Metrics{}, nil, fmt.Errorf("evaluate %s: %w", name, err)
		}
	}
	if err := m.beside(report, baselines); err != nil {
		return Metrics{}, nil, err
	}
	if h.cut.IsZero() {
		return m, report, nil
	}
	if m.Repeats, err = h.measureRepeats(ctx, workers); err != nil {
		return Metrics{}, nil, err
	}
	if fresh := *h; parts.Attributes != nil && h.about != nil && fresh.neverSold() {
		never, err := fresh.measureCold(ctx, parts, own.begin, workers)
		if err != nil {
			return Metrics{}, nil, err
		}
		m.NeverSold = &never
	}
	return m, report, nil
}

// beside adds the baselines' figures, and how much better the model is than each,
// user by user.
func (m *Metrics) beside(model *evaluate.Report, baselines map[string]*evaluate.Report) error {
	m.Baselines, m.Better = map[string]map[string]Measure{}, map[string]map[string]Measure{}
	for name, r := range baselines {
		m.Baselines[name], m.Better[name] = measures(r), map[string]Measure{}
		for _, metric := range evaluate.Metrics {
			e, err := evaluate.Compare(r, model, metric, measureSeed)
			if err != nil {
				return fmt.Errorf("compare with %s: %w", name, err)
			}
			m.Better[name][fmt.Sprintf("%s@%d", metric, r.K)] = Measure{Mean: e.Mean, Low: e.Low, High: e.High}
		}
	}
	return nil
}

// popular returns what the popularity baseline counts: purchases, where known
// of all that is learnt from.
func (h *holdOut) popular() *engine.Matrix {
	if h.history == nil && h.known.Entries() > 0 {
		return h.known
	}
	return h.train
}
