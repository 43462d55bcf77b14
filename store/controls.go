package store

import (
	"context"

	"also/shop"
)

// Controls holds control records by name ("kind/id"): keys, training runs, the
// live pointer, import positions. Whoever owns a kind encodes its values.
// Records of kinds that have methods of their own (customers, sessions, carts,
// orders' idempotency keys) are not visible here.
type Controls interface {
	// PutControl sets or, with a null value, deletes the records together. It
	// fails with shop.Conflict, changing nothing, if a condition does not hold.
	PutControl(ctx context.Context, records []shop.ControlRecord, conds PutConditions) error
	// Control returns one record's value, nil if there is none.
	Control(ctx context.Context, name string) ([]byte, error)
	// ControlList returns all records of a kind ("run"), sorted by name.
	ControlList(ctx context.Context, kind string) ([]shop.ControlRecord, error)
}

// PutConditions must all hold for a PutControl. The zero value asks nothing.
type PutConditions struct {
	Absent bool   // none of the names exists
	Lease  *Lease // the lease is still held
	// Same, if not nil, lists names with the values they must still have (nil: absent).
	Same []shop.ControlRecord
}
