// Package recommend answers "what next?" for one shopper: sources propose,
// filters remove, composition mixes, and every product that is left says where
// it came from and why. An answer never waits past its deadline: what is late
// is replaced by the next source of the ladder, and the answer says so.
package recommend

import (
	"time"

	"also/shop"
)

// Source names what proposed a product.
type Source string

// The sources, each a rung that others can fall back to.
const (
	Personal     Source = "PERSONAL"      // the model's scores for the shopper's history, folded in now
	Precomputed  Source = "PRECOMPUTED"   // the same, as of the model's training
	Similar      Source = "SIMILAR"       // to the products asked about, by the model
	BoughtWith   Source = "BOUGHT_WITH"   // bought in the same orders
	SameVendor   Source = "SAME_VENDOR"   // more by the vendor
	BestSellers  Source = "BEST_SELLERS"  // of the category, or of the shop
	Trending     Source = "TRENDING"      // rising now
	Newest       Source = "NEWEST"        // listed last
	RecentlySeen Source = "RECENTLY_SEEN" // viewed by this shopper
	BuyAgain     Source = "BUY_AGAIN"     // bought by this shopper before, what is due by its rhythm first
)

// The placements that a shop has from the start. A placement is a name; others
// may be configured later.
const (
	PlacementHome     = "home"
	PlacementProduct  = "product"
	PlacementCart     = "cart"
	PlacementOrder    = "order"
	PlacementCategory = "category"
	PlacementBuyAgain = "buy-again"
)

// Request asks for one page of one answer.
type Request struct {
	Placement string
	Products  []string    // the products the page is about
	User      shop.UserID // 0: a stranger
	// Attributes are known of the shopper now, beside those that the shop keeps of a customer: a place, how they came.
	Attributes map[string]string
	Filter     Filter
	Sources    []Source // only these; empty: what the placement says
	First      int      // 1 to 100
	After      string   // cursor of an earlier page; the page after it is a continuation of the same answer
	NoReasons  bool     // leave out why: dividing scores into shares costs about as much as ranking
}

// Filter keeps only products that match all that is set. Products that cannot
// be bought are never recommended.
type Filter struct {
	Categories    []string // any of these, or below them
	Vendors       []string // any of these
	PriceMin      *shop.Money
	PriceMax      *shop.Money
	InStock       *bool               // default true
	Attributes    map[string][]string // each attribute has one of the values
	SKUs          []string            // none of any others; empty: all
	ExcludeSKUs   []string
	IncludeBought bool // do not remove what the shopper bought
}

// Answer is one page.
type Answer struct {
	ID        string // the recommendation id that events name
	Items     []Item
	HasMore   bool
	Freshness Freshness
	Model     string // id of the live model; "" without one
}

// Item is one recommended product.
type Item struct {
	SKU     string
	Score   float64 // of its source; comparable within one source only
	Source  Source
	Cursor  string
	Reasons []Reason // widest share first
}

// ReasonKind says what a reason points at.
type ReasonKind string

// The kinds of a reason.
const (
	ReasonEvent    ReasonKind = "EVENT"    // something the shopper did; has a share
	ReasonProduct  ReasonKind = "PRODUCT"  // the product asked about
	ReasonVendor   ReasonKind = "VENDOR"   //
	ReasonCategory ReasonKind = "CATEGORY" //
	ReasonCount    ReasonKind = "COUNT"    // many others did; see Text
	ReasonGain     ReasonKind = "GAIN"     // the product's own rise or fall; has a share
	ReasonPrior    ReasonKind = "PRIOR"    // what the attributes of a new product foretell, or what customers like a new one buy; has a share
	ReasonRhythm   ReasonKind = "RHYTHM"   // how often the shopper buys the product itself
)

// Reason is one answer to "why this?".
type Reason struct {
	Kind  ReasonKind
	SKU   string      // of the event's product or the product asked about
	Event *shop.Event // of kind EVENT
	// Share is the event's exact part of the score (not a fraction of 1): all shares of a PERSONAL item
	// sum to its Score. Of what the shopper did with one product there is one reason, which names the latest event;
	// Event is nil where only the training set remembers it. Of more than maxReasons the last stands for all the rest and has no SKU.
	Share float64
	Text  string // for people
}

// Served says how an answer was made.
type Served string

// The ways to serve, best first.
const (
	ServedFoldIn      Served = "FOLD_IN"     // solved now from the shopper's whole history
	ServedPrecomputed Served = "PRECOMPUTED" // from lists made at training
	ServedFallback    Served = "FALLBACK"    // without a model or a history
)

// Freshness says what an answer knew.
type Freshness struct {
	TrainedThrough int64      // position in the lake; 0 without a model
	TrainedAt      *time.Time // recorded-at of the last event trained on
	ProfileThrough *time.Time // occurred-at of the shopper's last event that counted
	PendingEvents  int        // events of this shopper that the answer did not know
	Served         Served
	Late           []Source      // sources that missed the deadline and were replaced
	Took           time.Duration //
}
