package redisstore

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"also/shop"
	"also/store"
)

// Dump returns the view as text, for comparing one view with another: each
// field of a hash, each string and each list under its key ("{shop}:stock[A1]").
// What is equal by the contract is equal here: packed events are shown as readers
// get them, ids that were seen without the window that remembers them, a session
// that has expired not at all.
//
// These are left out, being no view of the records:
//
//   - outbox, and number, changes, people and freshened, the streams that followers
//     read: their ids say when and how often something was written, not what is;
//   - lease, lease-token, queue and rate: they belong to the broker, and stay
//     through a Reset;
//   - made: it says from how much of the lake the view was made, which differs
//     between a view that grew and one made again;
//   - pending: it empties itself, and RepairOrders empties it;
//   - the sets users, fresh, lists and placed-days, which name keys that are shown themselves.
func (s *Store) Dump(ctx context.Context) (map[string]string, error) {
	all, err := s.allKeys(ctx)
	if err != nil {
		return nil, err
	}
	dump := map[string]string{}
	for _, key := range all {
		if err := s.dumpKey(ctx, dump, key); err != nil {
			return nil, fmt.Errorf("dump %s: %w", key, err)
		}
	}
	return dump, nil
}

func (s *Store) dumpKey(ctx context.Context, dump map[string]string, key string) error {
	tag, name, _ := strings.Cut(key, "}:")
	kind, _, more := strings.Cut(name, ":")
	switch kind {
	case "outbox", "made", "number", "changes", "freshened", "people", "lease", "lease-token", "queue", "rate", "pending", "users", "lists", "placed-days":
		return nil
	case "tail":
		return s.dumpPacked(ctx, dump, key, func(e []shop.Event) []shop.Event { return latest(e, store.TailLimit) })
	case "fresh":
		if !more {
			return nil
		}
		return s.dumpPacked(ctx, dump, key, func(e []shop.Event) []shop.Event { return earliest(e, FreshLimit) })
	case "orders", "placed":
		ids, err := s.rdb.LRange(ctx, key, 0, -1).Result()
		dump[key] = strings.Join(ids, " ")
		return mapError("dump", err)
	case "seen":
		return s.dumpHash(ctx, dump, tag+"}:seen", key, func(id, value string) (string, string, error) {
			return hex.EncodeToString([]byte(id)), hex.EncodeToString([]byte(value)), nil
		})
	case "list":
		return s.dumpHash(ctx, dump, key, key, func(field, value string) (string, string, error) {
			entries, err := unpackList([]byte(value))
			return field, fmt.Sprint(entries), err
		})
	case "session":
		return s.dumpHash(ctx, dump, s.keys.shop+"session", key, s.dumpSession)
	}
	return s.dumpHash(ctx, dump, key, key, func(field, value string) (string, string, error) { return field, value, nil })
}

func (s *Store) dumpSession(tokenHash, value string) (string, string, error) {
	v, err := decodeSession([]byte(value))
	if err != nil || !v.ExpiresAt.After(s.opts.Now()) {
		return "", "", err
	}
	return tokenHash, value, nil
}

// dumpHash shows a hash; a field that show makes "" is left out.
func (s *Store) dumpHash(
	ctx context.Context, dump map[string]string, as, key string, show func(field, value string) (string, string, error),
) error {
	all, err := s.rdb.HGetAll(ctx, key).Result()
	if err != nil {
		return mapError("dump", err)
	}
	for field, value := range all {
		f, v, err := show(field, value)
		if err != nil {
			return err
		}
		if v != "" {
			dump[as+"["+f+"]"] = v
		}
	}
	return nil
}

func (s *Store) dumpPacked(ctx context.Context, dump map[string]string, key string, cut func([]shop.Event) []shop.Event) error {
	b, err := s.getAll(ctx, []string{key})
	if err != nil {
		return mapError("dump", err)
	}
	events, err := unpack(b[0])
	if err != nil {
		return err
	}
	if events = cut(events); len(events) > 0 {
		dump[key] = showEvents(events)
	}
	return nil
}

func showEvents(events []shop.Event) string {
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, "%s %s %s %s %q n=%d r=%d ref=%s q=%q by=%q order=%q user=%s/%s\n", e.ID, e.Type,
			e.OccurredAt.Format(time.RFC3339Nano), strconv.FormatInt(e.RecordedAt.UnixMilli(), 10), e.SKU, e.Quantity, e.Rating, e.Ref,
			e.Query, e.Recommendation, e.Order, e.Customer, e.Session)
	}
	return b.String()
}
