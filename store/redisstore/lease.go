package redisstore

import (
	"context"
	"time"

	"also/shop"
	"also/store"
)

// A lease is the text "expiry token holder"; it counts until its expiry, and
// goes with the key where the server expires keys.

// Claim implements store.Broker.
func (s *Store) Claim(ctx context.Context, name, holder string, ttl time.Duration) (store.Lease, bool, error) {
	if err := s.admit(ctx); err != nil {
		return store.Lease{}, false, err
	}
	if ttl < time.Millisecond {
		return store.Lease{}, false, shop.Errorf(shop.BadUserInput, "", "a lease lasts a millisecond at least")
	}
	now, ms := s.now(), ttl.Milliseconds()
	v, err := s.run(ctx, call{claimScript, []string{s.keys.lease(name), s.keys.leaseToken()}, []any{name, holder, now, now + ms, ms}})
	if err != nil {
		return store.Lease{}, false, mapError("claim", err)
	}
	token := v.(int64)
	return store.Lease{Name: name, Holder: holder, Token: token}, token > 0, nil
}

// Renew implements store.Broker.
func (s *Store) Renew(ctx context.Context, l store.Lease, ttl time.Duration) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	held, err := s.renew(ctx, l, max(ttl, time.Millisecond))
	if err == nil && !held {
		err = shop.Errorf(shop.Conflict, "", "the lease on %s was lost", l.Name)
	}
	return err
}

// Release implements store.Broker; one that was lost is no error.
func (s *Store) Release(ctx context.Context, l store.Lease) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	_, err := s.renew(ctx, l, 0)
	return err
}

func (s *Store) renew(ctx context.Context, l store.Lease, ttl time.Duration) (held bool, err error) {
	now, ms := s.now(), ttl.Milliseconds()
	v, err := s.run(ctx, call{renewScript, []string{s.keys.lease(l.Name)}, []any{claimText(l), now, now + ms, ms}})
	if err != nil {
		return false, mapError("renew", err)
	}
	return v.(int64) == 1, nil
}
