package warehouse

import "time"

// lakeManifest names the files that make up the lake at one moment. There is
// one file manifest/<n>.json for each moment that readers may still look at; CURRENT names the newest.
type lakeManifest struct {
	Number  int64             `json:"number"`
	At      time.Time         `json:"at"`
	Parquet []ParquetFile     `json:"parquet"`
	Control *namedFile        `json:"control,omitempty"` // the control records that the journal before Journal held
	Journal int64             `json:"journal"`           // the first journal segment that is not in Parquet
	Next    Position          `json:"next"`              // of the first event of that segment
	Last    map[string]string `json:"last"`              // last id of each outbox before that segment
	Imports []string          `json:"imports,omitempty"` // done
}

// namedFile is a file of the lake under its name, "control/12.jsonl".
type namedFile struct {
	Name string `json:"name"`
	File
}

// ParquetFile is one file of the lake: events that occurred on one UTC day,
// none twice. Its column position plus Base is the event's position.
type ParquetFile struct {
	Name string   `json:"name"` // "events/day=2022-10-01/12-0.parquet"; see Lake.path
	Day  string   `json:"day"`  // "2022-10-01"
	Kind FileKind `json:"kind"` // which types of events it holds, so that a start need not read the others
	Rows int64    `json:"rows"`
	Min  Position `json:"min"` // of its events, Base added
	Max  Position `json:"max"`
	Base Position `json:"base,omitempty"` // an import's files count from 1 and get their place when they are published
	File
}

// FileKind says which types of events a file of the lake holds.
type FileKind string

// The kinds of files. A day has files of each kind that it has events of.
const (
	CatalogueFile FileKind = "catalogue" // changes of products, vendors, categories; sessions joined, customers deleted
	OrdersFile    FileKind = "orders"    // ORDER_PLACED
	BehaviourFile FileKind = "behaviour" // all else
)
