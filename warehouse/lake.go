// Package warehouse keeps what happened: the journal, the lake of Parquet files
// made from it, the questions that SQL answers over both, training sets, and
// model artefacts. One folder (later: one bucket) a shop:
//
//	<root>/<shop>/lock                     held by the one process that writes
//	<root>/<shop>/journal/<n>.jsonl        the landing: entries not yet compacted, one JSON object a line
//	<root>/<shop>/control/<n>.jsonl        the control records as of a compaction, the latest of each name
//	<root>/<shop>/events/day=2022-10-01/…  Parquet, by the UTC day of occurred_at
//	<root>/<shop>/manifest/<n>.json        which files make up the lake, with checksums; CURRENT names the newest
//	<root>/<shop>/datasets/<name>/…        training sets
//	<root>/<shop>/models/<id>/…            artefacts
//	<root>/<shop>/imports/<id>/…           reject reports, positions
package warehouse

import (
	"encoding/json"
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
