package training

import (
	"context"
	"fmt"
	"math"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

// Parameter is one parameter of training as people meet it.
type Parameter struct {
	Name      string   // as in the configuration: "dim"
	Label     string   // in words
	Value     float64  // the default for these data
	Choices   []string // what it may be where that is one of a few words, the default first; else empty
	Low, High *float64 // the range, both ends included; nil: no end
	Above     *float64 // the range begins above this, which is not in it
	Whole     bool     // only whole numbers
	Unit      string   // "factors", "" for a bare number
	What      string   // what it does
	Why       string   // why this default for these data
}

// Defaults are the parameters that a full run takes where nothing else is
// asked for.
type Defaults struct {
	Parameters []Parameter
	Stats      Stats              // of the data they follow from
	Through    warehouse.Position // how far those reach
	// Exact says that a run started now, with no new event, takes just these, and begins with the weights among
	// them. Past countedEvents the
	// counts are those of the newest model, and a run may differ a little.
	Exact bool
	// Problem says what is missing where nothing could be learnt; empty if something can.
	Problem string
}

// countedEvents is up to how many events the training set is made to derive the
// defaults from: some seconds, once per state of the lake.
const countedEvents = 2_000_000

// Defaults returns the default parameters for the data as they are.
func (s *Service) Defaults(ctx context.Context) (Defaults, error) {
	head, err := s.opts.Lake.Head(ctx)
	if err != nil {
		return Defaults{}, fmt.Errorf("derive the defaults: %w", err)
	}
	if head == 0 {
		return Defaults{Exact: true, Parameters: parameters(Stats{}, DefaultWeighing(0)), Problem: noEvents}, nil
	}
	s.deriving.Lock()
	defer s.deriving.Unlock()
	if s.derived.Through == head && s.derived.Exact {
		return s.derived, nil
	}
	d := Defaults{Through: head, Exact: true}
	if head > countedEvents {
		manifests, err := s.opts.Lake.Models(ctx)
		if err != nil {
			return Defaults{}, fmt.Errorf("derive the defaults: %w", err)
		}
		if len(manifests) > 0 {
			info := manifests[0].Dataset
			d = Defaults{Through: info.Through, Stats: Stats{Users: info.Users, Items: info.Items, Entries: info.Entries}}
			if !info.From.IsZero() {
				d.Stats.Days = info.To.Sub(info.From).Hours() / 24
			}
			d.Parameters = parameters(d.Stats, DefaultWeighing(d.Stats.Days))
			return d, nil
		}
	}
	set, err := weighed(ctx, s.opts.Lake, warehouse.DatasetSpec{Through: head})
	if err != nil {
		return Defaults{}, fmt.Errorf("derive the defaults: %w", err)
	}
	m := Matrix(set)
	if err := enough(m); err != nil {
		d.Problem = err.Error()
	}
	d.Stats = statsOf(m, numberingOf(set.Users, set.SKUs).dates(set, m))
	d.Parameters = parameters(d.Stats, set.Spec.Weighing)
	s.derived = d
	return d, nil
}

// parameters describes what a run may be asked for, in the order of a form, with g as
// how events are weighed by default.
func parameters(st Stats, g shop.Weighing) []Parameter {
	cfg := DefaultConfig(st)
	var neighbours engine.NeighbourConfig
	if cfg.Neighbours != nil {
		neighbours = *cfg.Neighbours
	}
	var gain engine.GainConfig
	if cfg.Gain != nil {
		gain = *cfg.Gain
	}
	at := func(v float64) *float64 { return &v }
	return append([]Parameter{
		{
			Name: "dim", Label: "Factors", Value: float64(cfg.Dim), Low: at(1), High: at(engine.MaxDim), Whole: true, Unit: "factors",
			What: "How many traits describe a product. More see finer tastes, and take longer.",
			Why:  whyDim(st, cfg.Dim),
		},
		{
			Name: "epochs", Label: "Epochs", Value: float64(cfg.Epochs), Low: at(1), Whole: true, Unit: "sweeps",
			What: "Sweeps over all customers and products. The loss curve shows when more stop helping.",
			Why:  fmt.Sprintf("%d whatever the data: the loss falls fast in the first few, and hardly after that.", cfg.Epochs),
		},
		{
			Name: "unobserved", Label: "Weight of the unseen", Value: cfg.Unobserved, Above: at(0),
			What: "How much it counts that nobody touched a product. Higher favours what is popular.",
			Why:  whyUnobserved(st, cfg.Unobserved),
		},
		{
			Name: "lambda", Label: "Regularisation", Value: cfg.Lambda, Above: at(0),
			What: "Holds the model back from learning single customers by heart. Higher is more careful.",
			Why:  fmt.Sprintf("%g whatever the data: it grows with a row's frequency by itself, so that it needs no other value for other sizes.", cfg.Lambda),
		},
		{
			Name: "nu", Label: "Growth with frequency", Value: cfg.Nu, Low: at(0), High: at(2),
			What: "How much stronger busy customers and popular products are held back: 0 is alike for all, 1 in proportion.",
			Why:  "1 whatever the data: in proportion is usually best.",
		},
		{
			Name: "neighbourRidge", Label: "Weight of neighbours", Value: neighbours.Ridge, Low: at(0),
			What: "What it counts for a product that those of the history go with it, beside the factors. 0: not at all.",
			Why:  whyRidge(st, neighbours.Ridge),
		},
		{
			Name: "neighbourFilter", Label: "Weight of what is bought together", Value: neighbours.Filter, Low: at(0),
			What: "The same by a simpler count, added to it. 0: not at all.",
			Why:  whyFilter(st, neighbours.Filter),
		},
		{
			Name: "gainTrend", Label: "Gain of what rises", Value: gain.Trend, Low: at(0), High: at(2),
			What: "How much it helps a product that it reaches new customers now.",
			Why:  whyTrend(st, gain.Trend),
		},
		{
			Name: "gainPopularity", Label: "Gain of what is popular", Value: gain.Popularity, Low: at(0), High: at(2),
			What: "How much it helps a product that many customers have it.",
			Why:  begins(st, fmt.Sprintf("%.3g: %s", gain.Popularity, whyPopularity(st))),
		},
		{
			Name: "secondDim", Label: "Second factors", Value: float64(cfg.SecondDim), Low: at(0), High: at(engine.MaxDim), Whole: true, Unit: "factors",
			What: "A second set of factors beside the first. Twice as many as there find a little more, for three times the work. 0: none.",
			Why:  "0 whatever the data: a search (Tuning) tells whether they are worth it.",
		},
	}, append(weighingParameters(st, g), Parameter{
		Name: "seed", Label: "Seed", Value: float64(cfg.Seed), Low: at(0), Whole: true,
		What: "Makes the random start: the same seed, data and parameters make the same model.",
		Why:  "0 whatever the data. Another one shows how much of a difference is chance.",
	})...)
}

func whyDim(st Stats, dim int) string {
	shorter, what := st.Items, "products"
	if st.Users < st.Items {
		shorter, what = st.Users, "customers and sessions"
	}
	wanted := dimsPerRoot * math.Sqrt(float64(shorter))
	root := fmt.Sprintf("%d times the square root of %d %s is %.0f", dimsPerRoot, shorter, what, wanted)
	switch {
	case shorter == 0:
		return fmt.Sprintf("%d, the least: there are no data yet.", dim)
	case wanted > maxDim:
		return fmt.Sprintf("%d, the most that is chosen by itself: %s.", dim, root)
	case wanted <= minDim:
		return fmt.Sprintf("%d, the least that is chosen by itself: %s.", dim, root)
	}
	return fmt.Sprintf("%d: %s, and this is the next power of two.", dim, root)
}

func whyUnobserved(st Stats, value float64) string {
	cells := float64(st.Users) * float64(st.Items)
	if cells == 0 {
		return fmt.Sprintf("%g, the least: there are no data yet.", value)
	}
	filled := fmt.Sprintf("%d pairs fill %.2g %% of %d × %d", st.Entries, 100*float64(st.Entries)/cells, st.Users, st.Items)
	switch value {
	case maxUnobserved:
		return fmt.Sprintf("%g, the most that is chosen by itself: %s.", value, filled)
	case minUnobserved:
		return fmt.Sprintf("%g, the least that is chosen by itself: %s.", value, filled)
	}
	return fmt.Sprintf("%.3g: %s, and %d times that share is usually best.", value, filled, unobservedPerDensity)
}

func whyRidge(st Stats, value float64) string {
	if value == 0 {
		return "0: there are no data yet."
	}
	return begins(st, fmt.Sprintf("%g: %s, and the fuller they are, the more of what neighbours see the factors see too", value, filled(st)))
}

func whyFilter(st Stats, value float64) string {
	if st.Entries == 0 {
		return "0: there are no data yet."
	}
	if value == 0 {
		return begins(st, fmt.Sprintf("0: %s, usually too many for it to add anything", filled(st)))
	}
	return begins(st, fmt.Sprintf("%g: %s, and the fewer, the more it sees that the factors miss", value, filled(st)))
}

// begins is the reason of a weight that a run replaces by what foretells best, where there are days enough.
func begins(st Stats, why string) string {
	if st.Days < 2*shortest.Hours()/24 {
		return why + "."
	}
	return "Starts from " + why + ". While training, what best foretells the last periods is chosen."
}

// filled says how dense the data are.
func filled(st Stats) string {
	return fmt.Sprintf("%.2g %% of the cells are filled", 100*float64(st.Entries)/(float64(st.Users)*float64(st.Items)))
}

func whyTrend(st Stats, value float64) string {
	if value == 0 {
		return begins(st, fmt.Sprintf("0: the history has %.0f days, and below %d what rises can hardly be told from what is new", st.Days, trendDays))
	}
	return begins(st, fmt.Sprintf("%g, over %g days: the history has %.0f days, enough to tell what rises from what is new", value, engine.GainConfig{}.TrendHalfLife(), st.Days))
}

func whyPopularity(st Stats) string {
	if st.Days > 0 {
		return "there are dates, and what rises says more"
	}
	return "there are no dates that say what rises"
}
