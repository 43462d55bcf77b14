package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"also/shop"
)

// DiskObjects keeps objects as files below a folder, written aside in aside (on
// the same disk) and renamed. One process writes at a time.
type DiskObjects struct {
	fs    FS
	root  string
	aside string

	mu      sync.Mutex // between looking whether a name is free and taking it
	n       atomic.Int64
	folders sync.Map // whose names are safe
}

// NewDiskObjects returns the storage in the folder root, which may be missing
// still. What a crash leaves in aside may be deleted.
func NewDiskObjects(disk FS, root, aside string) *DiskObjects {
	return &DiskObjects{fs: disk, root: filepath.Clean(root), aside: aside}
}

var _ ObjectStorage = (*DiskObjects)(nil)

// file returns the path of a name, which must not lead out of the folder.
func (d *DiskObjects) file(name string) (string, error) {
	if name == "" || path.IsAbs(name) || path.Clean(name) != name || !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", shop.Errorf(shop.BadUserInput, "name", "%q is not an object's name", name)
	}
	return filepath.Join(d.root, filepath.FromSlash(name)), nil
}

// Put implements ObjectStorage.
func (d *DiskObjects) Put(ctx context.Context, name string, data []byte) error {
	return d.put(ctx, name, data, false)
}

// Replace implements ObjectStorage.
func (d *DiskObjects) Replace(ctx context.Context, name string, data []byte) error {
	return d.put(ctx, name, data, true)
}

func (d *DiskObjects) put(ctx context.Context, name string, data []byte, replace bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tmp := filepath.Join(d.aside, fmt.Sprintf("object-%d-%d", os.Getpid(), d.n.Add(1)))
	if err := d.fs.MkdirAll(d.aside, 0o755); err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	err := d.write(tmp, data)
	if err == nil {
		err = d.publish(name, tmp, replace)
	}
	if err != nil {
		_ = d.fs.Remove(tmp) // best effort: the next start sweeps it
		return fmt.Errorf("store %s: %w", name, err)
	}
	return nil
}

// PutFile implements ObjectStorage: it syncs and moves the file, which must be
// on the same disk.
func (d *DiskObjects) PutFile(ctx context.Context, name, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := d.fs.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	err = f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = d.publish(name, path, false)
	}
	if err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	return nil
}

func (d *DiskObjects) write(name string, data []byte) error {
	f, err := d.fs.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// publish gives a synced file its name.
func (d *DiskObjects) publish(name, from string, replace bool) error {
	to, err := d.file(name)
	if err != nil {
		return err
	}
	if err := d.mkdir(filepath.Dir(to)); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.fs.Stat(to); err == nil && !replace {
		return shop.Errorf(shop.Conflict, "", "%s exists already", name)
	}
	if err := d.fs.Rename(from, to); err != nil {
		return err
	}
	return d.fs.SyncDir(filepath.Dir(to))
}

// mkdir makes a folder and what leads to it. From the root on, each name is
// synced, once a process: that a folder exists does not say that its name is safe.
func (d *DiskObjects) mkdir(dir string) error {
	if _, ok := d.folders.Load(dir); ok {
		return nil
	}
	parent := filepath.Dir(dir)
	if below := dir == d.root || strings.HasPrefix(dir, d.root+string(filepath.Separator)); !below {
		if _, err := d.fs.Stat(dir); err == nil || parent == dir {
			return err
		}
	}
	if err := d.mkdir(parent); err != nil {
		return err
	}
	if err := d.fs.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := d.fs.SyncDir(parent); err != nil {
		return err
	}
	d.folders.Store(dir, true)
	return nil
}

// Get implements ObjectStorage.
func (d *DiskObjects) Get(ctx context.Context, name string) ([]byte, error) {
	return d.GetRange(ctx, name, 0, -1)
}

// GetRange implements ObjectStorage.
func (d *DiskObjects) GetRange(ctx context.Context, name string, offset, n int64) ([]byte, error) {
	p, err := d.Local(ctx, name)
	if err != nil {
		return nil, err
	}
	f, err := d.fs.OpenFile(p, os.O_RDONLY, 0)
	if err != nil {
		return nil, missing(name, err)
	}
	defer f.Close()
	if n < 0 {
		info, err := f.Stat()
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		n = info.Size() - offset
	}
	b := make([]byte, n)
	k, err := f.ReadAt(b, offset)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return b[:k], nil
}

// Local implements ObjectStorage.
func (d *DiskObjects) Local(ctx context.Context, name string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	p, err := d.file(name)
	if err != nil {
		return "", err
	}
	info, err := d.fs.Stat(p)
	if err != nil {
		return "", missing(name, err)
	}
	if info.IsDir() {
		return "", missing(name, fs.ErrNotExist)
	}
	return p, nil
}

func missing(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &shop.Error{Code: shop.NotFound, Message: name + " is not there", Err: err}
	}
	return fmt.Errorf("read %s: %w", name, err)
}

// List implements ObjectStorage.
func (d *DiskObjects) List(ctx context.Context, prefix string) iter.Seq2[ObjectInfo, error] {
	return func(yield func(ObjectInfo, error) bool) {
		all, err := d.walk(ctx, path.Dir(prefix+"x"), prefix)
		if err != nil {
			yield(ObjectInfo{}, fmt.Errorf("list %s: %w", prefix, err))
			return
		}
		slices.SortFunc(all, func(a, b ObjectInfo) int { return strings.Compare(a.Name, b.Name) })
		for _, o := range all {
			if !yield(o, nil) {
				return
			}
		}
	}
}

// walk returns the files below the folder named dir ("." is the root) whose names begin with prefix.
func (d *DiskObjects) walk(ctx context.Context, dir, prefix string) ([]ObjectInfo, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	entries, err := d.fs.ReadDir(filepath.Join(d.root, filepath.FromSlash(dir)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []ObjectInfo
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir() && (strings.HasPrefix(name+"/", prefix) || strings.HasPrefix(prefix, name+"/")):
			below, err := d.walk(ctx, name, prefix)
			if err != nil {
				return nil, err
			}
			all = append(all, below...)
		case !e.IsDir() && strings.HasPrefix(name, prefix):
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // deleted since
			}
			if err != nil {
				return nil, err
			}
			all = append(all, ObjectInfo{Name: name, Bytes: info.Size(), Modified: info.ModTime()})
		}
	}
	return all, nil
}

// Delete implements ObjectStorage.
func (d *DiskObjects) Delete(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p, err := d.file(name)
	if err != nil {
		return err
	}
	if err := d.fs.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete %s: %w", name, err)
	}
	return nil
}
