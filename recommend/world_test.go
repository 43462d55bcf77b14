package recommend_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"also/catalogue"
	"also/engine"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/store/redisstore"
)

// world is a shop of red and blue products, whose customers with even numbers bought only red
// ones, those with odd numbers only blue ones.
type world struct {
	*recommend.Service
	t         testing.TB
	st        *watched
	catalogue *catalogue.Catalogue
	models    *recommend.Models
	time      atomic.Value // what time it is, a time.Time: followers ask while tests change it
	trained   time.Time
	sums      *engine.Matrix
	factors   *engine.Model
	users     []shop.UserID
	skus      []string
}

const (
	perColour = 30
	customers = 80
	vendors   = 10
)

func red(i int) string  { return fmt.Sprintf("red-%02d", i) }
func blue(i int) string { return fmt.Sprintf("blue-%02d", i) }

// watched is a store that counts round trips, and can be made slow or dead.
type watched struct {
	store.Store
	trips atomic.Int64
	dead  atomic.Bool
	hang  atomic.Bool // Tails does not answer
}

var errDead = errors.New("the store is dead")

func (w *watched) trip() error {
	w.trips.Add(1)
	if w.dead.Load() {
		return errDead
	}
	return nil
}

func (w *watched) Tails(ctx context.Context, users []shop.UserID) ([][]shop.Event, error) {
	if err := w.trip(); err != nil {
		return nil, err
	}
	if w.hang.Load() {
		select {} // not even for ctx
	}
	return w.Store.Tails(ctx, users)
}

func (w *watched) Cart(ctx context.Context, owner shop.UserID) (shop.Cart, error) {
	if err := w.trip(); err != nil {
		return shop.Cart{}, err
	}
	return w.Store.Cart(ctx, owner)
}

func (w *watched) GetLists(ctx context.Context, set, kind string, keys []string) ([][]store.ListEntry, error) {
	if err := w.trip(); err != nil {
		return nil, err
	}
	return w.Store.GetLists(ctx, set, kind, keys)
}

func (w *watched) Control(ctx context.Context, name string) ([]byte, error) {
	if err := w.trip(); err != nil {
		return nil, err
	}
	return w.Store.Control(ctx, name)
}

func (w *watched) Products(ctx context.Context, skus []string) ([]*shop.Product, error) {
	if err := w.trip(); err != nil {
		return nil, err
	}
	return w.Store.Products(ctx, skus)
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// emptyWorld is a shop without anything.
func emptyWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, models: &recommend.Models{}}
	w.time.Store(time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC))
	st, err := redisstore.OpenEmbedded(redisstore.Options{Now: w.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	w.st = &watched{Store: st}
	w.trained = w.now().Add(-time.Hour)
	w.open()
	return w
}

func (w *world) now() time.Time { return w.time.Load().(time.Time) }

// pass lets time pass.
func (w *world) pass(d time.Duration) { w.time.Store(w.now().Add(d)) }

// open starts the service over what the store holds.
func (w *world) open() {
	w.t.Helper()
	var err error
	if w.catalogue, err = catalogue.Open(w.t.Context(), w.st, catalogue.Options{}); err != nil {
		w.t.Fatal(err)
	}
	w.Service = recommend.New(recommend.Options{
		Store: w.st, Catalogue: w.catalogue, Models: w.models, Now: w.now, Log: quiet,
		Deadline: 2 * time.Second, Poll: 20 * time.Millisecond,
	})
}

// newWorld is the shop with products, history and lists, but no model.
func newWorld(t testing.TB) *world {
	w := emptyWorld(t)
	for _, id := range []string{"red", "blue"} {
		if err := w.st.SaveCategory(t.Context(), shop.Category{ID: id, Name: id}, store.Create, w.event(shop.CategorySaved)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range perColour {
		w.save(w.product(red(i), "red", i), w.product(blue(i), "blue", i))
	}
	w.open()
	w.history()
	w.lists()
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// trainedWorld is the shop with a live model.
func trainedWorld(t testing.TB) *world {
	w := newWorld(t)
	w.train()
	w.models.Swap(w.model("m1", nil))
	return w
}

func (w *world) product(sku, category string, i int) shop.Product {
	return shop.Product{
		SKU: sku, Name: "The " + sku, Vendor: fmt.Sprintf("vendor-%d", i%vendors), Categories: []string{category}, Stock: 5, Status: shop.Active,
		Price: shop.MustMoney("10", "EUR"), ListedAt: w.trained.Add(-time.Duration(i) * time.Hour),
	}
}

func (w *world) event(t shop.EventType) shop.Event {
	return shop.Event{ID: shop.NewUUID(w.now()), Type: t, OccurredAt: w.now(), RecordedAt: w.now(), Source: "test"}
}

func (w *world) save(products ...shop.Product) {
	w.t.Helper()
	for _, p := range products {
		if _, err := w.st.SaveProduct(w.t.Context(), p, false, store.Upsert, w.event(shop.ProductSaved)); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := w.catalogue.Refresh(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// history makes the training set: every customer bought twelve products of their colour.
func (w *world) history() {
	rng := rand.New(rand.NewPCG(7, 7))
	for i := range perColour { // in the order of the alphabet
		w.skus = append(w.skus, blue(i))
	}
	for i := range perColour {
		w.skus = append(w.skus, red(i))
	}
	b := engine.NewBuilder(customers, len(w.skus))
	for u := range customers {
		w.users = append(w.users, shop.UserID(u+1))
		first := 0
		if u%2 == 0 {
			first = perColour
		}
		for _, i := range rng.Perm(perColour)[:12] {
			b.Add(int32(u), int32(first+i), 1, 1)
		}
	}
	var err error
	if w.sums, err = b.Build(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) train() {
	w.t.Helper()
	var err error
	w.factors, err = engine.Train(w.t.Context(), w.sums, engine.Config{Dim: 8, Epochs: 10, Nu: 1, Unobserved: 0.1, Lambda: 0.01}, engine.TrainOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) model(id string, change func(*recommend.ModelInput)) *recommend.Model {
	w.t.Helper()
	in := recommend.ModelInput{
		ID: id, TrainedThrough: 960, TrainedAt: w.trained, Users: w.users, SKUs: w.skus, Parts: w.parts(), Sums: w.sums,
	}
	if change != nil {
		change(&in)
	}
	m, err := recommend.NewModel(in)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// parts are factors alone.
func (w *world) parts() engine.Parts {
	return engine.Parts{Factors: []engine.WeightedModel{{Model: w.factors, Weight: 1}}}
}

// lists publishes what counting made: blue-00 sells best, red-29 is on the rise, what
// has neighbouring numbers is bought together.
func (w *world) lists() {
	w.t.Helper()
	entry := func(skus ...string) []store.ListEntry {
		var out []store.ListEntry
		for i, s := range skus {
			out = append(out, store.ListEntry{SKU: s, Score: float32(100 - i)})
		}
		return out
	}
	w.put("counts/1", store.KindBestSellers, map[string][]store.ListEntry{
		"": entry(blue(0), red(0), blue(1), red(1), blue(2), red(2)), "category/red": entry(red(0), red(1), red(2)),
	})
	w.put("counts/1", store.KindTrending, map[string][]store.ListEntry{"": entry(red(29), blue(29), red(28))})
	w.put("counts/1", store.KindBoughtWith, map[string][]store.ListEntry{red(5): entry(red(6), red(4), blue(5)), red(6): entry(red(5), red(7))})
	w.control(store.LiveLists, map[string]string{"set": "counts/1"})
}

func (w *world) put(set, kind string, lists map[string][]store.ListEntry) {
	w.t.Helper()
	if err := w.st.PutLists(w.t.Context(), set, kind, lists); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) control(name string, value any) {
	w.t.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.st.PutControl(w.t.Context(), []shop.ControlRecord{{Name: name, Value: b}}, store.PutConditions{}); err != nil {
		w.t.Fatal(err)
	}
}

// does records that a user did something, a second later than the last.
func (w *world) does(u shop.UserID, t shop.EventType, sku string, change ...func(*shop.Event)) shop.Event {
	w.t.Helper()
	w.pass(time.Second)
	e := w.event(t)
	e.Customer, e.SKU = u, sku
	for _, f := range change {
		f(&e)
	}
	if _, err := w.st.RecordEvents(w.t.Context(), []shop.Event{e}); err != nil {
		w.t.Fatal(err)
	}
	return e
}

func (w *world) ask(req recommend.Request) recommend.Answer {
	w.t.Helper()
	if req.Placement == "" {
		req.Placement = recommend.PlacementHome
	}
	if req.First == 0 {
		req.First = 12
	}
	a, err := w.Recommend(w.t.Context(), req)
	if err != nil {
		w.t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, i := range a.Items {
		if seen[i.SKU] {
			w.t.Errorf("%s is twice in one answer", i.SKU)
		}
		seen[i.SKU] = true
		if len(i.Reasons) == 0 || i.Reasons[0].Text == "" {
			w.t.Errorf("%s by %s has no reason", i.SKU, i.Source)
		}
	}
	return a
}

func skusOf(a recommend.Answer) []string {
	out := []string{}
	for _, i := range a.Items {
		out = append(out, i.SKU)
	}
	return out
}

func (w *world) boughtBy(u shop.UserID) map[string]bool {
	idx, _, _ := w.sums.Row(int(u) - 1)
	out := map[string]bool{}
	for _, c := range idx {
		out[w.skus[c]] = true
	}
	return out
}
