package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"also/training"
)

// loaders remember, within one answer, what several fields of it need.
type loaders struct {
	once   sync.Once
	all    []training.Model
	failed error
}

// models returns all models, reading them the first time.
func (l *loaders) models(read func() ([]training.Model, error)) ([]training.Model, error) {
	l.once.Do(func() { l.all, l.failed = read() })
	return l.all, l.failed
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
