package tune

import (
	"context"
	"math"

	"also/engine"
)

// parts makes the parts of candidates, each once while memory lasts.
type parts struct {
	workers int
	room    int64 // how much memory kept parts may take
	entries map[any]*cached
	bytes   int64
	clock   int
}

// cached is one part and when it was last used.
type cached struct {
	value any
	bytes int64
	used  int
}

// Keys of the parts of a training matrix.
type (
	factorsKey struct {
		m *engine.Matrix
		engine.Config
	}
	ridgeKey struct {
		m                 *engine.Matrix
		sources           int
		lambda, userPower float64
	}
	filterKey struct {
		m       *engine.Matrix
		targets int
	}
	scalesKey struct {
		m     *engine.Matrix
		power float64
	}
	reachKey struct {
		m        *engine.Matrix
		halfLife float64
	}
)

// once returns the part of a key, made by make unless it is kept.
func once[T any](p *parts, key any, size func(T) int64, make func() (T, error)) (T, error) {
	if value, found := p.kept(key); found {
		return value.(T), nil
	}
	value, err := make()
	if err == nil {
		p.keep(key, value, size(value))
	}
	return value, err
}

// kept returns the part of a key, if it is kept.
func (p *parts) kept(key any) (any, bool) {
	p.clock++
	c, found := p.entries[key]
	if !found {
		return nil, false
	}
	c.used = p.clock
	return c.value, true
}

func (p *parts) keep(key, value any, bytes int64) {
	p.clock++
	p.entries[key] = &cached{value: value, bytes: bytes, used: p.clock}
	p.bytes += bytes
	p.drop()
}

// drop forgets what was not used for longest, never what was used last.
func (p *parts) drop() {
	for p.bytes > p.room && len(p.entries) > 1 {
		var oldest any
		for key, c := range p.entries {
			if c.used != p.clock && (oldest == nil || c.used < p.entries[oldest].used) {
				oldest = key
			}
		}
		p.bytes -= p.entries[oldest].bytes
		delete(p.entries, oldest)
	}
}

// factors trains one set of factors, going on from the most epochs of the same
// that are kept; else by one epoch from those of another matrix that is much alike,
// if there are any.
func (p *parts) factors(ctx context.Context, m *engine.Matrix, cfg engine.Config, from *engine.Model) (*engine.Model, error) {
	return once(p, factorsKey{m, cfg}, modelBytes, func() (*engine.Model, error) {
		opts := engine.TrainOptions{Workers: p.workers}
		for done := cfg.Epochs - 1; done > 0 && opts.Init == nil; done-- {
			shorter := cfg
			shorter.Epochs = done
			if c, found := p.entries[factorsKey{m, shorter}]; found {
				opts.Init, opts.StartEpoch = c.value.(*engine.Model), done
			}
		}
		if opts.Init == nil && from != nil {
			opts.Init, opts.StartEpoch = from, cfg.Epochs-1
		}
		return engine.Train(ctx, m, cfg, opts)
	})
}

// neighbours fits the weights of the ridge and of the filter, unscaled: of those
// that cfg weighs above 0 what is not kept, by one look at the matrix.
func (p *parts) neighbours(ctx context.Context, m *engine.Matrix, cfg engine.NeighbourConfig) (ridge, filter *engine.Neighbours, err error) {
	ridgeKey, filterKey := ridgeKey{m, cfg.Sources, cfg.Lambda, cfg.UserPower}, filterKey{m, cfg.FilterTargets}
	missing := cfg
	missing.TargetPower = 0
	if value, found := p.kept(ridgeKey); found && cfg.Ridge > 0 {
		ridge, missing.Ridge = value.(*engine.Neighbours), 0
	}
	if value, found := p.kept(filterKey); found && cfg.Filter > 0 {
		filter, missing.Filter = value.(*engine.Neighbours), 0
	}
	if missing.Ridge == 0 && missing.Filter == 0 {
		return ridge, filter, nil
	}
	for _, weight := range []*float64{&missing.Ridge, &missing.Filter} {
		*weight = min(1, math.Ceil(*weight)) // unscaled, or left out
	}
	r, f, err := engine.TrainNeighbourParts(ctx, m, missing, p.workers)
	if err != nil {
		return nil, nil, err
	}
	if missing.Ridge > 0 {
		ridge = r
		p.keep(ridgeKey, r, neighbourBytes(r))
	}
	if missing.Filter > 0 {
		filter = f
		p.keep(filterKey, f, neighbourBytes(f))
	}
	return ridge, filter, nil
}

func modelBytes(m *engine.Model) int64 { return 4 * int64(len(m.Users.Data)+len(m.Items.Data)) }

func neighbourBytes(n *engine.Neighbours) int64 { return 8 * int64(len(n.Ptr)+len(n.Target)) }

// fitted is the parts of a candidate on one split. ridge or filter is nil where
// no blend asks for it.
type fitted struct {
	Split
	users         []int32
	sets          []engine.WeightedModel
	ridge, filter *engine.Neighbours
	scales        func(power float64) ([]float64, error)
	reach         func(halfLife float64) (engine.Reach, error)
	shortens      bool  // blends are judged by shortlists
	sums          *sums // nil where they are not kept
}

// sumsKey names the sums of parts.
type sumsKey struct {
	m *engine.Matrix
	engine.Config
	second        int
	ridge, filter *engine.Neighbours
}

// keepSums lets what f's parts add be made once, if it takes an eighth of the memory at most.
func (p *parts) keepSums(f *fitted, r engine.Recipe) error {
	cells := 4 * int64(len(f.users)) * int64(f.Train.Cols)
	if 3*cells > p.room/8 {
		return nil
	}
	var err error
	f.sums, err = once(p, sumsKey{f.Train, r.Config, r.SecondDim, f.ridge, f.filter}, (*sums).bytes, func() (*sums, error) {
		return newSums(len(f.users), f.Train.Cols, f.ridge != nil, f.filter != nil), nil
	})
	return err
}

// fit makes the parts that blends of a recipe need: weights of neighbours and
// gains do not count, but for whether any blend has them. Factors go on from those
// before, nil for none, of the same recipe.
func (p *parts) fit(ctx context.Context, split Split, r engine.Recipe, blends []engine.Recipe, before *fitted) (*fitted, error) {
	f := &fitted{
		Split: split,
		reach: func(halfLife float64) (engine.Reach, error) {
			return once(p, reachKey{split.Train, halfLife}, engine.Reach.Bytes, func() (engine.Reach, error) {
				return engine.ReachOf(split.Train, split.Dates.First, split.Dates.Now, halfLife)
			})
		},
		scales: func(power float64) ([]float64, error) {
			return once(p, scalesKey{split.Train, power}, func(s []float64) int64 { return 8 * int64(len(s)) }, func() ([]float64, error) {
				return engine.TargetScales(split.Train, power), nil
			})
		},
	}
	configs, weight := r.Sets()
	for k, cfg := range configs {
		var from *engine.Model
		if before != nil {
			from = before.sets[k].Model
		}
		model, err := p.factors(ctx, split.Train, cfg, from)
		if err != nil {
			return nil, err
		}
		f.sets = append(f.sets, engine.WeightedModel{Model: model, Weight: weight})
	}
	var need engine.NeighbourConfig
	for _, b := range blends {
		if n := b.Neighbours; n != nil {
			widest := *n
			widest.Ridge, widest.Filter = max(n.Ridge, need.Ridge), max(n.Filter, need.Filter)
			need = widest
		}
	}
	var err error
	m := split.Neighbours
	if m == nil {
		m = split.Train
	}
	f.ridge, f.filter, err = p.neighbours(ctx, m, need)
	return f, err
}
