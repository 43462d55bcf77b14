package server

import (
	"encoding/json"
	"net/http"
	"time"

	"also/shop"
)

// openConsole exchanges a key for a cookie: POST {"key": "…"} → {"role", "expiresAt"}.
func (s *Server) openConsole(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Key string `json:"key"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		s.fail(w, r, shop.Errorf(shop.BadUserInput, "key", `the body must be JSON: {"key": "…"}`))
		return
	}
	if origin := r.Header.Get("Origin"); origin != "" && !s.ours(r) {
		s.fail(w, r, shop.Errorf(shop.Forbidden, "", "sign in from this server's own pages"))
		return
	}
	if _, err := s.keyOf(r.Context(), s.client(r), in.Key); err != nil {
		s.fail(w, r, err)
		return
	}
	token, expires, key, err := s.shoppers.ConsoleOpen(r.Context(), in.Key)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.setCookie(w, r, consoleCookie, token, expires, http.SameSiteStrictMode)
	writeJSON(w, http.StatusOK, map[string]any{"role": key.Role, "expiresAt": expires.UTC()})
}

// closeConsole ends the browser's session of the console.
func (s *Server) closeConsole(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(consoleCookie); err == nil && c.Value != "" {
		if err := s.shoppers.ConsoleClose(r.Context(), c.Value); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	s.setCookie(w, r, consoleCookie, "", time.Unix(0, 0), http.SameSiteStrictMode)
	w.WriteHeader(http.StatusNoContent)
}
