package main

import (
	"math"
	"math/rand/v2"
)

type pair struct{ user, item int32 }

// stream draws pairs like those of the film matrix, in no order: users by a
// log-normal activity, items by a shifted Zipf law, three in five of them from
// one of the user's three clusters. Some pairs come twice.
type stream struct {
	rng          *rand.Rand
	users, items int
	user         alias
	all          alias
	cluster      alias // places in every cluster: item place·clusters + cluster
}

const clusters = 64

// newStream returns one whose users are in the film matrix's proportion to n
// entries, and its items too if they are not given.
func newStream(n, items int) *stream {
	if items == 0 {
		items = n / 500
	}
	s := &stream{rng: rand.New(rand.NewPCG(uint64(n), 1)), users: max(clusters, n/73), items: max(clusters*10, items)}
	activity := make([]float64, s.users)
	for u := range activity {
		activity[u] = .1 + math.Exp(1.1*s.rng.NormFloat64())
	}
	s.user = newAlias(activity)
	popularity := func(n int) alias {
		weights := make([]float64, n)
		for k := range weights {
			weights[k] = 1 / float64(k+10)
		}
		return newAlias(weights)
	}
	s.all, s.cluster = popularity(s.items), popularity(s.items/clusters)
	return s
}

// draw fills pairs.
func (s *stream) draw(pairs []pair) {
	for k := range pairs {
		u := s.user.draw(s.rng)
		var i uint32
		if s.rng.Uint32()%5 < 2 {
			i = s.all.draw(s.rng)
		} else {
			liked := mix(u*3+s.rng.Uint32N(3)) % clusters
			i = s.cluster.draw(s.rng)*clusters + liked
		}
		// Numbers say nothing of popularity.
		pairs[k] = pair{int32(u), int32(uint64(i) * 2_654_435_761 % uint64(s.items))}
	}
}

// mix spreads a number over all bits.
func mix(x uint32) uint32 {
	x ^= x >> 16
	x *= 0x7feb352d
	x ^= x >> 15
	x *= 0x846ca68b
	return x ^ x>>16
}

// alias draws a number by its weight in constant time (Walker, 1977).
type alias struct {
	chance []float32
	other  []uint32
}

func newAlias(weights []float64) alias {
	n := len(weights)
	var sum float64
	for _, w := range weights {
		sum += w
	}
	a := alias{make([]float32, n), make([]uint32, n)}
	scaled := make([]float64, n)
	var small, large []uint32
	for k, w := range weights {
		scaled[k] = w / sum * float64(n)
		if scaled[k] < 1 {
			small = append(small, uint32(k))
		} else {
			large = append(large, uint32(k))
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.chance[s], a.other[s] = float32(scaled[s]), l
		scaled[l] -= 1 - scaled[s]
		if scaled[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, k := range append(small, large...) {
		a.chance[k], a.other[k] = 1, k
	}
	return a
}

func (a *alias) draw(rng *rand.Rand) uint32 {
	k := rng.Uint32N(uint32(len(a.chance)))
	if rng.Float32() < a.chance[k] {
		return k
	}
	return a.other[k]
}
