// Package server is HTTP: the routes, who a request comes from, limits, the
// applications' pages, health, metrics, and an end that loses nothing.
package server

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"also/commerce"
	"also/graph"
)

// Options of a Server.
type Options struct {
	Resolver *graph.Resolver // required; its Commerce, too, says who a caller is
	Pages    fs.FS           // the built applications: index.html, admin/, playground/, assets/
	Log      *slog.Logger    // default slog.Default()

	// Ready says why the server cannot serve yet, or any more; nil: it can.
	Ready func(ctx context.Context) error
	// Gauges are measured when the metrics are read. Nil: none.
	Gauges func(ctx context.Context) map[string]float64

	Origins    []string      // addresses, other than the request's own, whose pages may use cookies: https://shop.example
	TrustProxy bool          // believe X-Forwarded-For, -Host and -Proto: only behind a proxy that sets them
	Timeout    time.Duration // of a request that is no stream; default 30 s
	MaxBody    int64         // bytes of a request's body; default 4 MiB
	MaxUpload  int64         // bytes of a file that is sent to be imported; default 1 GiB
	Limits     graph.Limits
	Budgets    graph.Budgets // a bucket that is not given bounds nothing
}

func (o Options) withDefaults() Options {
	if o.Resolver == nil || o.Resolver.Commerce == nil || o.Resolver.Pulse == nil {
		panic("server: New: no resolver")
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Ready == nil {
		o.Ready = func(context.Context) error { return nil }
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBody <= 0 {
		o.MaxBody = 4 << 20
	}
	if o.MaxUpload <= 0 {
		o.MaxUpload = 1 << 30
	}
	return o
}

// Server answers HTTP.
type Server struct {
	Options
	shoppers *commerce.Service
	metrics  *metrics
	attempts *attempts
	pages    *pages
	streams  *openStreams
	handler  http.Handler
}

// New makes a Server; see Serve.
func New(opts Options) *Server {
	opts = opts.withDefaults()
	s := &Server{Options: opts, shoppers: opts.Resolver.Commerce, attempts: newAttempts(), streams: newOpenStreams(), metrics: newMetrics(opts.Gauges, &opts.Resolver.Pulse.Visible)}
	s.pages = newPages(opts.Pages)
	s.handler = s.routes()
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes() http.Handler {
	api := graph.NewHandler(s.Resolver, graph.Options{
		Limits: s.Limits, Log: s.Log, Origins: originHosts(s.Origins), Budgets: s.Budgets, KeyOf: s.keyOf, Observe: s.metrics.field,
	})
	mux := chi.NewRouter()
	mux.Use(s.identify, s.recoverPanics, s.observe, headers)
	mux.With(s.sameOrigin, s.limitBody, s.wellFormed, s.bound, s.recognise, middleware.Compress(1, "application/json", "application/graphql-response+json")).Handle("/graphql", api)
	mux.With(s.sameOrigin, s.limitBody, s.bound).Post("/admin/session", s.openConsole)
	mux.With(s.sameOrigin, s.limitBody, s.bound).Delete("/admin/session", s.closeConsole)
	mux.With(s.sameOrigin, s.recognise, s.onlyAdmin).Post("/uploads", s.upload)
	mux.With(s.recognise, s.onlyAdmin).Get("/imports/{id}/rejects.csv", s.rejects)

	mux.With(middleware.Compress(5)).Get("/pictures/{file}", s.picture)
	mux.Get("/health/live", s.live)
	mux.Get("/health/ready", s.ready)
	mux.Get("/metrics", s.metrics.ServeHTTP)
	mux.Get("/*", s.pages.ServeHTTP)
	mux.Head("/*", s.pages.ServeHTTP)
	return mux
}
