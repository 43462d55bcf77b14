package graph

import (
	"context"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"also/shop"
)

// Limits bounds what one operation may ask. Introspection is exempt.
type Limits struct {
	Complexity int // fields, counted once for every element of a list; default 20,000
	Depth      int // levels of fields; default 15
	Aliases    int // fields under another name; default 50
	Tokens     int // words and signs of the text; default 10,000
}

func (l Limits) withDefaults() Limits {
	setDefault(&l.Complexity, 20_000)
	setDefault(&l.Depth, 15)
	setDefault(&l.Aliases, 50)
	setDefault(&l.Tokens, 10_000)
	return l
}

func setDefault(v *int, d int) {
	if *v <= 0 {
		*v = d
	}
}

// limiter refuses operations past the limits.
type limiter struct {
	Limits
	es graphql.ExecutableSchema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = (*limiter)(nil)

// ExtensionName implements graphql.HandlerExtension.
func (*limiter) ExtensionName() string { return "Limits" }

// Validate implements graphql.HandlerExtension.
func (l *limiter) Validate(es graphql.ExecutableSchema) error {
	l.es = es
	return nil
}

// MutateOperationContext implements graphql.OperationContextMutator.
func (l *limiter) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	depth, aliases := 0, 0
	measure(op.Operation.SelectionSet, 1, &depth, &aliases, l.Limits)
	if depth > l.Depth {
		return refuse("the query is nested deeper than %d levels: ask in several", l.Depth)
	}
	if aliases > l.Aliases {
		return refuse("the query has more than %d aliases: ask in several", l.Aliases)
	}
	if c := complexity.Calculate(ctx, l.es, op.Operation, op.Variables); c > l.Complexity {
		return refuse("the query costs %d, the limit is %d: ask for fewer fields or a smaller first", c, l.Complexity)
	}
	return nil
}

func refuse(format string, args ...any) *gqlerror.Error {
	err := shop.Errorf(shop.TooComplex, "", format, args...)
	return &gqlerror.Error{Err: err, Message: err.Message}
}

// measure finds the depth of a selection and counts its aliases, and stops
// once either is past its limit: fragments could make it long.
func measure(set ast.SelectionSet, level int, depth, aliases *int, l Limits) {
	for _, s := range set {
		if *depth > l.Depth || *aliases > l.Aliases {
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			if s.Name == "__schema" || s.Name == "__type" {
				continue
			}
			*depth = max(*depth, level)
			if s.Alias != s.Name {
				*aliases++
			}
			measure(s.SelectionSet, level+1, depth, aliases, l)
		case *ast.InlineFragment:
			measure(s.SelectionSet, level, depth, aliases, l)
		case *ast.FragmentSpread:
			measure(s.Definition.SelectionSet, level, depth, aliases, l)
		}
	}
}
