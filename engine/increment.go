package engine

import (
	"context"
	"math"
	"math/rand/v2"
)

// IncrementOptions are the circumstances of an incremental run.
type IncrementOptions struct {
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
	// Sample is how many rows of each side that were not touched are solved
	// again to measure drift. Default 200.
	Sample int
	// Seed draws the sample.
	Seed uint64
}

// IncrementReport says what an incremental run did.
type IncrementReport struct {
	// Users and Items count the rows solved.
	Users, Items int
	// UserDrift and ItemDrift say how far sampled rows that were not touched
	// are from where a solve would now put them: Σ |x' − x| / Σ |x'|, in which
	// rows next to zero count for what they are, 0 for none, and 0 where nothing
	// was sampled. When it grows, train in full.
	UserDrift, ItemDrift float64
	// Sampled counts the rows behind them.
	Sampled int
}

// Increment brings prev up to date with m, which has at least prev's users and
// items and may have more: it solves the touched users with the items fixed,
// then the touched items with the users fixed, each exactly. Rows beyond prev
// count as touched. touchedUsers and touchedItems are row numbers in any
// order, and every entry that changed since prev must have its user and item
// there. prev is not written. Errors are those of Train.
func Increment(ctx context.Context, m *Matrix, prev *Model, touchedUsers, touchedItems []int32, opts IncrementOptions) (*Model, IncrementReport, error) {
	var report IncrementReport
	if prev.Users.Rows > m.Rows || prev.Items.Rows > m.Cols {
		return nil, report, invalid("matrix", "is %d×%d, smaller than the model's %d×%d", m.Rows, m.Cols, prev.Users.Rows, prev.Items.Rows)
	}
	if opts.Sample == 0 {
		opts.Sample = 200
	}
	cfg := prev.Config
	t, err := newTrainer(ctx, m, cfg, TrainOptions{Workers: opts.Workers, Init: prev})
	if err != nil {
		return nil, report, err
	}
	// New items have no place yet: zero until their users give them one.
	clear(t.items.x[prev.Items.Rows*t.stride:])
	t.cfg.Solver = Cholesky
	for _, c := range []struct {
		free, fixed *side
		known       int
		touched     []int32
		solved      *int
		drift       *float64
	}{
		{&t.users, &t.items, prev.Users.Rows, touchedUsers, &report.Users, &report.UserDrift},
		{&t.items, &t.users, prev.Items.Rows, touchedItems, &report.Items, &report.ItemDrift},
	} {
		rows, err := touchedRows(c.free, c.known, c.touched)
		if err != nil {
			return nil, report, err
		}
		s, err := t.hold(ctx, c.fixed, c.free)
		if err != nil {
			return nil, report, err
		}
		if err := t.solveSet(ctx, s, c.free, rows); err != nil {
			return nil, report, err
		}
		*c.solved = rows.Count()
		sampled := 0
		*c.drift, sampled, err = t.drift(s, c.free, rows, opts)
		if err != nil {
			return nil, report, err
		}
		report.Sampled += sampled
	}
	if err := t.toItemAxes(ctx); err != nil {
		return nil, report, err
	}
	model := t.model()
	model.Config = cfg
	if model.Loss, err = Loss(ctx, m, model); err != nil {
		return nil, report, err
	}
	return model, report, nil
}

// touchedRows returns the set of touched rows and of those past known.
func touchedRows(s *side, known int, touched []int32) (*Bitmap, error) {
	rows := NewBitmap(s.rows.Rows)
	for _, u := range touched {
		if u < 0 || int(u) >= s.rows.Rows {
			return nil, invalid("touched "+s.name, "must be 0 to %d, is %d", s.rows.Rows-1, u)
		}
		rows.Set(u)
	}
	rows.SetRange(int32(known), int32(s.rows.Rows))
	return rows, nil
}

// solveSet solves the rows of a set.
func (t *trainer) solveSet(ctx context.Context, s *system, free *side, rows *Bitmap) error {
	return parallel(ctx, t.workers, len(free.blocks), func(worker, task int) error {
		for u := free.blocks[task].lo; u < free.blocks[task].hi; u++ {
			if !rows.Has(int32(u)) {
				continue
			}
			if _, ok := t.solve(s, free, u, t.spaces[worker]); !ok {
				return &NumericError{Side: free.name, Row: u}
			}
		}
		return nil
	})
}

// drift solves a sample of the rows outside the set and returns their distance
// from what they are, relative to their length, and how many it solved.
func (t *trainer) drift(s *system, free *side, rows *Bitmap, opts IncrementOptions) (float64, int, error) {
	var others []int
	for u := range free.rows.Rows {
		if !rows.Has(int32(u)) && free.rows.Ptr[u+1] > free.rows.Ptr[u] {
			others = append(others, u)
		}
	}
	rng := rand.New(rand.NewPCG(opts.Seed, uint64(len(others))))
	rng.Shuffle(len(others), func(i, k int) { others[i], others[k] = others[k], others[i] })
	others = others[:min(len(others), opts.Sample)]
	kept := make([]float32, t.stride)
	var moved, length float64
	for _, u := range others {
		x := free.x[u*t.stride : (u+1)*t.stride]
		copy(kept, x)
		if _, ok := t.solve(s, free, u, t.spaces[0]); !ok {
			return 0, 0, &NumericError{Side: free.name, Row: u}
		}
		var distance, size float64
		for k, v := range x {
			distance += float64(v-kept[k]) * float64(v-kept[k])
			size += float64(v) * float64(v)
		}
		moved += math.Sqrt(distance)
		length += math.Sqrt(size)
		copy(x, kept)
	}
	if length == 0 {
		return 0, len(others), nil
	}
	return moved / length, len(others), nil
}
