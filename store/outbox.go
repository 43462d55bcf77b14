package store

import (
	"context"
	"iter"
	"time"

	"also/shop"
)

// Entry is one outbox entry: all that one command did.
type Entry struct {
	OutboxID
	At     time.Time // when it was written
	Events int       // how many events Body holds
	// Body is a JSON object {"events":[…],"control":[…]}: encoded shop.Event and shop.ControlRecord; either may be missing.
	Body []byte
}

// Outbox is read by the transporter. It is several streams: the shop's own and
// one for each partition of users.
type Outbox interface {
	// Entries returns up to max entries of every outbox after the given ids (missing: from the start), in order
	// within an outbox, waiting up to block if there are none. What the shop's own outbox was given before a
	// user's outbox got an entry comes before that entry or together with it, so that an event is never known
	// without the customer that it names.
	Entries(ctx context.Context, after map[string]string, max int, block time.Duration) ([]Entry, error)
	// TrimOutbox drops entries up to and including the given ids: every consumer has them.
	TrimOutbox(ctx context.Context, through map[string]string) error
	// OutboxLengths returns how many entries each outbox holds.
	OutboxLengths(ctx context.Context) (map[string]int64, error)
	// OutboxEnds returns the last id ever written to each outbox; "" if none.
	OutboxEnds(ctx context.Context) (map[string]string, error)
}

// Loader fills the view from the records in the lake. Nothing that it writes
// reaches the outbox, and it works while Durability admits nobody.
type Loader interface {
	// Reset deletes the whole view of this shop. Leases, queues and rate counters, which are the
	// Broker's, stay, and so do the outboxes: what they hold may be nowhere else yet.
	Reset(ctx context.Context) error
	// Load writes a state into an empty view and notes its Ends as what the view was made from.
	Load(ctx context.Context, s State) error
	// MadeFrom returns the Ends of the last Load; ok is false if there was none since the view was empty.
	MadeFrom(ctx context.Context) (ends map[string]string, ok bool, err error)
	// LoadEvents adds Tails and Fresh, which an import brought into the lake, to what is there, and its Ends to
	// what the view was made from. What is there already is not there twice.
	LoadEvents(ctx context.Context, s State) error
	// TrimTails drops events from users' recent histories that the given position of the lake covers:
	// events recorded before the given moment.
	TrimTails(ctx context.Context, recordedBefore time.Time) error
}

// State is the view as the lake knows it. Any sequence may be nil.
type State struct {
	Products   iter.Seq2[shop.Product, error] // with current stock
	Vendors    iter.Seq2[shop.Vendor, error]
	Categories iter.Seq2[shop.Category, error]
	Orders     iter.Seq2[shop.Order, error]         // oldest first
	Controls   iter.Seq2[shop.ControlRecord, error] // the latest of every name, customers and sessions among them
	Tails      iter.Seq2[shop.Event, error]         // grouped by user
	Fresh      iter.Seq2[shop.Event, error]         // grouped by sku
	Seen       iter.Seq2[shop.Event, error]         // events recorded within SeenWindow: ID, Type, OccurredAt, RecordedAt, User
	// Ends are the last ids that the lake holds of each outbox, whose new entries get later ones, and of other
	// sources of entries, which have a slash in their name ("import/…").
	Ends map[string]string
}
