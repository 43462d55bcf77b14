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

// ways finds the shortest way to every type that the query leads to, by the
// fields of objects that follow lets through; it tells their arguments.
func ways(s *ast.Schema, follow func(kind string, f *ast.FieldDefinition) (args string, ok bool)) map[string]way {
	found := map[string]way{"Query": nil}
	for queue := []string{"Query"}; len(queue) > 0; queue = queue[1:] {
		kind := queue[0]
		for _, f := range s.Types[kind].Fields {
			of := s.Types[f.Type.Name()]
			if _, known := found[of.Name]; known || of.Kind != ast.Object || strings.HasPrefix(f.Name, "__") {
				continue
			}
			if args, ok := follow(kind, f); ok {
				found[of.Name] = append(slices.Clone(found[kind]), step{f.Name, args})
				queue = append(queue, of.Name)
			}
		}
	}
	return found
}

// toOneThing follows fields of single things. about are arguments by field, as
// "Query.product": a field that takes any and has none there leads nowhere.
func toOneThing(about map[string]string) func(string, *ast.FieldDefinition) (string, bool) {
	return func(kind string, f *ast.FieldDefinition) (string, bool) {
		args, told := about[kind+"."+f.Name]
		return args, f.Type.Elem == nil && (told || len(f.Arguments) == 0)
	}
}
