package warehouse_test

import (
	"path/filepath"
	"testing"

	"also/warehouse"
	"also/warehouse/warehousetest"
)

func TestLakeIsAnEventLog(t *testing.T) {
	warehousetest.RunEventLog(t, func(t *testing.T, dir string) warehousetest.ClosableLog {
		l, err := warehouse.Open(dir, "demo", warehouse.Options{SegmentBytes: 2000})
		if err != nil {
			t.Fatal(err)
		}
		return l
	})
}

func TestDiskIsAnObjectStorage(t *testing.T) {
	warehousetest.RunObjectStorage(t, func(t *testing.T) (warehouse.ObjectStorage, string) {
		dir := t.TempDir()
		return warehouse.NewDiskObjects(warehouse.Disk{}, filepath.Join(dir, "lake"), filepath.Join(dir, "aside")), dir
	})
}
