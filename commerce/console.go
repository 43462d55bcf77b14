package commerce

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"also/shop"
	"also/store"
)

// consoleLife is how long a browser stays signed in to the console.
const consoleLife = 12 * time.Hour

// console is the control record of a browser that exchanged a key for a
// session. It is found by the hash of its token, and worth what the key is worth.
type console struct {
	KeyHash   string    `json:"keyHash"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func consoleName(token string) string { return "console/" + hashToken(token) }

// ConsoleOpen exchanges the secret of a key for a session of the console; it ends at the given moment,
// or when the key is revoked. shop.Unauthenticated if the key is not valid. The caller limits
// attempts.
func (s *Service) ConsoleOpen(ctx context.Context, secret string) (token string, expires time.Time, key shop.Key, err error) {
	key, err = s.KeyOf(ctx, secret)
	if err != nil {
		return "", time.Time{}, shop.Key{}, err
	}
	if err := s.sweepConsoles(ctx); err != nil {
		return "", time.Time{}, shop.Key{}, err
	}
	token, expires = newToken(), s.now().Add(consoleLife)
	value, err := json.Marshal(console{KeyHash: key.Hash, ExpiresAt: expires})
	if err != nil {
		return "", time.Time{}, shop.Key{}, fmt.Errorf("encode console session: %w", err)
	}
	err = s.Store.PutControl(ctx, []shop.ControlRecord{{Name: consoleName(token), Value: value}}, store.PutConditions{})
	return token, expires, key, err
}

// sweepConsoles deletes sessions of the console that ended.
func (s *Service) sweepConsoles(ctx context.Context) error {
	records, err := s.Store.ControlList(ctx, "console")
	if err != nil {
		return err
	}
	var ended []shop.ControlRecord
	for _, r := range records {
		var c console
		if json.Unmarshal(r.Value, &c) != nil || !s.now().Before(c.ExpiresAt) {
			ended = append(ended, shop.ControlRecord{Name: r.Name})
		}
	}
	if len(ended) == 0 {
		return nil
	}
	return s.Store.PutControl(ctx, ended, store.PutConditions{})
}

// ConsoleOf returns the key that a session of the console stands for;
// shop.Unauthenticated if the session ended or the key was revoked.
func (s *Service) ConsoleOf(ctx context.Context, token string) (shop.Key, error) {
	over := shop.Errorf(shop.Unauthenticated, "", "the console's session is over: sign in with a key again")
	value, err := s.Store.Control(ctx, consoleName(token))
	if err != nil {
		return shop.Key{}, err
	}
	if value == nil {
		return shop.Key{}, over
	}
	var c console
	if err := json.Unmarshal(value, &c); err != nil {
		return shop.Key{}, fmt.Errorf("decode console session: %w", err)
	}
	if !s.now().Before(c.ExpiresAt) {
		return shop.Key{}, over
	}
	key, err := s.keyByHash(ctx, c.KeyHash)
	if shop.CodeOf(err) == shop.Unauthenticated {
		return shop.Key{}, over
	}
	return key, err
}

// ConsoleClose ends a session of the console. Doing it twice changes nothing.
func (s *Service) ConsoleClose(ctx context.Context, token string) error {
	return s.Store.PutControl(ctx, []shop.ControlRecord{{Name: consoleName(token)}}, store.PutConditions{})
}
