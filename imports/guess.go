package imports

import (
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"also/shop"
	"also/warehouse"
)

// ColumnType is what a column's values look like.
type ColumnType string

// The types of columns.
const (
	TextColumn    ColumnType = "TEXT"
	IntegerColumn ColumnType = "INTEGER"
	DecimalColumn ColumnType = "DECIMAL"
	TimeColumn    ColumnType = "TIME"
	EmailColumn   ColumnType = "EMAIL"
	EmptyColumn   ColumnType = "EMPTY"
)

// Column is one column of a file.
type Column struct {
	Name   string
	Type   ColumnType
	values []string // the ones that are not empty
	plain  string   // its name's letters and digits
	shape  shape
}

// columnsOf looks at the columns of the first rows.
func columnsOf(p warehouse.Preview) []Column {
	columns := make([]Column, len(p.Columns))
	for i, name := range p.Columns {
		c := Column{Name: name, plain: plain(name)}
		for _, row := range p.Rows {
			if v := strings.TrimSpace(row[i]); v != "" {
				c.values = append(c.values, v)
			}
		}
		c.shape = shapeOf(c.values)
		c.Type = c.shape.kind
		columns[i] = c
	}
	return columns
}

// plain is a name's letters and digits, in lower case: "Item Number" and item_number are the same.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// shape is how a column's values are written.
type shape struct {
	kind    ColumnType
	decimal string // "" plain, "," with a decimal comma, "'" with thousands or a currency's sign to take out
	layout  string // of times that need one, in strptime's words; "epoch" and "epochms" for numbers
}

var (
	integer      = regexp.MustCompile(`^[-+]?\d+$`)
	decimal      = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)$`)
	decimalComma = regexp.MustCompile(`^[-+]?[€$£]?\s*(\d+|\d{1,3}(\.\d{3})+),\d{1,2}\s*[€$£]?$`)
	decorated    = regexp.MustCompile(`^[-+]?[€$£]?\s*(\d+|\d{1,3}(,\d{3})+)(\.\d+)?\s*[€$£]?$`)
)

// layouts are how times are written that a plain cast does not read: in SQL's words and in Go's.
var layouts = []struct{ sql, golang string }{
	{"%d.%m.%Y", "2.1.2006"}, {"%d.%m.%Y %H:%M", "2.1.2006 15:04"}, {"%d.%m.%Y %H:%M:%S", "2.1.2006 15:04:05"},
	{"%m/%d/%Y", "1/2/2006"}, {"%m/%d/%Y %H:%M", "1/2/2006 15:04"}, {"%m/%d/%Y %H:%M:%S", "1/2/2006 15:04:05"},
	{"%d/%m/%Y", "2/1/2006"}, {"%d/%m/%Y %H:%M", "2/1/2006 15:04"}, {"%d/%m/%Y %H:%M:%S", "2/1/2006 15:04:05"},
	{"%Y/%m/%d", "2006/1/2"}, {"%Y/%m/%d %H:%M:%S", "2006/1/2 15:04:05"}, {"%Y%m%d", "20060102"},
}

// known are layouts that a cast reads by itself.
var known = []string{
	time.DateOnly, time.DateTime, "2006-01-02 15:04", time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05-07",
}

func shapeOf(values []string) shape {
	if len(values) == 0 {
		return shape{kind: EmptyColumn}
	}
	all := func(is func(string) bool) bool {
		return !slices.ContainsFunc(values, func(v string) bool { return !is(v) })
	}
	switch {
	case all(func(v string) bool { return parses(v, "20060102") && v > "19700101" && v < "21000101" }):
		return shape{kind: TimeColumn, layout: "%Y%m%d"}
	case all(integer.MatchString):
		return shape{kind: IntegerColumn}
	case all(decimal.MatchString):
		return shape{kind: DecimalColumn}
	case all(decimalComma.MatchString):
		return shape{kind: DecimalColumn, decimal: ","}
	case all(decorated.MatchString):
		return shape{kind: DecimalColumn, decimal: "'"}
	case all(func(v string) bool { a, err := mail.ParseAddress(v); return err == nil && a.Address == v }):
		return shape{kind: EmailColumn}
	case all(func(v string) bool { return slices.ContainsFunc(known, func(l string) bool { return parses(v, l) }) }):
		return shape{kind: TimeColumn}
	}
	for _, l := range layouts {
		if all(func(v string) bool { return parses(v, l.golang) }) {
			return shape{kind: TimeColumn, layout: l.sql}
		}
	}
	return shape{kind: TextColumn}
}

func parses(v, layout string) bool {
	_, err := time.Parse(layout, v)
	return err == nil
}

// Numbers of seconds and milliseconds since 1970 that are a time of this century.
func (c Column) epoch() string {
	if c.Type != IntegerColumn {
		return ""
	}
	unit := ""
	for _, v := range c.values {
		n, err := strconv.ParseInt(v, 10, 64)
		switch {
		case err == nil && n > 900_000_000 && n < 4_000_000_000 && unit != "epochms":
			unit = "epoch"
		case err == nil && n > 900_000_000_000 && n < 4_000_000_000_000 && unit != "epoch":
			unit = "epochms"
		default:
			return ""
		}
	}
	return unit
}

func (c Column) number() bool { return c.Type == IntegerColumn || c.Type == DecimalColumn }
func (c Column) time() bool   { return c.Type == TimeColumn || c.epoch() != "" }

// distinct reports whether no value is there twice.
func (c Column) distinct() bool {
	seen := map[string]bool{}
	for _, v := range c.values {
		if seen[v] {
			return false
		}
		seen[v] = true
	}
	return len(c.values) > 0
}

// eventWords are what other systems call what happens, plainly written.
var eventWords = map[string]shop.EventType{
	"purchase": shop.Purchase, "purchased": shop.Purchase, "order": shop.Purchase, "ordered": shop.Purchase, "buy": shop.Purchase, "bought": shop.Purchase,
	"transaction": shop.Purchase, "sale": shop.Purchase, "return": shop.Return, "returned": shop.Return, "refund": shop.Return,
	"view": shop.ProductView, "viewed": shop.ProductView, "productview": shop.ProductView, "detail": shop.ProductView, "pageview": shop.ProductView,
	"cart": shop.CartAdd, "addtocart": shop.CartAdd, "cartadd": shop.CartAdd, "removefromcart": shop.CartRemove, "cartremove": shop.CartRemove,
	"rating": shop.Rating, "rate": shop.Rating, "search": shop.Search, "impression": shop.Impression, "click": shop.Click,
	"notinterested": shop.NotInterested,
}
