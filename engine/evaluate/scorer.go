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
	// Rank appends to dst[:0] the k best items for u, best first: only those in
	// filter unless it is nil, none of exclude, which ascends. It may give fewer.
	Rank(dst []engine.Scored, u User, k int, filter *engine.Bitmap, exclude []int32) ([]engine.Scored, error)
}

// Model returns the scorer of a trained model, as it serves: each user is
// folded in from their history, then ranked exactly.
func Model(m *engine.Model) (Scorer, error) {
	side, err := engine.NewSide(m.Config, m.Items)
	if err != nil {
		return nil, err
	}
	return &modelScorer{side: side, index: engine.NewIndex(m.Items, engine.IndexOptions{NoSimilar: true})}, nil
}

type modelScorer struct {
	side  *engine.Side
	index *engine.Index
}

func (s *modelScorer) Items() int { return s.index.Items() }

func (s *modelScorer) NewRanker() Ranker {
	return &modelRanker{scorer: s, user: make([]float32, s.index.Dim())}
}

type modelRanker struct {
	scorer *modelScorer
	user   []float32
	ws     engine.Workspace
}

func (r *modelRanker) Rank(dst []engine.Scored, u User, k int, filter *engine.Bitmap, exclude []int32) ([]engine.Scored, error) {
	if err := r.scorer.side.FoldIn(r.user, u.History, &r.ws); err != nil {
		return nil, err
	}
	return r.scorer.index.TopK(dst, r.user, k, filter, exclude, &r.ws), nil
}
