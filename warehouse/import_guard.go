package warehouse

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"also/shop"
)

// maxGuarded is how long a guarded expression may be, in bytes.
const maxGuarded = 2000

// guardedFunctions are the functions and operators that a guarded expression
// may use: each looks at its arguments only, and gives back no more than a few
// times as much. Left out are those that read anything else, that make much of little (repeat,
// lpad, range, format) and that look at other rows (sum, lag).
var guardedFunctions = textSet(`+ - * / // % ^ ** || ~~ !~~ ~~* !~~* -> ->> @
	abs ceil ceiling floor round trunc sign sqrt exp ln log10 pow power mod greatest least
	lower upper lcase ucase trim ltrim rtrim left right substring substr length strlen reverse initcap
	concat concat_ws contains starts_with ends_with prefix suffix instr strpos position split_part string_split str_split split
	string_to_array replace regexp_replace regexp_extract regexp_matches regexp_full_match strip_accents nfc_normalize ascii chr md5 hash
	nullif ifnull isnan isfinite
	list_value list_extract array_extract list_element list_filter_null len array_length array_to_string list_distinct list_sort
	json_extract json_extract_string json_extract_path json_extract_path_text json_value to_json json_array_length struct_extract
	strptime try_strptime strftime make_date make_timestamp make_time epoch epoch_ms epoch_us to_timestamp date_part date_trunc date_add date_diff
	datepart datetrunc datediff year month day hour minute second dayofweek timezone
	to_years to_months to_weeks to_days to_hours to_minutes to_seconds to_milliseconds try_cast`)

// guardedClasses are the kinds of expression that a guarded one is made of.
var guardedClasses = textSet(`COLUMN_REF CONSTANT CAST COMPARISON CONJUNCTION CASE FUNCTION OPERATOR BETWEEN`)

func textSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// guard refuses an expression that came from the network, given DuckDB's tree
// of it, unless it is made of columns, constants and the closed set of functions.
func guard(expression string, tree json.RawMessage) error {
	if len(expression) > maxGuarded {
		return shop.Errorf(shop.BadUserInput, "", "an expression may have %d characters; this one has %d", maxGuarded, len(expression))
	}
	var root any
	if err := json.Unmarshal(tree, &root); err != nil {
		return err
	}
	g := guarding{}
	g.walk(root)
	return g.refused
}

// guarding is one walk over a tree.
type guarding struct {
	refused error
	growing int // calls that may give back several times as much as they got
}

func (g *guarding) refuse(format string, args ...any) {
	if g.refused == nil {
		g.refused = shop.Errorf(shop.BadUserInput, "", format, args...)
	}
}

func (g *guarding) walk(node any) {
	switch node := node.(type) {
	case []any:
		for _, n := range node {
			g.walk(n)
		}
	case map[string]any:
		if class, is := node["class"].(string); is {
			if !guardedClasses[class] {
				g.refuse("%s is not allowed here: use columns, constants, and functions of one value", strings.ToLower(class))
				return
			}
			if class == "FUNCTION" {
				g.call(node)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(node)) {
			g.walk(node[key])
		}
	}
}

// maxGrowing is how many calls of an expression may make texts longer, and
// maxGrowth by how much: so that a short expression cannot make a huge value.
const (
	maxGrowing = 4
	maxGrowth  = 10
)

// call judges one call of a function.
func (g *guarding) call(node map[string]any) {
	name, _ := node["function_name"].(string)
	schema, _ := node["schema"].(string)
	catalog, _ := node["catalog"].(string)
	if !guardedFunctions[name] || catalog != "" || schema != "" && schema != "main" {
		if schema != "" && schema != "main" {
			name = schema + "." + name
		}
		g.refuse("the function %s cannot be used here: docs/importing.md lists those that can", name)
		return
	}
	args, _ := node["children"].([]any)
	switch name {
	case "~~", "!~~", "~~*", "!~~*":
		if pattern, is := constantText(args, 1); !is || strings.Count(pattern, "%") > maxGrowing {
			g.refuse("LIKE needs a text with at most %d times %%: use contains, or regexp_matches", maxGrowing)
		}
	case "replace", "regexp_replace":
		from, is := constantText(args, 1)
		to, also := constantText(args, 2)
		if !is || !also || len(to) > maxGrowth {
			g.refuse("%s needs texts, the second with at most %d characters", name, maxGrowth)
		}
		if name == "regexp_replace" || len(to) > len(from) {
			g.growing++
		}
	case "array_to_string":
		if by, is := constantText(args, 1); !is || len(by) > maxGrowth {
			g.refuse("%s needs a text of at most %d characters between the parts", name, maxGrowth)
		}
		g.growing++
	}
	if g.growing > maxGrowing {
		g.refuse("at most %d calls of replace, regexp_replace and array_to_string may be in one expression", maxGrowing)
	}
}

// constantText returns a call's argument, if it is a text.
func constantText(args []any, i int) (string, bool) {
	if i >= len(args) {
		return "", false
	}
	node, _ := args[i].(map[string]any)
	value, _ := node["value"].(map[string]any)
	text, is := value["value"].(string)
	return text, is && node["class"] == "CONSTANT"
}
