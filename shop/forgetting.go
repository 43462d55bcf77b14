package shop

import "time"

// ForgottenKind is the kind of control records that hold a Forgetting, by ID.
const ForgottenKind = "forgotten"

// Forgetting is the receipt of a customer's being forgotten. It says nothing
// of who they were once ErasedAt is set.
type Forgetting struct {
	ID          string    `json:"id"`
	RequestedAt time.Time `json:"requestedAt"`
	Users       []UserID  `json:"users,omitempty"` // whose events are still to be erased; empty afterwards

	// What was dropped at once, from the serving store and the control records.
	Customers int `json:"customers,omitempty"`
	Sessions  int `json:"sessions,omitempty"`
	Carts     int `json:"carts,omitempty"`
	Orders    int `json:"orders,omitempty"`
	Recent    int `json:"recent,omitempty"` // events of recent histories
	Lists     int `json:"lists,omitempty"`  // made for them by models

	// What was erased from the lake since.
	ErasedAt time.Time `json:"erasedAt,omitzero"`
	Through  int64     `json:"through,omitempty"` // the lake's position then: no training set made since knows them
	Events   int64     `json:"events,omitempty"`  // erased
	Sales    int64     `json:"sales,omitempty"`   // order lines kept as sales to nobody
	Files    int       `json:"files,omitempty"`   // rewritten
}

// ForgottenName is the name of a Forgetting's control record.
func ForgottenName(id string) string { return ForgottenKind + "/" + id }
