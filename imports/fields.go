package imports

import "also/warehouse"

// Field is something that a column can be mapped to.
type Field struct {
	Name   string
	Needed bool
	About  string
}

// Fields lists what the columns of a kind can be mapped to. Products and
// customers take attributes.<name> on top.
func Fields(k Kind) []Field {
	var out []Field
	for _, f := range warehouse.ImportFields(kinds[k]) {
		out = append(out, Field{Name: f.Name, Needed: f.Needed, About: about[k][f.Name]})
	}
	return out
}

// about says what each field is.
var about = map[Kind]map[string]string{
	Products: {
		"sku": "the product's own id", "name": "what it is called", "description": "a text", "vendor": "its maker's or seller's id or name",
		"category": "a name, a path such as Kitchen > Tea, or a list", "price": "a decimal number", "currency": "three letters, where prices differ in it",
		"stock": "pieces, a whole number; a new product without any is not sold", "status": "ACTIVE, DRAFT or ARCHIVED",
		"listedAt": "since when it is on offer", "image": "the address of a picture, or several, the main one first",
	},
	Customers: {"customer": "your own id of the customer", "name": "a text", "email": "an address"},
	Events: {
		"type": "PURCHASE, PRODUCT_VIEW, …; PURCHASE if it is not mapped", "customer": "your own id of the customer",
		"session": "what tells visitors apart who have not signed in", "sku": "the product", "quantity": "pieces, a whole number above 0",
		"price": "of one piece", "currency": "three letters, where prices differ in it", "occurredAt": "a date or time, UTC unless it says otherwise",
		"order": "what ties the lines of an order together", "line": "the line's number in its order", "rating": "1 to 5, of a RATING",
		"query": "what was searched for", "id": "the row's own key, if it has one: it makes importing twice exact",
	},
}
