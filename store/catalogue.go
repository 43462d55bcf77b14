package store

import (
	"context"
	"time"

	"also/shop"
)

// SaveMode says what a save expects to find.
type SaveMode int

// The modes of a save.
const (
	Create  SaveMode = iota // fails with shop.Conflict if it exists
	Replace                 // fails with shop.NotFound if it does not, shop.Conflict if its Version differs
	Upsert                  // either, whatever the version
)

// Catalogue holds products, vendors and categories. Every save and delete
// appends its event (PRODUCT_SAVED with the product as payload, …) to the
// outbox and a Change to the stream of changes, in the same step. e carries
// the event's id, times and source; type, sku and payload are filled in here.
type Catalogue interface {
	// SaveProduct stores p and returns it as stored (Version, Stock). With
	// keepStock the stock stays as it is and the event's payload has no
	// "stock": so a change of the name never undoes an order.
	SaveProduct(ctx context.Context, p shop.Product, keepStock bool, mode SaveMode, e shop.Event) (shop.Product, error)
	// DeleteProduct forgets a product and its stock.
	DeleteProduct(ctx context.Context, sku string, e shop.Event) error
	// Products returns one product per sku, with its current stock; nil for an unknown sku.
	Products(ctx context.Context, skus []string) ([]*shop.Product, error)
	// AllProducts calls f with every product, in no order, in batches, and returns
	// the position of the stream of changes from which following continues.
	AllProducts(ctx context.Context, f func([]shop.Product) error) (after string, err error)

	SaveVendor(ctx context.Context, v shop.Vendor, mode SaveMode, e shop.Event) error
	// DeleteVendor does not ask whether products still name it: commerce does.
	DeleteVendor(ctx context.Context, id string, e shop.Event) error
	Vendors(ctx context.Context) ([]shop.Vendor, error)
	SaveCategory(ctx context.Context, c shop.Category, mode SaveMode, e shop.Event) error
	DeleteCategory(ctx context.Context, id string, e shop.Event) error
	Categories(ctx context.Context) ([]shop.Category, error)

	// Changes returns catalogue changes after a position of the stream, waiting up
	// to block if there are none, and the position to go on from. It fails with
	// ErrBehind if changes after that position were trimmed: reload.
	Changes(ctx context.Context, after string, block time.Duration) (changes []Change, next string, err error)
}

// Change says that a thing of the catalogue is new, changed or gone. A change
// of stock by an order is one too.
type Change struct {
	Kind ChangeKind
	ID   string // sku, vendor id, category id; empty for Everything
}

// ChangeKind says what kind of thing changed.
type ChangeKind string

// The kinds of a Change.
const (
	ProductChange  ChangeKind = "product"
	VendorChange   ChangeKind = "vendor"
	CategoryChange ChangeKind = "category"
	PeopleChange   ChangeKind = "people"     // somebody was forgotten: what is remembered of ids of the shop's may be wrong
	Everything     ChangeKind = "everything" // after a rebuild: reload
)

// ErrBehind says that a follower of Changes or of the fresh items missed some.
var ErrBehind = shop.Errorf(shop.Conflict, "", "changes were trimmed: reload")
