package imports

import (
	"maps"
	"slices"
	"strings"

	"also/warehouse"
)

// guessed is how a field is recognised: by what its column is called, best
// first, if the column's values fit.
type guessed struct {
	field string
	names string // whole names, plainly written
	parts string // parts of names that will do
	fits  func(Column) bool
}

// whatever fits a field of any values.
func whatever(Column) bool { return true }

// guesses are in the order in which fields take columns.
var guesses = map[Kind][]guessed{
	Products: {
		{"sku", "sku productsku itemsku variantsku sku id productid itemid itemnumber itemno stockcode articlenumber articleno article productcode itemcode asin upc ean gtin handle code artikelnummer", "sku productid itemid itemnumber stockcode", whatever},
		{"name", "name title productname producttitle itemname itemdescription displayname product item bezeichnung description", "title productname itemname", whatever},
		{"description", "description longdescription body bodyhtml text details beschreibung itemdescription", "description", whatever},
		{"vendor", "vendorname vendor brandname brand manufacturer supplier maker seller marke hersteller", "vendorname brandname brand vendor manufacturer supplier", whatever},
		{"category", "categoryname category categories productcategory producttype type department kind kategorie genre", "categoryname category", whatever},
		{"price", "price unitprice variantprice listprice retailprice saleprice regularprice preis amount cost", "retail price preis", Column.number},
		{"currency", "currency currencycode pricecurrency", "currency", func(c Column) bool { return c.codes() }},
		{"stock", "stock stockquantity quantity qty inventory inventoryquantity variantinventoryqty available onhand bestand", "stock inventory qty", Column.number},
		{"status", "status state", "", func(c Column) bool { return c.among("ACTIVE", "DRAFT", "ARCHIVED") }},
		{"listedAt", "listedat listdate createdat created published publishedat date launchdate availablefrom", "listdate createdat", Column.time},
		{"image", "image images imageurl imageurls imagesrc picture pictures pictureurl photo img thumbnail", "image picture", func(c Column) bool { return c.begins("http") }},
	},
	Customers: {
		{"customer", "customer customerid userid id customernumber customerno clientid accountid store storenumber kundennummer", "customerid userid customer", whatever},
		{"email", "email emailaddress mail emailadresse", "email", func(c Column) bool { return c.Type == EmailColumn }},
		{"name", "name fullname customername displayname username firstname", "name", whatever},
	},
	Events: {
		{"occurredAt", "occurredat orderedat createdat timestamp time date datetime invoicedate orderdate purchasedate eventtime ts purchasedat at datum", "date time timestamp", Column.time},
		{"customer", "customer customerid userid user customernumber storenumber clientid accountid buyerid uid", "customerid userid customer storenumber", whatever},
		{"session", "session sessionid usersession visitorid visit cookie anonymousid deviceid", "session", whatever},
		{"sku", "sku productsku itemsku productid itemid itemnumber itemno stockcode productcode article articleid asin upc product item lineitemsku", "sku productid itemid itemnumber stockcode", whatever},
		{"type", "type event eventtype eventname action interaction behavior", "eventtype event", func(c Column) bool { return c.happenings() != nil }},
		{"quantity", "quantity qty pieces count units lineitemquantity bottlessold menge", "quantity qty", Column.number},
		{"price", "price unitprice lineitemprice itemprice saleprice preis", "price", Column.number},
		{"currency", "currency currencycode", "currency", func(c Column) bool { return c.codes() }},
		{"order", "order orderid ordernumber orderno invoice invoiceno invoiceid transactionid receipt basketid", "orderid ordernumber invoice", whatever},
		{"rating", "rating stars score", "rating", Column.number},
		{"query", "query searchterm searchquery q", "query", whatever},
		{"id", "eventid lineid rowid id uuid", "", Column.distinct},
	},
}

// codes reports whether all values are three capital letters.
func (c Column) codes() bool {
	return len(c.values) > 0 && !slices.ContainsFunc(c.values, func(v string) bool {
		return len(v) != 3 || strings.Trim(strings.ToUpper(v), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != ""
	})
}

func (c Column) among(words ...string) bool {
	return len(c.values) > 0 && !slices.ContainsFunc(c.values, func(v string) bool { return !slices.Contains(words, strings.ToUpper(v)) })
}

func (c Column) begins(prefix string) bool {
	return len(c.values) > 0 && !slices.ContainsFunc(c.values, func(v string) bool { return !strings.HasPrefix(v, prefix) })
}

// happenings gives each value of the column its type of event, nil if one has none.
func (c Column) happenings() map[string]string {
	out := map[string]string{}
	for _, v := range c.values {
		t, is := eventWords[plain(v)]
		if !is {
			return nil
		}
		out[strings.ToLower(v)] = string(t)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// guessKind is the kind of file that these columns most likely are.
func guessKind(columns []Column) Kind {
	events, customers := guessColumns(Events, columns), guessColumns(Customers, columns)
	has := func(m map[string]Column, fields ...string) bool {
		return !slices.ContainsFunc(fields, func(f string) bool { _, ok := m[f]; return !ok })
	}
	switch {
	case has(events, "occurredAt", "sku") && (has(events, "customer") || has(events, "session")):
		return Events
	case has(customers, "customer", "email"):
		return Customers
	case has(guessColumns(Products, columns), "sku"):
		return Products
	case has(customers, "customer"):
		return Customers
	}
	return Products
}

// guessColumns gives fields of a kind their columns; no column to two.
func guessColumns(k Kind, columns []Column) map[string]Column {
	found, taken := map[string]Column{}, map[string]bool{}
	take := func(g guessed, match func(c Column, name string) bool, names string) {
		if _, has := found[g.field]; has {
			return
		}
		for name := range strings.FieldsSeq(names) {
			for _, c := range columns {
				if !taken[c.Name] && match(c, name) && c.Type != EmptyColumn && g.fits(c) {
					found[g.field], taken[c.Name] = c, true
					return
				}
			}
		}
	}
	for _, g := range guesses[k] {
		take(g, func(c Column, name string) bool { return c.plain == name }, g.names)
	}
	for _, g := range guesses[k] {
		take(g, func(c Column, name string) bool { return strings.Contains(c.plain, name) }, g.parts)
	}
	return found
}

// guessMap is the mapping that a file's columns most likely have.
func guessMap(k Kind, columns []Column) map[string]string {
	found := guessColumns(k, columns)
	out := map[string]string{}
	for _, field := range slices.Sorted(maps.Keys(found)) {
		out[field] = expressionOf(field, found[field])
	}
	if k == Events {
		guessReturns(found, out)
	}
	return out
}

// guessReturns takes rows with a negative quantity for returns, where nothing
// else says what happened.
func guessReturns(found map[string]Column, out map[string]string) {
	quantity, counted := found["quantity"]
	_, typed := found["type"]
	if !counted || typed || !slices.ContainsFunc(quantity.values, func(v string) bool { return strings.HasPrefix(v, "-") }) {
		return
	}
	q := out["quantity"]
	out["quantity"] = "abs(TRY_CAST(" + q + " AS DOUBLE))"
	out["type"] = "CASE WHEN TRY_CAST(" + q + " AS DOUBLE) < 0 THEN 'RETURN' ELSE 'PURCHASE' END"
}

// expressionOf reads a column as a field needs it.
func expressionOf(field string, c Column) string {
	name := warehouse.ColumnExpression(c.Name)
	switch {
	case c.shape.decimal == ",":
		return "replace(replace(regexp_replace(" + name + ", '[^0-9,.-]', '', 'g'), '.', ''), ',', '.')"
	case c.shape.decimal == "'":
		return "regexp_replace(" + name + ", '[^0-9.-]', '', 'g')"
	case field == "occurredAt" || field == "listedAt":
		switch unit := c.epoch(); {
		case unit == "epoch":
			return "to_timestamp(TRY_CAST(" + name + " AS BIGINT))"
		case unit == "epochms":
			return "to_timestamp(TRY_CAST(" + name + " AS BIGINT) / 1000)"
		case c.shape.layout != "":
			return "try_strptime(" + name + ", '" + c.shape.layout + "')"
		}
	case field == "type":
		return typeExpression(name, c.happenings())
	case field == "status":
		return "upper(" + name + ")"
	}
	return name
}

// typeExpression turns what happened, in another system's words, into ours.
func typeExpression(name string, words map[string]string) string {
	var b strings.Builder
	b.WriteString("CASE lower(trim(" + name + "))")
	for _, word := range slices.Sorted(maps.Keys(words)) {
		b.WriteString(" WHEN '" + strings.ReplaceAll(word, "'", "''") + "' THEN '" + words[word] + "'")
	}
	return b.String() + " END"
}
