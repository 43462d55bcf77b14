package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"also/catalogue"
	"also/commerce"
	"also/graph"
	"also/graph/model"
	"also/imports"
	"also/pulse"
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
	lake     *warehouse.Lake
	data     string       // its folder
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
	"index.html":            {Data: []byte("<script>begin()</script>the shop")},
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
	data := t.TempDir()
	lake, err := warehouse.Open(data, "test", warehouse.Options{})
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
	importing, err := imports.New(imports.Options{Store: st, Lake: lake, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	shoppers := commerce.New(commerce.Options{Store: st, Shop: "test", Log: log, Changed: cat.Refresh, Acted: rec.Acted})
	opts := Options{
		Resolver: &graph.Resolver{
			Commerce: shoppers, Catalogue: cat, Recommend: rec, Training: train, Imports: importing, Lake: lake, Pipe: nothingPending{}, Store: st, Demo: []model.DemoCustomer{},
			Pulse: pulse.New(pulse.Options{Store: st, Lake: lake, Catalogue: cat, Training: train, Shop: "test", Log: log}),
		},
		Pages: built, Log: log,
	}
	if change != nil {
		change(&opts)
	}
	s := &site{Server: New(opts), commerce: shoppers, log: logged, lake: lake, data: data}
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
