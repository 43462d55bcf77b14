package warehouse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"also/shop"
)

// Upload is a file that was sent to be imported. Its folder, uploads/<id>/ of
// the data folder, any process of the shop may write.
type Upload struct {
	ID   string    `json:"id"`
	Name string    `json:"name"` // as its sender called it
	Size int64     `json:"size"` // bytes
	At   time.Time `json:"at"`
	path string
}

// maxUploadName is how many bytes of a file's name are kept.
const maxUploadName = 200

// partial begins the name of a folder that an upload is still written into.
const partial = ".part-"

// Receive keeps what r holds as an upload of that name. Nothing of it stays if r fails,
// or is refused by its reader with a *shop.Error, which is returned as it is.
func (l *Lake) Receive(ctx context.Context, name string, r io.Reader) (u Upload, err error) {
	u = Upload{Name: uploadName(name), At: l.opts.Now().UTC()}
	if _, err := formatOf(u.Name); err != nil {
		return u, renamedField(err, "name")
	}
	u.ID = shop.NewUUID(u.At).String()
	dir := filepath.Join(l.root, "uploads", partial+u.ID)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return u, fmt.Errorf("keep an upload: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	if u.Size, err = writeUpload(ctx, filepath.Join(dir, u.file()), r); err != nil {
		return u, err
	}
	if u.Size == 0 {
		return u, shop.Errorf(shop.BadUserInput, "", "%s is empty: choose a file with rows", u.Name)
	}
	meta, err := json.Marshal(u)
	if err != nil {
		return u, err
	}
	if err := os.WriteFile(filepath.Join(dir, uploadMeta), meta, 0o600); err != nil {
		return u, fmt.Errorf("keep an upload: %w", err)
	}
	if err := os.Rename(dir, l.uploadFolder(u.ID)); err != nil {
		return u, fmt.Errorf("keep an upload: %w", err)
	}
	u.path = filepath.Join(l.uploadFolder(u.ID), u.file())
	return u, nil
}

func writeUpload(ctx context.Context, path string, r io.Reader) (n int64, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, fmt.Errorf("keep an upload: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if n, err = io.Copy(f, r); err != nil {
		return n, interrupted(ctx, err)
	}
	return n, f.Sync()
}

const uploadMeta = "upload.json"

// file is what the upload is called in its folder: a name of ours, with the ending that says what it holds.
func (u Upload) file() string {
	name := strings.ToLower(u.Name)
	zip := ""
	if strings.HasSuffix(name, ".gz") {
		zip = ".gz"
	}
	return "rows" + filepath.Ext(strings.TrimSuffix(name, ".gz")) + zip
}

// uploadName is the last part of a path of any system, without what is no text.
func uploadName(name string) string {
	name = strings.ToValidUTF8(name[strings.LastIndexAny(name, `/\`)+1:], "")
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
	for len(name) > maxUploadName {
		_, size := utf8.DecodeRuneInString(name)
		name = name[size:] // the ending says what it holds
	}
	return name
}

func (l *Lake) uploadFolder(id string) string { return filepath.Join(l.root, "uploads", id) }

// Upload returns an upload; shop.NotFound if there is none, or none any more.
func (l *Lake) Upload(id string) (u Upload, err error) {
	if _, err := shop.ParseUUID(id); err != nil {
		return u, noUpload(id)
	}
	b, err := os.ReadFile(filepath.Join(l.uploadFolder(id), uploadMeta))
	if errors.Is(err, fs.ErrNotExist) {
		return u, noUpload(id)
	}
	if err == nil {
		err = json.Unmarshal(b, &u)
	}
	if err != nil {
		return u, fmt.Errorf("read upload %s: %w", id, err)
	}
	u.path = filepath.Join(l.uploadFolder(id), u.file())
	return u, nil
}

func noUpload(id string) error {
	return shop.Errorf(shop.NotFound, "uploadId", "there is no upload %q, or no longer: send the file again", id)
}

// RemoveUpload removes an upload, if it is there.
func (l *Lake) RemoveUpload(id string) error {
	if _, err := shop.ParseUUID(id); err != nil {
		return noUpload(id)
	}
	return os.RemoveAll(l.uploadFolder(id))
}

// SweepUploads removes the uploads of before a moment that keep does not name, and
// what is left of those that were broken off by the end of a process. It returns how many.
func (l *Lake) SweepUploads(before time.Time, keep map[string]bool) (n int, err error) {
	entries, err := os.ReadDir(filepath.Join(l.root, "uploads"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("sweep uploads: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || keep[e.Name()] || !info.ModTime().Before(before) {
			continue // gone, in use, or young
		}
		if err := os.RemoveAll(filepath.Join(l.root, "uploads", e.Name())); err != nil {
			return n, fmt.Errorf("sweep uploads: %w", err)
		}
		n++
	}
	return n, nil
}

// renamedField gives a user's error another field.
func renamedField(err error, field string) error {
	var e *shop.Error
	if !errors.As(err, &e) {
		return err
	}
	moved := *e
	moved.Field = field
	return &moved
}
