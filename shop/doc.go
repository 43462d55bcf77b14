// Package shop holds the words of the domain: products, vendors, categories,
// customers, sessions, carts, orders, money and, above all, events. Every
// other package speaks in these types; this one imports the standard library
// only.
package shop
