package warehouse

import (
	"context"
	"iter"
	"time"
)

// ObjectStorage keeps immutable files under names with slashes, such as
// "events/day=2022-10-01/12-0.parquet": a folder, or a bucket. What a
// successful Put stored survives a crash, whole; what a failed one stored is
// there whole or not at all. A missing name is shop.NotFound.
type ObjectStorage interface {
	// Put stores data under a name that has none yet, else shop.Conflict.
	Put(ctx context.Context, name string, data []byte) error
	// PutFile is Put for a local file, which it may take away.
	PutFile(ctx context.Context, name, path string) error
	// Replace stores data under a name, in place of what was there; a reader sees the old or the new.
	Replace(ctx context.Context, name string, data []byte) error
	Get(ctx context.Context, name string) ([]byte, error)
	// GetRange returns n bytes from offset; fewer if the object ends before.
	GetRange(ctx context.Context, name string, offset, n int64) ([]byte, error)
	// Local returns the path of a local file with the object's content, to be
	// opened or mapped; it stays at least as long as the object.
	Local(ctx context.Context, name string) (path string, err error)
	// List yields the objects whose names begin with prefix, by name.
	List(ctx context.Context, prefix string) iter.Seq2[ObjectInfo, error]
	// Delete removes an object; a missing one is no error.
	Delete(ctx context.Context, name string) error
}

// ObjectInfo describes one object.
type ObjectInfo struct {
	Name     string
	Bytes    int64
	Modified time.Time
}
