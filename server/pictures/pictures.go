// Package pictures draws products that have no photograph: the silhouette of
// what it is, in its colour, material, pattern and size. The same product
// gives the same picture, to the byte.
package pictures

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"
)

// Subject is what a picture shows.
type Subject struct {
	SKU        string
	Name       string
	Categories []string          // ids and names, the nearest first
	Attributes map[string]string // colour, material, pattern, size; any may be missing
}

// scales is how large things are drawn.
var scales = map[string]float64{"small": .88, "medium": 1.04, "large": 1.20}

// Draw returns an SVG document, 4 : 5.
func Draw(s Subject) []byte {
	d := &drawing{rng: stream(s.SKU), pattern: s.Attributes["pattern"], scale: 1.05}
	d.colours(s)
	if k, ok := scales[s.Attributes["size"]]; ok {
		d.scale = k
	}
	d.scale *= d.between(.97, 1.03)
	motif := motifOf(s)
	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`, width, height, width, height)
	d.printf(`<rect width="%d" height="%d" fill="%s"/>`, width, height, d.ground.hex())
	d.flat("M0 356Q200 342 400 356V500H0z", d.ground.lighter(-.035))
	if motif.hangs {
		d.printf(`<g transform="translate(%.1f %.1f) scale(%.3f) translate(-200 -250)">`, mid, 250.0, d.scale)
	} else {
		d.printf(`<ellipse cx="212" cy="%.0f" rx="%.0f" ry="%.0f" fill="%s" fill-opacity=".55"/>`,
			floor+3, motif.wide*d.scale, 9+motif.wide*d.scale*.07, d.ground.lighter(-.16).hex())
		d.printf(`<g transform="translate(%.1f %.1f) scale(%.3f) translate(-200 -400)">`, mid, floor, d.scale)
	}
	motif.draw(d)
	d.printf(`</g></svg>`)
	return []byte(d.b.String())
}

// stream returns a source of numbers that depends on a text only.
func stream(text string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return rand.New(rand.NewPCG(h.Sum64(), 0x9e3779b97f4a7c15))
}

// colours chooses the picture's colours: the product's own, shifted a little by
// its sku, or else one of its category's range.
func (d *drawing) colours(s Subject) {
	name := s.Attributes["colour"]
	if name == "" {
		name = s.Attributes["color"]
	}
	main, known := hues[strings.ToLower(name)]
	if !known {
		family := stream(strings.Join(s.Categories, "/"))
		main = colour{d.between(.50, .78), d.between(.06, .12), family.Float64()*360 + d.between(-35, 35)}
	}
	main = main.lighter(d.between(-.025, .025)).turned(d.between(-7, 7))
	d.main, d.matter = main, main
	if m, ok := materials[strings.ToLower(s.Attributes["material"])]; ok {
		d.matter = m.lighter(d.between(-.02, .02)).turned(d.between(-4, 4))
	}
	turns := []float64{150, 180, 210, 60, -60}
	d.accent = colour{d.between(.52, .70), d.between(.07, .11), main.h}.turned(turns[d.rng.IntN(len(turns))])
	d.ground = colour{d.between(.93, .952), d.between(.010, .024), 75}
	if d.rng.IntN(3) > 0 { // mostly paper, now and then a tint against the product's own hue
		d.ground = d.ground.turned(main.h - 75 + []float64{180, 150, 210, 40}[d.rng.IntN(4)])
	}
	if main.l > .86 { // a pale thing needs a deeper ground
		d.ground = d.ground.lighter(-.085)
		d.ground.c += .012
	}
}

// motif is what a kind of thing looks like.
type motif struct {
	wide  float64 // half the width of its shadow
	hangs bool    // drawn around the middle, without a shadow
	draw  func(d *drawing)
}

// motifOf finds the motif of a product: by the longest words that its name has,
// else that its categories have, else one of the plain ones, the same for all of a
// category.
func motifOf(s Subject) motif {
	if m, ok := longest(s.Name); ok {
		return m
	}
	for _, c := range s.Categories {
		if m, ok := longest(c); ok {
			return m
		}
	}
	return plain[stream(strings.Join(s.Categories, "/")).IntN(len(plain))]
}

// longest returns the motif with the longest name among the words of a text.
func longest(text string) (found motif, ok bool) {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }), " ") + " "
	best := 0
	for name, m := range motifs {
		if len(name) > best && (strings.Contains(words, " "+name+" ") || strings.Contains(words, " "+name+"s ")) {
			best, found = len(name), m
		}
	}
	return found, best > 0
}
