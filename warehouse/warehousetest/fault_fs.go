// Package warehousetest holds the contracts of the lake in executable form, and
// a disk that forgets what was not synced.
package warehousetest

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"also/warehouse"
)

// Op is one call that changes a FaultFS or makes a change safe.
type Op struct {
	N    int    // counts from 1
	Kind string // "create", "write", "truncate", "sync", "rename", "remove", "mkdir", "syncdir"
	Path string // below the root
}

// ErrCrashed is what a FaultFS answers between a crash and Restart.
var ErrCrashed = errors.New("the machine has crashed")

// FaultFS is a real folder that behaves as a disk may at worst. Content is safe
// only once its file was synced, a name only once its folder was: Crash loses
// any part of the rest. Before any operation Fault may fail it or crash the machine.
type FaultFS struct {
	// Fault is asked before each operation. An error fails the operation: half of a write may then
	// be done. ErrCrashed fails all that follow too.
	Fault func(Op) error
	// LoseSyncs makes syncs do nothing and report success: the fault that a test of durability must notice.
	LoseSyncs bool
	// LoseDirSyncs does the same to those of folders.
	LoseDirSyncs bool

	root string
	rng  *rand.Rand

	mu      sync.Mutex
	ops     int
	crashed bool
	live    map[string]*inode // names as they are
	safe    map[string]*inode // names that survive a crash; nil for a folder
}

// inode is the content of a file apart from its name.
type inode struct {
	safe  []byte // what survives a crash
	dirty []span // changed since
	whole bool   // all of it may have changed: it was not written through the FS
}

type span struct{ from, to int64 }

// NewFaultFS returns a disk in the folder root, which must exist and counts as safe as it is.
// What a crash leaves is drawn from seed.
func NewFaultFS(root string, seed uint64) (*FaultFS, error) {
	d := &FaultFS{root: root, rng: rand.New(rand.NewPCG(seed, 1)), live: map[string]*inode{}, safe: map[string]*inode{}}
	return d, d.adopt()
}

// adopt takes the folder as it is for safe.
func (d *FaultFS) adopt() error {
	clear(d.live)
	clear(d.safe)
	return filepath.WalkDir(d.root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == d.root {
			return err
		}
		if e.IsDir() {
			d.safe[path] = nil
			return nil
		}
		b, err := os.ReadFile(path)
		node := &inode{safe: b}
		d.live[path], d.safe[path] = node, node
		return err
	})
}

// SetFault replaces Fault while the disk is in use.
func (d *FaultFS) SetFault(f func(Op) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Fault = f
}

// Ops returns how many operations there were.
func (d *FaultFS) Ops() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ops
}

// step counts an operation and asks whether it fails. Callers hold mu.
func (d *FaultFS) step(kind, path string) error {
	if d.crashed {
		return ErrCrashed
	}
	d.ops++
	if d.Fault == nil {
		return nil
	}
	rel, err := filepath.Rel(d.root, path)
	if err != nil {
		return err
	}
	err = d.Fault(Op{N: d.ops, Kind: kind, Path: filepath.ToSlash(rel)})
	d.crashed = errors.Is(err, ErrCrashed)
	return err
}

// node returns the inode of a name, of one that was not made through the FS too.
func (d *FaultFS) node(path string) *inode {
	n := d.live[path]
	if n == nil {
		n = &inode{whole: true}
		d.live[path] = n
	}
	return n
}

// OpenFile implements warehouse.FS.
func (d *FaultFS) OpenFile(name string, flag int, perm fs.FileMode) (warehouse.FSFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.crashed {
		return nil, ErrCrashed
	}
	if flag&os.O_WRONLY != 0 {
		flag = flag&^os.O_WRONLY | os.O_RDWR // Sync reads back
	}
	_, err := os.Stat(name)
	isNew := errors.Is(err, fs.ErrNotExist) && flag&os.O_CREATE != 0
	if isNew || flag&os.O_TRUNC != 0 {
		if err := d.step("create", name); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	if isNew {
		d.live[name] = &inode{}
	}
	return &faultFile{File: f, disk: d, node: d.node(name)}, nil
}

// Rename implements warehouse.FS.
func (d *FaultFS) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("rename", to); err != nil {
		return err
	}
	node := d.node(from)
	if err := os.Rename(from, to); err != nil {
		return err
	}
	delete(d.live, from)
	d.live[to] = node
	return nil
}

// Remove implements warehouse.FS.
func (d *FaultFS) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("remove", name); err != nil {
		return err
	}
	if err := os.Remove(name); err != nil {
		return err
	}
	delete(d.live, name)
	return nil
}

// MkdirAll implements warehouse.FS.
func (d *FaultFS) MkdirAll(name string, perm fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("mkdir", name); err != nil {
		return err
	}
	return os.MkdirAll(name, perm)
}

// ReadDir implements warehouse.FS.
func (d *FaultFS) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.crashed {
		return nil, ErrCrashed
	}
	return os.ReadDir(name)
}

// Stat implements warehouse.FS.
func (d *FaultFS) Stat(name string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.crashed {
		return nil, ErrCrashed
	}
	return os.Stat(name)
}

// SyncDir implements warehouse.FS.
func (d *FaultFS) SyncDir(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("syncdir", name); err != nil {
		return err
	}
	if d.LoseDirSyncs {
		return nil
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return err
	}
	for path := range d.safe {
		if filepath.Dir(path) == name {
			if _, err := os.Stat(path); err != nil {
				d.forget(path)
			}
		}
	}
	for _, e := range entries {
		path := filepath.Join(name, e.Name())
		if e.IsDir() {
			d.safe[path] = nil
		} else {
			d.safe[path] = d.node(path)
		}
	}
	return nil
}

// forget drops a safe name and what is below it.
func (d *FaultFS) forget(path string) {
	for p := range d.safe {
		if p == path || strings.HasPrefix(p, path+string(filepath.Separator)) {
			delete(d.safe, p)
		}
	}
}

// Crash stops the machine: every operation fails until Restart.
func (d *FaultFS) Crash() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.crashed = true
}

// Restart loses what a crash may lose and lets the disk work again. Files that
// are still open must not be used.
func (d *FaultFS) Restart() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	after := map[string]*[]byte{} // nil for a folder
	names := make([]string, 0, len(d.safe)+len(d.live))
	for p := range d.safe {
		names = append(names, p)
	}
	for p := range d.live {
		names = append(names, p)
	}
	slices.Sort(names) // a map's order must not decide what the seed draws
	for _, p := range slices.Compact(names) {
		safe, wasSafe := d.safe[p]
		live, isLive := d.live[p]
		if wasSafe && safe == nil {
			after[p] = nil
			continue
		}
		node := safe
		if isLive != wasSafe || live != safe { // an unsynced change of this name: it may survive or not
			if d.rng.IntN(2) == 0 {
				if node = live; !isLive {
					continue
				}
			} else if !wasSafe {
				continue
			}
		}
		content, err := d.survivor(p, node, live)
		if err != nil {
			return err
		}
		after[p] = &content
	}
	if err := d.replace(after); err != nil {
		return err
	}
	d.crashed = false
	return d.adopt()
}

// survivor draws what of a file's unsynced content a crash leaves: each block
// of 512 bytes may be the old one, the new one or, past the old end, zeros.
func (d *FaultFS) survivor(path string, node, live *inode) ([]byte, error) {
	if node != live || len(node.dirty) == 0 && !node.whole {
		return node.safe, nil
	}
	now, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	size := len(node.safe)
	switch d.rng.IntN(4) {
	case 0:
		return node.safe, nil
	case 1:
		size = len(now)
	case 2:
		if grown := len(now) - size; grown > 0 {
			size += d.rng.IntN(grown + 1)
		} else {
			size += -d.rng.IntN(1 - grown)
		}
	default:
		return now, nil
	}
	out := make([]byte, size)
	copy(out, node.safe)
	for at := 0; at < size; at += 512 {
		if to := min(at+512, size, len(now)); at < to && d.rng.IntN(2) == 0 {
			copy(out[at:to], now[at:to])
		}
	}
	return out, nil
}

// replace makes the real folder hold exactly these files and folders.
func (d *FaultFS) replace(after map[string]*[]byte) error {
	entries, err := os.ReadDir(d.root)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(d.root, e.Name())); err != nil {
			return err
		}
	}
	for p, content := range after {
		if !d.reachable(p, after) {
			continue
		}
		if content == nil {
			err = os.MkdirAll(p, 0o755)
		} else if err = os.MkdirAll(filepath.Dir(p), 0o755); err == nil {
			err = os.WriteFile(p, *content, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reachable reports whether the folders above a name survived: an unsynced
// folder takes what is in it along.
func (d *FaultFS) reachable(path string, after map[string]*[]byte) bool {
	for dir := filepath.Dir(path); dir != d.root; dir = filepath.Dir(dir) {
		if content, ok := after[dir]; !ok || content != nil {
			return false
		}
	}
	return true
}

// faultFile is an open file of a FaultFS.
type faultFile struct {
	*os.File
	disk *FaultFS
	node *inode
}

// Write implements warehouse.FSFile.
func (f *faultFile) Write(b []byte) (int, error) {
	at, err := f.File.Seek(0, 1)
	if err != nil {
		return 0, err
	}
	n, err := f.WriteAt(b, at)
	if _, serr := f.File.Seek(at+int64(n), 0); err == nil {
		err = serr
	}
	return n, err
}

// WriteAt implements warehouse.FSFile. When it fails, some of b may be written.
func (f *faultFile) WriteAt(b []byte, at int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.crashed {
		return 0, ErrCrashed
	}
	fault := f.disk.step("write", f.Name())
	if fault != nil {
		b = b[:f.disk.rng.IntN(len(b)+1)]
	}
	n, err := f.File.WriteAt(b, at)
	f.node.dirty = append(f.node.dirty, span{at, at + int64(n)})
	if fault != nil {
		err = fault
	}
	return n, err
}

// Truncate implements warehouse.FSFile.
func (f *faultFile) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.step("truncate", f.Name()); err != nil {
		return err
	}
	f.node.dirty = append(f.node.dirty, span{size, size})
	return f.File.Truncate(size)
}

// Sync implements warehouse.FSFile. When it fails, what was written is as
// unsafe as before, and passes for safe: the next Sync does not look at it again.
func (f *faultFile) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.step("sync", f.Name()); err != nil {
		if !f.disk.crashed {
			f.node.dirty, f.node.whole = nil, false
		}
		return err
	}
	if f.disk.LoseSyncs {
		return nil
	}
	info, err := f.File.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	if f.node.whole {
		f.node.dirty = []span{{0, size}}
	}
	f.node.safe = slices.Grow(f.node.safe, max(0, int(size)-len(f.node.safe)))
	for int64(len(f.node.safe)) < size {
		f.node.safe = append(f.node.safe, 0)
	}
	f.node.safe = f.node.safe[:size]
	for _, s := range f.node.dirty {
		if to := min(s.to, size); s.from < to {
			if _, err := f.File.ReadAt(f.node.safe[s.from:to], s.from); err != nil {
				return fmt.Errorf("read back: %w", err)
			}
		}
	}
	f.node.dirty, f.node.whole = nil, false
	return nil
}
