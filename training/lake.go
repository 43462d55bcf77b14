package training

import (
	"context"
	"iter"
	"time"

	"also/shop"
	"also/warehouse"
)

// Lake is what training needs of a warehouse.Lake; one opened for reading
// serves as well.
type Lake interface {
	datasets

	// Head returns the position of the last event, 0 for an empty lake.
	Head(ctx context.Context) (warehouse.Position, error)
	BestSellers(ctx context.Context, since, before time.Time, n int) (*warehouse.BestSellers, error)
	Trending(ctx context.Context, at time.Time, halfLife time.Duration, n int) ([]warehouse.Ranked, error)
	BoughtTogether(ctx context.Context, since time.Time, n int) ([]warehouse.Bought, error)

	WriteArtefact(ctx context.Context, in warehouse.ArtefactInput) (warehouse.Manifest, error)
	OpenArtefact(ctx context.Context, id string) (*warehouse.Artefact, error)
	Models(ctx context.Context) ([]warehouse.Manifest, error)
	Model(ctx context.Context, id string) (warehouse.Manifest, error)
	DropModel(ctx context.Context, id string) error
	DropDatasets(ctx context.Context, n int, keep ...warehouse.Position) error
}

var _ Lake = (*warehouse.Lake)(nil)

// datasets makes training sets, and knows the catalogue and the customers.
type datasets interface {
	Control(ctx context.Context) iter.Seq2[shop.ControlRecord, error]
	State(ctx context.Context, spec warehouse.StateSpec, f func(*warehouse.State) error) error
	Dataset(ctx context.Context, spec warehouse.DatasetSpec) (*warehouse.Dataset, error)
}
