package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"also/graph"
	"also/shop"
)

// statuses are the codes' HTTP statuses, for what fails before GraphQL is asked.
var statuses = map[shop.Code]int{
	shop.BadUserInput: http.StatusBadRequest, shop.NotFound: http.StatusNotFound, shop.Conflict: http.StatusConflict,
	shop.Unauthenticated: http.StatusUnauthorized, shop.Forbidden: http.StatusForbidden, shop.Throttled: http.StatusTooManyRequests,
	shop.Unavailable: http.StatusServiceUnavailable, shop.DeadlineExceeded: http.StatusGatewayTimeout,
}

// fail answers with an error's own status.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, ok := statuses[shop.CodeOf(err)]
	if !ok {
		status = http.StatusInternalServerError
	}
	s.refuse(w, r, status, err)
}

// refuse answers with an error in GraphQL's form. What is ours is logged, and
// the client sees the request's id only.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, err error) {
	id := graph.RequestID(r.Context())
	code, message := shop.CodeOf(err), "something went wrong on our side: quote the request id when you report it"
	ext := map[string]any{"code": code, "requestId": id}
	var e *shop.Error
	if errors.As(err, &e) && code != shop.Internal {
		message = e.Message
		if e.RetryAfter > 0 {
			ext["retryAfterMs"] = e.RetryAfter.Milliseconds()
			w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds())+1))
		}
	}
	if status >= http.StatusInternalServerError {
		s.Log.ErrorContext(r.Context(), "request failed", "requestId", id, "code", string(code), "error", err)
	}
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	writeJSON(w, status, map[string]any{"errors": []any{map[string]any{"message": message, "extensions": ext}}, "data": nil})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // whoever asked may be gone
}
