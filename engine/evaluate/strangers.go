package evaluate

import "also/engine"

// Strangers returns the scorer of users of whom little is known beside their attributes,
// as they are served: their history is folded in from where users alike are
// (engine.Blend.FoldInFrom), as known in part as it is light. a has a row a user, nil where
// no attributes are known.
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
	x := make([]float32, r.Dim())
	var list []engine.Scored
	for at, u := range users {
		var features []int32
		if r.users != nil {
			features = r.users.Row(int(u.Row))
		}
		if err := r.FoldInFrom(x, u.History, r.alike.Start(features, r.alike.Known(u.History)), &r.ws); err != nil {
			return err
		}
		list = r.TopK(list, x, u.History, k, filter, u.Exclude, &r.ws)
		emit(at, list)
	}
	return nil
}
