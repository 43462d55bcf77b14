package redisstore

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// embedded opens an empty store whose clock stands at noon unless opts say else.
func embedded(t *testing.T, opts Options) *Store {
	t.Helper()
	if opts.Now == nil {
		opts.Now = func() time.Time { return noon }
	}
	if opts.SweepEvery == 0 {
		opts.SweepEvery = -1
	}
	s, err := OpenEmbedded(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newEvent(kind shop.EventType, user shop.UserID, sku string) shop.Event {
	return shop.Event{ID: shop.NewUUID(noon), Type: kind, OccurredAt: noon, RecordedAt: noon, Customer: user, SKU: sku, Source: "test"}
}

func save(t *testing.T, s *Store, sku string, stock int) {
	t.Helper()
	p := shop.Product{
		SKU: sku, Name: "Product " + sku, Price: shop.MustMoney("2.50", "EUR"), Stock: stock, Status: shop.Active,
		Categories: []string{"tea"}, Attributes: map[string]string{"b": "2", "a": "<&>"}, ListedAt: noon,
	}
	_, err := s.SaveProduct(t.Context(), p, false, store.Upsert, newEvent("", 0, ""))
	must(t, err)
}

func newOrder(owner shop.UserID, key, sku string, n int) (shop.Order, []shop.Event) {
	price := shop.MustMoney("2.50", "EUR")
	total, err := price.Times(n)
	if err != nil {
		panic(err)
	}
	o := shop.Order{
		ID: shop.NewUUID(noon), Owner: owner, Lines: []shop.OrderLine{{SKU: sku, Quantity: n, Price: price}}, Total: total, PlacedAt: noon,
		IdempotencyKey: key,
	}
	e := newEvent(shop.OrderPlaced, owner, sku)
	e.Order, e.Quantity, e.Price = o.ID.String(), n, price
	return o, []shop.Event{e}
}

func tailOf(t *testing.T, s *Store, user shop.UserID) []shop.Event {
	t.Helper()
	tails, err := s.Tails(t.Context(), []shop.UserID{user})
	must(t, err)
	return tails[0]
}

// hook sees every command before it is sent, and may fail it.
type hook struct {
	before func(cmd redis.Cmder) error
}

func (h *hook) ask(cmds ...redis.Cmder) error {
	for _, cmd := range cmds {
		if err := h.before(cmd); err != nil {
			cmd.SetErr(err)
			return err
		}
	}
	return nil
}

func (h *hook) DialHook(next redis.DialHook) redis.DialHook { return next }

func (h *hook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if err := h.ask(cmd); err != nil {
			return err
		}
		return next(ctx, cmd)
	}
}

func (h *hook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if err := h.ask(cmds...); err != nil {
			return err
		}
		return next(ctx, cmds)
	}
}

var errCrash = errors.New("EOF: the process ends here")

// isRun reports whether a command runs a script.
func isRun(cmd redis.Cmder, s script) bool {
	args := cmd.Args()
	return strings.HasPrefix(cmd.Name(), "eval") && (args[1] == s.sha || args[1] == s.src)
}
