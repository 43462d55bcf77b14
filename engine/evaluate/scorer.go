package evaluate

import (
	"also/engine"
)

// User is whom a Ranker ranks for.
type User struct {
	// Row is the user's row of the history matrix: a name to seed by, no more.
	Row int32
	// History is what the user did, columns ascending.
	History []engine.Entry
	// Exclude is what is not to be ranked, ascending.
	Exclude []int32
}

// Scorer ranks items. Implementations are safe for concurrent use.
type Scorer interface {
	// Items returns the number of items it knows, numbered from 0.
	Items() int
	// NewRanker returns a ranker for one goroutine.
	NewRanker() Ranker
}

// Ranker ranks for one goroutine.
type Ranker interface {
	// Rank finds the k best items for each of the users, best first, only those in
	// filter unless it is nil, none that the user excludes. It may find fewer. It
	// calls emit once for each user, by their place, in any order; a list is valid
	// during the call.
	Rank(users []User, k int, filter *engine.Bitmap, emit func(at int, list []engine.Scored)) error
}

// Model returns the scorer of factors alone, as they serve.
func Model(m *engine.Model) (Scorer, error) {
	return Parts(engine.Parts{Factors: []engine.WeightedModel{{Model: m, Weight: 1}}})
}

// Parts returns the scorer of a whole model, as it serves: each user is folded in
// from their history, as if it were known whole, then ranked exactly.
func Parts(p engine.Parts) (Scorer, error) { return PartsFrom(p, nil) }

// Begin says where the fold-in of a user begins (engine.Blend.FoldInFrom); nil for a user
// whose history is known whole. The nil Begin is that for all. It is safe for concurrent use.
type Begin func(u User) *engine.Start

func (begin Begin) of(u User) *engine.Start {
	if begin == nil {
		return nil
	}
	return begin(u)
}

// PartsFrom is Parts of users of whom little is known among them.
func PartsFrom(p engine.Parts, begin Begin) (Scorer, error) {
	blend, err := engine.NewBlend(p, engine.IndexOptions{NoSimilar: true})
	if err != nil {
		return nil, err
	}
	return &blendScorer{blend, begin}, nil
}

type blendScorer struct {
	*engine.Blend
	begin Begin
}

func (s *blendScorer) NewRanker() Ranker { return &blendRanker{blendScorer: s} }

type blendRanker struct {
	*blendScorer
	ws engine.Workspace
}

func (r *blendRanker) Rank(users []User, k int, filter *engine.Bitmap, emit func(at int, list []engine.Scored)) error {
	queries := make([]engine.Query, len(users))
	for at, u := range users {
		queries[at] = engine.Query{User: make([]float32, r.Dim()), History: u.History, Exclude: u.Exclude}
		if err := r.FoldInFrom(queries[at].User, u.History, r.begin.of(u), &r.ws); err != nil {
			return err
		}
	}
	return r.TopKMany(queries, k, filter, &r.ws, func(at int, list []engine.Scored) error {
		emit(at, list)
		return nil
	})
}

// eachUser is a Ranker that ranks for one user after the other: rank appends to
// dst[:0], as Rank says.
type eachUser func(dst []engine.Scored, u User, k int, filter *engine.Bitmap) []engine.Scored

func (rank eachUser) Rank(users []User, k int, filter *engine.Bitmap, emit func(at int, list []engine.Scored)) error {
	var list []engine.Scored
	for at, u := range users {
		list = rank(list, u, k, filter)
		emit(at, list)
	}
	return nil
}
