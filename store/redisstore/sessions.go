package redisstore

import (
	"context"
	"encoding/json"
	"fmt"

	"also/shop"
)

func (s *Store) sessionKey(tokenHash string) string { return s.keys.session(sessionBucket(tokenHash)) }

func encodeSession(v shop.Session) ([]byte, error) {
	v.ExpiresAt = v.ExpiresAt.UTC().Round(0)
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode session: %w", err)
	}
	return b, nil
}

func decodeSession(b []byte) (v shop.Session, err error) {
	if err := json.Unmarshal(b, &v); err != nil {
		return v, fmt.Errorf("decode a stored session: %w", err)
	}
	return v, nil
}

// SaveSession implements store.Customers.
func (s *Store) SaveSession(ctx context.Context, v shop.Session) error {
	if v.TokenHash == "" || v.User == 0 {
		return shop.Errorf(shop.BadUserInput, "session", "a session needs a token and a user")
	}
	return s.command(ctx, "save session", func() (*change, error) {
		c := &change{}
		return c, s.putSession(c, v)
	})
}

func (s *Store) putSession(c *change, v shop.Session) error {
	b, err := encodeSession(v)
	if err != nil {
		return err
	}
	c.set(s.sessionKey(v.TokenHash), v.TokenHash, b)
	c.record(sessionKind+"/"+v.TokenHash, b)
	return nil
}

func (s *Store) dropSession(c *change, tokenHash string) {
	c.del(s.sessionKey(tokenHash), tokenHash)
	c.record(sessionKind+"/"+tokenHash, nil)
}

// Session implements store.Customers.
func (s *Store) Session(ctx context.Context, tokenHash string) (shop.Session, error) {
	if err := s.admit(ctx); err != nil {
		return shop.Session{}, err
	}
	v, _, err := s.readSession(ctx, tokenHash)
	if err != nil {
		return shop.Session{}, err
	}
	if v == nil {
		return shop.Session{}, shop.Errorf(shop.Unauthenticated, "", "the session is over")
	}
	return *v, nil
}

// readSession returns a session that has not expired, else nil, and how it is stored.
func (s *Store) readSession(ctx context.Context, tokenHash string) (*shop.Session, []byte, error) {
	b, err := s.field(ctx, s.sessionKey(tokenHash), tokenHash)
	if err != nil || b == nil {
		return nil, nil, err
	}
	v, err := decodeSession(b)
	if err != nil {
		return nil, nil, err
	}
	if !v.ExpiresAt.After(s.opts.Now()) {
		return nil, b, nil
	}
	return &v, b, nil
}

// DeleteSession implements store.Customers; one that is gone is no error.
func (s *Store) DeleteSession(ctx context.Context, tokenHash string) error {
	return s.command(ctx, "delete session", func() (*change, error) {
		old, err := s.field(ctx, s.sessionKey(tokenHash), tokenHash)
		if err != nil || old == nil {
			return nil, err
		}
		c := &change{}
		s.dropSession(c, tokenHash)
		return c, nil
	})
}

// SignIn implements store.Customers.
func (s *Store) SignIn(ctx context.Context, oldHash string, v shop.Session, e shop.Event) error {
	if v.TokenHash == "" || v.User == 0 || v.Customer == 0 {
		return shop.Errorf(shop.BadUserInput, "session", "a signed-in session needs a token, a user and a customer")
	}
	var joined shop.UserID
	return s.commandThen(ctx, "sign in", func() (*change, error) {
		joined = 0
		if now, _, err := s.readSession(ctx, v.TokenHash); err != nil {
			return nil, err
		} else if now != nil && now.Customer == v.Customer {
			return nil, s.finishJoin(ctx, e.Session, v.Customer) // done before, perhaps but half
		}
		old, stored, err := s.readSession(ctx, oldHash)
		if err != nil {
			return nil, err
		}
		c := &change{}
		c.same(s.sessionKey(oldHash), oldHash, stored)
		if err := s.putSession(c, v); err != nil {
			return nil, err
		}
		if stored != nil && oldHash != v.TokenHash {
			s.dropSession(c, oldHash)
		}
		if old == nil || old.Customer != 0 {
			return c, nil // nobody's history to join
		}
		joined = old.User
		if err := s.joinCarts(ctx, c, joined, v.Customer); err != nil {
			return nil, err
		}
		e.Type, e.Session, e.Customer = shop.SessionJoined, joined, v.Customer
		c.events = []shop.Event{e}
		c.set(s.keys.pending(), pendingJoin(joined), v.Customer.String())
		return c, nil
	}, func() error {
		return s.finishJoin(ctx, joined, v.Customer)
	})
}
