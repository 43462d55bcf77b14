package redisstore

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// A queue is a stream with this one consumer group.
const queueGroup = "workers"

// Push implements store.Broker.
func (s *Store) Push(ctx context.Context, queue, body string) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	err := s.rdb.XAdd(ctx, &redis.XAddArgs{Stream: s.keys.queue(queue), Values: []any{"body", body}}).Err()
	if err != nil {
		return mapError("push", err)
	}
	s.bell.ring(queueBell + queue)
	return nil
}

// Take implements store.Broker.
func (s *Store) Take(ctx context.Context, queue, worker string, idle, block time.Duration) (t store.Task, ok bool, err error) {
	if err := s.admit(ctx); err != nil {
		return t, false, err
	}
	deadline := time.Now().Add(block)
	for {
		// What a dead worker left becomes idle without a bell: look again now and then.
		wait := max(0, min(time.Until(deadline), 200*time.Millisecond))
		err := s.follow(ctx, queueBell+queue, wait, func() (bool, error) {
			t, ok, err = s.takeNow(ctx, queue, worker, idle)
			return ok, err
		})
		if err != nil || ok || !time.Now().Before(deadline) {
			return t, ok, err
		}
	}
}

func (s *Store) takeNow(ctx context.Context, queue, worker string, idle time.Duration) (store.Task, bool, error) {
	key := s.keys.queue(queue)
	left, _, err := s.rdb.XAutoClaim(ctx, &redis.XAutoClaimArgs{
		Stream: key, Group: queueGroup, Consumer: worker, MinIdle: idle, Start: "0-0", Count: 1,
	}).Result()
	if err != nil && strings.HasPrefix(err.Error(), "NOGROUP") {
		err = s.rdb.XGroupCreateMkStream(ctx, key, queueGroup, "0").Err()
		if err != nil && strings.HasPrefix(err.Error(), "BUSYGROUP") { // another worker was first
			err = nil
		}
	}
	if err != nil {
		return store.Task{}, false, mapError("take over a task", err)
	}
	if len(left) > 0 {
		return task(queue, left[0]), true, nil
	}
	read, err := s.rdb.XReadGroup(ctx, &redis.XReadGroupArgs{
		Group: queueGroup, Consumer: worker, Streams: []string{key, ">"}, Count: 1, Block: -1,
	}).Result()
	if errors.Is(err, redis.Nil) {
		return store.Task{}, false, nil
	}
	if err != nil {
		return store.Task{}, false, mapError("take a task", err)
	}
	if len(read) == 0 || len(read[0].Messages) == 0 {
		return store.Task{}, false, nil
	}
	return task(queue, read[0].Messages[0]), true, nil
}

func task(queue string, m redis.XMessage) store.Task {
	body, _ := m.Values["body"].(string)
	return store.Task{Queue: queue, ID: m.ID, Body: body}
}

// Done implements store.Broker.
func (s *Store) Done(ctx context.Context, t store.Task) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	key := s.keys.queue(t.Queue)
	_, err := s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.XAck(ctx, key, queueGroup, t.ID)
		p.XDel(ctx, key, t.ID)
		return nil
	})
	return mapError("finish a task", err)
}

// Extend implements store.Broker; shop.Conflict if the worker no longer has it.
func (s *Store) Extend(ctx context.Context, t store.Task, worker string) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	v, err := s.run(ctx, call{extendScript, []string{s.keys.queue(t.Queue)}, []any{queueGroup, worker, t.ID}})
	nobodyTook := err != nil && strings.Contains(err.Error(), "NOGROUP")
	if err != nil && !nobodyTook {
		return mapError("extend a task", err)
	}
	if nobodyTook || v.(int64) == 0 {
		return shop.Errorf(shop.Conflict, "", "another worker has taken this task over")
	}
	return nil
}
