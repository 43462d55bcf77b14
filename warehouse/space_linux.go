package warehouse

import (
	"context"
	"fmt"
	"syscall"
)

// Space returns how many bytes are free on the disk of the lake for this
// process, and how many it has.
func (l *Lake) Space(ctx context.Context) (free, total int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, 0, err
	}
	var s syscall.Statfs_t
	if err := syscall.Statfs(l.root, &s); err != nil {
		return 0, 0, fmt.Errorf("look at the disk of the lake: %w", err)
	}
	return int64(s.Bavail) * s.Bsize, int64(s.Blocks) * s.Bsize, nil
}
