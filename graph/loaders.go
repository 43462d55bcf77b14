package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"also/imports"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/training"
)

// loaders remember, within one answer, what several fields of it need.
type loaders struct {
	models once[[]training.Model]
	runs   once[[]training.Run]
	keys   once[[]shop.Key]
	people people

	imports once[[]imports.Import]
	tunings once[[]training.Tuning]

	orders              byID[shop.UUID, *shop.Order]
	boughtWith, similar byID[string, []store.ListEntry] // what lists say of products

	mu     sync.Mutex
	groups map[shop.UserID]*group
}

// nameProducts says that the answer names these products.
func (l *loaders) nameProducts(skus ...string) {
	l.boughtWith.name(skus...)
	l.similar.name(skus...)
}

// listsOf is what a source's lists say of products, nil for one without lists.
func (l *loaders) listsOf(by recommend.Source) *byID[string, []store.ListEntry] {
	switch by {
	case recommend.BoughtWith:
		return &l.boughtWith
	case recommend.Similar:
		return &l.similar
	}
	return nil
}

// once remembers what was read the first time.
type once[T any] struct {
	done   sync.Once
	value  T
	failed error
}

func (o *once[T]) get(read func() (T, error)) (T, error) {
	o.done.Do(func() { o.value, o.failed = read() })
	return o.value, o.failed
}

type loadersKey struct{}

// withLoaders gives every answer, each one of a subscription too, its own
// loaders.
func withLoaders(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	return next(context.WithValue(ctx, loadersKey{}, &loaders{}))
}

func loadersOf(ctx context.Context) *loaders {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l
	}
	return &loaders{}
}
