package shop

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Features returns what is known of a product before anybody bought it, as numbers
// that stand for words, ascending: its categories and all above them, its vendor, both
// together, its price to within a fifth, the words of its name, and its attributes. above returns the
// categories above one. A model foretells from them whom a new product may please, so
// training and serving must both take them from here.
//
// Its age is not among them: it tells new products from old ones, not from each other.
func Features(p *Product, above func(category string) []string) []int64 {
	var all []int64
	add := func(kind string, words ...string) {
		h := fnv.New64a()
		fmt.Fprintf(h, "%s\x00%s", kind, strings.Join(words, "\x00"))
		all = append(all, int64(h.Sum64()))
	}
	add("any")
	for _, c := range p.Categories {
		add("category", c)
		for _, up := range above(c) {
			add("category", up)
		}
		if p.Vendor != "" {
			add("category and vendor", c, p.Vendor)
		}
	}
	if p.Vendor != "" {
		add("vendor", p.Vendor)
	}
	if p.Price.Minor > 0 {
		add("price", p.Price.Currency, fmt.Sprint(math.Round(4*math.Log2(float64(p.Price.Minor)))))
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(p.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		add("word", word)
	}
	for name, value := range p.Attributes {
		add("attribute", name, value)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Trait returns the number that stands for an attribute of a customer. A model knows what
// customers of the same bought, so training and serving must both take it from here.
func Trait(name, value string) int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s", name, strings.ToLower(strings.TrimSpace(value)))
	return int64(h.Sum64())
}
