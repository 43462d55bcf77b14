// Package imports is the life of an import into a shop that serves: a file is
// sent, looked at and mapped to fields; the import waits in a queue, runs in
// the one process that holds the lake, and its effect comes into the view.
package imports

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// State is where an import stands.
type State string

// The states of an import; the last three are final.
const (
	Queued    State = "QUEUED"
	Running   State = "RUNNING"
	Done      State = "DONE"
	Failed    State = "FAILED"
	Cancelled State = "CANCELLED"
)

// Kind says what the rows of a file are.
type Kind string

// What can be imported.
const (
	Products  Kind = "PRODUCTS"
	Customers Kind = "CUSTOMERS"
	Events    Kind = "EVENTS"
)

// kinds are the warehouse's names of the kinds.
var kinds = map[Kind]warehouse.ImportKind{
	Products: warehouse.ImportProducts, Customers: warehouse.ImportCustomers, Events: warehouse.ImportEvents,
}

// Import is one import and its control record.
type Import struct {
	ID       string            `json:"id"` // rises with time
	Kind     Kind              `json:"kind"`
	State    State             `json:"state"`
	Upload   string            `json:"upload"`
	File     string            `json:"file"` // as its sender called it
	Size     int64             `json:"size"`
	Map      map[string]string `json:"map"` // field → expression
	Currency string            `json:"currency,omitempty"`
	Source   string            `json:"source,omitempty"`

	Phase string `json:"phase,omitempty"` // "read", "check", "write", "publish"
	Done  int64  `json:"done,omitempty"`  // rows that the phase has done
	Total int64  `json:"total,omitempty"` // that it has to do; 0: not known yet

	Rows       int64            `json:"rows,omitempty"` // read
	Accepted   int64            `json:"accepted,omitempty"`
	Duplicates int64            `json:"duplicates,omitempty"`
	Rejected   int64            `json:"rejected,omitempty"`
	Reasons    map[string]int64 `json:"reasons,omitempty"` // rejected rows by reason

	QueuedAt    time.Time  `json:"queuedAt"`
	StartedAt   *time.Time `json:"startedAt,omitempty"`
	EndedAt     *time.Time `json:"endedAt,omitempty"`
	Attempts    int        `json:"attempts,omitempty"` // how often it was begun
	CancelAsked bool       `json:"cancelAsked,omitempty"`
	Error       string     `json:"error,omitempty"` // what went wrong and what to do
}

// Final reports whether nothing happens to the import any more.
func (i Import) Final() bool { return i.State == Done || i.State == Failed || i.State == Cancelled }

// Lake keeps uploads, looks at them, and keeps what imports rejected. One that
// is open for reading only will do.
type Lake interface {
	Receive(ctx context.Context, name string, r io.Reader) (warehouse.Upload, error)
	Upload(id string) (warehouse.Upload, error)
	Preview(ctx context.Context, u warehouse.Upload, rows int) (warehouse.Preview, error)
	CheckImport(ctx context.Context, u warehouse.Upload, spec warehouse.ImportSpec) error
	Rejects(ctx context.Context, id string, f func(warehouse.Reject) error) error
	RemoveImport(id string) error
}

var _ Lake = (*warehouse.Lake)(nil)

// Options says what a Service works with. Store and Lake are needed.
type Options struct {
	Store store.Store
	Lake  Lake

	Now    func() time.Time // default time.Now
	Logger *slog.Logger     // default: silent
	// Keep is how long an upload that no import waits for stays; default 24 hours.
	Keep time.Duration
	// Attempts is how often an import is begun that the end of the process interrupts; default 3.
	Attempts int
	// Records is how many imports are remembered, the latest; default 200.
	Records int
}

// Service takes uploads, queues imports, tells how they go and, in one process,
// does them. It is safe for concurrent use.
type Service struct {
	opts  Options
	store store.Store
	lake  Lake
	now   func() time.Time
	log   *slog.Logger
}

// New returns a Service. It starts nothing: see Work.
func New(o Options) (*Service, error) {
	if o.Store == nil || o.Lake == nil {
		return nil, errors.New("imports: Options need a Store and a Lake")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Keep <= 0 {
		o.Keep = 24 * time.Hour
	}
	if o.Attempts <= 0 {
		o.Attempts = 3
	}
	if o.Records <= 0 {
		o.Records = 200
	}
	return &Service{opts: o, store: o.Store, lake: o.Lake, now: o.Now, log: o.Logger}, nil
}

// pause waits for d or until ctx ends, whose error it then returns.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func notFound(id string) error { return shop.Errorf(shop.NotFound, "id", "there is no import %q", id) }
