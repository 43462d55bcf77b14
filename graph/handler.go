package graph

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"

	"also/graph/generated"
	"also/shop"
)

// Options of NewHandler. The zero value serves.
type Options struct {
	Limits  Limits
	Budgets Budgets      // no bucket that is not given bounds anything
	Log     *slog.Logger // default slog.Default()
	Origins []string     // hosts, other than the request's own, whose pages may open a WebSocket

	// KeyOf finds the key of a secret, for those that come in the first message of a WebSocket, which
	// browsers cannot give a header. Nil: they are refused.
	KeyOf func(ctx context.Context, client, secret string) (shop.Key, error)
	// Observe is told how long each root field took. Nil: nobody is.
	Observe func(field string, took time.Duration, failed bool)
}

// queriesKept is how many parsed queries, and as many persisted ones, are kept.
const queriesKept = 1000

// shortQueries keeps parsed queries, but none that would fill the memory: what
// programs ask again and again is short.
type shortQueries struct {
	graphql.Cache[*ast.QueryDocument]
}

const longQuery = 8 << 10

// Add implements graphql.Cache.
func (c shortQueries) Add(ctx context.Context, text string, doc *ast.QueryDocument) {
	if len(text) <= longQuery {
		c.Cache.Add(ctx, text, doc)
	}
}

// keepAlive is how often a quiet stream says that it is still there.
const keepAlive = 15 * time.Second

// NewHandler serves the schema: queries by GET and POST, mutations by POST,
// all and subscriptions by WebSocket (graphql-transport-ws) and server-sent
// events.
func NewHandler(r *Resolver, opts Options) http.Handler {
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	limits := opts.Limits.withDefaults()
	if err := opts.Budgets.Check(limits); err != nil {
		panic("graph: NewHandler: " + err.Error())
	}
	srv := handler.New(generated.NewExecutableSchema(generated.Config{Resolvers: r, Complexity: costs()}))
	srv.AddTransport(transport.SSE{KeepAlivePingInterval: keepAlive})
	srv.AddTransport(transport.Websocket{
		KeepAlivePingInterval: keepAlive,
		InitFunc:              opts.hello,
		Implementation: transport.CoderWebsocketImplementation{
			AcceptOptions: websocket.AcceptOptions{OriginPatterns: opts.Origins},
		},
	})
	srv.AddTransport(queriesByGet{})
	srv.AddTransport(answeredOnce{transport.POST{}})
	srv.AddTransport(nothingElse{})
	srv.SetQueryCache(shortQueries{lru.New[*ast.QueryDocument](queriesKept)})
	srv.SetParserTokenLimit(limits.Tokens)
	srv.SetErrorPresenter(presenter(opts.Log))
	srv.SetRecoverFunc(recovered(opts.Log))
	srv.Use(extension.Introspection{})
	srv.Use(&limiter{Limits: limits})
	srv.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](queriesKept)})
	srv.Use(&roles{})
	srv.Use(onlyStreams{})
	srv.Use(&budget{Budgets: opts.Budgets, draw: r.Store.Draw, log: opts.Log})
	srv.AroundResponses(withLoaders)
	if opts.Observe != nil {
		srv.AroundFields(opts.observe)
	}
	return srv
}

// hello reads the first message of a WebSocket: {"Authorization": "Bearer …"}
// makes the caller a holder of that key.
func (o Options) hello(ctx context.Context, in transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	header := in.Authorization()
	if header == "" {
		return ctx, nil, nil
	}
	secret, ok := strings.CutPrefix(header, "Bearer ")
	if !ok || o.KeyOf == nil {
		return ctx, nil, shop.Errorf(shop.Unauthenticated, "", "the payload's Authorization must be: Bearer, a space, and a key")
	}
	was := CallerOf(ctx)
	key, err := o.KeyOf(ctx, was.Client, secret)
	if err != nil {
		return ctx, nil, err
	}
	c := NewCaller(was.Session())
	c.Client, c.Role, c.Key = was.Client, key.Role, key.ID
	return WithCaller(ctx, c), nil, nil
}

// observe measures the fields of queries and mutations themselves; a
// subscription takes as long as its client likes.
func (o Options) observe(ctx context.Context, next graphql.Resolver) (any, error) {
	fc := graphql.GetFieldContext(ctx)
	if fc.Object != "Query" && fc.Object != "Mutation" {
		return next(ctx)
	}
	start := time.Now()
	out, err := next(ctx)
	o.Observe(fc.Field.Name, time.Since(start), err != nil)
	return out, err
}
