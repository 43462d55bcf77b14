package transport

import (
	"context"
	"iter"

	"also/shop"
	"also/warehouse"
)

// Lake is what the transporter needs of the warehouse.
type Lake interface {
	warehouse.EventLog
	// State calls f with what a view is made from, perhaps more than once.
	State(ctx context.Context, spec warehouse.StateSpec, f func(*warehouse.State) error) error
	// Control yields the latest control record of every name.
	Control(ctx context.Context) iter.Seq2[shop.ControlRecord, error]
	// Model returns the manifest of an artefact; shop.NotFound if there is none.
	Model(ctx context.Context, id string) (warehouse.Manifest, error)
	// ModelSKUs returns the products that a model knows.
	ModelSKUs(ctx context.Context, id string) ([]string, error)
}

var _ Lake = (*warehouse.Lake)(nil)
