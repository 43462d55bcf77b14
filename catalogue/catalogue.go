// Package catalogue keeps a shop's products in memory as columns, so that
// filters are bitmaps and a card costs no round trip. Each API process holds
// one, following the store's stream of catalogue changes.
package catalogue
