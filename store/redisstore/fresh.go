package redisstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// FreshLimit is how many events of a product are noted: its first.
const FreshLimit = 1000

const longFresh = FreshLimit * 256

// NoteFresh implements store.Events.
func (s *Store) NoteFresh(ctx context.Context, events []shop.Event) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	blobs := map[string][]byte{}
	var skus []string
	for i := range events {
		e := &events[i]
		if e.SKU == "" || e.User() == 0 || !kept(e.Type) {
			continue
		}
		if _, ok := blobs[e.SKU]; !ok {
			skus = append(skus, e.SKU)
		}
		blobs[e.SKU] = appendPacked(blobs[e.SKU], e, true)
	}
	for chunk := range slices.Chunk(skus, 500) {
		if err := s.noteSome(ctx, chunk, blobs); err != nil {
			return fmt.Errorf("note events of new products: %w", err)
		}
	}
	return nil
}

func (s *Store) noteSome(ctx context.Context, skus []string, blobs map[string][]byte) error {
	keys := []string{s.keys.freshSet(), s.keys.freshened(), s.keys.number()}
	var args []any
	for _, sku := range skus {
		keys = append(keys, s.keys.fresh(sku))
		args = append(args, sku, blobs[sku])
	}
	v, err := s.run(ctx, call{noteScript, keys, args})
	if err != nil {
		return mapError("note", err)
	}
	s.bell.ring(freshBell)
	for i, length := range v.([]any) {
		if length.(int64) <= longFresh {
			continue
		}
		if err := s.cutFresh(ctx, skus[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) cutFresh(ctx context.Context, sku string) error {
	key := s.keys.fresh(sku)
	read, err := s.getAll(ctx, []string{key})
	if err != nil {
		return mapError("read events of a new product", err)
	}
	events, err := unpack(read[0])
	if err != nil {
		return fmt.Errorf("noted events of %q: %w", sku, err)
	}
	return s.replace(ctx, s.keys.freshSet(), []replacement{{sku, key, read[0], pack(earliest(events, FreshLimit), true)}})
}

// FreshEvents implements store.Events.
func (s *Store) FreshEvents(ctx context.Context, skus []string) ([][]shop.Event, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	names := make([]string, len(skus))
	for i, sku := range skus {
		names[i] = s.keys.fresh(sku)
	}
	blobs, err := s.getAll(ctx, names)
	if err != nil {
		return nil, mapError("read events of new products", err)
	}
	noted := make([][]shop.Event, len(skus))
	for i, b := range blobs {
		events, err := unpack(b)
		if err != nil {
			return nil, fmt.Errorf("noted events of %q: %w", skus[i], err)
		}
		noted[i] = earliest(events, FreshLimit)
	}
	return noted, nil
}

// FreshSKUs implements store.Events.
func (s *Store) FreshSKUs(ctx context.Context, after string, block time.Duration) (skus []string, next string, err error) {
	if err := s.admit(ctx); err != nil {
		return nil, "", err
	}
	if after == "" {
		if skus, after, err = s.allFresh(ctx); err != nil || len(skus) > 0 {
			return skus, after, err
		}
	}
	entries, next, err := s.followNumbered(ctx, s.keys.freshened(), "freshened", freshBell, after, block)
	if err != nil {
		return nil, "", err
	}
	for _, e := range entries {
		if sku, _ := e.Values["sku"].(string); !slices.Contains(skus, sku) {
			skus = append(skus, sku)
		}
	}
	return skus, next, nil
}

// allFresh returns every sku for which something is noted, and a position from
// before they were read.
func (s *Store) allFresh(ctx context.Context) ([]string, string, error) {
	n, err := s.lastNumber(ctx, "freshened")
	if err != nil {
		return nil, "", err
	}
	skus, err := s.rdb.SMembers(ctx, s.keys.freshSet()).Result()
	slices.Sort(skus)
	return skus, strconv.FormatInt(n, 10), mapError("list new products", err)
}

// DropFresh implements store.Events.
func (s *Store) DropFresh(ctx context.Context, skus []string) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	if len(skus) == 0 {
		return nil
	}
	_, err := s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
		for _, sku := range skus {
			p.Del(ctx, s.keys.fresh(sku))
			p.SRem(ctx, s.keys.freshSet(), sku)
		}
		return nil
	})
	return mapError("drop events of new products", err)
}

// lastNumber returns how far a stream numbered without gaps has come.
func (s *Store) lastNumber(ctx context.Context, stream string) (int64, error) {
	n, err := s.rdb.HGet(ctx, s.keys.number(), stream).Int64()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return n, mapError("read a stream's number", err)
}

// followNumbered returns what a stream numbered without gaps holds after a
// position, waiting up to block if that is nothing. A gap means that entries were
// trimmed, a position past the end that they were lost: store.ErrBehind.
func (s *Store) followNumbered(
	ctx context.Context, key, name, bell, after string, block time.Duration,
) (entries []redis.XMessage, next string, err error) {
	n, err := parseNumber(after)
	if err != nil {
		return nil, "", err
	}
	err = s.follow(ctx, bell, block, func() (bool, error) {
		// Read the number first: what is appended in between is then no gap.
		last, err := s.lastNumber(ctx, name)
		if err != nil {
			return false, err
		}
		if last == n {
			return false, nil
		}
		if last < n {
			return false, store.ErrBehind
		}
		// From the newest back: the embedded server walks over all that lies before.
		entries, err = s.rdb.XRevRange(ctx, key, "+", strconv.FormatInt(n+1, 10)).Result()
		if err != nil {
			return false, mapError("follow a stream", err)
		}
		slices.Reverse(entries)
		if len(entries) == 0 || numberOf(entries[0]) != n+1 {
			return false, store.ErrBehind
		}
		return true, nil
	})
	if err != nil {
		return nil, "", err
	}
	if len(entries) > 0 {
		n = numberOf(entries[len(entries)-1])
	}
	return entries, strconv.FormatInt(n, 10), nil
}

func numberOf(m redis.XMessage) int64 {
	n, _, err := splitID(m.ID)
	if err != nil {
		return -1
	}
	return int64(n)
}
