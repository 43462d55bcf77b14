package catalogue

import (
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"unique"

	"also/shop"
)

// field is a set of the fields of a product that hold a word.
type field uint8

const (
	inName field = 1 << iota
	inSKU
	inAttribute
	inDescription

	fieldSets = 1 << iota
)

// posting says that a row's product holds a word, and where.
type posting struct {
	row    uint16
	fields field
}

// index is the words of a page's products. Those of vendors and categories are not among them: a
// new name of one would otherwise concern every page.
type index struct {
	words []string // sorted
	from  []uint32 // of word i: posts[from[i]:from[i+1]]
	posts []posting
}

// lazyIndex is a page's index, made when first searched or by warm.
type lazyIndex struct {
	once  sync.Once
	index *index
}

// text returns the page's index.
func (p *page) text() *index {
	p.index.once.Do(func() { p.index.index = indexOf(&p.rows) })
	return p.index.index
}

func indexOf(rows *[pageSize]*shop.Product) *index {
	found := map[string][]posting{}
	total := 0
	for row, p := range rows {
		if p == nil {
			continue
		}
		add := func(w string, f field) {
			list := found[w]
			if n := len(list); n > 0 && int(list[n-1].row) == row {
				list[n-1].fields |= f
				return
			}
			if list == nil {
				w = unique.Make(w).Value() // else each word would keep its whole text alive
			}
			found[w] = append(list, posting{uint16(row), f})
			total++
		}
		eachWord(p.Name, func(w string) { add(w, inName) })
		eachWord(p.SKU, func(w string) { add(w, inSKU) })
		add(plain(p.SKU), inSKU) // a sku is also one word, whatever signs it has
		for _, v := range p.Attributes {
			eachWord(v, func(w string) { add(w, inAttribute) })
		}
		eachWord(p.Description, func(w string) { add(w, inDescription) })
	}
	x := &index{words: slices.Sorted(maps.Keys(found)), from: make([]uint32, 1, len(found)+1), posts: make([]posting, 0, total)}
	for _, w := range x.words {
		x.posts = append(x.posts, found[w]...)
		x.from = append(x.from, uint32(len(x.posts)))
	}
	return x
}

// of returns where a word is.
func (x *index) of(word string) []posting {
	if i, ok := slices.BinarySearch(x.words, word); ok {
		return x.posts[x.from[i]:x.from[i+1]]
	}
	return nil
}

// beginning returns where words with that beginning are, the word itself left out.
func (x *index) beginning(word string) []posting {
	lo, hi := beginning(x.words, word)
	if lo < hi && x.words[lo] == word {
		lo++
	}
	return x.posts[x.from[lo]:x.from[hi]]
}

// beginning returns which of sorted words have a beginning.
func beginning(words []string, word string) (lo, hi int) {
	lo = sort.SearchStrings(words, word)
	hi = lo + sort.Search(len(words)-lo, func(i int) bool { return !strings.HasPrefix(words[lo+i], word) })
	return lo, hi
}

// names is the words of the names of vendors or categories.
type names struct {
	words []string // sorted
	ids   [][]string
}

func (n *names) add(name, id string, into map[string][]string) {
	eachWord(name, func(w string) {
		if list := into[w]; len(list) == 0 || list[len(list)-1] != id {
			into[w] = append(list, id)
		}
	})
}

func (n *names) fill(from map[string][]string) {
	n.words = slices.Sorted(maps.Keys(from))
	for _, w := range n.words {
		n.ids = append(n.ids, from[w])
	}
}

// of returns whose names have a word.
func (n *names) of(word string) []string {
	if i, ok := slices.BinarySearch(n.words, word); ok {
		return n.ids[i]
	}
	return nil
}

// lexicon is all words of the catalogue, for typos and parts of words. It only grows while pages
// change, as numbers do, and is made anew when most of it may be gone.
type lexicon struct {
	mu    sync.Mutex
	known map[*lazyIndex]bool // whose words are in
	words []string            // sorted; replaced, never written
}

// of returns at least all words of a snapshot's products, sorted and shared.
func (l *lexicon) of(s *Snapshot) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.known) > 64+2*len(s.pages) {
		l.known, l.words = nil, nil
	}
	if l.known == nil {
		l.known = map[*lazyIndex]bool{}
	}
	fresh := map[string]bool{}
	for _, p := range s.pages {
		if p == nil || l.known[p.index] {
			continue
		}
		l.known[p.index] = true
		for _, w := range p.text().words {
			if _, ok := slices.BinarySearch(l.words, w); !ok {
				fresh[w] = true
			}
		}
	}
	if len(fresh) > 0 {
		l.words = merged(l.words, slices.Sorted(maps.Keys(fresh)))
	}
	return l.words
}

// merged returns the words of two sorted lists, each once.
func merged(a, b []string) []string {
	out := make([]string, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := strings.Compare(a[0], b[0]); {
		case c < 0:
			out, a = append(out, a[0]), a[1:]
		case c > 0:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// warm makes what a search needs, so that the first one need not.
func (s *Snapshot) warm() { s.numbers.lexicon.of(s) }
