package catalogue

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// typosIn is how many typos are forgiven in a word: none below four letters, then one, two from
// eight.
func typosIn(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// typo is a word that may have been meant.
type typo struct {
	word  string
	typos int  // letters missing, too many, wrong, or in the wrong order (one for two neighbours)
	whole bool // false: only its beginning was typed
}

// maxTypos is how many words may be meant by one.
const maxTypos = 100

// misspelt calls f with the sorted words that are within most typos of a word, or that begin so. Words
// with a common beginning share the work for it, and are passed over together once nothing below it can match:
// the walk of a Levenshtein automaton over a trie, with the sorted list as the trie.
func misspelt(words []string, word string, most int, f func(typo)) {
	w := &walk{target: []rune(word), most: most, words: words, f: f}
	first := make([]int, len(w.target)+1)
	for i := range first {
		first[i] = i
	}
	w.rows = [][]int{first}
	w.below(0, len(words), 0, most+1)
}

type walk struct {
	target []rune
	most   int
	words  []string
	f      func(typo)
	rows   [][]int // rows[d][i]: typos between the first d letters of the path and the first i of the target
	path   []rune
}

// below visits words[lo:hi], which share their first bytes bytes, the path. begun is the typos of the best
// beginning on the path.
func (w *walk) below(lo, hi, bytes, begun int) {
	depth := len(w.path)
	row := w.rows[depth]
	n := len(w.target)
	begun = min(begun, row[n])
	if len(w.words[lo]) == bytes {
		if whole := row[n]; whole <= w.most && whole <= begun {
			w.f(typo{w.words[lo], whole, true})
		} else if begun <= w.most {
			w.f(typo{w.words[lo], begun, false})
		}
		lo++
	}
	for lo < hi {
		r, size := utf8.DecodeRuneInString(w.words[lo][bytes:])
		prefix := w.words[lo][:bytes+size]
		end := lo + sort.Search(hi-lo, func(i int) bool { return !strings.HasPrefix(w.words[lo+i], prefix) })
		if w.step(r) <= w.most || begun <= w.most {
			w.below(lo, end, bytes+size, begun)
		}
		w.path = w.path[:depth]
		lo = end
	}
}

// step adds a letter to the path, and returns the least typos that anything below may have.
func (w *walk) step(r rune) int {
	depth := len(w.path) + 1
	if len(w.rows) == depth {
		w.rows = append(w.rows, make([]int, len(w.target)+1))
	}
	last, row := w.rows[depth-1], w.rows[depth]
	row[0] = depth
	least := row[0]
	for i, t := range w.target {
		cost := 1
		if t == r {
			cost = 0
		}
		row[i+1] = min(last[i]+cost, last[i+1]+1, row[i]+1)
		if i > 0 && depth > 1 && t == w.path[depth-2] && w.target[i-1] == r {
			row[i+1] = min(row[i+1], w.rows[depth-2][i-1]+1)
		}
		least = min(least, row[i+1])
	}
	w.path = append(w.path, r)
	return least
}
