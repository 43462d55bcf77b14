package pictures

import "fmt"

func backpack(d *drawing) {
	d.line("M164 172q36-50 72 0", d.main.lighter(-.15), 11)
	d.stuff("M118 236q0-74 82-74t82 74v144q0 20-22 20H140q-22 0-22-20z", d.main, 118, 164)
	d.sheet("M118 232q0-70 82-70t82 70q-82 30-164 0z", d.main.lighter(-.08))
	d.round(box(146, 304, 108, 78, 13), d.main.lighter(.05), 146, 108)
	d.line("M168 246v56M232 246v56", d.accent, 9)
	d.flat(box(161, 276, 14, 18, 3), colour{.78, .08, 85})
	d.flat(box(225, 276, 14, 18, 3), colour{.78, .08, 85})
}

func dayBag(d *drawing) {
	d.line("M150 262q0-116 50-116t50 116", d.accent.lighter(-.06), 11)
	d.stuff(taper(200, 244, 176, 400, 156, 16), d.main, 112, 176)
	d.flat(box(112, 244, 176, 16, 0), d.main.lighter(-.11))
	d.label(200, 330, 72, 60)
}

func rollTop(d *drawing) {
	d.stuff("M124 222h152l6 160q0 18-20 18H138q-20 0-20-18z", d.main, 118, 164)
	d.round(box(120, 186, 160, 40, 17), d.main.lighter(-.08), 120, 160)
	d.line("M200 184v96", d.accent, 11)
	d.flat(box(188, 262, 24, 26, 4), colour{.78, .08, 85})
	d.line("M150 330h100", d.main.lighter(-.15), 4)
}

func flask(d *drawing) {
	d.round(box(172, 140, 56, 52, 10), d.matter.lighter(-.06), 172, 56)
	d.stuff("M166 190h68q24 18 24 52v138q0 20-20 20h-76q-20 0-20-20V242q0-34 24-52z", d.main, 142, 116)
	d.line("M142 364h116", d.accent, 9)
	d.mark(200, 292, 22)
}

func lunchBox(d *drawing) {
	d.round(box(94, 318, 212, 82, 20), d.matter, 94, 212)
	d.stuff(box(88, 276, 224, 50, 18), d.main, 88, 224)
	d.flat(box(184, 308, 32, 32, 7), d.accent)
	d.line("M136 276q64-46 128 0", d.matter.lighter(-.12), 9)
}

func lantern(d *drawing) {
	d.line("M148 216q0-96 52-96t52 96", colour{.55, .02, 250}, 6)
	d.clear(disc(200, 300, 120), colour{.95, .10, 90}, .4)
	d.round("M158 214h84l16 30H142z", d.main, 142, 116)
	d.round(box(182, 190, 36, 26, 8), d.main.lighter(-.1), 182, 36)
	d.clear("M148 244h104q22 56 0 112H148q-22-56 0-112z", colour{.94, .05, 95}, .85)
	flame(d, 200, 348, 15)
	d.line("M148 244q-22 56 0 112M252 244q22 56 0 112", d.matter, 6)
	d.round(taper(200, 354, 128, 400, 144, 12), d.main, 128, 144)
}

func headTorch(d *drawing) {
	d.line("M96 240q0-90 104-90t104 90q0 40-30 76M96 240q0 40 30 76q74 50 148 0", d.main, 26)
	d.line("M96 240q0-90 104-90t104 90", d.accent, 6)
	d.round(box(154, 298, 92, 72, 18), colour{.34, .015, 260}, 154, 92)
	d.flat(disc(200, 334, 27), colour{.95, .10, 92})
	d.flat(disc(200, 334, 15), colour{.99, .02, 95})
}

func stool(d *drawing) {
	d.line("M124 396L264 262M276 396L136 262", d.matter.lighter(-.05), 14)
	d.flat(disc(200, 328, 8), colour{.70, .02, 250})
	d.stuff("M104 246q96 34 192 0v26q-96 40-192 0z", d.main, 104, 192)
	d.line("M106 258h20M274 258h20", d.accent, 8)
}

func rolled(d *drawing) {
	d.stuff(box(96, 320, 208, 80, 38), d.main, 96, 208)
	d.flat(oval(292, 360, 17, 39), d.main.lighter(.06))
	d.line("M292 340q14 20 0 38q-10-14 0-28", d.main.lighter(-.14), 3.4)
	for _, x := range []float64{142, 242} {
		d.line(fmt.Sprintf("M%.0f 320q-9 40 0 80", x), d.accent.lighter(-.1), 11)
	}
	d.line("M142 320q50-62 100 0", d.accent.lighter(-.1), 10)
}

func hammock(d *drawing) {
	rope := colour{.80, .05, 80}
	d.line("M40 130L96 230M360 130L304 230M40 130l84 132M360 130l-84 132", rope, 4)
	d.stuff("M92 226q108 80 216 0q-12 130-108 132q-96-2-108-132z", d.main, 92, 216)
	for x := 130.0; x < 280; x += 15 {
		d.line(fmt.Sprintf("M%.0f %.0fv26", x, 344-(x-200)*(x-200)*.006), d.accent, 3)
	}
}
