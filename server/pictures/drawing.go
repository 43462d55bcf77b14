package pictures

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// The picture is 400 × 500. Things stand on a floor in its lower part, around
// the middle; light comes from the upper left.
const (
	width, height = 400, 500
	mid, floor    = 200.0, 412.0
)

// drawing is a picture in the making.
type drawing struct {
	b     strings.Builder
	rng   *rand.Rand // of the sku: the same sku, the same picture
	clips int

	main    colour // the product's own
	matter  colour // of what it is made of; main where that has none
	accent  colour // goes with main
	ground  colour // behind everything
	pattern string // "plain", "striped", …
	scale   float64
}

// between returns a number of the sku's, from low to high.
func (d *drawing) between(low, high float64) float64 { return low + d.rng.Float64()*(high-low) }

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

// flat fills a path.
func (d *drawing) flat(path string, c colour) {
	d.printf(`<path d="%s" fill="%s"/>`, path, c.hex())
}

// clear fills a path so that what is behind shows through.
func (d *drawing) clear(path string, c colour, opacity float64) {
	d.printf(`<path d="%s" fill="%s" fill-opacity="%.2f"/>`, path, c.hex(), opacity)
}

// line draws along a path.
func (d *drawing) line(path string, c colour, w float64) {
	d.printf(`<path d="%s" fill="none" stroke="%s" stroke-width="%.1f" stroke-linecap="round" stroke-linejoin="round"/>`, path, c.hex(), w)
}

// within draws inside a path only.
func (d *drawing) within(path string, f func()) {
	d.clips++
	d.printf(`<clipPath id="c%d"><path d="%s"/></clipPath><g clip-path="url(#c%d)">`, d.clips, path, d.clips)
	f()
	d.printf(`</g>`)
}

// round fills a path as a round body from x to x+w: light on its left, shade on
// its right.
func (d *drawing) round(path string, c colour, x, w float64) {
	d.flat(path, c)
	d.shade(path, c, x, w)
}

func (d *drawing) shade(path string, c colour, x, w float64) {
	d.within(path, func() {
		d.clear(box(x+.68*w, 0, w, height, 0), c.lighter(-.22), .30)
		d.clear(box(x+.13*w, 0, .10*w, height, 0), c.lighter(.25), .38)
	})
}

// stuff fills a path with the product's pattern, as a round body.
func (d *drawing) stuff(path string, c colour, x, w float64) {
	d.flat(path, c)
	d.within(path, func() { d.weave(c) })
	d.shade(path, c, x, w)
}

// sheet fills a path with the product's pattern, flat.
func (d *drawing) sheet(path string, c colour) {
	d.flat(path, c)
	d.within(path, func() { d.weave(c) })
}

// weave covers everything with the product's pattern.
func (d *drawing) weave(c colour) {
	ink, second := c.against(.17), d.accent
	switch d.pattern {
	case "striped":
		d.stripes(ink, d.between(16, 30), d.between(.35, .6), []float64{0, 90, 90, 45}[d.rng.IntN(4)])
	case "checked":
		step := d.between(26, 40)
		d.printf(`<g opacity=".55">`)
		d.stripes(ink, step, .45, 0)
		d.stripes(second, step, .45, 90)
		d.printf(`</g>`)
	case "dotted":
		d.dots(ink, d.between(20, 32), d.between(3.2, 6.5))
	case "floral":
		d.flowers(second, ink, d.between(40, 56))
	case "woven":
		step := d.between(11, 16)
		d.printf(`<g opacity=".5">`)
		d.stripes(ink, step, .4, 45)
		d.stripes(ink, step, .4, -45)
		d.printf(`</g>`)
	}
}

// tiles covers everything with a tile w × h that f draws, turned by an angle.
func (d *drawing) tiles(w, h, angle float64, f func()) {
	d.clips++
	d.printf(`<pattern id="c%d" width="%.1f" height="%.1f" patternUnits="userSpaceOnUse" patternTransform="rotate(%.0f)">`, d.clips, w, h, angle)
	id := d.clips
	f()
	d.printf(`</pattern><rect x="-100" y="-100" width="600" height="700" fill="url(#c%d)"/>`, id)
}

// stripes draws parallel stripes, each a share of the step wide.
func (d *drawing) stripes(c colour, step, share, angle float64) {
	d.tiles(step, step, angle, func() { d.flat(box(0, 0, step*share, step, 0), c) })
}

// dots draws dots in rows that are shifted by turns.
func (d *drawing) dots(c colour, step, r float64) {
	d.tiles(step, step*1.6, 0, func() {
		d.flat(disc(step*.25, step*.4, r), c)
		d.flat(disc(step*.75, step*1.2, r), c)
	})
}

// flowers strews flowers of five petals, each turned by chance.
func (d *drawing) flowers(petal, heart colour, step float64) {
	d.tiles(step, step*1.6, d.between(-8, 8), func() {
		for _, at := range [2][2]float64{{.27, .4}, {.75, 1.2}} {
			d.printf(`<g transform="translate(%.1f %.1f) rotate(%.0f)"><g fill="%s">`, step*at[0], step*at[1], d.between(0, 72), petal.hex())
			for k := range 5 {
				d.printf(`<ellipse cy="-6.5" rx="4" ry="6" transform="rotate(%d)"/>`, 72*k)
			}
			d.printf(`</g><circle r="3.4" fill="%s"/></g>`, heart.hex())
		}
	})
}

// label draws a maker's label around a point: a band of paper with a mark that
// is the sku's own.
func (d *drawing) label(x, y, w, h float64) {
	paper := colour{.95, .02, d.accent.h}
	d.flat(box(x-w/2, y-h/2, w, h, 4), paper)
	d.mark(x, y-h*.08, min(w, h)*.26)
	d.line(fmt.Sprintf("M%.1f %.1fh%.1f", x-w*.24, y+h*.33, w*.48), d.accent.lighter(-.05), 2.5)
}

// mark draws one of a few signs.
func (d *drawing) mark(x, y, r float64) {
	c := d.accent.lighter(-.08)
	switch d.rng.IntN(6) {
	case 0: // a leaf
		d.flat(fmt.Sprintf("M%.1f %.1fq%.1f %.1f 0 %.1fq%.1f %.1f 0 %.1fz", x, y-r, r*1.3, r, 2*r, -r*1.3, -r, -2*r), c)
	case 1: // a sun
		d.flat(disc(x, y, r*.55), c)
		for k := range 8 {
			s, o := math.Sincos(float64(k) * math.Pi / 4)
			d.line(fmt.Sprintf("M%.1f %.1fL%.1f %.1f", x+o*r*.8, y+s*r*.8, x+o*r*1.1, y+s*r*1.1), c, 2.4)
		}
	case 2: // a hill
		d.flat(fmt.Sprintf("M%.1f %.1fl%.1f %.1fl%.1f %.1fz", x-r*1.1, y+r*.7, r*1.1, -1.5*r, r*1.1, 1.5*r), c)
	case 3: // a ring
		d.line(disc(x, y, r*.72), c, r*.42)
	case 4: // a drop
		d.flat(fmt.Sprintf("M%.1f %.1fc%.1f %.1f %.1f %.1f 0 %.1fc%.1f 0 %.1f %.1f 0 %.1fz", x, y-r*1.1, r*1.2, r*1.1, r*.9, 2.1*r, 2.1*r, -r*.9, -r*1.2, -r, -2.1*r), c)
	default: // a star of four points
		d.flat(fmt.Sprintf("M%.1f %.1fq%.1f %.1f %.1f %.1fq%.1f %.1f %.1f %.1fq%.1f %.1f %.1f %.1fq%.1f %.1f %.1f %.1fz", x, y-r*1.1,
			r*.15, r*.95, r*1.1, r*1.1, -r*.95, r*.15, -r*1.1, r*1.1, -r*.15, -r*.95, -r*1.1, -r*1.1, r*.95, -r*.15, r*1.1, -r*1.1), c)
	}
}

// Paths.

func box(x, y, w, h, r float64) string {
	r = min(r, w/2, h/2)
	return fmt.Sprintf("M%.1f %.1fh%.1fa%.1f %.1f 0 0 1 %.1f %.1fv%.1fa%.1f %.1f 0 0 1 %.1f %.1fh%.1fa%.1f %.1f 0 0 1 %.1f %.1fv%.1fa%.1f %.1f 0 0 1 %.1f %.1fz",
		x+r, y, w-2*r, r, r, r, r, h-2*r, r, r, -r, r, -(w - 2*r), r, r, -r, -r, -(h - 2*r), r, r, r, -r)
}

func oval(x, y, rx, ry float64) string {
	return fmt.Sprintf("M%.1f %.1fa%.1f %.1f 0 1 1 %.1f 0a%.1f %.1f 0 1 1 %.1f 0z", x-rx, y, rx, ry, 2*rx, rx, ry, -2*rx)
}

func disc(x, y, r float64) string { return oval(x, y, r, r) }

// taper is an upright body whose top and bottom differ in width, with its
// lower corners rounded.
func taper(x, top, topW, bottom, bottomW, r float64) string {
	return fmt.Sprintf("M%.1f %.1fH%.1fL%.1f %.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fz",
		x-topW/2, top, x+topW/2, x+bottomW/2, bottom-r, x+bottomW/2, bottom, x+bottomW/2-r, bottom,
		x-bottomW/2+r, x-bottomW/2, bottom, x-bottomW/2, bottom-r)
}
