package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"also/shop"
	"also/store"
)

// take takes a task without waiting.
func (e *env) take(worker string, idle time.Duration) (store.Task, bool) {
	e.t.Helper()
	task, ok, err := e.s.Take(e.ctx, "q", worker, idle, 0)
	e.ok(err)
	return task, ok
}

// waitIdle lets a task lie for longer than idle, by the server's own clock.
func waitIdle(idle time.Duration) { <-time.After(idle + 10*time.Millisecond) }

const shortIdle = 30 * time.Millisecond

var queueCases = []testCase{
	{"Take/hands out what was pushed, in order, each once", func(t *testing.T, e *env) {
		for i := range 3 {
			e.ok(e.s.Push(e.ctx, "q", fmt.Sprint("b", i)))
		}
		e.ok(e.s.Push(e.ctx, "other", "x"))
		for i := range 3 {
			task, ok := e.take("w", time.Hour)
			equal(t, []any{ok, task.Body, task.Queue}, []any{true, fmt.Sprint("b", i), "q"})
			e.ok(e.s.Done(e.ctx, task))
		}
		_, ok := e.take("w", 0)
		equal(t, ok, false)
	}},
	{"Take/of an empty queue waits up to block", func(t *testing.T, e *env) {
		start := time.Now()
		_, ok, err := e.s.Take(e.ctx, "q", "w", time.Hour, 30*time.Millisecond)
		e.ok(err)
		equal(t, ok, false)
		if waited := time.Since(start); waited < 30*time.Millisecond {
			t.Fatalf("it waited %v", waited)
		}
	}},
	{"Take/wakes who waits", func(t *testing.T, e *env) {
		got := make(chan string, 1)
		go func() {
			task, _, err := e.s.Take(e.ctx, "q", "w", time.Hour, 20*time.Second)
			if err != nil {
				t.Error(err)
			}
			got <- task.Body
		}()
		e.ok(e.s.Push(e.ctx, "q", "b"))
		equal(t, <-got, "b")
	}},
	{"Take/takes over what another has not finished for longer than idle", func(t *testing.T, e *env) {
		e.ok(e.s.Push(e.ctx, "q", "b"))
		first, _ := e.take("w1", time.Hour)
		_, ok := e.take("w2", time.Hour)
		equal(t, ok, false)
		waitIdle(shortIdle)
		e.ok(e.s.Push(e.ctx, "q", "new"))
		second, ok := e.take("w2", shortIdle)
		equal(t, []any{ok, second}, []any{true, first})
	}},
	{"Take/who waits gets what becomes idle meanwhile", func(t *testing.T, e *env) {
		e.ok(e.s.Push(e.ctx, "q", "b"))
		first, _ := e.take("w1", time.Hour)
		second, ok, err := e.s.Take(e.ctx, "q", "w2", shortIdle, 20*time.Second)
		e.ok(err)
		equal(t, []any{ok, second}, []any{true, first})
	}},
	{"Take/many workers get each task once", func(t *testing.T, e *env) {
		for i := range 50 {
			e.ok(e.s.Push(e.ctx, "q", fmt.Sprint(i)))
		}
		var mu sync.Mutex
		got := map[string]int{}
		codes := parallel(10, func(i int) error {
			for {
				task, ok, err := e.s.Take(e.ctx, "q", fmt.Sprint("w", i), time.Hour, 0)
				if err != nil || !ok {
					return err
				}
				mu.Lock()
				got[task.Body]++
				mu.Unlock()
				if err := e.s.Done(e.ctx, task); err != nil {
					return err
				}
			}
		})
		equal(t, codes, map[shop.Code]int{"": 10})
		equal(t, len(got), 50)
		for b, n := range got {
			if n != 1 {
				t.Fatalf("task %s was handed out %d times", b, n)
			}
		}
	}},
	{"Done/removes a task for good", func(t *testing.T, e *env) {
		e.ok(e.s.Push(e.ctx, "q", "b"))
		task, _ := e.take("w1", time.Hour)
		e.ok(e.s.Done(e.ctx, task))
		e.ok(e.s.Done(e.ctx, task))
		waitIdle(shortIdle)
		_, ok := e.take("w2", shortIdle)
		equal(t, ok, false)
	}},
	{"Extend/keeps others from taking over", func(t *testing.T, e *env) {
		const idle = 500 * time.Millisecond
		e.ok(e.s.Push(e.ctx, "q", "b"))
		task, _ := e.take("w1", time.Hour)
		waitIdle(idle / 2)
		e.ok(e.s.Extend(e.ctx, task, "w1"))
		waitIdle(idle / 2)
		_, ok := e.take("w2", idle)
		equal(t, ok, false)
	}},
	{"Extend/of what another took over, or is done, is CONFLICT", func(t *testing.T, e *env) {
		e.ok(e.s.Push(e.ctx, "q", "b"))
		task, _ := e.take("w1", time.Hour)
		waitIdle(shortIdle)
		_, ok := e.take("w2", shortIdle)
		equal(t, ok, true)
		e.is(e.s.Extend(e.ctx, task, "w1"), shop.Conflict)
		e.ok(e.s.Extend(e.ctx, task, "w2"))
		e.ok(e.s.Done(e.ctx, task))
		e.is(e.s.Extend(e.ctx, task, "w2"), shop.Conflict)
	}},
}

func (e *env) claim(holder string) (store.Lease, bool) {
	e.t.Helper()
	l, ok, err := e.s.Claim(e.ctx, "train", holder, time.Minute)
	e.ok(err)
	return l, ok
}

var leaseCases = []testCase{
	{"Claim/is refused while another holder has it", func(t *testing.T, e *env) {
		l, ok := e.claim("w1")
		equal(t, []any{ok, l.Name, l.Holder}, []any{true, "train", "w1"})
		_, ok = e.claim("w2")
		equal(t, ok, false)
		_, ok, err := e.s.Claim(e.ctx, "other", "w2", time.Minute)
		e.ok(err)
		equal(t, ok, true)
	}},
	{"Claim/of many at once one gets it", func(t *testing.T, e *env) {
		codes := parallel(20, func(i int) error {
			_, ok, err := e.s.Claim(e.ctx, "train", fmt.Sprint("w", i), time.Minute)
			if err == nil && !ok {
				return shop.Errorf(shop.Conflict, "", "refused")
			}
			return err
		})
		equal(t, codes, map[shop.Code]int{"": 1, shop.Conflict: 19})
	}},
	{"Claim/takes over when the time is up, with a higher token", func(t *testing.T, e *env) {
		first, _ := e.claim("w1")
		e.clock.move(time.Minute - time.Millisecond)
		_, ok := e.claim("w2")
		equal(t, ok, false)
		e.clock.move(time.Millisecond)
		second, ok := e.claim("w2")
		equal(t, ok, true)
		if second.Token <= first.Token {
			t.Fatalf("token %d after %d", second.Token, first.Token)
		}
		e.is(e.s.Renew(e.ctx, first, time.Minute), shop.Conflict)
	}},
	{"Claim/of the same holder again makes the first claim worthless", func(t *testing.T, e *env) {
		first, _ := e.claim("w1")
		second, ok := e.claim("w1")
		equal(t, ok, true)
		e.is(e.s.Renew(e.ctx, first, time.Minute), shop.Conflict)
		e.ok(e.s.Renew(e.ctx, second, time.Minute))
	}},
	{"Renew/prolongs", func(t *testing.T, e *env) {
		l, _ := e.claim("w1")
		for range 3 {
			e.clock.move(40 * time.Second)
			e.ok(e.s.Renew(e.ctx, l, time.Minute))
		}
		_, ok := e.claim("w2")
		equal(t, ok, false)
	}},
	{"Renew/of what has run out is CONFLICT", func(t *testing.T, e *env) {
		l, _ := e.claim("w1")
		e.clock.move(time.Minute)
		e.is(e.s.Renew(e.ctx, l, time.Minute), shop.Conflict)
	}},
	{"Release/lets others claim, and ends nobody else's claim", func(t *testing.T, e *env) {
		first, _ := e.claim("w1")
		e.ok(e.s.Release(e.ctx, first))
		second, ok := e.claim("w2")
		equal(t, ok, true)
		e.ok(e.s.Release(e.ctx, first))
		e.ok(e.s.Renew(e.ctx, second, time.Minute))
		if second.Token <= first.Token {
			t.Fatalf("token %d after %d", second.Token, first.Token)
		}
	}},
}

var topicCases = []testCase{
	{"Subscribe/delivers what is published after it returns, to everyone", func(t *testing.T, e *env) {
		var readers []<-chan []byte
		for range 2 {
			c, err := e.s.Subscribe(e.ctx, "topic")
			e.ok(err)
			readers = append(readers, c)
		}
		e.ok(e.s.Publish(e.ctx, "other", []byte("x")))
		for i := range 3 {
			e.ok(e.s.Publish(e.ctx, "topic", []byte{0, byte(i), 255}))
		}
		for _, c := range readers {
			for i := range 3 {
				equal(t, <-c, []byte{0, byte(i), 255})
			}
		}
	}},
	{"Subscribe/closes the channel when ctx ends", func(t *testing.T, e *env) {
		ctx, cancel := context.WithCancel(e.ctx)
		c, err := e.s.Subscribe(ctx, "topic")
		e.ok(err)
		cancel()
		if _, open := <-c; open {
			t.Fatal("the channel delivered something")
		}
	}},
	{"Subscribe/closes the channel when the store closes", func(t *testing.T, e *env) {
		c, err := e.s.Subscribe(e.ctx, "topic")
		e.ok(err)
		e.ok(e.s.Close())
		if _, open := <-c; open {
			t.Fatal("the channel delivered something")
		}
	}},
	{"Subscribe/a slow reader misses messages and holds nobody up", func(t *testing.T, e *env) {
		c, err := e.s.Subscribe(e.ctx, "topic")
		e.ok(err)
		for i := range 2000 {
			e.ok(e.s.Publish(e.ctx, "topic", []byte(fmt.Sprint(i))))
		}
		equal(t, string(<-c), "0")
	}},
}
