package graph

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// way is how a query comes to a thing: fields of single things, with their arguments.
type way []step

type step struct{ name, args string }

// wrap writes a query for what is at the end of the way.
func (w way) wrap(text string) string {
	for _, s := range slices.Backward(w) {
		if s.args != "" {
			s.name += "(" + s.args + ")"
		}
		text = s.name + " { " + text + " }"
	}
	return "{ " + text + " }"
}

// ways finds how to come to every type that the query leads to through single
// things, by fields that `may` lets through. about are arguments by field, as
// "Query.product": a field that takes any and has none there leads nowhere.
func ways(s *ast.Schema, about map[string]string, may func(*ast.FieldDefinition) bool) map[string]way {
	found := map[string]way{"Query": nil}
	for queue := []string{"Query"}; len(queue) > 0; queue = queue[1:] {
		kind := queue[0]
		for _, f := range s.Types[kind].Fields {
			of := s.Types[f.Type.Name()]
			args, told := about[kind+"."+f.Name]
			if _, known := found[of.Name]; known || f.Type.Elem != nil || of.Kind != ast.Object || !may(f) || !told && len(f.Arguments) > 0 || strings.HasPrefix(f.Name, "__") {
				continue
			}
			found[of.Name] = append(slices.Clone(found[kind]), step{f.Name, args})
			queue = append(queue, of.Name)
		}
	}
	return found
}
