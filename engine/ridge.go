package engine

import (
	"math"

	"also/engine/kernel"
)

// fitRidge predicts target j from the N items that share most with it, by a
// ridge regression of its own:
//
//	b_j = (G_cc + diag(λ √(G_ii · mean G_ii)))⁻¹ G_cj,   G = Rᵀ D^−a R
//
// R has the entries' b, D the users' numbers of entries, and c are j's sources.
// With all items for sources it is EASE (Steck, "Embarrassingly Shallow
// Autoencoders for Sparse Data", WWW 2019) but for the ridge, which grows with
// the items' own squares; a target's system is its own, so the diagonal is zero
// by leaving j out. A system that single precision cannot solve gives no weights.
func (t *neighbourTraining) fitRidge(j int32, s *neighbourScratch) fitted {
	list := s.best(j, t.cfg.Sources, func(i int32) float32 { return s.ridge[i] })
	n := len(list)
	f := fitted{items: make([]int32, n), weights: make([]float32, n)}
	for k, c := range list {
		f.items[k], f.weights[k] = c.Item, c.Score
	}
	a := s.a[:n*n]
	t.gram(a, f.items, s)
	for k, i := range f.items {
		a[k*n+k] = float32(t.square[i] + t.cfg.Lambda*math.Sqrt(t.square[i]*t.mean))
	}
	if n == 0 || !kernel.Cholesky(a, n, n) {
		return fitted{}
	}
	kernel.CholeskySolve(a, n, n, f.weights)
	if !allFinite(f.weights) {
		return fitted{}
	}
	return f
}

// A user with denseFrom of the sources or more is taken as a dense row, and
// denseRows of those are added at once. Measured: below, scattered sums are
// quicker.
const denseFrom, denseRows = 14, 64

// gram puts the upper triangle of G_cc into a, n×n; its diagonal is not
// defined. Users with a single one of the sources add nothing there. The others'
// entries are gathered user by user, and each user adds the products of theirs.
func (t *neighbourTraining) gram(a []float32, sources []int32, s *neighbourScratch) {
	n := len(sources)
	clear(a)
	t.gather(sources, s)
	dense := 0
	for _, u := range s.users {
		end := s.next[u] - 1
		list := s.lists[end-s.count[u] : end]
		s.count[u], s.next[u] = 0, 0
		if len(list) < denseFrom {
			t.scatter(a, n, list, t.ridgeUser[u])
			continue
		}
		row := s.dense[dense*n : (dense+1)*n]
		clear(row)
		for _, e := range list {
			row[e.place] = t.ridgeRoot[u] * e.value
		}
		if dense++; dense == denseRows {
			kernel.RankK(n, dense, s.dense, n, a, n)
			dense = 0
		}
	}
	if dense > 0 {
		kernel.RankK(n, dense, s.dense, n, a, n)
	}
}

// scatter adds one user's products.
func (t *neighbourTraining) scatter(a []float32, n int, list []sourceEntry, weight float32) {
	for p, e := range list {
		row := a[int(e.place)*n:]
		v := weight * e.value
		for _, f := range list[p+1:] {
			row[f.place] += v * f.value
		}
	}
}

// gather lays the entries of users with two or more of the sources one user
// after the other into s.lists, each user's by source: theirs end before
// s.next − 1 and are s.count many. s.users has those users as they come.
func (t *neighbourTraining) gather(sources []int32, s *neighbourScratch) {
	for _, i := range sources {
		users, _, _ := t.byItem.Row(int(i))
		for _, u := range users {
			s.count[u]++
		}
	}
	s.users, s.lists = s.users[:0], s.lists[:0]
	for k, i := range sources {
		users, _, b := t.byItem.Row(int(i))
		for p, u := range users {
			n := s.count[u]
			if n < 2 {
				s.count[u] = 0
				continue
			}
			at := s.next[u]
			if at == 0 {
				at = int32(len(s.lists)) + 1
				s.lists = append(s.lists, make([]sourceEntry, n)...)
				s.users = append(s.users, u)
			}
			s.lists[at-1] = sourceEntry{place: int32(k), value: b[p]}
			s.next[u] = at + 1
		}
	}
}
