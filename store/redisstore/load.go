package redisstore

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// Reset implements store.Loader. What belongs to the broker stays: leases,
// queues and rate counters are no view of the records, nor are the outboxes. So do
// the numbers of the streams that followers hold positions of.
func (s *Store) Reset(ctx context.Context) error {
	defer s.external.clear()
	all, err := s.allKeys(ctx)
	if err != nil {
		return err
	}
	byTag := map[string][]string{}
	for _, key := range all {
		tag, name, _ := strings.Cut(key, "}:")
		if brokers(name) {
			continue
		}
		byTag[tag] = append(byTag[tag], key)
	}
	pipe := s.rdb.Pipeline()
	for _, keys := range byTag {
		for len(keys) > 0 {
			n := min(500, len(keys))
			pipe.Unlink(ctx, keys[:n]...)
			keys = keys[n:]
		}
	}
	if pipe.Len() > 0 {
		if _, err := pipe.Exec(ctx); err != nil {
			return mapError("reset", err)
		}
	}
	return nil
}

// brokers reports whether a key is none of the view.
func brokers(name string) bool {
	kind, _, _ := strings.Cut(name, ":")
	switch kind {
	case "lease", "lease-token", "queue", "rate", "number", "outbox":
		return true
	}
	return false
}

// allKeys returns every key of this shop, once.
func (s *Store) allKeys(ctx context.Context) ([]string, error) {
	seen := map[string]struct{}{}
	scan := func(ctx context.Context, node redis.Cmdable) error {
		prefix := strings.TrimSuffix(s.keys.shop, "}:")
		for cursor := uint64(0); ; {
			found, next, err := node.Scan(ctx, cursor, prefix+"*", 1000).Result()
			if err != nil {
				return err
			}
			for _, key := range found {
				if strings.HasPrefix(key, s.keys.shop) || strings.HasPrefix(key, prefix+":p") {
					seen[key] = struct{}{}
				}
			}
			if cursor = next; cursor == 0 {
				return nil
			}
		}
	}
	var err error
	if cluster, ok := s.rdb.(*redis.ClusterClient); ok {
		// One node after another: they share the map.
		nodes := make(chan struct{}, 1)
		err = cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
			nodes <- struct{}{}
			defer func() { <-nodes }()
			return scan(ctx, node)
		})
	} else {
		err = scan(ctx, s.rdb)
	}
	if err != nil {
		return nil, mapError("list keys", err)
	}
	all := make([]string, 0, len(seen))
	for key := range seen {
		all = append(all, key)
	}
	return all, nil
}

// Load implements store.Loader.
func (s *Store) Load(ctx context.Context, st store.State) error {
	b := s.newBulk()
	for _, step := range []func(context.Context, *bulk, store.State) error{
		s.loadProducts, s.loadVendors, s.loadCategories, s.loadOrders, s.loadControls, s.loadTails, s.loadFresh, s.loadSeen,
	} {
		if err := step(ctx, b, st); err != nil {
			return fmt.Errorf("load the view: %w", err)
		}
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	if err := s.loadEnds(ctx, st.Ends); err != nil {
		return fmt.Errorf("load the view: %w", err)
	}
	if err := s.noteMade(ctx, st.Ends); err != nil {
		return err
	}
	// A gap in the numbers sends followers of the fresh items and of the customers back to the start.
	for _, stream := range []string{"freshened", "people"} {
		if err := s.rdb.HIncrBy(ctx, s.keys.number(), stream, 1).Err(); err != nil {
			return mapError("load the view", err)
		}
	}
	s.bell.ring(freshBell)
	return s.everythingChanged(ctx)
}

// madeAt is the field of {shop}:made that is there after any Load; the other
// fields are its Ends, none of which is empty.
const madeAt = ""

func (s *Store) noteMade(ctx context.Context, ends map[string]string) error {
	fields := []any{madeAt, s.now()}
	for name, end := range ends {
		fields = append(fields, name, end)
	}
	pipe := s.rdb.TxPipeline()
	pipe.Del(ctx, s.keys.made())
	pipe.HSet(ctx, s.keys.made(), fields...)
	if _, err := pipe.Exec(ctx); err != nil {
		return mapError("note what the view was made from", err)
	}
	return nil
}

// MadeFrom implements store.Loader.
func (s *Store) MadeFrom(ctx context.Context) (map[string]string, bool, error) {
	ends, err := s.rdb.HGetAll(ctx, s.keys.made()).Result()
	if err != nil {
		return nil, false, mapError("read what the view was made from", err)
	}
	_, ok := ends[madeAt]
	delete(ends, madeAt)
	return ends, ok, nil
}

// LoadEvents implements store.Loader. Packed events are appended: readers bring
// them into order and drop what is there twice.
func (s *Store) LoadEvents(ctx context.Context, st store.State) error {
	err := grouped(st.Tails, (*shop.Event).User, func(u shop.UserID, events []shop.Event) error {
		if u == 0 {
			return nil
		}
		packed := pack(latest(events, store.TailLimit), false)
		length, err := s.run(ctx, call{appendScript, []string{s.keys.users(partitionOf(u)), s.keys.tail(u)}, []any{u.String(), packed}})
		if err != nil {
			return mapError("add recent events", err)
		}
		if length.(int64) > longTail {
			return s.cutTails(ctx, []shop.UserID{u})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load events: %w", err)
	}
	err = grouped(st.Fresh, func(e *shop.Event) string { return e.SKU }, func(sku string, events []shop.Event) error {
		if sku == "" {
			return nil
		}
		return s.noteSome(ctx, []string{sku}, map[string][]byte{sku: pack(earliest(events, FreshLimit), true)})
	})
	if err != nil {
		return fmt.Errorf("load events: %w", err)
	}
	fields := []any{}
	for name, end := range st.Ends {
		fields = append(fields, name, end)
	}
	if len(fields) == 0 {
		return nil
	}
	return mapError("note what the view was made from", s.rdb.HSet(ctx, s.keys.made(), fields...).Err())
}

// everythingChanged tells the followers of Changes to reload.
func (s *Store) everythingChanged(ctx context.Context) error {
	c := &change{changes: []store.Change{{Kind: store.Everything}}}
	_, _, err := s.apply(ctx, c)
	return err
}

// each calls f with every value of a sequence, which may be nil.
func each[T any](seq iter.Seq2[T, error], f func(T) error) error {
	if seq == nil {
		return nil
	}
	for v, err := range seq {
		if err != nil {
			return err
		}
		if err := f(v); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) loadProducts(ctx context.Context, b *bulk, st store.State) error {
	return each(st.Products, func(p shop.Product) error {
		value, err := encodeProduct(p)
		if err != nil {
			return err
		}
		if err := b.hset(ctx, s.keys.product(), p.SKU, value); err != nil {
			return err
		}
		return b.hset(ctx, s.keys.stock(), p.SKU, strconv.AppendInt(nil, int64(p.Stock), 10))
	})
}

func (s *Store) loadVendors(ctx context.Context, b *bulk, st store.State) error {
	return each(st.Vendors, func(v shop.Vendor) error { return loadJSON(ctx, b, s.keys.vendor(), v.ID, v) })
}

func (s *Store) loadCategories(ctx context.Context, b *bulk, st store.State) error {
	return each(st.Categories, func(c shop.Category) error { return loadJSON(ctx, b, s.keys.category(), c.ID, c) })
}

func loadJSON(ctx context.Context, b *bulk, key, field string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode %T: %w", v, err)
	}
	return b.hset(ctx, key, field, value)
}

func (s *Store) loadOrders(ctx context.Context, b *bulk, st store.State) error {
	return each(st.Orders, func(o shop.Order) error {
		value, err := encodeOrder(o)
		if err != nil {
			return err
		}
		if err := b.hset(ctx, s.keys.order(), o.ID.String(), value); err != nil {
			return err
		}
		if !o.CancelledAt.IsZero() {
			placed := strconv.AppendInt(nil, o.PlacedAt.UnixMilli(), 10)
			if err := b.hset(ctx, s.keys.cancelled(), o.ID.String(), placed); err != nil {
				return err
			}
		}
		day := dayOf(o.PlacedAt)
		if err := b.sadd(ctx, s.keys.placedDays(), day); err != nil {
			return err
		}
		if err := b.rpush(ctx, s.keys.placed(day), o.ID.String()); err != nil {
			return err
		}
		return b.rpush(ctx, s.keys.orders(o.Owner), o.ID.String())
	})
}

func (s *Store) loadSeen(ctx context.Context, b *bulk, st store.State) error {
	return each(st.Seen, func(e shop.Event) error {
		user := e.User()
		if user == 0 || !kept(e.Type) && e.Type != shop.Impression {
			return nil // recorded by a command that has no second step
		}
		key := s.keys.seen(partitionOf(user), seenWindow(e.RecordedAt.UnixMilli()))
		return b.hset(ctx, key, string(e.ID[:]), seenValue(e.OccurredAt))
	})
}

// grouped calls f with the events of each group, which follow one another.
func grouped[K comparable](seq iter.Seq2[shop.Event, error], keyOf func(*shop.Event) K, f func(K, []shop.Event) error) error {
	var group []shop.Event
	var key K
	err := each(seq, func(e shop.Event) error {
		if !kept(e.Type) {
			return nil
		}
		if k := keyOf(&e); k != key && len(group) > 0 {
			if err := f(key, group); err != nil {
				return err
			}
			group = group[:0]
		}
		key = keyOf(&e)
		group = append(group, e)
		return nil
	})
	if err != nil || len(group) == 0 {
		return err
	}
	return f(key, group)
}

func (s *Store) loadTails(ctx context.Context, b *bulk, st store.State) error {
	return grouped(st.Tails, (*shop.Event).User, func(u shop.UserID, events []shop.Event) error {
		if u == 0 {
			return nil
		}
		if err := b.set(ctx, s.keys.tail(u), pack(latest(events, store.TailLimit), false)); err != nil {
			return err
		}
		return b.sadd(ctx, s.keys.users(partitionOf(u)), u.String())
	})
}

func (s *Store) loadFresh(ctx context.Context, b *bulk, st store.State) error {
	return grouped(st.Fresh, func(e *shop.Event) string { return e.SKU }, func(sku string, events []shop.Event) error {
		if sku == "" {
			return nil
		}
		if err := b.set(ctx, s.keys.fresh(sku), pack(earliest(events, FreshLimit), true)); err != nil {
			return err
		}
		return b.sadd(ctx, s.keys.freshSet(), sku)
	})
}

// loadEnds makes the outboxes go on from the last ids that the lake has: an
// entry with that id, dropped at once, leaves its number behind.
func (s *Store) loadEnds(ctx context.Context, ends map[string]string) error {
	for name, end := range ends {
		if end == "" {
			continue
		}
		if strings.Contains(name, "/") { // an import's, which has no outbox
			continue
		}
		key := s.keys.outbox(name)
		id, err := parseID(end)
		if err != nil {
			return err
		}
		if key == "" {
			return shop.Errorf(shop.BadUserInput, "", "there is no outbox %q", name)
		}
		last, err := s.outboxEnd(ctx, name)
		if err != nil {
			return err
		}
		if last >= end {
			continue
		}
		if err := s.rdb.XAdd(ctx, &redis.XAddArgs{Stream: key, ID: id, Values: []any{"n", 0, "at", s.now(), "body", "{}"}}).Err(); err != nil {
			return mapError("set an outbox's end", err)
		}
		if err := s.rdb.XTrimMaxLen(ctx, key, 0).Err(); err != nil {
			return mapError("set an outbox's end", err)
		}
	}
	return nil
}
