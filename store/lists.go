package store

import "context"

// ListEntry is one product of a ready-made list.
type ListEntry struct {
	SKU   string
	Score float32
}

// Lists holds ready-made lists as packed blobs. A set ("model/7f3a…",
// "counts/120400") is written aside, pointed to by a control record, and
// dropped when superseded. Lists are not journalled: they are made again.
type Lists interface {
	// PutLists writes lists of one kind ("similar", "best-sellers", "user", …) by key.
	PutLists(ctx context.Context, set, kind string, lists map[string][]ListEntry) error
	// GetLists returns one list per key, nil where there is none.
	GetLists(ctx context.Context, set, kind string, keys []string) ([][]ListEntry, error)
	// Sets returns the names of all sets that hold something.
	Sets(ctx context.Context) ([]string, error)
	// DropSet deletes all lists of a set, a bounded number at a time.
	DropSet(ctx context.Context, set string) error
}
