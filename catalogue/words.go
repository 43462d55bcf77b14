package catalogue

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"also/shop"
)

// words indexes the words of a page's products.
type words struct {
	name wordList // of names and skus
	all  wordList // and of attributes and descriptions
}

// wordList is sorted words, and which rows hold each.
type wordList struct {
	words []string
	rows  []*bitset
}

func wordsOf(rows *[pageSize]*shop.Product) *words {
	name, all := map[string]*bitset{}, map[string]*bitset{}
	for i, p := range rows {
		if p == nil {
			continue
		}
		for _, text := range []string{p.Name, p.SKU} {
			eachWord(text, func(w string) {
				mark(name, w, i)
				mark(all, w, i)
			})
		}
		// A sku is also one word, whatever signs it has.
		mark(name, plain(p.SKU), i)
		mark(all, plain(p.SKU), i)
		eachWord(p.Description, func(w string) { mark(all, w, i) })
		for _, v := range p.Attributes {
			eachWord(v, func(w string) { mark(all, w, i) })
		}
	}
	return &words{name: listOf(name), all: listOf(all)}
}

func listOf(m map[string]*bitset) wordList {
	l := wordList{words: make([]string, 0, len(m))}
	for w := range m {
		l.words = append(l.words, w)
	}
	slices.Sort(l.words)
	for _, w := range l.words {
		l.rows = append(l.rows, m[w])
	}
	return l
}

// whole returns the rows that hold the word itself.
func (l wordList) whole(word string) bitset {
	if i, ok := slices.BinarySearch(l.words, word); ok {
		return *l.rows[i]
	}
	return bitset{}
}

// prefix returns the rows that hold a word with that beginning.
func (l wordList) prefix(word string) bitset {
	var out bitset
	for i := sort.SearchStrings(l.words, word); i < len(l.words) && strings.HasPrefix(l.words[i], word); i++ {
		out.or(l.rows[i])
	}
	return out
}

// part returns the rows that hold a word with that part.
func (l wordList) part(word string) bitset {
	var out bitset
	for i, w := range l.words {
		if strings.Contains(w, word) {
			out.or(l.rows[i])
		}
	}
	return out
}

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
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}

// eachWord calls f with every run of letters and digits of s, made plain.
func eachWord(s string, f func(word string)) {
	for w := range strings.FieldsFuncSeq(plain(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		f(w)
	}
}

// hasWord reports that a word of s begins with, or with part contains, word.
func hasWord(s, word string, part bool) bool {
	found := false
	eachWord(s, func(w string) {
		found = found || strings.HasPrefix(w, word) || part && strings.Contains(w, word)
	})
	return found
}

// wordPlan is one word of a search.
type wordPlan struct {
	word       string
	part       bool     // no word begins with it: look inside words
	vendors    []string // whose name has it
	categories []string // whose name has it, and all below those
}

// maxWords is how many words of a search are read.
const maxWords = 10

// search returns the plans of the words of a text.
func (s *Snapshot) search(text string) []wordPlan {
	if len(text) > MaxText {
		text = strings.ToValidUTF8(text[:MaxText], "")
	}
	var plans []wordPlan
	add := func(w string) {
		if len(plans) < maxWords {
			plans = append(plans, s.searchWord(w, false))
		}
	}
	for field := range strings.FieldsSeq(plain(text)) {
		if s.anyPrefix(field) {
			add(field) // a sku with signs in it, or a plain word
		} else {
			eachWord(field, add)
		}
	}
	for i, p := range plans {
		if len(p.vendors) > 0 || len(p.categories) > 0 || s.anyPrefix(p.word) {
			continue
		}
		plans[i] = s.searchWord(p.word, true)
	}
	return plans
}

func (s *Snapshot) searchWord(word string, part bool) wordPlan {
	p := wordPlan{word: word, part: part}
	for _, v := range s.vendors.sorted {
		if hasWord(v.Name, word, part) {
			p.vendors = append(p.vendors, v.ID)
		}
	}
	for _, c := range s.categories.sorted {
		if hasWord(c.Name, word, part) {
			p.categories = s.categories.below(p.categories, c.ID)
		}
	}
	return p
}

func (s *Snapshot) anyPrefix(word string) bool {
	for _, page := range s.pages {
		if page == nil {
			continue
		}
		if rows := page.text().all.prefix(word); !rows.empty() {
			return true
		}
	}
	return false
}

// rows returns the rows of a page that match the word.
func (p *wordPlan) rows(page *page) bitset {
	index := page.text()
	rows := index.all.prefix(p.word)
	if p.part {
		rows = index.all.part(p.word)
	}
	vendors, categories := union(page.facts.vendors, p.vendors), union(page.facts.categories, p.categories)
	rows.or(&vendors)
	rows.or(&categories)
	return rows
}

// rank returns the rows of a page whose name or sku holds every word whole, and
// those where every word begins one.
func rank(plans []wordPlan, page *page) (whole, begins bitset) {
	for k := range whole {
		whole[k], begins[k] = ^uint64(0), ^uint64(0)
	}
	for i := range plans {
		names := page.text().name
		w, b := names.whole(plans[i].word), names.prefix(plans[i].word)
		whole.and(&w)
		begins.and(&b)
	}
	return whole, begins
}
