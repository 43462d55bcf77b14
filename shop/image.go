package shop

import "encoding/json"

// Image is a picture of a product.
type Image struct {
	URL string `json:"url"`           // its address, absolute or on this server
	Alt string `json:"alt,omitempty"` // what it shows, in words; empty: the product's name says it
}

// Images are a product's pictures, the main one first.
type Images []Image

// UnmarshalJSON reads a list, or the address alone that records of before there
// could be several hold.
func (i *Images) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '"' {
		return json.Unmarshal(b, (*[]Image)(i))
	}
	var one Image
	if err := json.Unmarshal(b, &one.URL); err != nil {
		return err
	}
	*i = Images{one}
	return nil
}

// Main is the address of the first of them, empty if there is none.
func (i Images) Main() string {
	if len(i) == 0 {
		return ""
	}
	return i[0].URL
}
