package warehouse

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"also/shop"
)

// openJournal verifies the segments that the manifest has not compacted, cuts
// what a crash left half written off the last one, and makes that one ready for
// writing. It returns how many bytes it cut.
func openJournal(disk FS, root string, m *lakeManifest, max int64, now func() time.Time) (j *journal, torn int64, err error) {
	j = &journal{fs: disk, dir: filepath.Join(root, "journal"), max: max, now: now, next: m.Next, last: maps.Clone(m.Last)}
	if j.last == nil {
		j.last = make(map[string]string)
	}
	numbers, err := listSegments(disk, j.dir, m.Journal)
	if err != nil {
		return nil, 0, err
	}
	for i, no := range numbers {
		want := m.Journal + int64(i)
		if no != want {
			return nil, 0, damaged("%s is missing", segmentName(want))
		}
		cut, err := j.openSegment(no, i == len(numbers)-1, m.Taken)
		if err != nil {
			return nil, 0, err
		}
		torn += cut
	}
	if len(numbers) == 0 {
		return nil, 0, damaged("%s is missing", segmentName(m.Journal))
	}
	if n := len(m.Taken); n > 0 && m.Taken[n-1].Last >= j.next {
		return nil, 0, damaged("the journal ends at position %d, but an import followed position %d", j.next-1, m.Taken[n-1].First-1)
	}
	if err := disk.SyncDir(j.dir); err != nil {
		return nil, 0, fmt.Errorf("open the journal: %w", err)
	}
	return j, torn, nil
}

// damaged makes the error of a lake that must not be written as it is.
func damaged(format string, args ...any) error {
	return shop.Errorf(shop.Internal, "", "the lake is damaged: %s. Nothing was changed. Restore the data folder, or that file, from a backup",
		fmt.Sprintf(format, args...))
}

// listSegments returns the numbers of the segments from one on, ascending.
func listSegments(disk FS, dir string, from int64) ([]int64, error) {
	entries, err := disk.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list the journal: %w", err)
	}
	var numbers []int64
	for _, e := range entries {
		if n := segmentNumber(e.Name()); n >= from && n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// openSegment adds a segment to the journal. The last one stays open for writing.
func (j *journal) openSegment(no int64, isLast bool, taken []span) (torn int64, err error) {
	name := segmentName(no)
	f, err := j.fs.OpenFile(filepath.Join(j.dir, segmentFile(no)), os.O_RDWR, 0)
	if err != nil {
		return 0, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() {
		if !isLast || err != nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return 0, fmt.Errorf("open %s: %w", name, err)
	}
	seg := LandingFile{Name: name, First: j.next, Sealed: !isLast}
	s, err := scanSegment(f, info.Size(), func(at int64, h lineHead, _ []byte) error {
		if at == 0 {
			seg.First = h.First
		}
		return j.follow(name, at, h, taken)
	})
	if err != nil {
		return 0, err
	}
	torn = info.Size() - s.valid
	if s.hurt || torn > 0 && !isLast {
		return 0, damaged("the line at byte %d of %s is not what was written", s.valid, name)
	}
	seg.Bytes, seg.Last = s.valid, j.next-1
	if isLast {
		if j.skipTaken(math.MaxInt64, taken); s.lines == 0 {
			seg.First, seg.Last = j.next, j.next-1
		}
		if err := settle(f, s, torn); err != nil {
			return 0, fmt.Errorf("open %s: %w", name, err)
		}
		j.file = f
	}
	j.segments = append(j.segments, seg)
	return torn, nil
}

// follow takes the next line into account.
func (j *journal) follow(name string, at int64, h lineHead, taken []span) error {
	if h.First != j.next {
		j.skipTaken(h.First, taken)
	}
	if h.First != j.next || h.Batch > at {
		return damaged("the line at byte %d of %s has position %d, not %d", at, name, h.First, j.next)
	}
	j.next += Position(h.Events)
	if h.Outbox == "" {
		return nil
	}
	if !laterID(h.ID, j.last[h.Outbox]) {
		return damaged("the line at byte %d of %s repeats entry %s of %s", at, name, h.ID, h.Outbox)
	}
	j.last[h.Outbox] = h.ID
	return nil
}

// skipTaken steps over positions that imports took, up to a position.
func (j *journal) skipTaken(to Position, taken []span) {
	for _, t := range taken {
		if t.First == j.next && j.next < to {
			j.next = t.Last + 1
		}
	}
}

// settle makes the valid part of the last segment, and no more, safe. A process
// that was killed, or met a failed sync, may have left lines that are in memory only,
// some on pages that pass for written: the last write's bytes are written once more.
func settle(f FSFile, s scanned, torn int64) error {
	if torn > 0 {
		if err := f.Truncate(s.valid); err != nil {
			return err
		}
	}
	if s.lines > 0 {
		tail := make([]byte, s.valid-s.last.Batch)
		if _, err := f.ReadAt(tail, s.last.Batch); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if _, err := f.WriteAt(tail, s.last.Batch); err != nil {
			return err
		}
	}
	return f.Sync()
}
