package engine

import "context"

// Recipe is how all parts of a model are trained. It is stored with the model.
// The zero values of what it adds to Config leave parts out: factors alone.
type Recipe struct {
	Config
	// SecondDim, above 0, adds a second set of factors of this dimension, else
	// trained alike; both then weigh a half.
	SecondDim int `json:"secondDim,omitempty"`
	// Neighbours, not nil, adds neighbours.
	Neighbours *NeighbourConfig `json:"neighbours,omitempty"`
	// Gain, not nil, adds a gain.
	Gain *GainConfig `json:"gain,omitempty"`
	// Attributes, not nil, foretells items that nobody took, where PartsOptions has
	// attributes.
	Attributes *AttributeConfig `json:"attributes,omitempty"`
}

// WithDefaults fills the fields left zero of the parts asked for, and validates
// the rest. Its error is an *InvalidError.
func (r Recipe) WithDefaults() (Recipe, error) {
	var err error
	if r.Config, err = r.Config.withDefaults(); err != nil {
		return r, err
	}
	return r, r.Validate()
}

// Validate reports the first field out of its range as an *InvalidError.
func (r Recipe) Validate() error {
	if err := r.Config.Validate(); err != nil {
		return err
	}
	if r.SecondDim < 0 || r.SecondDim > MaxDim {
		return invalid("secondDim", "must be 0 to %d, is %d", MaxDim, r.SecondDim)
	}
	if r.Neighbours != nil {
		if err := r.Neighbours.Validate(); err != nil {
			return err
		}
	}
	if r.Gain != nil {
		if err := r.Gain.Validate(); err != nil {
			return err
		}
	}
	if r.Attributes != nil {
		return r.Attributes.Validate()
	}
	return nil
}

// Sets returns the configurations of the sets of factors, and the weight of each.
func (r Recipe) Sets() (configs []Config, weight float64) {
	if r.SecondDim == 0 {
		return []Config{r.Config}, 1
	}
	second := r.Config
	second.Dim = r.SecondDim
	return []Config{r.Config, second}, .5
}

// Equal reports that two recipes are the same.
func (r Recipe) Equal(o Recipe) bool {
	return r.Config == o.Config && r.SecondDim == o.SecondDim && same(r.Neighbours, o.Neighbours) && same(r.Gain, o.Gain) && same(r.Attributes, o.Attributes)
}

func same[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// Dates say when each entry of a matrix first met, and the present, in
// milliseconds; the zero value: not known.
type Dates struct {
	First []int64
	Now   int64
}

// PartsOptions are the circumstances of a training of all parts.
type PartsOptions struct {
	TrainOptions
	// Init has the parts to start from: the factors of each set, as far as there
	// are so many of their dimension. TrainOptions' own Init is not looked at.
	Init Parts
	// Attributes has the features of each item, nil if they are not known.
	Attributes *Attributes
}

// TrainParts trains all parts of a model on m. Progress is that of the sets of
// factors one after the other, counted through. Errors are those of Train.
func TrainParts(ctx context.Context, m *Matrix, dates Dates, r Recipe, opts PartsOptions) (Parts, error) {
	r, err := r.WithDefaults()
	if err != nil {
		return Parts{}, err
	}
	var p Parts
	configs, weight := r.Sets()
	for k, cfg := range configs {
		o := opts.TrainOptions
		o.Init = nil
		if k < len(opts.Init.Factors) && opts.Init.Factors[k].Model.Config.Dim == cfg.Dim {
			o.Init = opts.Init.Factors[k].Model
		}
		if o.Progress != nil {
			o.Progress = func(e EpochReport) {
				e.Epoch, e.Epochs = e.Epoch+k*cfg.Epochs, len(configs)*e.Epochs
				opts.Progress(e)
			}
		}
		model, err := Train(ctx, m, cfg, o)
		if err != nil {
			return Parts{}, err
		}
		p.Factors = append(p.Factors, WeightedModel{Model: model, Weight: weight})
	}
	if r.Neighbours != nil {
		if p.Neighbours, err = TrainNeighbours(ctx, m, *r.Neighbours, opts.Workers); err != nil {
			return Parts{}, err
		}
	}
	if r.Gain != nil {
		if p.Gain, err = Gain(m, dates.First, dates.Now, *r.Gain); err != nil {
			return Parts{}, err
		}
	}
	if r.Attributes != nil && opts.Attributes != nil {
		p.Attributes, err = TrainAttributes(ctx, m, p.Factors, opts.Attributes, *r.Attributes, opts.Workers)
	}
	return p, err
}

// IncrementParts is Increment of every set of factors, with the gain anew and
// neighbours and attributes as they were: they change slowly, and a new item's first users move
// its factors. prev has its rows and columns in the order of m, zeros for new
// ones. The report is of the first set.
func IncrementParts(ctx context.Context, m *Matrix, dates Dates, r Recipe, prev Parts, touchedUsers, touchedItems []int32, opts IncrementOptions) (Parts, IncrementReport, error) {
	next := Parts{Neighbours: prev.Neighbours, Attributes: prev.Attributes}
	var first IncrementReport
	for k, f := range prev.Factors {
		model, report, err := Increment(ctx, m, f.Model, touchedUsers, touchedItems, opts)
		if err != nil {
			return Parts{}, first, err
		}
		if k == 0 {
			first = report
		}
		next.Factors = append(next.Factors, WeightedModel{Model: model, Weight: f.Weight})
	}
	if r.Gain == nil {
		return next, first, nil
	}
	var err error
	next.Gain, err = Gain(m, dates.First, dates.Now, *r.Gain)
	return next, first, err
}
