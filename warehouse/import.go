package warehouse

import (
	"context"

	"also/shop"
)

// ImportKind says what the rows of a file are.
type ImportKind string

// What can be imported.
const (
	ImportProducts  ImportKind = "products"
	ImportCustomers ImportKind = "customers"
	ImportEvents    ImportKind = "events"
)

// ImportSpec describes an import. Files are CSV, JSON lines or Parquet, plain
// or .gz (Parquet compresses itself). Map gives, for each field of the kind, an SQL
// expression (DuckDB's) over the file's columns, which are all texts; docs/importing.md lists the fields. Each event's
// id is derived from shop, source and the row's key (the field id, or else all mapped values and
// the occurrence number of equal rows), so that importing twice changes nothing.
type ImportSpec struct {
	ID       string // names the import: doing it again returns the report of the first time; default a new one
	Kind     ImportKind
	Source   string // who the events say told us; default the first file's name
	Files    []string
	Map      map[string]string // field → expression
	Currency string            // of prices without one
	DryRun   bool              // check and count only

	// Guarded says that the expressions come from the network: they may use columns, constants, and the
	// functions of import_guard.go only, and the import can read no file but its own.
	Guarded bool
	// Name is what messages call the file; default its path.
	Name string
	// Catalogue, if not nil, takes what becomes of products one by one, as commands of a shop that serves. Without it they
	// are published in the lake in one step, of which a view that was made before knows nothing.
	Catalogue Catalogue
}

// ImportProgress is how far an import is.
type ImportProgress struct {
	Phase      string // "read", "check", "write", "publish"
	Rows, Done int64  // rows done of those that this phase has to do; Rows 0: not known yet
}

// ImportReport is what an import did. Rows = Accepted + Duplicates + Rejected.
type ImportReport struct {
	ID         string           `json:"id"`
	Rows       int64            `json:"rows"`
	Accepted   int64            `json:"accepted"`
	Duplicates int64            `json:"duplicates"` // known before, by id, or unchanged
	Rejected   int64            `json:"rejected"`
	Reasons    map[string]int64 `json:"reasons"`              // rejected rows by reason; a row counts under its first
	Types      map[string]int64 `json:"types,omitempty"`      // accepted events by type
	RejectFile string           `json:"rejectFile,omitempty"` // CSV: file, line, reason, row
	First      Position         `json:"first,omitempty"`      // the events' positions; 0 if there are none
	Last       Position         `json:"last,omitempty"`
	Seconds    float64          `json:"seconds"`
}

// Reject is one row that could not be taken.
type Reject struct {
	File   string
	Line   int64 // where the row begins
	Reason string
	Row    string // its columns, as JSON; a malformed line as it is
}

// People is what an import needs of whoever keeps the customers.
type People interface {
	// UsersOf returns the user of each of the shop's own customer ids, which keep a new one if they had none.
	UsersOf(ctx context.Context, externalIDs []string) ([]shop.UserID, error)
	// SaveCustomers stores customers under their ExternalID, User being 0, and says what became of each.
	SaveCustomers(ctx context.Context, customers []shop.Customer) ([]CustomerOutcome, error)
}

// CustomerOutcome says what became of one imported customer.
type CustomerOutcome struct {
	Unchanged bool
	Refused   string // the reason, for the reject report; empty if taken
}

// Catalogue is what an import of products into a shop that serves needs of
// whoever keeps them.
type Catalogue interface {
	// Save carries out the events, each of which saves a vendor, a category or a product, those that others name
	// first. It returns for each why it was refused, empty if it was not. A product's payload has the version that
	// it gets, and no stock if that is to stay as it is.
	Save(ctx context.Context, events []shop.Event) (refused []string, err error)
}

// Import carries out an import, or returns the report of the one of that ID. All of its
// events appear in the lake in one step at its end; an interrupted import leaves nothing and is
// done again. Customers, and products with a Catalogue, are saved one by one: what was saved before an interruption stays. progress may be nil. Failures that the spec's author can mend are shop.BadUserInput and name the field.
func (l *Lake) Import(ctx context.Context, spec ImportSpec, people People, progress func(ImportProgress)) (ImportReport, error) {
	began := l.opts.Now()
	spec, err := spec.withDefaults(began)
	if err != nil {
		return ImportReport{}, err
	}
	if l.log == nil && !spec.DryRun {
		return ImportReport{}, errReadOnly
	}
	l.duck.importing.Lock() // two imports of the same rows would not see each other's
	defer l.duck.importing.Unlock()
	if r, ok, err := l.importReport(spec.ID); ok || err != nil {
		return r, err
	}
	if progress == nil {
		progress = func(ImportProgress) {}
	}
	run, err := l.newImportRun(ctx, spec, people, progress)
	if err != nil {
		return ImportReport{}, err
	}
	defer run.close()
	switch spec.Kind {
	case ImportEvents:
		err = run.events(ctx)
	case ImportProducts:
		err = run.products(ctx)
	default:
		err = run.customers(ctx)
	}
	if err != nil {
		return ImportReport{}, interrupted(ctx, err)
	}
	run.report.Seconds = l.opts.Now().Sub(began).Seconds()
	return run.report, run.finish()
}
