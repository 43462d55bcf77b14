package warehouse

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"also/shop"
)

// sweep removes manifests superseded for longer than Options.Keep that no
// snapshot pins, and then every file of the lake that no manifest left names.
// Callers hold changing, or are alone with the lake.
func (l *Lake) sweep(ctx context.Context) error {
	if l.unsure {
		return nil // the disk may name another manifest than we do
	}
	kept, err := l.sweepManifests(ctx)
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	named := make(map[string]bool)
	journal := l.current().Journal
	for _, m := range kept {
		for _, name := range m.names() {
			named[name] = true
		}
		journal = min(journal, m.Journal)
	}
	for _, prefix := range []string{"events/", "control/", "journal/"} {
		for o, err := range l.objects.List(ctx, prefix) {
			if err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
			if named[o.Name] || prefix == "journal/" && segmentNumber(o.Name) >= journal {
				continue
			}
			if err := l.objects.Delete(ctx, o.Name); err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
		}
	}
	return nil
}

// sweepManifests removes the manifests that nobody needs and returns the others.
func (l *Lake) sweepManifests(ctx context.Context) ([]*lakeManifest, error) {
	numbers, err := l.manifestNumbers(ctx)
	if err != nil {
		return nil, err
	}
	current := l.current()
	kept := []*lakeManifest{current}
	since := current.At // when the manifest looked at was superseded
	for _, n := range slices.Backward(numbers) {
		if n == current.Number {
			continue
		}
		if n < current.Number {
			m, err := readManifest(ctx, l.objects, n)
			if err != nil && shop.CodeOf(err) != shop.Internal && shop.CodeOf(err) != shop.NotFound {
				return nil, err
			}
			if err == nil && (l.opts.Now().Sub(since) < l.opts.Keep || l.pinned(n)) {
				kept = append(kept, m)
				since = m.At
				continue
			}
			if err == nil {
				since = m.At
			}
		}
		if err := l.objects.Delete(ctx, manifestName(n)); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

func (l *Lake) manifestNumbers(ctx context.Context) ([]int64, error) {
	var numbers []int64
	for o, err := range l.objects.List(ctx, "manifest/") {
		if err != nil {
			return nil, err
		}
		digits, ok := strings.CutSuffix(path.Base(o.Name), ".json")
		if n, err := strconv.ParseInt(digits, 10, 64); ok && err == nil {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

func (l *Lake) pinned(manifest int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pins[manifest] > 0
}

// Verify reads every Parquet and control file of the lake and reports the
// first whose length or checksum is not the manifest's.
func (l *Lake) Verify(ctx context.Context) error {
	s, err := l.snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.release()
	check := func(name string, want File) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		got, err := checksum(l.opts.FS, l.path(name))
		if err != nil {
			return missing(name, err)
		}
		if got != want {
			return damaged("%s is not what was written", name)
		}
		return nil
	}
	for _, f := range s.Parquet {
		if err := check(f.Name, f.File); err != nil {
			return err
		}
	}
	if c := s.manifest.Control; c != nil {
		return check(c.Name, c.File)
	}
	return nil
}

// Size says how much a lake holds.
type Size struct {
	Events       Position // the position of the last event
	ParquetRows  int64
	ParquetFiles int
	LandingBytes int64     // not compacted yet
	Compacted    Position  // events up to here are in Parquet
	CompactedAt  time.Time // since when the files are what they are
}

// Size returns how much the lake holds now.
func (l *Lake) Size(ctx context.Context) (Size, error) {
	s, err := l.snapshot(ctx)
	if err != nil {
		return Size{}, err
	}
	defer s.release()
	size := Size{Events: s.Head, ParquetFiles: len(s.Parquet), Compacted: s.manifest.Next - 1, CompactedAt: s.manifest.At}
	for _, f := range s.Parquet {
		size.ParquetRows += f.Rows
	}
	for _, f := range s.Landing {
		size.LandingBytes += f.Bytes
	}
	return size, nil
}
