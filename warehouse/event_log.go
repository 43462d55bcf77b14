package warehouse

import (
	"context"
	"iter"

	"also/shop"
)

// EventLog keeps entries in order until a compaction has put them into the
// lake. The journal on disk is one; a topic of a broker could be another.
type EventLog interface {
	// Append makes entries durable, in order, and gives their events the next positions; it returns the
	// position of the last event in the log. Entries whose id is not later than the last one known of
	// their outbox are left out: delivering again changes nothing. shop.Unavailable: the log failed, and refuses
	// every Append until Reopen; nothing of the call is there then, while after a crash the first of its entries may
	// be. shop.BadUserInput: an entry is malformed, and nothing was written.
	Append(ctx context.Context, entries []Entry) (Position, error)
	// Reopen brings a log that failed back to what it holds for certain; no error means that it works again.
	Reopen(ctx context.Context) error
	// Read yields the entries that are not compacted yet, whose last event comes after a position or which have none,
	// in order. It fails with shop.NotFound if events after that position have been compacted.
	Read(ctx context.Context, after Position) iter.Seq2[Record, error]
	// Ends returns the position of the last event, 0 if there is none, and the last id known of every outbox and
	// of every other source of entries, which has a slash in its name.
	Ends(ctx context.Context) (Position, map[string]string, error)
}

// Record is an entry with its place in the log.
type Record struct {
	First Position // of its first event; of the next event if it has none
	Entry
}

var _ EventLog = (*Lake)(nil)

// errFailed is what Append answers between a failure and Reopen.
func errFailed(cause error) error {
	return &shop.Error{Code: shop.Unavailable, Message: "the journal cannot be written; nothing is lost, try again", Err: cause}
}
