package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"also/catalogue"
	"also/commerce"
	"also/graph"
	"also/graph/model"
	"also/recommend"
	"also/shop"
	"also/store/redisstore"
	"also/training"
	"also/warehouse"
)

// site is a running server on the embedded store.
type site struct {
	*Server
	url      string
	commerce *commerce.Service
	admin    string // a key
	shopKey  string
	log      *safeBuffer
	end      func() error // stops it as a signal would
}

// safeBuffer is a buffer for several goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

type nothingPending struct{}

func (nothingPending) Lag(context.Context) (graph.PipeLag, error) { return graph.PipeLag{}, nil }

var built = fstest.MapFS{
	"index.html":            {Data: []byte("the shop")},
	"admin/index.html":      {Data: []byte("the console")},
	"playground/index.html": {Data: []byte("the playground")},
	"assets/app-1a2b.js":    {Data: []byte("code")},
	"favicon.svg":           {Data: []byte("<svg/>")},
}

func start(t *testing.T, change func(*Options)) *site {
	t.Helper()
	ctx := t.Context()
	st, err := redisstore.OpenEmbedded(redisstore.Options{Shop: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() }) // nothing is kept
	lake, err := warehouse.Open(t.TempDir(), "test", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lake.Close() }) // nothing is kept
	logged := &safeBuffer{}
	log := slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cat, err := catalogue.Open(ctx, st, catalogue.Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	rec := recommend.New(recommend.Options{Store: st, Catalogue: cat, Models: &recommend.Models{}, Log: log, Deadline: 5 * time.Second})
	train, err := training.New(training.Options{Store: st, Lake: lake, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	shoppers := commerce.New(commerce.Options{Store: st, Shop: "test", Log: log, Changed: cat.Refresh, Acted: rec.Acted})
	opts := Options{
		Resolver: &graph.Resolver{
			Commerce: shoppers, Catalogue: cat, Recommend: rec, Training: train, Lake: lake, Pipe: nothingPending{}, Store: st, Demo: []model.DemoCustomer{},
		},
		Pages: built, Log: log,
	}
	if change != nil {
		change(&opts)
	}
	s := &site{Server: New(opts), commerce: shoppers, log: logged}
	if s.admin, _, err = shoppers.KeyCreate(ctx, "admin", shop.RoleAdmin); err != nil {
		t.Fatal(err)
	}
	if s.shopKey, _, err = shoppers.KeyCreate(ctx, "shop", shop.RoleShop); err != nil {
		t.Fatal(err)
	}
	if _, err := shoppers.ProductCreate(ctx, shop.Product{SKU: "A", Name: "Red mug", Price: shop.Money{Minor: 500, Currency: "EUR"}, Stock: 9}); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + l.Addr().String()
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan error, 1)
	go func() { done <- s.Serve(serving, l) }()
	s.end = sync.OnceValue(func() error {
		stop()
		return <-done
	})
	t.Cleanup(func() {
		if err := s.end(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// answer is what a request was answered.
type answer struct {
	status int
	header http.Header
	body   string
}

// send makes a request; headers are name, value, name, value.
func (s *site) send(t *testing.T, c *http.Client, method, path, body string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

func query(text string) string {
	b, err := json.Marshal(map[string]string{"query": text})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func newBrowser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

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
	if a := s.send(t, b, "GET", "/graphql?query=mutation{customerSignOut{viewer{signedIn}}}", ""); a.status != http.StatusNotAcceptable {
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

// subscribe opens a WebSocket and subscribes to the visitor's home row.
func (s *site) subscribe(t *testing.T, headers http.Header, hello map[string]any, text string) (*websocket.Conn, error) {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), s.url+"/graphql", &websocket.DialOptions{HTTPHeader: headers, Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = conn.CloseNow() }) // it may be closed
	send := func(v any) {
		t.Helper()
		if err := wsjson.Write(t.Context(), conn, v); err != nil {
			t.Fatal(err)
		}
	}
	send(map[string]any{"type": "connection_init", "payload": hello})
	if m := read(t, conn); m["type"] != "connection_ack" {
		t.Fatalf("no welcome: %v", m)
	}
	send(map[string]any{"type": "subscribe", "id": "1", "payload": map[string]any{"query": text}})
	return conn, nil
}

// read returns the next message that is no ping.
func read(t *testing.T, conn *websocket.Conn) map[string]any {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for {
		var m map[string]any
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			t.Fatal(err)
		}
		if m["type"] != "ping" && m["type"] != "pong" && m["type"] != "ka" {
			return m
		}
	}
}

const homeRow = `subscription { recommendationsUpdated(placement: "home", first: 3) { recommendationId edges { node { sku } } freshness { pendingEvents } } }`

func TestSubscriptionsOverWebSocket(t *testing.T) {
	s := start(t, nil)
	b := newBrowser(t)
	s.send(t, b, "POST", "/graphql", query(putIntoCart), "Origin", s.url)
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range b.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	cookie := r.Header.Get("Cookie")
	if _, err := s.subscribe(t, http.Header{"Cookie": {cookie}, "Origin": {"https://evil.example"}}, nil, homeRow); err == nil {
		t.Error("another page opened a WebSocket with a cookie")
	}
	if _, err := s.subscribe(t, http.Header{"Cookie": {cookie}}, nil, homeRow); err == nil {
		t.Error("a WebSocket with a cookie needs no origin")
	}
	conn, err := s.subscribe(t, http.Header{"Cookie": {cookie}, "Origin": {s.url}}, nil, homeRow)
	if err != nil {
		t.Fatal(err)
	}
	first := read(t, conn)
	if first["type"] != "next" || strings.Contains(fmt.Sprint(first), "errors") {
		t.Fatalf("the first answer is %v", first)
	}
	s.send(t, b, "POST", "/graphql", query(`mutation { viewerEventsRecord(input: {events: [{type: PRODUCT_VIEW, sku: "A"}]}) { accepted } }`), "Origin", s.url)
	if second := read(t, conn); second["type"] != "next" || fmt.Sprint(second) == fmt.Sprint(first) {
		t.Errorf("after acting: %v", second)
	}
	keyed, err := s.subscribe(t, nil, map[string]any{"Authorization": "Bearer " + s.admin}, `subscription { trainingRunProgress(id: "TrainingRun/none") { state } }`)
	if err != nil {
		t.Fatal(err)
	}
	if m := read(t, keyed); !strings.Contains(fmt.Sprint(m), "NOT_FOUND") {
		t.Errorf("a run that is not there: %v", m)
	}
	if err := s.end(); err != nil { // with a subscription open
		t.Error(err)
	}
}

func TestSubscriptionsOverServerSentEvents(t *testing.T) {
	s := start(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", s.url+"/graphql", strings.NewReader(query(homeRow)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var got strings.Builder
	buffer := make([]byte, 4096)
	for !strings.Contains(got.String(), "recommendationId") {
		n, err := resp.Body.Read(buffer)
		got.Write(buffer[:n])
		if err != nil {
			t.Fatalf("%v after %s", err, got.String())
		}
	}
	if !strings.Contains(got.String(), "event: next") {
		t.Errorf("got %s", got.String())
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
