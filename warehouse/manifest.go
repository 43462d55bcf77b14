package warehouse

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"also/shop"
)

// lakeManifest names the files that make up the lake at one moment. There is
// one file manifest/<n>.json for each moment that readers may still look at; CURRENT names the newest.
// A manifest in use is never changed.
type lakeManifest struct {
	Number  int64             `json:"number"`
	At      time.Time         `json:"at"`
	Parquet []ParquetFile     `json:"parquet"`           // by day, then name
	Control *namedFile        `json:"control,omitempty"` // the control records that the journal before Journal held
	Journal int64             `json:"journal"`           // the first journal segment that is not in Parquet
	Next    Position          `json:"next"`              // of the first event of that segment
	Taken   []span            `json:"taken,omitempty"`   // positions from Next on that imports took, ascending
	Last    map[string]string `json:"last"`              // last id of each outbox before that segment
	Imports []string          `json:"imports,omitempty"` // published
}

// span is a range of positions, both ends included.
type span struct {
	First Position `json:"first"`
	Last  Position `json:"last"`
}

// namedFile is a file of the lake under its name, "control/12.jsonl".
type namedFile struct {
	Name string `json:"name"`
	File
}

// FileKind says which events a Parquet file holds, so that a start need not
// read what shoppers looked at to know what the shop sells; see sql/kind.sql.
type FileKind string

// The kinds of Parquet files.
const (
	OrderFile     FileKind = "orders"    // ORDER_PLACED, and the RETURN of a cancelled order
	CatalogueFile FileKind = "catalogue" // what commands did to the catalogue and the customers
	BehaviourFile FileKind = "behaviour" // all else
)

// ParquetFile is one file of the lake: events of one kind that occurred on one UTC day,
// none twice. Its column position plus Base is the event's position.
type ParquetFile struct {
	Name string   `json:"name"` // "events/day=2022-10-01/12-0.parquet"; see Lake.path
	Day  string   `json:"day"`  // "2022-10-01"
	Kind FileKind `json:"kind"`
	Rows int64    `json:"rows"`
	Min  Position `json:"min"` // of its events, Base added
	Max  Position `json:"max"`
	Base Position `json:"base,omitempty"` // an import's files count from 1 and get their place when they are published
	File
}

const currentName = "manifest/CURRENT"

func manifestName(n int64) string { return fmt.Sprintf("manifest/%08d.json", n) }

// successor returns a manifest to be changed and committed after m.
func (m *lakeManifest) successor(now time.Time) *lakeManifest {
	next := *m
	next.Number, next.At = m.Number+1, now.UTC()
	next.Parquet = slices.Clone(m.Parquet)
	next.Taken = slices.Clone(m.Taken)
	next.Imports = slices.Clone(m.Imports)
	return &next
}

// names returns every file that m names.
func (m *lakeManifest) names() []string {
	names := make([]string, 0, len(m.Parquet)+1)
	for _, p := range m.Parquet {
		names = append(names, p.Name)
	}
	if m.Control != nil {
		names = append(names, m.Control.Name)
	}
	return names
}

// commitManifest makes m the current manifest: the moment from which all that it
// names is the lake. After an error either m or the one before is current.
func commitManifest(ctx context.Context, objects ObjectStorage, m *lakeManifest) error {
	slices.SortFunc(m.Parquet, func(a, b ParquetFile) int { return strings.Compare(a.Name, b.Name) })
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode manifest %d: %w", m.Number, err)
	}
	// A crash or an error may have left a file of this number that never became current.
	if err := objects.Replace(ctx, manifestName(m.Number), append(b, '\n')); err != nil {
		return err
	}
	return objects.Replace(ctx, currentName, []byte(strconv.FormatInt(m.Number, 10)+"\n"))
}

// loadManifest returns the current manifest; shop.NotFound if there is none.
func loadManifest(ctx context.Context, objects ObjectStorage) (*lakeManifest, error) {
	text, err := objects.Get(ctx, currentName)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return nil, damaged("%s holds no number", currentName)
	}
	return readManifest(ctx, objects, n)
}

func readManifest(ctx context.Context, objects ObjectStorage, n int64) (*lakeManifest, error) {
	b, err := objects.Get(ctx, manifestName(n))
	if shop.CodeOf(err) == shop.NotFound {
		return nil, &shop.Error{Code: shop.NotFound, Message: damaged("%s is missing", manifestName(n)).Error(), Err: err}
	}
	if err != nil {
		return nil, err
	}
	m := new(lakeManifest)
	if err := json.Unmarshal(b, m); err != nil || m.Number != n {
		return nil, damaged("%s cannot be read", manifestName(n))
	}
	return m, nil
}
