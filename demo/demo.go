// Package demo makes up a shop: fictional products, customers with planted
// tastes, and a year of what they did, with trends, seasons and dirt. The same
// seed and moment give the same shop, to the byte.
package demo

import (
	"math/rand/v2"
	"time"

	"also/shop"
)

// Source is what the demo's events name as their source.
const Source = "demo"

// Options says which shop to make up. The zero value is the full one as of now.
type Options struct {
	Seed  uint64    // default 1
	Small bool      // a tenth of everything, for tests and a quick look
	Now   time.Time // the history ends here; default the current time. Only its UTC hour counts.
}

func (o Options) withDefaults() Options {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	o.Now = o.Now.UTC().Truncate(time.Hour)
	return o
}

// size is how much of everything there is.
type size struct {
	products, vendors, customers, visitors int
	visits                                 float64 // of a customer in a year, on average
}

func (o Options) size() size {
	if o.Small {
		return size{products: 400, vendors: 60, customers: 500, visitors: 80, visits: 9}
	}
	return size{products: 2400, vendors: 72, customers: 5400, visitors: 2600, visits: 7}
}

// Shop is the made-up shop.
type Shop struct {
	Categories []shop.Category // parents before children
	Vendors    []shop.Vendor
	Products   []shop.Product
	Customers  []shop.Customer // those of Personas first
	Personas   []Persona
	// Events is what they did, in the order in which it became known. Some ids come twice, some skus are
	// no product's, some events have a session and no customer.
	Events []shop.Event
}

// Generate makes up a shop.
func Generate(o Options) *Shop {
	o = o.withDefaults()
	size := o.size()
	s := &Shop{Categories: categories()}
	s.Vendors = vendors(size.vendors)
	c := makeCatalogue(stream(o.Seed, 1), s.Vendors, size.products, o.Now)
	s.Products = c.products
	people := makePeople(stream(o.Seed, 2), c, size.customers, o.Now)
	for _, p := range people {
		s.Customers = append(s.Customers, p.customer)
	}
	s.Personas = personas()
	h := &history{rng: stream(o.Seed, 3), seed: o.Seed, now: o.Now, catalogue: c}
	for _, p := range people {
		h.year(p, size.visits)
	}
	h.strangers(people, size.visitors)
	s.Events = soil(stream(o.Seed, 4), h.events, o.Now)
	return s
}

// stream returns one of several sources of chance of a seed: adding to one part
// of the shop does not change the others.
func stream(seed, part uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, part)) }

// pick returns one of the values.
func pick[T any](rng *rand.Rand, values []T) T { return values[rng.IntN(len(values))] }

// pickWeighted returns an index with a chance in proportion to its weight, given
// the running sums of the weights.
func pickWeighted(rng *rand.Rand, sums []float64) int {
	at := rng.Float64() * sums[len(sums)-1]
	lo, hi := 0, len(sums)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if sums[mid] > at {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
