package redisstore

import (
	"context"
	"time"

	"also/shop"
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
