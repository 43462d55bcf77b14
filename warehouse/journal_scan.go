package warehouse

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// scanned is what a pass over a segment found.
type scanned struct {
	valid int64 // the bytes of whole lines before the first that is not
	lines int64
	last  lineHead // of the last of these lines
	// hurt says that a line written after the bad one had been synced is whole: the bad line was
	// safe once and is damaged now, rather than torn by a crash.
	hurt bool
}

// scanSegment calls f with every whole line up to the first that is not, its
// offset and head; the line lasts until f returns. It looks at the rest to tell damage
// from a torn end.
func scanSegment(r io.ReaderAt, size int64, f func(at int64, h lineHead, line []byte) error) (scanned, error) {
	return scanFrom(r, 0, size, f)
}

// scanFrom is scanSegment from the offset of a line on.
func scanFrom(r io.ReaderAt, from, size int64, f func(at int64, h lineHead, line []byte) error) (scanned, error) {
	in := bufio.NewReaderSize(io.NewSectionReader(r, from, size-from), int(min(max(size-from, 4096), 1<<20)))
	s := scanned{valid: from}
	torn := false
	var long []byte // a line longer than the buffer
	for at := from; ; {
		part, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			long = append(long, part...)
			continue
		}
		line := part
		if len(long) > 0 {
			long = append(long, part...)
			line = long
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return s, fmt.Errorf("read at byte %d: %w", at, err)
		}
		end := errors.Is(err, io.EOF)
		if end && len(line) == 0 {
			return s, nil
		}
		h, ok := lineHead{}, false
		if !end {
			h, ok = parseLine(line[:len(line)-1])
		}
		switch {
		case !ok:
			torn = true
		case torn && h.Batch > s.valid:
			s.hurt = true
			return s, nil
		case !torn:
			if err := f(at, h, line[:len(line)-1]); err != nil {
				return s, err
			}
			s.valid, s.last = at+int64(len(line)), h
			s.lines++
		}
		if end {
			return s, nil
		}
		at += int64(len(line))
		long = long[:0]
	}
}
