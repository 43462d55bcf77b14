// Package harness is what the benchmarks share: a server on a fresh data
// folder, percentiles, and the disk's own speed to compare with.
package harness

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"also/internal/process"
)

// Bench is one run: the built command and a folder that is removed at the end.
type Bench struct {
	Bin string
	Dir string
}

// Open parses the flags, builds the command from the module's root and makes a
// temporary folder. The folder lies where -dir says, so that the disk that is
// measured is the disk that is meant.
func Open(ctx context.Context) (*Bench, error) {
	parent := flag.String("dir", "", "folder for the data, on the disk to be measured (default: the temporary folder)")
	flag.Parse()
	dir, err := os.MkdirTemp(*parent, "also-bench-")
	if err != nil {
		return nil, err
	}
	bin, err := process.Build(ctx, ".", dir)
	if err != nil {
		return nil, err
	}
	return &Bench{Bin: bin, Dir: dir}, nil
}

// Close removes the folder.
func (b *Bench) Close() { _ = os.RemoveAll(b.Dir) }

// Data returns the path of a data folder in the bench's own.
func (b *Bench) Data(name string) string { return filepath.Join(b.Dir, name) }

// Percentile returns the p-th percentile (0 to 100) of the durations, sorting them.
func Percentile(d []time.Duration, p float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return d[min(len(d)-1, int(p/100*float64(len(d))))]
}

// Millis is a duration in milliseconds, for the JSON line.
func Millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// PrintJSON prints the one line that scripts read.
func PrintJSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	fmt.Println(string(b))
	return nil
}

// Fail prints an error and ends the process.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

// SyncFile appends 4 KiB to a file and syncs it, over and over until ctx ends,
// at the given pace, and returns how long each append and sync took: what the
// disk itself needs for one durable event.
func SyncFile(ctx context.Context, path string, every time.Duration) ([]time.Duration, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	block := make([]byte, 4096)
	tick := time.NewTicker(every)
	defer tick.Stop()
	var took []time.Duration
	for {
		select {
		case <-ctx.Done():
			return took, nil
		case <-tick.C:
		}
		start := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, err
		}
		if err := f.Sync(); err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
	}
}
