package pictures

import "fmt"

func cushion(d *drawing) {
	path := "M98 208q102 22 204 0q-18 96 0 190q-102-20-204 0q18-94 0-190z"
	d.stuff(path, d.main, 98, 204)
	d.line(path, d.accent, 4)
}

func floorCushion(d *drawing) {
	d.stuff("M78 326q0-34 122-34t122 34v40q0 34-122 34T78 366z", d.main, 78, 244)
	d.flat(oval(200, 324, 120, 31), d.main.lighter(.06))
	d.within(oval(200, 324, 120, 31), func() { d.weave(d.main.lighter(.06)) })
	d.flat(disc(200, 324, 9), d.accent)
	d.line("M80 364q120 44 240 0", d.accent, 4)
}

func seatPad(d *drawing) {
	d.stuff(oval(200, 300, 112, 100), d.main, 88, 224)
	d.line(oval(200, 300, 96, 84), d.main.lighter(-.13), 3)
	for _, at := range [][2]float64{{160, 264}, {240, 264}, {160, 336}, {240, 336}} {
		d.flat(disc(at[0], at[1], 7), d.accent)
	}
	d.line("M108 372q-22 10-18 28M292 372q22 10 18 28", d.accent, 6)
}

func blanket(d *drawing) {
	for k := range 4 {
		y := 362 - 38*float64(k)
		d.sheet(box(96, y, 208, 37, 18), d.main.lighter([]float64{0, .03, -.02, .04}[k]))
		d.line(fmt.Sprintf("M104 %.0fq96 6 192 0", y+35), d.main.lighter(-.15), 2.5)
	}
	for x := 104.0; x < 300; x += 12 {
		d.line(fmt.Sprintf("M%.0f 284v14", x), d.main.against(.12), 3)
	}
	d.line("M232 250v150", d.accent, 7)
}

func throwOver(d *drawing) {
	d.line("M70 132H330", colour{.68, .075, 66}, 13)
	d.sheet("M108 128h184v196l-14 16H122l-14-16z", d.main)
	d.clear("M226 128h66v196l-14 16h-52z", d.main.lighter(-.2), .22)
	for x := 114.0; x < 290; x += 13 {
		d.line(fmt.Sprintf("M%.0f 338v24", x), d.main.against(.10), 3.4)
	}
}

func quilt(d *drawing) {
	colours := []colour{d.main, d.accent, d.main.lighter(.10), d.accent.lighter(.13), d.main.lighter(-.09)}
	path := "M92 222q108-18 216 0v178H92z"
	d.within(path, func() {
		for row, y := 0, 205.0; y < 400; row, y = row+1, y+40 {
			for x := 80.0; x < 320; x += 40 {
				c := colours[d.rng.IntN(len(colours))]
				d.flat(box(x, y, 40, 40, 0), c)
				if d.rng.IntN(2) == 0 {
					d.flat(fmt.Sprintf("M%.0f %.0fl40 40h-40z", x, y), colours[d.rng.IntN(len(colours))])
				}
			}
		}
	})
	d.line(path, d.main.lighter(-.16), 6)
}

// stems stand in a vase.
func stems(d *drawing, x, y float64, n int) {
	green := colour{.55, .10, 140}
	for k := range n {
		lean := (float64(k) - float64(n-1)/2) * 34
		tx, ty := x+lean, y-d.between(74, 112)
		d.line(fmt.Sprintf("M%.0f %.0fQ%.0f %.0f %.0f %.0f", x, y, x+lean*.2, y-50, tx, ty), green, 4)
		if k%2 == 0 {
			for p := range 6 {
				d.printf(`<ellipse cx="%.0f" cy="%.0f" rx="7" ry="12" fill="%s" transform="rotate(%d %.0f %.0f)"/>`, tx, ty-11, d.accent.lighter(.05).hex(), 60*p, tx, ty)
			}
			d.flat(disc(tx, ty, 7), colour{.82, .13, 90})
		} else {
			d.flat(fmt.Sprintf("M%.0f %.0fq-16-22 0-46q16 24 0 46z", tx, ty+8), green.lighter(.07))
		}
	}
}

func vase(d *drawing) {
	stems(d, 200, 230, 3)
	path := "M176 222h48q-8 40 26 76q26 44-12 102h-76q-38-58-12-102q34-36 26-76z"
	d.stuff(path, d.main, 140, 120)
}

func budVase(d *drawing) {
	stems(d, 200, 256, 1)
	d.stuff("M188 250h24q-4 50 24 74q24 52-12 76h-48q-36-24-12-76q28-24 24-74z", d.main, 152, 96)
}

func jug(d *drawing) {
	d.line("M250 252q70-6 62 54q-6 44-60 46", d.main.lighter(-.09), 14)
	d.stuff("M142 222q56 14 116 0q-4 34 10 62q30 66-16 116H148q-46-50-16-116q14-28 10-62z", d.main, 124, 152)
	d.flat("M142 222q-8-12-26-8q10 16 32 34z", d.main.lighter(-.05))
	d.flat(oval(200, 222, 58, 9), d.main.lighter(-.16))
}

func tableLamp(d *drawing) {
	d.clear(oval(200, 300, 140, 60), colour{.95, .08, 92}, .5)
	d.round(oval(200, 390, 56, 10), d.matter.lighter(-.08), 144, 112)
	d.round("M186 286h28q-6 30 12 52q14 40-12 52h-28q-26-12-12-52q18-22 12-52z", d.matter, 170, 60)
	d.stuff("M150 166h100l42 122H108z", d.main, 108, 184)
	d.line("M108 288h184", d.main.lighter(-.16), 5)
}

func deskLamp(d *drawing) {
	d.round(oval(176, 390, 64, 11), d.matter.lighter(-.10), 112, 128)
	d.line("M176 386L140 286L232 214", d.matter.lighter(-.04), 10)
	d.flat(disc(140, 286, 10), d.accent)
	d.clear("M206 236l88 36l-6 118h-140z", colour{.95, .08, 92}, .35)
	d.round("M220 184q66 0 82 72l-94-10q-8-50 12-62z", d.main, 206, 96)
}

func nightLight(d *drawing) {
	d.clear(disc(200, 310, 128), colour{.95, .09, 92}, .45)
	d.stuff("M200 246q66 0 66 74q0 58-34 68h-64q-34-10-34-68q0-74 66-74z", d.main.lighter(.07), 134, 132)
	d.round(box(152, 376, 96, 24, 9), d.matter, 152, 96)
	d.mark(200, 316, 24)
}

func rug(d *drawing) {
	d.sheet("M104 268h192l60 132H44z", d.main)
	d.line("M116 282h168l42 104H74z", d.accent, 6)
	for x := 48.0; x < 356; x += 14 {
		d.line(fmt.Sprintf("M%.0f 400v12", x), d.main.against(.14), 3.4)
	}
}

func runner(d *drawing) {
	d.sheet("M158 222h84l26 178H132z", d.main)
	d.line("M170 232h60l20 156h-100z", d.accent, 5)
	for x := 136.0; x < 268; x += 13 {
		d.line(fmt.Sprintf("M%.0f 400v12", x), d.main.against(.14), 3.4)
	}
}

func doormat(d *drawing) {
	d.flat("M92 322h216l32 78H60z", d.matter.lighter(-.10))
	d.sheet("M92 314h216l32 78H60z", d.matter)
	d.line("M106 326h188l20 54H86z", d.main, 8)
	d.mark(200, 354, 20)
}
