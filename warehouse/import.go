package warehouse

import "also/shop"

// ImportKind says what the rows of a file are.
type ImportKind string

// What can be imported.
const (
	ImportProducts  ImportKind = "products"
	ImportCustomers ImportKind = "customers"
	ImportEvents    ImportKind = "events"
)

// ImportSpec describes an import. Files are CSV, JSON lines or Parquet, plain
// or .gz. Map gives, for each field of the kind, an SQL expression (DuckDB's)
// over the file's columns. Each row's event id is derived from shop, source and the
// row's key (Key, or else all mapped values and the occurrence number of equal rows), so
// that importing twice changes nothing.
type ImportSpec struct {
	ID       string // names the import; a started one is resumed
	Kind     ImportKind
	Source   string // who the events say told us; default the first file's name
	Files    []string
	Map      map[string]string // field → expression
	Currency string            // of prices without one
	DryRun   bool              // check and count only
}

// ImportProgress is how far an import is.
type ImportProgress struct {
	Phase      string // "read", "check", "write", "publish"
	Rows, Done int64
}

// ImportReport is what an import did. Rows = Accepted + Duplicates + Rejected.
type ImportReport struct {
	ID         string           `json:"id"`
	Rows       int64            `json:"rows"`
	Accepted   int64            `json:"accepted"`
	Duplicates int64            `json:"duplicates"`
	Rejected   int64            `json:"rejected"`
	Reasons    map[string]int64 `json:"reasons"`              // rejected rows by reason; a row counts under its first
	RejectFile string           `json:"rejectFile,omitempty"` // CSV: file, line, reason, row
	Seconds    float64          `json:"seconds"`
}

// Reject is one row that could not be taken.
type Reject struct {
	File   string
	Line   int64
	Reason string
	Row    string
	Code   shop.Code
}
