package catalogue

import "also/shop"

// Filter keeps the products that match all that is set. The zero value keeps
// every ACTIVE product.
type Filter struct {
	Statuses   []shop.ProductStatus // any of these; empty: ACTIVE
	Categories []string             // any of these, or below them
	Within     string               // this one, or below it, whatever Categories says
	Vendors    []string             // any of these
	PriceMin   *shop.Money          // products in its currency that cost as much or more
	PriceMax   *shop.Money          // products in its currency that cost as much or less
	InStock    *bool                // whether any are left
	Attributes map[string][]string  // each attribute has one of the values
	Lacks      []Part               // has none of these
	StockBelow *int                 // fewer are left
}

// Part is something that a product may lack.
type Part string

// The parts.
const (
	PartCategory    Part = "CATEGORY"
	PartVendor      Part = "VENDOR"
	PartPrice       Part = "PRICE"
	PartPicture     Part = "PICTURE" // of its own: one is drawn for it
	PartDescription Part = "DESCRIPTION"
)

// Sort is the order of a listing; ties go by sku.
type Sort string

// The orders.
const (
	SortRelevance   Sort = "RELEVANCE"    // of a search: see Query.Text; else as NEWEST
	SortNewest      Sort = "NEWEST"       // listed last first
	SortPriceAsc    Sort = "PRICE_ASC"    //
	SortPriceDesc   Sort = "PRICE_DESC"   //
	SortName        Sort = "NAME"         // by the letters of the name, whatever their case
	SortBestSelling Sort = "BEST_SELLING" // by the list given to SetBestSellers; what is not in it comes last
	SortStockAsc    Sort = "STOCK_ASC"    // the fewest left first
)

// MaxPage is how many products one page may hold.
const MaxPage = 100

// MaxText is how many bytes of a search text are read.
const MaxText = 200

// Query asks for one page of a listing.
type Query struct {
	Filter Filter
	// Text is a search. Every word must answer a word of a product's name, sku, attributes or description, or of its vendor's or
	// categories' names: be it, have another number, begin it or, where nothing begins so, be a part of it. Where no product
	// answers, typos are forgiven.
	//
	// RELEVANCE ranks first by class: fewer typos, then every word whole. Within a class by
	//
	//	0.7 · text + 0.3 · liking
	//
	// where text, 0 to 1, is the mean over the words of the best fit times the field's weight, and liking, 0 to 1, is popularity,
	// 1 − ln(1+rank)/ln(1+n) among the n best-sellers, or with Taste 0.8 · taste + 0.2 · popularity. Ties go to the newest.
	Text    string
	Taste   func(number int32) float64 // how much the shopper likes a product, 0 to 1; nil for a stranger
	TasteAs string                     // names that taste: TasteOf reads it from a cursor
	Sort    Sort                       // empty: RELEVANCE
	First   int                        // 1 to MaxPage
	After   string                     // Cursor of the product before the page; empty: from the start
	Facets  bool                       // count the matches
}

// Page is one page of a listing. Products are shared and must not be changed.
type Page struct {
	Products []*shop.Product
	Cursors  []string // one a product
	HasMore  bool
	Total    int // how many match in all
	Facets   *Facets
	// Meant is the text that the search was taken for, where nothing answers it as it was typed; what would find
	// something, if the page is empty. "" otherwise.
	Meant string
}

// Facets counts a listing's matches, on all its pages. Each facet is counted without its own condition in the
// filter: it says what choosing otherwise would give.
type Facets struct {
	Categories []Count // ancestors included; most first
	Vendors    []Count // most first
	Prices     []PriceBand
	Attributes []AttributeCounts // of the most products first
	InStock    int
}

// Count is how many matches share an id.
type Count struct {
	ID    string
	Count int
}

// AttributeCounts counts matches by the value of an attribute, most first; ID is the value.
type AttributeCounts struct {
	Name   string
	Values []Count
}

// PriceBand counts matches whose price is at least Min and below Max; the last band of
// a currency includes its Max.
type PriceBand struct {
	Min, Max shop.Money
	Count    int
}
