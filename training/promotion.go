package training

import (
	"context"
	"fmt"

	"also/engine/evaluate"
	"also/shop"
	"also/warehouse"
)

// promote makes the candidate live unless that would be for the worse, and
// notes the reason if so.
func (j *job) promote(ctx context.Context) error {
	l, raw, err := j.readLive(ctx)
	if err != nil {
		return err
	}
	if l.ID == j.run.Model { // another worker got so far before
		return j.note(ctx, func(r *Run) { r.Promoted = true })
	}
	reason, err := j.against(ctx, l.ID)
	if err != nil {
		return fmt.Errorf("compare with the live model: %w", err)
	}
	if reason != "" {
		return j.note(ctx, func(r *Run) {
			r.Note = reason
			r.say(j.now(), Warning, "%s", reason)
		})
	}
	conds := unless(raw)
	conds.Lease = j.lease
	if err := j.switchLive(ctx, l.promote(j.run.Model, j.now().UTC()), conds); err != nil {
		return err
	}
	j.settle(ctx)
	return j.note(ctx, func(r *Run) {
		r.Promoted = true
		r.say(j.now(), Info, "It is not worse than the live model, and answers now.")
	})
}

// against returns why the candidate should not replace the live model, "" if
// nothing speaks against it.
func (j *job) against(ctx context.Context, liveID string) (string, error) {
	if j.run.Kind == Incremental {
		if j.metrics.Drift > driftLimit {
			return fmt.Sprintf("Not promoted: rows that nothing touched drifted by %.0f %% (%.0f %% are the most). Start a FULL run.",
				100*j.metrics.Drift, 100*driftLimit), nil
		}
		return "", nil
	}
	if liveID == "" || j.held == nil {
		return "", nil
	}
	live, err := j.Model(ctx, liveID)
	if shop.CodeOf(err) == shop.NotFound {
		return "", nil // nothing to compare with
	}
	if err != nil {
		return "", err
	}
	return j.worse(ctx, live.Manifest)
}

// worse compares the candidate with the live model on the run's hold-out. The
// live model may have learnt from what is held out, so a model stands for it
// that was trained its way on what the candidate's was trained on. Trained in
// the same way there is nothing to compare: only the data differ.
func (j *job) worse(ctx context.Context, live warehouse.Manifest) (string, error) {
	cfg, err := decodeConfig(live)
	if err != nil {
		return "", err
	}
	spec := live.Dataset.Spec
	if cfg.Equal(j.recipe) && spec.Weighing.Equal(j.data.Spec.Weighing) {
		return "", nil
	}
	rival, err := j.standInOf(ctx, j.held, live, j.data.Through, nil)
	if err != nil {
		return "", err
	}
	candidate, err := j.held.standInFrom(ctx, j.judged, j.held.train, j.held.dates, j.opts.Workers)
	if err != nil {
		return "", err
	}
	reports := make([]*evaluate.Report, 2)
	for k, side := range []standIn{rival, candidate} {
		if reports[k], err = j.held.judgeFrom(ctx, side.scorer, side.history, j.opts.Workers); err != nil {
			return "", err
		}
	}
	gain, err := evaluate.Compare(reports[0], reports[1], evaluate.NDCG, measureSeed)
	if err != nil {
		return "", err
	}
	if gain.High >= 0 {
		return "", nil
	}
	return fmt.Sprintf("Not promoted: on the same hold-out its nDCG@%d is %.4f, %.4f to %.4f below what the live model's configuration reaches (%.4f). Promote it by hand if you know better.",
		listLength, reports[1].Mean(evaluate.NDCG), -gain.High, -gain.Low, reports[0].Mean(evaluate.NDCG)), nil
}
