package enginetest

import (
	"math"
	"math/rand/v2"

	"also/engine"
)

// Planted describes a synthetic matrix in which users have tastes: items
// belong to clusters, each user likes three of them, and popularity falls off
// as 1/(rank+10), in the clusters as everywhere.
type Planted struct {
	// Users, Items and Entries are the size; entries are distinct pairs, so
	// somewhat fewer may come out where the matrix is nearly full.
	Users, Items, Entries int
	// Clusters is how many tastes there are. Default 16.
	Clusters int
	// Noise is the share of entries outside the user's tastes. Default 0.4.
	Noise float64
	// Seed makes it.
	Seed uint64
}

// Matrix draws the matrix; all weights are 1.
func (p Planted) Matrix() *engine.Matrix {
	train, _ := p.Split(0)
	return train
}

// Split draws the matrix and puts each entry in the second one instead with
// the given chance, but for the first of every user.
func (p Planted) Split(held float64) (train, test *engine.Matrix) {
	if p.Clusters == 0 {
		p.Clusters = 16
	}
	if p.Noise == 0 {
		p.Noise = .4
	}
	rng := rand.New(rand.NewPCG(p.Seed, 20240601))
	// Items in an order of popularity that their numbers tell nothing of.
	everyone := make([]int32, p.Items)
	members := make([][]int32, p.Clusters)
	for k, i := range rng.Perm(p.Items) {
		everyone[k] = int32(i)
		c := rng.IntN(p.Clusters)
		members[c] = append(members[c], int32(i))
	}
	var all zipf
	all.grow(p.Items)
	a, b := engine.NewBuilder(p.Users, p.Items), engine.NewBuilder(p.Users, p.Items)
	for u := range p.Users {
		n := rowLength(rng, p.Entries/p.Users, p.Items/2)
		var likes [3]int
		for k := range likes {
			likes[k] = rng.IntN(p.Clusters)
		}
		seen := map[int32]bool{}
		for tries := 0; len(seen) < n && tries < 20*n; tries++ {
			from := everyone
			if cluster := members[likes[rng.IntN(3)]]; rng.Float64() >= p.Noise && len(cluster) > 0 {
				from = cluster
			}
			i := from[all.draw(rng, len(from))]
			if seen[i] {
				continue
			}
			to := a
			if len(seen) > 0 && rng.Float64() < held {
				to = b
			}
			seen[i] = true
			to.Add(int32(u), i, 1, 1)
		}
	}
	return build(a), build(b)
}

// rowLength draws a log-normal number of entries with the given mean.
func rowLength(rng *rand.Rand, mean, most int) int {
	const sigma = 1.0
	n := float64(mean) * math.Exp(sigma*rng.NormFloat64()-sigma*sigma/2)
	return max(1, min(int(n+.5), most))
}

func build(b *engine.Builder) *engine.Matrix {
	m, err := b.Build()
	if err != nil {
		panic("enginetest: " + err.Error())
	}
	return m
}

// zipf draws places with chances falling as 1/(place+10).
type zipf struct{ upTo []float64 }

func (z *zipf) grow(n int) {
	var sum float64
	for k := range n {
		sum += 1 / float64(k+10)
		z.upTo = append(z.upTo, sum)
	}
}

// draw returns a place among the first n.
func (z *zipf) draw(rng *rand.Rand, n int) int {
	at := rng.Float64() * z.upTo[n-1]
	lo, hi := 0, n-1
	for lo < hi {
		middle := (lo + hi) / 2
		if z.upTo[middle] < at {
			lo = middle + 1
		} else {
			hi = middle
		}
	}
	return lo
}
