package catalogue

import (
	"cmp"
	"slices"
	"strings"
)

// maxWords is how many words of a search are read.
const maxWords = 10

// fit is how a word of the catalogue answers a word of a search.
type fit int

// The fits, best first.
const (
	fitsWhole  fit = iota // the word itself
	fitsForm              // one in the other number
	fitsBegins            // it begins so
	fitsPart              // it has that part
	fitsTypo              // it is meant, with typos
	fitsTypoBegins

	fits = iota
)

// quality of a fit, and weight of a field: what a word adds to a product's text score is their product.
var (
	quality = [fits]float64{1, .95, .8, .5, .9, .7}
	weights = fieldWeights(map[field]float64{inName: 1, inSKU: 1, inAttribute: .5, inDescription: .3})
)

const (
	vendorWeight   = .7
	categoryWeight = .6
)

// fieldWeights returns for each set of fields the weight of the heaviest.
func fieldWeights(of map[field]float64) (sets [fieldSets]float64) {
	for set := range sets {
		for one, weight := range of {
			if field(set)&one != 0 {
				sets[set] = max(sets[set], weight)
			}
		}
	}
	return sets
}

// code is how well a row answers one word, 0 for not at all, comparable: fewer typos come before whole words,
// those before beginnings and parts, and then what the text score says.
type code uint16

const (
	codeScores = 1 << 9 // text scores are 1 to codeScores-1
	codeExact  = 1 << 9 // a whole word
	codeTypo   = 1 << 10
	codeTypos  = 3 // the most typos that a code can say
)

func codeOf(f fit, typos int, weight float64) code {
	c := code(max(1, min(codeScores-1, quality[f]*weight*(codeScores-1)))) + code(codeTypos-typos)*codeTypo
	if f == fitsWhole || f == fitsForm {
		c += codeExact
	}
	return c
}

func (c code) typos() int     { return codeTypos - int(c/codeTypo) }
func (c code) exact() bool    { return c&codeExact != 0 }
func (c code) score() float64 { return float64(c%codeScores) / (codeScores - 1) }

// answer is a word of the catalogue that stands for a word of a search.
type answer struct {
	word  string
	fit   fit
	typos int
	codes [fieldSets]code
}

func newAnswer(word string, f fit, typos int) answer {
	a := answer{word: word, fit: f, typos: typos}
	for set, weight := range weights {
		a.codes[set] = codeOf(f, typos, weight)
	}
	return a
}

// term is one word of a search, and all that answers it.
type term struct {
	word       string
	answers    []answer        // each of a word of its own
	begins     *answer         // and every word that begins with word, where that is not one of answers
	vendors    map[string]code // by id
	categories map[string]code // by id, those below included
}

// search is a text as it is looked for.
type search struct {
	terms  []term
	typos  bool   // nothing answers the text as it was typed
	meant  string // with typos: the text that would find the most of it
	buffer hits
}

// hits is how the rows of one page answer a search.
type hits struct {
	rows  bitset
	class [pageSize]uint8   // typos of all words, twice, and one more unless every word is there whole
	score [pageSize]float64 // mean over the words, 0 to 1
	codes [pageSize]code    // of the word looked at
}

// words returns the words of a text, as far as they are read.
func (s *Snapshot) words(text string) []string {
	if len(text) > MaxText {
		text = strings.ToValidUTF8(text[:MaxText], "")
	}
	var words []string
	add := func(w string) {
		if len(words) < maxWords && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	for word := range strings.FieldsSeq(plain(text)) {
		if s.anyBegins(word) {
			add(word) // a sku with signs in it, or a plain word
		} else {
			eachWord(word, add)
		}
	}
	return words
}

func (s *Snapshot) anyBegins(word string) bool {
	lo, hi := beginning(s.numbers.lexicon.of(s), word)
	return lo < hi
}

// search prepares to look for a text among products that base accepts; nil for one without words. Typos are
// forgiven only where nothing answers the text as it is: what is spelt right is never lost among what is not.
func (s *Snapshot) search(text string, base *plan) *search {
	words := s.words(text)
	if len(words) == 0 {
		return nil
	}
	typed := s.terms(words, false)
	if s.anyHit(typed, base) {
		return typed
	}
	forgiving := s.terms(words, true)
	if s.anyHit(forgiving, base) {
		forgiving.meant = s.meant(forgiving, base)
		return forgiving
	}
	typed.typos = true
	for i := range words { // one word too many
		if without := s.terms(slices.Concat(words[:i], words[i+1:]), true); len(words) > 1 && s.anyHit(without, base) {
			typed.meant = s.meant(without, base)
			break
		}
	}
	return typed
}

// terms finds what answers each of some words.
func (s *Snapshot) terms(words []string, typos bool) *search {
	out := &search{typos: typos, terms: make([]term, len(words))}
	known := s.numbers.lexicon.of(s)
	for i, w := range words {
		t := &out.terms[i]
		t.word = w
		whole, begins := newAnswer(w, fitsWhole, 0), newAnswer("", fitsBegins, 0)
		t.answers, t.begins = []answer{whole}, &begins
		for _, form := range formsOf(nil, w) {
			t.answer(form, fitsForm, 0)
		}
		s.name(t)
		if lo, hi := beginning(known, w); lo == hi && len(t.vendors) == 0 && len(t.categories) == 0 {
			s.parts(t, known)
		}
		if typos {
			s.misspelt(t, known)
		}
	}
	return out
}

// answer adds an answer unless the term has one that is at least as good.
func (t *term) answer(word string, f fit, typos int) {
	if !slices.ContainsFunc(t.answers, func(a answer) bool { return a.word == word }) {
		t.answers = append(t.answers, newAnswer(word, f, typos))
	}
}

// maxParts is how many words a part of a word may be of.
const maxParts = 100

// parts adds the words that have a term as a part.
func (s *Snapshot) parts(t *term, known []string) {
	if len(t.word) < leastForm {
		return
	}
	for _, list := range [][]string{known, s.vendors.names.words, s.categories.names.words} {
		for _, w := range list {
			if len(t.answers) < maxParts && strings.Contains(w, t.word) {
				t.answer(w, fitsPart, 0)
			}
		}
	}
	s.name(t)
}

// misspelt adds the words that a term may be meant for, the likeliest first.
func (s *Snapshot) misspelt(t *term, known []string) {
	most := typosIn(t.word)
	if most == 0 {
		return
	}
	var found []typo
	for _, list := range [][]string{known, s.vendors.names.words, s.categories.names.words} {
		if len(list) > 0 {
			misspelt(list, t.word, most, func(one typo) {
				if one.typos > 0 {
					found = append(found, one)
				}
			})
		}
	}
	slices.SortFunc(found, func(a, b typo) int {
		return cmp.Or(cmp.Compare(a.typos, b.typos), cmp.Compare(boolInt(b.whole), boolInt(a.whole)), cmp.Compare(a.word, b.word))
	})
	for _, one := range found[:min(maxTypos, len(found))] {
		f := fitsTypoBegins
		if one.whole {
			f = fitsTypo
		}
		t.answer(one.word, f, one.typos)
	}
	s.name(t)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// name finds the vendors and categories whose names answer a term.
func (s *Snapshot) name(t *term) {
	t.vendors, t.categories = map[string]code{}, map[string]code{}
	each := func(n *names, f func(id string, a *answer)) {
		for i := range t.answers {
			for _, id := range n.of(t.answers[i].word) {
				f(id, &t.answers[i])
			}
		}
		for lo, hi := beginning(n.words, t.word); lo < hi; lo++ {
			for _, id := range n.ids[lo] {
				f(id, t.begins)
			}
		}
	}
	each(&s.vendors.names, func(id string, a *answer) {
		t.vendors[id] = max(t.vendors[id], codeOf(a.fit, a.typos, vendorWeight))
	})
	var below []string
	each(&s.categories.names, func(id string, a *answer) {
		below = s.categories.below(below[:0], id)
		for _, c := range below {
			t.categories[c] = max(t.categories[c], codeOf(a.fit, a.typos, categoryWeight))
		}
	})
}

// hits returns how the rows of a page answer, good until the next call.
func (q *search) hits(p *page) *hits {
	h := &q.buffer
	h.rows = bitset{}
	for i := range q.terms {
		h.codes = [pageSize]code{}
		rows := q.terms[i].mark(p, &h.codes)
		if i == 0 {
			h.rows, h.class, h.score = rows, [pageSize]uint8{}, [pageSize]float64{}
		} else {
			h.rows.and(&rows)
		}
		if h.rows.empty() {
			break
		}
		h.rows.each(func(row int) {
			c := h.codes[row]
			h.score[row] += c.score() / float64(len(q.terms))
			loose := h.class[row]&1 | uint8(boolInt(!c.exact()))
			h.class[row] = h.class[row]&^1 + uint8(2*c.typos()) | loose
		})
	}
	return h
}

// mark raises the codes of the rows of a page that answer a term, and returns which they are.
func (t *term) mark(p *page, codes *[pageSize]code) bitset {
	var rows bitset
	index := p.text()
	post := func(posts []posting, a *answer) {
		for _, one := range posts {
			rows.set(int(one.row))
			codes[one.row] = max(codes[one.row], a.codes[one.fields])
		}
	}
	for i := range t.answers {
		post(index.of(t.answers[i].word), &t.answers[i])
	}
	post(index.beginning(t.word), t.begins)
	named := func(by map[string]code, of map[string]*bitset) {
		for id, c := range by {
			if b := of[id]; b != nil {
				b.each(func(row int) { codes[row] = max(codes[row], c) })
				rows.or(b)
			}
		}
	}
	named(t.vendors, p.facts.vendors)
	named(t.categories, p.facts.categories)
	return rows
}

// anyHit reports whether a product that base accepts answers.
func (s *Snapshot) anyHit(q *search, base *plan) bool {
	for _, page := range s.pages {
		if page == nil {
			continue
		}
		rows := q.hits(page).rows
		states := union(page.status, base.Statuses)
		if rows.and(&states); !rows.empty() {
			return true
		}
	}
	return false
}

// meant returns the text that a search with typos is taken for: for each word, of the answers with the fewest
// typos that the best products have, the most frequent one.
func (s *Snapshot) meant(q *search, base *plan) string {
	counts := make([]map[string]int, len(q.terms))
	for i := range counts {
		counts[i] = map[string]int{}
	}
	least := uint8(255)
	for _, page := range s.pages {
		if page == nil {
			continue
		}
		h := q.hits(page)
		states := union(page.status, base.Statuses)
		h.rows.and(&states)
		h.rows.each(func(row int) {
			if h.class[row] < least {
				least = h.class[row]
				for i := range counts {
					clear(counts[i])
				}
			}
		})
		h.rows.each(func(row int) {
			if h.class[row] > least {
				h.rows[row>>6] &^= 1 << (row & 63)
			}
		})
		if !h.rows.empty() {
			s.tally(q, page, &h.rows, counts)
		}
	}
	out := make([]string, len(q.terms))
	for i := range q.terms {
		out[i] = q.terms[i].likeliest(counts[i])
	}
	return strings.Join(out, " ")
}

// tally counts for each term how many of some rows have each answer.
func (s *Snapshot) tally(q *search, p *page, rows *bitset, counts []map[string]int) {
	for i := range q.terms {
		for k := range q.terms[i].answers {
			word := q.terms[i].answers[k].word
			has := union(p.facts.vendors, s.vendors.names.of(word))
			var below []string
			for _, id := range s.categories.names.of(word) {
				below = s.categories.below(below, id)
			}
			named := union(p.facts.categories, below)
			has.or(&named)
			for _, one := range p.text().of(word) {
				has.set(int(one.row))
			}
			if n := has.overlap(rows); n > 0 {
				counts[i][word] += n
			}
		}
	}
}

// likeliest returns the answer with the fewest typos, of those the best fit, then the most frequent; the word itself where none was
// counted.
func (t *term) likeliest(counts map[string]int) string {
	best := -1
	for k := range t.answers {
		a := &t.answers[k]
		if counts[a.word] > 0 && (best < 0 ||
			cmp.Or(cmp.Compare(t.answers[best].typos, a.typos), cmp.Compare(t.answers[best].fit, a.fit), cmp.Compare(counts[a.word], counts[t.answers[best].word])) > 0) {
			best = k
		}
	}
	if best < 0 {
		return t.word
	}
	return t.answers[best].word
}
