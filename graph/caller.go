package graph

import (
	"context"
	"sync"
	"time"

	"also/commerce"
	"also/shop"
)

// Caller is whoever sent a request, as server recognised them. It belongs to
// one request; commands of the request may change its session.
type Caller struct {
	Role   shop.Role // of their key, or of the key behind the console's session; empty for shoppers
	Key    string    // that key's id; empty for shoppers
	Client string    // what attempts to sign in are counted by: the network address

	// SetToken puts a session's token into the answer's cookie, or takes the cookie away for "".
	// Nil where an answer cannot carry one, as over a WebSocket.
	SetToken func(token string, expires time.Time)

	mu      sync.Mutex
	session shop.Session // zero for who has none
}

// NewCaller returns a caller with a session, zero for none.
func NewCaller(session shop.Session) *Caller { return &Caller{session: session} }

// Session returns the caller's session, zero for none.
func (c *Caller) Session() shop.Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// Owner returns whose cart and taste the caller sees, 0 for a stranger's.
func (c *Caller) Owner() shop.UserID { return c.Session().Owner() }

// open returns the caller's session, beginning one for a stranger.
func (c *Caller) open(ctx context.Context, shoppers *commerce.Service) (shop.Session, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session.TokenHash != "" {
		return c.session, nil
	}
	if c.SetToken == nil {
		return shop.Session{}, shop.Errorf(shop.Unauthenticated, "", "this needs a session, which only an HTTP answer can begin: send the mutation by POST")
	}
	token, session := shoppers.SessionOpen(ctx)
	c.session = session
	c.SetToken(token, session.ExpiresAt)
	return session, nil
}

// become replaces the caller's session after signing in or out.
func (c *Caller) become(token string, session shop.Session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.session = session
	c.SetToken(token, session.ExpiresAt)
}

// canBecome fails where the answer cannot carry the new session's cookie.
func (c *Caller) canBecome() error {
	if c.SetToken == nil {
		return shop.Errorf(shop.BadUserInput, "", "signing in and out needs an HTTP answer: send the mutation by POST")
	}
	return nil
}

type (
	callerKey  struct{}
	requestKey struct{}
)

// WithCaller returns a context that carries who sent the request.
func WithCaller(ctx context.Context, c *Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerOf returns who sent the request; a stranger if nobody said.
func CallerOf(ctx context.Context) *Caller {
	if c, ok := ctx.Value(callerKey{}).(*Caller); ok {
		return c
	}
	return &Caller{}
}

// WithRequestID returns a context that carries a request's id.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID returns the request's id, "" if it has none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
