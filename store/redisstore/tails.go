package redisstore

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// Tails implements store.Events.
func (s *Store) Tails(ctx context.Context, users []shop.UserID) ([][]shop.Event, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	names := make([]string, len(users))
	for i, u := range users {
		names[i] = s.keys.tail(u)
	}
	blobs, err := s.getAll(ctx, names)
	if err != nil {
		return nil, mapError("read recent events", err)
	}
	tails := make([][]shop.Event, len(users))
	for i, b := range blobs {
		events, err := unpack(b)
		if err != nil {
			return nil, fmt.Errorf("recent events of user %s: %w", users[i], err)
		}
		tails[i] = latest(events, store.TailLimit)
	}
	return tails, nil
}

// getAll reads strings in one round trip, nil where there is none.
func (s *Store) getAll(ctx context.Context, names []string) ([][]byte, error) {
	blobs := make([][]byte, len(names))
	if len(names) == 0 {
		return blobs, nil
	}
	if len(names) == 1 {
		b, err := s.rdb.Get(ctx, names[0]).Bytes()
		if err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
		blobs[0] = b
		return blobs, nil
	}
	pipe := s.rdb.Pipeline()
	cmds := make([]*redis.StringCmd, len(names))
	for i, n := range names {
		cmds[i] = pipe.Get(ctx, n)
	}
	_, _ = pipe.Exec(ctx) // every command has its own error
	for i, cmd := range cmds {
		b, err := cmd.Bytes()
		if err != nil && !errors.Is(err, redis.Nil) {
			return nil, err
		}
		blobs[i] = b
	}
	return blobs, nil
}

// replacement is new content for packed events that were read.
type replacement struct {
	member, key string
	read        []byte
	content     []byte
}

// replace writes replacements whose keys and index share a tag; what was
// appended since they were read stays, and one that somebody else replaced
// meanwhile is left alone.
func (s *Store) replace(ctx context.Context, index string, rs []replacement) error {
	if len(rs) == 0 {
		return nil
	}
	keys, args := []string{index}, make([]any, 0, 4*len(rs))
	for _, r := range rs {
		sum := sha1.Sum(r.read)
		keys = append(keys, r.key)
		args = append(args, r.member, strconv.Itoa(len(r.read)), hex.EncodeToString(sum[:]), r.content)
	}
	if _, err := s.run(ctx, call{replaceScript, keys, args}); err != nil && !errors.Is(err, redis.Nil) {
		return mapError("replace packed events", err)
	}
	return nil
}

// cutTails cuts long tails back to what readers see.
func (s *Store) cutTails(ctx context.Context, users []shop.UserID) error {
	for _, u := range users {
		key := s.keys.tail(u)
		read, err := s.getAll(ctx, []string{key})
		if err != nil {
			return mapError("read recent events", err)
		}
		events, err := unpack(read[0])
		if err != nil {
			return fmt.Errorf("recent events of user %s: %w", u, err)
		}
		r := replacement{u.String(), key, read[0], pack(latest(events, store.TailLimit), false)}
		if err := s.replace(ctx, s.keys.users(partitionOf(u)), []replacement{r}); err != nil {
			return err
		}
	}
	return nil
}

// trimChunk is how many tails are trimmed while the database serves nobody else.
const trimChunk = 500

// TrimTails implements store.Loader.
func (s *Store) TrimTails(ctx context.Context, recordedBefore time.Time) error {
	for p := range partitions {
		// All at once rather than by SSCAN: the embedded server's cursor is a place in the
		// set's order, and moves when trimming takes users out.
		users, err := s.rdb.SMembers(ctx, s.keys.users(p)).Result()
		if err != nil {
			return mapError("trim recent events", err)
		}
		for chunk := range slices.Chunk(users, trimChunk) {
			if err := s.trimSome(ctx, p, chunk, recordedBefore); err != nil {
				return fmt.Errorf("trim recent events: %w", err)
			}
		}
	}
	return nil
}

func (s *Store) trimSome(ctx context.Context, p int, users []string, before time.Time) error {
	names := make([]string, len(users))
	for i, u := range users {
		names[i] = s.keys.part[p] + "tail:" + u
	}
	values, err := s.rdb.MGet(ctx, names...).Result()
	if err != nil {
		return mapError("read recent events", err)
	}
	var rs []replacement
	for i, v := range values {
		read, _ := v.(string)
		events, err := unpack([]byte(read))
		if err != nil {
			return fmt.Errorf("recent events of user %s: %w", users[i], err)
		}
		keep := make([]shop.Event, 0, len(events))
		for _, e := range events {
			if !e.RecordedAt.Before(before) {
				keep = append(keep, e)
			}
		}
		if len(keep) < len(events) || len(events) == 0 {
			rs = append(rs, replacement{users[i], names[i], []byte(read), pack(latest(keep, store.TailLimit), false)})
		}
	}
	return s.replace(ctx, s.keys.users(p), rs)
}
