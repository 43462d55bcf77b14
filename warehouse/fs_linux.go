package warehouse

import "syscall"

// Sync leaves out what reading does not need, such as the time of change.
func (f diskFile) Sync() error {
	for {
		if err := syscall.Fdatasync(int(f.Fd())); err != syscall.EINTR {
			return err
		}
	}
}
