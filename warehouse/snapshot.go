package warehouse

import (
	"context"
	"path/filepath"
	"sync"

	"also/shop"
)

// snapshot is a consistent set of files: what the lake holds at one moment.
// Parquet and Landing do not overlap in positions, but an event that was
// recorded twice may be in both, or twice in Landing: the earliest position of
// an (id, UTC day) counts.
type snapshot struct {
	Parquet []ParquetFile
	Landing []LandingFile // in order
	Head    Position      // the last event; 0 if there is none

	manifest *lakeManifest
	release  func()
}

// LandingFile is a journal segment that is not in Parquet yet. Only the first
// Bytes bytes are whole lines that count: more may follow, torn or not yet
// acknowledged.
//
// A line is {"crc":"…","p":<position of its first event>,"n":<events>,"b":…,"o":"…","i":"…","at":<ms>,
// "events":[…],"control":[…]}; either array may be missing. The control
// records must not become visible to SQL.
type LandingFile struct {
	Name  string // "journal/00000012.jsonl"; see Lake.path
	Bytes int64
	First Position // of its first event
	Last  Position // of its last event, none missing between; First-1 if it has none
	// Sealed says that nothing will be added: Bytes is the whole file.
	Sealed bool
}

// snapshot pins the files of the lake as they are now: every entry
// acknowledged before the call is in them. This process keeps them until
// release; a file may still vanish when another process writes the lake
// and this one reads for longer than Options.Keep.
func (l *Lake) snapshot(ctx context.Context) (*snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if l.log == nil {
		return l.look(ctx)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.manifest
	landing, head := l.log.landing()
	l.pins[m.Number]++
	var once sync.Once
	release := func() {
		once.Do(func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.pins[m.Number]--; l.pins[m.Number] == 0 {
				delete(l.pins, m.Number)
			}
		})
	}
	return &snapshot{Parquet: m.Parquet, Landing: landing, Head: head, manifest: m, release: release}, nil
}

// read calls f with a snapshot, and again with a newer one if f failed because
// files of the first are gone (f then restarts from nothing).
func (l *Lake) read(ctx context.Context, f func(*snapshot) error) error {
	for attempt := 1; ; attempt++ {
		s, err := l.snapshot(ctx)
		if err != nil {
			return err
		}
		err = f(s)
		s.release()
		if err == nil || attempt == 3 || ctx.Err() != nil || !l.vanished(s) {
			return err
		}
	}
}

// vanished reports whether a file of the snapshot is gone.
func (l *Lake) vanished(s *snapshot) bool {
	names := s.manifest.names()
	for _, f := range s.Landing {
		names = append(names, f.Name)
	}
	for _, name := range names {
		if _, err := l.opts.FS.Stat(l.path(name)); err != nil {
			return true
		}
	}
	return false
}

// tails remembers how far a reader has read each segment.
type tails struct {
	mu   sync.Mutex
	seen map[string]LandingFile
}

// look takes a snapshot of a lake that another process may be writing.
func (l *Lake) look(ctx context.Context) (*snapshot, error) {
	for attempt := 1; ; attempt++ {
		s, err := l.lookOnce(ctx)
		if err == nil || attempt == 3 || shop.CodeOf(err) != shop.NotFound {
			return s, err
		}
	}
}

func (l *Lake) lookOnce(ctx context.Context) (*snapshot, error) {
	m, err := loadManifest(ctx, l.objects)
	if err != nil {
		return nil, err
	}
	numbers, err := listSegments(l.opts.FS, filepath.Join(l.root, "journal"), m.Journal)
	if err != nil {
		return nil, err
	}
	s := &snapshot{Parquet: m.Parquet, manifest: m, release: func() {}, Head: m.Next - 1}
	if len(m.Taken) > 0 {
		s.Head = m.Taken[len(m.Taken)-1].Last
	}
	l.tails.mu.Lock()
	defer l.tails.mu.Unlock()
	known := l.tails.seen
	l.tails.seen = make(map[string]LandingFile, len(numbers))
	for i, no := range numbers {
		seg, err := l.follow(known[segmentName(no)], segmentName(no))
		if err != nil {
			return nil, err
		}
		seg.Sealed = i < len(numbers)-1
		l.tails.seen[seg.Name] = seg
		s.Landing = append(s.Landing, seg)
		s.Head = max(s.Head, seg.Last)
	}
	return s, nil
}

// follow reads what is new in a segment since known.
func (l *Lake) follow(known LandingFile, name string) (LandingFile, error) {
	f, err := l.opts.FS.OpenFile(l.path(name), 0, 0)
	if err != nil {
		return known, missing(name, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return known, missing(name, err)
	}
	if info.Size() < known.Bytes { // it was cut after a failure
		known = LandingFile{}
	}
	if known.Bytes == 0 { // no line yet: no event
		known.First, known.Last = 1, 0
	}
	known.Name = name
	s, err := scanFrom(f, known.Bytes, info.Size(), func(at int64, h lineHead, _ []byte) error {
		if at == 0 {
			known.First = h.First
		}
		known.Last = h.First + Position(h.Events) - 1
		return nil
	})
	if err == nil && s.hurt {
		err = damaged("the line at byte %d of %s is not what was written", s.valid, name)
	}
	known.Bytes = s.valid
	return known, err
}
