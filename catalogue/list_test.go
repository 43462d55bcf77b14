package catalogue

import (
	"slices"
	"testing"

	"also/shop"
)

// Cursors come from callers: reading one never panics, and one that is accepted means the
// same when written again.
func FuzzParseCursor(f *testing.F) {
	f.Add((&key{Sort: SortNewest, Number: -5, SKU: "a"}).cursor())
	f.Add("")
	f.Add("e30")
	f.Fuzz(func(t *testing.T, s string) {
		k, err := parseCursor(s, SortNewest)
		if err != nil {
			if shop.CodeOf(err) != shop.BadUserInput {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		again, err := parseCursor(k.cursor(), SortNewest)
		if err != nil || again.compare(k) != 0 {
			t.Errorf("%q is read as %+v, and that as %+v: %v", s, k, again, err)
		}
	})
}

// A search reads any text.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "Crème brûlée 2", "ＡＢＣ", "\xff", "a-b_c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var words []string
		eachWord(s, func(w string) { words = append(words, w) })
		for _, w := range words {
			again := []string{}
			eachWord(w, func(w string) { again = append(again, w) })
			if w == "" || !slices.Equal(again, []string{w}) {
				t.Errorf("%q holds the word %q, which holds %q", s, w, again)
			}
		}
	})
}
