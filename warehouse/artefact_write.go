package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/parquet-go/parquet-go"

	"also/shop"
)

// The files of an artefact's folder that every model has.
const (
	artefactManifest = "manifest.json"
	artefactUsers    = "users.parquet"
	artefactSKUs     = "skus.parquet"
	tensorSuffix     = ".safetensors"
)

// artefactFormat is the version of the folder's layout.
const artefactFormat = 1

// ArtefactInput is what an artefact is made of.
type ArtefactInput struct {
	Manifest Manifest            // ID, Format, Shop and Files are set by WriteArtefact
	Users    []shop.UserID       // by row, ascending
	SKUs     []string            // by column, ascending
	Tensors  map[string][]Tensor // by file: "factors" becomes factors.safetensors
}

// WriteArtefact writes an artefact aside, syncs it and gives it its name, which
// follows from its content: writing the same again changes nothing. A lake opened
// for reading may write artefacts too.
func (l *Lake) WriteArtefact(ctx context.Context, in ArtefactInput) (Manifest, error) {
	m := in.Manifest
	m.Format, m.Shop = artefactFormat, l.shop
	tmp, err := aside(l.modelDir("new"))
	if err != nil {
		return Manifest{}, fmt.Errorf("write a model: %w", err)
	}
	defer os.RemoveAll(tmp)
	if err := in.write(ctx, tmp); err != nil {
		return Manifest{}, fmt.Errorf("write a model: %w", err)
	}
	if m.Files, err = filesOfFolder(tmp); err != nil {
		return Manifest{}, fmt.Errorf("write a model: %w", err)
	}
	if m.ID, err = m.contentID(); err != nil {
		return Manifest{}, fmt.Errorf("write a model: %w", err)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return Manifest{}, fmt.Errorf("write a model: %w", err)
	}
	if err := os.WriteFile(filepath.Join(tmp, artefactManifest), append(text, '\n'), 0o644); err != nil {
		return Manifest{}, fmt.Errorf("write a model: %w", err)
	}
	if err := publishFolder(tmp, l.modelDir(m.ID)); err != nil {
		return Manifest{}, fmt.Errorf("write model %s: %w", m.ID, err)
	}
	return m, nil
}

// modelDir is where an artefact lies.
func (l *Lake) modelDir(id string) string { return filepath.Join(l.root, "models", id) }

// write makes the files but the manifest.
func (in *ArtefactInput) write(ctx context.Context, dir string) error {
	if !slices.IsSorted(in.Users) || !slices.IsSorted(in.SKUs) {
		return fmt.Errorf("its id tables are not sorted")
	}
	type user struct {
		User int64 `parquet:"user"`
	}
	users := make([]user, len(in.Users))
	for i, u := range in.Users {
		users[i].User = int64(u)
	}
	type sku struct {
		SKU string `parquet:"sku"`
	}
	skus := make([]sku, len(in.SKUs))
	for i, s := range in.SKUs {
		skus[i].SKU = s
	}
	if err := parquet.WriteFile(filepath.Join(dir, artefactUsers), users, parquet.Compression(&parquet.Zstd)); err != nil {
		return err
	}
	if err := parquet.WriteFile(filepath.Join(dir, artefactSKUs), skus, parquet.Compression(&parquet.Zstd)); err != nil {
		return err
	}
	for name, tensors := range in.Tensors {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := os.Create(filepath.Join(dir, name+tensorSuffix))
		if err != nil {
			return err
		}
		err = writeTensors(f, tensors)
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// filesOfFolder returns the checksums of a folder's files by name.
func filesOfFolder(dir string) (map[string]File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	files := make(map[string]File, len(entries))
	for _, e := range entries {
		if files[e.Name()], err = checksum(Disk{}, filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// contentID returns the id that a manifest's content gives it.
func (m Manifest) contentID() (string, error) {
	m.ID, m.Metrics = "", nil
	text, err := json.Marshal(m) // maps by key
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8]), nil
}
