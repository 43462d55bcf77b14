package warehouse

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"

	"also/shop"
)

// column is one column of a Parquet file without nulls; one of the slices is set.
type column struct {
	ints   []int64 // BOOLEAN, INT32 and INT64
	floats []float64
	texts  []string
}

// readParquet reads whole columns of a file, in the order asked for. Reading
// them through database/sql takes ten times as long.
func readParquet(path string, columns ...string) ([]column, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out := make([]column, len(columns))
	for i, name := range columns {
		leaf, ok := file.Schema().Lookup(name)
		if !ok {
			return nil, fmt.Errorf("%s: there is no column %q", path, name)
		}
		if err := out[i].read(file, leaf, int(file.NumRows())); err != nil {
			return nil, fmt.Errorf("%s: column %q: %w", path, name, err)
		}
	}
	return out, nil
}

func (c *column) read(file *parquet.File, leaf parquet.LeafColumn, rows int) error {
	kind := leaf.Node.Type().Kind()
	switch kind {
	case parquet.Boolean, parquet.Int32, parquet.Int64:
		c.ints = make([]int64, 0, rows)
	case parquet.Float, parquet.Double:
		c.floats = make([]float64, 0, rows)
	default:
		c.texts = make([]string, 0, rows)
	}
	buffer := make([]parquet.Value, 4096)
	for _, group := range file.RowGroups() {
		if err := c.readChunk(group.ColumnChunks()[leaf.ColumnIndex], kind, buffer); err != nil {
			return err
		}
	}
	return nil
}

func (c *column) readChunk(chunk parquet.ColumnChunk, kind parquet.Kind, buffer []parquet.Value) error {
	pages := chunk.Pages()
	defer pages.Close()
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		values := page.Values()
		for {
			n, err := values.ReadValues(buffer)
			if aerr := c.append(buffer[:n], kind); aerr != nil {
				return aerr
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
		}
		parquet.Release(page)
	}
}

func (c *column) append(values []parquet.Value, kind parquet.Kind) error {
	for _, v := range values {
		if v.IsNull() {
			return errors.New("a value is missing")
		}
		switch kind {
		case parquet.Int64:
			c.ints = append(c.ints, v.Int64())
		case parquet.Int32:
			c.ints = append(c.ints, int64(v.Int32()))
		case parquet.Boolean:
			var n int64
			if v.Boolean() {
				n = 1
			}
			c.ints = append(c.ints, n)
		case parquet.Double:
			c.floats = append(c.floats, v.Double())
		case parquet.Float:
			c.floats = append(c.floats, float64(v.Float()))
		default:
			c.texts = append(c.texts, string(v.ByteArray()))
		}
	}
	return nil
}

func int32s(in []int64) []int32 {
	out := make([]int32, len(in))
	for i, v := range in {
		out[i] = int32(v)
	}
	return out
}

func float32s(in []float64) []float32 {
	out := make([]float32, len(in))
	for i, v := range in {
		out[i] = float32(v)
	}
	return out
}

func userIDs(in []int64) []shop.UserID {
	out := make([]shop.UserID, len(in))
	for i, v := range in {
		out[i] = shop.UserID(v)
	}
	return out
}
