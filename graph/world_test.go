package graph

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"also/catalogue"
	"also/commerce"
	"also/customers"
	"also/graph/model"
	"also/imports"
	"also/pulse"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/store/redisstore"
	"also/training"
	"also/warehouse"
)

// faulty is a store that fails as a test likes.
type faulty struct {
	store.Store
	fail error // what reading carts fails with
	away bool  // buckets do not answer
}

func (f *faulty) Draw(ctx context.Context, name string, cost int, b store.Bucket) (store.Drawn, error) {
	if f.away {
		return store.Drawn{}, shop.Errorf(shop.Unavailable, "", "the store is away")
	}
	return f.Store.Draw(ctx, name, cost, b)
}

func (f *faulty) Cart(ctx context.Context, owner shop.UserID) (shop.Cart, error) {
	if f.fail != nil {
		return shop.Cart{}, f.fail
	}
	return f.Store.Cart(ctx, owner)
}

// world is a shop behind its schema, on the embedded store.
type world struct {
	*Resolver
	store   *faulty
	lake    *warehouse.Lake
	models  *recommend.Models
	log     bytes.Buffer
	handler http.Handler
}

// quietPipe is a transporter that has nothing to do.
type quietPipe struct{}

func (quietPipe) Lag(context.Context) (PipeLag, error) { return PipeLag{Through: 7}, nil }

func newWorld(t testing.TB) *world { return newWorldOf(t, training.Options{}) }

// newWorldOf is a world whose training is as the options say.
func newWorldOf(t testing.TB, opts training.Options) *world {
	t.Helper()
	ctx := t.Context()
	embedded, err := redisstore.OpenEmbedded(redisstore.Options{Shop: "test"})
	if err != nil {
		t.Fatal(err)
	}
	embedded.Redis().AddHook(roundTrips{})
	t.Cleanup(func() {
		if err := embedded.Close(); err != nil {
			t.Error(err)
		}
	})
	lake, err := warehouse.Open(t.TempDir(), "test", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lake.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{store: &faulty{Store: embedded}, lake: lake, models: &recommend.Models{}}
	log := slog.New(slog.NewTextHandler(&w.log, nil))
	cat, err := catalogue.Open(ctx, w.store, catalogue.Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	rec := recommend.New(recommend.Options{Store: w.store, Catalogue: cat, Models: w.models, Log: log, Deadline: 5 * time.Second})
	reads := lakeReads{lake}
	opts.Store, opts.Lake = w.store, reads
	train, err := training.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	importing, err := imports.New(imports.Options{Store: w.store, Lake: reads})
	if err != nil {
		t.Fatal(err)
	}
	w.Resolver = &Resolver{
		Catalogue: cat, Customers: customers.NewDirectory(w.store), Recommend: rec, Training: train, Imports: importing, Lake: reads, Pipe: quietPipe{},
		Pulse: pulse.New(pulse.Options{Store: w.store, Lake: reads, Catalogue: cat, Training: train, Shop: "test", Log: log}), Store: w.store, Demo: []model.DemoCustomer{},
		Commerce: commerce.New(commerce.Options{Store: w.store, Shop: "test", Log: log, Changed: cat.Refresh, Acted: rec.Acted, Fresh: w.models.Fresh}),
	}
	w.handler = NewHandler(w.Resolver, Options{Log: log})
	return w
}

// stock fills the shop with n products of three vendors in four categories.
func (w *world) stock(t *testing.T, n int) {
	t.Helper()
	ctx := t.Context()
	for k := range 3 {
		if _, err := w.Commerce.VendorCreate(ctx, shop.Vendor{ID: fmt.Sprint("v", k), Name: fmt.Sprint("Vendor ", k)}); err != nil {
			t.Fatal(err)
		}
	}
	for k := range 4 {
		parent := ""
		if k > 0 {
			parent = "c0"
		}
		if _, err := w.Commerce.CategoryCreate(ctx, shop.Category{ID: fmt.Sprint("c", k), Name: fmt.Sprint("Category ", k), Parent: parent}); err != nil {
			t.Fatal(err)
		}
	}
	for k := range n {
		p := shop.Product{
			SKU: fmt.Sprintf("P-%03d", k), Name: fmt.Sprintf("Product %03d", k), Vendor: fmt.Sprint("v", k%3), Categories: []string{fmt.Sprint("c", 1+k%3)},
			Price: shop.Money{Minor: int64(100 + k), Currency: "EUR"}, Stock: 50, Attributes: map[string]string{"colour": "red"},
		}
		if _, err := w.Commerce.ProductCreate(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
}

// browser is a shopper: its session lives as long as it does.
type browser struct {
	w       *world
	role    shop.Role
	client  string // the network address
	session string // the cookie
	calls   *calls // what its operations ask of the store and the lake; nil: nobody counts
}

func (w *world) stranger() *browser { return &browser{w: w, client: "192.0.2.1"} }
func (w *world) holder(role shop.Role) *browser {
	return &browser{w: w, client: "192.0.2.9", role: role}
}

// wireError is an error of an answer.
type wireError struct {
	Message    string
	Path       []any
	Extensions struct {
		Code         string
		RequestID    string
		RetryAfterMs int64
		Field        string
	}
}

// wireAnswer is an answer.
type wireAnswer struct {
	Data       map[string]any
	Errors     []wireError
	Extensions map[string]any
}

// ask sends an operation by POST.
func (b *browser) ask(t *testing.T, query string, vars map[string]any) (data map[string]any, errs []wireError) {
	t.Helper()
	a := b.send(t, query, vars)
	return a.Data, a.Errors
}

func (b *browser) extensions(t *testing.T, query string) (map[string]any, []wireError) {
	t.Helper()
	a := b.send(t, query, nil)
	return a.Extensions, a.Errors
}

// caller is who the browser is to the API.
func (b *browser) caller(t *testing.T) *Caller {
	t.Helper()
	var session shop.Session
	if b.session != "" {
		var err error
		if session, err = b.w.Commerce.SessionOf(t.Context(), b.session); err != nil {
			t.Fatal(err)
		}
	}
	c := NewCaller(session)
	c.Role, c.Client = b.role, b.client
	if b.role != "" {
		c.Key = "key of " + string(b.role)
	}
	c.SetToken = func(token string, _ time.Time) { b.session = token }
	return c
}

func (b *browser) send(t *testing.T, query string, vars map[string]any) wireAnswer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	c := b.caller(t)
	ctx := r.Context()
	if b.calls != nil {
		ctx = context.WithValue(ctx, callsKey{}, b.calls)
	}
	rec := httptest.NewRecorder()
	b.w.handler.ServeHTTP(rec, r.WithContext(WithRequestID(WithCaller(ctx, c), "request-1")))
	var answer wireAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%v in %s", err, rec.Body)
	}
	return answer
}

// follow sends a subscription by server-sent events and returns its first answer.
func (b *browser) follow(t *testing.T, query string) (answer wireAnswer) {
	t.Helper()
	c := b.caller(t)
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		b.w.handler.ServeHTTP(rw, r.WithContext(WithRequestID(WithCaller(r.Context(), c), "request-1")))
	}))
	defer srv.Close()
	body, err := json.Marshal(map[string]any{"query": query})
	ok(t, err)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL, bytes.NewReader(body))
	ok(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	res, err := srv.Client().Do(r)
	ok(t, err)
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for lines.Buffer(nil, 4<<20); lines.Scan(); {
		if text, is := strings.CutPrefix(lines.Text(), "data: "); is {
			ok(t, json.Unmarshal([]byte(text), &answer))
			return answer
		}
	}
	t.Fatalf("%s: no answer came", query)
	return answer
}

// must asks for something that must not fail.
func (b *browser) must(t *testing.T, query string, vars map[string]any) map[string]any {
	t.Helper()
	data, errs := b.ask(t, query, vars)
	if len(errs) > 0 {
		t.Fatalf("%s: %+v", query, errs)
	}
	return data
}

// refused asks for something that must fail with a code, alone and at once.
func (b *browser) refused(t *testing.T, query string, vars map[string]any, code shop.Code) wireError {
	t.Helper()
	data, errs := b.ask(t, query, vars)
	if len(errs) != 1 || errs[0].Extensions.Code != string(code) {
		t.Fatalf("%s: want %s alone, got %+v", query, code, errs)
	}
	if data != nil {
		t.Fatalf("%s: something was resolved: %v", query, data)
	}
	return errs[0]
}

// at reads a value of an answer by its path, "viewer.cart.lines.0.sku".
func at(t *testing.T, data any, path string) any {
	t.Helper()
	for _, step := range strings.Split(path, ".") {
		switch v := data.(type) {
		case map[string]any:
			data = v[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(v) {
				t.Fatalf("%s: there is no %s among %d", path, step, len(v))
			}
			data = v[i]
		default:
			t.Fatalf("%s: there is no %s in %v", path, step, data)
		}
	}
	return data
}

// want compares a value of an answer.
func want(t *testing.T, data any, path string, value any) {
	t.Helper()
	if got := at(t, data, path); fmt.Sprint(got) != fmt.Sprint(value) {
		t.Errorf("%s is %v, want %v", path, got, value)
	}
}
