package graph

import (
	"strings"

	"also/shop"
)

// The kinds of things that have a global id.
const (
	kindProduct    = "Product"
	kindVendor     = "Vendor"
	kindCategory   = "Category"
	kindCustomer   = "Customer"
	kindOrder      = "Order"
	kindKey        = "Key"
	kindRun        = "TrainingRun"
	kindModel      = "Model"
	kindComparison = "ModelComparison"
	kindImport     = "Import"
	kindTuning     = "Tuning"
)

// globalID names a thing among all things: its kind, a slash, its own key.
func globalID(kind, key string) string { return kind + "/" + key }

// parseID takes a global id apart. ok is false for what is none.
func parseID(id string) (kind, key string, ok bool) {
	kind, key, ok = strings.Cut(id, "/")
	return kind, key, ok && kind != "" && key != ""
}

// keyOf returns the key in an id that must be of one kind.
func keyOf(kind, field, id string) (string, error) {
	k, key, ok := parseID(id)
	if !ok || k != kind {
		return "", shop.Errorf(shop.BadUserInput, field, "%q is not the id of a %s: pass it as the API gave it", id, kind)
	}
	return key, nil
}

// oneOf returns the key of a thing that is named either by a key of its own or
// by its id; exactly one must be given.
func oneOf(kind, keyName string, key, id *string) (string, error) {
	switch {
	case (key == nil) == (id == nil):
		return "", shop.Errorf(shop.BadUserInput, keyName, "give either %s or id", keyName)
	case key != nil:
		return *key, nil
	}
	return keyOf(kind, "id", *id)
}
