package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
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

// counted is a store that counts the calls that a resolver could make for
// every element of a list.
type counted struct {
	store.Store
	mu    sync.Mutex
	calls map[string]int
	fail  error // what reading carts fails with
	away  bool  // buckets do not answer
}

func (c *counted) count(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[name]++
}

// reset forgets what was counted.
func (c *counted) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = map[string]int{}
}

// total returns how many calls were made, and which.
func (c *counted) total() (int, map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, k := range c.calls {
		n += k
	}
	return n, c.calls
}

func (c *counted) Draw(ctx context.Context, name string, cost int, b store.Bucket) (store.Drawn, error) {
	if c.away {
		return store.Drawn{}, shop.Errorf(shop.Unavailable, "", "the store is away")
	}
	return c.Store.Draw(ctx, name, cost, b)
}

func (c *counted) Products(ctx context.Context, skus []string) ([]*shop.Product, error) {
	c.count("Products")
	return c.Store.Products(ctx, skus)
}

func (c *counted) Vendors(ctx context.Context) ([]shop.Vendor, error) {
	c.count("Vendors")
	return c.Store.Vendors(ctx)
}

func (c *counted) Categories(ctx context.Context) ([]shop.Category, error) {
	c.count("Categories")
	return c.Store.Categories(ctx)
}

func (c *counted) Customer(ctx context.Context, user shop.UserID) (shop.Customer, error) {
	c.count("Customer")
	return c.Store.Customer(ctx, user)
}

func (c *counted) Cart(ctx context.Context, owner shop.UserID) (shop.Cart, error) {
	c.count("Cart")
	if c.fail != nil {
		return shop.Cart{}, c.fail
	}
	return c.Store.Cart(ctx, owner)
}

func (c *counted) OrdersOf(ctx context.Context, owner shop.UserID, before shop.UUID, n int) ([]shop.Order, error) {
	c.count("OrdersOf")
	return c.Store.OrdersOf(ctx, owner, before, n)
}

func (c *counted) LatestOrders(ctx context.Context, owners []shop.UserID, n int) ([][]shop.Order, []int, error) {
	c.count("LatestOrders")
	return c.Store.LatestOrders(ctx, owners, n)
}

func (c *counted) Order(ctx context.Context, id shop.UUID) (shop.Order, error) {
	c.count("Order")
	return c.Store.Order(ctx, id)
}

func (c *counted) OrderPage(ctx context.Context, q store.OrderQuery) ([]shop.Order, error) {
	c.count("OrderPage")
	return c.Store.OrderPage(ctx, q)
}

func (c *counted) Customers(ctx context.Context, users []shop.UserID) ([]*shop.Customer, error) {
	c.count("Customers")
	return c.Store.Customers(ctx, users)
}

func (c *counted) CustomerChanges(ctx context.Context, after string) ([]shop.UserID, string, error) {
	c.count("CustomerChanges")
	return c.Store.CustomerChanges(ctx, after)
}

func (c *counted) CartsOf(ctx context.Context, owners []shop.UserID) ([]shop.Cart, error) {
	c.count("CartsOf")
	return c.Store.CartsOf(ctx, owners)
}

func (c *counted) OpenCarts(ctx context.Context) ([]shop.Cart, error) {
	c.count("OpenCarts")
	return c.Store.OpenCarts(ctx)
}

func (c *counted) Tails(ctx context.Context, users []shop.UserID) ([][]shop.Event, error) {
	c.count("Tails")
	return c.Store.Tails(ctx, users)
}

func (c *counted) Control(ctx context.Context, name string) ([]byte, error) {
	c.count("Control")
	return c.Store.Control(ctx, name)
}

func (c *counted) ControlList(ctx context.Context, kind string) ([]shop.ControlRecord, error) {
	c.count("ControlList")
	return c.Store.ControlList(ctx, kind)
}

func (c *counted) GetLists(ctx context.Context, set, kind string, keys []string) ([][]store.ListEntry, error) {
	c.count("GetLists")
	return c.Store.GetLists(ctx, set, kind, keys)
}

// world is a shop behind its schema, on the embedded store.
type world struct {
	*Resolver
	counts  *counted
	lake    *warehouse.Lake
	log     bytes.Buffer
	handler http.Handler
}

// quietPipe is a transporter that has nothing to do.
type quietPipe struct{}

func (quietPipe) Lag(context.Context) (PipeLag, error) { return PipeLag{Through: 7}, nil }

func newWorld(t testing.TB) *world {
	t.Helper()
	ctx := t.Context()
	embedded, err := redisstore.OpenEmbedded(redisstore.Options{Shop: "test"})
	if err != nil {
		t.Fatal(err)
	}
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
	w := &world{counts: &counted{Store: embedded, calls: map[string]int{}}}
	log := slog.New(slog.NewTextHandler(&w.log, nil))
	cat, err := catalogue.Open(ctx, w.counts, catalogue.Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	models := &recommend.Models{}
	rec := recommend.New(recommend.Options{Store: w.counts, Catalogue: cat, Models: models, Log: log, Deadline: 5 * time.Second})
	train, err := training.New(training.Options{Store: w.counts, Lake: lake})
	if err != nil {
		t.Fatal(err)
	}
	importing, err := imports.New(imports.Options{Store: w.counts, Lake: lake})
	if err != nil {
		t.Fatal(err)
	}
	w.lake = lake
	w.Resolver = &Resolver{
		Catalogue: cat, Customers: customers.NewDirectory(w.counts), Recommend: rec, Training: train, Imports: importing, Lake: lake, Pipe: quietPipe{},
		Pulse: pulse.New(pulse.Options{Store: w.counts, Lake: lake, Catalogue: cat, Training: train, Shop: "test", Log: log}), Store: w.counts, Demo: []model.DemoCustomer{},
		Commerce: commerce.New(commerce.Options{Store: w.counts, Shop: "test", Log: log, Changed: cat.Refresh, Acted: rec.Acted, Fresh: models.Fresh}),
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

func (b *browser) send(t *testing.T, query string, vars map[string]any) wireAnswer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	var session shop.Session
	if b.session != "" {
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
	rec := httptest.NewRecorder()
	b.w.handler.ServeHTTP(rec, r.WithContext(WithRequestID(WithCaller(r.Context(), c), "request-1")))
	var answer wireAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%v in %s", err, rec.Body)
	}
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
