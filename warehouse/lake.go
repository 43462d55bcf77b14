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
//	<root>/<shop>/imports/<id>/…           reports of imports, and the rows they rejected
//	<root>/<shop>/uploads/<id>/…           files that were sent to be imported; swept when they are old
package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"sync"
	"time"

	"also/shop"
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
	root    string // <root>/<shop>
	shop    string
	opts    Options
	objects *DiskObjects
	duck    duck // what the SQL half keeps; see duck.go

	// Of a writer only.
	lock *folderLock
	log  *journal
	torn int64
	// changing is held while the files of the lake change: compaction, import, erasure, sweeping.
	changing sync.Mutex
	unsure   bool // CURRENT may name another manifest than ours; guarded by changing

	mu       sync.Mutex // guards what follows
	manifest *lakeManifest
	pins     map[int64]int // snapshots in use, by manifest

	tails tails // of a reader only
}

// Open opens the shop's lake for writing, making the folder if there is none.
// It fails with shop.Conflict while another process holds it, naming that
// process, and with shop.Internal if a file is damaged, saying what to do.
func Open(root, shopID string, o Options) (*Lake, error) {
	l, err := newLake(root, shopID, o)
	if err != nil {
		return nil, err
	}
	if err := l.objects.mkdir(l.root); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	if l.lock, err = takeLock(filepath.Join(l.root, "lock"), l.opts.Address); err != nil {
		return nil, err
	}
	if err := l.load(context.Background()); err != nil {
		l.lock.release()
		return nil, err
	}
	return l, nil
}

func newLake(root, shopID string, o Options) (*Lake, error) {
	if shopID == "" || shopID == "." || !filepath.IsLocal(shopID) || filepath.Base(shopID) != shopID {
		return nil, shop.Errorf(shop.BadUserInput, "shop", "%q cannot name a shop: use letters, digits and dashes", shopID)
	}
	l := &Lake{root: filepath.Join(root, shopID), shop: shopID, opts: o.withDefaults(), pins: make(map[int64]int)}
	l.objects = NewDiskObjects(l.opts.FS, l.root, filepath.Join(l.root, "staging"))
	return l, nil
}

// load reads the manifest and the journal, or makes the first ones.
func (l *Lake) load(ctx context.Context) error {
	if err := removeAll(l.opts.FS, filepath.Join(l.root, "staging")); err != nil {
		return fmt.Errorf("empty the staging folder: %w", err)
	}
	m, err := loadManifest(ctx, l.objects)
	if shop.CodeOf(err) == shop.NotFound {
		m, err = l.found(ctx, err)
	}
	if err != nil {
		return err
	}
	if l.log, l.torn, err = openJournal(l.opts.FS, l.root, m, l.opts.SegmentBytes, l.opts.Now); err != nil {
		return err
	}
	l.manifest = m
	return l.sweep(ctx)
}

// found makes an empty lake. It refuses where something is left of another.
func (l *Lake) found(ctx context.Context, cause error) (*lakeManifest, error) {
	for o, err := range l.objects.List(ctx, "manifest/") {
		if err != nil {
			return nil, err
		}
		if o.Name == currentName {
			return nil, cause // and what it names is missing
		}
	}
	for o, err := range l.objects.List(ctx, "journal/") {
		if err != nil {
			return nil, err
		}
		if o.Bytes > 0 {
			return nil, damaged("%s is missing, which names the newest of the manifests", currentName)
		}
	}
	dir := filepath.Join(l.root, "journal")
	if err := l.objects.mkdir(dir); err != nil {
		return nil, fmt.Errorf("make the journal: %w", err)
	}
	f, err := createSegment(l.opts.FS, dir, 1)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("make the journal: %w", err)
	}
	m := &lakeManifest{Number: 1, At: l.opts.Now().UTC(), Journal: 1, Next: 1, Last: map[string]string{}}
	return m, commitManifest(ctx, l.objects, m)
}

// OpenReader opens the shop's lake for reading, beside a process that writes
// or not. It sees every entry acknowledged before each question, perhaps some
// that are just being written too. It fails with
// shop.NotFound if there is no lake.
func OpenReader(root, shopID string, o Options) (*Lake, error) {
	l, err := newLake(root, shopID, o)
	if err != nil {
		return nil, err
	}
	if _, err := loadManifest(context.Background(), l.objects); err != nil {
		if shop.CodeOf(err) == shop.NotFound {
			return nil, &shop.Error{Code: shop.NotFound, Message: "there is no lake of shop " + shopID + " in the data folder yet", Err: err}
		}
		return nil, err
	}
	return l, nil
}

// Close ends all use of the lake and lets another process write.
func (l *Lake) Close() error {
	err := l.duck.close()
	if l.log != nil {
		err = errors.Join(err, l.log.close())
	}
	if l.lock != nil {
		err = errors.Join(err, l.lock.release())
	}
	return err
}

// Torn returns how many bytes of an unfinished write Open cut off the journal:
// of entries that were never acknowledged.
func (l *Lake) Torn() int64 { return l.torn }

// errReadOnly is what a lake from OpenReader answers to a write.
var errReadOnly = shop.Errorf(shop.Conflict, "", "the lake is open for reading only")

// path returns where the file of a manifest's name ("events/day=…/….parquet") lies.
func (l *Lake) path(name string) string { return filepath.Join(l.root, filepath.FromSlash(name)) }

// Append implements EventLog.
func (l *Lake) Append(ctx context.Context, entries []Entry) (Position, error) {
	if l.log == nil {
		return 0, errReadOnly
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return l.log.append(entries)
}

// Reopen implements EventLog.
func (l *Lake) Reopen(ctx context.Context) error {
	if l.log == nil {
		return errReadOnly
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.log.reopen()
}

// Ends implements EventLog. A lake open for reading does not know the ids. Imports that were published in files
// are there as "import/<id>".
func (l *Lake) Ends(ctx context.Context) (Position, map[string]string, error) {
	if l.log == nil {
		return 0, nil, errReadOnly
	}
	head, last := l.log.ends()
	for _, id := range l.current().Imports {
		last["import/"+id] = "published"
	}
	return head, last, ctx.Err()
}

// Head returns the position of the last event.
func (l *Lake) Head(ctx context.Context) (Position, error) {
	s, err := l.snapshot(ctx)
	if err != nil {
		return 0, err
	}
	s.release()
	return s.Head, nil
}

// Read implements EventLog.
func (l *Lake) Read(ctx context.Context, after Position) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		s, err := l.snapshot(ctx)
		if err != nil {
			yield(Record{}, err)
			return
		}
		defer s.release()
		if after < s.manifest.Next-1 {
			yield(Record{}, shop.Errorf(shop.NotFound, "", "events up to position %d have been compacted", s.manifest.Next-1))
			return
		}
		err = l.lines(ctx, s, func(h lineHead, body []byte) error {
			if h.Outbox == "" || h.Events > 0 && h.First+Position(h.Events)-1 <= after {
				return nil
			}
			e := Entry{Outbox: h.Outbox, ID: h.ID, At: time.UnixMilli(h.At).UTC(), Events: h.Events, Body: body}
			if !yield(Record{First: h.First, Entry: e}, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(Record{}, err)
		}
	}
}

// errStop ends a pass early.
var errStop = errors.New("stop")

// lines calls f with the head and the body of every line of a snapshot's landing; the
// body is f's to keep.
func (l *Lake) lines(ctx context.Context, s *snapshot, f func(h lineHead, body []byte) error) error {
	for _, seg := range s.Landing {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.segmentLines(seg, f); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lake) segmentLines(seg LandingFile, f func(h lineHead, body []byte) error) error {
	file, err := l.opts.FS.OpenFile(l.path(seg.Name), 0, 0)
	if err != nil {
		return missing(seg.Name, err)
	}
	defer file.Close()
	got, err := scanSegment(file, seg.Bytes, func(_ int64, h lineHead, line []byte) error {
		return f(h, lineBody(line))
	})
	if err == nil && got.valid != seg.Bytes {
		err = damaged("the line at byte %d of %s is not what was written", got.valid, seg.Name)
	}
	return err
}

// removeAll removes a folder and what is in it.
func removeAll(disk FS, name string) error {
	info, err := disk.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		entries, err := disk.ReadDir(name)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := removeAll(disk, filepath.Join(name, e.Name())); err != nil {
				return err
			}
		}
	}
	return disk.Remove(name)
}
