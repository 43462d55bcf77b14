package commerce

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"also/shop"
)

// Limits of what comes in, in characters unless the name says otherwise.
const (
	maxID           = 128
	maxName         = 300
	maxPostcode     = 20
	maxDescription  = 20_000
	maxURL          = 2_000
	maxCategories   = 20
	maxImages       = 20
	maxAttributes   = 64
	maxAttributeKey = 64
	maxAttribute    = 1_000
	maxQuery        = 500
	maxEmail        = 254
	minPassword     = 8
	maxPassword     = 200
	maxQuantity     = 1_000_000
	maxMinor        = 1_000_000_000_000_000 // of a price, so that an order's total stays in range
	maxLines        = 500                   // of a cart or an order
)

// checks collects the first thing wrong with an input.
type checks struct{ err error }

func (c *checks) fail(field, format string, args ...any) {
	if c.err == nil {
		c.err = shop.Errorf(shop.BadUserInput, field, format, args...)
	}
}

// id checks an identifier that a caller chose.
func (c *checks) id(field, s string) {
	switch {
	case s == "":
		c.fail(field, "is missing: give an id of 1 to %d characters", maxID)
	case utf8.RuneCountInString(s) > maxID:
		c.fail(field, "is longer than %d characters", maxID)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) || strings.TrimSpace(s) != s:
		c.fail(field, "has control characters, or space around it: remove them")
	}
}

// optionalID is id for a field that may be empty.
func (c *checks) optionalID(field, s string) {
	if s != "" {
		c.id(field, s)
	}
}

// text checks words for people.
func (c *checks) text(field, s string, maximum int) {
	switch {
	case !utf8.ValidString(s):
		c.fail(field, "is not valid UTF-8")
	case utf8.RuneCountInString(s) > maximum:
		c.fail(field, "is longer than %d characters: shorten it", maximum)
	}
}

// name checks words for people that must not be empty.
func (c *checks) name(field, s string) {
	if strings.TrimSpace(s) == "" {
		c.fail(field, "is missing: give a name")
	}
	c.text(field, s, maxName)
}

// address checks where something is to be delivered: all but the postcode, which not every country has, is needed.
func (c *checks) address(field string, a shop.Address) {
	for _, part := range []struct{ name, value, what string }{
		{"name", a.Name, "say who receives it"},
		{"street", a.Street, "give the street and number"},
		{"city", a.City, "give the town"},
		{"country", a.Country, "give the country"},
	} {
		if strings.TrimSpace(part.value) == "" {
			c.fail(field+"."+part.name, "is missing: %s", part.what)
		}
		c.text(field+"."+part.name, part.value, maxName)
	}
	c.text(field+".postcode", a.Postcode, maxPostcode)
}

func (c *checks) between(field string, n, low, high int) {
	if n < low || n > high {
		c.fail(field, "must be %d to %d, is %d", low, high, n)
	}
}

func (c *checks) price(field string, m shop.Money) {
	switch {
	case !shop.ValidCurrency(m.Currency):
		c.fail(field+".currency", "%q is not a currency code: use three capital letters such as EUR", m.Currency)
	case m.Minor < 0 || m.Minor > maxMinor:
		c.fail(field+".amount", "must not be below 0 or above %s", shop.Money{Minor: maxMinor, Currency: m.Currency}.Amount())
	}
}

// email returns the address in lower case.
func (c *checks) email(field, s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > maxEmail {
		c.fail(field, "is not an e-mail address: write it like name@example.org")
	}
	return s
}

func (c *checks) product(p *shop.Product) {
	c.id("sku", p.SKU)
	c.name("name", p.Name)
	c.text("description", p.Description, maxDescription)
	c.optionalID("vendor", p.Vendor)
	if len(p.Categories) > maxCategories {
		c.fail("categories", "has %d categories: give %d at most", len(p.Categories), maxCategories)
	}
	for i, id := range p.Categories {
		c.id(fmt.Sprintf("categories.%d", i), id)
	}
	c.price("price", p.Price)
	c.between("stock", p.Stock, 0, maxQuantity*1000)
	switch p.Status {
	case shop.Draft, shop.Active, shop.Archived:
	default:
		c.fail("status", "%q is not a status: use %s, %s or %s", p.Status, shop.Draft, shop.Active, shop.Archived)
	}
	c.attributes(p.Attributes)
	c.images(p.Images)
}

// images checks the addresses of pictures, and what is said of them.
func (c *checks) images(all shop.Images) {
	if len(all) > maxImages {
		c.fail("images", "has %d pictures: give %d at most", len(all), maxImages)
	}
	for i, one := range all {
		field := fmt.Sprintf("images.%d", i)
		c.text(field+".url", one.URL, maxURL)
		if !strings.HasPrefix(one.URL, "https://") && !strings.HasPrefix(one.URL, "http://") && !strings.HasPrefix(one.URL, "/") {
			c.fail(field+".url", "is not an address of a picture: begin it with https:// or /")
		}
		if slices.ContainsFunc(all[:i], func(before shop.Image) bool { return before.URL == one.URL }) {
			c.fail(field+".url", "is there already: take one of the two away")
		}
		c.text(field+".alt", one.Alt, maxName)
	}
}

// attributes checks facts of a product or a customer.
func (c *checks) attributes(all map[string]string) {
	if len(all) > maxAttributes {
		c.fail("attributes", "has %d attributes: give %d at most", len(all), maxAttributes)
	}
	for k, v := range all {
		if k == "" || utf8.RuneCountInString(k) > maxAttributeKey {
			c.fail("attributes", "has a name that is empty or longer than %d characters", maxAttributeKey)
		}
		c.text("attributes", k, maxAttributeKey)
		c.text("attributes."+k, v, maxAttribute)
	}
}
