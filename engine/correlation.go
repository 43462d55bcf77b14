package engine

// leastAlike is how many users a feature needs: fewer say more of themselves than of
// others.
const leastAlike = 5

// Correlations below the least say nothing; ones above the most would leave no room for
// chance.
const leastCorrelation, mostCorrelation = .001, .5

// strengths returns how many users each feature has, and how many users the mean of all
// stands for beside them. How much the features of a kind say is the intraclass
// correlation of whether their users take an item, over all items (Fisher, "Statistical
// Methods for Research Workers", 1925):
//
//	ρ = Σ_f Σ_j ((n_fj − N_f p_j)² − N_f p_j (1 − p_j)) / Σ_f Σ_j N_f (N_f − 1) p_j (1 − p_j)
//
// and s = 1/ρ − 1, the variance within over the variance between. Features of few users
// and of kinds that say nothing have 0.
func strengths(m *Matrix, a *Attributes, kinds []int32) (size, strength []float32) {
	size, strength = make([]float32, a.Features), make([]float32, a.Features)
	users := make([][]int32, a.Features)
	share, active := make([]float64, m.Cols), 0.
	for u := range m.Rows {
		items, _, _ := m.Row(u)
		if len(items) == 0 {
			continue
		}
		active++
		for _, j := range items {
			share[j]++
		}
		for _, f := range a.Row(u) {
			users[f] = append(users[f], int32(u))
		}
	}
	var squares, spread float64 // Σ p², Σ p(1 − p)
	for j := range share {
		share[j] /= max(1, active)
		squares += share[j] * share[j]
		spread += share[j] * (1 - share[j])
	}
	above, below := map[int32]float64{}, map[int32]float64{}
	taken := make([]float64, m.Cols)
	for f, with := range users {
		if len(with) < leastAlike {
			continue
		}
		n := float64(len(with))
		size[f] = float32(n)
		sum := n*n*squares - n*spread
		var touched []int32
		for _, u := range with {
			items, _, _ := m.Row(int(u))
			for _, j := range items {
				if taken[j] == 0 {
					touched = append(touched, j)
				}
				taken[j]++
			}
		}
		for _, j := range touched {
			sum += taken[j] * (taken[j] - 2*n*share[j])
			taken[j] = 0
		}
		above[kinds[f]] += sum
		below[kinds[f]] += n * (n - 1) * spread
	}
	for f, n := range size {
		if rho := above[kinds[f]] / below[kinds[f]]; n > 0 && rho > leastCorrelation {
			strength[f] = float32(1/min(rho, mostCorrelation) - 1)
		}
	}
	return size, strength
}
