package tune

import (
	"context"

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

// source names a training matrix.
type source struct {
	split    int
	weighing string
}

// Keys of the parts of a source.
type (
	factorsKey struct {
		source
		engine.Config
	}
	ridgeKey struct {
		source
		sources           int
		lambda, userPower float64
	}
	filterKey struct {
		source
		targets int
	}
	reachKey struct {
		source
		halfLife float64
	}
)

// once returns the part of a key, made by make unless it is kept.
func once[T any](p *parts, key any, size func(T) int64, make func() (T, error)) (T, error) {
	p.clock++
	if c, found := p.entries[key]; found {
		c.used = p.clock
		return c.value.(T), nil
	}
	value, err := make()
	if err != nil {
		return value, err
	}
	c := &cached{value: value, bytes: size(value), used: p.clock}
	p.entries[key] = c
	p.bytes += c.bytes
	p.drop()
	return value, nil
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
// that are kept.
func (p *parts) factors(ctx context.Context, src source, m *engine.Matrix, cfg engine.Config) (*engine.Model, error) {
	return once(p, factorsKey{src, cfg}, modelBytes, func() (*engine.Model, error) {
		opts := engine.TrainOptions{Workers: p.workers}
		for done := cfg.Epochs - 1; done > 0 && opts.Init == nil; done-- {
			shorter := cfg
			shorter.Epochs = done
			if c, found := p.entries[factorsKey{src, shorter}]; found {
				opts.Init, opts.StartEpoch = c.value.(*engine.Model), done
			}
		}
		return engine.Train(ctx, m, cfg, opts)
	})
}

// ridge fits the ridge's weights, and filter the filter's, both unscaled.
func (p *parts) ridge(ctx context.Context, src source, m *engine.Matrix, cfg engine.NeighbourConfig) (*engine.Neighbours, error) {
	return once(p, ridgeKey{src, cfg.Sources, cfg.Lambda, cfg.UserPower}, neighbourBytes, func() (*engine.Neighbours, error) {
		cfg.Ridge, cfg.Filter, cfg.TargetPower = 1, 0, 0
		return engine.TrainNeighbours(ctx, m, cfg, p.workers)
	})
}

func (p *parts) filter(ctx context.Context, src source, m *engine.Matrix, cfg engine.NeighbourConfig) (*engine.Neighbours, error) {
	return once(p, filterKey{src, cfg.FilterTargets}, neighbourBytes, func() (*engine.Neighbours, error) {
		cfg.Ridge, cfg.Filter = 0, 1
		return engine.TrainNeighbours(ctx, m, cfg, p.workers)
	})
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
	reach         func(halfLife float64) (engine.Reach, error)
	sums          *sums // nil where they are not kept
}

// sumsKey names the sums of parts.
type sumsKey struct {
	source
	engine.Config
	second        int
	ridge, filter *engine.Neighbours
}

// keepSums lets what f's parts add be made once, if it takes an eighth of the memory at most.
func (p *parts) keepSums(f *fitted, src source, r engine.Recipe) error {
	cells := 4 * int64(len(f.users)) * int64(f.Train.Cols)
	if 3*cells > p.room/8 {
		return nil
	}
	var err error
	f.sums, err = once(p, sumsKey{src, r.Config, r.SecondDim, f.ridge, f.filter}, (*sums).bytes, func() (*sums, error) {
		return newSums(len(f.users), f.Train.Cols, f.ridge != nil, f.filter != nil), nil
	})
	return err
}

// fit makes the parts that blends of a recipe need: weights of neighbours and
// gains do not count, but for whether any blend has them.
func (p *parts) fit(ctx context.Context, src source, split Split, r engine.Recipe, blends []engine.Recipe) (*fitted, error) {
	f := &fitted{Split: split, reach: func(halfLife float64) (engine.Reach, error) {
		return once(p, reachKey{src, halfLife}, engine.Reach.Bytes, func() (engine.Reach, error) {
			return engine.ReachOf(split.Train, split.Dates.First, split.Dates.Now, halfLife)
		})
	}}
	configs, weight := r.Sets()
	for _, cfg := range configs {
		model, err := p.factors(ctx, src, split.Train, cfg)
		if err != nil {
			return nil, err
		}
		f.sets = append(f.sets, engine.WeightedModel{Model: model, Weight: weight})
	}
	var err error
	for _, b := range blends {
		if n := b.Neighbours; n != nil && n.Ridge > 0 && f.ridge == nil {
			if f.ridge, err = p.ridge(ctx, src, split.Train, *n); err != nil {
				return nil, err
			}
		}
		if n := b.Neighbours; n != nil && n.Filter > 0 && f.filter == nil {
			if f.filter, err = p.filter(ctx, src, split.Train, *n); err != nil {
				return nil, err
			}
		}
	}
	return f, nil
}
