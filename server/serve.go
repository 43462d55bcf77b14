package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// drainFor is how long requests in flight may take to end once the server
// stops.
const drainFor = 15 * time.Second

// Serve answers on a listener until ctx ends, then takes no new requests, ends
// streams, and lets requests in flight finish. It returns nil after such an
// end. A Server serves once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.streams.end() // they would not end by themselves
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	err := srv.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.Join(fmt.Errorf("some requests did not end within %s", drainFor), srv.Close())
	}
	s.streams.wait(drain) // WebSockets, of which the HTTP server knows nothing
	return err
}

// openStreams are the subscriptions that are being answered.
type openStreams struct {
	ended context.Context
	end   context.CancelFunc
	open  sync.WaitGroup
}

func newOpenStreams() *openStreams {
	s := &openStreams{}
	s.ended, s.end = context.WithCancel(context.Background())
	return s
}

// wait returns when all streams ended or ctx does.
func (s *openStreams) wait(ctx context.Context) {
	all := make(chan struct{})
	go func() {
		s.open.Wait()
		close(all)
	}()
	select {
	case <-all:
	case <-ctx.Done():
	}
}

// bound ends requests that take too long. Streams live as long as their client
// and the server.
func (s *Server) bound(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !streams(r) {
			ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
			return
		}
		s.streams.open.Add(1)
		defer s.streams.open.Done()
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(s.streams.ended, cancel)()
		// The limit on reading a request would end a stream, too. A connection that knows none needs no lifting.
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
