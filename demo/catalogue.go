package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"also/shop"
)

// item is a product with what only its maker knows.
type item struct {
	product  int     // in catalogue.products
	leaf     int     // in catalogue.leaves
	family   string  // of its colour
	pattern  string  //
	vendor   string  //
	appeal   float64 // how popular it is
	drift    float64 // by which power of e its appeal changes over the year
	partner  int     // the product that completes it, -1: none
	listedAt time.Time
}

// catalogue is what the shop sells.
type catalogue struct {
	products []shop.Product
	items    []item
	leaves   []leaf
	byLeaf   [][]int // items of each leaf
	leafOf   map[string]int
}

// vendors makes n fictional vendors.
func vendors(n int) []shop.Vendor {
	all := make([]shop.Vendor, n)
	for k := range all {
		a := vendorFirst[k%len(vendorFirst)]
		b := vendorSecond[(k+k/len(vendorFirst))%len(vendorSecond)]
		name := a + " & " + b
		all[k] = shop.Vendor{ID: slug(name), Name: name}
	}
	return all
}

// slug turns a name into an id.
func slug(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}

// makeCatalogue makes n products, spread evenly over the leaves.
func makeCatalogue(rng *rand.Rand, vendors []shop.Vendor, n int, now time.Time) *catalogue {
	c := &catalogue{leafOf: map[string]int{}}
	var lines []string // by leaf: its department's
	for _, d := range departments {
		for _, l := range d.leaves {
			c.leafOf[l.id] = len(c.leaves)
			lines = append(lines, d.line)
			c.leaves = append(c.leaves, l)
		}
	}
	c.byLeaf = make([][]int, len(c.leaves))
	names := map[string]bool{}
	for k := range n {
		at := k % len(c.leaves)
		p, i := makeProduct(rng, c.leaves[at], len(c.byLeaf[at])+1, vendorFor(rng, vendors, at), names, now)
		i.product, i.leaf = len(c.products), at
		p.Description = lines[at] + " " + p.Description
		c.products = append(c.products, p)
		c.byLeaf[at] = append(c.byLeaf[at], len(c.items))
		c.items = append(c.items, i)
	}
	c.pair(rng)
	return c
}

// vendorFor returns one of the few vendors that make what a leaf sells.
func vendorFor(rng *rand.Rand, vendors []shop.Vendor, leaf int) shop.Vendor {
	return vendors[(leaf*5+rng.IntN(8)*3)%len(vendors)]
}

// makeProduct makes the number-th product of a leaf, under a name not in names.
func makeProduct(rng *rand.Rand, l leaf, number int, v shop.Vendor, names map[string]bool, now time.Time) (shop.Product, item) {
	var name, noun, material string
	at := rng.IntN(len(sizes))
	measure := sizes[at]
	if l.measures != nil {
		measure = l.measures[at]
	}
	for {
		noun, material = pick(rng, l.nouns), pick(rng, l.materials)
		name = fmt.Sprintf("%s %s %s, %s", pick(rng, series), material, noun, measure)
		if !names[name] {
			break
		}
	}
	names[name] = true
	colour, pattern := pick(rng, hues), pick(rng, patterns)
	status := shop.Active
	switch chance := rng.Float64(); {
	case chance < .006:
		status = shop.Draft
	case chance < .016:
		status = shop.Archived
	}
	stock := 5 + rng.IntN(180)
	if rng.Float64() < .03 {
		stock = 0
	}
	listed := listedAt(rng, now)
	p := shop.Product{
		SKU: fmt.Sprintf("%s-%04d", l.code, number), Name: name, Vendor: v.ID, Categories: []string{l.id},
		Description: fmt.Sprintf("Comes in %s, %s; %s. Made by %s.", colour.name, pattern, measure, v.Name),
		Price:       shop.Money{Minor: price(rng, l, at), Currency: "EUR"},
		Stock:       stock, Status: status, ListedAt: listed,
		Attributes: map[string]string{"colour": colour.name, "size": sizes[at], "material": material, "pattern": pattern},
	}
	// Zipf's law within a leaf, roughly: the tenth sells a fifth of the first.
	appeal := math.Pow(float64(number), -.7)
	return p, item{
		family: colour.family, pattern: pattern, vendor: v.ID, appeal: appeal, drift: drift(rng), partner: -1, listedAt: listed,
	}
}

// price returns a price in cents that looks like one, dearer for the large.
func price(rng *rand.Rand, l leaf, size int) int64 {
	span := math.Log(float64(l.high) / float64(l.low))
	euros := float64(l.low) * math.Exp(span*(.15+.25*float64(size)+.35*rng.Float64()))
	endings := []int64{0, 50, 90, 95}
	return int64(euros)*100 + pick(rng, endings)
}

// listedAt returns when a product came into the shop: most were always there,
// some are new.
func listedAt(rng *rand.Rand, now time.Time) time.Time {
	days := 365 + rng.IntN(900)
	if rng.Float64() < .15 {
		days = rng.IntN(365)
	}
	return now.AddDate(0, 0, -days).Truncate(24 * time.Hour)
}

// drift returns how a product's appeal changes in the year: mostly little, for
// some much.
func drift(rng *rand.Rand) float64 {
	if rng.Float64() < .06 {
		return 2.5 * (2*rng.Float64() - 1)
	}
	return .3 * rng.NormFloat64()
}

// pair gives most products one of the leaf that completes theirs.
func (c *catalogue) pair(rng *rand.Rand) {
	for k := range c.items {
		others := c.byLeaf[c.leafOf[c.leaves[c.items[k].leaf].goesWith]]
		if rng.Float64() < .7 {
			c.items[k].partner = pick(rng, others)
		}
	}
}
