package pictures

import "fmt"

func teaTin(d *drawing) {
	d.stuff(box(134, 214, 132, 186, 8), d.main, 134, 132)
	d.round(box(130, 198, 140, 34, 8), d.main.lighter(-.12), 130, 140)
	d.label(200, 314, 92, 84)
}

func teaPacket(d *drawing) {
	d.stuff("M136 236l12-22h104l12 22v164H136z", d.main, 136, 128)
	d.flat("M148 214h104l-8-22h-88z", d.main.lighter(-.10))
	d.line("M146 206h108", d.accent, 5)
	d.label(200, 318, 86, 80)
}

func coffeeBag(d *drawing) {
	d.stuff("M128 226q8-16 4-36h136q-4 20 4 36l6 174H122z", d.main, 122, 156)
	d.flat(box(126, 178, 148, 22, 4), d.main.lighter(-.13))
	d.flat(disc(200, 236, 6), d.main.lighter(-.22))
	d.label(200, 320, 94, 84)
	bean := colour{.36, .05, 50}
	for _, at := range [][3]float64{{92, 392, 20}, {300, 390, -25}, {318, 398, 10}} {
		d.printf(`<g transform="rotate(%.0f %.0f %.0f)">`, at[2], at[0], at[1])
		d.flat(oval(at[0], at[1], 13, 8.5), bean)
		d.line(fmt.Sprintf("M%.0f %.0fq11-5 22 0", at[0]-11, at[1]), bean.lighter(.14), 2)
		d.printf(`</g>`)
	}
}

func teapot(d *drawing) {
	d.line("M284 312q62-14 58 34q-4 38-66 34", d.main.lighter(-.10), 14)
	d.flat("M124 322q-34-4-48-46l-22 4q12 66 76 92z", d.main.lighter(-.05))
	d.stuff("M200 268q98 0 98 72q0 60-60 60h-76q-60 0-60-60q0-72 98-72z", d.main, 102, 196)
	d.round("M148 276q4-26 52-26t52 26z", d.main.lighter(.04), 148, 104)
	d.round(disc(200, 240, 12), d.matter, 188, 24)
}

func kettle(d *drawing) {
	d.line("M130 282q0-92 70-92t70 92", d.main.lighter(-.16), 13)
	d.flat("M112 332q-30-10-44-44l-18 8q14 56 66 76z", d.matter.lighter(-.07))
	d.round("M200 262q90 0 98 108q2 30-26 30H128q-28 0-26-30q8-108 98-108z", d.matter, 102, 196)
	d.flat(box(101, 366, 198, 12, 0), d.main)
	d.round(box(168, 252, 64, 16, 8), d.main, 168, 64)
	d.round(disc(200, 244, 10), d.main.lighter(-.10), 190, 20)
}

func infuser(d *drawing) {
	chain := colour{.66, .015, 250}
	d.line("M200 330q-30-60 10-110t0-92", chain, 4)
	d.round(disc(200, 120, 17), d.main, 183, 34)
	d.round(disc(200, 358, 42), d.matter, 158, 84)
	d.within(disc(200, 358, 42), func() { d.dots(d.matter.lighter(-.25), 14, 2.6) })
	d.flat(box(156, 353, 88, 9, 4), d.matter.lighter(-.13))
}

func mug(d *drawing) {
	d.line("M262 296q56-8 56 40t-58 42", d.main.lighter(-.07), 16)
	d.stuff(taper(196, 256, 144, 400, 136, 20), d.main, 124, 144)
	d.flat(oval(196, 256, 72, 14), d.main.lighter(.09))
	d.flat(oval(196, 258, 61, 10), colour{.40, .06, 50})
	steam(d, 196, 230)
}

func cup(d *drawing) {
	d.round("M92 384h216q-8 16-40 16H132q-32 0-40-16z", d.matter.lighter(.02), 92, 216)
	d.line("M270 312q46-8 42 22q-6 28-62 24", d.main.lighter(-.07), 12)
	d.stuff("M118 292h164q0 92-54 94h-56q-54-2-54-94z", d.main, 118, 164)
	d.flat(oval(200, 292, 82, 15), d.main.lighter(.09))
	d.flat(oval(200, 294, 70, 11), colour{.62, .10, 62})
	steam(d, 200, 264)
}

func espressoCup(d *drawing) {
	d.round("M112 386h176q-8 14-34 14H146q-26 0-34-14z", d.accent, 112, 176)
	d.line("M248 328q36-6 34 18q-4 22-44 20", d.main.lighter(-.07), 10)
	d.stuff("M142 308h116q2 78-38 80h-40q-40-2-38-80z", d.main, 142, 116)
	d.flat(oval(200, 308, 58, 11), d.main.lighter(.09))
	d.flat(oval(200, 310, 48, 8), colour{.34, .05, 48})
	steam(d, 200, 284)
}

func honeyJar(d *drawing) {
	gold := colour{d.between(.68, .78), .13, d.between(70, 84)}
	path := "M138 244h124q22 34 22 78q0 78-36 78H152q-36 0-36-78q0-44 22-78z"
	d.round(path, gold, 116, 168)
	d.sheet("M130 246q-4-36 70-36t70 36l14 12H116z", d.main)
	d.line("M134 248h132", d.accent, 6)
	d.label(200, 334, 92, 74)
}

func jamJar(d *drawing) {
	fruit := []colour{{.46, .13, 350}, {.62, .16, 45}, {.42, .12, 20}, {.50, .11, 330}}[d.rng.IntN(4)]
	path := "M146 242h108q12 8 14 26v112q0 20-20 20H152q-20 0-20-20V268q2-18 14-26z"
	d.round(path, fruit, 132, 136)
	d.sheet(box(134, 204, 132, 38, 9), d.main)
	d.line("M136 240h128", d.main.lighter(-.16), 3)
	d.label(200, 326, 90, 70)
}

// flame burns over a wick.
func flame(d *drawing, x, y, r float64) {
	d.line(fmt.Sprintf("M%.0f %.0fv-12", x, y), colour{.30, .02, 60}, 3.5)
	d.flat(fmt.Sprintf("M%.1f %.1fc%.1f %.1f %.1f %.1f 0 %.1fc%.1f %.1f %.1f %.1f 0 %.1fz", x, y-12-2.6*r, r*1.5, r*1.3, r, 2.6*r, 2.6*r, -r, 0.0, -r*1.5, -r*1.3, -2.6*r), colour{.86, .13, 88})
	d.flat(oval(x, y-13-r*.5, r*.42, r*.8), colour{.94, .07, 95})
}

func candle(d *drawing) {
	d.stuff(box(146, 278, 108, 122, 12), d.main, 146, 108)
	d.flat(oval(200, 280, 50, 9), colour{.92, .05, 90})
	flame(d, 200, 280, 12)
	d.label(200, 348, 72, 56)
}

func teaLights(d *drawing) {
	for _, at := range [][2]float64{{150, 352}, {250, 352}, {200, 400}, {104, 400}, {296, 400}} {
		d.round(taper(at[0], at[1]-30, 70, at[1], 60, 8), d.main.lighter(d.between(-.04, .05)), at[0]-35, 70)
		d.flat(oval(at[0], at[1]-30, 35, 7), colour{.93, .05, 90})
		flame(d, at[0], at[1]-30, 8)
	}
}

func pillar(d *drawing) {
	d.round(oval(200, 388, 92, 14), d.matter.lighter(-.06), 108, 184)
	d.stuff(box(152, 206, 96, 182, 10), d.main, 152, 96)
	d.flat(oval(200, 208, 48, 10), d.main.lighter(.08))
	d.flat("M236 208q14 20 4 52q-8-6-10-40z", d.main.lighter(.06))
	flame(d, 200, 208, 12)
}
