package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"also/shop"
)

// The files of a training set's folder. The id tables are Parquet, the numbers
// are safetensors.
const (
	datasetInfo   = "dataset.json"
	datasetMatrix = "matrix.safetensors"
	datasetUsers  = "users.parquet"
	datasetSKUs   = "skus.parquet"
)

// datasetFormat is the version of the folder's layout.
const datasetFormat = 1

// datasetRecord is dataset.json.
type datasetRecord struct {
	Format     int         `json:"format"`
	Name       string      `json:"name"`
	Spec       DatasetSpec `json:"spec"`
	Through    Position    `json:"through"`
	At         time.Time   `json:"at"`
	RecordedAt time.Time   `json:"recordedAt"`
	Events     int64       `json:"events"`
}

// save makes the rest of the folder from what DuckDB copied to tmp, and names it dir.
func (d *Dataset) save(tmp, dir string) error {
	if err := d.readEntries(tmp); err != nil {
		return err
	}
	matrix := []Tensor{
		{Name: "ptr", Shape: []int{len(d.Ptr)}, I64: d.Ptr}, {Name: "idx", Shape: []int{len(d.Idx)}, I32: d.Idx},
		{Name: "w", Shape: []int{len(d.W)}, F32: d.W}, {Name: "b", Shape: []int{len(d.B)}, F32: d.B},
		{Name: "first", Shape: []int{len(d.First)}, I64: d.First}, {Name: "last", Shape: []int{len(d.Last)}, I64: d.Last},
	}
	f, err := os.Create(filepath.Join(tmp, datasetMatrix))
	if err != nil {
		return err
	}
	err = writeTensors(f, matrix)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(datasetRecord{datasetFormat, d.Name, d.Spec, d.Through, d.At, d.recordedAt, d.Events}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(tmp, datasetInfo), append(text, '\n'), 0o644); err != nil {
		return err
	}
	return publishFolder(tmp, dir)
}

// readEntries fills the matrix from what DuckDB copied to tmp, and removes that.
func (d *Dataset) readEntries(tmp string) error {
	users, err := readParquet(filepath.Join(tmp, datasetUsers), "user")
	if err != nil {
		return err
	}
	rows := len(users[0].ints)
	path := filepath.Join(tmp, "entries.tmp")
	c, err := readParquet(path, "row", "col", "w", "b", "first", "last", "events")
	if err != nil {
		return err
	}
	d.Ptr, d.Idx = pointers(c[0].ints, rows), int32s(c[1].ints)
	d.W, d.B = float32s(c[2].floats), float32s(c[3].floats)
	d.First, d.Last = c[4].ints, c[5].ints
	for _, n := range c[6].ints {
		d.Events += n
	}
	return os.Remove(path)
}

// openDataset reads a training set's folder; fs.ErrNotExist if there is none.
func openDataset(dir string) (*Dataset, error) {
	text, err := os.ReadFile(filepath.Join(dir, datasetInfo))
	if err != nil {
		return nil, err
	}
	damaged := func(err error) (*Dataset, error) {
		return nil, &shop.Error{Code: shop.Internal, Message: fmt.Sprintf("the training set in %s cannot be read: remove the folder and it is made again", filepath.Base(dir)), Err: err}
	}
	var r datasetRecord
	if err := json.Unmarshal(text, &r); err != nil {
		return damaged(err)
	}
	if r.Format != datasetFormat {
		return damaged(fmt.Errorf("its format is %d, ours is %d", r.Format, datasetFormat))
	}
	d := &Dataset{Name: r.Name, Spec: r.Spec, Through: r.Through, At: r.At, recordedAt: r.RecordedAt, Events: r.Events,
		usersFile: filepath.Join(dir, datasetUsers), skusFile: filepath.Join(dir, datasetSKUs)}
	if err := d.readFolder(dir); err != nil {
		if errors.Is(err, fs.ErrNotExist) { // a file of the folder: not "no such set"
			err = fmt.Errorf("incomplete: %s", err.Error())
		}
		return damaged(err)
	}
	return d, nil
}

func (d *Dataset) readFolder(dir string) error {
	users, err := readParquet(d.usersFile, "user")
	if err != nil {
		return err
	}
	skus, err := readParquet(d.skusFile, "sku")
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(dir, datasetMatrix))
	if err != nil {
		return err
	}
	t, err := parseTensors(b)
	if err != nil {
		return err
	}
	d.Users, d.SKUs = userIDs(users[0].ints), skus[0].texts
	d.Ptr, d.Idx, d.W, d.B = t["ptr"].I64, t["idx"].I32, t["w"].F32, t["b"].F32
	d.First, d.Last = t["first"].I64, t["last"].I64
	n := len(d.Idx)
	if len(d.Ptr) != len(d.Users)+1 || d.Ptr[len(d.Users)] != int64(n) || len(d.W) != n || len(d.B) != n || len(d.First) != n || len(d.Last) != n {
		return errors.New("its parts do not fit together")
	}
	return nil
}

// readPairs reads what sql/pairs.sql wrote.
func readPairs(path string) (*Pairs, error) {
	c, err := readParquet(path, "row", "col", "user", "sku")
	if err != nil {
		return nil, err
	}
	p := &Pairs{User: int32s(c[0].ints), Item: int32s(c[1].ints)}
	users, skus := map[int64]bool{}, map[string]bool{}
	for i := range p.User {
		if p.User[i] < 0 {
			users[c[2].ints[i]] = true
		}
		if p.Item[i] < 0 {
			skus[c[3].texts[i]] = true
		}
		if p.User[i] < 0 || p.Item[i] < 0 {
			p.UnknownPairs++
		}
	}
	p.UnknownUsers, p.UnknownItems = len(users), len(skus)
	return p, nil
}

// pointers turns ascending row numbers into the start of each of n rows, and the end.
func pointers(rows []int64, n int) []int64 {
	ptr := make([]int64, n+1)
	for _, r := range rows {
		ptr[r+1]++
	}
	for i := range n {
		ptr[i+1] += ptr[i]
	}
	return ptr
}
