package server

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"also/graph"
	"also/shop"
)

// identify gives a request an id, which its answer and our log name.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := shop.NewUUID(time.Now()).String()
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(graph.WithRequestID(r.Context(), id)))
	})
}

// recoverPanics answers a request whose handler panicked.
func (s *Server) recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				panic(p) // the server's own way to end a connection
			}
			s.Log.ErrorContext(r.Context(), "panic", "requestId", graph.RequestID(r.Context()), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			s.refuse(w, r, http.StatusInternalServerError, fmt.Errorf("panic: %v", p))
		}()
		next.ServeHTTP(w, r)
	})
}

// slow is how long a request may take before the log mentions it.
const slow = time.Second

// observe measures a request and logs it: by its route, never by its address or
// who sent it.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r)
		took := time.Since(start)
		route := chi.RouteContext(r.Context()).RoutePattern()
		if route == "" {
			route = "none"
		}
		s.metrics.request(route, r.Method, rec.status, took)
		level := slog.LevelDebug
		if rec.status >= http.StatusInternalServerError || took > slow && !streams(r) {
			level = slog.LevelWarn
		}
		s.Log.Log(r.Context(), level, "request", "requestId", graph.RequestID(r.Context()), "method", r.Method, "route", route,
			"status", rec.status, "bytes", rec.bytes, "ms", float64(took.Microseconds())/1000)
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Flush implements http.Flusher, for server-sent events.
func (r *recorder) Flush() {
	if f, ok := r.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// Hijack implements http.Hijacker, for WebSockets.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	r.status = http.StatusSwitchingProtocols
	return http.NewResponseController(r.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController find the rest.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// limitBody bounds a request's body.
func (s *Server) limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > s.MaxBody {
			s.tooLarge(w, r)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, s.MaxBody)
		next.ServeHTTP(w, r)
	})
}

func (s *Server) tooLarge(w http.ResponseWriter, r *http.Request) {
	s.refuse(w, r, http.StatusRequestEntityTooLarge, shop.Errorf(shop.BadUserInput, "", "the request is larger than %d bytes: send it in parts", s.MaxBody))
}

// wellFormed refuses bodies that are no GraphQL request before GraphQL's
// transport logs and echoes them: they may hold a password.
func (s *Server) wellFormed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			s.tooLarge(w, r)
			return
		}
		var shape struct {
			Query, OperationName  *string
			Variables, Extensions map[string]json.RawMessage
		}
		if json.Unmarshal(body, &shape) != nil {
			s.fail(w, r, shop.Errorf(shop.BadUserInput, "", `the body must be JSON: {"query": "…", "variables": {…}}`))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// policy is what our pages may load: from here only, but pictures, which real
// shops keep elsewhere. The component library writes styles, and the
// playground's editor starts workers from blobs. Scripts within a page run if
// they are named, by their hashes.
func policy(scripts ...string) string {
	return strings.Join([]string{
		"default-src 'self'", strings.Join(append([]string{"script-src 'self'"}, scripts...), " "), "style-src 'self' 'unsafe-inline'", "img-src 'self' data: https:", "font-src 'self' data:",
		"worker-src 'self' blob:", "connect-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
	}, "; ")
}

// headers sets what keeps browsers safe.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy())
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
