package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"also/shop"
)

// roles refuses an operation that asks for anything its caller's role does not
// allow, before anything of it is resolved. It reads the schema's @hasRole on
// fields, types, arguments and input fields.
type roles struct{ schema *ast.Schema }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = (*roles)(nil)

// ExtensionName implements graphql.HandlerExtension.
func (*roles) ExtensionName() string { return "Roles" }

// Validate implements graphql.HandlerExtension.
func (r *roles) Validate(es graphql.ExecutableSchema) error {
	r.schema = es.Schema()
	return nil
}

// MutateOperationContext implements graphql.OperationContextMutator.
func (r *roles) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	w := roleWalk{schema: r.schema, vars: op.Variables, role: CallerOf(ctx).Role}
	w.selections(op.Operation.SelectionSet)
	if w.refused == nil {
		return nil
	}
	return &gqlerror.Error{Err: w.refused, Message: w.refused.Error(), Path: ast.Path{ast.PathName(w.where)}}
}

// roleWalk walks an operation until something is refused.
type roleWalk struct {
	schema  *ast.Schema
	vars    map[string]any
	role    shop.Role
	refused error
	where   string
}

func (w *roleWalk) selections(set ast.SelectionSet) {
	for _, s := range set {
		if w.refused != nil {
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			if w.included(s.Directives) {
				w.field(s)
			}
		case *ast.InlineFragment:
			if w.included(s.Directives) {
				w.selections(s.SelectionSet)
			}
		case *ast.FragmentSpread:
			if w.included(s.Directives) {
				w.selections(s.Definition.SelectionSet)
			}
		}
	}
}

// included reports whether @skip and @include leave a selection in.
func (w *roleWalk) included(ds ast.DirectiveList) bool {
	if d := ds.ForName("skip"); d != nil && d.ArgumentMap(w.vars)["if"] == true {
		return false
	}
	d := ds.ForName("include")
	return d == nil || d.ArgumentMap(w.vars)["if"] == true
}

func (w *roleWalk) field(f *ast.Field) {
	w.need(f.ObjectDefinition.Directives, f.Alias)
	w.need(f.Definition.Directives, f.Alias)
	given := f.ArgumentMap(w.vars)
	for _, a := range f.Definition.Arguments {
		if v := given[a.Name]; v != nil {
			w.need(a.Directives, f.Alias)
			w.input(a.Type, v, f.Alias)
		}
	}
	w.selections(f.SelectionSet)
}

// input walks a given value by its type.
func (w *roleWalk) input(t *ast.Type, v any, where string) {
	switch v := v.(type) {
	case []any:
		if t.Elem != nil {
			for _, e := range v {
				w.input(t.Elem, e, where)
			}
		}
	case map[string]any:
		d := w.schema.Types[t.Name()]
		if d == nil || d.Kind != ast.InputObject {
			return
		}
		for _, f := range d.Fields {
			if given := v[f.Name]; given != nil {
				w.need(f.Directives, where)
				w.input(f.Type, given, where)
			}
		}
	}
}

// need refuses unless the caller's role satisfies a @hasRole among ds.
func (w *roleWalk) need(ds ast.DirectiveList, where string) {
	d := ds.ForName("hasRole")
	if d == nil || w.refused != nil {
		return
	}
	if err := allowed(w.role, shop.Role(d.Arguments.ForName("role").Value.Raw)); err != nil {
		w.refused, w.where = err, where
	}
}

// allowed reports whether a role does where another is needed: ADMIN may do
// what SHOP may.
func allowed(have, need shop.Role) error {
	switch {
	case have == need, have == shop.RoleAdmin:
		return nil
	case have == "":
		return shop.Errorf(shop.Unauthenticated, "", "this needs a key of role %s: send it as Authorization: Bearer …", need)
	}
	return shop.Errorf(shop.Forbidden, "", "this needs a key of role %s; yours is %s", need, have)
}
