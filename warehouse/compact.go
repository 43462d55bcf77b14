package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"also/shop"
)

// CompactReport says what a compaction did.
type CompactReport struct {
	Through Position `json:"through"` // events up to here are in Parquet
	Events  int64    `json:"events"`  // new in Parquet; repeats do not count
	Files   int      `json:"files"`   // written
	Merged  int      `json:"merged"`  // small files that are one with others of their day now
}

// Compact moves the journal's entries into Parquet and the control file, joins
// the small files of a day, and removes superseded files that no reader may
// still use. Appending goes on meanwhile. A crash or an error at any step leaves the lake as it
// was or as it should be.
func (l *Lake) Compact(ctx context.Context) (CompactReport, error) {
	if l.log == nil {
		return CompactReport{}, errReadOnly
	}
	l.changing.Lock()
	defer l.changing.Unlock()
	r, err := l.compactLanding(ctx)
	if err != nil {
		return r, fmt.Errorf("compact: %w", err)
	}
	if r.Merged, err = l.mergeDays(ctx); err != nil {
		return r, fmt.Errorf("compact: merge: %w", err)
	}
	if err := l.sweep(ctx); err != nil {
		return r, fmt.Errorf("compact: %w", err)
	}
	return r, nil
}

// compactLanding moves all sealed segments, the one that grew until now among them.
func (l *Lake) compactLanding(ctx context.Context) (CompactReport, error) {
	sealed, active, last, err := l.log.seal()
	if err != nil {
		return CompactReport{}, err
	}
	r := CompactReport{Through: active.First - 1}
	if len(sealed) == 0 {
		return r, nil
	}
	snap, err := l.snapshot(ctx)
	if err != nil {
		return r, err
	}
	defer snap.release()
	snap.Landing = sealed
	m := snap.manifest.successor(l.opts.Now())
	m.Journal, m.Next, m.Last, m.Taken = segmentNumber(active.Name), active.First, last, nil
	if m.Control, err = l.compactControl(ctx, snap, m.Number); err != nil {
		return r, err
	}
	dir, err := l.stage("compact")
	if err != nil {
		return r, err
	}
	defer l.unstage(dir)
	files, err := l.writeParquet(ctx, sealed, func(day string) []ParquetFile { return filesOfDay(snap.Parquet, day) }, dir)
	if err != nil {
		return r, err
	}
	if files, err = l.publishFiles(ctx, dir, files, m.Number); err != nil {
		return r, err
	}
	m.Parquet = append(m.Parquet, files...)
	if err := l.commit(ctx, m, func() { l.log.forget(m.Journal) }); err != nil {
		return r, err
	}
	r.Files = len(files)
	for _, f := range files {
		r.Events += f.Rows
	}
	return r, nil
}

func filesOfDay(files []ParquetFile, day string) []ParquetFile {
	var of []ParquetFile
	for _, f := range files {
		if f.Day == day {
			of = append(of, f)
		}
	}
	return of
}

// mergeFrom is how many files of one day and kind are worth rewriting into one,
// mergeDays how many days one compaction takes on at most.
const (
	mergeFrom    = 8
	mergeAtATime = 64
)

// mergeDays makes one file a kind of days that have come to hold many.
func (l *Lake) mergeDays(ctx context.Context) (merged int, err error) {
	type part struct {
		day  string
		kind FileKind
	}
	count := make(map[part]int)
	var days []string
	for _, f := range l.current().Parquet {
		p := part{f.Day, f.Kind}
		if count[p]++; count[p] == mergeFrom && !slices.Contains(days, f.Day) && len(days) < mergeAtATime {
			days = append(days, f.Day)
		}
	}
	if len(days) == 0 {
		return 0, nil
	}
	return l.rewrite(ctx, days, nil)
}

// rewrite replaces the files of the days by one a kind, without the events of
// some users, and returns how many files it replaced.
func (l *Lake) rewrite(ctx context.Context, days []string, without []shop.UserID) (int, error) {
	m := l.current().successor(l.opts.Now())
	dir, err := l.stage("rewrite")
	if err != nil {
		return 0, err
	}
	defer l.unstage(dir)
	replaced := 0
	for _, day := range days {
		old := filesOfDay(m.Parquet, day)
		files, err := l.rewriteParquet(ctx, day, old, without, dir)
		if err != nil {
			return 0, err
		}
		if files, err = l.publishFiles(ctx, dir, files, m.Number); err != nil {
			return 0, err
		}
		replaced += len(old)
		m.Parquet = slices.DeleteFunc(m.Parquet, func(f ParquetFile) bool { return f.Day == day })
		m.Parquet = append(m.Parquet, files...)
	}
	return replaced, l.commit(ctx, m, nil)
}

// current returns the manifest in force.
func (l *Lake) current() *lakeManifest {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.manifest
}

// commit puts m in force, on disk and then here, where with changes what goes
// with it in the same moment. Callers hold changing. After an error the old
// one is in force here; which one the disk names is settled before the next commit.
func (l *Lake) commit(ctx context.Context, m *lakeManifest, with func()) error {
	if l.unsure {
		old := []byte(strconv.FormatInt(l.current().Number, 10) + "\n")
		if err := l.objects.Replace(ctx, currentName, old); err != nil {
			return err
		}
		l.unsure = false
	}
	if err := commitManifest(ctx, l.objects, m); err != nil {
		l.unsure = true
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.manifest = m
	if with != nil {
		with()
	}
	return nil
}

// stage makes an empty folder in the lake to write files aside in. The caller
// removes it with unstage; one left by a crash is removed when the lake is next opened for writing.
func (l *Lake) stage(kind string) (dir string, err error) {
	dir = filepath.Join(l.root, "staging", kind+"-"+shop.NewUUID(l.opts.Now()).String())
	if err := l.opts.FS.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make a staging folder: %w", err)
	}
	return dir, nil
}

func (l *Lake) unstage(dir string) {
	_ = removeAll(l.opts.FS, dir) // what is left is removed at the next start
}

// publishFiles moves Parquet files from a staging folder to their place, where
// no reader looks for them before a manifest names them.
//
// What the SQL half writes (writeParquet, rewriteParquet, an import), all of it into a staging folder, is for this
// half to sync, check, name and publish. A file's Name comes as its path within the folder
// ("day=2022-10-01/orders.parquet"), with Day, Kind, Rows, Min and Max set; Bytes and SHA256 are filled in here.
func (l *Lake) publishFiles(ctx context.Context, dir string, files []ParquetFile, number int64) ([]ParquetFile, error) {
	files = slices.Clone(files)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(4) // the disk syncs several at once
	for i := range files {
		g.Go(func() error {
			f := &files[i]
			name := fmt.Sprintf("events/day=%s/%08d-%d-%s.parquet", f.Day, number, i, f.Kind)
			named, err := l.publishFile(ctx, name, filepath.Join(dir, filepath.FromSlash(f.Name)))
			if err != nil {
				return err
			}
			f.Name, f.File = named.Name, named.File
			return nil
		})
	}
	return files, g.Wait()
}

// publishFile moves one file to its name and returns its checksum.
func (l *Lake) publishFile(ctx context.Context, name, path string) (*namedFile, error) {
	sum, err := checksum(l.opts.FS, path)
	if err != nil {
		return nil, fmt.Errorf("publish %s: %w", name, err)
	}
	err = l.objects.PutFile(ctx, name, path)
	if shop.CodeOf(err) == shop.Conflict {
		// Left by an attempt at this manifest that failed: nothing names it.
		if err := l.objects.Delete(ctx, name); err != nil {
			return nil, err
		}
		err = l.objects.PutFile(ctx, name, path)
	}
	if err != nil {
		return nil, err
	}
	return &namedFile{Name: name, File: sum}, nil
}

// checksum reads a file through.
func checksum(disk FS, path string) (File, error) {
	f, err := disk.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return File{}, err
	}
	return File{Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}, nil
}
