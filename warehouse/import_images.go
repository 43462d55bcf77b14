package warehouse

import (
	"encoding/json"
	"regexp"
	"strings"

	"also/shop"
)

// images is the pictures that an image expression gave: an address, several of
// them apart by commas, bars or spaces, or a list; those of before if it gave
// none. What is known of a picture stays with it.
func images(before shop.Images, text string) shop.Images {
	said := map[string]string{}
	for _, one := range before {
		said[one.URL] = one.Alt
	}
	var after shop.Images
	met := map[string]bool{"": true}
	for _, url := range addresses(text) {
		if url = strings.TrimSpace(url); !met[url] {
			met[url] = true
			after = append(after, shop.Image{URL: url, Alt: said[url]})
		}
	}
	if len(after) == 0 {
		return before
	}
	return after
}

// nextAddress is what stands between two addresses: a comma alone may belong to one.
var nextAddress = regexp.MustCompile(`[\s,;|]+(https?://)`)

// addresses reads a JSON text, which it divides, or a list of them.
func addresses(text string) []string {
	var one string
	if json.Unmarshal([]byte(text), &one) == nil {
		return strings.Split(nextAddress.ReplaceAllString(strings.TrimSpace(one), "\n$1"), "\n")
	}
	var many []string // null leaves it empty, and an element ""
	if json.Unmarshal([]byte(text), &many) != nil {
		return nil
	}
	return many
}
