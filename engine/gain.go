package engine

import (
	"math"
	"slices"
)

// GainConfig is how the gain of an item follows from when it was taken. The zero
// value gives the gain 1 to all.
type GainConfig struct {
	// Trend is γ ≥ 0: how much it helps an item that it reaches new users now.
	Trend float64 `json:"trend"`
	// HalfLifeDays is how soon a new user counts half for the trend, in days.
	// Default 10.
	HalfLifeDays float64 `json:"halfLifeDays"`
	// Popularity is β ≥ 0: how much it helps an item that many users have it.
	Popularity float64 `json:"popularity"`
}

// Validate reports the first field out of its range as an *InvalidError.
func (c GainConfig) Validate() error {
	switch {
	case !(c.Trend >= 0 && c.Trend <= 2):
		return invalid("trend", "must be 0 to 2, is %g", c.Trend)
	case !(c.HalfLifeDays >= 0 && c.HalfLifeDays <= 36_500):
		return invalid("halfLifeDays", "must be 0 to 36,500, is %g", c.HalfLifeDays)
	case !(c.Popularity >= 0 && c.Popularity <= 2):
		return invalid("popularity", "must be 0 to 2, is %g", c.Popularity)
	}
	return nil
}

// TrendHalfLife returns HalfLifeDays or its default.
func (c GainConfig) TrendHalfLife() float64 {
	if c.HalfLifeDays == 0 {
		return trendDays
	}
	return c.HalfLifeDays
}

// Constants of the gain: what an item is taken to have beside its own, so that
// one without a past is neither lost nor thrown forward.
const (
	trendNew   = .3
	trendUsers = 5
	trendDays  = 10
)

// Gain returns each item's gain, of mean logarithm 0 over the items that anybody
// has:
//
//	g_j ∝ ( (p_j + .3) / (n_j + 5) )^γ · (n_j + 1)^β      p_j = Σ_u 2^−(now − first_uj)/half-life
//
// p counts the users whom the item reached lately, n all it ever reached: what
// reaches new users now rises. first says when each entry's pair first met and now
// is the present, both in milliseconds; without first, nil, there is no trend. It
// returns nil where every gain would be 1.
func Gain(m *Matrix, first []int64, now int64, cfg GainConfig) ([]float32, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	if cfg.Trend == 0 {
		first = nil
	}
	r, err := ReachOf(m, first, now, cfg.TrendHalfLife())
	if err != nil {
		return nil, err
	}
	return r.Gain(cfg)
}

// Reach is whom each item reached: what gains of one half-life have in common.
type Reach struct {
	users []float64 // n_j
	many  []float64 // log(n_j + 1)
	rises []float64 // log((p_j + .3) / (n_j + 5)); nil where there are no dates
}

// ReachOf counts the users of each item of m, and those whom it reached lately by a
// half-life in days. Its error is an *InvalidError.
func ReachOf(m *Matrix, first []int64, now int64, halfLife float64) (Reach, error) {
	if first != nil && len(first) != m.Entries() {
		return Reach{}, invalid("first", "has %d times for %d entries", len(first), m.Entries())
	}
	r := Reach{users: make([]float64, m.Cols), many: make([]float64, m.Cols)}
	for _, j := range m.Idx {
		r.users[j]++
	}
	for j, n := range r.users {
		r.many[j] = math.Log(n + 1)
	}
	if first == nil {
		return r, nil
	}
	const day = 24 * 60 * 60 * 1000
	r.rises = make([]float64, m.Cols)
	for k, j := range m.Idx {
		r.rises[j] += halved(float64(max(0, now-first[k])) / (halfLife * day))
	}
	for j, lately := range r.rises {
		r.rises[j] = math.Log((lately + trendNew) / (r.users[j] + trendUsers))
	}
	return r, nil
}

// halves has 2^−k/256 for k below 256.
var halves = func() (table [256]float64) {
	for k := range table {
		table[k] = math.Exp2(-float64(k) / 256)
	}
	return table
}()

// halved returns 2^−x of an x ≥ 0, within 1e-11 of it, several times faster than math.Exp2.
func halved(x float64) float64 {
	if !(x < 1000) {
		return 0
	}
	steps := int(x * 256)
	rest := (x - float64(steps)/256) * math.Ln2
	power := math.Float64frombits(uint64(1023-steps>>8) << 52)
	return power * halves[steps&255] * (1 - rest*(1-rest*(1./2-rest/6)))
}

// Bytes returns how much memory it takes.
func (r Reach) Bytes() int64 { return 8 * int64(len(r.users)+len(r.many)+len(r.rises)) }

// Gain returns the gain that Gain would, for a configuration of the half-life of the reach.
func (r Reach) Gain(cfg GainConfig) ([]float32, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	trend := cfg.Trend > 0 && r.rises != nil
	if !trend && cfg.Popularity == 0 {
		return nil, nil
	}
	logs := make([]float64, len(r.users))
	var sum, known float64
	for j, n := range r.users {
		logs[j] = cfg.Popularity * r.many[j]
		if trend {
			logs[j] += cfg.Trend * r.rises[j]
		}
		if n > 0 {
			sum, known = sum+logs[j], known+1
		}
	}
	gain := make([]float32, len(logs))
	for j := range gain {
		gain[j] = float32(math.Exp(logs[j] - sum/max(1, known)))
	}
	if !slices.ContainsFunc(gain, func(g float32) bool { return g != 1 }) {
		return nil, nil
	}
	return gain, nil
}
