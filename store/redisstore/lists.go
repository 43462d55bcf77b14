package redisstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// A packed list is its length as a uvarint, then for each entry its sku (length
// as a uvarint, bytes) and its score (float32, little endian).

var errList = errors.New("a packed list is damaged")

func packList(entries []store.ListEntry) []byte {
	b := binary.AppendUvarint(make([]byte, 0, 2+16*len(entries)), uint64(len(entries)))
	for _, e := range entries {
		b = appendText(b, e.SKU)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(e.Score))
	}
	return b
}

func unpackList(b []byte) ([]store.ListEntry, error) {
	r := packedReader{b: b}
	n := r.length()
	if r.bad || n > uint64(len(b)) { // an entry has five bytes at least
		return nil, errList
	}
	entries := make([]store.ListEntry, 0, n)
	for range n {
		sku, score := r.text(), r.take(4)
		if r.bad {
			return nil, errList
		}
		entries = append(entries, store.ListEntry{SKU: sku, Score: math.Float32frombits(binary.LittleEndian.Uint32(score))})
	}
	if len(r.b) != 0 {
		return nil, errList
	}
	return entries, nil
}

// PutLists implements store.Lists. The lists of one kind are spread over the
// partitions by key, each partition's in one hash.
func (s *Store) PutLists(ctx context.Context, set, kind string, lists map[string][]store.ListEntry) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	if err := checkList(set, kind); err != nil {
		return err
	}
	if len(lists) == 0 {
		return nil
	}
	// First the index: what is not in it would never be dropped.
	if err := s.rdb.SAdd(ctx, s.keys.lists(), set+" "+kind).Err(); err != nil {
		return mapError("put lists", err)
	}
	var parts [partitions][]any
	for key, entries := range lists {
		p := listPartition(key)
		parts[p] = append(parts[p], key, packList(entries))
	}
	pipe := s.rdb.Pipeline()
	for p, fields := range parts {
		for chunk := range slices.Chunk(fields, 1000) {
			pipe.HSet(ctx, s.keys.list(p, set, kind), chunk...)
		}
	}
	_, err := pipe.Exec(ctx)
	return mapError("put lists", err)
}

func checkList(set, kind string) error {
	if set == "" || kind == "" || strings.ContainsAny(set+kind, " \n") {
		return shop.Errorf(shop.BadUserInput, "", "%q, %q cannot name lists: give both, without spaces", set, kind)
	}
	return nil
}

// GetLists implements store.Lists.
func (s *Store) GetLists(ctx context.Context, set, kind string, keys []string) ([][]store.ListEntry, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	var fields [partitions][]string
	var at [partitions][]int
	for i, key := range keys {
		p := listPartition(key)
		fields[p], at[p] = append(fields[p], key), append(at[p], i)
	}
	pipe := s.rdb.Pipeline()
	var cmds [partitions]*redis.SliceCmd
	for p := range fields {
		if len(fields[p]) > 0 {
			cmds[p] = pipe.HMGet(ctx, s.keys.list(p, set, kind), fields[p]...)
		}
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, mapError("get lists", err)
	}
	lists := make([][]store.ListEntry, len(keys))
	for p, cmd := range cmds {
		if cmd == nil {
			continue
		}
		for j, v := range cmd.Val() {
			text, ok := v.(string)
			if !ok {
				continue
			}
			var err error
			if lists[at[p][j]], err = unpackList([]byte(text)); err != nil {
				return nil, fmt.Errorf("list %q of %s %s: %w", keys[at[p][j]], set, kind, err)
			}
		}
	}
	return lists, nil
}

// Sets implements store.Lists.
func (s *Store) Sets(ctx context.Context) ([]string, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	members, err := s.rdb.SMembers(ctx, s.keys.lists()).Result()
	if err != nil {
		return nil, mapError("list sets", err)
	}
	for i, m := range members {
		members[i], _, _ = strings.Cut(m, " ")
	}
	slices.Sort(members)
	return slices.Compact(members), nil
}

// DropSet implements store.Lists. UNLINK frees the memory in the background.
func (s *Store) DropSet(ctx context.Context, set string) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	members, err := s.rdb.SMembers(ctx, s.keys.lists()).Result()
	if err != nil {
		return mapError("drop a set", err)
	}
	for _, m := range members {
		name, kind, _ := strings.Cut(m, " ")
		if name != set {
			continue
		}
		for p := range partitions {
			if err := s.rdb.Unlink(ctx, s.keys.list(p, set, kind)).Err(); err != nil {
				return mapError("drop a set", err)
			}
		}
		if err := s.rdb.SRem(ctx, s.keys.lists(), m).Err(); err != nil {
			return mapError("drop a set", err)
		}
	}
	return nil
}
