package redisstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"also/shop"
	"also/store"
)

// change is a command's atomic step: conditions, writes to hashes, catalogue
// changes and one outbox entry, all under the tag {shop}.
type change struct {
	keys    []string
	conds   []any
	nConds  int
	writes  []any
	nWrites int
	changes []store.Change
	events  []shop.Event
	control []shop.ControlRecord
}

func (c *change) key(name string) int {
	for i, k := range c.keys {
		if k == name {
			return 5 + i // after the four that every step has
		}
	}
	c.keys = append(c.keys, name)
	return 4 + len(c.keys)
}

// same asks that a field still has the value that was read; nil: is absent.
func (c *change) same(key, field string, value []byte) {
	c.nConds++
	if value == nil {
		c.conds = append(c.conds, "-", c.key(key), field, "")
		return
	}
	c.conds = append(c.conds, "=", c.key(key), field, value)
}

// held asks that a lease is still held.
func (c *change) held(key string, l store.Lease, now int64) {
	c.nConds++
	c.conds = append(c.conds, "L", c.key(key), claimText(l), now)
}

func (c *change) write(kind, key, field string, value any) {
	c.nWrites++
	c.writes = append(c.writes, kind, c.key(key), field, value)
}

func (c *change) set(key, field string, value any)         { c.write("set", key, field, value) }
func (c *change) setIfAbsent(key, field string, value any) { c.write("default", key, field, value) }
func (c *change) del(key, field string)                    { c.write("del", key, field, "") }

// addIfThere adds to a number that is there.
func (c *change) addIfThere(key, field string, n int) { c.write("add", key, field, n) }

// unlist takes a member out of a list, drop deletes a key.
func (c *change) unlist(key, member string) { c.write("lrem", key, "", member) }
func (c *change) drop(key string)           { c.write("drop", key, "", "") }

// customerChanged tells the readers of CustomerChanges.
func (c *change) customerChanged(u shop.UserID) {
	c.changes = append(c.changes, store.Change{Kind: customerChange, ID: u.String()})
}
func (c *change) record(name string, value json.RawMessage) {
	c.control = append(c.control, shop.ControlRecord{Name: name, Value: value})
}

// apply runs the step. failed is the number of the condition, from 1, that did
// not hold, 0 if all was done.
func (s *Store) apply(ctx context.Context, c *change) (failed int, id store.OutboxID, err error) {
	body, err := encodeBody(c.events, c.control)
	if err != nil {
		return 0, id, err
	}
	args := make([]any, 0, 8+len(c.conds)+len(c.writes)+2*len(c.changes))
	args = append(args, s.now(), c.nConds)
	args = append(args, c.conds...)
	args = append(args, c.nWrites)
	args = append(args, c.writes...)
	args = append(args, len(c.changes))
	for _, ch := range c.changes {
		args = append(args, string(ch.Kind), ch.ID)
	}
	args = append(args, len(c.events), body)
	keys := append([]string{s.keys.outbox(commandOutbox), s.keys.changes(), s.keys.number(), s.keys.people()}, c.keys...)
	v, err := s.run(ctx, call{applyScript, keys, args})
	if err != nil {
		return 0, id, mapError("apply", err)
	}
	reply := v.([]any)
	if reply[0].(int64) == 0 {
		return int(reply[1].(int64)), id, nil
	}
	return 0, s.written(commandOutbox, reply[1].(string), len(c.changes) > 0), nil
}

// written rings for what a script wrote and names its outbox entry ("" none).
func (s *Store) written(outbox, id string, changed bool) store.OutboxID {
	if changed {
		s.bell.ring(changesBell)
	}
	if id == "" {
		return store.OutboxID{}
	}
	s.bell.ring(outboxBell)
	return store.OutboxID{Outbox: outbox, ID: formatID(id)}
}

// attempts is how often a command is prepared again because somebody else
// changed what it had read.
const attempts = 50

// command prepares a step from what it reads, applies it and waits until it is
// durable; if what it read has changed meanwhile, it starts over. prepare
// returns nil if there is nothing to do.
func (s *Store) command(ctx context.Context, doing string, prepare func() (*change, error)) error {
	return s.commandThen(ctx, doing, prepare, nil)
}

// commandThen is command with a second step before the wait.
func (s *Store) commandThen(ctx context.Context, doing string, prepare func() (*change, error), then func() error) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	for range attempts {
		c, err := prepare()
		if err != nil {
			return err
		}
		if c == nil {
			return s.commitAll(ctx)
		}
		failed, id, err := s.apply(ctx, c)
		if err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
		if failed > 0 {
			continue
		}
		if then != nil {
			if err := then(); err != nil {
				return fmt.Errorf("%s: %w", doing, err)
			}
		}
		if id.ID == "" {
			return nil
		}
		return s.commit(ctx, []store.OutboxID{id})
	}
	return shop.Errorf(shop.Conflict, "", "others kept changing the same thing; try again")
}

// commitAll waits until all that commands have written so far is durable. A
// command that finds itself done may have been done a moment ago by a call that still
// waits: it must not be answered before that one would be.
func (s *Store) commitAll(ctx context.Context) error {
	if s.opts.Durability == nil {
		return nil
	}
	last, err := s.outboxEnd(ctx, commandOutbox)
	if err != nil || last == "" {
		return err
	}
	return s.commit(ctx, []store.OutboxID{{Outbox: commandOutbox, ID: last}})
}

// encodeBody encodes an outbox entry; "" if it would be empty.
func encodeBody(events []shop.Event, control []shop.ControlRecord) ([]byte, error) {
	if len(events) == 0 && len(control) == 0 {
		return nil, nil
	}
	var b bytes.Buffer
	b.WriteByte('{')
	if len(events) > 0 {
		b.WriteString(`"events":[`)
		for i, e := range events {
			if i > 0 {
				b.WriteByte(',')
			}
			j, err := e.MarshalJSON()
			if err != nil {
				return nil, fmt.Errorf("encode event %s: %w", e.ID, err)
			}
			b.Write(j)
		}
		b.WriteByte(']')
	}
	if len(control) > 0 {
		if len(events) > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"control":`)
		j, err := json.Marshal(control)
		if err != nil {
			return nil, fmt.Errorf("encode control records: %w", err)
		}
		b.Write(j)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func claimText(l store.Lease) string { return strconv.FormatInt(l.Token, 10) + " " + l.Holder }

// decodeBody reads the events of an outbox entry.
func decodeBody(b []byte) ([]shop.Event, error) {
	var body struct {
		Events []shop.Event `json:"events"`
	}
	if err := json.Unmarshal(b, &body); err != nil {
		return nil, fmt.Errorf("decode an outbox entry: %w", err)
	}
	return body.Events, nil
}
