package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// Entries implements store.Outbox.
func (s *Store) Entries(ctx context.Context, after map[string]string, maxEntries int, block time.Duration) (entries []store.Entry, err error) {
	if maxEntries <= 0 {
		return nil, shop.Errorf(shop.BadUserInput, "max", "ask for one entry at least")
	}
	from := map[string]string{}
	for _, name := range outboxNames() {
		if from[name], err = parseID(after[name]); err != nil {
			return nil, err
		}
	}
	err = s.follow(ctx, outboxBell, block, func() (bool, error) {
		entries, err = s.entriesNow(ctx, from, maxEntries)
		return len(entries) > 0, err
	})
	return entries, err
}

// entriesNow reads the partitions' outboxes and then the commands': what a
// partition's entry rests on, such as the user of a customer who was new, is then among
// what is read, unless that is more than was asked for; in that case the partitions wait.
func (s *Store) entriesNow(ctx context.Context, from map[string]string, maxEntries int) ([]store.Entry, error) {
	names := outboxNames()
	cmds := make([]*redis.XStreamSliceCmd, len(names))
	pipe := s.rdb.Pipeline()
	read := func(i int) {
		cmds[i] = pipe.XRead(ctx, &redis.XReadArgs{
			Streams: []string{s.keys.outbox(names[i]), from[names[i]]}, Count: int64(maxEntries), Block: -1,
		})
	}
	for i := 1; i < len(names); i++ {
		read(i)
	}
	if s.opts.Cluster { // which sends a pipeline's parts to their nodes at the same time
		_, _ = pipe.Exec(ctx) // every command has its own error
		pipe = s.rdb.Pipeline()
	}
	read(0)
	_, _ = pipe.Exec(ctx) // every command has its own error
	var entries []store.Entry
	for i, cmd := range cmds {
		streams, err := cmd.Result()
		if errors.Is(err, redis.Nil) {
			continue
		}
		if err != nil {
			return nil, mapError("read an outbox", err)
		}
		for _, stream := range streams {
			for _, m := range stream.Messages {
				e, err := entry(names[i], m)
				if err != nil {
					return nil, err
				}
				entries = append(entries, e)
			}
		}
		if i == 0 && len(entries) >= maxEntries {
			break
		}
	}
	return entries, nil
}

func entry(outbox string, m redis.XMessage) (store.Entry, error) {
	text := func(field string) string {
		v, _ := m.Values[field].(string)
		return v
	}
	n, err := strconv.Atoi(text("n"))
	if err != nil {
		return store.Entry{}, fmt.Errorf("entry %s of outbox %s: %w", m.ID, outbox, err)
	}
	at, err := strconv.ParseInt(text("at"), 10, 64)
	if err != nil {
		return store.Entry{}, fmt.Errorf("entry %s of outbox %s: %w", m.ID, outbox, err)
	}
	return store.Entry{
		OutboxID: store.OutboxID{Outbox: outbox, ID: formatID(m.ID)}, At: time.UnixMilli(at).UTC(), Events: n, Body: []byte(text("body")),
	}, nil
}

// TrimOutbox implements store.Outbox.
func (s *Store) TrimOutbox(ctx context.Context, through map[string]string) error {
	pipe := s.rdb.Pipeline()
	n := 0
	for name, id := range through {
		key := s.keys.outbox(name)
		if key == "" {
			return shop.Errorf(shop.BadUserInput, "", "there is no outbox %q", name)
		}
		if id == "" {
			continue
		}
		ms, seq, err := splitID(id)
		if err != nil {
			return shop.Errorf(shop.BadUserInput, "", "%q is not a position of an outbox", id)
		}
		pipe.XTrimMinID(ctx, key, fmt.Sprintf("%d-%d", ms, seq+1))
		n++
	}
	if n == 0 {
		return nil
	}
	_, err := pipe.Exec(ctx)
	return mapError("trim outboxes", err)
}

// OutboxEnds implements store.Outbox.
func (s *Store) OutboxEnds(ctx context.Context) (map[string]string, error) {
	ends := map[string]string{}
	for _, name := range outboxNames() {
		end, err := s.outboxEnd(ctx, name)
		if err != nil {
			return nil, err
		}
		ends[name] = end
	}
	return ends, nil
}

// outboxEnd returns the last id ever written to an outbox, "" if none.
func (s *Store) outboxEnd(ctx context.Context, name string) (string, error) {
	info, err := s.rdb.XInfoStream(ctx, s.keys.outbox(name)).Result()
	if err != nil && strings.Contains(err.Error(), "no such key") {
		return "", nil
	}
	if err != nil {
		return "", mapError("ask for an outbox's end", err)
	}
	if info.LastGeneratedID == "" || info.LastGeneratedID == "0-0" {
		return "", nil
	}
	return formatID(info.LastGeneratedID), nil
}

// OutboxLengths implements store.Outbox.
func (s *Store) OutboxLengths(ctx context.Context) (map[string]int64, error) {
	names := outboxNames()
	pipe := s.rdb.Pipeline()
	cmds := make([]*redis.IntCmd, len(names))
	for i, name := range names {
		cmds[i] = pipe.XLen(ctx, s.keys.outbox(name))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, mapError("measure outboxes", err)
	}
	lengths := make(map[string]int64, len(names))
	for i, name := range names {
		lengths[name] = cmds[i].Val()
	}
	return lengths, nil
}
