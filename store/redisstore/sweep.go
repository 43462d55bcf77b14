package redisstore

import (
	"context"
	"time"

	"also/shop"
)

// sweepLoop removes a few expired things every so often. What fails is tried
// again when its bucket's turn comes.
func (s *Store) sweepLoop(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for bucket := 0; ; bucket = (bucket + 1) % sessionBuckets {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = s.sweepSessions(ctx, bucket) // see above
		}
	}
}

// sweepLimit is how many sessions one sweep removes at most.
const sweepLimit = 200

// sweepSessions removes expired sessions of one bucket and, of those that never
// signed in, the carts.
func (s *Store) sweepSessions(ctx context.Context, bucket int) error {
	all, err := s.rdb.HGetAll(ctx, s.keys.session(bucket)).Result()
	if err != nil {
		return mapError("sweep sessions", err)
	}
	swept := 0
	for tokenHash, stored := range all {
		v, err := decodeSession([]byte(stored))
		if err != nil {
			return err
		}
		if v.ExpiresAt.After(s.opts.Now()) {
			continue
		}
		if swept++; swept > sweepLimit {
			return nil
		}
		if err := s.sweepSession(ctx, tokenHash, []byte(stored), v); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) sweepSession(ctx context.Context, tokenHash string, stored []byte, v shop.Session) error {
	return s.command(ctx, "sweep a session", func() (*change, error) {
		now, err := s.field(ctx, s.sessionKey(tokenHash), tokenHash)
		if err != nil || string(now) != string(stored) {
			return nil, err // renewed or gone
		}
		c := &change{}
		c.same(s.sessionKey(tokenHash), tokenHash, stored)
		s.dropSession(c, tokenHash)
		if v.Customer != 0 {
			return c, nil
		}
		cart, cartStored, err := s.readCart(ctx, v.User)
		if err != nil {
			return nil, err
		}
		if cartStored != nil {
			cart.Lines = nil
			c.same(s.keys.cart(), v.User.String(), cartStored)
			err = s.putCart(c, cart)
		}
		return c, err
	})
}
