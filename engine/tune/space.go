package tune

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"also/engine"
)

// space draws candidates. What it draws is within the bounds of the data.
type space[W any] struct {
	rng       *rand.Rand
	dated     bool
	keep      Keep
	weigh     func(*rand.Rand, W) W // nil: entries are weighed one way
	maxDim    int
	frequency float64 // mean entries of a row of either side
}

// Bounds of what is drawn.
const (
	minDim                       = 8
	minLambda, maxLambda         = 1e-4, .1
	minUnobserved, maxUnobserved = 1e-4, 3
	minEpochs, maxEpochs         = 4, 20
)

// factors draws a candidate whose factors are others than c's: now and then from
// anywhere, else a step or two from c.
func (s *space[W]) factors(c Candidate[W]) Candidate[W] {
	moves := []func(*Candidate[W]){s.dim, s.lambda, s.unobserved, s.lambda, s.unobserved, s.second, s.epochs, s.nu}
	if s.weigh != nil {
		moves = append(moves, s.weighing, s.weighing)
	}
	if s.rng.IntN(4) == 0 {
		c.Lambda = s.between(minLambda*5, maxLambda/3)
		c.Unobserved = clamp(c.Unobserved*s.between(.1, 10), minUnobserved, maxUnobserved)
		s.dim(&c)
		if s.weigh != nil {
			s.weighing(&c)
		}
		return s.fitting(c)
	}
	for range 1 + s.rng.IntN(2) {
		moves[s.rng.IntN(len(moves))](&c)
	}
	return s.fitting(c)
}

// fitting takes back what objectives other than iALS may not have.
func (s *space[W]) fitting(c Candidate[W]) Candidate[W] {
	switch c.Objective {
	case engine.HKV:
		c.Unobserved = 1
	case engine.ALSWR:
		c.Unobserved = 0
	}
	return c
}

func (s *space[W]) dim(c *Candidate[W]) {
	if s.rng.IntN(2) == 0 {
		c.Dim = max(minDim, c.Dim/2)
	} else {
		c.Dim = min(s.maxDim, c.Dim*2)
	}
	if c.SecondDim > 0 && c.SecondDim <= c.Dim {
		c.SecondDim = min(s.maxDim, 2*c.Dim)
	}
	if c.SecondDim == c.Dim {
		c.SecondDim = 0
	}
}

// second adds a set of factors of twice the dimension, or takes it away.
func (s *space[W]) second(c *Candidate[W]) {
	switch {
	case c.SecondDim > 0:
		c.SecondDim = 0
	case 2*c.Dim <= s.maxDim:
		c.SecondDim = 2 * c.Dim
	}
}

func (s *space[W]) lambda(c *Candidate[W]) {
	c.Lambda = round(clamp(c.Lambda*s.step(.7), minLambda, maxLambda))
}

func (s *space[W]) unobserved(c *Candidate[W]) {
	c.Unobserved = round(clamp(c.Unobserved*s.step(.7), minUnobserved, maxUnobserved))
}

func (s *space[W]) epochs(c *Candidate[W]) {
	c.Epochs = min(maxEpochs, max(minEpochs, c.Epochs+[...]int{-2, 2, 4}[s.rng.IntN(3)]))
}

// nu changes the growth of regularisation, and λ so that a mean row has the same.
func (s *space[W]) nu(c *Candidate[W]) {
	choices := slices.DeleteFunc([]float64{.5, .75, 1}, func(v float64) bool { return v == c.Nu })
	nu := choices[s.rng.IntN(len(choices))]
	c.Lambda = round(clamp(c.Lambda*math.Pow(s.frequency, c.Nu-nu), minLambda, 100))
	c.Nu = nu
}

func (s *space[W]) weighing(c *Candidate[W]) { c.Weighing = s.weigh(s.rng, c.Weighing) }

// neighbours draws a candidate whose neighbours are others than c's.
func (s *space[W]) neighbours(c Candidate[W]) Candidate[W] {
	n := engine.DefaultNeighbours()
	if c.Neighbours != nil {
		n = *c.Neighbours
	}
	for range 1 + s.rng.IntN(2) {
		switch s.rng.IntN(4) {
		case 0:
			n.Sources = min(400, max(10, [...]int{n.Sources / 2, n.Sources * 2}[s.rng.IntN(2)]))
		case 1:
			n.Lambda = round(clamp(n.Lambda*s.step(.7), .1, 100))
		case 2:
			n.UserPower = round(clamp(n.UserPower+[...]float64{-.2, .2}[s.rng.IntN(2)], 0, 1))
		case 3:
			n.FilterTargets = min(800, max(50, [...]int{n.FilterTargets / 2, n.FilterTargets * 2}[s.rng.IntN(2)]))
		}
	}
	c.Neighbours = &n
	return c
}

// step is a factor about 1, of the given deviation of its logarithm.
func (s *space[W]) step(deviation float64) float64 { return math.Exp(deviation * s.rng.NormFloat64()) }

// between draws evenly by logarithm.
func (s *space[W]) between(low, high float64) float64 {
	return round(low * math.Pow(high/low, s.rng.Float64()))
}

func clamp(v, low, high float64) float64 { return math.Min(high, math.Max(low, v)) }

// round leaves two digits that count: more would be noise that people read.
func round(v float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	if err != nil {
		return v
	}
	return short
}

// blends returns c first, then blends of c's parts that differ from it in one weight.
func (s *space[W]) blends(c Candidate[W]) []Candidate[W] {
	list := []Candidate[W]{c}
	none := engine.NeighbourConfig{}
	add := func(change func(n *engine.NeighbourConfig, g *engine.GainConfig)) {
		n, g := none, engine.GainConfig{}
		if c.Neighbours != nil {
			n = *c.Neighbours
		}
		if c.Gain != nil {
			g = *c.Gain
		}
		change(&n, &g)
		b := withParts(c, n, g)
		if !slices.ContainsFunc(list, func(o Candidate[W]) bool { return o.Recipe.Equal(b.Recipe) }) {
			list = append(list, b)
		}
	}
	scaled := func(v float64, first ...float64) []float64 {
		if v == 0 {
			return first
		}
		return []float64{0, round(v * .5), round(v * .75), round(v * 1.3), round(v * 2)}
	}
	var ridge, filter float64
	if c.Neighbours != nil {
		ridge, filter = c.Neighbours.Ridge, c.Neighbours.Filter
	}
	if !s.keep.Neighbours {
		for _, v := range scaled(ridge, .3, 1, 2.5) {
			add(func(n *engine.NeighbourConfig, _ *engine.GainConfig) { *n = s.fits(*n); n.Ridge = v })
		}
		for _, v := range scaled(filter, .02, .1, .5) {
			add(func(n *engine.NeighbourConfig, _ *engine.GainConfig) { *n = s.fits(*n); n.Filter = v })
		}
	}
	if ridge > 0 && !s.keep.TargetPower {
		for _, v := range []float64{0, .1, .2, .3, .4, .5} {
			add(func(n *engine.NeighbourConfig, _ *engine.GainConfig) { n.TargetPower = v })
		}
	}
	if s.keep.Gain {
		return list
	}
	var gain engine.GainConfig
	if c.Gain != nil {
		gain = *c.Gain
	}
	for _, by := range []float64{-.04, -.02, .02, .04} {
		add(func(_ *engine.NeighbourConfig, g *engine.GainConfig) {
			g.Popularity = round(math.Max(0, gain.Popularity+by))
		})
	}
	if s.dated {
		for _, by := range []float64{-.1, -.05, .05, .1} {
			add(func(_ *engine.NeighbourConfig, g *engine.GainConfig) { g.Trend = round(clamp(gain.Trend+by, 0, 2)) })
		}
		if gain.Trend > 0 {
			half := gain.HalfLifeDays
			if half == 0 {
				half = 10
			}
			for _, by := range []float64{.5, .7, 1.4, 2} {
				add(func(_ *engine.NeighbourConfig, g *engine.GainConfig) { g.HalfLifeDays = round(half * by) })
			}
		}
	}
	return list
}

// fits fills what a fit of neighbours needs where there were none.
func (s *space[W]) fits(n engine.NeighbourConfig) engine.NeighbourConfig {
	if n.Sources == 0 {
		n = engine.DefaultNeighbours()
		n.Ridge, n.Filter = 0, 0
	}
	return n
}

// withParts returns c with other neighbours and another gain; those that add
// nothing are left out.
func withParts[W any](c Candidate[W], n engine.NeighbourConfig, g engine.GainConfig) Candidate[W] {
	c.Neighbours, c.Gain = nil, nil
	if n.Ridge > 0 || n.Filter > 0 {
		c.Neighbours = &n
	}
	if g.Trend > 0 || g.Popularity > 0 {
		c.Gain = &g
	}
	return c
}

// merged returns base with those changes that some blends have beside it.
func merged[W any](base Candidate[W], changed []Candidate[W]) Candidate[W] {
	parts := func(c Candidate[W]) (n engine.NeighbourConfig, g engine.GainConfig) {
		if c.Neighbours != nil {
			n = *c.Neighbours
		}
		if c.Gain != nil {
			g = *c.Gain
		}
		return n, g
	}
	bn, bg := parts(base)
	n, g := bn, bg
	for _, c := range changed {
		cn, cg := parts(c)
		if n.Sources == 0 {
			n.Sources, n.Lambda, n.UserPower, n.FilterTargets = cn.Sources, cn.Lambda, cn.UserPower, cn.FilterTargets
		}
		change(&n.Ridge, bn.Ridge, cn.Ridge)
		change(&n.Filter, bn.Filter, cn.Filter)
		change(&n.TargetPower, bn.TargetPower, cn.TargetPower)
		change(&g.Trend, bg.Trend, cg.Trend)
		change(&g.HalfLifeDays, bg.HalfLifeDays, cg.HalfLifeDays)
		change(&g.Popularity, bg.Popularity, cg.Popularity)
	}
	return withParts(base, n, g)
}

// change sets to to v where that is not what it was.
func change(to *float64, was, v float64) {
	if v != was {
		*to = v
	}
}
