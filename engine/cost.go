package engine

// What a row of n entries costs in d dimensions, in nanoseconds of the machine
// that BenchmarkSolver was run on (AVX-512, one core, in cache). Only ratios
// matter. The constants are compiled in, so that results do not depend on the
// day; they fit the measured times within a third from d = 64 to 512.

// cgCost is that of conjugate gradients: a warm residual, steps−1 steps, and
// half a one.
func cgCost(n, d, steps int) float64 {
	a, b := float64(n), float64(d)
	return 150 + b + .06*a*b*(float64(steps)+.5)
}

// dualCost is that of the n×n system: products n²d, a factorisation n³.
func dualCost(n, d int) float64 {
	a, b := float64(n), float64(d)
	return 730 + 10*b + 60*a + .0079*a*a*b + .0028*a*a*a
}

// primalCost is that of the d×d system: products n·d², a factorisation d³.
func primalCost(n, d int) float64 {
	a, b := float64(n), float64(d)
	return 53*b + .0088*a*b*b + .003*b*b*b
}

// exactCost is that of the cheaper exact form.
func exactCost(n, d int) float64 { return min(dualCost(n, d), primalCost(n, d)) }
