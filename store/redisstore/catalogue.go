package redisstore

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// SaveProduct implements store.Catalogue.
func (s *Store) SaveProduct(
	ctx context.Context, p shop.Product, keepStock bool, mode store.SaveMode, e shop.Event,
) (saved shop.Product, err error) {
	key := s.keys.product()
	err = s.command(ctx, "save product", func() (*change, error) {
		old, stock, err := s.readProduct(ctx, p.SKU)
		if err != nil {
			return nil, err
		}
		saved = p
		saved.Version = 1
		if old != nil {
			before, err := decodeProduct(old, stock)
			if err != nil {
				return nil, err
			}
			saved.Version = before.Version + 1
		}
		if err := checkMode("product", p.SKU, mode, old != nil, old != nil && p.Version != saved.Version-1); err != nil {
			return nil, err
		}
		c := &change{}
		c.same(key, p.SKU, old)
		if keepStock {
			saved.Stock = stock
			c.setIfAbsent(s.keys.stock(), p.SKU, 0)
		} else {
			c.set(s.keys.stock(), p.SKU, p.Stock)
		}
		value, err := encodeProduct(saved)
		if err != nil {
			return nil, err
		}
		e := e
		e.Type, e.SKU = shop.ProductSaved, p.SKU
		if e.Payload, err = encodePayload(saved, keepStock); err != nil {
			return nil, err
		}
		c.set(key, p.SKU, value)
		c.changes = []store.Change{{Kind: store.ProductChange, ID: p.SKU}}
		c.events = []shop.Event{e}
		return c, nil
	})
	if err != nil {
		return shop.Product{}, err
	}
	return saved, nil
}

// checkMode compares what a save expects with what there is.
func checkMode(what, id string, mode store.SaveMode, exists, otherVersion bool) error {
	switch {
	case mode == store.Create && exists:
		return shop.Errorf(shop.Conflict, "", "the %s %q exists already", what, id)
	case mode == store.Replace && !exists:
		return shop.Errorf(shop.NotFound, "", "there is no %s %q", what, id)
	case mode == store.Replace && otherVersion:
		return shop.Errorf(shop.Conflict, "version", "the %s %q was changed meanwhile; look at it again", what, id)
	}
	return nil
}

// readProduct returns the stored product, nil if there is none, and its stock.
func (s *Store) readProduct(ctx context.Context, sku string) ([]byte, int, error) {
	pipe := s.rdb.Pipeline()
	product, stock := pipe.HGet(ctx, s.keys.product(), sku), pipe.HGet(ctx, s.keys.stock(), sku)
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, mapError("read product", err)
	}
	value, err := product.Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, mapError("read product", err)
	}
	n, err := stock.Int()
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, mapError("read stock", err)
	}
	return value, n, nil
}

// DeleteProduct implements store.Catalogue. The stock goes with the product.
func (s *Store) DeleteProduct(ctx context.Context, sku string, e shop.Event) error {
	return s.command(ctx, "delete product", func() (*change, error) {
		old, _, err := s.readProduct(ctx, sku)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return nil, shop.Errorf(shop.NotFound, "", "there is no product %q", sku)
		}
		c := &change{changes: []store.Change{{Kind: store.ProductChange, ID: sku}}}
		c.same(s.keys.product(), sku, old)
		c.del(s.keys.product(), sku)
		c.del(s.keys.stock(), sku)
		e.Type, e.SKU = shop.ProductDeleted, sku
		c.events = []shop.Event{e}
		return c, nil
	})
}

// Products implements store.Catalogue.
func (s *Store) Products(ctx context.Context, skus []string) ([]*shop.Product, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	if len(skus) == 0 {
		return nil, nil
	}
	pipe := s.rdb.Pipeline()
	values, stocks := pipe.HMGet(ctx, s.keys.product(), skus...), pipe.HMGet(ctx, s.keys.stock(), skus...)
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, mapError("read products", err)
	}
	products := make([]*shop.Product, len(skus))
	for i, v := range values.Val() {
		text, ok := v.(string)
		if !ok {
			continue
		}
		p, err := decodeProduct([]byte(text), stockOf(stocks.Val()[i]))
		if err != nil {
			return nil, err
		}
		products[i] = &p
	}
	return products, nil
}

func stockOf(v any) int {
	text, _ := v.(string)
	n, _ := strconv.Atoi(text) // only numbers are written there; none is 0
	return n
}

// AllProducts implements store.Catalogue.
func (s *Store) AllProducts(ctx context.Context, f func([]shop.Product) error) (after string, err error) {
	if err := s.admit(ctx); err != nil {
		return "", err
	}
	n, err := s.lastNumber(ctx, "changes") // before reading: a change after it is seen again, none is missed
	if err != nil {
		return "", err
	}
	twice := map[string]struct{}{} // a scan may return a field again
	err = s.eachField(ctx, s.keys.product(), 500, func(fields []string) error {
		var skus []string
		var values []string
		for i := 0; i < len(fields); i += 2 {
			if _, seen := twice[fields[i]]; !seen {
				twice[fields[i]] = struct{}{}
				skus, values = append(skus, fields[i]), append(values, fields[i+1])
			}
		}
		if len(skus) == 0 {
			return nil
		}
		stocks, err := s.rdb.HMGet(ctx, s.keys.stock(), skus...).Result()
		if err != nil {
			return mapError("read stock", err)
		}
		products := make([]shop.Product, len(skus))
		for i, v := range values {
			if products[i], err = decodeProduct([]byte(v), stockOf(stocks[i])); err != nil {
				return err
			}
		}
		return f(products)
	})
	return strconv.FormatInt(n, 10), err
}

// eachField calls f with the fields and values of a hash, n pairs at a time,
// some perhaps twice.
func (s *Store) eachField(ctx context.Context, key string, n int, f func([]string) error) error {
	var cursor uint64
	for {
		fields, next, err := s.rdb.HScan(ctx, key, cursor, "", int64(n)).Result()
		if err != nil {
			return mapError("scan", err)
		}
		for len(fields) > 0 { // the embedded server returns all at once
			k := min(2*n, len(fields))
			if err := f(fields[:k]); err != nil {
				return err
			}
			fields = fields[k:]
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

// field reads one field of a hash, nil if there is none.
func (s *Store) field(ctx context.Context, key, field string) ([]byte, error) {
	b, err := s.rdb.HGet(ctx, key, field).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	return b, mapError("read", err)
}

// Changes implements store.Catalogue.
func (s *Store) Changes(ctx context.Context, after string, block time.Duration) ([]store.Change, string, error) {
	if err := s.admit(ctx); err != nil {
		return nil, "", err
	}
	entries, next, err := s.followNumbered(ctx, s.keys.changes(), "changes", changesBell, after, block)
	if err != nil {
		return nil, "", err
	}
	changes := make([]store.Change, 0, len(entries))
	for _, e := range entries {
		kind, _ := e.Values["kind"].(string)
		id, _ := e.Values["id"].(string)
		switch store.ChangeKind(kind) {
		case store.Everything, store.PeopleChange:
			s.external.clear() // another process may have made the view again, from records that lack what was lost
		}
		changes = append(changes, store.Change{Kind: store.ChangeKind(kind), ID: id})
	}
	return changes, next, nil
}
