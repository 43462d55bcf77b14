package catalogue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are what decomposing leaves whole and people write in two ways.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// Plain returns a text as searches compare it: in lower case without accents.
func Plain(s string) string { return plain(s) }

// plain returns s in lower case without accents.
func plain(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return letters.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s)))
}

// eachWord calls f with every run of letters and digits of s, made plain.
func eachWord(s string, f func(word string)) {
	for w := range strings.FieldsFuncSeq(plain(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		f(w)
	}
}

// ending is how a plural's end is written in the singular.
type ending struct{ many, one string }

// endings of nouns in English, German, Dutch, French, Spanish and Italian, without accents.
var endings = []ending{
	{"ies", "y"}, {"ves", "f"}, {"ves", "fe"}, {"es", ""}, {"s", ""}, // berries, shelves, knives, boxes, pans
	{"nen", ""}, {"en", ""}, {"en", "e"}, {"n", ""}, {"er", ""}, {"e", ""}, // Schüsseln, Betten, Gläser, Töpfe; borden
	{"aux", "al"}, {"x", ""}, // chevaux, gâteaux
	{"i", "o"}, {"i", "e"}, {"e", "a"}, // piatti, bicchieri, tazze
}

// leastForm is how many bytes a word needs to have other forms.
const leastForm = 3

// formsOf appends the forms in number that a word may have in one of several languages, the word
// itself left out. Most are no words at all: whoever asks looks which ones the catalogue has.
func formsOf(dst []string, word string) []string {
	add := func(form string) {
		if len(form) >= leastForm && form != word {
			dst = append(dst, form)
		}
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(word, e.many); ok && len(stem) >= leastForm-1 {
			add(stem + e.one)
			if n := len(stem); e.many == "en" && e.one == "" && n >= 2 && stem[n-1] == stem[n-2] {
				add(stem[:n-1]) // pannen: pan
			}
		}
		if stem, ok := strings.CutSuffix(word, e.one); ok && len(stem) >= leastForm-1 {
			add(stem + e.many)
		}
	}
	return dst
}
