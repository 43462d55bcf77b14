package pictures

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"testing"
)

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
}

var someHues = []string{"teal", "sage", "coral", "plum", "mustard", "oat", "chalk white", "charcoal", "sky blue", "clay red"}

var somePatterns = []string{"plain", "striped", "dotted", "checked", "floral", "woven"}

func subject(k int, name string) Subject {
	return Subject{
		SKU: fmt.Sprintf("T-%04d", k), Name: "Ashgrove " + name + ", small", Categories: []string{"things"},
		Attributes: map[string]string{
			"colour": someHues[k%len(someHues)], "pattern": somePatterns[k%len(somePatterns)], "size": []string{"small", "medium", "large"}[k%3],
			"material": []string{"oak", "glass", "stoneware", "copper"}[k%4],
		},
	}
}

func names() []string {
	var all []string
	for name := range motifs {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}

func TestEveryMotifIsAnImage(t *testing.T) {
	for k, name := range names() {
		svg := Draw(subject(k, name))
		wellFormed(t, svg)
		if strings.Contains(string(svg), "NaN") || strings.Contains(string(svg), "%!") {
			t.Errorf("%s: a number went wrong: %s", name, svg)
		}
		if len(svg) > 64<<10 {
			t.Errorf("%s: %d bytes", name, len(svg))
		}
	}
	for k := range plain {
		wellFormed(t, Draw(Subject{SKU: fmt.Sprint(k), Categories: []string{fmt.Sprint("unknown ", k)}}))
	}
}

func TestPicturesDependOnTheProductOnly(t *testing.T) {
	if !bytes.Equal(Draw(subject(7, "mug")), Draw(subject(7, "mug"))) {
		t.Error("the same product gave two pictures")
	}
	known := map[string]int{}
	for k := range 200 {
		s := subject(0, "mug") // all alike but for their sku
		s.SKU = fmt.Sprintf("MUG-%04d", k)
		svg := string(Draw(s))
		if before, twice := known[svg]; twice {
			t.Errorf("products %d and %d look the same", before, k)
		}
		known[svg] = k
	}
}

func TestSizeShows(t *testing.T) {
	small, large := subject(0, "jar"), subject(0, "jar")
	small.Attributes = map[string]string{"size": "small"}
	large.Attributes = map[string]string{"size": "large"}
	if bytes.Equal(Draw(small), Draw(large)) {
		t.Error("a large jar looks like a small one")
	}
}

func TestTheLongestNameWins(t *testing.T) {
	f := func(name, want string) {
		t.Helper()
		got, ok := longest(name)
		if wanted, known := motifs[want]; !ok || !known || fmt.Sprintf("%p", got.draw) != fmt.Sprintf("%p", wanted.draw) {
			t.Errorf("%q does not look like a %s", name, want)
		}
	}
	f("Kettlestone stoneware espresso cup, small", "espresso cup")
	f("Ashgrove merino knee socks, large", "knee socks")
	f("Emberdale paper table lamp", "table lamp")
	f("STRAIGHT BOURBON WHISKIES", "whiskies")
	if _, ok := longest("Potsdam"); ok {
		t.Error("a part of a word is no word")
	}
}

// TestSheet writes a sheet of all motifs to look at, where PICTURES names a file.
func TestSheet(t *testing.T) {
	file := os.Getenv("PICTURES")
	if file == "" {
		t.Skip("set PICTURES=/tmp/sheet.html to look at all pictures")
	}
	var b strings.Builder
	b.WriteString(`<body style="margin:12px;display:grid;grid-template-columns:repeat(12,1fr);gap:10px;background:#faf8f5;font:10px sans-serif">`)
	for k, name := range names() {
		fmt.Fprintf(&b, `<div><div style="border-radius:8px;overflow:hidden;line-height:0">%s</div>%s</div>`,
			strings.NewReplacer(`id="c`, fmt.Sprintf(`id="p%d_c`, k), `url(#c`, fmt.Sprintf(`url(#p%d_c`, k), `width="400" height="500" role`, `style="width:100%;height:auto" role`).Replace(string(Draw(subject(k, name)))), name)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
