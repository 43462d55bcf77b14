package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"also/shop"
)

// Persona is a customer whom a visitor of the demo may become by one click.
type Persona struct {
	Name       string   `json:"name"`
	ExternalID string   `json:"externalId"`
	Likes      string   `json:"likes"` // "likes tea"
	Categories []string `json:"categories"`
}

// taste is a planted liking: some leaves more than others, and a look.
type taste struct {
	name, likes string
	leaves      []string // the first most
	family      string
	pattern     string
}

var tastes = []taste{
	{"Mira", "likes tea and quiet evenings", []string{"teas", "teapots", "honey", "mugs", "candles"}, "green", "plain"},
	{"Oskar", "lives in the garden", []string{"seeds", "pots", "tools", "watering", "bird-houses", "aprons"}, "green", "woven"},
	{"Lenka", "knits all winter", []string{"yarn", "needles", "scarves", "socks", "blankets", "hats"}, "red", "woven"},
	{"Bruno", "cooks for a crowd", []string{"pans", "boards", "knives", "bowls", "jars", "cloths"}, "neutral", "plain"},
	{"Tilda", "writes letters and draws", []string{"notebooks", "pens", "paints", "wrapping"}, "blue", "floral"},
	{"Jaro", "sleeps under canvas", []string{"backpacks", "lanterns", "camp", "flasks", "kites"}, "yellow", "checked"},
	{"Pippa", "has three small children", []string{"toys", "puzzles", "games", "kites", "socks"}, "yellow", "dotted"},
	{"Anselm", "lives on coffee", []string{"coffees", "mugs", "notebooks", "lamps", "flasks"}, "neutral", "plain"},
	{"Sunniva", "makes a home of every room", []string{"cushions", "rugs", "lamps", "vases", "blankets", "candles"}, "neutral", "striped"},
	{"Fenno", "gives presents", []string{"wrapping", "games", "honey", "candles", "puzzles", "vases"}, "red", "dotted"},
}

// personas returns one customer per taste.
func personas() []Persona {
	all := make([]Persona, len(tastes))
	for k, t := range tastes {
		all[k] = Persona{Name: t.name, ExternalID: externalID(k), Likes: t.likes, Categories: t.leaves}
	}
	return all
}

func externalID(k int) string { return fmt.Sprintf("C-%05d", k+1) }

// person is a customer with their planted taste.
type person struct {
	customer shop.Customer
	session  shop.UserID
	zeal     float64 // visits, times the average
	leafSums []float64
	family   string
	pattern  string
	vendor   string            // a favourite
	shelves  map[int][]float64 // by leaf: running sums of the chances of its items
	bought   []int             // items, in order
}

// makePeople makes n customers: one persona a taste, then people with a taste
// and a half each.
func makePeople(rng *rand.Rand, c *catalogue, n int, now time.Time) []*person {
	people := make([]*person, n)
	for k := range people {
		main, second := tastes[k%len(tastes)], tastes[rng.IntN(len(tastes))]
		p := &person{
			session: newUser(rng), zeal: math.Exp(.8*rng.NormFloat64() - .32), family: main.family, pattern: main.pattern,
			vendor: c.items[pick(rng, c.byLeaf[c.leafOf[main.leaves[0]]])].vendor, shelves: map[int][]float64{},
		}
		name, joined := pick(rng, firstNames)+" "+string(rune('A'+rng.IntN(26)))+".", now.AddDate(0, 0, -rng.IntN(700))
		if k < len(tastes) {
			name, second, p.zeal, joined = main.name, main, 3, now.AddDate(-2, 0, 0)
		} else if rng.Float64() < .4 {
			p.family = pick(rng, families)
		}
		p.leafSums = likings(rng, c, main, second)
		p.customer = shop.Customer{User: newUser(rng), ExternalID: externalID(k), Name: name, CreatedAt: joined.Truncate(24 * time.Hour)}
		people[k] = p
	}
	return people
}

func newUser(rng *rand.Rand) shop.UserID { return shop.UserID(rng.Int64()>>1 | 1) }

// likings returns the running sums over leaves of how much somebody likes them.
func likings(rng *rand.Rand, c *catalogue, main, second taste) []float64 {
	like := make([]float64, len(c.leaves))
	for k := range like {
		like[k] = .02 + .03*rng.Float64()
	}
	for _, t := range []struct {
		taste
		weight float64
	}{{main, 1}, {second, .35}} {
		for rank, id := range t.leaves {
			like[c.leafOf[id]] += t.weight * math.Pow(.8, float64(rank)) * (.5 + rng.Float64())
		}
	}
	var sum float64
	for k, v := range like {
		sum += v
		like[k] = sum
	}
	return like
}

// shelf returns the running sums over a leaf's items of the chance that the
// person picks them.
func (p *person) shelf(c *catalogue, leaf int) []float64 {
	if sums := p.shelves[leaf]; sums != nil {
		return sums
	}
	sums := make([]float64, len(c.byLeaf[leaf]))
	var sum float64
	for k, at := range c.byLeaf[leaf] {
		i := c.items[at]
		w := i.appeal
		if i.family == p.family {
			w *= 4
		}
		if i.pattern == p.pattern {
			w *= 2
		}
		if i.vendor == p.vendor {
			w *= 2.5
		}
		sum += w
		sums[k] = sum
	}
	p.shelves[leaf] = sums
	return sums
}
