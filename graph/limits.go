package graph

import (
	"context"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"also/shop"
)

// Limits bounds what one operation may ask. Introspection is exempt from
// Complexity and Depth.
type Limits struct {
	Complexity int // fields, counted once for every element of a list; default 20,000
	Depth      int // levels of fields; default 15
	Aliases    int // fields under another name; default 50
	Roots      int // fields of the operation itself; default 30
	Directives int // @skip, @include and the like; default 50
	Selections int // fields and fragments, each as often as it is spread; default 5,000
	Tokens     int // words and signs of the text; default 5,000
	Text       int // bytes of the text; default 64 KiB
}

func (l Limits) withDefaults() Limits {
	setDefault(&l.Complexity, 20_000)
	setDefault(&l.Depth, 15)
	setDefault(&l.Aliases, 50)
	setDefault(&l.Roots, 30)
	setDefault(&l.Directives, 50)
	setDefault(&l.Selections, 5_000)
	setDefault(&l.Tokens, 5_000)
	setDefault(&l.Text, 64<<10)
	return l
}

func setDefault(v *int, d int) {
	if *v <= 0 {
		*v = d
	}
}

// limiter refuses operations past the limits. It comes before everything that
// walks an operation, which fragments could make endless.
type limiter struct {
	Limits
	es graphql.ExecutableSchema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*limiter)(nil)

// ExtensionName implements graphql.HandlerExtension.
func (*limiter) ExtensionName() string { return "Limits" }

// Validate implements graphql.HandlerExtension.
func (l *limiter) Validate(es graphql.ExecutableSchema) error {
	l.es = es
	return nil
}

// MutateOperationParameters implements graphql.OperationParameterMutator.
func (l *limiter) MutateOperationParameters(_ context.Context, raw *graphql.RawParams) *gqlerror.Error {
	if len(raw.Query) > l.Text {
		return refuse("the query has more than %d bytes: put values into variables, or ask in several", l.Text)
	}
	return nil
}

// MutateOperationContext implements graphql.OperationContextMutator.
func (l *limiter) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	m := measure{limits: l.Limits, directives: len(op.Operation.Directives)}
	m.selections(op.Operation.SelectionSet, 1)
	switch {
	case m.count > l.Selections:
		return refuse("the query selects more than %d fields, its fragments included: ask in several", l.Selections)
	case m.depth > l.Depth:
		return refuse("the query is nested deeper than %d levels: ask in several", l.Depth)
	case m.aliases > l.Aliases:
		return refuse("the query has more than %d aliases: ask in several", l.Aliases)
	case m.roots > l.Roots:
		return refuse("the operation has more than %d fields of its own: ask in several", l.Roots)
	case m.directives > l.Directives:
		return refuse("the query has more than %d directives: ask in several", l.Directives)
	}
	cost := complexity.Calculate(ctx, l.es, op.Operation, op.Variables)
	if cost > l.Complexity {
		return refuse("the query costs %d, the limit is %d: ask for fewer fields or a smaller first", cost, l.Complexity)
	}
	chargeOf(op).requested = cost
	return nil
}

func refuse(format string, args ...any) *gqlerror.Error {
	err := shop.Errorf(shop.TooComplex, "", format, args...)
	return &gqlerror.Error{Err: err, Message: err.Message}
}

// measure is how large an operation is. It stops once anything is past its
// limit: fragments that spread fragments would make it double at every step.
type measure struct {
	limits                                   Limits
	count, depth, aliases, roots, directives int
}

func (m *measure) over() bool {
	return m.count > m.limits.Selections || m.depth > m.limits.Depth || m.aliases > m.limits.Aliases ||
		m.roots > m.limits.Roots || m.directives > m.limits.Directives
}

func (m *measure) selections(set ast.SelectionSet, level int) {
	for _, s := range set {
		if m.over() {
			return
		}
		m.count++
		switch s := s.(type) {
		case *ast.Field:
			m.field(s, level)
		case *ast.InlineFragment:
			m.directives += len(s.Directives)
			m.selections(s.SelectionSet, level)
		case *ast.FragmentSpread:
			m.directives += len(s.Directives)
			m.selections(s.Definition.SelectionSet, level)
		}
	}
}

func (m *measure) field(f *ast.Field, level int) {
	m.directives += len(f.Directives)
	if level == 1 {
		m.roots++
	}
	if f.Alias != f.Name {
		m.aliases++
	}
	if !m.introspects(f) {
		m.depth = max(m.depth, level)
	}
	m.selections(f.SelectionSet, level+1)
}

// introspects reports whether a field is about the schema, which may be asked
// for as deep as it is.
func (*measure) introspects(f *ast.Field) bool {
	return len(f.ObjectDefinition.Name) > 2 && f.ObjectDefinition.Name[:2] == "__" || f.Name == "__schema" || f.Name == "__type"
}
