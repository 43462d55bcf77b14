package graph

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"also/shop"
)

// queriesByGet answers GET ?query=…&variables=…&operationName=…&extensions=….
// It carries out queries only: an address that somebody follows changes nothing.
type queriesByGet struct{}

var _ graphql.Transport = queriesByGet{}

// Supports implements graphql.Transport.
func (queriesByGet) Supports(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Upgrade") == ""
}

// Do implements graphql.Transport.
func (queriesByGet) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	params, err := paramsOf(r)
	if err != nil {
		answer(w, http.StatusBadRequest, exec.DispatchError(r.Context(), gqlerror.List{err}))
		return
	}
	op, errs := exec.CreateOperationContext(r.Context(), params)
	ctx := graphql.WithOperationContext(r.Context(), op)
	switch {
	case errs != nil:
		status := http.StatusOK
		if errcode.GetErrorKind(errs) == errcode.KindProtocol {
			status = http.StatusUnprocessableEntity // as gqlgen's POST does
		}
		answer(w, status, exec.DispatchError(ctx, errs))
	case op.Operation.Operation != ast.Query:
		w.Header().Set("Allow", http.MethodPost)
		err := wire(shop.Errorf(shop.BadUserInput, "", "a %s cannot be sent by GET: send it by POST", op.Operation.Operation))
		answer(w, http.StatusMethodNotAllowed, exec.DispatchError(ctx, gqlerror.List{err}))
	default:
		responses, ctx := exec.DispatchOperation(r.Context(), op)
		answer(w, http.StatusOK, responses(ctx))
	}
}

func paramsOf(r *http.Request) (*graphql.RawParams, *gqlerror.Error) {
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, wire(shop.Errorf(shop.BadUserInput, "", "the address's query cannot be read: encode query and variables for a URL"))
	}
	now := graphql.Now()
	params := &graphql.RawParams{
		Query: given.Get("query"), OperationName: given.Get("operationName"), Headers: r.Header, ReadTime: graphql.TraceTiming{Start: now, End: now},
	}
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		text := given.Get(name)
		if text == "" {
			continue
		}
		decode := json.NewDecoder(strings.NewReader(text))
		decode.UseNumber()
		if decode.Decode(into) != nil {
			return nil, wire(shop.Errorf(shop.BadUserInput, name, "must be a JSON object, encoded for a URL"))
		}
	}
	return params, nil
}

// nothingElse answers what no transport serves.
type nothingElse struct{}

var _ graphql.Transport = nothingElse{}

// Supports implements graphql.Transport.
func (nothingElse) Supports(*http.Request) bool { return true }

// Do implements graphql.Transport.
func (nothingElse) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	status, message := http.StatusUnsupportedMediaType, "send JSON, with Content-Type: application/json"
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "GET, POST")
		status, message = http.StatusMethodNotAllowed, "ask by POST, or queries by GET"
	}
	answer(w, status, exec.DispatchError(r.Context(), gqlerror.List{wire(shop.Errorf(shop.BadUserInput, "", "%s", message))}))
}

func wire(err *shop.Error) *gqlerror.Error { return &gqlerror.Error{Err: err, Message: err.Message} }

func answer(w http.ResponseWriter, status int, resp *graphql.Response) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(resp) // whoever asked may be gone
}

// oneAnswer marks the context of a request that is answered once.
type oneAnswer struct{}

// onlyStreams refuses subscriptions of callers who would see one answer only.
type onlyStreams struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = onlyStreams{}

// ExtensionName implements graphql.HandlerExtension.
func (onlyStreams) ExtensionName() string { return "OnlyStreams" }

// Validate implements graphql.HandlerExtension.
func (onlyStreams) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext implements graphql.OperationContextMutator.
func (onlyStreams) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if op.Operation.Operation == ast.Subscription && ctx.Value(oneAnswer{}) != nil {
		return wire(shop.Errorf(shop.BadUserInput, "", "a subscription needs a stream: send Accept: text/event-stream, or use a WebSocket"))
	}
	return nil
}

// answeredOnce wraps gqlgen's POST: what it answers, it answers once.
type answeredOnce struct{ graphql.Transport }

// Do implements graphql.Transport.
func (o answeredOnce) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	o.Transport.Do(w, r.WithContext(context.WithValue(r.Context(), oneAnswer{}, true)), exec)
}
