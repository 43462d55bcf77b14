package store

import (
	"context"
	"time"
)

// Lease is a claim on a name that ends by itself unless renewed. Token rises
// with every new claim, so that a holder that was presumed dead can be told apart.
type Lease struct {
	Name   string
	Holder string
	Token  int64
}

// Task is one entry of a queue, taken but not yet done.
type Task struct {
	Queue string
	ID    string // of the queue entry
	Body  string // what was pushed
}

// Broker carries messages between processes.
type Broker interface {
	// Push appends to a queue; what is in a queue arrives at least once.
	Push(ctx context.Context, queue, body string) error
	// Take hands the next task to a worker, waiting up to block: first one that another worker took more
	// than idle ago and has not finished, then a new one. ok is false if there was none.
	Take(ctx context.Context, queue, worker string, idle, block time.Duration) (t Task, ok bool, err error)
	// Done removes a task; Extend says that it is still being worked on.
	Done(ctx context.Context, t Task) error
	Extend(ctx context.Context, t Task, worker string) error

	// Claim takes a lease for ttl; ok is false while another holder has it.
	Claim(ctx context.Context, name, holder string, ttl time.Duration) (l Lease, ok bool, err error)
	// Renew prolongs a lease; shop.Conflict if it was lost.
	Renew(ctx context.Context, l Lease, ttl time.Duration) error
	Release(ctx context.Context, l Lease) error

	// Publish sends a message to whoever listens now; it may be missed. One sender's arrive in order.
	Publish(ctx context.Context, topic string, message []byte) error
	// Subscribe delivers a topic's messages until ctx ends or the store closes, then closes the channel. A slow
	// reader misses messages.
	Subscribe(ctx context.Context, topic string) (<-chan []byte, error)
}
