package redisstore

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// Allow implements store.Store. All counters of one window are one hash, which
// goes when the next window begins.
func (s *Store) Allow(ctx context.Context, name string, n int, per time.Duration) (ok bool, retryAfter time.Duration, err error) {
	if err := s.admit(ctx); err != nil {
		return false, 0, err
	}
	ms := per.Milliseconds()
	if ms <= 0 {
		return false, 0, shop.Errorf(shop.BadUserInput, "per", "a window lasts a millisecond at least")
	}
	now := s.now()
	window := now / ms
	v, err := s.run(ctx, call{
		allowScript, []string{s.keys.rate(ms, window), s.keys.rate(ms, window-1), s.keys.rate(ms, window-2)}, []any{name, 2 * ms},
	})
	if err != nil {
		return false, 0, mapError("count", err)
	}
	if v.(int64) <= int64(n) {
		return true, 0, nil
	}
	return false, time.Duration((window+1)*ms-now) * time.Millisecond, nil
}

// Draw implements store.Store. As with Allow the levels of one window are one
// hash; a window is no shorter than an empty bucket takes to fill.
func (s *Store) Draw(ctx context.Context, name string, cost int, b store.Bucket) (store.Drawn, error) {
	if err := s.admit(ctx); err != nil {
		return store.Drawn{}, err
	}
	if cost < 0 || b.Restore < 1 || cost > b.Capacity {
		return store.Drawn{}, shop.Errorf(shop.BadUserInput, "cost", "%d cannot be drawn from %d, filled by %d a second", cost, b.Capacity, b.Restore)
	}
	if s.embedded != nil {
		select {
		case <-s.done:
			return store.Drawn{}, mapError("draw", redis.ErrClosed)
		default:
		}
		return s.buckets.draw(name, cost, b, s.now()), nil
	}
	ms := 1000 * max(int64(shortestWindow/time.Second), int64(b.Capacity/b.Restore)+1)
	now := s.now()
	window := now / ms
	v, err := s.run(ctx, call{
		drawScript, []string{s.keys.budget(ms, window), s.keys.budget(ms, window-1), s.keys.budget(ms, window-2)},
		[]any{name, cost, b.Capacity, b.Restore, now, 2 * ms},
	})
	if err != nil {
		return store.Drawn{}, mapError("draw", err)
	}
	got := v.([]any)
	return store.Drawn{Available: int(got[0].(int64)), RetryAfter: time.Duration(got[1].(int64)) * time.Millisecond}, nil
}

// shortestWindow keeps windows from changing at every draw.
const shortestWindow = time.Minute
