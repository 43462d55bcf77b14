package warehouse

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// journal is the landing: segments of lines, the last of which grows. What is
// in it is synced, but for an Append under way.
type journal struct {
	fs  FS
	dir string
	max int64 // bytes of a segment
	now func() time.Time

	// writing is held by whoever writes; state guards what a completed write
	// changes, so that a reader never waits for the disk.
	writing sync.Mutex
	file    FSFile // of the last segment; nil after a failure
	failed  error

	state    sync.Mutex
	segments []LandingFile // in order; the last one grows
	next     Position      // of the next event
	last     map[string]string
}

func segmentName(n int64) string { return fmt.Sprintf("journal/%08d.jsonl", n) }

func segmentFile(n int64) string { return path.Base(segmentName(n)) }

// segmentNumber returns the number in a segment's name, 0 if it is no such name.
func segmentNumber(name string) int64 {
	digits, ok := strings.CutSuffix(path.Base(name), ".jsonl")
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return 0
	}
	return n
}

// append writes the entries it does not know and returns the last position.
func (j *journal) append(entries []Entry) (Position, error) {
	bodies := make([][]byte, len(entries))
	for i, e := range entries {
		body, err := checkEntry(e)
		if err != nil {
			return 0, err
		}
		bodies[i] = body
	}
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.failed != nil {
		return 0, errFailed(j.failed)
	}
	for {
		buf, next, ids := j.encode(entries, bodies)
		if len(buf) == 0 {
			return next - 1, nil
		}
		size := j.active().Bytes
		if size > 0 && size+int64(len(buf)) > j.max {
			if err := j.rotate(); err != nil {
				return 0, errFailed(err)
			}
			continue // the offsets in the lines have changed
		}
		if err := j.write(buf, size); err != nil {
			return 0, errFailed(err)
		}
		j.state.Lock()
		a := &j.segments[len(j.segments)-1]
		a.Bytes += int64(len(buf))
		a.Last, j.next = next-1, next
		maps.Copy(j.last, ids)
		j.state.Unlock()
		return next - 1, nil
	}
}

// encode makes the lines of the entries that are not known, and returns the
// position after them and the last id of each of their outboxes.
func (j *journal) encode(entries []Entry, bodies [][]byte) (buf []byte, next Position, ids map[string]string) {
	n := 0
	for _, b := range bodies {
		n += len(b) + 150
	}
	buf = make([]byte, 0, n)
	ids = make(map[string]string)
	next = j.next
	at := j.active().Bytes
	for i, e := range entries {
		known, ok := ids[e.Outbox]
		if !ok {
			known = j.last[e.Outbox]
		}
		if !laterID(e.ID, known) {
			continue
		}
		h := lineHead{First: next, Events: e.Events, Batch: at, Outbox: e.Outbox, ID: e.ID, At: epochMillis(e.At)}
		buf = appendLine(buf, h, bodies[i])
		next += Position(e.Events)
		ids[e.Outbox] = e.ID
	}
	return buf, next, ids
}

// active returns the segment that grows. Callers hold writing, so that it stays; state
// it takes itself, since segments before it are forgotten while others write.
func (j *journal) active() LandingFile {
	j.state.Lock()
	defer j.state.Unlock()
	return j.segments[len(j.segments)-1]
}

// write puts buf at the end of the last segment and syncs it. After a failure
// the journal refuses to write: what the file holds behind the last sync is not
// known, and a second sync that succeeds would prove nothing.
func (j *journal) write(buf []byte, at int64) error {
	n, err := j.file.WriteAt(buf, at)
	if err == nil && n < len(buf) {
		err = fmt.Errorf("wrote %d of %d bytes", n, len(buf))
	}
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return j.fail(fmt.Errorf("write %s: %w", j.active().Name, err))
	}
	return nil
}

func (j *journal) fail(err error) error {
	j.failed = err
	if j.file != nil {
		_ = j.file.Close() // nothing more is expected of it
		j.file = nil
	}
	return err
}

// rotate makes a new segment the last one. Callers hold writing.
func (j *journal) rotate() error {
	a := j.active()
	no := segmentNumber(a.Name)
	f, err := createSegment(j.fs, j.dir, no+1)
	if err != nil {
		return j.fail(err)
	}
	if err := j.file.Close(); err != nil {
		f.Close()
		return j.fail(fmt.Errorf("close %s: %w", a.Name, err))
	}
	j.file = f
	j.state.Lock()
	defer j.state.Unlock()
	j.segments[len(j.segments)-1].Sealed = true
	j.segments = append(j.segments, LandingFile{Name: segmentName(no + 1), First: j.next, Last: j.next - 1})
	return nil
}

// createSegment makes an empty segment whose name survives a crash.
func createSegment(disk FS, dir string, no int64) (FSFile, error) {
	// A segment of that number can be there only if an earlier attempt failed, empty.
	f, err := disk.OpenFile(filepath.Join(dir, segmentFile(no)), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make a segment: %w", err)
	}
	err = f.Sync()
	if err == nil {
		err = disk.SyncDir(dir)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("make a segment: %w", err)
	}
	return f, nil
}

// reopen cuts a failed journal back to what was synced and goes on in a new
// segment: pages of the old one may be marked clean that never reached the disk.
func (j *journal) reopen() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.failed == nil {
		return nil
	}
	a := j.active()
	f, err := j.fs.OpenFile(filepath.Join(j.dir, filepath.Base(a.Name)), os.O_RDWR, 0)
	if err != nil {
		return errFailed(fmt.Errorf("reopen %s: %w", a.Name, err))
	}
	if err := cut(f, a); err != nil {
		f.Close()
		return errFailed(err)
	}
	j.file = f
	if err := j.rotate(); err != nil {
		return errFailed(err)
	}
	j.failed = nil
	// A line without events or outbox proves that the disk takes writes again.
	line := appendLine(nil, lineHead{First: j.next, At: epochMillis(j.now())}, nil)
	if err := j.write(line, 0); err != nil {
		return errFailed(err)
	}
	j.state.Lock()
	j.segments[len(j.segments)-1].Bytes = int64(len(line))
	j.state.Unlock()
	return nil
}

// cut makes the file as long as its known part, for certain, and checks that
// this part reads back.
func cut(f FSFile, a LandingFile) error {
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("reopen %s: %w", a.Name, err)
	}
	if info.Size() < a.Bytes {
		return fmt.Errorf("reopen %s: only %d bytes of %d are left", a.Name, info.Size(), a.Bytes)
	}
	if err := f.Truncate(a.Bytes); err != nil {
		return fmt.Errorf("cut %s: %w", a.Name, err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("cut %s: %w", a.Name, err)
	}
	s, err := scanSegment(f, a.Bytes, func(int64, lineHead, []byte) error { return nil })
	if err != nil {
		return fmt.Errorf("reopen %s: %w", a.Name, err)
	}
	if s.valid != a.Bytes {
		return fmt.Errorf("reopen %s: the line at byte %d no longer reads back", a.Name, s.valid)
	}
	return nil
}

// seal makes every line so far part of a segment that no longer grows. It returns
// those segments, the empty one that grows now, and the last id of each outbox before it.
func (j *journal) seal() (sealed []LandingFile, active LandingFile, last map[string]string, err error) {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.failed != nil {
		return nil, active, nil, errFailed(j.failed)
	}
	if j.active().Bytes > 0 {
		if err := j.rotate(); err != nil {
			return nil, active, nil, errFailed(err)
		}
	}
	j.state.Lock()
	defer j.state.Unlock()
	n := len(j.segments) - 1
	return slices.Clone(j.segments[:n]), j.segments[n], maps.Clone(j.last), nil
}

// interpose calls f, while nothing is appended, with the next position, which
// no line of an older segment comes after: f may give it away with skip.
func (j *journal) interpose(f func(next Position) error) (Position, error) {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.failed != nil {
		return 0, errFailed(j.failed)
	}
	if j.active().Bytes > 0 {
		if err := j.rotate(); err != nil {
			return 0, errFailed(err)
		}
	}
	next := j.next
	return next, f(next)
}

// skip leaves out n positions. The last segment is empty: only interpose's f calls it.
func (j *journal) skip(n Position) {
	j.state.Lock()
	defer j.state.Unlock()
	j.next += n
	a := &j.segments[len(j.segments)-1]
	a.First, a.Last = j.next, j.next-1
}

// forget drops the segments before a number: they are in Parquet.
func (j *journal) forget(before int64) {
	j.state.Lock()
	defer j.state.Unlock()
	j.segments = slices.DeleteFunc(j.segments, func(s LandingFile) bool { return segmentNumber(s.Name) < before })
}

// landing returns the segments and the last position.
func (j *journal) landing() ([]LandingFile, Position) {
	j.state.Lock()
	defer j.state.Unlock()
	return slices.Clone(j.segments), j.next - 1
}

func (j *journal) ends() (Position, map[string]string) {
	j.state.Lock()
	defer j.state.Unlock()
	return j.next - 1, maps.Clone(j.last)
}

func (j *journal) close() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.failed == nil {
		j.failed = errors.New("the lake is closed")
	}
	if j.file == nil {
		return nil
	}
	f := j.file
	j.file = nil
	return f.Close()
}
