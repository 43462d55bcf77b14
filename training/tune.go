package training

import (
	"context"
	"fmt"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/engine/tune"
	"also/shop"
	"also/warehouse"
)

// Settings are a whole configuration: how the parts are trained, and how events
// are weighed. It is what a search finds and a file holds.
type Settings = tune.Candidate[shop.Weighing]

// Trial is one candidate of a search, judged.
type Trial = tune.Trial[shop.Weighing]

// TuneOptions say how to search.
type TuneOptions = tune.Options[shop.Weighing]

// Found is what a search found.
type Found = tune.Result[shop.Weighing]

// TuneInput says what to search on and how.
type TuneInput struct {
	Data     string    // folder of the published files; else Lake
	Lake     Lake      // the shop's own history
	Before   time.Time // nothing from then on is looked at; zero: no limit
	NewPairs bool      // ask only for products that the customer had not bought before
	Cuts     int       // how many periods to foretell, where the history is long enough; default 3

	Start *Settings // fields left zero come from the data; nil: all of them
	// Says, if set, is told how candidates are judged before the first is.
	Says    func(how string)
	Options TuneOptions
}

// TuneResult is what a search found.
type TuneResult struct {
	Found
	How string // how candidates were judged, in words
}

// Settings returns the best settings, with the parts that they do not have
// written down as absent, so that no default comes in their place.
func (t TuneResult) Settings() Settings { return explicit(t.Best.Candidate) }

// explicit gives parts that are missing the zero value, which says so.
func explicit(s Settings) Settings {
	if s.Neighbours == nil {
		s.Neighbours = &engine.NeighbourConfig{}
	}
	if s.Gain == nil {
		s.Gain = &engine.GainConfig{}
	}
	return s
}

// Bounds of the periods that candidates are judged on.
const (
	defaultCuts       = 3
	longest, shortest = 30 * day, 7 * day
	historyPerPeriod  = 12 // a period is this part of the history, within the bounds
	heldShare         = .2 // of each user's entries, where there are no dates
)

// Tune searches for settings by periods of the history that a model must foretell
// from what came before, or where it has no dates by parts of some
// users' entries hidden from it. It fails as Evaluate does. When ctx ends it returns what it has
// with ctx's error.
func Tune(ctx context.Context, in TuneInput) (TuneResult, error) {
	if in.Cuts == 0 {
		in.Cuts = defaultCuts
	}
	var t TuneResult
	prepare := in.published
	if in.Data == "" {
		prepare = in.history
	}
	opts := in.Options
	if in.Start != nil {
		opts.Start = *in.Start
	}
	how, err := prepare(ctx, &opts)
	if err != nil {
		return t, err
	}
	splits, err := opts.Data(ctx, opts.Start.Weighing)
	if err != nil {
		return t, err
	}
	for _, s := range splits {
		if s.Train.Entries() == 0 || rowsFilled(s.Held) == 0 {
			return t, shop.Errorf(shop.NotEnoughData, "", "%d pairs to train on and %d customers to ask in split %s: import more history",
				s.Train.Entries(), rowsFilled(s.Held), s.Name)
		}
	}
	if opts.Start.Recipe, err = fill(opts.Start.Recipe, statsOf(splits[0].Train, splits[0].Dates)); err != nil {
		return t, &shop.Error{Code: shop.BadUserInput, Field: "config", Message: err.Error()}
	}
	if t.How = how; in.Says != nil {
		in.Says(how)
	}
	if t.Found, err = tune.Search(ctx, opts); err != nil {
		return t, trainError(err)
	}
	return t, nil
}

// published prepares a search on a published split, of which the test is not
// read.
func (in TuneInput) published(_ context.Context, opts *TuneOptions) (how string, err error) {
	m, err := readPublishedTrain(in.Data)
	if err != nil {
		return "", err
	}
	splits, err := hidden(m, m, opts.Seed)
	if err != nil {
		return "", err
	}
	opts.Data = func(context.Context, shop.Weighing) ([]tune.Split, error) { return splits, nil }
	return howHidden, nil
}

const howHidden = "asked for a fifth of a customer's products, of some hidden in clusters about one, of others by chance"

// hidden hides parts of what was bought from what is learnt from: once in clusters
// and once by chance, whose biases are opposite. Everybody is cut, whoever is asked: with
// the rows of others whole, what is hidden is better known than what is to come.
func hidden(all, bought *engine.Matrix, seed uint64) ([]tune.Split, error) {
	var splits []tune.Split
	for k, name := range []string{"clusters", "chance"} {
		known, held, err := evaluate.HoldOutUsers(bought, heldShare, bought.Rows, k == 0, seed+uint64(k))
		if err != nil {
			return nil, err
		}
		train := known
		if all != bought {
			if train, err = less(all, held); err != nil {
				return nil, err
			}
		}
		splits = append(splits, tune.Split{Name: name, Train: train, Exclude: known, Held: held})
	}
	return splits, nil
}

// history prepares a search on the shop's own history.
func (in TuneInput) history(ctx context.Context, opts *TuneOptions) (how string, err error) {
	if in.Lake == nil {
		return "", shop.Errorf(shop.BadUserInput, "data", "say where the data folder is")
	}
	d, err := weighed(ctx, in.Lake, warehouse.DatasetSpec{Weighing: opts.Start.Weighing, Before: in.Before})
	if err != nil {
		return "", fmt.Errorf("tune: %w", err)
	}
	opts.Start.Weighing = d.Spec.Weighing
	if err := enough(Matrix(d)); err != nil {
		return "", err
	}
	bought, err := boughtBy(ctx, in.Lake, d)
	if err != nil {
		return "", err
	}
	h := &holdOut{numbering: numberingOf(d.Users, d.SKUs), lake: in.Lake, spec: d.Spec}
	h.add(bought)
	first, last := span(bought)
	period := periodOf(first, last)
	cuts := min(in.Cuts, int(last.Sub(first)/period)/2)
	if cuts < 1 {
		return in.byChance(h, d, bought, opts)
	}
	opts.Dated = true
	opts.Weigh = WeighingSteps(last.Sub(first).Hours()/24, d.Events > bought.Events)
	opts.Data = func(ctx context.Context, weighing shop.Weighing) ([]tune.Split, error) {
		var splits []tune.Split
		for k := range cuts {
			end := last.Truncate(day).Add(day - time.Duration(cuts-1-k)*period)
			split, err := h.period(ctx, end.Add(-period), end, weighing, in.NewPairs)
			if err != nil {
				return nil, err
			}
			splits = append(splits, split)
		}
		return splits, nil
	}
	how = fmt.Sprintf("asked for what customers bought in each of %d periods of %d days, trained on what came before each", cuts, int(period/day))
	if in.NewPairs {
		how += "; only products new to the customer"
	}
	return how, nil
}

// byChance prepares a search where the history is too short to be cut by time.
func (in TuneInput) byChance(h *holdOut, d, bought *warehouse.Dataset, opts *TuneOptions) (how string, err error) {
	all, err := h.matrix(d, nil)
	if err != nil {
		return "", err
	}
	pairs, err := h.matrix(bought, nil)
	if err != nil {
		return "", err
	}
	splits, err := hidden(all, pairs, opts.Seed)
	if err != nil {
		return "", err
	}
	opts.Data = func(context.Context, shop.Weighing) ([]tune.Split, error) { return splits, nil }
	return howHidden + ": the history is too short to be cut by time", nil
}

// period cuts out one period to foretell.
func (h *holdOut) period(ctx context.Context, from, before time.Time, weighing shop.Weighing, newPairs bool) (tune.Split, error) {
	spec := h.spec
	spec.Before = before
	spec.Weighing = purchases()
	bought, err := h.lake.Dataset(ctx, spec)
	if err != nil {
		return tune.Split{}, fmt.Errorf("read what was bought before %s: %w", before.Format(time.DateOnly), err)
	}
	cut := &holdOut{numbering: h.numbering, lake: h.lake, spec: h.spec}
	cut.spec.Weighing = weighing
	if err := cut.byTime(ctx, bought, from, newPairs); err != nil {
		return tune.Split{}, err
	}
	return tune.Split{Name: from.Format(time.DateOnly), Train: cut.train, Dates: cut.dates, Exclude: cut.known, Held: cut.held}, nil
}
