package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"also/shop"
)

const putIntoCart = `mutation { cartLineSet(input: {sku: "A", quantity: 1}) { cart { count } userErrors { code } } }`

func TestACookieNeedsOurOrigin(t *testing.T) {
	s := start(t, func(o *Options) { o.Origins = []string{"https://shop.example"} })
	b := newBrowser(t)
	first := s.send(t, b, "POST", "/graphql", query(putIntoCart), "Origin", s.url)
	cookie := first.header.Get("Set-Cookie")
	if !strings.Contains(first.body, `"count":1`) || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || strings.Contains(cookie, "Secure") {
		t.Fatalf("%+v", first)
	}
	f := func(want int, headers ...string) {
		t.Helper()
		if a := s.send(t, b, "POST", "/graphql", query(putIntoCart), headers...); a.status != want {
			t.Errorf("%v: %d %s", headers, a.status, a.body)
		}
	}
	f(http.StatusOK, "Origin", s.url)
	f(http.StatusOK, "Origin", "https://shop.example")
	f(http.StatusForbidden)
	f(http.StatusForbidden, "Origin", "https://evil.example")
	f(http.StatusForbidden, "Origin", "null")
	f(http.StatusOK, "Origin", "https://evil.example", "Authorization", "Bearer "+s.shopKey) // no page has a key by itself
	if a := s.send(t, b, "GET", "/graphql?query={viewer{cart{count}}}", ""); a.status != http.StatusOK || !strings.Contains(a.body, `"count":1`) {
		t.Errorf("a query by GET: %+v", a)
	}
	if a := s.send(t, b, "GET", "/graphql?query=mutation{customerSignOut{viewer{signedIn}}}", ""); a.status != http.StatusMethodNotAllowed || !strings.Contains(a.body, "BAD_USER_INPUT") {
		t.Errorf("a mutation by GET: %+v", a)
	}
	secure := s.send(t, newBrowser(t), "POST", "/graphql", query(putIntoCart), "X-Forwarded-Proto", "https")
	if strings.Contains(secure.header.Get("Set-Cookie"), "Secure") {
		t.Error("a header that anybody can send was believed")
	}
}

func TestKeys(t *testing.T) {
	s := start(t, nil)
	keys := query(`{ keys { name } }`)
	f := func(want string, headers ...string) {
		t.Helper()
		if a := s.send(t, http.DefaultClient, "POST", "/graphql", keys, headers...); !strings.Contains(a.body, want) {
			t.Errorf("%v: %d %s, want %s", headers, a.status, a.body, want)
		}
	}
	f(`"name":"admin"`, "Authorization", "Bearer "+s.admin)
	f("FORBIDDEN", "Authorization", "Bearer "+s.shopKey)
	f("UNAUTHENTICATED")
	f("UNAUTHENTICATED", "Authorization", "Basic abc")
	for range wrongKeys {
		f("UNAUTHENTICATED", "Authorization", "Bearer guess")
	}
	f("THROTTLED", "Authorization", "Bearer another guess")
	f(`"name":"admin"`, "Authorization", "Bearer "+s.admin) // was right before
}

func TestTheConsoleExchangesAKey(t *testing.T) {
	s := start(t, nil)
	b := newBrowser(t)
	if a := s.send(t, b, "POST", "/admin/session", `{"key":"wrong"}`, "Origin", s.url); a.status != http.StatusUnauthorized {
		t.Errorf("a wrong key: %+v", a)
	}
	a := s.send(t, b, "POST", "/admin/session", fmt.Sprintf(`{"key":%q}`, s.admin), "Origin", s.url)
	cookie := a.header.Get("Set-Cookie")
	if a.status != http.StatusOK || !strings.Contains(a.body, `"ADMIN"`) || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") || strings.Contains(cookie, s.admin) {
		t.Fatalf("%+v", a)
	}
	if a := s.send(t, b, "POST", "/graphql", query(`{ keys { name } viewer { role } }`), "Origin", s.url); !strings.Contains(a.body, `"role":"ADMIN"`) {
		t.Errorf("signed in: %s", a.body)
	}
	if a := s.send(t, b, "POST", "/graphql", query(`{ keys { name } }`), "Origin", "https://evil.example"); a.status != http.StatusForbidden {
		t.Errorf("another page: %+v", a)
	}
	if a := s.send(t, b, "DELETE", "/admin/session", "", "Origin", s.url); a.status != http.StatusNoContent {
		t.Errorf("sign out: %+v", a)
	}
	if a := s.send(t, b, "POST", "/graphql", query(`{ keys { name } }`), "Origin", s.url); !strings.Contains(a.body, "UNAUTHENTICATED") {
		t.Errorf("signed out: %s", a.body)
	}
}

func TestBodies(t *testing.T) {
	s := start(t, func(o *Options) { o.MaxBody = 10_000 })
	if a := s.send(t, http.DefaultClient, "POST", "/graphql", query("{ viewer { signedIn } }"+strings.Repeat(" ", 10_000))); a.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body: %+v", a)
	}
	bad := s.send(t, http.DefaultClient, "POST", "/graphql", `{"query": "mutation { x(password: \"hunter2\") `)
	if bad.status != http.StatusBadRequest || strings.Contains(bad.body, "hunter2") {
		t.Errorf("no JSON: %+v", bad)
	}
	odd := s.send(t, http.DefaultClient, "POST", "/graphql", `{"query": 5, "variables": {"password": "hunter2"}}`)
	if odd.status != http.StatusBadRequest || strings.Contains(odd.body, "hunter2") {
		t.Errorf("no request: %+v", odd)
	}
	if strings.Contains(s.log.String(), "hunter2") {
		t.Error("a password went into the log")
	}
}

func TestPages(t *testing.T) {
	s := start(t, nil)
	f := func(path string, status int, body, cache string) {
		t.Helper()
		a := s.send(t, http.DefaultClient, "GET", path, "")
		if a.status != status || !strings.Contains(a.body, body) || !strings.Contains(a.header.Get("Cache-Control"), cache) {
			t.Errorf("%s: %d %q, cached %q", path, a.status, a.body, a.header.Get("Cache-Control"))
		}
		if a.header.Get("Content-Security-Policy") == "" || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: no headers that keep browsers safe", path)
		}
	}
	f("/", 200, "the shop", "no-cache")
	if a := s.send(t, http.DefaultClient, "GET", "/", ""); !strings.Contains(a.header.Get("Content-Security-Policy"), "script-src 'self' 'sha256-15S4FGE7rP6kq/PzA1uIhN3+8zfaO6/TnJp4fMWo7lE=';") {
		t.Errorf("the page's own script may not run: %s", a.header.Get("Content-Security-Policy"))
	}
	if a := s.send(t, http.DefaultClient, "GET", "/admin", ""); !strings.Contains(a.header.Get("Content-Security-Policy"), "script-src 'self';") {
		t.Errorf("a page without a script may run one: %s", a.header.Get("Content-Security-Policy"))
	}
	f("/products/a-deep.link/x", 200, "the shop", "no-cache")
	f("/admin", 200, "the console", "no-cache")
	f("/admin/models/7f3a", 200, "the console", "no-cache")
	f("/administrator", 200, "the shop", "no-cache")
	f("/playground", 200, "the playground", "no-cache")
	f("/assets/app-1a2b.js", 200, "code", "immutable")
	f("/assets/gone.js", 404, "no such file", "no-store")
	f("/product/SKU.1", 200, "the shop", "no-cache")
	f("/favicon.svg", 200, "<svg/>", "max-age=3600")
	f("/gone.png", 404, "no such file", "no-store")
	f("/pictures/A.svg?v=1", 200, "<svg ", "immutable")
	f("/pictures/none.svg", 404, "no such product", "")

	empty := start(t, func(o *Options) { o.Pages = fstest.MapFS{} })
	if a := empty.send(t, http.DefaultClient, "GET", "/", ""); !strings.Contains(a.body, "make build") {
		t.Errorf("without pages: %s", a.body)
	}
}

func TestPagesAreCompressed(t *testing.T) {
	long := strings.Repeat("const answer = 42;\n", 200)
	s := start(t, func(o *Options) {
		o.Pages = fstest.MapFS{"assets/a.js": {Data: []byte(long)}, "assets/b.woff2": {Data: []byte(long)}}
	})
	f := func(path, accepts, want string) {
		t.Helper()
		a := s.send(t, http.DefaultClient, "GET", path, "", "Accept-Encoding", accepts)
		if got := a.header.Get("Content-Encoding"); got != want || (want != "") != (len(a.body) < len(long)/4) || a.header.Get("Vary") == "" {
			t.Errorf("%s for %q: %q, %d bytes", path, accepts, got, len(a.body))
		}
	}
	f("/assets/a.js", "gzip, deflate, br", "br")
	f("/assets/a.js", "gzip, br;q=0", "gzip")
	f("/assets/a.js", "gzip", "gzip")
	f("/assets/a.js", "identity", "")
	f("/assets/b.woff2", "gzip, br", "")
}

func TestAnswersAreCompressed(t *testing.T) {
	s := start(t, nil)
	for accepts, want := range map[string]string{"gzip, br": "gzip", "identity": ""} {
		a := s.send(t, http.DefaultClient, "POST", "/graphql", query("{ __schema { types { name } } }"), "Accept-Encoding", accepts)
		if got := a.header.Get("Content-Encoding"); a.status != http.StatusOK || got != want || (want == "") != strings.Contains(a.body, "RecommendationConnection") {
			t.Errorf("for %q: %q, %d bytes", accepts, got, len(a.body))
		}
	}
}

func TestHealthAndMetrics(t *testing.T) {
	var broken error
	s := start(t, func(o *Options) {
		o.Ready = func(context.Context) error { return broken }
		o.Gauges = func(context.Context) map[string]float64 { return map[string]float64{"also_lake_position": 7} }
	})
	f := func(path string, status int, body string) {
		t.Helper()
		if a := s.send(t, http.DefaultClient, "GET", path, ""); a.status != status || !strings.Contains(a.body, body) {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	f("/health/live", 200, "live")
	f("/health/ready", 200, "ready")
	broken = shop.Errorf(shop.Unavailable, "", "the store is gone")
	f("/health/ready", 503, "the store is gone")
	f("/health/live", 200, "live")
	s.send(t, newBrowser(t), "POST", "/graphql", query(putIntoCart))
	for _, line := range []string{
		`also_http_requests_total{method="POST",route="/graphql",status="200"} 1`, "also_lake_position 7", "also_event_visible_seconds_count 1",
		`also_graphql_field_seconds_count{field="cartLineSet"} 1`,
	} {
		f("/metrics", 200, line)
	}
	if log := s.log.String(); strings.Contains(log, "127.0.0.1") || !strings.Contains(log, "route=/graphql") {
		t.Errorf("the log: %s", log)
	}
}

func TestRequestsInFlightAreAnswered(t *testing.T) {
	begun, finish := make(chan struct{}), make(chan struct{})
	s := start(t, func(o *Options) {
		o.Ready = func(context.Context) error {
			close(begun)
			<-finish
			return nil
		}
	})
	got := make(chan answer, 1)
	go func() {
		rec := answer{}
		resp, err := http.Get(s.url + "/health/ready")
		if err == nil {
			rec.status = resp.StatusCode
			_ = resp.Body.Close()
		}
		got <- rec
	}()
	<-begun
	ended := make(chan error, 1)
	go func() { ended <- s.end() }()
	select {
	case err := <-ended:
		t.Fatalf("the server ended (%v) with a request in flight", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(finish)
	if a := <-got; a.status != http.StatusOK {
		t.Errorf("the request in flight got %d", a.status)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAPanicIsAnAnswer(t *testing.T) {
	s := start(t, func(o *Options) { o.Ready = func(context.Context) error { panic("oops of ours") } })
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, httptest.NewRequest("GET", "/health/ready", nil))
	if rec.Code != http.StatusInternalServerError || strings.Contains(rec.Body.String(), "oops") || !strings.Contains(s.log.String(), "oops of ours") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}
