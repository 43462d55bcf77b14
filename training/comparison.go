package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"also/engine/evaluate"
	"also/shop"
	"also/store"
)

// Comparison is the work of comparing two models: what either would show, at
// once; then both judged on one hold-out, which takes as long as training twice.
type Comparison struct {
	ID       string         `json:"id"` // of the two models: "<a>-<b>"
	A        string         `json:"a"`
	B        string         `json:"b"`
	State    RunState       `json:"state"` // never CANCELLED
	Step     ComparisonStep `json:"step,omitempty"`
	Progress float64        `json:"progress"` // the share that is done, 0 to 1
	AskedAt  time.Time      `json:"askedAt"`
	EndedAt  *time.Time     `json:"endedAt,omitempty"`
	Error    string         `json:"error,omitempty"` // what to do, for people

	Difference *Difference `json:"difference,omitempty"` // nil until known
	Judgement  *Judgement  `json:"judgement,omitempty"`  // nil until known
}

// ComparisonStep is what a comparison does now.
type ComparisonStep string

// The steps, in order.
const (
	StepLists  ComparisonStep = "LISTS"
	StepData   ComparisonStep = "DATA"
	StepTrainA ComparisonStep = "TRAIN_A"
	StepTrainB ComparisonStep = "TRAIN_B"
	StepJudge  ComparisonStep = "JUDGE"
)

// Judgement is what two models were found to be worth on one hold-out.
type Judgement struct {
	Protocol string             `json:"protocol"` // how the hold-out was cut, and what stood for the models, in words
	Users    int                `json:"users"`
	A        map[string]Measure `json:"a"`
	B        map[string]Measure `json:"b"`
	// Paired has b − a, user by user, of each measure that every user has.
	Paired  map[string]Measure `json:"paired"`
	Vendors []VendorShare      `json:"vendors"` // by how much they gain or lose, the most first
	// Repeats is how well it is foretold what customers buy again, where the hold-out is cut by
	// time. It is counted, not trained: the same for both.
	Repeats *Metrics `json:"repeats,omitempty"`
	// NeverSold has both judged on what had never been sold before, there too.
	NeverSold *Judgement `json:"neverSold,omitempty"`
}

// VendorShare is a vendor's share of attention in the judged lists, a place
// weighing 1/log2(rank+1).
type VendorShare struct {
	Vendor string  `json:"vendor"`
	A      float64 `json:"a"`
	B      float64 `json:"b"`
}

// Final reports whether the comparison is over.
func (c Comparison) Final() bool { return c.State == Done || c.State == Failed }

// keptVendors is how many vendors a comparison keeps.
const keptVendors = 50

// comparisonName is the control record of a comparison, the topic of its
// progress, and its body in the queue.
func comparisonName(id string) string { return "comparison/" + id }

func (s *Service) comparisonAt(id string) record[Comparison] {
	return record[Comparison]{s, "comparison", id, comparisonName(id)}
}

func comparisonID(a, b string) string { return a + "-" + b }

// Compare returns the comparison of two models, asking for it if nobody did
// before or if it failed. It fails with shop.NotFound if either model is gone.
func (s *Service) Compare(ctx context.Context, a, b string) (Comparison, error) {
	for _, id := range []string{a, b} {
		if _, err := s.opts.Lake.Model(ctx, id); err != nil {
			return Comparison{}, fmt.Errorf("compare: %w", err)
		}
	}
	id := comparisonID(a, b)
	at := s.comparisonAt(id)
	for {
		c, raw, err := at.read(ctx)
		if err == nil && c.State != Failed {
			return c, nil
		}
		if err != nil && shop.CodeOf(err) != shop.NotFound {
			return Comparison{}, err
		}
		c = Comparison{ID: id, A: a, B: b, State: Queued, AskedAt: s.now().UTC()}
		conds := store.PutConditions{Same: []shop.ControlRecord{{Name: comparisonName(id), Value: raw}}}
		err = at.put(ctx, c, conds)
		if shop.CodeOf(err) == shop.Conflict {
			continue // somebody else asked meanwhile
		}
		if err != nil {
			return Comparison{}, err
		}
		if err := s.opts.Store.Push(ctx, queue, comparisonName(id)); err != nil {
			return Comparison{}, fmt.Errorf("queue comparison %s: %w", id, err)
		}
		return c, nil
	}
}

// Comparison returns a comparison as it stands; shop.NotFound if nobody asked
// for it.
func (s *Service) Comparison(ctx context.Context, a, b string) (Comparison, error) {
	c, _, err := s.comparisonAt(comparisonID(a, b)).read(ctx)
	return c, err
}

// ComparisonProgress delivers a comparison as Progress does a run.
func (s *Service) ComparisonProgress(ctx context.Context, id string) (<-chan Comparison, error) {
	return s.comparisonAt(id).watch(ctx)
}

// comparisons returns those that are kept.
func (s *Service) comparisons(ctx context.Context) ([]Comparison, error) {
	return listOf[Comparison](ctx, s, "comparison")
}

// comparisonsOf returns those that a model has part in.
func (s *Service) comparisonsOf(ctx context.Context, model string) ([]Comparison, error) {
	all, err := s.comparisons(ctx)
	return slices.DeleteFunc(all, func(c Comparison) bool { return c.A != model && c.B != model }), err
}

// pairedMeasures compares two reports user by user.
func pairedMeasures(a, b *evaluate.Report) (map[string]Measure, error) {
	all := map[string]Measure{}
	for _, m := range evaluate.Metrics {
		e, err := evaluate.Compare(a, b, m, measureSeed)
		if err != nil {
			return nil, fmt.Errorf("compare by %s: %w", m, err)
		}
		all[fmt.Sprintf("%s@%d", m, a.K)] = Measure{Mean: e.Mean, Low: e.Low, High: e.High}
	}
	return all, nil
}
