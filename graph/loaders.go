package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"also/shop"
	"also/training"
)

// loaders remember, within one answer, what several fields of it need.
type loaders struct {
	models once[[]training.Model]
	runs   once[[]training.Run]
	people people

	mu     sync.Mutex
	groups map[shop.UserID]*group
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
