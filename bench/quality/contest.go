package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/engine/tune"
	"also/shop"
	"also/training"
)

const head = "data set                method                      Recall@20  nDCG@20  nDCG@20 − that of [95 %]                        coverage  novelty   lift    train s      MB"

// Names of methods with which others are compared.
const (
	plainIALS = "plain iALS"
	defaults  = "ours, defaults"
	tuned     = "ours, tuned"
)

// row is what one method is worth on one data set: means over its splits.
type row struct {
	Data           string   `json:"data"`
	Method         string   `json:"method"`
	Recall         float64  `json:"recall"`
	NDCG           float64  `json:"ndcg"`
	Against        string   `json:"against"` // the method that differences are to, over users of all splits
	NDCGBy         interval `json:"ndcgDifference"`
	RecallBy       interval `json:"recallDifference"`
	Coverage       float64  `json:"coverage"`
	Novelty        float64  `json:"novelty"`
	PopularityLift float64  `json:"popularityLift"`
	TrainSeconds   float64  `json:"trainSeconds"`
	MB             float64  `json:"mb"`
	Config         string   `json:"config,omitempty"`
}

// interval is a mean with the bounds of its 95 % interval.
type interval [3]float64

// contest judges all methods on one data set.
type contest struct {
	set     dataSet
	splits  []split
	out     io.Writer
	reports map[string][]*evaluate.Report // by method, of each split
	rows    []row
}

// entry is a method made for a split: its scorer, how much room that takes, in bytes (0: not told), its
// configuration, in words, and the histories that it answers from (nil: the split's own), weighed as it learnt them.
type entry struct {
	evaluate.Scorer
	bytes   int64
	config  string
	history *engine.Matrix
}

// entrant makes an entry.
type entrant func(ctx context.Context, s split) (entry, error)

// settings says how a split is trained on.
type settings func(ctx context.Context, s split) (training.Settings, error)

// fixed are the same settings for all splits.
func fixed(of training.Settings) settings {
	return func(context.Context, split) (training.Settings, error) { return of, nil }
}

// with are other settings, changed.
func (of settings) with(change func(*training.Settings)) settings {
	return func(ctx context.Context, s split) (training.Settings, error) {
		changed, err := of(ctx, s)
		change(&changed)
		return changed, err
	}
}

// neighboursOfKNN and lambdaOfEASE are usual in the literature.
const (
	neighboursOfKNN = 100
	lambdaOfEASE    = 500
)

func (c *contest) run(ctx context.Context, opts options) error {
	first := c.splits[0]
	untuned := training.DefaultConfig(training.Stats{Users: first.train.Rows, Items: first.train.Cols, Entries: int64(first.train.Entries()), Days: first.days})
	plain := untuned
	plain.Neighbours, plain.Gain, plain.SecondDim = nil, nil, 0
	if err := c.enter(ctx, plainIALS, plainIALS, recipe(fixed(training.Settings{Recipe: plain}))); err != nil {
		return err
	}
	if err := c.others(ctx); err != nil {
		return err
	}
	start := training.Settings{Recipe: untuned, Weighing: training.DefaultWeighing(first.days)}
	if err := c.ours(ctx, defaults, c.chosen(start), opts.parts); err != nil {
		return err
	}
	if opts.parts {
		if err := c.enter(ctx, "  without choosing", defaults, recipe(fixed(start))); err != nil {
			return err
		}
	}
	best, err := c.tuned(ctx, start, opts)
	if err != nil || best == nil {
		return err
	}
	if err := c.ours(ctx, tuned, fixed(*best), opts.parts); err != nil {
		return err
	}
	c.compare(defaults, tuned)
	return nil
}

// others judges what is not ours.
func (c *contest) others(ctx context.Context) error {
	if err := c.enter(ctx, "popularity", plainIALS, func(_ context.Context, s split) (entry, error) {
		return entry{Scorer: evaluate.Popularity(s.train)}, nil
	}); err != nil {
		return err
	}
	if err := c.enter(ctx, "item-kNN", plainIALS, func(_ context.Context, s split) (entry, error) {
		return entry{Scorer: evaluate.ItemKNN(s.train, neighboursOfKNN)}, nil
	}); err != nil {
		return err
	}
	if items := c.splits[0].train.Cols; items > evaluate.MaxEASEItems {
		fmt.Fprintf(c.out, "%-23s LEFT OUT: EASE: %d items are more than the %d that fit\n", c.set.name, items, evaluate.MaxEASEItems)
		return nil
	}
	return c.enter(ctx, "EASE", plainIALS, func(ctx context.Context, s split) (entry, error) {
		scorer, err := evaluate.EASE(ctx, s.train, lambdaOfEASE)
		return entry{Scorer: scorer, bytes: 4 * int64(s.train.Cols) * int64(s.train.Cols)}, err
	})
}

// chosen are settings whose weights are chosen for each split, as an untuned training does, from what it may
// learn from: once, when they are first asked for.
func (c *contest) chosen(start training.Settings) settings {
	found := map[string]training.Settings{}
	return func(ctx context.Context, s split) (training.Settings, error) {
		if known, done := found[s.name]; done {
			return known, nil
		}
		w, err := s.weighed(start.Weighing)
		if err != nil {
			return start, err
		}
		choice, err := training.Choosing{Config: start.Recipe, Keep: tune.Keep{TargetPower: true}, Known: training.Known{Train: w.train, Dates: w.dates}}.Choose(ctx)
		if err != nil {
			return start, err
		}
		fmt.Fprintf(c.out, "%-23s %s: %s\n", c.set.name, s.name, choice.Text)
		found[s.name] = training.Settings{Recipe: choice.Config, Weighing: start.Weighing}
		return found[s.name], nil
	}
}

// ours judges settings, and without each of the parts that they have for the first split; and with second factors
// where they have none.
func (c *contest) ours(ctx context.Context, name string, of settings, parts bool) error {
	if err := c.enter(ctx, name, plainIALS, recipe(of)); err != nil || !parts {
		return err
	}
	whole, err := of(ctx, c.splits[0])
	if err != nil {
		return err
	}
	for _, other := range []struct {
		what    string
		applies bool
		change  func(*training.Settings)
	}{
		{"with second factors", whole.SecondDim == 0, func(s *training.Settings) { s.SecondDim = 2 * s.Dim }},
		{"without second factors", whole.SecondDim > 0, func(s *training.Settings) { s.SecondDim = 0 }},
		{"without neighbours", whole.Neighbours != nil, func(s *training.Settings) { s.Neighbours = nil }},
		{"without gain", whole.Gain != nil, func(s *training.Settings) { s.Gain = nil }},
		{"without weighing events", training.DescribeWeighing(whole.Weighing) != "", func(s *training.Settings) { s.Weighing = shop.Weighing{} }},
	} {
		if !other.applies {
			continue
		}
		if err := c.enter(ctx, "  "+other.what, name, recipe(of.with(other.change))); err != nil {
			return err
		}
	}
	return nil
}

// recipe trains all parts.
func recipe(of settings) entrant {
	return func(ctx context.Context, s split) (entry, error) {
		with, err := of(ctx, s)
		if err != nil {
			return entry{}, err
		}
		if s, err = s.weighed(with.Weighing); err != nil {
			return entry{}, err
		}
		parts, err := engine.TrainParts(ctx, s.train, s.dates, with.Recipe, engine.PartsOptions{})
		if err != nil {
			return entry{}, err
		}
		bytes := 4 * int64(len(parts.Gain))
		for _, f := range parts.Factors {
			bytes += 4 * int64(len(f.Model.Users.Data)+len(f.Model.Items.Data))
		}
		if n := parts.Neighbours; n != nil {
			bytes += 8 * int64(len(n.Ptr)+len(n.Target))
		}
		scorer, err := evaluate.Parts(parts)
		return entry{scorer, bytes, training.Describe(with), s.train}, err
	}
}

// enter judges a method on every split, and prints its row, with how it differs from
// one that was judged before, or itself.
func (c *contest) enter(ctx context.Context, method, against string, make entrant) error {
	r := row{Data: c.set.name, Method: method, Against: against}
	splits := float64(len(c.splits))
	var reports []*evaluate.Report
	for _, s := range c.splits {
		began := time.Now()
		made, err := make(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		r.TrainSeconds += time.Since(began).Seconds() / splits
		history := s.train
		if made.history != nil {
			history = made.history
		}
		report, err := evaluate.Evaluate(ctx, made.Scorer, history, s.held, evaluate.Options{})
		if err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		reports = append(reports, report)
		r.Recall += report.Mean(evaluate.Recall) / splits
		r.NDCG += report.Mean(evaluate.NDCG) / splits
		r.Coverage += report.Lists.Coverage / splits
		r.Novelty += report.Lists.Novelty / splits
		r.PopularityLift += report.Lists.PopularityLift / splits
		r.MB += float64(made.bytes) / 1e6 / splits
		if !strings.Contains(r.Config, made.config) {
			r.Config = strings.TrimPrefix(r.Config+" | "+made.config, " | ")
		}
	}
	c.reports[method] = reports
	r.NDCGBy, r.RecallBy = c.difference(method, against, evaluate.NDCG), c.difference(method, against, evaluate.Recall)
	c.rows = append(c.rows, r)
	fmt.Fprintf(c.out, "%-23s %-27s %9.4f %8.4f  %+8.4f [%+.4f, %+.4f] %-20s %12.3f %8.2f %6.2f %10.1f %7.1f\n", r.Data, r.Method, r.Recall, r.NDCG,
		r.NDCGBy[0], r.NDCGBy[1], r.NDCGBy[2], against, r.Coverage, r.Novelty, r.PopularityLift, r.TrainSeconds, r.MB)
	if r.Config != "" {
		fmt.Fprintf(c.out, "%-23s   %s\n", "", r.Config)
	}
	return nil
}

// difference returns how much better one method is than another, paired over the
// users of all splits.
func (c *contest) difference(method, against string, metric evaluate.Metric) interval {
	var differences []float64
	for k, report := range c.reports[method] {
		other := c.reports[against][k].Values(metric)
		for u, v := range report.Values(metric) {
			differences = append(differences, v-other[u])
		}
	}
	e := evaluate.Interval(differences, 1)
	return interval{e.Mean, e.Low, e.High}
}

// compare prints how much better one of ours is than another.
func (c *contest) compare(from, to string) {
	for _, metric := range []evaluate.Metric{evaluate.Recall, evaluate.NDCG} {
		d := c.difference(to, from, metric)
		fmt.Fprintf(c.out, "%-23s %s − %s: %s@20 %+.4f [%+.4f, %+.4f]\n", c.set.name, to, from, metric, d[0], d[1], d[2])
	}
}

// tuned returns an earlier search's best, or searches on what comes before the first
// split's test; nil where neither is asked for.
func (c *contest) tuned(ctx context.Context, start training.Settings, opts options) (*training.Settings, error) {
	path := filepath.Join(opts.tuned, c.set.name+".json")
	switch {
	case opts.budget > 0:
		return c.search(ctx, start, opts, path)
	case opts.tuned == "":
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(c.out, "%-23s LEFT OUT: ours, tuned: there is no %s\n", c.set.name, path)
		return nil, nil
	}
	var best training.Settings
	if err == nil {
		err = json.Unmarshal(text, &best)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	best.Recipe = training.Trim(best.Recipe)
	return &best, nil
}

// search looks for settings, and keeps them in a file where a folder is named.
func (c *contest) search(ctx context.Context, start training.Settings, opts options, path string) (*training.Settings, error) {
	first := c.splits[0]
	search := training.TuneOptions{
		Start: start, Budget: opts.budget, Trials: opts.trials, Dated: first.log != nil,
		Data: func(_ context.Context, weighing shop.Weighing) ([]tune.Split, error) {
			return first.validation(weighing)
		},
	}
	if first.log != nil {
		search.Weigh = training.WeighingSteps(first.days, false)
	}
	began := time.Now()
	found, err := tune.Search(ctx, search)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	fmt.Fprintf(c.out, "%-23s searched %.0f s: %d trials, the best is number %d: %.4f, the start %.4f\n", c.set.name, time.Since(began).Seconds(), len(found.Trials),
		found.Best.Number, found.Best.Value, found.Trials[0].Value)
	if opts.tuned != "" {
		text, err := json.MarshalIndent(training.TuneResult{Found: found}.Settings(), "", "  ")
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return nil, err
		}
	}
	return &found.Best.Candidate, nil
}
