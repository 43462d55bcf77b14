package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"also/graph"
	"also/shop"
)

// recognise finds out who a request comes from and hands it on with them. A key
// that is not valid ends it; a session that is over is a stranger's.
func (s *Server) recognise(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := s.sessionOf(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		caller := graph.NewCaller(session)
		caller.Client = s.client(r)
		key, err := s.keyBehind(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		caller.Role, caller.Key = key.Role, key.ID
		if !streams(r) {
			caller.SetToken = func(token string, expires time.Time) {
				s.setCookie(w, r, sessionCookie, token, expires, http.SameSiteLaxMode)
			}
		}
		next.ServeHTTP(w, r.WithContext(graph.WithCaller(r.Context(), caller)))
	})
}

// cookieLife is how much longer than a session its cookie is kept: the server
// knows when the session is over.
const cookieLife = 365 * 24 * time.Hour

// streams reports whether the answer is a stream, whose head is sent before
// anything is resolved: it cannot carry a cookie.
func streams(r *http.Request) bool {
	return r.Header.Get("Upgrade") != "" || strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

func (s *Server) sessionOf(r *http.Request) (shop.Session, error) {
	c, err := r.Cookie(sessionCookie)
	if err != nil || c.Value == "" {
		return shop.Session{}, nil
	}
	session, err := s.shoppers.SessionOf(r.Context(), c.Value)
	if shop.CodeOf(err) == shop.Unauthenticated {
		return shop.Session{}, nil
	}
	return session, err
}

// keyBehind returns a request's key, or the one that its session of the console
// was opened with; the zero Key for a shopper's.
func (s *Server) keyBehind(r *http.Request) (shop.Key, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		secret, ok := bearer(header)
		if !ok {
			return shop.Key{}, shop.Errorf(shop.Unauthenticated, "", "the header Authorization must be: Bearer, a space, and a key")
		}
		return s.keyOf(r.Context(), s.client(r), secret)
	}
	c, err := r.Cookie(consoleCookie)
	if err != nil || c.Value == "" {
		return shop.Key{}, nil
	}
	key, err := s.shoppers.ConsoleOf(r.Context(), c.Value)
	if shop.CodeOf(err) == shop.Unauthenticated {
		return shop.Key{}, nil
	}
	return key, err
}

// bearer returns the secret in a header Authorization.
func bearer(header string) (secret string, ok bool) {
	scheme, secret, ok := strings.Cut(header, " ")
	return strings.TrimSpace(secret), ok && strings.EqualFold(scheme, "Bearer")
}

// keyOf returns the key of a secret. Who sent too many wrong ones is Throttled,
// whatever they send next, unless it was found right before.
func (s *Server) keyOf(ctx context.Context, client, secret string) (shop.Key, error) {
	if wait := s.attempts.wait(client, secret); wait > 0 {
		err := shop.Errorf(shop.Throttled, "", "too many wrong keys: try again in %s", wait.Round(time.Second))
		err.RetryAfter = wait
		return shop.Key{}, err
	}
	key, err := s.shoppers.KeyOf(ctx, secret)
	switch shop.CodeOf(err) {
	case "":
		s.attempts.right(secret)
	case shop.Unauthenticated:
		s.attempts.wrong(client)
	}
	return key, err
}

// setCookie sets a cookie that no script can read; an empty value takes it away.
func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, name, value string, expires time.Time, same http.SameSite) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", Expires: expires, HttpOnly: true, Secure: s.secure(r), SameSite: same,
	})
}
