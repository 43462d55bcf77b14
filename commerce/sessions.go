package commerce

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"sync"
	"time"

	"also/shop"
)

// tokenBytes is the randomness of a session's token and of a key's secret.
const tokenBytes = 32

func newToken() string {
	b := make([]byte, tokenBytes)
	if _, err := rand.Read(b); err != nil {
		panic("commerce: newToken: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// SessionOpen makes a session for a visitor who has none, and the token for
// their cookie. It is stored with the first command that is given for it, so that robots
// leave nothing behind; until then SessionOf knows the token all the same.
func (s *Service) SessionOpen(context.Context) (token string, session shop.Session) {
	token = newToken()
	return token, s.unstored(token)
}

// unstored returns the session that a token stands for before it is stored: its user
// follows from the token, so that every page before the first command shows the same visitor.
func (s *Service) unstored(token string) shop.Session {
	sum := sha256.Sum256([]byte("session user\x00" + token))
	return shop.Session{
		TokenHash: hashToken(token),
		User:      shop.UserID(binary.LittleEndian.Uint64(sum[:8])>>1 | 1),
		ExpiresAt: s.now().Add(s.SessionLife),
	}
}

// SessionOf returns the session of a cookie's token. A token that is not one of
// ours is shop.Unauthenticated: open a new session. One that is not stored (any more) gives the
// anonymous session that it stands for.
func (s *Service) SessionOf(ctx context.Context, token string) (shop.Session, error) {
	if b, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(b) != tokenBytes {
		return shop.Session{}, shop.Errorf(shop.Unauthenticated, "", "this is not a session: load the page again")
	}
	session, err := s.Store.Session(ctx, hashToken(token))
	if shop.CodeOf(err) == shop.Unauthenticated {
		return s.unstored(token), nil
	}
	if err == nil && session.ExpiresAt.Sub(s.now()) > s.SessionLife/2 {
		s.stored.add(session.TokenHash, s.now())
	}
	return session, err
}

// keep stores a session before a command is given for it, or prolongs one past half
// its life.
func (s *Service) keep(ctx context.Context, session shop.Session) (shop.Session, error) {
	if session.TokenHash == "" || session.User == 0 {
		return session, shop.Errorf(shop.Unauthenticated, "", "this needs a session: load the page first")
	}
	if s.stored.has(session.TokenHash, s.now()) {
		return session, nil
	}
	session.ExpiresAt = s.now().Add(s.SessionLife)
	if err := s.Store.SaveSession(ctx, session); err != nil {
		return session, err
	}
	s.stored.add(session.TokenHash, s.now())
	return session, nil
}

// recent remembers names for a while.
type recent struct {
	mu    sync.Mutex
	until map[string]time.Time
}

const (
	recentLife = time.Hour
	recentSize = 100_000
)

func newRecent() *recent { return &recent{until: map[string]time.Time{}} }

func (r *recent) has(name string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return now.Before(r.until[name])
}

func (r *recent) add(name string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.until) >= recentSize {
		clear(r.until) // they are only written once more
	}
	r.until[name] = now.Add(recentLife)
}

func (r *recent) drop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.until, name)
}
