// Package pulse says what happens now: events and the way of each from the
// shop to the answers, the transporter's pipes, the figures of a period, what
// is not as it should be in words, and the settings that all of it runs with.
// It only looks; the one thing that it writes is the settings.
package pulse

import (
	"context"
	"log/slog"
	"time"

	"also/catalogue"
	"also/shop"
	"also/store"
	"also/training"
	"also/transport"
	"also/warehouse"
)

// Lake is what is asked of the warehouse.
type Lake interface {
	Head(ctx context.Context) (warehouse.Position, error)
	Events(ctx context.Context, q warehouse.EventQuery) (warehouse.EventPage, error)
	Event(ctx context.Context, id shop.UUID) (warehouse.FoundEvent, error)
	Figures(ctx context.Context, q warehouse.FigureQuery) (warehouse.Figures, error)
	Size(ctx context.Context) (warehouse.Size, error)
	Space(ctx context.Context) (free, total int64, err error)
	NamedSKUs(ctx context.Context, since time.Time) (map[string]int64, error)
	Returning(ctx context.Context, since time.Time) (users, returned int64, err error)
}

var _ Lake = (*warehouse.Lake)(nil)

// Options of a Service.
type Options struct {
	Store     store.Store          // required
	Lake      Lake                 // required
	Catalogue *catalogue.Catalogue // required
	Training  *training.Service    // required
	Pipes     Pipes                // nil: nothing is known of the transporter
	Shop      string               // the shop's id
	Name      string               // tells this process from others
	Defaults  Settings             // what the settings are until somebody changes them
	Started   []Fact               // what this process was started with
	Now       func() time.Time     // the clock; default time.Now
	Log       *slog.Logger         // default slog.Default()
}

// Pipes is what this process knows of the transporter.
type Pipes interface {
	// JournalledAt returns when the event at a position came into the journal; ok is false if that is not known any more.
	JournalledAt(at warehouse.Position) (when time.Time, ok bool)
	// Report returns what the carrier in this process did, and how far each outbox is behind; ok is false while
	// another process carries.
	Report(ctx context.Context) (s transport.Stats, lags map[string]transport.Lag, ok bool, err error)
	// Compaction returns the last compaction that this process made.
	Compaction() transport.Compaction
}

// Service looks. It is safe for concurrent use.
type Service struct {
	Options
	Visible Latencies // how long events took from their arrival until the next answer knew them
	tails   *tails
	figures figures
	samples samples
	current current
	looked  looked
}

// New makes a Service; it starts nothing.
func New(opts Options) *Service {
	if opts.Store == nil || opts.Lake == nil || opts.Catalogue == nil || opts.Training == nil {
		panic("pulse: New: a store, a lake, a catalogue and training are required")
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.Name == "" {
		opts.Name = "this process"
	}
	if opts.Defaults.ShopName == "" {
		opts.Defaults.ShopName = "Also"
	}
	if opts.Defaults.MaxAgeDays == 0 {
		opts.Defaults.MaxAgeDays = 7
	}
	s := &Service{Options: opts}
	s.tails = &tails{s: s, readers: map[*reader]struct{}{}}
	return s
}
