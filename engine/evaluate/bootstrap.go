package evaluate

import (
	"math/rand/v2"
	"slices"
	"sort"

	"also/engine"
)

// Estimate is a mean over users and its 95 % bootstrap percentile interval
// (Efron, 1979).
type Estimate struct {
	Mean, Low, High float64
	// Users is how many values it rests on.
	Users int
}

// resamples is how many bootstrap samples an interval is drawn from.
const resamples = 1000

// Interval estimates the mean of values; equal seeds give equal intervals. An
// empty slice gives zeros.
func Interval(values []float64, seed uint64) Estimate {
	e := Estimate{Mean: mean(values), Users: len(values)}
	if len(values) == 0 {
		return e
	}
	rng := rand.New(rand.NewPCG(seed, uint64(len(values))))
	means := make([]float64, resamples)
	for k := range means {
		var sum float64
		for range values {
			sum += values[rng.IntN(len(values))]
		}
		means[k] = sum / float64(len(values))
	}
	slices.Sort(means)
	e.Low, e.High = quantile(means, .025), quantile(means, .975)
	return e
}

// quantile interpolates between the order statistics of sorted values.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	lo := int(at)
	hi := min(lo+1, len(sorted)-1)
	return sorted[lo] + (at-float64(lo))*(sorted[hi]-sorted[lo])
}

// Compare estimates how much better b is than a by a metric: the paired
// difference b − a over the users that both judged. It returns an
// *engine.InvalidError when they share none.
func Compare(a, b *Report, m Metric, seed uint64) (Estimate, error) {
	va, vb := a.Values(m), b.Values(m)
	var differences []float64
	for at, u := range a.Users {
		k := sort.Search(len(b.Users), func(k int) bool { return b.Users[k] >= u })
		if k < len(b.Users) && b.Users[k] == u && va != nil {
			differences = append(differences, vb[k]-va[at])
		}
	}
	if len(differences) == 0 {
		return Estimate{}, &engine.InvalidError{Field: "reports", Message: "share no judged user, or the metric is not known"}
	}
	return Interval(differences, seed), nil
}
