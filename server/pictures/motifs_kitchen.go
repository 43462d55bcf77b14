package pictures

import "fmt"

// grain draws the grain of wood inside a path.
func (d *drawing) grain(path string, c colour) {
	d.flat(path, c)
	d.within(path, func() {
		for x := 60.0; x < 350; x += d.between(13, 22) {
			d.line(fmt.Sprintf("M%.1f 0q%.1f 120 0 250t%.1f 250", x, d.between(-9, 9), d.between(-6, 6)), c.lighter(-.045), 1.8)
		}
	})
}

func board(d *drawing) {
	d.grain(box(122, 150, 156, 250, 20), d.matter)
	d.flat(disc(200, 178, 10), d.ground)
	d.line("M140 172V378", d.matter.lighter(.07), 4)
	d.flat(box(122, 378, 156, 22, 8), d.main.muted(.8))
}

func servingBoard(d *drawing) {
	path := "M184 110h32q8 0 8 10v62q46 8 46 54v134q0 30-34 30h-72q-34 0-34-30V236q0-46 46-54v-62q0-10 8-10z"
	d.grain(path, d.matter)
	d.flat(disc(200, 134, 8), d.ground)
	d.line("M200 134q-16-26 4-40q14 8-4 40", d.main, 4)
}

func breadBoard(d *drawing) {
	d.grain(oval(200, 372, 125, 27), d.matter.lighter(-.06))
	d.grain(oval(200, 362, 125, 27), d.matter)
	loaf := "M112 360q-10-70 88-74q98 4 88 74q-88 14-176 0z"
	crust := colour{.68, .10, 62}
	d.round(loaf, crust, 105, 190)
	for _, x := range []float64{158, 198, 238} {
		d.line(fmt.Sprintf("M%.0f 300q10 18-2 38", x), crust.lighter(.14), 7)
	}
	d.sheet("M96 372q40 10 74-2l-8 30q-34 10-62-2z", d.main)
}

func fryingPan(d *drawing) {
	d.line("M256 356L338 318", d.matter.lighter(-.10), 16)
	d.line("M306 333L336 319", d.main, 16)
	d.round("M64 340h208q-4 56-52 60h-104q-48-4-52-60z", d.matter, 64, 208)
	d.flat(oval(168, 340, 104, 18), d.matter.lighter(.07))
	d.flat(oval(168, 343, 90, 13), d.matter.lighter(-.09))
}

func stewPot(d *drawing) {
	d.line("M92 318h-14q-12 0-12 12t12 12h14M308 318h14q12 0 12 12t-12 12h-14", d.main.lighter(-.14), 11)
	d.round(taper(200, 292, 216, 400, 204, 26), d.main, 92, 216)
	d.round("M88 292q0-46 112-46t112 46z", d.main.lighter(.035), 88, 224)
	d.flat(box(84, 286, 232, 13, 6), d.main.lighter(-.10))
	d.round(box(183, 224, 34, 24, 10), d.matter, 183, 34)
}

func saucepan(d *drawing) {
	d.line("M286 306H348", d.matter.lighter(-.08), 15)
	d.line("M312 306H347", d.main.lighter(-.08), 17)
	d.round(taper(195, 284, 186, 400, 178, 22), d.matter, 102, 186)
	d.flat(oval(195, 284, 93, 15), d.matter.lighter(.10))
	d.flat(oval(195, 286, 82, 11), d.matter.lighter(-.14))
	d.flat(box(103, 322, 185, 13, 0), d.main)
}

// blade draws a knife that stands on its point in a block.
func blade(d *drawing, path string, edge func(), handleTop, handleH float64) {
	steel := colour{.82, .012, 250}
	if d.matter.l > .9 {
		steel = d.matter
	}
	d.flat(path, steel)
	d.within(path, func() { d.clear(box(200, 0, 60, 500, 0), steel.lighter(-.18), .45) })
	edge()
	handle := d.main
	d.round(box(184, handleTop, 32, handleH, 13), handle, 184, 32)
	d.flat(disc(200, handleTop+handleH*.3, 3.6), steel)
	d.flat(disc(200, handleTop+handleH*.68, 3.6), steel)
	d.grain(box(140, 378, 120, 22, 7), colour{.70, .075, 68})
}

func knife(d *drawing) {
	blade(d, "M182 214h36q4 110-18 172q-22-40-18-172z", func() {}, 112, 106)
}

func breadKnife(d *drawing) {
	blade(d, "M184 206h32v168l-16 12q-16-8-16-24z", func() {
		for y := 222.0; y < 366; y += 12 {
			d.flat(disc(184, y, 5), d.ground)
		}
	}, 100, 110)
}

func paringKnife(d *drawing) {
	blade(d, "M184 264h32q2 74-16 122q-16-30-16-122z", func() {}, 168, 98)
}

// jarBody draws a round vessel with its shoulders, as much filled as told.
func (d *drawing) jarBody(top, w float64, content colour, full float64) {
	path := fmt.Sprintf("M%.1f %.1fh%.1fq14 22 16 46v%.1fq0 20-24 20h%.1fq-24 0-24-20v%.1fq2-24 16-46z",
		200-w/2+16, top, w-32, 334-top, -(w - 48), -(334 - top))
	glass := colour{.90, .02, 210}
	d.clear(path, glass, .75)
	d.within(path, func() {
		d.flat(box(200-w, 400-(400-top-30)*full, 2*w, 300, 0), content)
		d.weaveOver(content)
	})
	d.shade(path, content, 200-w/2, w)
}

// weaveOver puts the product's pattern, thinly, over what fills a vessel.
func (d *drawing) weaveOver(c colour) {
	d.printf(`<g opacity=".35">`)
	d.weave(c)
	d.printf(`</g>`)
}

func jar(d *drawing) {
	d.jarBody(226, 150, d.main, d.between(.62, .88))
	d.round(box(134, 204, 132, 30, 8), d.matter.lighter(-.06), 134, 132)
	d.label(200, 330, 78, 62)
}

func canister(d *drawing) {
	d.stuff(box(130, 226, 140, 174, 14), d.main, 130, 140)
	d.round(box(124, 204, 152, 30, 9), d.matter.lighter(-.05), 124, 152)
	d.round(box(184, 186, 32, 20, 8), d.matter.lighter(-.12), 184, 32)
	d.label(200, 320, 84, 66)
}

func picklingJar(d *drawing) {
	d.jarBody(216, 166, d.main, .9)
	d.line("M130 214q-12-30 24-34h92q36 4 24 34", colour{.66, .012, 250}, 4)
	d.round(box(128, 190, 144, 26, 9), colour{.90, .02, 200}, 128, 144)
	d.line("M126 222h148", d.accent, 8)
	d.label(200, 326, 70, 56)
}

func towel(d *drawing) {
	d.line("M92 120H308", colour{.70, .075, 68}, 11)
	d.sheet("M116 122h168v238q-42 12-84 2t-84 4z", d.main)
	d.clear("M200 122h84v238q-42 12-84 2z", d.main.lighter(-.2), .18)
	d.line("M116 334q42-8 84 0t84-2", d.accent, 6)
}

func folded(d *drawing) {
	for k := range 3 {
		y := 372 - 30*float64(k)
		d.sheet(box(108, y, 184, 28, 12), d.main.lighter(.02*float64(k)))
		d.line(fmt.Sprintf("M118 %.0fh164", y+26), d.main.lighter(-.13), 2.4)
	}
	d.sheet("M120 312q76-26 160 0v12h-160z", d.main.lighter(.03))
	d.flat(box(236, 296, 26, 36, 3), d.accent)
}

func ovenCloth(d *drawing) {
	d.line("M200 128q-26-34 0-38q26 4 0 38", d.accent, 6)
	path := "M148 128h104q22 0 22 22v180q0 50-34 50h-80q-34 0-34-50V150q0-22 22-22z"
	d.sheet(path, d.main)
	d.within(path, func() {
		for x := -200.0; x < 500; x += 30 {
			d.line(fmt.Sprintf("M%.0f 100l300 320M%.0f 100l-300 320", x, x+200), d.main.against(.09), 2)
		}
	})
	d.line(path, d.accent, 6)
}

func bowl(d *drawing) {
	d.stuff("M96 292h208q-4 92-70 108h-68q-66-16-70-108z", d.matter, 96, 208)
	d.flat(oval(200, 292, 104, 19), d.matter.lighter(.08))
	d.flat(oval(200, 295, 92, 14), d.matter.lighter(-.10))
	d.line("M99 318q102 22 202 0", d.main, 7)
}

func soupBowl(d *drawing) {
	d.stuff("M108 320h184q-6 66-58 80h-68q-52-14-58-80z", d.main, 108, 184)
	d.flat(oval(200, 320, 92, 19), d.main.lighter(.08))
	d.flat(oval(200, 323, 79, 13.5), colour{.70, .12, 60})
	d.flat("M186 320q10-14 24-4q-6 14-24 4z", colour{.56, .11, 140})
	steam(d, 200, 292)
}

func saladBowl(d *drawing) {
	leaf := colour{.62, .13, 135}
	for _, at := range [][3]float64{{132, 312, -28}, {168, 296, -8}, {212, 294, 10}, {256, 308, 30}} {
		d.printf(`<g transform="rotate(%.0f %.0f %.0f)">`, at[2], at[0], at[1]+20)
		d.flat(fmt.Sprintf("M%.0f %.0fq-34-34 0-66q34 32 0 66z", at[0], at[1]+36), leaf.lighter(d.between(-.06, .08)))
		d.printf(`</g>`)
	}
	d.flat(disc(190, 318, 14), colour{.60, .18, 28})
	d.stuff("M76 324h248q-14 70-84 76h-80q-70-6-84-76z", d.matter, 76, 248)
	d.line("M80 344q120 20 240 0", d.main, 7)
}

// steam rises over a hot thing.
func steam(d *drawing, x, y float64) {
	c := d.ground.lighter(-.09)
	d.line(fmt.Sprintf("M%.0f %.0fq-14-16 0-32t0-32M%.0f %.0fq-12-14 0-28t0-26", x-16, y, x+16, y-4), c, 5)
}
