package pictures

import "fmt"

func puzzle(d *drawing) {
	piece := func(x, y float64, c colour) {
		path := fmt.Sprintf("M%.0f %.0fh26q-10-26 14-26t14 26h26v26q26-10 26 14t-26 14v26h-80z", x, y)
		d.sheet(path, c)
		d.line(path, c.lighter(-.13), 3)
	}
	piece(116, 320, d.main)
	piece(206, 300, d.accent)
	piece(160, 216, d.matter)
}

func cube(d *drawing) {
	top, left, right := d.main.lighter(.09), d.main, d.main.lighter(-.10)
	d.flat("M200 232l88 44l-88 44l-88-44z", top)
	d.flat("M112 276l88 44v80l-88-40z", left)
	d.flat("M288 276l-88 44v80l88-40z", right)
	d.flat("M200 232l29 14.5l-29 14.5l-29-14.5zM141 290.5l30 15v26l-30-14z", d.accent)
	d.flat("M259 290.5l-30 15v26l30-14z", d.accent.lighter(-.08))
	d.line("M141 261.500l88 44M171 247l88 44M141 291v80M171 305v80M259 291v80M229 305v80M112 303l88 42l88-42M112 331l88 42l88-42M259 261.500l-88 44M229 247l-88 44", d.main.lighter(-.22), 2.4)
}

func tower(d *drawing) {
	w := 156.0
	y := 366.0
	colours := []colour{d.main, d.accent, d.matter, d.main.lighter(.11), d.accent.lighter(-.08)}
	for k := range 5 {
		d.round(box(200-w/2, y, w, 34, 15), colours[k], 200-w/2, w)
		w -= 24
		y -= 36
	}
	d.round(disc(200, y+14, 22), d.main.lighter(-.05), 178, 44)
}

func train(d *drawing) {
	wheel := func(x float64) {
		d.flat(disc(x, 382, 18), d.accent.lighter(-.08))
		d.flat(disc(x, 382, 6), d.matter)
	}
	d.grain(box(70, 330, 100, 44, 8), d.matter)
	d.round(disc(100, 320, 18), d.accent, 82, 36)
	d.round(disc(138, 320, 18), d.main.lighter(.1), 120, 36)
	d.line("M170 366h20", colour{.45, .02, 60}, 6)
	d.round(box(186, 326, 142, 48, 10), d.main, 186, 142)
	d.round(box(190, 262, 58, 70, 8), d.main.lighter(-.06), 190, 58)
	d.flat(box(202, 276, 34, 26, 5), d.ground)
	d.flat(box(182, 252, 74, 13, 6), d.accent)
	d.round(box(288, 288, 24, 42, 4), d.matter, 288, 24)
	for _, x := range []float64{96, 144, 214, 258, 302} {
		wheel(x)
	}
}

func animal(d *drawing) {
	c := d.matter
	d.grain("M104 300q0-26 28-26h112q16 0 22-20l8-26q10-20 34-14l26 10q10 14-4 20l-22 6q8 60-16 84v62h-28v-44h-100v44h-28v-56q-32-6-32-40z", c)
	d.flat(disc(306, 230, 4.5), colour{.25, .02, 60})
	d.line("M104 296q-22-6-22 24", c.lighter(-.1), 8)
	d.sheet("M160 274h58v44q-30 12-58 0z", d.main)
	d.line("M160 318q30 12 58 0", d.accent, 5)
}

func blocks(d *drawing) {
	d.grain(box(108, 326, 74, 74, 7), d.matter)
	d.mark(145, 363, 20)
	d.sheet(box(190, 326, 74, 74, 7), d.main)
	d.sheet(box(148, 252, 74, 74, 7), d.accent)
	d.flat("M148 252q37-70 74 0z", d.main.lighter(.1))
	d.round(disc(292, 376, 24), d.accent.lighter(.1), 268, 48)
}

func gameBox(d *drawing) {
	d.flat("M92 300l108-40l108 40l-108 42z", d.main.lighter(.06))
	d.within("M92 300l108-40l108 40l-108 42z", func() { d.weave(d.main) })
	d.flat("M92 300l108 42v58l-108-42z", d.main)
	d.flat("M308 300l-108 42v58l108-42z", d.main.lighter(-.10))
	d.line("M92 318l108 42l108-42", d.accent, 5)
	d.round("M190 300q-10-26 10-34q20 8 10 34q10 4 8 12h-36q-2-8 8-12z", d.accent, 182, 36)
	d.round(disc(200, 262, 11), d.accent, 189, 22)
}

func cards(d *drawing) {
	for k, lean := range []float64{-18, -2, 15} {
		d.printf(`<g transform="rotate(%.0f 200 400)">`, lean)
		d.flat(box(138, 212, 124, 180, 12), colour{.96, .01, 90})
		if k < 2 {
			d.sheet(box(148, 222, 104, 160, 7), []colour{d.accent, d.main.lighter(-.06)}[k])
		} else {
			d.sheet(box(148, 222, 104, 160, 7), d.main)
			d.label(200, 302, 60, 70)
		}
		d.printf(`</g>`)
	}
}

func dice(d *drawing) {
	die := func(x, y, s float64, c colour, eyes [][2]float64) {
		d.round(box(x, y, s, s, 15), c, x, s)
		for _, e := range eyes {
			d.flat(disc(x+s*e[0], y+s*e[1], s*.085), c.against(.5))
		}
	}
	five := [][2]float64{{.25, .25}, {.75, .25}, {.5, .5}, {.25, .75}, {.75, .75}}
	die(112, 304, 96, d.main, five)
	d.printf(`<g transform="rotate(14 262 350)">`)
	die(216, 310, 84, d.matter, five[1:4])
	d.printf(`</g>`)
	die(158, 226, 76, d.accent, five[2:3])
}

func kite(d *drawing) {
	d.line("M200 330q-40 40 6 70t-10 60", d.accent, 4)
	for _, at := range [][2]float64{{184, 372}, {204, 410}} {
		d.flat(fmt.Sprintf("M%.0f %.0fl-22-12v24zM%.0f %.0fl22-12v24z", at[0], at[1], at[0], at[1]), d.accent)
	}
	d.sheet("M200 70L100 182L200 330L300 182z", d.main)
	d.flat("M200 70L100 182H200z", d.accent)
	d.flat("M200 330L300 182H200z", d.accent.lighter(.08))
	d.line("M200 70V330M100 182H300", d.main.lighter(-.22), 4)
}

func ring(d *drawing) {
	d.line(disc(200, 250, 104), d.main.lighter(-.09), 50)
	d.line(disc(200, 247, 104), d.main, 40)
	for k := range 6 {
		d.printf(`<g transform="rotate(%d 200 250)">`, 60*k)
		d.line("M200 124v44", d.accent, 13)
		d.printf(`</g>`)
	}
}

func rope(d *drawing) {
	c := colour{.86, .04, 85}
	d.line("M122 330C60 200 340 200 278 330M122 330q60 80 156 0M140 366q60-70 120 0", c, 11)
	d.line("M122 330C60 200 340 200 278 330", c.lighter(-.12), 3)
	for _, x := range []float64{122, 278} {
		d.round(box(x-14, 306, 28, 94, 12), d.main, x-14, 28)
		d.line(fmt.Sprintf("M%.0f 332h24M%.0f 366h24", x-12, x-12), d.accent, 6)
	}
}

func ball(d *drawing) {
	d.stuff(disc(200, 316, 84), d.main, 116, 168)
	d.line("M120 296q80 40 160 0M170 238q-30 80 6 160", d.accent, 7)
}
