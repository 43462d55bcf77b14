package catalogue

import "also/shop"

// Filter keeps the products that match all that is set. The zero value keeps
// every ACTIVE product.
type Filter struct {
	Statuses   []shop.ProductStatus // any of these; empty: ACTIVE
	Categories []string             // any of these, or below them
	Vendors    []string             // any of these
	PriceMin   *shop.Money          // products in its currency that cost as much or more
	PriceMax   *shop.Money          // products in its currency that cost as much or less
	InStock    *bool                // whether any are left
	Attributes map[string][]string  // each attribute has one of the values
}

// Sort is the order of a listing; ties go by sku.
type Sort string

// The orders.
const (
	SortRelevance   Sort = "RELEVANCE"    // of a search: whole words before parts of words, names before descriptions; else as NEWEST
	SortNewest      Sort = "NEWEST"       // listed last first
	SortPriceAsc    Sort = "PRICE_ASC"    //
	SortPriceDesc   Sort = "PRICE_DESC"   //
	SortName        Sort = "NAME"         // by the letters of the name, whatever their case
	SortBestSelling Sort = "BEST_SELLING" // by the list given to SetBestSellers; what is not in it comes last
)

// MaxPage is how many products one page may hold.
const MaxPage = 100

// MaxText is how many bytes of a search text are read.
const MaxText = 200

// Query asks for one page of a listing.
type Query struct {
	Filter Filter
	Text   string // search; every word must match a product's sku, name, vendor, category, attribute or description, by its beginning or else by a part
	Sort   Sort   // empty: RELEVANCE
	First  int    // 1 to MaxPage
	After  string // Cursor of the product before the page; empty: from the start
	Facets bool   // count the matches by category, vendor and price
}

// Page is one page of a listing. Products are shared and must not be changed.
type Page struct {
	Products []*shop.Product
	Cursors  []string // one a product
	HasMore  bool
	Total    int // how many match in all
	Facets   *Facets
}

// Facets counts a listing's matches, on all its pages.
type Facets struct {
	Categories []Count // ancestors included; most first
	Vendors    []Count // most first
	Prices     []PriceBand
}

// Count is how many matches share an id.
type Count struct {
	ID    string
	Count int
}

// PriceBand counts matches whose price is at least Min and below Max; the last band of
// a currency includes its Max.
type PriceBand struct {
	Min, Max shop.Money
	Count    int
}
