// Package warehouse keeps what happened: the journal, the lake of Parquet files
// made from it, the questions that SQL answers over both, training sets, and
// model artefacts. One folder (later: one bucket) a shop:
//
//	<root>/<shop>/lock                     held by the one process that writes
//	<root>/<shop>/journal/<n>.jsonl        the landing: entries not yet compacted, one JSON object a line
//	<root>/<shop>/control/<n>.jsonl        the control records as of a compaction, the latest of each name
//	<root>/<shop>/events/day=2022-10-01/…  Parquet, by the UTC day of occurred_at
//	<root>/<shop>/manifest/<n>.json        which files make up the lake, with checksums; CURRENT names the newest
//	<root>/<shop>/staging/…                files being written aside; emptied when a writer opens the lake
//	<root>/<shop>/datasets/<name>/…        training sets
//	<root>/<shop>/models/<id>/…            artefacts
//	<root>/<shop>/imports/<id>/…           reject reports, positions
package warehouse

import (
	"encoding/json"
	"path/filepath"
	"time"
)

// Position counts the events of a shop in the order the lake learnt of them:
// the first has 1. "Trained through 120,400" covers the first 120,400.
type Position int64

// Entry is one journal line: all that one command did, kept or lost as a whole.
type Entry struct {
	Outbox string          // the stream it came from: "shop", "p07", or "import/<id>"
	ID     string          // its id there; rises within an outbox, entries at or below the last one are dropped as known
	At     time.Time       // when it was written
	Events int             // how many events Body holds
	Body   json.RawMessage // {"events":[…],"control":[…]}
}

// Options of a lake. The zero value serves.
type Options struct {
	Now func() time.Time // the clock; default time.Now
	FS  FS               // the disk; default the operating system's

	SegmentBytes int64         // the journal goes on in a new file beyond this size; default 64 MB
	Keep         time.Duration // superseded files stay this long for readers that still use them; default 15 minutes
	Address      string        // where the server that holds the lake listens, for the message to a second writer

	Memory  string // DuckDB's memory limit, "1GB"; default 1GB
	Threads int    // DuckDB's threads; default the number of CPUs
	TempDir string // where DuckDB spills and this process stages what it reads; default the system's
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.FS == nil {
		o.FS = Disk{}
	}
	if o.SegmentBytes == 0 {
		o.SegmentBytes = 64 << 20
	}
	if o.Keep == 0 {
		o.Keep = 15 * time.Minute
	}
	return o
}

// Lake is the history of one shop. A lake from Open may write, one from
// OpenReader only read. All methods are safe for concurrent use.
type Lake struct {
	root string // <root>/<shop>
	shop string
	opts Options
	duck duck // what the SQL half keeps; see duck.go
}

// Open opens the shop's lake for writing, making the folder if there is none.
// It fails with shop.Conflict while another process holds it, naming that
// process, and with shop.Internal if a file is damaged, saying what to do.
func Open(root, shopID string, o Options) (*Lake, error) {
	l := &Lake{root: filepath.Join(root, shopID), shop: shopID, opts: o.withDefaults()}
	return l, nil
}

// OpenReader opens the shop's lake for reading, beside a process that writes
// or not. It sees every entry acknowledged before each question. It fails with
// shop.NotFound if there is no lake.
func OpenReader(root, shopID string, o Options) (*Lake, error) {
	l := &Lake{root: filepath.Join(root, shopID), shop: shopID, opts: o.withDefaults()}
	return l, nil
}

// Close ends all use of the lake and lets another process write.
func (l *Lake) Close() error { return l.duck.close() }

// path returns where the file of a manifest's name ("events/day=…/….parquet") lies.
func (l *Lake) path(name string) string { return filepath.Join(l.root, filepath.FromSlash(name)) }
