package server

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"also/shop"
)

// The cookies.
const (
	sessionCookie = "also_session" // a shopper's session
	consoleCookie = "also_console" // a browser that is signed in to the console
)

// sameOrigin refuses calls that carry one of our cookies and come from a page
// that is not ours: the page's visitor did not mean them. Calls with a key need
// no such proof, since no page has it by itself.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		changes := r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Upgrade") != ""
		if changes && r.Header.Get("Authorization") == "" && hasCookie(r) && !s.ours(r) {
			s.refuse(w, r, http.StatusForbidden, shop.Errorf(shop.Forbidden, "",
				"a call with a cookie must come from one of this server's own pages: send its Origin, or use a key instead of the cookie"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hasCookie(r *http.Request) bool {
	for _, name := range []string{sessionCookie, consoleCookie} {
		if c, err := r.Cookie(name); err == nil && c.Value != "" {
			return true
		}
	}
	return false
}

// ours reports whether a request comes from a page of ours.
func (s *Server) ours(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if slices.Contains(s.Origins, origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == s.host(r)
}

// host returns the host that the client asked for.
func (s *Server) host(r *http.Request) string {
	if forwarded := r.Header.Get("X-Forwarded-Host"); s.TrustProxy && forwarded != "" {
		return forwarded
	}
	return r.Host
}

// secure reports whether the client came over https.
func (s *Server) secure(r *http.Request) bool {
	return r.TLS != nil || s.TrustProxy && r.Header.Get("X-Forwarded-Proto") == "https"
}

// client returns the network address that a request came from.
func (s *Server) client(r *http.Request) string {
	if forwarded := r.Header.Get("X-Forwarded-For"); s.TrustProxy && forwarded != "" {
		all := strings.Split(forwarded, ",")
		return strings.TrimSpace(all[len(all)-1]) // the one that our proxy saw; those before it are claims
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// originHosts returns the hosts of addresses.
func originHosts(origins []string) []string {
	var hosts []string
	for _, o := range origins {
		if u, err := url.Parse(o); err == nil && u.Host != "" {
			hosts = append(hosts, u.Host)
		}
	}
	return hosts
}
