package redisstore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"also/shop"
)

// A product is stored as one line that scripts can read, "version status minor
// currency", and its JSON without stock (which is a number of its own) and
// version.

// storedProduct is the JSON part; its fields are those of shop.Product.
type storedProduct struct {
	SKU         string             `json:"sku"`
	Name        string             `json:"name"`
	Description string             `json:"description,omitempty"`
	Vendor      string             `json:"vendor,omitempty"`
	Categories  []string           `json:"categories,omitempty"`
	Price       shop.Money         `json:"price"`
	Stock       *int               `json:"stock,omitempty"`
	Status      shop.ProductStatus `json:"status"`
	Attributes  map[string]string  `json:"attributes,omitempty"`
	ListedAt    time.Time          `json:"listedAt"`
	Images      shop.Images        `json:"image,omitempty"`
	Version     int64              `json:"version,omitempty"`
}

func stored(p shop.Product) storedProduct {
	return storedProduct{
		SKU: p.SKU, Name: p.Name, Description: p.Description, Vendor: p.Vendor, Categories: p.Categories, Price: p.Price,
		Status: p.Status, Attributes: p.Attributes, ListedAt: p.ListedAt.UTC().Round(0), Images: p.Images,
	}
}

// encodeProduct is the value of the product's field.
func encodeProduct(p shop.Product) ([]byte, error) {
	j, err := json.Marshal(stored(p))
	if err != nil {
		return nil, fmt.Errorf("encode product %q: %w", p.SKU, err)
	}
	b := strconv.AppendInt(nil, p.Version, 10)
	b = append(b, ' ')
	b = append(b, p.Status...)
	b = append(b, ' ')
	b = append(b, priceText(p.Price)...)
	b = append(b, '\n')
	return append(b, j...), nil
}

// priceText is how scripts compare prices.
func priceText(m shop.Money) string { return strconv.FormatInt(m.Minor, 10) + " " + m.Currency }

// encodePayload is what the product's event says: the product as stored,
// without the stock if that was left as it is.
func encodePayload(p shop.Product, keepStock bool) (json.RawMessage, error) {
	w := stored(p)
	w.Version = p.Version
	if !keepStock {
		w.Stock = &p.Stock
	}
	j, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("encode product %q: %w", p.SKU, err)
	}
	return j, nil
}

func decodeProduct(value []byte, stock int) (shop.Product, error) {
	header, body, _ := bytes.Cut(value, []byte{'\n'})
	version, _, _ := bytes.Cut(header, []byte{' '})
	var w storedProduct
	if err := json.Unmarshal(body, &w); err != nil {
		return shop.Product{}, fmt.Errorf("decode a stored product: %w", err)
	}
	n, err := strconv.ParseInt(string(version), 10, 64)
	if err != nil {
		return shop.Product{}, fmt.Errorf("decode stored product %q: %w", w.SKU, err)
	}
	return shop.Product{
		SKU: w.SKU, Name: w.Name, Description: w.Description, Vendor: w.Vendor, Categories: w.Categories, Price: w.Price, Stock: stock,
		Status: w.Status, Attributes: w.Attributes, ListedAt: w.ListedAt, Images: w.Images, Version: n,
	}, nil
}
