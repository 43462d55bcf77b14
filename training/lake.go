package training

import (
	"context"

	"also/warehouse"
)

// Lake is what training needs of the warehouse.
type Lake interface {
	// Head returns the last event that the lake knows, 0 for an empty one.
	Head(ctx context.Context) (warehouse.Position, error)
	// Models returns the manifests of all artefacts, the newest first.
	Models(ctx context.Context) ([]warehouse.Manifest, error)
	// Model returns one manifest; shop.NotFound if there is no such artefact.
	Model(ctx context.Context, id string) (warehouse.Manifest, error)
}
