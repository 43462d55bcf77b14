package pictures

import "fmt"

func notebook(d *drawing) {
	d.flat(box(132, 176, 146, 220, 6), colour{.95, .015, 90})
	d.sheet(box(122, 180, 150, 220, 9), d.main)
	d.clear(box(122, 180, 24, 220, 9), d.main.lighter(-.2), .35)
	d.line("M250 180v220", d.accent, 6)
	d.label(196, 258, 76, 50)
}

func sketchbook(d *drawing) {
	d.flat(box(136, 178, 142, 222, 5), colour{.95, .015, 90})
	d.sheet(box(126, 184, 148, 216, 6), d.main)
	for y := 200.0; y < 392; y += 17 {
		d.line(fmt.Sprintf("M118 %.0fh18", y), colour{.45, .01, 260}, 4.4)
	}
	d.mark(206, 290, 34)
}

func diary(d *drawing) {
	d.flat(box(134, 184, 140, 214, 5), colour{.95, .015, 90})
	d.sheet(box(126, 188, 146, 212, 8), d.main)
	d.line("M188 188v230l10-12l10 12V400", d.accent, 6)
	d.flat(box(252, 276, 34, 30, 6), d.main.lighter(-.16))
	d.flat(disc(268, 291, 6), colour{.78, .10, 88})
	d.mark(196, 262, 26)
}

// upright draws a long thing that leans on nothing, in a small stand.
func upright(d *drawing, f func()) {
	d.printf(`<g transform="rotate(14 200 392)">`)
	f()
	d.printf(`</g>`)
	d.grain(box(146, 376, 108, 24, 8), colour{.72, .07, 70})
}

func fountainPen(d *drawing) {
	upright(d, func() {
		d.round(box(186, 96, 28, 150, 12), d.main, 186, 28)
		d.round(box(184, 232, 32, 14, 3), colour{.78, .10, 88}, 184, 32)
		d.round("M188 246h24l-4 88h-16z", d.matter, 188, 24)
		d.line("M214 112v74", colour{.78, .10, 88}, 5)
		d.flat("M192 334h16l-8 46z", colour{.80, .09, 88})
		d.line("M200 346v26", colour{.45, .05, 70}, 2)
	})
}

func brushPen(d *drawing) {
	upright(d, func() {
		d.stuff("M188 92h24l2 214h-28z", d.main, 186, 28)
		d.round(box(186, 300, 28, 30, 3), d.matter, 186, 28)
		d.flat("M190 330h20q-2 34-10 52q-8-18-10-52z", colour{.28, .03, 260})
	})
}

func inkBottle(d *drawing) {
	path := "M150 300l24-22h52l24 22l16 26v56q0 18-18 18H152q-18 0-18-18v-56z"
	d.round(path, d.main.lighter(-.05), 134, 132)
	d.round(box(166, 232, 68, 48, 7), d.matter.lighter(-.10), 166, 68)
	d.label(200, 354, 80, 52)
	d.flat("M300 398q-6-16 8-28q14 14 8 28q-8 6-16 0z", d.main.lighter(-.05))
}

// strands winds yarn around a round body.
func strands(d *drawing, x, y, r float64, path string) {
	d.flat(path, d.main)
	d.within(path, func() {
		for k := -4; k <= 4; k++ {
			o := float64(k) * r * .25
			d.line(fmt.Sprintf("M%.0f %.0fq%.0f %.0f %.0f 0", x-r, y+o, r, -r*.7, 2*r), d.main.against(.10), 5)
		}
		for k := -2; k <= 2; k++ {
			o := float64(k) * r * .3
			d.line(fmt.Sprintf("M%.0f %.0fq%.0f %.0f %.0f %.0f", x+o-r*.5, y-r, r*.9, r*.8, r*.4, 2*r), d.main.against(.05), 5)
		}
	})
	d.shade(path, d.main, x-r, 2*r)
}

func yarnBall(d *drawing) {
	strands(d, 200, 304, 96, disc(200, 304, 96))
	d.line("M286 342q40 40 0 56q-30 8-60-2", d.main, 6)
}

func yarnSkein(d *drawing) {
	path := "M128 258q72-36 144 0q26 46 0 124q-72 30-144 0q-26-78 0-124z"
	strands(d, 200, 318, 92, path)
	paper := colour{.95, .02, 90}
	d.flat("M112 300q88 20 176 0v44q-88 20-176 0z", paper)
	d.mark(200, 330, 14)
}

func yarnCone(d *drawing) {
	path := "M180 204h40l44 176H136z"
	strands(d, 200, 292, 92, path)
	d.flat(box(186, 176, 28, 30, 5), colour{.76, .05, 75})
	d.flat(box(132, 378, 136, 22, 8), colour{.76, .05, 75})
}

func needles(d *drawing) {
	c := d.matter
	d.line("M120 128L252 396M280 128L148 396", c, 10)
	d.flat(disc(118, 124, 13), d.main)
	d.flat(disc(282, 124, 13), d.main)
	d.stuff("M136 300h128v84q-64 22-128 0z", d.accent, 136, 128)
	for y := 314.0; y < 384; y += 15 {
		for x := 146.0; x < 262; x += 17 {
			d.line(fmt.Sprintf("M%.0f %.0fl7 9l7-9", x, y), d.accent.against(.13), 3)
		}
	}
}

func hook(d *drawing) {
	upright(d, func() {
		d.line("M200 380V150q0-20 14-24q12 0 10 12l-8 8", d.matter, 11)
		d.round(box(188, 226, 24, 84, 11), d.main, 188, 24)
	})
}

func darning(d *drawing) {
	d.stuff(box(104, 320, 192, 80, 12), d.main, 104, 192)
	for k, x := range []float64{138, 184, 230, 270} {
		c := []colour{d.accent, d.main.lighter(.12), d.accent.lighter(.14), d.main.lighter(-.12)}[k]
		d.round(box(x-17, 266, 34, 56, 4), c, x-17, 34)
		d.flat(box(x-21, 260, 42, 9, 3), colour{.76, .065, 72})
	}
	d.line("M300 396L340 268", colour{.74, .012, 250}, 4)
	d.line("M340 268q30 20 8 60t14 60", d.accent, 3)
}

func paints(d *drawing) {
	d.round(box(88, 300, 224, 100, 10), colour{.30, .015, 260}, 88, 224)
	d.flat(box(98, 310, 204, 80, 6), colour{.94, .01, 90})
	for row := range 2 {
		for col := range 6 {
			c := d.main.turned(float64(60*col + 30*row))
			c.c, c.l = max(c.c, .11), .5+.06*float64((col+row)%4)
			d.flat(box(106+33*float64(col), 317+36*float64(row), 27, 29, 4), c)
		}
	}
	d.line("M116 286L296 232", d.matter, 8)
	d.flat("M116 292l-8-10l-28 20q20 6 36-10z", d.accent)
	d.line("M130 282l-14 4", colour{.78, .02, 250}, 9)
}

func tubes(d *drawing) {
	for k, x := range []float64{124, 174, 226, 276} {
		c := d.main.turned(float64(75 * k))
		c.c = max(c.c, .11)
		top := 250 + 10*float64(k%2)
		d.round(fmt.Sprintf("M%.0f %.0fh44l-6 %.0fh-32z", x-22, top-14, 376-top), colour{.93, .01, 90}, x-22, 44)
		d.flat(fmt.Sprintf("M%.1f %.0fh41l-2.5 46h-36z", x-20.5, top+24), c)
		d.flat(box(x-24, top-22, 48, 12, 2), colour{.80, .012, 250})
		d.round(box(x-13, 362, 26, 38, 5), c.lighter(-.05), x-13, 26)
	}
}

func brushes(d *drawing) {
	for k, lean := range []float64{-22, -8, 7, 20} {
		d.printf(`<g transform="rotate(%.0f 200 400)">`, lean)
		d.line("M200 330V214", []colour{d.main, d.accent, d.main.lighter(.1), d.matter}[k], 9)
		d.line("M200 214v-24", colour{.78, .02, 250}, 11)
		d.flat("M193 190h14q6-30-7-52q-13 22-7 52z", colour{.40, .05, 55})
		d.printf(`</g>`)
	}
	d.stuff(taper(200, 302, 108, 400, 94, 12), d.main, 146, 108)
}

func paperRoll(d *drawing) {
	d.printf(`<g transform="rotate(12 200 390)">`)
	d.sheet(box(160, 108, 80, 290, 8), d.main)
	d.shade(box(160, 108, 80, 290, 8), d.main, 160, 80)
	d.flat(oval(200, 110, 40, 12), d.main.lighter(.08))
	d.flat(oval(200, 110, 20, 6), d.main.lighter(-.2))
	d.line("M160 262h80", d.accent, 13)
	d.flat("M200 262q-34-34-40-6q6 18 40 6q34 12 40-6q-6-28-40 6z", d.accent.lighter(-.05))
	d.printf(`</g>`)
}

func ribbon(d *drawing) {
	d.line("M262 380q60 20 92-14q-14 4-20-10", d.main, 13)
	d.stuff(disc(200, 322, 78), d.main, 122, 156)
	for _, r := range []float64{66, 54, 42} {
		d.line(disc(200, 322, r), d.main.lighter(-.12), 2.4)
	}
	d.flat(disc(200, 322, 30), colour{.78, .05, 75})
	d.flat(disc(200, 322, 13), d.ground.lighter(-.1))
}

func tags(d *drawing) {
	for k, lean := range []float64{-20, 4, 26} {
		d.printf(`<g transform="rotate(%.0f 200 120)">`, lean)
		d.sheet("M200 168l42 40v160h-84V208z", []colour{d.main, d.accent, d.main.lighter(.1)}[k])
		d.flat(disc(200, 204, 8), d.ground)
		d.line("M200 204q-10-50 0-90", colour{.62, .04, 70}, 3.4)
		d.label(200, 296, 56, 50)
		d.printf(`</g>`)
	}
}
