package training

import (
	"context"
	"fmt"

	"also/engine/tune"
	"also/shop"
)

// Choosing is what weights of neighbours and gain are chosen by that nobody gave.
type Choosing struct {
	Config  Config    // whole: where to begin
	Keep    tune.Keep // the weights that stay as Config has them
	Known   Known     // all that may be looked at
	Workers int       // default all cores
}

// Choice is what was chosen.
type Choice struct {
	Config Config
	// Text says for people what was chosen and how, or why nothing was.
	Text string
}

// Bounds of choosing, which keep it to seconds: one on small data, still more than the training that follows.
const (
	chosenPeriods = 4    // to foretell, at most
	chosenDim     = 64   // of the factors that stand for the model's, at most
	chosenEpochs  = 4    // of those, at most
	chosenSources = 50   // of their neighbours' ridge, at most
	chosenRounds  = 4    // of steps
	leastAsked    = 50   // customers in all below whom nothing is chosen
	mostAsked     = 2000 // in all parts together
	fewAsked      = 200  // in each part, whatever askedCells says
	// askedCells is how many products are ranked for all customers of all parts together, about.
	askedCells = 40_000_000
	// chosenEntries is how many entries are looked at: of all customers, or of some.
	chosenEntries = 10_000_000
	// chosenPairs is to how many pairs of entries of one customer neighbours are fitted in each period:
	// of all customers, or of some.
	chosenPairs = 30_000_000
	// chosenBytes is how much memory the parts of all periods may take.
	chosenBytes = 4 << 30
)

// keepOf says which weights a configuration gives.
func keepOf(given Config) tune.Keep {
	return tune.Keep{Neighbours: given.Neighbours != nil, TargetPower: true, Gain: given.Gain != nil}
}

// Choose finds weights by which a model foretells the last periods of what is known,
// each from what came before. Without dates it leaves Config as it is: what hidden entries prefer did harm
// wherever it was measured (docs/quality.md). It is a search (see Tune) by steps of weights
// alone, with small factors in place of the model's; other weights than Config's are
// taken where they are better by more than chance, and no worse in any part. It fails as training does.
func (c Choosing) Choose(ctx context.Context) (Choice, error) {
	chosen := Choice{Config: c.Config}
	begins := describeWeights(c.Config)
	stay := func(why string, args ...any) (Choice, error) {
		chosen.Text = fmt.Sprintf("Weights are not chosen: %s. They are: %s.", fmt.Sprintf(why, args...), begins)
		return chosen, nil
	}
	if c.Keep.Neighbours && c.Keep.Gain {
		return stay("they were given")
	}
	small := c.small()
	known := c.Known.some(chosenEntries/float64(max(1, c.Known.Train.Entries())), c.Config.Seed)
	fit := chosenBytes / max(1, partsBytes(small, known.Train.Rows, known.Train.Cols))
	if fit == 0 {
		return stay("%d products are too many to do it in bounded memory", known.Train.Cols)
	}
	splits, how := known.periods(min(chosenPeriods, int(fit)))
	if len(splits) == 0 {
		return stay("there are no dates, or of too few days, by which to foretell one period from what came before")
	}
	for k, s := range splits {
		splits[k].Neighbours = ofPairs(s.Train, chosenPairs, c.Config.Seed)
	}
	parts := len(splits)
	users := min(mostAsked/parts, max(fewAsked, askedCells/max(1, known.Train.Cols)/parts))
	asked := 0
	for _, s := range splits {
		asked += min(users, rowsFilled(s.Held))
	}
	if asked < leastAsked {
		return stay("there are %d customers to ask for what they bought last, and %d are the least", asked, leastAsked)
	}
	found, err := tune.Search(ctx, TuneOptions{
		Data:  func(context.Context, shop.Weighing) ([]tune.Split, error) { return splits, nil },
		Start: Settings{Recipe: small}, Dated: true,
		Weights: true, Keep: c.Keep, Trials: 1 + chosenRounds, Users: users, CacheBytes: chosenBytes, Workers: c.Workers, Seed: c.Config.Seed,
	})
	if err != nil {
		return chosen, trainError(err)
	}
	best, first := found.Best, found.Trials[0]
	chosen.Config.Neighbours, chosen.Config.Gain = c.neighbours(best.Neighbours), best.Gain
	if best.Number == first.Number {
		chosen.Text = fmt.Sprintf("No other weights foretell better %s: %s.", how, begins)
		return chosen, nil
	}
	chosen.Text = fmt.Sprintf("Chosen by foretelling %s: %s (nDCG@20 there %.4f; %.4f with what the data's size suggests: %s).",
		how, describeWeights(chosen.Config), best.Value, first.Value, begins)
	return chosen, nil
}

// small is the configuration of the parts that stand for the model's.
func (c Choosing) small() Config {
	small := c.Config
	small.Dim, small.Epochs, small.SecondDim, small.Attributes = min(small.Dim, chosenDim), min(small.Epochs, chosenEpochs), 0, nil
	if n := small.Neighbours; n != nil && !c.Keep.Neighbours {
		fewer := *n
		fewer.Sources = min(n.Sources, chosenSources)
		small.Neighbours = &fewer
	}
	return small
}

// neighbours are the configuration's with the weights of those that stood for them.
func (c Choosing) neighbours(found *NeighbourConfig) *NeighbourConfig {
	if c.Keep.Neighbours {
		return c.Config.Neighbours
	}
	if found == nil {
		return nil
	}
	whole := DefaultNeighbours()
	if c.Config.Neighbours != nil {
		whole = *c.Config.Neighbours
	}
	whole.Ridge, whole.Filter = found.Ridge, found.Filter
	return &whole
}

// partsBytes is about how much memory the parts of a configuration take.
func partsBytes(cfg Config, rows, cols int) int64 {
	n := DefaultNeighbours()
	if cfg.Neighbours != nil {
		n = *cfg.Neighbours
	}
	return 4*int64(cfg.Dim)*int64(rows+cols) + 8*int64(cols)*int64(n.Sources+n.FilterTargets)
}
