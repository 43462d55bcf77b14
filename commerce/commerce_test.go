package commerce_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"also/commerce"
	"also/shop"
	"also/store"
	"also/store/redisstore"
)

// bench is a shop with a clock that the test moves.
type bench struct {
	*commerce.Service
	store   store.Store
	now     time.Time
	changed atomic.Int32
	acted   []shop.UserID
	fresh   map[string]bool
}

func open(t testing.TB) *bench {
	t.Helper()
	b := &bench{now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC), fresh: map[string]bool{}}
	clock := func() time.Time { return b.now }
	st, err := redisstore.OpenEmbedded(redisstore.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	b.store = st
	b.Service = commerce.New(commerce.Options{
		Store: st, Shop: "shop", Now: clock,
		Changed: func(context.Context) error { b.changed.Add(1); return nil },
		Acted:   func(users []shop.UserID) { b.acted = append(b.acted, users...) },
		Fresh:   func(sku string) bool { return b.fresh[sku] },
	})
	return b
}

// wantError fails unless err has the code and names the field.
func wantError(t testing.TB, err error, code shop.Code, field string) {
	t.Helper()
	var e *shop.Error
	if !errors.As(err, &e) || e.Code != code || e.Field != field {
		t.Errorf("got error %v, want %s in %q", err, code, field)
	} else if len(e.Message) < 10 {
		t.Errorf("the message %q says too little", e.Message)
	}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func lamp(sku string) shop.Product {
	return shop.Product{SKU: sku, Name: "Lamp " + sku, Price: shop.MustMoney("10", "EUR"), Stock: 5}
}

func ptr[T any](v T) *T { return &v }

// events returns all events in the outboxes.
func (b *bench) events(t testing.TB) []shop.Event {
	t.Helper()
	return must[[]shop.Event](t)(outboxEvents(t.Context(), b.store))
}
