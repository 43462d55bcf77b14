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

// Who writes lists and who reads them agree on these names. The value of
// LiveModel is {"id": …, "previous": …}; that of LiveLists {"set": …}. A switch of either
// is told on the topic of the same name.
const (
	LiveModel = "live/model" // control record: the model that answers
	LiveLists = "live/lists" // control record: the set of lists made by counting

	KindUser        = "user"         // set of a model: precomputed, by UserID in decimal
	KindSimilar     = "similar"      // set of a model: by sku
	KindBestSellers = "best-sellers" // set of counts: by "" (overall), "category/<id>" or "vendor/<id>"
	KindTrending    = "trending"     // set of counts: by "" (overall)
	KindBoughtWith  = "bought-with"  // set of counts: by sku
)

// ModelSet returns the name of a model's set of lists.
func ModelSet(id string) string { return "model/" + id }
