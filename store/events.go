package store

import (
	"context"
	"time"

	"also/shop"
)

// Outcome says what became of a recorded event.
type Outcome string

// The outcomes.
const (
	Recorded  Outcome = "RECORDED"
	Duplicate Outcome = "DUPLICATE" // the id was recorded before
	Changed   Outcome = "CHANGED"   // the id was recorded before with another OccurredAt: rejected
)

// SeenWindow is how long, at least, an event's id is remembered by the intake.
// Older repeats are dropped by the lake, by id and day.
const SeenWindow = 24 * time.Hour

// TailLimit is how many of a user's latest events the view keeps at most.
const TailLimit = 2000

// Events takes in what shoppers do and keeps each user's recent history.
type Events interface {
	// RecordEvents records a batch, each event judged alone, and returns an outcome per event.
	// Every event has a User. Those of one user become durable together; a failure says nothing of the
	// other users', whose retry is harmless.
	RecordEvents(ctx context.Context, events []shop.Event) ([]Outcome, error)
	// Tails returns the recent events of each user, oldest first by OccurredAt: those recorded
	// since the position the view was last trimmed to, TailLimit at most. Only the fields that
	// matter to taste are kept, and no impressions: ID, Type, OccurredAt, RecordedAt, SKU, Quantity, Rating, Ref, Query, Recommendation, Order.
	Tails(ctx context.Context, users []shop.UserID) ([][]shop.Event, error)

	// NoteFresh keeps events about products that the live model does not know, by product, so that
	// those can be folded in from their first buyers; it does not record them. Idempotent by event id.
	NoteFresh(ctx context.Context, events []shop.Event) error
	// FreshEvents returns what was noted of each sku, at most 1,000 events each; events have User set by Customer or Session.
	FreshEvents(ctx context.Context, skus []string) ([][]shop.Event, error)
	// FreshSKUs follows the stream of skus for which something was noted after a position ("" from the
	// start), waiting up to block. ErrBehind: read all again from "".
	FreshSKUs(ctx context.Context, after string, block time.Duration) (skus []string, next string, err error)
	// DropFresh forgets what was noted of the skus: a live model knows them now.
	DropFresh(ctx context.Context, skus []string) error
}
