package training

import (
	"context"
	"fmt"
	"time"

	"also/engine"
	"also/shop"
	"also/store"
	"also/warehouse"
)

// job is one worker's attempt at a run.
type job struct {
	*Service
	run   Run
	lease *store.Lease

	data    *warehouse.Dataset
	matrix  *engine.Matrix     // of data
	recipe  Config             // how the run trains
	about   *engine.Attributes // each product's features; nil: not known
	stands  []int64            // what the features stand for: shop.Features
	parts   engine.Parts       // what the run ends in, rows and columns as in data
	metrics Metrics
	held    *holdOut     // nil where nothing could be held out
	judged  engine.Parts // the model that stands for the candidate on held
}

// execute does the run: data set, training, evaluation, artefact, lists,
// promotion.
func (j *job) execute(ctx context.Context) error {
	if err := j.takeData(ctx); err != nil {
		return err
	}
	solve := j.full
	if j.run.Kind == Incremental {
		solve = j.incremental
	}
	if err := solve(ctx); err != nil {
		return err
	}
	if err := j.phase(ctx, PhaseSave); err != nil {
		return err
	}
	if err := j.save(ctx); err != nil {
		return err
	}
	if err := j.phase(ctx, PhasePublish); err != nil {
		return err
	}
	if err := j.ensureLists(ctx, j.run.Model, j.atOnce()); err != nil {
		return err
	}
	if j.run.Promote {
		if err := j.promote(ctx); err != nil {
			return err
		}
	}
	return j.RefreshLists(ctx) // last: it can cost more than the training
}

// note changes the run's record, and this worker's copy of it.
func (j *job) note(ctx context.Context, change func(*Run)) error {
	run, err := j.runAt(j.run.ID).update(ctx, j.lease, change)
	if err != nil {
		return err
	}
	j.run = run
	return nil
}

// phase says what the run does now; between phases it can be cancelled.
func (j *job) phase(ctx context.Context, p Phase) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return j.note(ctx, func(r *Run) {
		r.Phase = p
		if p != PhaseEvaluate {
			r.TimeLeft = 0 // unknown, and short
		}
	})
}

// takeData makes the training set and notes in the run what it is, so that
// another worker would take the same one.
func (j *job) takeData(ctx context.Context) error {
	spec := j.run.Dataset
	if j.run.Kind == Incremental && spec.Weights == nil {
		manifest, err := j.liveManifest(ctx)
		if err != nil {
			return err
		}
		spec = manifest.Dataset.Spec
		spec.Through = j.run.Dataset.Through
	}
	d, err := weighed(ctx, j.opts.Lake, spec)
	if err != nil {
		return fmt.Errorf("take the training set: %w", err)
	}
	j.data, j.matrix = d, Matrix(d)
	if err := enough(j.matrix); err != nil {
		return err
	}
	return j.note(ctx, func(r *Run) {
		r.Dataset = d.Spec
		r.say(j.now(), Info, "Training set: %d events of %d customers and sessions with %d products, %d pairs.",
			d.Events, len(d.Users), len(d.SKUs), j.matrix.Entries())
	})
}

// configure settles the configuration and notes it in the run: what is not given comes from the data's
// size, and weights then from what foretells best. What another worker chose stays.
func (j *job) configure(ctx context.Context) (Config, error) {
	cfg, err := fill(j.run.Config, statsOf(j.matrix, j.dates()))
	if err != nil {
		return cfg, &shop.Error{Code: shop.BadUserInput, Field: "config", Message: err.Error()}
	}
	chosen := Choice{Config: cfg, Text: j.run.Chosen}
	switch {
	case j.run.Chosen != "":
		chosen.Config = Trim(j.run.Config)
	case j.held != nil && j.run.Chooses():
		if err := j.phase(ctx, PhaseChoose); err != nil {
			return cfg, err
		}
		if chosen, err = j.held.choose(ctx, cfg, j.run.Config, j.opts.Workers); err != nil {
			return cfg, err
		}
	}
	cfg = chosen.Config
	j.recipe = cfg
	return cfg, j.note(ctx, func(r *Run) {
		r.Config, r.Chosen, r.Phase, r.Epochs = cfg, chosen.Text, PhaseTrain, cfg.Epochs
		if chosen.Text != "" {
			r.say(j.now(), Info, "%s", chosen.Text)
		}
		r.say(j.now(), Info, "Parameters: %d factors, %d epochs, weight of the unseen %g, regularisation %g, growth %g, seed %d.",
			cfg.Dim, cfg.Epochs, cfg.Unobserved, cfg.Lambda, cfg.Nu, cfg.Seed)
		if n := cfg.Neighbours; n != nil {
			r.say(j.now(), Info, "Beside them neighbours: %s.", describeNeighbours(*n))
		}
		if how := DescribeWeighing(j.data.Spec.Weighing); how != "" {
			r.say(j.now(), Info, "Events are weighed: %s.", how)
		}
		if g := cfg.Gain; g != nil {
			r.say(j.now(), Info, "And a gain: trend %g, popularity %g.", g.Trend, g.Popularity)
		}
	})
}

// dates says when the pairs of the training set first met.
func (j *job) dates() engine.Dates {
	return numberingOf(j.data.Users, j.data.SKUs).dates(j.data, j.matrix)
}

// warmEntries is from how many entries on training twice from nothing is too
// dear: the model for the hold-out then is where the candidate starts from.
const warmEntries = 5_000_000

// full trains on everything, and judges a model of the same configuration that
// did not see the hold-out.
func (j *job) full(ctx context.Context) error {
	about, err := readKnown(ctx, j.opts.Lake)
	if err != nil {
		return err
	}
	j.about, j.stands = about.attributes(numberingOf(j.data.Users, j.data.SKUs))
	h, err := newHoldOut(ctx, j.opts.Lake, j.data, j.run.Config.Seed)
	if err != nil {
		return err
	}
	if rowsFilled(h.held) > 0 && h.train.Entries() > 0 {
		j.held = h
	}
	cfg, err := j.configure(ctx)
	if err != nil {
		return err
	}
	if j.held != nil && j.matrix.Entries() >= warmEntries {
		return j.fullWarm(ctx, cfg)
	}
	if j.parts, err = j.train(ctx, j.matrix, j.dates(), j.about, cfg, engine.Parts{}); err != nil {
		return err
	}
	if err := j.phase(ctx, PhaseEvaluate); err != nil {
		return err
	}
	if j.held == nil {
		j.metrics = Metrics{Protocol: "not judged: the history is too short for a hold-out"}
		return j.noteMetrics(ctx)
	}
	if j.judged, err = engine.TrainParts(ctx, j.held.train, j.held.dates, cfg, engine.PartsOptions{TrainOptions: engine.TrainOptions{Workers: j.opts.Workers}, Attributes: j.held.about}); err != nil {
		return trainError(err)
	}
	if j.metrics, _, err = j.held.measure(ctx, j.judged, j.opts.Workers); err != nil {
		return err
	}
	return j.noteMetrics(ctx)
}

// noteMetrics writes the chief measure into the log.
func (j *job) noteMetrics(ctx context.Context) error {
	return j.note(ctx, func(r *Run) {
		m, found := j.metrics.Model[chiefMeasure]
		if !found {
			r.say(j.now(), Warning, "The model was %s.", j.metrics.Protocol)
			return
		}
		r.say(j.now(), Info, "Judged on %d customers: %s %.4f, 95 %% between %.4f and %.4f; the most popular products reach %.4f.",
			j.metrics.Users, chiefMeasure, m.Mean, m.Low, m.High, j.metrics.Baselines["popularity"][chiefMeasure].Mean)
		if again := j.metrics.Repeats; again != nil && again.Users > 0 {
			r.say(j.now(), Info, "What %d customers bought again: %s %.4f; what they bought most often reaches %.4f.",
				again.Users, chiefMeasure, again.Model[chiefMeasure].Mean, again.Baselines["most-frequent"][chiefMeasure].Mean)
		}
	})
}

// fullWarm trains the model for the hold-out first, and the candidate from it
// in half the epochs.
func (j *job) fullWarm(ctx context.Context, cfg Config) error {
	var err error
	if j.judged, err = j.train(ctx, j.held.train, j.held.dates, j.held.about, cfg, engine.Parts{}); err != nil {
		return err
	}
	var start engine.Parts
	for _, f := range j.judged.Factors {
		d := f.Model.Config.Dim
		start.Factors = append(start.Factors, engine.WeightedModel{Weight: f.Weight, Model: &engine.Model{
			Config: f.Model.Config,
			Users:  engine.Factors{Rows: j.matrix.Rows, Dim: d, Data: f.Model.Users.Data[:j.matrix.Rows*d]},
			Items:  engine.Factors{Rows: j.matrix.Cols, Dim: d, Data: f.Model.Items.Data[:j.matrix.Cols*d]},
		}})
	}
	short := cfg
	short.Epochs = (cfg.Epochs + 1) / 2
	if j.parts, err = j.train(ctx, j.matrix, j.dates(), j.about, short, start); err != nil {
		return err
	}
	for _, f := range j.parts.Factors {
		f.Model.Config.Epochs = cfg.Epochs
	}
	if err := j.phase(ctx, PhaseEvaluate); err != nil {
		return err
	}
	j.metrics, _, err = j.held.measure(ctx, j.judged, j.opts.Workers)
	if err != nil {
		return err
	}
	j.metrics.Protocol += fmt.Sprintf("; the candidate then learnt the rest in %d more epochs", short.Epochs)
	return j.noteMetrics(ctx)
}

// train trains one model and reports each epoch in the run.
func (j *job) train(ctx context.Context, m *engine.Matrix, dates engine.Dates, about *engine.Attributes, cfg Config, start engine.Parts) (engine.Parts, error) {
	if err := j.note(ctx, func(r *Run) { r.Epoch, r.Epochs, r.Losses = 0, cfg.Epochs, nil }); err != nil {
		return engine.Parts{}, err
	}
	var unnoted epochs
	parts, err := engine.TrainParts(ctx, m, dates, cfg, engine.PartsOptions{
		TrainOptions: engine.TrainOptions{
			Workers:  j.opts.Workers,
			Progress: func(e engine.EpochReport) { j.epoch(ctx, e, m.Entries(), &unnoted) },
		},
		Init:       start,
		Attributes: about,
	})
	if err != nil {
		return engine.Parts{}, trainError(err)
	}
	return parts, nil
}

// epochGap is how long a run's record rests between two epochs: it has all losses
// in it, and is kept, sent to who follows it, and drawn whenever it is written.
const epochGap = 200 * time.Millisecond

// epochs are those that the run's record does not have yet.
type epochs struct {
	losses []float64
	noted  time.Time // when the last ones were
}

// epoch notes a finished epoch, together with those that came too soon after the
// last to be noted alone. A failure shows in the next write.
func (j *job) epoch(ctx context.Context, e engine.EpochReport, entries int, unnoted *epochs) {
	unnoted.losses = append(unnoted.losses, e.Loss)
	if e.Epoch < e.Epochs && time.Since(unnoted.noted) < epochGap {
		return
	}
	err := j.note(ctx, func(r *Run) {
		r.Epoch, r.Epochs = e.Epoch, e.Epochs
		r.Losses = append(r.Losses, unnoted.losses...)
		if s := e.EpochTime.Seconds(); s > 0 {
			r.Rate = 2 * float64(entries) / s
		}
		mean := e.Elapsed / time.Duration(e.Epoch)
		// The hold-out's model takes about as long again.
		r.TimeLeft = mean * time.Duration(2*e.Epochs-e.Epoch)
		r.say(j.now(), Info, "Epoch %d of %d: loss %.6g, %.3g s.", e.Epoch, e.Epochs, e.Loss, e.EpochTime.Seconds())
	})
	if err != nil {
		if ctx.Err() == nil {
			j.log.WarnContext(ctx, "note an epoch", "run", j.run.ID, "error", err)
		}
		return
	}
	*unnoted = epochs{noted: time.Now()}
}

// trainError says what data or configuration the engine refused.
func trainError(err error) error {
	switch e := err.(type) {
	case *engine.InvalidError:
		return &shop.Error{Code: shop.BadUserInput, Field: "config", Message: e.Error()}
	case *engine.NumericError:
		return &shop.Error{Code: shop.BadUserInput, Field: "config", Err: err,
			Message: "the data have no solution with this configuration: raise lambda, or lower the weights of the events"}
	}
	return err
}
