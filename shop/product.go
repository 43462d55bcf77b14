package shop

import "time"

// ProductStatus says whether a product can be seen and bought.
type ProductStatus string

// The states of a product. Only ACTIVE ones are listed, sold and recommended.
const (
	Draft    ProductStatus = "DRAFT"
	Active   ProductStatus = "ACTIVE"
	Archived ProductStatus = "ARCHIVED"
)

// Product is a thing the shop sells, known by its sku.
type Product struct {
	SKU         string            `json:"sku"`
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Vendor      string            `json:"vendor,omitempty"`     // Vendor.ID
	Categories  []string          `json:"categories,omitempty"` // Category.ID, the main one first
	Price       Money             `json:"price"`
	Stock       int               `json:"stock"` // pieces that can be sold now, ≥ 0
	Status      ProductStatus     `json:"status"`
	Attributes  map[string]string `json:"attributes,omitempty"` // any other facts, for filters and pictures
	ListedAt    time.Time         `json:"listedAt"`             // since when it is on offer; the newest come first
	Images      Images            `json:"image,omitempty"`      // the main one first; none: one is drawn
	Version     int64             `json:"version"`              // rises by one with every save; 0: never saved
}

// Vendor makes or sells products.
type Vendor struct {
	ID   string `json:"id"` // a slug of the name unless given
	Name string `json:"name"`
}

// Category is a node of the tree of categories.
type Category struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Parent string `json:"parent,omitempty"` // Category.ID; empty at the root
}
