package training

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"also/engine"
	"also/engine/evaluate"
	"also/shop"
	"also/store"
	"also/warehouse"
)

// comparing is one worker's attempt at a comparison.
type comparing struct {
	*Service
	c     Comparison
	lease *store.Lease
}

// serveComparison does a comparison that came out of the queue.
func (s *Service) serveComparison(ctx context.Context, worker string, task store.Task, id string) error {
	lease, ok, err := s.claim(ctx, worker, task, func(ctx context.Context) (bool, error) {
		c, _, err := s.comparisonAt(id).read(ctx)
		return c.Final(), err
	})
	if err != nil || !ok {
		return err
	}
	defer s.release(ctx, lease)
	c, _, err := s.comparisonAt(id).read(ctx)
	if err != nil {
		return err
	}
	kept, stop := s.keep(ctx, lease, task, worker)
	w := &comparing{Service: s, c: c, lease: &lease}
	err = w.execute(kept)
	cause := context.Cause(kept)
	stop()
	switch {
	case errors.Is(cause, errLeaseLost) || errors.Is(err, errLeaseLost):
		return nil // another worker's now, or forgotten with a model
	case shop.CodeOf(err) == shop.NotFound: // a model was deleted meanwhile
		return s.opts.Store.PutControl(context.WithoutCancel(ctx), []shop.ControlRecord{{Name: comparisonName(id)}}, store.PutConditions{})
	case cause != nil:
		return s.opts.Store.Push(context.WithoutCancel(ctx), queue, task.Body) // this worker stops
	}
	w.c.State = Done
	if err != nil {
		s.log.ErrorContext(ctx, "comparison failed", "comparison", id, "error", err)
		w.c.State, w.c.Error = Failed, err.Error()
		var e *shop.Error
		if errors.As(err, &e) {
			w.c.Error = e.Message
		}
	}
	now := s.now().UTC()
	w.c.EndedAt, w.c.Step, w.c.Progress = &now, "", 1
	return w.save(context.WithoutCancel(ctx))
}

// save writes the comparison as it stands. It fails with errLeaseLost once the
// lease is another's.
func (w *comparing) save(ctx context.Context) error {
	_, err := w.comparisonAt(w.c.ID).update(ctx, w.lease, func(c *Comparison) { *c = w.c })
	return err
}

// step says what is done now.
func (w *comparing) step(ctx context.Context, step ComparisonStep, progress float64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.c.State, w.c.Step, w.c.Progress = Running, step, progress
	return w.save(ctx)
}

// How far a comparison is when each step begins.
const (
	shareData  = .1
	shareTrain = .2 // both trainings share what lies between this and shareJudge
	shareJudge = .9
)

func (w *comparing) execute(ctx context.Context) error {
	if err := w.step(ctx, StepLists, 0); err != nil {
		return err
	}
	d, err := w.Difference(ctx, w.c.A, w.c.B)
	if err != nil {
		return err
	}
	w.c.Difference = &d
	if err := w.step(ctx, StepData, shareData); err != nil {
		return err
	}
	a, err := w.Model(ctx, w.c.A)
	if err != nil {
		return err
	}
	b, err := w.Model(ctx, w.c.B)
	if err != nil {
		return err
	}
	h, err := w.commonHoldOut(ctx, a.Manifest, b.Manifest)
	if err != nil {
		return err
	}
	first, err := w.standIn(ctx, h, a.Manifest, StepTrainA, 0)
	if err != nil {
		return err
	}
	second := first
	if !sameWay(a.Manifest, b.Manifest) {
		if second, err = w.standIn(ctx, h, b.Manifest, StepTrainB, 1); err != nil {
			return err
		}
	}
	if err := w.step(ctx, StepJudge, shareJudge); err != nil {
		return err
	}
	w.c.Judgement, err = w.judge(ctx, h, first, second)
	return err
}

// commonHoldOut cuts the history of the model that knows more.
func (w *comparing) commonHoldOut(ctx context.Context, a, b warehouse.Manifest) (*holdOut, error) {
	newer := a
	if b.Dataset.Through > a.Dataset.Through {
		newer = b
	}
	d, err := w.opts.Lake.Dataset(ctx, newer.Dataset.Spec)
	if err != nil {
		return nil, fmt.Errorf("read the history to judge on: %w", err)
	}
	h, err := newHoldOut(ctx, w.opts.Lake, d, measureSeed)
	if err != nil {
		return nil, err
	}
	if rowsFilled(h.held) == 0 || h.train.Entries() == 0 {
		return nil, shop.Errorf(shop.NotEnoughData, "", "the history is too short to hold anything out: compare again once customers have bought more")
	}
	return h, nil
}

// sameWay reports that two models differ in nothing but what makes no stand-in
// differ: how they were trained and how far they know the history are the same.
func sameWay(a, b warehouse.Manifest) bool {
	return string(a.Config) == string(b.Config) && a.Dataset.Name == b.Dataset.Name && a.Dataset.Spec.Weighing.Equal(b.Dataset.Spec.Weighing)
}

// standIn is what a model's way of training makes of the part of the history
// that nobody is asked for.
type standIn struct {
	parts   engine.Parts
	begin   evaluate.Begin
	scorer  evaluate.Scorer
	history *engine.Matrix // as the model weighs events
}

// standInFrom makes a stand-in of what was trained on a history.
func (h *holdOut) standInFrom(ctx context.Context, parts engine.Parts, history *engine.Matrix, dates engine.Dates, workers int) (standIn, error) {
	begin, err := h.begin(ctx, parts, history, dates, workers)
	if err != nil {
		return standIn{}, err
	}
	scorer, err := evaluate.PartsFrom(parts, begin)
	return standIn{parts, begin, scorer, history}, err
}

// standInOf trains a model's stand-in on what is not held out, of events up to
// through.
func (s *Service) standInOf(ctx context.Context, h *holdOut, m warehouse.Manifest, through warehouse.Position, progress func(engine.EpochReport)) (standIn, error) {
	cfg, err := decodeConfig(m)
	if err != nil {
		return standIn{}, err
	}
	spec := m.Dataset.Spec
	spec.Through, spec.Before = through, h.spec.Before
	train, dates, err := h.trainSet(ctx, spec)
	if err != nil {
		return standIn{}, err
	}
	parts, err := engine.TrainParts(ctx, train, dates, cfg, engine.PartsOptions{
		TrainOptions: engine.TrainOptions{Workers: s.opts.Workers, Progress: progress},
		Attributes:   h.about,
	})
	if err != nil {
		return standIn{}, trainError(err)
	}
	return h.standInFrom(ctx, parts, train, dates, s.opts.Workers)
}

// standIn trains one of the two, which is at 0 or 1, and tells how far it is.
func (w *comparing) standIn(ctx context.Context, h *holdOut, m warehouse.Manifest, step ComparisonStep, at float64) (standIn, error) {
	begin := shareTrain + at*(shareJudge-shareTrain)/2
	if err := w.step(ctx, step, begin); err != nil {
		return standIn{}, err
	}
	return w.standInOf(ctx, h, m, m.Dataset.Through, func(e engine.EpochReport) {
		done := begin + (shareJudge-shareTrain)/2*float64(e.Epoch)/float64(e.Epochs)
		if err := w.step(ctx, step, done); err != nil && ctx.Err() == nil {
			w.log.WarnContext(ctx, "note the progress of a comparison", "comparison", w.c.ID, "error", err)
		}
	})
}

// judge asks both for what is held out.
func (w *comparing) judge(ctx context.Context, h *holdOut, a, b standIn) (*Judgement, error) {
	offered, err := w.offered(ctx)
	if err != nil {
		return nil, err
	}
	vendors := h.groupBy(offered)
	var reports [2]*evaluate.Report
	for k, one := range []standIn{a, b} {
		if reports[k], err = h.judgeFrom(ctx, one.scorer, one.history, w.opts.Workers); err != nil {
			return nil, fmt.Errorf("compare: %w", err)
		}
	}
	j, err := judgementOf(h, reports)
	if err != nil {
		return nil, err
	}
	j.Vendors = exposures(vendors, reports[0].Lists.Exposure, reports[1].Lists.Exposure)
	if h.cut.IsZero() {
		return j, nil
	}
	if j.Repeats, err = h.measureRepeats(ctx, w.opts.Workers); err != nil {
		return nil, err
	}
	j.NeverSold, err = w.judgeNeverSold(ctx, *h, a, b)
	return j, err
}

// judgeNeverSold asks both for what was first sold after a cut by time; nil where there is
// nothing of the kind, or one of them foretells nothing.
func (w *comparing) judgeNeverSold(ctx context.Context, h holdOut, a, b standIn) (*Judgement, error) {
	if h.about == nil || a.parts.Attributes == nil || b.parts.Attributes == nil || !h.neverSold() {
		return nil, nil
	}
	var reports [2]*evaluate.Report
	var err error
	for k, one := range []standIn{a, b} {
		if reports[k], err = h.judgeForetold(ctx, one.parts, one.begin, one.history, w.opts.Workers); err != nil {
			return nil, err
		}
	}
	return judgementOf(&h, reports)
}

// judgementOf is what two reports on a hold-out say.
func judgementOf(h *holdOut, reports [2]*evaluate.Report) (*Judgement, error) {
	j := &Judgement{
		Protocol: h.protocol + "; asked were models trained in the two models' ways on what was not held out",
		Users:    len(reports[0].Users), A: measures(reports[0]), B: measures(reports[1]),
	}
	var err error
	j.Paired, err = pairedMeasures(reports[0], reports[1])
	return j, err
}

// groupBy makes the reports of a hold-out tell the exposure of each vendor, and
// returns the vendors by group. vendorOf has each product's, "" for none.
func (h *holdOut) groupBy(vendorOf map[string]string) []string {
	var vendors []string
	number := map[string]int32{}
	h.groups = make([]int32, len(h.skus))
	skus := make([]string, len(h.skus))
	for sku, col := range h.skus {
		skus[col] = sku
	}
	for col, sku := range skus {
		vendor := vendorOf[sku]
		if vendor == "" {
			h.groups[col] = -1
			continue
		}
		g, known := number[vendor]
		if !known {
			g = int32(len(vendors))
			number[vendor] = g
			vendors = append(vendors, vendor)
		}
		h.groups[col] = g
	}
	return vendors
}

// exposures pairs the vendors' shares, those that change most first.
func exposures(vendors []string, a, b []float64) []VendorShare {
	all := make([]VendorShare, len(vendors))
	for g, vendor := range vendors {
		all[g] = VendorShare{Vendor: vendor, A: a[g], B: b[g]}
	}
	slices.SortStableFunc(all, func(x, y VendorShare) int {
		return cmp.Or(cmp.Compare(math.Abs(y.B-y.A), math.Abs(x.B-x.A)), cmp.Compare(x.Vendor, y.Vendor))
	})
	return all[:min(keptVendors, len(all))]
}
