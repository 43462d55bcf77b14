package warehouse

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"also/shop"
)

// Artefact is an open artefact. Its tensors lie in mapped memory and must not
// be used after Close.
type Artefact struct {
	Manifest Manifest
	Users    []shop.UserID // by row, ascending
	SKUs     []string      // by column, ascending

	tensors map[string]map[string]Tensor // by file ("factors") and name
	mapped  [][]byte
	close   sync.Once
}

// Has reports whether the artefact has a file of tensors ("factors").
func (a *Artefact) Has(file string) bool { return a.tensors[file] != nil }

// Tensor returns a tensor of a file ("factors"); an error if the artefact has none.
func (a *Artefact) Tensor(file, name string) (Tensor, error) {
	t, ok := a.tensors[file][name]
	if !ok {
		return t, damagedModel(a.Manifest.ID, fmt.Errorf("%s has no %q", file+tensorSuffix, name))
	}
	return t, nil
}

// Close unmaps the tensors. Further calls do nothing.
func (a *Artefact) Close() error {
	var err error
	a.close.Do(func() {
		for _, b := range a.mapped {
			err = errors.Join(err, syscall.Munmap(b))
		}
		a.mapped, a.tensors = nil, nil
	})
	return err
}

// OpenArtefact checks an artefact against its checksums and maps it into memory.
// It fails with shop.NotFound if there is none of that id and with shop.Internal if it is
// damaged.
func (l *Lake) OpenArtefact(ctx context.Context, id string) (*Artefact, error) {
	m, err := l.Model(ctx, id)
	if err != nil {
		return nil, err
	}
	dir := l.modelDir(id)
	a := &Artefact{Manifest: m, tensors: map[string]map[string]Tensor{}}
	if err := a.read(ctx, dir); err != nil {
		return nil, errors.Join(damagedModel(id, err), a.Close())
	}
	return a, nil
}

func damagedModel(id string, err error) error {
	return &shop.Error{Code: shop.Internal, Message: fmt.Sprintf("model %s is damaged: promote another one, or train again", id), Err: err}
}

func (a *Artefact) read(ctx context.Context, dir string) error {
	for name, want := range a.Manifest.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		got, err := checksum(Disk{}, filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s is not what was written", name)
		}
		part, ok := strings.CutSuffix(name, tensorSuffix)
		if !ok {
			continue
		}
		b, err := mapFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		a.mapped = append(a.mapped, b)
		if a.tensors[part], err = parseTensors(b); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	users, err := readParquet(filepath.Join(dir, artefactUsers), "user")
	if err != nil {
		return err
	}
	skus, err := readParquet(filepath.Join(dir, artefactSKUs), "sku")
	if err != nil {
		return err
	}
	a.Users, a.SKUs = userIDs(users[0].ints), skus[0].texts
	return nil
}

// mapFile maps a file, which is not empty, for reading.
func mapFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	return b, nil
}

// Model returns the manifest of an artefact; shop.NotFound if there is none of
// that id.
func (l *Lake) Model(ctx context.Context, id string) (Manifest, error) {
	none := shop.Errorf(shop.NotFound, "id", "there is no model %q", id)
	if err := ctx.Err(); err != nil {
		return Manifest{}, err
	}
	if id == "" || strings.ContainsAny(id, `./\`) {
		return Manifest{}, none
	}
	text, err := os.ReadFile(filepath.Join(l.modelDir(id), artefactManifest))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, none
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("read model %s: %w", id, err)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, damagedModel(id, err)
	}
	if m.Format != artefactFormat || m.ID != id {
		return Manifest{}, damagedModel(id, fmt.Errorf("it says that it is %q in format %d", m.ID, m.Format))
	}
	return m, nil
}

// Models returns the manifests of all artefacts, the newest first.
func (l *Lake) Models(ctx context.Context) ([]Manifest, error) {
	entries, err := os.ReadDir(filepath.Join(l.root, "models"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list models: %w", err)
	}
	var all []Manifest
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue // being written
		}
		m, err := l.Model(ctx, e.Name())
		if shop.CodeOf(err) == shop.NotFound {
			continue // being deleted
		}
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Manifest) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// DropModel deletes an artefact, if there is one of that id; readers that have
// it open go on.
func (l *Lake) DropModel(ctx context.Context, id string) error {
	if _, err := l.Model(ctx, id); err != nil {
		if shop.CodeOf(err) == shop.NotFound {
			return nil
		}
		return err
	}
	if err := dropFolder(l.modelDir(id)); err != nil {
		return fmt.Errorf("delete model %s: %w", id, err)
	}
	return nil
}
