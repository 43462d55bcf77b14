package graph

import (
	"context"
	"slices"

	"also/recommend"
	"also/shop"
)

// userMeant returns whose recommendations are asked for: the one that a holder
// of a key names, else the caller's own.
func (r *Resolver) userMeant(ctx context.Context, customer, session *string) (shop.UserID, error) {
	if customer == nil && session == nil {
		return CallerOf(ctx).Owner(), nil
	}
	return r.Commerce.UserOf(ctx, deref(customer), deref(session))
}

// recommend answers one request.
func (r *Resolver) recommend(ctx context.Context, req recommend.Request) (*recommend.Answer, error) {
	req.NoReasons = !askedBelow(ctx, "edges", "reasons")
	answer, err := r.Recommend.Recommend(ctx, req)
	if err != nil {
		return nil, err
	}
	return r.standing(answer), nil
}

// standing leaves out of an answer what was deleted while it was made.
func (r *Resolver) standing(answer recommend.Answer) *recommend.Answer {
	s := r.Catalogue.Snapshot()
	answer.Items = slices.DeleteFunc(slices.Clone(answer.Items), func(i recommend.Item) bool { return s.Product(i.SKU) == nil })
	return &answer
}

// edgesOf returns what an answer recommends.
func edgesOf(ctx context.Context, answer *recommend.Answer) []recommend.Item {
	for _, i := range answer.Items {
		loadersOf(ctx).nameProducts(i.SKU)
		for _, reason := range i.Reasons {
			loadersOf(ctx).nameProducts(reason.SKU)
		}
	}
	return answer.Items
}

// follow answers now, and again whenever the answer may have changed.
func (r *Resolver) follow(ctx context.Context, req recommend.Request) (<-chan *recommend.Answer, error) {
	updates := r.Recommend.Updates(ctx, req.User) // before the answer, so that nothing falls between
	first, err := r.recommend(ctx, req)
	if err != nil {
		return nil, err
	}
	out := make(chan *recommend.Answer, 1)
	out <- first
	go func() {
		defer close(out)
		for range updates {
			answer, err := r.recommend(ctx, req)
			if err != nil {
				return // the request was fine the first time: the client asks again
			}
			select {
			case out <- answer:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out, nil
}

// mapped passes on what comes in, mapped, until in is closed or ctx ends.
func mapped[T, U any](ctx context.Context, in <-chan T, f func(T) *U) <-chan *U {
	out := make(chan *U)
	go func() {
		defer close(out)
		for v := range in {
			select {
			case out <- f(v):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
