package catalogue

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// distance is the definition: the fewest letters put in, taken out, changed, or neighbours swapped and then left
// alone.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
		for j := range b {
			if d[0][j+1] = j + 1; i == 0 {
				continue
			}
			cost := 1
			if a[i-1] == b[j] {
				cost = 0
			}
			d[i][j+1] = min(d[i-1][j]+cost, d[i-1][j+1]+1, d[i][j]+1)
			if i > 1 && j > 0 && a[i-1] == b[j-1] && a[i-2] == b[j] {
				d[i][j+1] = min(d[i][j+1], d[i-2][j-1]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// The walk finds just what the definition says.
func TestMisspeltAgreesWithTheDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		n := 1 + rng.IntN(7)
		return strings.Map(func(rune) rune { return []rune("abcé")[rng.IntN(4)] }, strings.Repeat("x", n))
	}
	for range 300 {
		var words []string
		for range 60 {
			words = append(words, word())
		}
		slices.Sort(words)
		words = slices.Compact(words)
		target, most := word(), 1+rng.IntN(2)
		var want, got []string
		for _, w := range words {
			letters := []rune(w)
			whole, begins := distance(letters, []rune(target)), len(letters)+len(target)
			for n := range len(letters) + 1 {
				begins = min(begins, distance(letters[:n], []rune(target)))
			}
			if whole <= most && whole <= begins {
				want = append(want, fmt.Sprint(w, whole, true))
			} else if begins <= most {
				want = append(want, fmt.Sprint(w, begins, false))
			}
		}
		misspelt(words, target, most, func(one typo) { got = append(got, fmt.Sprint(one.word, one.typos, one.whole)) })
		if !slices.Equal(got, want) {
			t.Fatalf("%q within %d of %v:\n got %v\nwant %v", target, most, words, got, want)
		}
	}
}

func TestForms(t *testing.T) {
	f := func(many, one string) {
		t.Helper()
		if !slices.Contains(formsOf(nil, many), one) {
			t.Errorf("%s is not a form of %s", one, many)
		}
		if !slices.Contains(formsOf(nil, one), many) {
			t.Errorf("%s is not a form of %s", many, one)
		}
	}
	if !slices.Contains(formsOf(nil, "pannen"), "pan") {
		t.Error("pan is not a form of pannen")
	}
	f("pans", "pan")
	f("boxes", "box")
	f("berries", "berry")
	f("knives", "knife")
	f("shelves", "shelf")
	f("betten", "bett")
	f("lampen", "lampe")
	f("bretter", "brett")
	f("borden", "bord")
	f("chevaux", "cheval")
	f("gateaux", "gateau")
	f("platos", "plato")
	f("piatti", "piatto")
	f("tazze", "tazza")
}
