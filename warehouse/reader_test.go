package warehouse_test

import (
	"context"
	"testing"

	"also/warehouse"
	"also/warehouse/warehousetest"
)

// After a compaction the newest journal segment holds no line: a reader must
// not expect an event of it.
func TestReaderOfACompactedLake(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	writer, err := warehouse.Open(dir, "shop", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if _, err := writer.Append(ctx, []warehouse.Entry{warehousetest.EntryOf("shop", "1", 3)}); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	reader, err := warehouse.OpenReader(dir, "shop", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	d, err := reader.Dataset(ctx, warehouse.DatasetSpec{})
	if err != nil || d.Events != 3 || d.Through != 3 {
		t.Errorf("the reader's training set: %+v, %v", d, err)
	}
}
