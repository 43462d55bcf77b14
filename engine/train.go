package engine

import (
	"context"
	"time"
)

// TrainOptions are the circumstances of a training; none of them but Init and
// the priors changes its result.
type TrainOptions struct {
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
	// Init is the model to start from instead of chance; its dimension must be
	// Config's. Rows it lacks start as they would without it. It is not written.
	Init *Model
	// StartEpoch, with Init, continues a training after that many epochs: the
	// factors of a checkpoint taken there lead to the same model.
	StartEpoch int
	// UserPrior and ItemPrior are the prior means μ, in the axes of Init (which
	// they need), Rows×Dim of their side; nil is zero. They are not written.
	UserPrior, ItemPrior *Factors
	// Progress, if set, is called after every epoch.
	Progress func(EpochReport)
	// Checkpoint, if set, is called after every epoch with the number of epochs
	// done and the model as it stands, valid during the call only. Its error
	// ends the training.
	Checkpoint func(epochs int, m *Model) error
	// Now tells the time for reports, by default time.Now.
	Now func() time.Time
}

// EpochReport says how far a training has come.
type EpochReport struct {
	// Epoch counts from 1 to Epochs.
	Epoch, Epochs int
	// Loss is the objective after this epoch.
	Loss float64
	// Elapsed is the time since Train began, EpochTime that of this epoch.
	Elapsed, EpochTime time.Duration
	// RowsPerSecond counts users and items solved in this epoch.
	RowsPerSecond float64
}

// Train fits a model to m, users in rows. It
// returns an *InvalidError for a configuration or a matrix that make no sense
// (no users, no items, no entries, Matrix.Validate), a *NumericError when the data have no
// solution in single precision, and ctx's error when cancelled, which is seen
// within milliseconds. With an error there is no model.
func Train(ctx context.Context, m *Matrix, cfg Config, opts TrainOptions) (*Model, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	t, err := newTrainer(ctx, m, cfg, opts)
	if err != nil {
		return nil, err
	}
	began := t.now()
	for epoch := opts.StartEpoch; epoch < cfg.Epochs; epoch++ {
		start := t.now()
		if opts.Init == nil && epoch == 0 {
			if err := t.startFromSample(ctx); err != nil {
				return nil, err
			}
		}
		if err := t.epoch(ctx, epoch); err != nil {
			return nil, err
		}
		took := t.now().Sub(start)
		if opts.Progress != nil {
			report := EpochReport{Epoch: epoch + 1, Epochs: cfg.Epochs, Loss: t.loss, Elapsed: t.now().Sub(began), EpochTime: took}
			if took > 0 {
				report.RowsPerSecond = float64(m.Rows+m.Cols) / took.Seconds()
			}
			opts.Progress(report)
		}
		if opts.Checkpoint != nil {
			if err := opts.Checkpoint(epoch+1, t.model()); err != nil {
				return nil, err
			}
		}
	}
	if err := t.toItemAxes(ctx); err != nil {
		return nil, err
	}
	return t.model(), nil
}

// trainer is the state of one training. Both sides are always in one basis,
// which follows the principal axes of the side held fixed: scores do not change
// when both sides turn together.
type trainer struct {
	cfg     Config
	workers int
	stride  int
	users   side
	items   side
	chance  bool // items are by chance
	loss    float64
	steps   int     // of conjugate gradients, this epoch
	relax   float32 // this half epoch; see overRelaxation
	// constant is the part of the loss that no factor changes.
	constant float64
	spaces   []*Workspace
	narrow   []uint16 // the fixed side at half width
	now      func() time.Time
}

// side is one side of the matrix in training.
type side struct {
	name   string
	rows   *Matrix   // its rows, the other side in columns
	x      []float32 // rows×stride
	prior  []float32 // rows×stride, nil for zero
	blocks []block   // its rows in tasks, the largest first
	blank  bool      // x is zero so far
}

func newTrainer(ctx context.Context, m *Matrix, cfg Config, opts TrainOptions) (*trainer, error) {
	switch {
	case m.Rows == 0 || m.Cols == 0 || m.Entries() == 0:
		return nil, invalid("matrix", "has nothing to learn from: %d users, %d items, %d entries", m.Rows, m.Cols, m.Entries())
	case opts.Init == nil && (opts.StartEpoch != 0 || opts.UserPrior != nil || opts.ItemPrior != nil):
		return nil, invalid("init", "is needed to continue a training and for priors")
	case opts.StartEpoch < 0 || opts.StartEpoch > cfg.Epochs:
		return nil, invalid("startEpoch", "must be 0 to %d, is %d", cfg.Epochs, opts.StartEpoch)
	}
	if err := m.Validate(); err != nil {
		return nil, err
	}
	t := &trainer{cfg: cfg, workers: defaultWorkers(opts.Workers), stride: padded(cfg.Dim), now: opts.Now, chance: opts.Init == nil}
	if t.now == nil {
		t.now = time.Now
	}
	t.users = side{name: "users", rows: m, blocks: rowBlocks(m), blank: opts.Init == nil}
	byItem := m.transpose(t.workers)
	t.items = side{name: "items", rows: byItem, blocks: rowBlocks(byItem)}
	t.spaces = make([]*Workspace, t.workers)
	for k := range t.spaces {
		t.spaces[k] = new(Workspace)
	}
	t.users.x = hugeSlice[float32](m.Rows * t.stride)
	t.items.x = hugeSlice[float32](m.Cols * t.stride)
	t.narrow = hugeSlice[uint16](max(m.Rows, m.Cols) * t.stride)
	if err := t.startItems(ctx); err != nil {
		return nil, err
	}
	if opts.Init != nil {
		for _, c := range []struct {
			field string
			to    []float32
			from  *Factors
			rows  int
		}{
			{"init.users", t.users.x, &opts.Init.Users, m.Rows},
			{"init.items", t.items.x, &opts.Init.Items, m.Cols},
		} {
			if err := t.load(c.field, c.to, c.from, c.rows); err != nil {
				return nil, err
			}
		}
		if err := t.loadPriors(m, opts); err != nil {
			return nil, err
		}
	}
	t.constant = lossConstant(m, cfg)
	return t, nil
}

// load copies factors into the rows of a side; rows beyond it are an error.
func (t *trainer) load(field string, to []float32, from *Factors, rows int) error {
	if from.Dim != t.cfg.Dim || from.Rows > rows || len(from.Data) != from.Rows*from.Dim {
		return invalid(field, "are %d×%d for %d rows of %d", from.Rows, from.Dim, rows, t.cfg.Dim)
	}
	for k := range from.Rows {
		row := from.Row(k)
		if !allFinite(row) {
			return invalid(field, "are not finite in row %d", k)
		}
		copy(to[k*t.stride:], row)
	}
	return nil
}

func (t *trainer) loadPriors(m *Matrix, opts TrainOptions) error {
	if opts.UserPrior != nil {
		t.users.prior = make([]float32, m.Rows*t.stride)
		if err := t.load("userPrior", t.users.prior, opts.UserPrior, m.Rows); err != nil {
			return err
		}
	}
	if opts.ItemPrior != nil {
		t.items.prior = make([]float32, m.Cols*t.stride)
		return t.load("itemPrior", t.items.prior, opts.ItemPrior, m.Cols)
	}
	return nil
}

// model returns the factors as they stand; with stride = dim they share the
// trainer's memory.
func (t *trainer) model() *Model {
	take := func(x []float32, rows int) Factors {
		d := t.cfg.Dim
		if t.stride == d {
			return Factors{Rows: rows, Dim: d, Data: x}
		}
		f := NewFactors(rows, d)
		for k := range rows {
			copy(f.Row(k), x[k*t.stride:])
		}
		return f
	}
	return &Model{
		Config: t.cfg, Loss: t.loss,
		Users: take(t.users.x, t.users.rows.Rows),
		Items: take(t.items.x, t.items.rows.Rows),
	}
}
