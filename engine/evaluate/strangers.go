package evaluate

import "also/engine"

// Strangers returns the scorer of users of whom little is known beside their attributes,
// as they are served: their history, if any, is folded in, and what users alike take
// stands beside it (engine.Blend.TopKAlike). a has a row a user.
func Strangers(p engine.Parts, alike *engine.Alike, a *engine.Attributes) (Scorer, error) {
	blend, err := engine.NewBlend(p, engine.IndexOptions{NoSimilar: true})
	if err != nil {
		return nil, err
	}
	return &strangers{blend, alike, a}, nil
}

type strangers struct {
	*engine.Blend
	alike *engine.Alike
	users *engine.Attributes
}

func (s *strangers) NewRanker() Ranker { return &strangerRanker{strangers: s} }

type strangerRanker struct {
	*strangers
	ws engine.Workspace
}

func (r *strangerRanker) Rank(users []User, k int, filter *engine.Bitmap, emit func(at int, list []engine.Scored)) error {
	x, shares := make([]float32, r.Dim()), make([]float32, r.Items())
	var list []engine.Scored
	for at, u := range users {
		if err := r.FoldIn(x, u.History, &r.ws); err != nil {
			return err
		}
		r.alike.Shares(shares, r.users.Row(int(u.Row)))
		list = r.TopKAlike(list, shares, x, u.History, k, filter, u.Exclude, &r.ws)
		emit(at, list)
	}
	return nil
}
