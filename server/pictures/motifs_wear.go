package pictures

import "fmt"

func scarf(d *drawing) {
	d.sheet("M222 168l46 178h-58l-32-150z", d.main.lighter(-.07))
	d.sheet("M134 132q66-40 132 0q20 34-14 66q-52 26-104 0q-34-32-14-66z", d.main)
	d.clear(oval(200, 146, 44, 17), d.main.lighter(-.25), .6)
	d.sheet("M146 176h62l-8 198h-62z", d.main.lighter(.02))
	for x := 142.0; x < 200; x += 10 {
		d.line(fmt.Sprintf("M%.0f 372v22", x), d.main.against(.12), 3.4)
	}
	for x := 214.0; x < 268; x += 10 {
		d.line(fmt.Sprintf("M%.0f 346l3 20", x), d.main.against(.12), 3.4)
	}
	d.line("M140 340h60", d.accent, 8)
}

func neckerchief(d *drawing) {
	path := "M84 172q116-44 232 0L200 372z"
	d.sheet(path, d.main)
	d.line("M104 186q96-34 192 0L200 350z", d.accent, 5)
	d.flat("M96 174q-30 8-44-14q18-18 50 4zM304 174q30 8 44-14q-18-18-50 4z", d.main.lighter(-.09))
}

func snood(d *drawing) {
	d.stuff("M108 276q92-50 184 0q30 50 0 96q-92 56-184 0q-30-46 0-96z", d.main, 92, 216)
	d.flat(oval(200, 286, 84, 30), d.main.lighter(-.22))
	for k := range 9 {
		x := 116 + 21*float64(k)
		d.line(fmt.Sprintf("M%.0f %.0fv%.0f", x, 322-(x-200)*(x-200)*.0022, 58.0), d.main.against(.08), 5)
	}
}

// foot draws one sock whose shaft begins at top.
func foot(d *drawing, top float64) {
	path := fmt.Sprintf("M152 %.0fh62v%.0fq0 14 18 20l44 22q24 14 14 36q-8 16-34 14l-72-10q-38-8-36-44z", top, 296-top)
	d.sheet(path, d.main)
	d.within(path, func() {
		d.flat(box(140, top, 90, 28, 0), d.accent)
		d.flat(disc(160, 366, 27), d.accent)
		d.flat(disc(292, 372, 34), d.accent)
	})
	d.line(fmt.Sprintf("M162 %.0fv22M178 %.0fv22M194 %.0fv22", top+3, top+3, top+3), d.accent.lighter(-.11), 3)
}

func sock(d *drawing) {
	d.printf(`<g transform="translate(36 -22)" opacity=".9">`)
	foot(d, 176)
	d.printf(`</g><g transform="translate(-22 12)">`)
	foot(d, 176)
	d.printf(`</g>`)
}

func kneeSock(d *drawing) {
	d.printf(`<g transform="translate(36 0)" opacity=".9">`)
	foot(d, 88)
	d.printf(`</g><g transform="translate(-22 26)">`)
	foot(d, 88)
	d.printf(`</g>`)
}

func beanie(d *drawing) {
	d.round(disc(200, 206, 25), d.accent, 175, 50)
	d.stuff("M118 352q-6-132 82-132t82 132z", d.main, 118, 164)
	d.round(box(106, 340, 188, 60, 17), d.main.lighter(-.06), 106, 188)
	for x := 124.0; x < 290; x += 18 {
		d.line(fmt.Sprintf("M%.0f 346v48", x), d.main.lighter(-.15), 3.4)
	}
}

func sunHat(d *drawing) {
	body := d.matter
	d.round(oval(200, 368, 134, 32), body.lighter(-.04), 66, 268)
	d.stuff("M130 362q-4-92 70-92t70 92q-70 22-140 0z", body, 130, 140)
	d.flat("M129 336q71 24 142 0v26q-71 22-142 0z", d.main)
	d.flat("M262 346l34 14l-6 12l18 10l-50-8z", d.main.lighter(-.08))
}

func cap(d *drawing) {
	d.flat("M232 354q90-8 92 26q-40 20-112 12z", d.main.lighter(-.12))
	d.stuff("M98 368q-2-104 92-104t94 100q-90 34-186 4z", d.main, 98, 186)
	d.line("M190 264q-30 46-28 116M190 264q34 40 34 110", d.main.lighter(-.12), 3)
	d.flat(disc(190, 264, 9), d.accent)
	d.mark(192, 330, 20)
}

func apron(d *drawing) {
	d.line("M158 150q42-100 84 0", d.accent, 7)
	d.line("M118 246q-40 4-60 40M282 246q40 4 60 40", d.accent, 7)
	path := "M156 144h88q2 70 42 96v150q0 14-14 14H128q-14 0-14-14V240q40-26 42-96z"
	d.sheet(path, d.main)
	d.sheet(box(146, 286, 108, 70, 8), d.main.lighter(-.06))
	d.line("M146 290h108", d.accent, 5)
}
