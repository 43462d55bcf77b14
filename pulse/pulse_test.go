package pulse

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"also/catalogue"
	"also/shop"
	"also/store"
	"also/store/redisstore"
	"also/training"
	"also/transport"
	"also/warehouse"
)

// told is a lake, a store and a transporter that say what a test wants.
type told struct {
	t     *testing.T
	s     *Service
	st    *redisstore.Store
	lake  *warehouse.Lake
	now   time.Time
	n     int
	free  int64
	d     store.Description
	stats transport.Stats
	lags  map[string]transport.Lag
	away  bool
	live  *warehouse.Manifest
	next  *warehouse.Manifest // a candidate
	made  transport.Compaction
}

type toldLake struct {
	*warehouse.Lake
	w *told
}

func (l toldLake) Space(context.Context) (int64, int64, error) { return l.w.free, 100 << 30, nil }

type toldStore struct {
	store.Store
	w *told
}

func (s toldStore) Describe(context.Context) (store.Description, error) { return s.w.d, nil }

func (w *told) JournalledAt(warehouse.Position) (time.Time, bool) { return time.Time{}, false }
func (w *told) Compaction() transport.Compaction                  { return w.made }
func (w *told) Report(context.Context) (transport.Stats, map[string]transport.Lag, bool, error) {
	return w.stats, w.lags, !w.away, nil
}

// modelsOf are the models that a test tells of.
type modelsOf struct {
	*warehouse.Lake
	w *told
}

func (m modelsOf) Models(context.Context) ([]warehouse.Manifest, error) {
	if m.w.live == nil {
		return nil, nil
	}
	all := []warehouse.Manifest{*m.w.live}
	if m.w.next != nil {
		all = append(all, *m.w.next)
	}
	return all, nil
}

func (m modelsOf) Model(_ context.Context, id string) (warehouse.Manifest, error) {
	if m.w.live == nil || m.w.live.ID != id {
		return warehouse.Manifest{}, shop.Errorf(shop.NotFound, "", "none")
	}
	return *m.w.live, nil
}

func newTold(t *testing.T) *told {
	t.Helper()
	w := &told{t: t, now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), free: 50 << 30, d: store.Description{Kind: "embedded"}}
	var err error
	if w.st, err = redisstore.OpenEmbedded(redisstore.Options{Shop: "test"}); err != nil {
		t.Fatal(err)
	}
	if w.lake, err = warehouse.Open(t.TempDir(), "test", warehouse.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(w.st.Close(), w.lake.Close()); err != nil {
			t.Error(err)
		}
	})
	cat, err := catalogue.Open(t.Context(), w.st, catalogue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	train, err := training.New(training.Options{Store: w.st, Lake: modelsOf{w.lake, w}})
	if err != nil {
		t.Fatal(err)
	}
	w.s = New(Options{
		Store: toldStore{w.st, w}, Lake: toldLake{w.lake, w}, Catalogue: cat, Training: train, Pipes: w, Shop: "test", Name: "here",
		Now: func() time.Time { return w.now }, Defaults: Settings{Schedule: "0 2 * * *"},
	})
	return w
}

func (w *told) event(t shop.EventType, user shop.UserID, sku string) shop.Event {
	w.n++
	at := w.now.Add(-time.Hour)
	return shop.Event{ID: shop.DerivedUUID(fmt.Sprint(w.n)), Type: t, OccurredAt: at, RecordedAt: at, Customer: user, SKU: sku, Order: fmt.Sprint("o-", w.n)}
}

// product saves one.
func (w *told) product(p shop.Product) {
	w.t.Helper()
	p.Name, p.Status = "Lamp", shop.Active
	if _, err := w.st.SaveProduct(w.t.Context(), p, false, store.Upsert, w.event("", 0, "")); err != nil {
		w.t.Fatal(err)
	}
	if err := w.s.Catalogue.Refresh(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// land puts events into the lake.
func (w *told) land(events ...shop.Event) {
	w.t.Helper()
	var list []json.RawMessage
	for _, e := range events {
		b, err := json.Marshal(e)
		if err != nil {
			w.t.Fatal(err)
		}
		list = append(list, b)
	}
	body, err := json.Marshal(map[string]any{"events": list})
	if err != nil {
		w.t.Fatal(err)
	}
	w.n++
	entry := warehouse.Entry{Outbox: "shop", ID: fmt.Sprint(w.n, "-0"), At: w.now, Events: len(events), Body: body}
	if _, err := w.lake.Append(w.t.Context(), []warehouse.Entry{entry}); err != nil {
		w.t.Fatal(err)
	}
}

// goLive makes a model the live one.
func (w *told) goLive(age time.Duration, through warehouse.Position) {
	w.t.Helper()
	w.live = &warehouse.Manifest{ID: "aaaa1111bbbb2222", CreatedAt: w.now.Add(-age), Config: []byte("{}"),
		Dataset: warehouse.DatasetInfo{Through: through, At: w.now.Add(-age)}}
	w.control(store.LiveModel, map[string]any{"id": w.live.ID})
}

func (w *told) control(name string, value any) {
	w.t.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.st.PutControl(w.t.Context(), []shop.ControlRecord{{Name: name, Value: b}}, store.PutConditions{}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *told) has(code ProblemCode) *Problem {
	w.t.Helper()
	found, err := w.s.Problems(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for i := range found {
		if found[i].Code == code {
			return &found[i]
		}
	}
	return nil
}

func TestProblemsComeAndGo(t *testing.T) {
	f := func(code ProblemCode, before, come, leave func(*told)) {
		t.Helper()
		t.Run(string(code), func(t *testing.T) {
			w := newTold(t)
			before(w)
			if p := w.has(code); p != nil {
				t.Fatalf("it is there from the start: %+v", p)
			}
			come(w)
			p := w.has(code)
			if p == nil {
				t.Fatal("it did not come")
			}
			if p.Sentence == "" || p.Next.Label == "" || p.Next.Path == "" || p.Severity == "" {
				t.Errorf("it says too little: %+v", p)
			}
			leave(w)
			if p := w.has(code); p != nil {
				t.Errorf("it did not go: %+v", p)
			}
		})
	}
	price := shop.MustMoney("2.50", "EUR")
	good := shop.Product{SKU: "A", Categories: []string{"c"}, Price: price}
	stocked := func(w *told) { w.product(good) }
	nothing := func(*told) {}
	trained := func(w *told) {
		stocked(w)
		w.land(w.event(shop.Purchase, 1, "A"))
		w.goLive(time.Hour, 1)
	}
	f(NoProducts, stocked, func(w *told) {
		if err := w.st.DeleteProduct(t.Context(), "A", w.event("", 0, "")); err != nil {
			t.Fatal(err)
		}
		if err := w.s.Catalogue.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}, stocked)
	f(NoLiveModel, stocked, func(w *told) { w.land(w.event(shop.Purchase, 1, "A")) }, func(w *told) { w.goLive(time.Hour, 1) })
	f(ModelOld, trained, func(w *told) { w.now = w.now.Add(8 * 24 * time.Hour) }, func(w *told) { w.goLive(time.Hour, 1) })
	f(ModelBehind, trained, func(w *told) {
		var many []shop.Event
		for range 1500 {
			many = append(many, w.event(shop.ProductView, 2, "A"))
		}
		w.land(many...)
	}, func(w *told) { w.goLive(time.Hour, 1501) })
	run := func(id string, change map[string]any) func(*told) {
		return func(w *told) {
			r := map[string]any{"id": id, "kind": "FULL", "state": "DONE", "queuedAt": w.now, "promote": true, "promoted": true}
			for k, v := range change {
				r[k] = v
			}
			w.control("run/"+id, r)
		}
	}
	f(RunFailed, trained, run("1", map[string]any{"state": "FAILED", "error": "the disk is full"}), run("2", nil))
	f(ModelDrifted, trained, run("1", map[string]any{"kind": "INCREMENTAL", "promoted": false, "note": "drifted"}), run("2", nil))
	schedule := func(cron string) func(*told) {
		return func(w *told) {
			if _, err := w.s.SettingsUpdate(t.Context(), SettingsPatch{Schedule: &cron}); err != nil {
				t.Fatal(err)
			}
		}
	}
	f(NoSchedule, nothing, schedule(""), schedule("0 3 * * *"))
	f(JournalFailing, nothing, func(w *told) { w.stats.Failure, w.stats.FailedAt = "no space", w.now }, func(w *told) { w.stats.MovedAt = w.now.Add(time.Second) })
	judged := func(mean, low float64) []byte {
		return fmt.Appendf(nil, `{"protocol":"leave one out","model":{"ndcg@20":{"mean":%g,"low":%g,"high":%g}}}`, mean, low, mean+0.01)
	}
	f(CandidateBetter, func(w *told) {
		trained(w)
		w.live.Metrics = judged(0.2, 0.19)
		w.next = &warehouse.Manifest{ID: "cccc1111bbbb2222", CreatedAt: w.now, Config: []byte("{}"), Metrics: judged(0.21, 0.195)}
	}, func(w *told) { w.next.Metrics = judged(0.25, 0.24) }, func(w *told) { w.next = nil })
	f(CompactionFailing, nothing, func(w *told) { w.made.Failure, w.made.FailedAt = "no space", w.now }, func(w *told) { w.made.At = w.now.Add(time.Second) })
	f(NobodyCarries, nothing, func(w *told) { w.away = true }, func(w *told) { w.away = false })
	f(TransporterBehind, nothing, func(w *told) { w.lags = map[string]transport.Lag{"p01": {Entries: 7, Age: time.Minute}} }, func(w *told) { w.lags = nil })
	f(DiskLow, nothing, func(w *told) { w.free = 1 << 20 }, func(w *told) { w.free = 50 << 30 })
	redis := func(used int64, policy string) func(*told) {
		return func(w *told) { w.d = store.Description{Kind: "redis", UsedBytes: used, MaxBytes: 100 << 20, Eviction: policy} }
	}
	f(MemoryLow, redis(10<<20, "noeviction"), redis(95<<20, "noeviction"), redis(20<<20, "noeviction"))
	f(MemoryForgets, redis(10<<20, "noeviction"), redis(10<<20, "allkeys-lru"), redis(10<<20, "noeviction"))
	f(NoCategory, stocked, func(w *told) { w.product(shop.Product{SKU: "B", Price: price}) }, func(w *told) { w.product(shop.Product{SKU: "B", Price: price, Categories: []string{"c"}}) })
	f(NoPrice, stocked, func(w *told) { w.product(shop.Product{SKU: "B", Categories: []string{"c"}}) }, func(w *told) { w.product(shop.Product{SKU: "B", Price: price, Categories: []string{"c"}}) })
	f(NoPicture, stocked, func(w *told) {
		w.product(shop.Product{SKU: "B", Categories: []string{"c"}, Price: price, Images: shop.Images{{URL: "https://shop.example/b.jpg"}}})
	}, func(w *told) {
		w.product(shop.Product{SKU: "A", Categories: []string{"c"}, Price: price, Images: shop.Images{{URL: "https://shop.example/a.jpg"}}})
	})
	f(UnknownSKUs, trained, func(w *told) {
		w.land(w.event(shop.ProductView, 1, "typo"))
		w.now = w.now.Add(2 * lookEvery)
	}, func(w *told) { w.product(shop.Product{SKU: "typo", Categories: []string{"c"}, Price: price}) })
	f(FewReturn, trained, func(w *told) {
		for u := range shop.UserID(120) {
			w.land(w.event(shop.Purchase, u+1, "A"))
		}
		w.now = w.now.Add(2 * lookEvery)
	}, func(w *told) {
		for u := range shop.UserID(60) {
			w.land(w.event(shop.Purchase, u+1, "A"))
		}
		w.now = w.now.Add(2 * lookEvery)
	})
}

func TestSettingsReachOtherProcesses(t *testing.T) {
	w := newTold(t)
	other := New(w.s.Options)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- other.Follow(ctx) }()
	name, cron := "Fern & Flint", "30 4 * * 1"
	got, err := w.s.SettingsUpdate(t.Context(), SettingsPatch{ShopName: &name, Schedule: &cron})
	if err != nil || got.ShopName != name || got.Schedule != cron || got.MaxAgeDays != 7 || got.UpdatedAt == nil {
		t.Fatalf("%+v, %v", got, err)
	}
	deadline := time.After(10 * time.Second)
	for other.Settings().ShopName != name || other.Plan().Cron != cron {
		select {
		case <-deadline:
			t.Fatalf("the other process knows %+v", other.Settings())
		case <-time.After(10 * time.Millisecond):
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	again := New(w.s.Options) // after a restart
	if err := again.Load(t.Context()); err != nil || again.Settings().ShopName != name {
		t.Errorf("after a restart: %+v, %v", again.Settings(), err)
	}
	for _, bad := range []SettingsPatch{{ShopName: new(string)}, {Schedule: &name}, {MaxAgeDays: new(int)}} {
		if _, err := w.s.SettingsUpdate(t.Context(), bad); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestOtherProcessesTellWhatTheyCarry(t *testing.T) {
	w := newTold(t)
	w.away = true
	message, err := json.Marshal(Report{Holder: "there", Lags: map[string]transport.Lag{"p03": {Entries: 4, Age: time.Second}}})
	if err != nil {
		t.Fatal(err)
	}
	w.s.hear(message)
	pipes, carried, err := w.s.PipeList(t.Context())
	if err != nil || !carried {
		t.Fatal(carried, err)
	}
	found := false
	for _, p := range pipes {
		found = found || p.Key == "outbox/p03" && p.Entries == 4 && p.Holder == "there" && p.State == PipeMoving
	}
	if !found {
		t.Errorf("the pipes are %+v", pipes)
	}
	w.now = w.now.Add(2 * reportOld)
	if _, carried, err = w.s.PipeList(t.Context()); err != nil || carried {
		t.Errorf("after a while without word: %v, %v", carried, err)
	}
}

func TestFiguresAreKept(t *testing.T) {
	w := newTold(t)
	w.land(w.event(shop.Purchase, 1, "A"))
	ask := func() int64 {
		f, err := w.s.Figures(t.Context(), KPIs{Last: 24 * time.Hour, Before: true, Slices: 2})
		if err != nil {
			t.Fatal(err)
		}
		return f.Events
	}
	if n := ask(); n != 1 {
		t.Fatalf("%d events", n)
	}
	w.land(w.event(shop.Purchase, 1, "A"))
	if n := ask(); n != 1 {
		t.Errorf("a moment later the lake was asked again: %d", n)
	}
	w.now = w.now.Add(2 * figuresFresh)
	if n := ask(); n != 2 {
		t.Errorf("after a while the figures are still %d", n)
	}
}

func TestLatencies(t *testing.T) {
	var l Latencies
	if got := l.Percentiles(); got != (Latency{}) {
		t.Errorf("of nothing: %+v", got)
	}
	for i := range 3000 {
		l.Observe(time.Duration(i%1000+1) * time.Millisecond)
	}
	if got := l.Percentiles(); got != (Latency{1000, 500 * time.Millisecond, 900 * time.Millisecond, 990 * time.Millisecond}) {
		t.Errorf("got %+v", got)
	}
}
