package warehouse

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"also/shop"
)

// importFields lists the fields of each kind; attributes.<key> comes on top for
// products and customers.
var importFields = map[ImportKind][]string{
	ImportProducts:  {"sku", "name", "description", "vendor", "category", "price", "currency", "stock", "status", "listedAt", "image"},
	ImportCustomers: {"customer", "name", "email"},
	ImportEvents: {"type", "customer", "session", "sku", "quantity", "price", "currency", "occurredAt", "order", "line",
		"rating", "query", "id"},
}

// importNeeds lists the fields that must be mapped.
var importNeeds = map[ImportKind][]string{
	ImportProducts:  {"sku"},
	ImportCustomers: {"customer"},
	ImportEvents:    {"occurredAt"},
}

// attributePrefix begins the name of a field that becomes an attribute.
const attributePrefix = "attributes."

// withDefaults checks a spec and sets what it leaves open.
func (s ImportSpec) withDefaults(now time.Time) (ImportSpec, error) {
	known, ok := importFields[s.Kind]
	if !ok {
		return s, shop.Errorf(shop.BadUserInput, "kind", "%q cannot be imported: use products, customers or events", s.Kind)
	}
	if len(s.Files) == 0 {
		return s, shop.Errorf(shop.BadUserInput, "files", "name at least one file")
	}
	for i, f := range s.Files {
		if info, err := os.Stat(f); err != nil || info.IsDir() {
			return s, shop.Errorf(shop.BadUserInput, fmt.Sprintf("files.%d", i), "%s is not a file that can be read", f)
		}
		if _, err := formatOf(f); err != nil {
			return s, err
		}
	}
	for field, expression := range s.Map {
		attribute, is := strings.CutPrefix(field, attributePrefix)
		if !slices.Contains(known, field) && (!is || attribute == "" || s.Kind == ImportEvents) {
			return s, shop.Errorf(shop.BadUserInput, "map."+field, "%s have no such field: use %s", s.Kind, strings.Join(known, ", "))
		}
		if strings.TrimSpace(expression) == "" {
			return s, shop.Errorf(shop.BadUserInput, "map."+field, "give an expression, such as the name of a column")
		}
	}
	for _, field := range importNeeds[s.Kind] {
		if s.Map[field] == "" {
			return s, shop.Errorf(shop.BadUserInput, "map."+field, "%s need %s: map it to a column, as in %s=\"Column\"", s.Kind, field, field)
		}
	}
	if s.Kind == ImportEvents && s.Map["customer"] == "" && s.Map["session"] == "" {
		return s, shop.Errorf(shop.BadUserInput, "map.customer", "events need a customer or a session: map one of them")
	}
	if s.Currency != "" && !shop.ValidCurrency(s.Currency) {
		return s, shop.Errorf(shop.BadUserInput, "currency", "%q is not a currency code: use three capital letters such as EUR", s.Currency)
	}
	if s.Map["price"] != "" && s.Map["currency"] == "" && s.Currency == "" {
		return s, shop.Errorf(shop.BadUserInput, "currency", "say which currency the prices are in, such as EUR, or map the field currency")
	}
	if s.Source == "" {
		s.Source = filepath.Base(s.Files[0])
	}
	if s.Source == "shop" {
		return s, shop.Errorf(shop.BadUserInput, "source", `"shop" is what the shop's own commands call themselves: name the source otherwise`)
	}
	if s.ID == "" {
		s.ID = shop.NewUUID(now).String()
	}
	if !filepath.IsLocal(s.ID) || strings.ContainsAny(s.ID, `/\`) || len(s.ID) > 100 {
		return s, shop.Errorf(shop.BadUserInput, "id", "%q cannot name an import: use letters, digits and dashes", s.ID)
	}
	return s, nil
}

// fields returns the mapped fields in a fixed order.
func (s ImportSpec) fields() []string { return slices.Sorted(maps.Keys(s.Map)) }

// formatOf tells a file's format from its name.
func formatOf(path string) (string, error) {
	switch ext := strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(path), ".gz"))); ext {
	case ".csv", ".tsv", ".txt":
		return "csv", nil
	case ".json", ".jsonl", ".ndjson":
		return "json", nil
	case ".parquet":
		return "parquet", nil
	default:
		return "", shop.Errorf(shop.BadUserInput, "files", "%s: what %q files hold is not known: use .csv, .jsonl or .parquet, or the first two with .gz", filepath.Base(path), ext)
	}
}

// ImportField is something that a column can be mapped to.
type ImportField struct {
	Name   string
	Needed bool
}

// ImportFields lists the fields of a kind, those of docs/importing.md.
func ImportFields(k ImportKind) []ImportField {
	var out []ImportField
	for _, name := range importFields[k] {
		out = append(out, ImportField{name, slices.Contains(importNeeds[k], name)})
	}
	return out
}

// ColumnExpression is the expression that gives a column's text.
func ColumnExpression(column string) string { return sqlName(column) }

// ColumnOf returns the column whose text an expression gives, if that is all it does.
func ColumnOf(expression string) (string, bool) {
	inner, opened := strings.CutPrefix(expression, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	column := strings.ReplaceAll(inner, `""`, `"`)
	return column, opened && closed && sqlName(column) == expression
}
