package training

import (
	"context"
	"fmt"
	"slices"
	"time"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
	"also/warehouse"
)

// purchases counts what was bought: what a hold-out asks for.
func purchases() shop.Weighing {
	return shop.Weighing{Weights: shop.Weights{shop.OrderPlaced: 1, shop.Purchase: 1}}
}

// holdOut is a part of the history that a model must foretell from the rest.
// All matrices have one shape.
type holdOut struct {
	protocol string // in words
	numbering
	train   *engine.Matrix // what may be learnt from
	dates   engine.Dates   // of train's entries, where known
	history *engine.Matrix // from which users are folded in; nil: train
	known   *engine.Matrix // what each user has bought by then: not asked for, not ranked
	held    *engine.Matrix // what they bought next

	bought *warehouse.Dataset // what the history has that may be asked for; nil: all of train

	cut    time.Time // of a cut by time, else zero
	hidden func(pair) bool
	lake   datasets
	spec   warehouse.DatasetSpec
	groups []int32 // each column's group, -1 for none, whose exposure reports tell; nil: none

	about  *engine.Attributes // each column's features; nil: not known
	kinds  [][2]int32         // each column's category and vendor, where about is known
	cold   *engine.Bitmap     // columns that were hidden whole
	traits *traits            // each row's; nil: not known
	// came is who bought each column that was hidden whole, or what each user bought who was: by number, in
	// the order of the first times.
	came map[int32][]int32
}

// describe notes what is known of the products, and of the customers beside what they did.
func (h *holdOut) describe(ctx context.Context) error {
	k, err := readKnown(ctx, h.lake)
	if err != nil {
		return err
	}
	if h.about, _ = k.attributes(h.numbering); h.about != nil {
		h.kinds = k.groups(h.numbering)
	}
	people, err := readPeople(ctx, h.lake)
	if err != nil {
		return err
	}
	h.traits = traitsOf(people, h.users)
	return nil
}

// Bounds below which a hold-out says nothing.
const (
	minSpan  = 14 * 24 * time.Hour // of a history to be cut by time
	minUsers = 10                  // with something held out
	day      = 24 * time.Hour
)

// newHoldOut cuts the history that d was made of: by time, the last tenth of
// the days, where the dates spread far enough; else a tenth of each user's
// purchases by chance. Where nobody bought anything, all that d has counts as bought.
func newHoldOut(ctx context.Context, lake datasets, d *warehouse.Dataset, seed uint64) (*holdOut, error) {
	bought, err := boughtBy(ctx, lake, d)
	if err != nil {
		return nil, err
	}
	h := &holdOut{numbering: numberingOf(d.Users, d.SKUs), bought: bought, lake: lake, spec: d.Spec}
	h.add(bought)
	if err := h.describe(ctx); err != nil {
		return nil, err
	}
	if first, last := span(bought); last.Sub(first) >= minSpan {
		if err := h.byTime(ctx, bought, lastTenth(bought), true); err != nil {
			return nil, err
		}
		if rowsFilled(h.held) >= minUsers {
			h.thin()
			return h, nil
		}
	}
	if err := h.byChance(ctx, bought, seed); err != nil {
		return nil, err
	}
	h.thin()
	return h, nil
}

// maxJudged is how many users a run asks for, at most: intervals get no
// narrower that anybody would care.
const maxJudged = 20_000

// thin keeps every so-many-th user of those with something held out.
func (h *holdOut) thin() {
	users := rowsFilled(h.held)
	if users <= maxJudged {
		return
	}
	every := (users + maxJudged - 1) / maxJudged
	m := &engine.Matrix{Rows: h.held.Rows, Cols: h.held.Cols, Ptr: make([]int64, h.held.Rows+1)}
	met := 0
	for u := range h.held.Rows {
		if idx, w, _ := h.held.Row(u); len(idx) > 0 {
			if met%every == 0 {
				m.Idx, m.W = append(m.Idx, idx...), append(m.W, w...)
			}
			met++
		}
		m.Ptr[u+1] = int64(len(m.Idx))
	}
	h.held = m
	h.protocol += fmt.Sprintf("; every %dth of %d customers", every, users)
}

// boughtBy returns what was bought in the history that d was made of; d itself
// where that is next to nothing.
func boughtBy(ctx context.Context, lake datasets, d *warehouse.Dataset) (*warehouse.Dataset, error) {
	spec := d.Spec
	spec.Weighing = purchases()
	bought, err := lake.Dataset(ctx, spec)
	if err != nil {
		return nil, fmt.Errorf("read what was bought: %w", err)
	}
	if len(bought.Idx) < minUsers {
		return d, nil
	}
	return bought, nil
}

// lastTenth returns the day on which the last tenth of a history begins.
func lastTenth(d *warehouse.Dataset) time.Time {
	first, last := span(d)
	return last.Add(-last.Sub(first) / 10).Truncate(day)
}

// spanSample is of how many pairs the dates are looked at, about.
const spanSample = 1 << 16

// span returns from when to when pairs of d first met: see spanOf.
func span(d *warehouse.Dataset) (first, last time.Time) { return spanOf(d.First) }

func rowsFilled(m *engine.Matrix) int {
	n := 0
	for u := range m.Rows {
		if m.Ptr[u+1] > m.Ptr[u] {
			n++
		}
	}
	return n
}

// byTime holds out the pairs bought from cut on: those not bought before, or
// with newPairs false all.
func (h *holdOut) byTime(ctx context.Context, bought *warehouse.Dataset, cut time.Time, newPairs bool) error {
	h.cut = cut
	at := cut.UnixMilli()
	what := "products not bought before"
	if !newPairs {
		what = "products, bought before or not"
	}
	h.protocol = fmt.Sprintf("trained on events before %s, asked for the %s that each customer bought from then on", cut.Format(time.DateOnly), what)
	var err error
	if h.train, h.dates, err = h.trainSet(ctx, h.spec); err != nil {
		return err
	}
	if h.known, err = h.matrix(bought, func(p pair) bool { return newPairs && p.first < at }); err != nil {
		return err
	}
	h.held, err = h.matrix(bought, func(p pair) bool { return p.last >= at && (p.first >= at || !newPairs) })
	return err
}

// byChance hides a tenth of each user's purchases, half where that is nothing.
func (h *holdOut) byChance(ctx context.Context, bought *warehouse.Dataset, seed uint64) error {
	h.cut = time.Time{}
	all, err := h.matrix(bought, nil)
	if err != nil {
		return err
	}
	share, text := .1, "a tenth"
	if h.known, h.held, err = evaluate.HoldOut(all, share, seed); err != nil {
		return err
	}
	if rowsFilled(h.held) < minUsers {
		share, text = .5, "half"
		if h.known, h.held, err = evaluate.HoldOut(all, share, seed); err != nil {
			return err
		}
	}
	h.protocol = fmt.Sprintf("asked for %s of each customer's products, hidden by chance: the history is too short to be cut by time", text)
	return h.hide(ctx)
}

// hide makes train of all that is not held.
func (h *holdOut) hide(ctx context.Context) error {
	all := h.held // of which thin may keep a part
	h.hidden = func(p pair) bool {
		held, _, _ := all.Row(int(p.user))
		_, found := slices.BinarySearch(held, p.item)
		return found
	}
	var err error
	h.train, h.dates, err = h.trainSet(ctx, h.spec)
	return err
}

// trainSet returns what may be learnt from under a spec, which may weigh events
// otherwise than the run does.
func (h *holdOut) trainSet(ctx context.Context, spec warehouse.DatasetSpec) (*engine.Matrix, engine.Dates, error) {
	if !h.cut.IsZero() && (spec.Before.IsZero() || spec.Before.After(h.cut)) {
		spec.Before = h.cut
	}
	d, err := h.lake.Dataset(ctx, spec)
	if err != nil {
		return nil, engine.Dates{}, fmt.Errorf("read the history before the hold-out: %w", err)
	}
	m, err := h.matrix(d, func(p pair) bool { return h.hidden == nil || !h.hidden(p) })
	if err != nil {
		return nil, engine.Dates{}, err
	}
	return m, h.numbering.dates(d, m), nil
}

// choose chooses the weights of cfg that given leaves open, by nothing but what may be learnt from.
func (h *holdOut) choose(ctx context.Context, cfg, given Config, workers int) (Choice, error) {
	known := Known{Train: h.train, Dates: h.dates}
	if h.bought != nil {
		known.Bought = h.numbering.dates(h.bought, h.train).First
		for e, at := range known.Bought {
			if !h.cut.IsZero() && at >= h.cut.UnixMilli() {
				known.Bought[e] = 0 // then it was met, and no more
			}
		}
	}
	return Choosing{Config: cfg, Keep: keepOf(given), Known: known, Workers: workers}.Choose(ctx)
}

// judge evaluates a scorer on the hold-out.
func (h *holdOut) judge(ctx context.Context, s evaluate.Scorer, workers int) (*evaluate.Report, error) {
	history := h.history
	if history == nil {
		history = h.train
	}
	return h.judgeFrom(ctx, s, history, workers)
}

// judgeFrom is judge with another reading of the users' histories.
func (h *holdOut) judgeFrom(ctx context.Context, s evaluate.Scorer, history *engine.Matrix, workers int) (*evaluate.Report, error) {
	// What a user has not bought is ranked: what was merely seen may be recommended.
	opts := evaluate.Options{K: listLength, IncludeSeen: true, Exclude: h.known, Groups: h.groups, Workers: workers}
	return evaluate.Evaluate(ctx, s, history, h.held, opts)
}
