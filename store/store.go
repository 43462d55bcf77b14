// Package store is the contract of the serving database: the view that answers
// in milliseconds, the outbox that carries what happened to the lake, and the
// broker between processes. It says nothing of Redis; store/redisstore
// implements it, embedded or over a Redis server, and store/storetest holds
// every implementation to it.
//
// Rules for all implementations:
//
//   - Every write of a command changes the view and appends its outbox entry
//     as one atomic step that checks everything before its first write. It
//     returns when the entry is as durable as the deployment promises
//     (Durability).
//   - Failures a caller can act on are *shop.Error. A missing thing that was
//     asked for by name is shop.NotFound, unless a method says otherwise; a
//     failed connection or a closed gate is shop.Unavailable.
//   - All methods are safe for concurrent use. Everything belongs to one shop.
package store

import (
	"context"
	"time"
)

// Store is everything that a serving database must offer.
type Store interface {
	Catalogue
	Controls
	Customers
	Carts
	Orders
	Events
	Lists
	Broker
	Outbox
	Loader

	// Allow counts one use of name and reports whether no more than n were
	// counted in the current window of length per, and if not, after how long
	// to try again. Counters are not kept across a loss of the view.
	Allow(ctx context.Context, name string, n int, per time.Duration) (ok bool, retryAfter time.Duration, err error)

	// Draw takes cost from the bucket of a name, if that much is left. A bucket
	// nobody drew from is full. One that cannot hold the cost is
	// shop.BadUserInput. Buckets are not kept across a loss of the view.
	Draw(ctx context.Context, name string, cost int, b Bucket) (Drawn, error)

	// Ping reports whether the store answers.
	Ping(ctx context.Context) error
	// Describe says what the store runs on, as it is now.
	Describe(ctx context.Context) (Description, error)
	Close() error
}

// Bucket bounds how much may be drawn in a while.
type Bucket struct {
	Capacity int // what a full one holds, at least 1
	Restore  int // how much flows back in a second, at least 1
}

// Drawn is what became of a draw.
type Drawn struct {
	Available  int           // left now
	RetryAfter time.Duration // when there will be enough; 0: it was drawn
}

// Description is what a store runs on.
type Description struct {
	Kind      string // "embedded", "redis" or "redis cluster", whose figures are those of one node
	Version   string // of the server; empty where it is embedded
	UsedBytes int64  // of memory; 0: not known
	MaxBytes  int64  // beyond which it refuses or forgets; 0: no limit of its own
	Eviction  string // what it does at the limit: "noeviction" or another policy; empty: not known
	// Durability is what its own log promises: "always", "everysec", "no", "on" where it does not say, "none" without a log; empty where
	// the journal promises instead.
	Durability string
}

// Durability is asked by every method but those of Outbox, Loader, Ping and
// Close. A nil Durability admits everything and waits for nothing: the
// promise is then the database's own.
type Durability interface {
	// Admit returns shop.Unavailable while the view must not be read or
	// written, else nil.
	Admit() error
	// Commit returns nil once the outbox entries are durable, and
	// shop.Unavailable if they will not be. It may name entries that are durable already: what
	// finds itself done before (a duplicate, a repeated order) waits for whoever did it.
	Commit(ctx context.Context, written []OutboxID) error
}

// OutboxID names one entry of one outbox.
type OutboxID struct {
	Outbox string
	ID     string // rises within its outbox, compared as text
}
