package warehouse

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// aside makes a folder beside dir, on the same disk, in which its content is
// made before it gets its name.
func aside(dir string) (string, error) {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(parent, ".making-")
}

// publishFolder makes a folder's files safe and gives it its name: a crash
// leaves either nothing of that name or all of it. If another process was
// faster, theirs stays: equal names have equal content.
func publishFolder(tmp, dir string) error {
	entries, err := os.ReadDir(tmp)
	if err != nil {
		return err
	}
	disk := Disk{}
	for _, e := range entries {
		f, err := os.Open(filepath.Join(tmp, e.Name()))
		if err != nil {
			return err
		}
		err = f.Sync()
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := disk.SyncDir(tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
	}
	return disk.SyncDir(filepath.Dir(dir))
}
