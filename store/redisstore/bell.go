package redisstore

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// The things that followers in this process wait for.
const (
	outboxBell  = "outbox"
	changesBell = "changes"
	freshBell   = "fresh"
	queueBell   = "queue:" // and the queue's name
)

// bell wakes those in this process who wait for something to be written.
type bell struct {
	mu sync.Mutex
	at map[string]chan struct{}
}

// listen returns a channel that closes when the bell is next rung.
func (b *bell) listen(name string) <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.at[name]
	if !ok {
		if b.at == nil {
			b.at = map[string]chan struct{}{}
		}
		c = make(chan struct{})
		b.at[name] = c
	}
	return c
}

func (b *bell) ring(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c, ok := b.at[name]; ok {
		close(c)
		delete(b.at, name)
	}
}

// Over a server others write too: who waits looks again after pauses that grow
// from the first to the second length. The embedded server has no others.
const (
	firstPause = 2 * time.Millisecond
	lastPause  = 50 * time.Millisecond
)

// follow calls look until it reports that it found something, fails, or block
// has passed; ctx ending and the store closing are errors.
func (s *Store) follow(ctx context.Context, name string, block time.Duration, look func() (found bool, err error)) error {
	deadline := time.NewTimer(block)
	defer deadline.Stop()
	pause := firstPause
	for {
		rung := s.bell.listen(name) // before looking, so that nothing falls between
		found, err := look()
		if err != nil || found || block <= 0 {
			return err
		}
		var again <-chan time.Time
		if s.embedded == nil {
			again = time.After(pause)
			pause = min(2*pause, lastPause)
		}
		select {
		case <-rung:
		case <-again:
		case <-deadline.C:
			return nil
		case <-ctx.Done():
			return mapError("wait", ctx.Err())
		case <-s.done:
			return mapError("wait", redis.ErrClosed)
		}
	}
}
