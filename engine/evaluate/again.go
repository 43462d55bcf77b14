package evaluate

import (
	"slices"

	"also/engine"
)

// Again returns the scorer that ranks what a user took before, and nothing else, by a
// score of item and pair; ties go to the lower number. Users are judged under the
// rows of taken.
func Again(taken *engine.Repeats, score func(item int32, t engine.Taken) float64) Scorer {
	return &againScorer{taken, score}
}

// MostFrequent ranks what a user took before by how often, then how lately.
func MostFrequent(taken *engine.Repeats) Scorer {
	const far = 1 << 53 // milliseconds: past any date, within what float64 counts exactly
	return Again(taken, func(_ int32, t engine.Taken) float64 { return float64(t.Times) + float64(t.Last)/far })
}

// MostRecent ranks what a user took before by how lately.
func MostRecent(taken *engine.Repeats) Scorer {
	return Again(taken, func(_ int32, t engine.Taken) float64 { return float64(t.Last) })
}

type againScorer struct {
	taken *engine.Repeats
	score func(int32, engine.Taken) float64
}

func (s *againScorer) Items() int        { return s.taken.Items }
func (s *againScorer) NewRanker() Ranker { return eachUser(s.rank) }

func (s *againScorer) rank(dst []engine.Scored, u User, k int, filter *engine.Bitmap) []engine.Scored {
	type ranked struct {
		item  int32
		score float64
	}
	items, at := s.taken.Row(int(u.Row))
	list := make([]ranked, 0, len(items))
	for n, j := range items {
		if filter != nil && !filter.Has(j) {
			continue
		}
		if _, refused := slices.BinarySearch(u.Exclude, j); !refused {
			list = append(list, ranked{j, s.score(j, s.taken.Of(at+int64(n)))})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	dst = dst[:0]
	for _, r := range list[:min(k, len(list))] {
		dst = append(dst, engine.Scored{Item: r.item, Score: float32(r.score)})
	}
	return dst
}
