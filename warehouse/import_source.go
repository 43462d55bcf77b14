package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"also/shop"
)

// importSource is one file of an import as the SQL files name it.
type importSource struct {
	Number  int // from 0
	Path    string
	Name    string // what messages call it
	Format  string
	Columns []string
	Fields  map[string]importField
}

// importField is one mapped field: its expression, and what that needs.
type importField struct {
	Expression string
	// Safe says that the expression is a column's name or a constant, which cannot fail.
	Safe bool
}

// Has reports whether the field is mapped.
func (s importSource) Has(field string) bool { return s.Fields[field].Expression != "" }

// openSource finds a file's columns and checks the mapping against them.
func (v *view) openSource(ctx context.Context, number int, path string, spec ImportSpec) (importSource, error) {
	format, err := formatOf(path)
	if err != nil {
		return importSource{}, err
	}
	s := importSource{Number: number, Path: path, Name: firstText(spec.Name, path), Format: format, Fields: map[string]importField{}}
	err = v.query(ctx, "import_columns", s, func(scan func(...any) error) error {
		var c string
		if err := scan(&c); err != nil {
			return err
		}
		s.Columns = append(s.Columns, c)
		return nil
	})
	if err != nil {
		if ctx.Err() != nil {
			return s, ctx.Err()
		}
		return s, &shop.Error{Code: shop.BadUserInput, Field: fmt.Sprintf("files.%d", number), Message: fmt.Sprintf("%s cannot be read as %s", s.Name, format), Err: err}
	}
	if err := v.exec(ctx, "import_row", s); err != nil {
		return s, err
	}
	for _, field := range spec.fields() {
		f, err := v.checkExpression(ctx, spec.Map[field], spec.Guarded)
		if err != nil {
			return s, shop.Errorf(shop.BadUserInput, "map."+field, "%s\nThe file's columns are %s", strings.TrimSpace(messageOf(err)), quotedNames(s.Columns))
		}
		s.Fields[field] = f
	}
	return s, nil
}

// messageOf returns an error's message without its field.
func messageOf(err error) string {
	if e, ok := err.(*shop.Error); ok {
		return e.Message
	}
	return err.Error()
}

func quotedNames(columns []string) string {
	q := make([]string, len(columns))
	for i, c := range columns {
		q[i] = sqlName(c)
	}
	return strings.Join(q, ", ")
}

// checkExpression makes sure that an expression is one value computed from one
// row of the table import_row, and nothing else: no query of its own, no table, no second statement; guarded, nor
// any function that guard refuses.
func (v *view) checkExpression(ctx context.Context, expression string, guarded bool) (importField, error) {
	f := importField{Expression: expression}
	tree, err := v.parse(ctx, "SELECT (\n"+expression+"\n) FROM import_row")
	if err != nil {
		return f, err
	}
	var parsed struct {
		Node struct {
			Type   string
			Select []struct {
				Class string
				Type  string
			} `json:"select_list"`
			From struct {
				Type  string
				Table string `json:"table_name"`
			} `json:"from_table"`
			Where     json.RawMessage `json:"where_clause"`
			Groups    []any           `json:"group_expressions"`
			Having    json.RawMessage
			Qualify   json.RawMessage
			Modifiers []any
		}
	}
	if err := json.Unmarshal(tree, &parsed); err != nil {
		return f, err
	}
	n := parsed.Node
	empty := func(m json.RawMessage) bool { return len(m) == 0 || string(m) == "null" }
	if n.Type != "SELECT_NODE" || len(n.Select) != 1 || n.From.Type != "BASE_TABLE" || n.From.Table != "import_row" ||
		!empty(n.Where) || len(n.Groups) > 0 || !empty(n.Having) || !empty(n.Qualify) || len(n.Modifiers) > 0 {
		return f, shop.Errorf(shop.BadUserInput, "", "%s is not one expression", expression)
	}
	if strings.Contains(string(tree), `"class":"SUBQUERY"`) || strings.Contains(string(tree), `"class":"WINDOW"`) {
		return f, shop.Errorf(shop.BadUserInput, "", "%s looks beyond its row: use the row's columns only", expression)
	}
	if guarded {
		if err := guard(expression, tree); err != nil {
			return f, err
		}
	}
	f.Safe = n.Select[0].Class == "COLUMN_REF" || n.Select[0].Class == "CONSTANT"
	rows, err := v.conn.QueryContext(ctx, "SELECT (\n"+expression+"\n) FROM import_row")
	if err != nil {
		return f, userError(ctx, err)
	}
	return f, rows.Close()
}
