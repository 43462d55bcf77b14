package redisstore

import (
	"context"
	"strconv"
	"strings"

	"also/store"
)

// Describe implements store.Store.
func (s *Store) Describe(ctx context.Context) (store.Description, error) {
	if s.embedded != nil {
		return store.Description{Kind: "embedded"}, mapError("describe", ctx.Err())
	}
	text, err := s.rdb.Info(ctx).Result()
	if err != nil {
		return store.Description{}, mapError("describe", err)
	}
	facts := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			facts[name] = value
		}
	}
	d := store.Description{
		Kind: "redis", Version: facts["redis_version"], UsedBytes: number(facts["used_memory"]), MaxBytes: number(facts["maxmemory"]),
		Eviction: facts["maxmemory_policy"], Durability: "none",
	}
	if s.opts.Cluster {
		d.Kind = "redis cluster"
	}
	if facts["aof_enabled"] == "1" {
		d.Durability = "on" // a server may refuse to tell how often it syncs
		if policy, err := s.rdb.ConfigGet(ctx, "appendfsync").Result(); err == nil && policy["appendfsync"] != "" {
			d.Durability = policy["appendfsync"]
		}
	}
	return d, nil
}

// number reads a whole number, 0 if it is none.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
