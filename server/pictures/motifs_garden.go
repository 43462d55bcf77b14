package pictures

import "fmt"

// plant grows out of a pot whose rim is at y.
func plant(d *drawing, x, y, spread float64) {
	green := colour{d.between(.48, .60), d.between(.09, .13), d.between(128, 152)}
	n := 5 + d.rng.IntN(4)
	for k := range n {
		angle := (float64(k)/float64(n-1) - .5) * 130
		length := spread * d.between(.75, 1.15)
		d.printf(`<path d="M%.0f %.0fq%.0f %.0f 0 %.0fq%.0f %.0f 0 %.0fz" fill="%s" transform="rotate(%.0f %.0f %.0f)"/>`,
			x, y, -length*.26, -length*.55, -length, length*.26, length*.45, length, green.lighter(d.between(-.06, .09)).hex(), angle, x, y)
	}
}

func plantPot(d *drawing) {
	plant(d, 200, 284, 110)
	d.stuff(taper(200, 296, 136, 400, 100, 8), d.matter, 132, 136)
	d.round(box(124, 276, 152, 28, 6), d.matter.lighter(.035), 124, 152)
	d.line("M136 324q64 10 128 0", d.main, 7)
}

func hangingPot(d *drawing) {
	d.line("M200 60L120 232M200 60L280 232", colour{.60, .04, 70}, 4)
	plant(d, 200, 238, 92)
	d.stuff("M116 232h168q0 104-84 108q-84-4-84-108z", d.matter, 116, 168)
	d.round(box(110, 222, 180, 20, 8), d.main, 110, 180)
	green := colour{.56, .11, 140}
	d.line("M130 242q-22 60 2 116M272 242q26 44 6 92", green, 4)
	for _, at := range [][2]float64{{118, 290}, {126, 330}, {134, 356}, {284, 290}, {280, 332}} {
		d.flat(oval(at[0], at[1], 10, 7), green.lighter(.05))
	}
}

func trough(d *drawing) {
	for _, x := range []float64{120, 200, 280} {
		plant(d, x, 312, 74)
	}
	d.stuff(taper(200, 318, 248, 400, 228, 8), d.matter, 76, 248)
	d.round(box(70, 304, 260, 22, 6), d.main, 70, 260)
}

func seedPacket(d *drawing) {
	paper := colour{.97, .02, 90}
	d.round(box(126, 178, 148, 222, 6), paper, 126, 148)
	d.sheet(box(126, 178, 148, 46, 6), d.main)
	d.line("M150 200h100", paper, 6)
	d.printf(`<g transform="translate(60 82) scale(.7)">`)
	stems(d, 200, 400, 3)
	d.printf(`</g>`)
	d.flat(box(126, 362, 148, 38, 4), d.main.lighter(-.06))
	seed := colour{.45, .06, 60}
	for range 6 {
		d.flat(oval(d.between(284, 322), d.between(386, 400), 6, 4), seed)
	}
}

// handle draws the wooden grip of a garden tool.
func handle(d *drawing, top, h float64) {
	d.round(box(187, top, 26, h, 12), d.main, 187, 26)
	d.line(fmt.Sprintf("M189 %.0fh22", top+h-14), d.accent, 5)
	d.line(fmt.Sprintf("M200 %.0fv44", top+h), colour{.62, .012, 250}, 9)
}

// metal is the colour of a tool's head.
func (d *drawing) metal() colour {
	if d.matter.c > .05 && d.matter.l > .7 && d.matter.h < 90 && d.matter.h > 60 { // a handle of wood: the head is steel
		return colour{.76, .012, 250}
	}
	return d.matter
}

func trowel(d *drawing) {
	handle(d, 96, 118)
	d.round("M160 252q40-16 80 0q10 90-40 148q-50-58-40-148z", d.metal(), 160, 80)
}

func handFork(d *drawing) {
	handle(d, 96, 118)
	c := d.metal()
	d.line("M158 400V292q0-34 42-34t42 34v108M200 258v142", c, 13)
	d.line("M158 396V300", c.lighter(.1), 4)
}

func dibber(d *drawing) {
	d.round(box(140, 122, 120, 30, 14), d.main, 140, 120)
	d.grain("M184 150h32v156l-16 94l-16-94z", colour{.76, .065, 72})
	d.flat("M184 318l16 82l16-82z", d.metal())
	for y := 196.0; y < 300; y += 32 {
		d.line(fmt.Sprintf("M184 %.0fh32", y), colour{.48, .05, 60}, 3)
	}
}

func rake(d *drawing) {
	d.line("M200 84V352", colour{.76, .065, 72}, 13)
	d.line("M200 84v86", d.main, 15)
	c := d.metal()
	d.line("M130 358H270", c, 13)
	for x := 134.0; x < 272; x += 22 {
		d.line(fmt.Sprintf("M%.0f 360v36", x), c, 7)
	}
}

func wateringCan(d *drawing) {
	c := d.main
	d.line("M278 282q64 0 56 64q-8 36-58 30M148 280q44-58 104 0", c.lighter(-.13), 13)
	d.flat("M128 372L62 262l22-14l60 66z", c.lighter(-.06))
	d.round("M46 266l44-32l8 14l-42 30z", c.lighter(-.12), 46, 50)
	d.stuff(taper(200, 278, 144, 400, 160, 12), c, 120, 160)
	d.flat(oval(200, 279, 72, 12), c.lighter(-.17))
	for k := range 4 {
		d.line(fmt.Sprintf("M%d %dq-12 10-14 26", 46+12*k, 280-9*k), colour{.78, .07, 230}, 4)
	}
}

func mister(d *drawing) {
	d.jarBody(262, 132, d.main.lighter(.08), .8)
	d.flat("M184 262v-34h-28l-8-24h76l14 20v38z", d.matter.lighter(-.08))
	d.line("M160 228q-8 18-4 34", d.matter.lighter(-.14), 7)
	for k := range 3 {
		d.flat(disc(122-10*float64(k%2), 196+16*float64(k), 4), colour{.78, .07, 230})
	}
}

func rainGauge(d *drawing) {
	d.line("M200 300V400", colour{.70, .07, 68}, 15)
	d.clear(box(174, 136, 52, 206, 20), colour{.92, .02, 210}, .8)
	d.within(box(174, 136, 52, 206, 20), func() { d.flat(box(160, 250-d.between(0, 50), 80, 200, 0), colour{.72, .09, 235}) })
	for y := 170.0; y < 320; y += 22 {
		d.line(fmt.Sprintf("M178 %.0fh16", y), d.main.lighter(-.15), 3)
	}
	d.round(box(166, 216, 68, 18, 6), d.main, 166, 68)
}

func birdHouse(d *drawing) {
	d.line("M200 66v54", colour{.60, .04, 70}, 5)
	d.grain("M200 128l82 84v156H118V212z", d.matter)
	d.sheet("M200 104l108 108l-20 22l-88-88l-88 88l-20-22z", d.main)
	d.flat(disc(200, 248, 27), colour{.28, .03, 50})
	d.line("M200 300v26", colour{.55, .06, 60}, 9)
	d.flat(box(108, 366, 184, 16, 5), d.matter.lighter(-.10))
}

func birdFeeder(d *drawing) {
	d.line("M200 60v76", colour{.60, .04, 70}, 5)
	d.clear(box(150, 196, 100, 150, 6), colour{.92, .02, 210}, .75)
	seeds := colour{.74, .09, 75}
	d.within(box(150, 196, 100, 150, 6), func() {
		d.flat("M140 246q60 20 120-6v120H140z", seeds)
		d.dots(seeds.lighter(-.14), 13, 3)
	})
	d.sheet("M200 118l84 78H116z", d.main)
	d.grain(box(120, 342, 160, 20, 6), d.matter)
	d.line("M112 372h176", d.matter.lighter(-.12), 8)
}

func beeHotel(d *drawing) {
	d.line("M200 72v50", colour{.60, .04, 70}, 5)
	d.grain("M200 116l88 78v186H112V194z", d.matter)
	d.within(box(132, 206, 136, 158, 0), func() {
		d.flat(box(132, 206, 136, 158, 0), d.matter.lighter(-.22))
		for row, y := 0, 218.0; y < 372; row, y = row+1, y+22 {
			for x := 144.0 + 12*float64(row%2); x < 272; x += 25 {
				d.flat(disc(x, y, 10.5), d.matter.lighter(d.between(.02, .10)))
				d.flat(disc(x, y, d.between(3, 6)), colour{.28, .03, 50})
			}
		}
	})
	d.sheet("M200 98l106 98l-16 20l-90-82l-90 82l-16-20z", d.main)
}
