package training

import (
	"math"
	"slices"
	"strconv"
	"time"

	"also/engine"
)

// Config is the parameters of a run, so that the console need not know the
// engine.
type (
	Config          = engine.Recipe
	NeighbourConfig = engine.NeighbourConfig
	GainConfig      = engine.GainConfig
)

// DefaultNeighbours are the neighbours of sparse data.
func DefaultNeighbours() NeighbourConfig { return engine.DefaultNeighbours() }

// Stats is what defaults follow from.
type Stats struct {
	Users, Items int
	Entries      int64
	Days         float64 // from the first meeting of a pair to the present; 0 where not known
}

func statsOf(m *engine.Matrix, dates engine.Dates) Stats {
	s := Stats{Users: m.Rows, Items: m.Cols, Entries: int64(m.Entries())}
	if len(dates.First) > 0 {
		first := time.UnixMilli(slices.Min(dates.First))
		s.Days = max(0, time.UnixMilli(dates.Now).Sub(first).Hours()/24)
	}
	return s
}

// Bounds of what DefaultConfig chooses.
const (
	minDim, maxDim = 8, 256
	// dimsPerRoot is how many dimensions there are to the square root of the shorter
	// side, before they are rounded up to a power of two: on wholesale orders (2,013 stores) 128 and 256 find .239 of
	// a month's new pairs, 64 .236 and 32 .231.
	dimsPerRoot                  = 2
	minUnobserved, maxUnobserved = .002, 1
	// unobservedPerDensity is α0 over the share of cells that are filled. An
	// average user's unseen items then weigh some thirty times what they took:
	// measured best on check-ins (0.07 % filled, α0 = .02) and, capped at 1, on
	// wholesale orders (6 % filled).
	unobservedPerDensity = 30
	// From so many days of history on, what is on the rise can be told from what
	// is new: then items on the rise gain, by so much.
	trendDays, defaultTrend = 60, .3
	// ridgePerDensity is the ridge's weight times the share of cells that are filled,
	// DefaultNeighbours' at most: the fuller, the more of what neighbours see the factors see too. Best were 2.5 to 5
	// on check-ins (0.07 % filled), 1 on a shop's orders (1.7 %) and .3 on wholesale orders (6 %).
	ridgePerDensity = .017
	// filterPerDensity is likewise the filter's, by the square of that share: 1 on
	// check-ins, .3 on the shop's orders. On wholesale orders already .02 took away; least is above that.
	filterPerDensity, leastFilter = 9e-5, .05
	// Below this share of filled cells, where nothing is dated, what is popular gains a
	// little instead of what rises.
	sparse, defaultPopularity = .01, .06
)

// DefaultConfig returns the configuration to start from with data of this
// size: ν = 1, λ = .003, eight epochs; twice as many dimensions as the square
// root of the shorter side, up to the next power of two, within 8 and 256; α0 in
// proportion to how dense the matrix is, within .002 and 1; neighbours that weigh the less the denser it
// is; and a gain by trend where the history is long enough.
func DefaultConfig(s Stats) Config {
	cfg := Config{Config: engine.DefaultConfig()}
	cfg.Dim = minDim
	for cfg.Dim < maxDim && float64(cfg.Dim) < dimsPerRoot*math.Sqrt(float64(min(s.Users, s.Items))) {
		cfg.Dim *= 2
	}
	density := float64(s.Entries) / math.Max(1, float64(s.Users)*float64(s.Items))
	cfg.Unobserved = min(maxUnobserved, max(minUnobserved, unobservedPerDensity*density))
	if s.Entries > 0 {
		neighbours := engine.DefaultNeighbours()
		neighbours.Ridge = twoDigits(min(neighbours.Ridge, ridgePerDensity/density))
		if neighbours.Filter = twoDigits(min(neighbours.Filter, filterPerDensity/(density*density))); neighbours.Filter < leastFilter {
			neighbours.Filter = 0
		}
		cfg.Neighbours = &neighbours
	}
	attributes := engine.DefaultAttributes()
	cfg.Attributes = &attributes
	switch {
	case s.Days >= trendDays:
		cfg.Gain = &engine.GainConfig{Trend: defaultTrend}
	case s.Days == 0 && density < sparse:
		cfg.Gain = &engine.GainConfig{Popularity: defaultPopularity}
	}
	return cfg
}

// twoDigits rounds to the digits that count.
func twoDigits(v float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	if err != nil {
		return v
	}
	return short
}

// fill gives the fields that a configuration leaves zero the defaults for the
// data. Nu, for which zero means something, is taken as given where Lambda is.
func fill(cfg Config, s Stats) (Config, error) {
	d := DefaultConfig(s)
	if cfg.Lambda == 0 {
		cfg.Lambda = d.Lambda
		if cfg.Nu == 0 {
			cfg.Nu = d.Nu
		}
	}
	if cfg.Dim == 0 {
		cfg.Dim = d.Dim
	}
	if cfg.Unobserved == 0 && (cfg.Objective == "" || cfg.Objective == engine.IALS) {
		cfg.Unobserved = d.Unobserved
	}
	if cfg.Neighbours == nil {
		cfg.Neighbours = d.Neighbours
	}
	if cfg.Gain == nil {
		cfg.Gain = d.Gain
	}
	if cfg.Attributes == nil {
		cfg.Attributes = d.Attributes
	}
	return Trim(cfg).WithDefaults()
}

// Trim leaves out the parts that a configuration asks not to have: those whose
// own fields are all zero.
func Trim(cfg Config) Config {
	if cfg.Neighbours != nil && *cfg.Neighbours == (engine.NeighbourConfig{}) {
		cfg.Neighbours = nil
	}
	if cfg.Gain != nil && *cfg.Gain == (engine.GainConfig{}) {
		cfg.Gain = nil
	}
	if cfg.Attributes != nil && *cfg.Attributes == (engine.AttributeConfig{}) {
		cfg.Attributes = nil
	}
	return cfg
}
