package warehouse

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// DropDatasets deletes all training sets but those of the positions in keep and
// the latest n positions. A set that is deleted is made again, to the byte, when it is asked for.
func (l *Lake) DropDatasets(ctx context.Context, n int, keep ...Position) error {
	dir := filepath.Join(l.root, "datasets")
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("drop training sets: %w", err)
	}
	through := map[string]Position{}
	var positions []Position
	for _, e := range entries {
		var p Position
		if _, err := fmt.Sscanf(e.Name(), "through-%d-", &p); err != nil || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		through[e.Name()] = p
		positions = append(positions, p)
	}
	slices.SortFunc(positions, func(a, b Position) int { return cmp.Compare(b, a) })
	positions = slices.Compact(positions)
	keep = append(slices.Clone(keep), positions[:min(n, len(positions))]...)
	for name, p := range through {
		if err := ctx.Err(); err != nil {
			return err
		}
		if slices.Contains(keep, p) {
			continue
		}
		if err := dropFolder(filepath.Join(dir, name)); err != nil {
			return fmt.Errorf("drop training set %s: %w", name, err)
		}
	}
	return nil
}

// dropped begins the names of folders that are being deleted.
const dropped = ".dropped-"

// dropFolder deletes a folder beside others, whole or not at all, and what
// earlier deletions of its neighbours left behind.
func dropFolder(dir string) error {
	parent, name := filepath.Split(dir)
	aside := filepath.Join(parent, dropped+name)
	if err := os.RemoveAll(aside); err != nil {
		return err
	}
	if err := os.Rename(dir, aside); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // somebody else was faster
		}
		return err
	}
	left, err := filepath.Glob(filepath.Join(parent, dropped+"*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}
