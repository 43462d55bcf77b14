//go:build unix

package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"syscall"

	"also/shop"
)

// holder is what the lock file says of the process that writes the lake.
type holder struct {
	PID     int    `json:"pid"`
	Address string `json:"address,omitempty"`
}

// folderLock is held as long as its file is open: the system lets go of it
// when the process ends, however it ends.
type folderLock struct{ f *os.File }

func takeLock(name, address string) (*folderLock, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the lock of the lake: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock the lake: %w", err)
		}
		return nil, heldBy(name)
	}
	l := &folderLock{f}
	if err := l.sign(address); err != nil {
		f.Close()
		return nil, fmt.Errorf("write the lock of the lake: %w", err)
	}
	return l, nil
}

// heldBy makes the error of a second writer. The file may be half written at
// this moment: then it says less.
func heldBy(name string) error {
	var h holder
	if b, err := os.ReadFile(name); err == nil {
		_ = json.Unmarshal(b, &h) // a torn text leaves h empty
	}
	who, what := "another process", "stop it first"
	if h.PID != 0 {
		who = fmt.Sprintf("process %d", h.PID)
	}
	if h.Address != "" {
		what = fmt.Sprintf("it serves %s: send the command there, or stop it first", h.Address)
	}
	return shop.Errorf(shop.Conflict, "", "the data folder is in use by %s; %s", who, what)
}

// sign writes who holds the lock.
func (l *folderLock) sign(address string) error {
	b, err := json.Marshal(holder{PID: os.Getpid(), Address: address})
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err = l.f.WriteAt(append(b, '\n'), 0)
	return err
}

func (l *folderLock) release() error { return l.f.Close() }
