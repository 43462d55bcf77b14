package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/engine/tune"
	"also/training"
)

const head = "data set                method                      Recall@20  nDCG@20  nDCG@20 − plain iALS [95 %]     coverage  novelty   lift    train s      MB"

// row is what one method is worth on one data set: means over its splits.
type row struct {
	Data           string  `json:"data"`
	Method         string  `json:"method"`
	Recall         float64 `json:"recall"`
	NDCG           float64 `json:"ndcg"`
	Difference     float64 `json:"ndcgDifference"` // to plain iALS, over users of all splits
	Low            float64 `json:"low"`
	High           float64 `json:"high"`
	Coverage       float64 `json:"coverage"`
	Novelty        float64 `json:"novelty"`
	PopularityLift float64 `json:"popularityLift"`
	TrainSeconds   float64 `json:"trainSeconds"`
	MB             float64 `json:"mb"`
	Config         string  `json:"config,omitempty"`
}

// contest judges all methods on one data set.
type contest struct {
	set    dataSet
	splits []split
	plain  []*evaluate.Report // of each split
	rows   []row
}

// entrant makes a scorer of a split, and says how much room it takes, in bytes; 0: not
// told.
type entrant func(ctx context.Context, s split) (evaluate.Scorer, int64, error)

// neighboursOfKNN and lambdaOfEASE are usual in the literature.
const (
	neighboursOfKNN = 100
	lambdaOfEASE    = 500
)

func (c *contest) run(ctx context.Context, budget time.Duration, tuned string, parts bool) error {
	first := c.splits[0]
	defaults := training.DefaultConfig(training.Stats{Users: first.train.Rows, Items: first.train.Cols, Entries: int64(first.train.Entries()), Days: first.days})
	plain := defaults
	plain.Neighbours, plain.Gain, plain.SecondDim = nil, nil, 0
	if err := c.enter(ctx, "plain iALS", "", c.recipe(tune.Candidate{Recipe: plain})); err != nil {
		return err
	}
	if err := c.enter(ctx, "popularity", "", func(_ context.Context, s split) (evaluate.Scorer, int64, error) {
		return evaluate.Popularity(s.train), 0, nil
	}); err != nil {
		return err
	}
	if err := c.enter(ctx, "item-kNN", "", func(_ context.Context, s split) (evaluate.Scorer, int64, error) {
		return evaluate.ItemKNN(s.train, neighboursOfKNN), 0, nil
	}); err != nil {
		return err
	}
	if first.train.Cols <= evaluate.MaxEASEItems {
		if err := c.enter(ctx, "EASE", "", func(ctx context.Context, s split) (evaluate.Scorer, int64, error) {
			scorer, err := evaluate.EASE(ctx, s.train, lambdaOfEASE)
			return scorer, 4 * int64(s.train.Cols) * int64(s.train.Cols), err
		}); err != nil {
			return err
		}
	}
	if err := c.ours(ctx, "ours, defaults", tune.Candidate{Recipe: defaults}, parts); err != nil {
		return err
	}
	best, err := c.tuned(ctx, defaults, budget, tuned)
	if err != nil || best == nil {
		return err
	}
	return c.ours(ctx, "ours, tuned", *best, parts)
}

// ours judges a candidate, and without each of its parts.
func (c *contest) ours(ctx context.Context, name string, whole tune.Candidate, parts bool) error {
	if err := c.enter(ctx, name, training.Describe(whole), c.recipe(whole)); err != nil || !parts {
		return err
	}
	for _, without := range []struct {
		part string
		has  bool
		drop func(*tune.Candidate)
	}{
		{"second factors", whole.SecondDim > 0, func(c *tune.Candidate) { c.SecondDim = 0 }},
		{"neighbours", whole.Neighbours != nil, func(c *tune.Candidate) { c.Neighbours = nil }},
		{"gain", whole.Gain != nil, func(c *tune.Candidate) { c.Gain = nil }},
		{"ageing", whole.HalfLifeDays > 0, func(c *tune.Candidate) { c.HalfLifeDays = 0 }},
	} {
		if !without.has {
			continue
		}
		less := whole
		without.drop(&less)
		if err := c.enter(ctx, "  without "+without.part, training.Describe(less), c.recipe(less)); err != nil {
			return err
		}
	}
	return nil
}

// recipe trains all parts.
func (c *contest) recipe(of tune.Candidate) entrant {
	return func(ctx context.Context, s split) (evaluate.Scorer, int64, error) {
		if of.HalfLifeDays > 0 && s.log != nil {
			var err error
			if s, err = s.log.at(s.cut, s.cut.AddDate(0, 1, 0), of.HalfLifeDays); err != nil {
				return nil, 0, err
			}
		}
		parts, err := engine.TrainParts(ctx, s.train, s.dates, of.Recipe, engine.PartsOptions{})
		if err != nil {
			return nil, 0, err
		}
		var bytes int64
		for _, f := range parts.Factors {
			bytes += 4 * int64(len(f.Model.Users.Data)+len(f.Model.Items.Data))
		}
		if n := parts.Neighbours; n != nil {
			bytes += 8 * int64(len(n.Ptr)+len(n.Target))
		}
		scorer, err := evaluate.Parts(parts)
		return scorer, bytes + 4*int64(len(parts.Gain)), err
	}
}

// enter judges a method on every split, and prints its row. The first is plain iALS,
// with which all others are compared.
func (c *contest) enter(ctx context.Context, method, config string, make entrant) error {
	r := row{Data: c.set.name, Method: method, Config: config}
	var differences []float64
	splits := float64(len(c.splits))
	for k, s := range c.splits {
		began := time.Now()
		scorer, bytes, err := make(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		r.TrainSeconds += time.Since(began).Seconds() / splits
		report, err := evaluate.Evaluate(ctx, scorer, s.train, s.held, evaluate.Options{})
		if err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		if len(c.plain) <= k {
			c.plain = append(c.plain, report)
		}
		for u, v := range report.Values(evaluate.NDCG) {
			differences = append(differences, v-c.plain[k].Values(evaluate.NDCG)[u])
		}
		r.Recall += report.Mean(evaluate.Recall) / splits
		r.NDCG += report.Mean(evaluate.NDCG) / splits
		r.Coverage += report.Lists.Coverage / splits
		r.Novelty += report.Lists.Novelty / splits
		r.PopularityLift += report.Lists.PopularityLift / splits
		r.MB += float64(bytes) / 1e6 / splits
	}
	e := evaluate.Interval(differences, 1)
	r.Difference, r.Low, r.High = e.Mean, e.Low, e.High
	c.rows = append(c.rows, r)
	fmt.Printf("%-23s %-27s %9.4f %8.4f  %+8.4f [%+.4f, %+.4f] %12.3f %8.2f %6.2f %10.1f %7.1f\n", r.Data, r.Method, r.Recall, r.NDCG,
		r.Difference, r.Low, r.High, r.Coverage, r.Novelty, r.PopularityLift, r.TrainSeconds, r.MB)
	if config != "" {
		fmt.Printf("%-23s   %s\n", "", config)
	}
	return nil
}

// tuned returns an earlier search's best, or searches on what comes before the first
// split's test; nil where neither is asked for.
func (c *contest) tuned(ctx context.Context, defaults engine.Recipe, budget time.Duration, dir string) (*tune.Candidate, error) {
	path := filepath.Join(dir, c.set.name+".json")
	if dir != "" && budget == 0 {
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Printf("%-23s LEFT OUT: ours, tuned: there is no %s\n", c.set.name, path)
			return nil, nil
		}
		var best tune.Candidate
		if err == nil {
			err = json.Unmarshal(text, &best)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		dropEmpty(&best)
		return &best, nil
	}
	if budget == 0 {
		return nil, nil
	}
	opts := tune.Options{Start: tune.Candidate{Recipe: defaults}, Budget: budget, Data: func(_ context.Context, halfLife float64) ([]tune.Split, error) {
		return c.splits[0].validation(halfLife, 0)
	}}
	if c.splits[0].log != nil {
		opts.Dated, opts.HalfLives = true, []float64{30, 60, 120, 240}
	}
	found, err := tune.Search(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	fmt.Printf("%-23s searched %s: %d trials, the best is number %d\n", c.set.name, budget, len(found.Trials), found.Best.Number)
	if dir != "" {
		text, err := json.MarshalIndent(training.TuneResult{Result: found}.Settings(), "", "  ")
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return nil, err
		}
	}
	return &found.Best.Candidate, nil
}

// dropEmpty leaves out parts that a file says are not there.
func dropEmpty(c *tune.Candidate) {
	if c.Neighbours != nil && *c.Neighbours == (engine.NeighbourConfig{}) {
		c.Neighbours = nil
	}
	if c.Gain != nil && *c.Gain == (engine.GainConfig{}) {
		c.Gain = nil
	}
}
