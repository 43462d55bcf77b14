package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"also/graph/model"
	"also/shop"
)

// mendable are the codes that reach a caller of a mutation as userErrors: what
// they sent, or what they asked of the shop, can be otherwise. All other codes
// are top-level errors.
var mendable = map[shop.Code]bool{
	shop.BadUserInput: true, shop.NotFound: true, shop.Conflict: true, shop.OutOfStock: true,
	shop.PriceChanged: true, shop.EmptyCart: true, shop.NotEnoughData: true, shop.Unauthenticated: true,
}

// userErrors turns a failed command into what its payload says. An error that
// the caller cannot mend comes back as it is.
func userErrors(err error) ([]model.UserError, error) {
	var e *shop.Error
	if !errors.As(err, &e) || !mendable[e.Code] {
		return []model.UserError{}, err
	}
	u := model.UserError{Message: e.Message, Code: e.Code}
	if e.Field != "" {
		u.Field = &e.Field
	}
	return []model.UserError{u}, nil
}

// none is the userErrors of a command that succeeded.
func none() []model.UserError { return []model.UserError{} }

// messages are what a client is told of failures that are ours.
var messages = map[shop.Code]string{
	shop.Unavailable:      "a part of the system is not answering: try again in a moment",
	shop.DeadlineExceeded: "there was no answer in time: try again",
	shop.Internal:         "something went wrong on our side: quote the request id when you report it",
}

// presenter makes the wire form of a top-level error: extensions.code,
// extensions.requestId and, when throttled, extensions.retryAfterMs. Failures
// that are ours are logged with the request's id, which is all that the client
// sees of them.
func presenter(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		out := graphql.DefaultErrorPresenter(ctx, err)
		ext := map[string]any{}
		for k, v := range out.Extensions {
			ext[k] = v
		}
		id := RequestID(ctx)
		ext["requestId"] = id
		code := codeOf(err, out)
		ext["code"] = string(code)
		var e *shop.Error
		if errors.As(err, &e) {
			out.Message = e.Message
			if e.Field != "" {
				ext["field"] = e.Field
			}
			if e.RetryAfter > 0 {
				ext["retryAfterMs"] = e.RetryAfter.Milliseconds()
			}
		}
		if message, ours := messages[code]; ours {
			if !errors.Is(err, context.Canceled) { // whoever asked is gone
				log.ErrorContext(ctx, "request failed", "requestId", id, "code", string(code), "path", out.Path.String(), "error", err)
			}
			out.Message = message
		}
		out.Extensions = ext
		return out
	}
}

// codeOf finds the code of an error: ours, GraphQL's own for a request that
// does not parse or validate, or INTERNAL.
func codeOf(err error, out *gqlerror.Error) shop.Code {
	var e *shop.Error
	switch {
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded):
		return shop.DeadlineExceeded
	case errors.Is(err, context.Canceled):
		return shop.Unavailable
	}
	switch code, _ := out.Extensions["code"].(string); code {
	case errcode.ValidationFailed, errcode.ParseFailed, persistedQueryNotFound:
		return shop.Code(code)
	}
	var g *gqlerror.Error
	if errors.As(err, &g) && g.Err == nil {
		return shop.BadUserInput // made by GraphQL itself: an argument it could not read, a method it refuses
	}
	return shop.Internal
}

// persistedQueryNotFound asks a client that sent a query's digest only to send
// the query too.
const persistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"

// recovered makes an error of a panic in a resolver.
func recovered(log *slog.Logger) graphql.RecoverFunc {
	return func(ctx context.Context, p any) error {
		log.ErrorContext(ctx, "panic", "requestId", RequestID(ctx), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		return fmt.Errorf("panic: %v", p)
	}
}
