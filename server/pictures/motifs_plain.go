package pictures

func bottle(d *drawing) {
	glass := d.main
	if d.rng.IntN(2) == 0 {
		glass = colour{.55, .07, 140}
	}
	necks := []string{
		"M184 150h32v60q34 16 34 58v112q0 20-20 20h-60q-20 0-20-20V268q0-42 34-58z",
		"M182 150h36v52l40 40v138q0 20-18 20h-80q-18 0-18-20V242l40-40z",
		"M184 140h32q-2 60 16 92q14 24 14 60v88q0 20-20 20h-52q-20 0-20-20v-88q0-36 14-60q18-32 16-92z",
	}
	path := necks[d.rng.IntN(len(necks))]
	d.round(path, glass, 148, 104)
	d.round(box(180, 120, 40, 36, 6), d.accent.lighter(-.12), 180, 40)
	d.within(path, func() {
		paper := colour{.95, .02, d.accent.h}
		d.flat(box(140, 282, 120, 82, 0), paper)
		d.flat(box(140, 282, 120, 12, 0), d.accent)
	})
	d.mark(200, 328, 20)
}

func parcel(d *drawing) {
	d.stuff(box(100, 262, 200, 138, 8), d.main, 100, 200)
	d.flat("M100 262l26-36h148l26 36z", d.main.lighter(.06))
	d.line("M200 226v174M100 326h200", d.accent, 12)
	d.flat("M200 226q-40-44-52-10q8 22 52 10q44 12 52-10q-12-34-52 10z", d.accent)
}

func carton(d *drawing) {
	d.stuff(box(120, 218, 160, 182, 7), d.main, 120, 160)
	d.flat("M120 218l40-44h80l40 44z", d.main.lighter(-.09))
	d.label(200, 312, 104, 92)
}

func pouch(d *drawing) {
	d.stuff("M132 218h136l16 182H116z", d.main, 116, 168)
	d.flat(box(128, 196, 144, 26, 5), d.main.lighter(-.12))
	d.label(200, 316, 90, 80)
}

func clock(d *drawing) {
	d.round(disc(200, 314, 86), d.main, 114, 172)
	d.flat(disc(200, 314, 68), colour{.96, .012, 90})
	d.line("M200 314v-44M200 314l30 18", d.main.lighter(-.2), 7)
	d.flat(disc(200, 314, 6), d.accent)
	d.line("M200 254v6M200 368v6M140 314h6M254 314h6", d.main.lighter(-.1), 5)
}
