package recommend

import (
	"testing"

	"also/shop"
)

// Cursors come from callers: reading one never panics, and one that is accepted names an answer
// and a place in it.
func FuzzParsePlace(f *testing.F) {
	f.Add(place{"01890a5d-ac96-774b-bcce-b302099a8057", 12}.cursor())
	f.Add("")
	f.Add("eyJhIjoieCIsIm8iOjF9")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePlace(s)
		if err != nil {
			if shop.CodeOf(err) != shop.BadUserInput {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if again, err := parsePlace(p.cursor()); err != nil || again != p || p.Offset < 0 || p.Answer == "" {
			t.Errorf("%q is read as %+v, and that as %+v: %v", s, p, again, err)
		}
	})
}
