package redisstore

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

// bulk sends many writes in few round trips. It gathers fields of one hash,
// members of one set and strings of one tag, so that the order of writes to different
// keys is lost.
type bulk struct {
	s      *Store
	pipe   redis.Pipeliner
	n      int // commands waiting
	bytes  int
	hashes map[string][]any
	sets   map[string][]any
	texts  map[string][]any // by tag
}

// The size of one round trip and of one command.
const (
	bulkBytes    = 4 << 20
	bulkCommands = 2000
	bulkFields   = 500
)

func (s *Store) newBulk() *bulk {
	return &bulk{s: s, pipe: s.rdb.Pipeline(), hashes: map[string][]any{}, sets: map[string][]any{}, texts: map[string][]any{}}
}

func (b *bulk) hset(ctx context.Context, key, field string, value []byte) error {
	fields := append(b.hashes[key], field, value)
	b.bytes += len(field) + len(value) + 16
	if len(fields) >= 2*bulkFields {
		b.pipe.HSet(ctx, key, fields...)
		delete(b.hashes, key)
		return b.sent(ctx, 0)
	}
	b.hashes[key] = fields
	return b.maybeFlush(ctx)
}

func (b *bulk) sadd(ctx context.Context, key, member string) error {
	members := append(b.sets[key], member)
	b.bytes += len(member) + 16
	if len(members) >= bulkFields {
		b.pipe.SAdd(ctx, key, members...)
		delete(b.sets, key)
		return b.sent(ctx, 0)
	}
	b.sets[key] = members
	return b.maybeFlush(ctx)
}

// set writes a string; no key twice.
func (b *bulk) set(ctx context.Context, key string, value []byte) error {
	tag, _, _ := strings.Cut(key, "}")
	texts := append(b.texts[tag], key, value)
	b.bytes += len(key) + len(value) + 16
	if len(texts) >= 2*bulkFields {
		b.pipe.MSet(ctx, texts...)
		delete(b.texts, tag)
		return b.sent(ctx, 0)
	}
	b.texts[tag] = texts
	return b.maybeFlush(ctx)
}

func (b *bulk) rpush(ctx context.Context, key, value string) error {
	b.pipe.RPush(ctx, key, value)
	return b.sent(ctx, len(key)+len(value))
}

func (b *bulk) sent(ctx context.Context, bytes int) error {
	b.n++
	b.bytes += bytes
	return b.maybeFlush(ctx)
}

func (b *bulk) maybeFlush(ctx context.Context) error {
	if b.n < bulkCommands && b.bytes < bulkBytes {
		return nil
	}
	return b.flush(ctx)
}

func (b *bulk) flush(ctx context.Context) error {
	for key, fields := range b.hashes {
		b.pipe.HSet(ctx, key, fields...)
	}
	for key, members := range b.sets {
		b.pipe.SAdd(ctx, key, members...)
	}
	for _, texts := range b.texts {
		b.pipe.MSet(ctx, texts...)
	}
	clear(b.hashes)
	clear(b.sets)
	clear(b.texts)
	b.n, b.bytes = 0, 0
	if b.pipe.Len() == 0 {
		return nil
	}
	_, err := b.pipe.Exec(ctx)
	if err != nil {
		return mapError("load", fmt.Errorf("write in bulk: %w", err))
	}
	return nil
}
