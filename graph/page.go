package graph

import (
	"encoding/base64"
	"fmt"
	"strings"

	"also/catalogue"
	"also/graph/model"
	"also/shop"
)

// maxFirst is the longest page.
const maxFirst = 100

// pageSize checks the argument first, which the schema gives a default.
func pageSize(first *int) (int, error) {
	if first == nil {
		return 0, shop.Errorf(shop.BadUserInput, "first", "first must be 1 to %d", maxFirst)
	}
	if *first < 1 || *first > maxFirst {
		return 0, shop.Errorf(shop.BadUserInput, "first", "first must be 1 to %d, not %d", maxFirst, *first)
	}
	return *first, nil
}

// cursorOf makes an opaque cursor that carries the sort key of a thing.
func cursorOf(key string) string { return base64.RawURLEncoding.EncodeToString([]byte(key)) }

// parseCursor reads what cursorOf made; "" for none.
func parseCursor(after *string) (string, error) {
	if after == nil || *after == "" {
		return "", nil
	}
	key, err := base64.RawURLEncoding.DecodeString(*after)
	if err != nil || len(key) == 0 {
		return "", shop.Errorf(shop.BadUserInput, "after", "%q is not a cursor: pass the endCursor of the page before", *after)
	}
	return string(key), nil
}

// window returns the first things of a list, sorted by key, that lie behind
// after, and whether more follow.
func window[T any](all []T, key func(T) string, after string, first int) (page []T, more bool) {
	start := 0
	for after != "" && start < len(all) && key(all[start]) <= after {
		start++
	}
	end := min(start+first, len(all))
	return all[start:end], end < len(all)
}

// pageInfo describes a page by its cursors.
func pageInfo(cursors []string, more bool) *model.PageInfo {
	info := &model.PageInfo{HasNextPage: more}
	if n := len(cursors); n > 0 {
		info.StartCursor, info.EndCursor = &cursors[0], &cursors[n-1]
	}
	return info
}

// nameKey is the sort key of things listed by name: upper and lower case alike,
// ties by id.
func nameKey(name, id string) string { return strings.ToLower(name) + "\x00" + id }

// countKey sorts the highest count first; counts are below a thousand million.
func countKey(count int) string { return fmt.Sprintf("%09d ", 999_999_999-count) }

// namedLike reports whether a name, or a word of it, begins with the text, whatever the case and accents.
func namedLike(name, text string) bool {
	name, text = catalogue.Plain(name), catalogue.Plain(strings.TrimSpace(text))
	return strings.HasPrefix(name, text) || strings.Contains(name, " "+text)
}
