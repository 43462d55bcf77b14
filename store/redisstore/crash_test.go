package redisstore

import (
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// A process may end between a command's two steps; whoever starts next, or the
// caller who repeats the command, finishes it.
func TestSecondStep(t *testing.T) {
	commands := map[string]func(t *testing.T, s *Store) error{
		"an order": func(t *testing.T, s *Store) error {
			o, events := newOrder(7, "k", "A", 2)
			_, err := s.PlaceOrder(t.Context(), o, events, false)
			return err
		},
		"a cart line": func(t *testing.T, s *Store) error {
			_, err := s.SetCartLine(t.Context(), 7, shop.CartLine{SKU: "A", Quantity: 2}, newEvent("", 7, "A"), newEvent("", 7, "A"))
			return err
		},
		"a sign-in": func(t *testing.T, s *Store) error {
			return s.SignIn(t.Context(), "old", shop.Session{
				TokenHash: "new", User: 1, Customer: 7, ExpiresAt: noon.Add(time.Hour),
			}, newEvent("", 7, ""))
		},
	}
	for name, command := range commands {
		for _, crash := range []struct {
			at string
			on func(redis.Cmder) bool
		}{
			{"before the second step", func(c redis.Cmder) bool { return isRun(c, recordScript) || isRun(c, appendScript) }},
			{"before the note of it is taken away", func(c redis.Cmder) bool { return c.Name() == "hdel" }},
			{"while a session's events move", func(c redis.Cmder) bool { return isRun(c, replaceScript) }},
		} {
			t.Run(name+" "+crash.at, func(t *testing.T) {
				s := embedded(t, Options{})
				save(t, s, "A", 10)
				must(t, s.SaveSession(t.Context(), shop.Session{TokenHash: "old", User: 1, ExpiresAt: noon.Add(time.Hour)}))
				viewed := newEvent(shop.ProductView, 0, "A")
				viewed.Session = 1
				_, err := s.RecordEvents(t.Context(), []shop.Event{viewed})
				must(t, err)
				crashing := true
				s.rdb.AddHook(&hook{before: func(c redis.Cmder) error {
					if crashing && crash.on(c) {
						return errCrash
					}
					return nil
				}})
				if err := command(t, s); err == nil {
					if crash.at != "while a session's events move" {
						t.Fatal("the crash went unseen")
					}
				} else if !errors.Is(err, errCrash) {
					t.Fatal(err)
				}
				crashing = false
				for range 2 {
					must(t, s.RepairOrders(t.Context()))
					if tail := tailOf(t, s, 7); len(tail) != 1 {
						t.Fatalf("the history has %d events", len(tail))
					}
					if left := tailOf(t, s, 1); name == "a sign-in" && len(left) > 0 {
						t.Fatalf("%d events did not move", len(left))
					}
				}
				if n, err := s.rdb.HLen(t.Context(), s.keys.pending()).Result(); err != nil || n != 0 {
					t.Fatalf("%d steps are still noted, %v", n, err)
				}
			})
		}
	}
}

func TestRepeatedOrderFinishesTheFirst(t *testing.T) {
	s := embedded(t, Options{})
	save(t, s, "A", 10)
	crashing := true
	s.rdb.AddHook(&hook{before: func(c redis.Cmder) error {
		if crashing && isRun(c, recordScript) {
			return errCrash
		}
		return nil
	}})
	o, events := newOrder(7, "k", "A", 2)
	if _, err := s.PlaceOrder(t.Context(), o, events, false); !errors.Is(err, errCrash) {
		t.Fatalf("got %v", err)
	}
	crashing = false
	again, againEvents := newOrder(7, "k", "A", 2)
	placed, err := s.PlaceOrder(t.Context(), again, againEvents, false)
	must(t, err)
	if placed.ID != o.ID || len(tailOf(t, s, 7)) != 1 {
		t.Fatalf("got order %s with %d events in the history", placed.ID, len(tailOf(t, s, 7)))
	}
	found, err := s.Products(t.Context(), []string{"A"})
	must(t, err)
	if found[0].Stock != 8 {
		t.Fatalf("the stock is %d", found[0].Stock)
	}
}

// A follower that is behind what the streams still hold must reload.
func TestFollowersBehind(t *testing.T) {
	s := embedded(t, Options{})
	ctx := t.Context()
	for range 5 {
		save(t, s, "A", 1)
		must(t, s.NoteFresh(ctx, []shop.Event{newEvent(shop.Purchase, 1, "A")}))
	}
	must(t, s.rdb.XTrimMaxLen(ctx, s.keys.changes(), 2).Err())
	must(t, s.rdb.XTrimMaxLen(ctx, s.keys.freshened(), 2).Err())
	for after, behind := range map[string]bool{"": true, "1": true, "2": true, "3": false, "5": false} {
		changes, _, err := s.Changes(ctx, after, 0)
		if errors.Is(err, store.ErrBehind) != behind {
			t.Errorf("changes after %q: %v, %v", after, changes, err)
		}
		if after == "" { // the fresh items' start needs no stream
			continue
		}
		skus, _, err := s.FreshSKUs(ctx, after, 0)
		if errors.Is(err, store.ErrBehind) != behind {
			t.Errorf("fresh items after %q: %v, %v", after, skus, err)
		}
	}
}

func TestSweep(t *testing.T) {
	now := noon
	s := embedded(t, Options{Now: func() time.Time { return now }})
	ctx := t.Context()
	cart := func(owner shop.UserID) {
		_, err := s.SetCartLine(ctx, owner, shop.CartLine{SKU: "A", Quantity: 1}, newEvent("", owner, "A"), newEvent("", owner, "A"))
		must(t, err)
	}
	must(t, s.SaveSession(ctx, shop.Session{TokenHash: "guest", User: 1, ExpiresAt: now.Add(time.Minute)}))
	must(t, s.SaveSession(ctx, shop.Session{TokenHash: "known", User: 2, Customer: 7, ExpiresAt: now.Add(time.Minute)}))
	must(t, s.SaveSession(ctx, shop.Session{TokenHash: "lasts", User: 3, ExpiresAt: now.Add(time.Hour)}))
	for _, owner := range []shop.UserID{1, 7, 3} {
		cart(owner)
	}
	now = now.Add(time.Minute)
	ends, err := s.OutboxEnds(ctx)
	must(t, err)
	for range 2 {
		for bucket := range sessionBuckets {
			must(t, s.sweepSessions(ctx, bucket))
		}
	}
	var names []string
	entries, err := s.Entries(ctx, ends, 100, 0)
	must(t, err)
	for _, e := range entries {
		names = append(names, string(e.Body))
	}
	if len(entries) != 2 { // each session once, the guest's with the cart
		t.Fatalf("the sweep wrote %v", names)
	}
	dump, err := s.Dump(ctx)
	must(t, err)
	for key, there := range map[string]bool{"{shop}:session[lasts]": true, "{shop}:cart[1]": false, "{shop}:cart[7]": true, "{shop}:cart[3]": true} {
		if _, ok := dump[key]; ok != there {
			t.Errorf("%s: there %v, want %v", key, ok, there)
		}
	}
	if n, err := s.rdb.HLen(ctx, s.keys.session(sessionBucket("guest"))).Result(); err != nil || n > 1 {
		t.Fatalf("the expired session is still stored (%d, %v)", n, err)
	}
}

// A session that expired while nobody served is swept after a load, so that
// the lake forgets it too.
func TestSweepAfterLoad(t *testing.T) {
	s := embedded(t, Options{})
	ctx := t.Context()
	v, err := encodeSession(shop.Session{TokenHash: "guest", User: 1, ExpiresAt: noon.Add(-time.Hour)})
	must(t, err)
	must(t, s.Load(ctx, store.State{Controls: values([]shop.ControlRecord{{Name: "session/guest", Value: v}})}))
	must(t, s.sweepSessions(ctx, sessionBucket("guest")))
	entries, err := s.Entries(ctx, nil, 10, 0)
	must(t, err)
	if len(entries) != 1 || string(entries[0].Body) != `{"control":[{"name":"session/guest","value":null}]}` {
		t.Fatalf("the sweep wrote %+v", entries)
	}
}

func TestSweepRunsByItself(t *testing.T) {
	s := embedded(t, Options{SweepEvery: time.Millisecond})
	must(t, s.SaveSession(t.Context(), shop.Session{TokenHash: "guest", User: 1, ExpiresAt: noon}))
	key := s.sessionKey("guest")
	deadline := time.After(20 * time.Second)
	for {
		n, err := s.rdb.HLen(t.Context(), key).Result()
		must(t, err)
		if n == 0 {
			return
		}
		select {
		case <-deadline:
			t.Fatal("the session was not swept")
		case <-time.After(time.Millisecond):
		}
	}
}

// What is recorded while packed events are being replaced stays.
func TestRecordedWhileReplacing(t *testing.T) {
	replacing := map[string]func(t *testing.T, s *Store) error{
		"trimming": func(t *testing.T, s *Store) error { return s.TrimTails(t.Context(), noon.Add(time.Hour)) },
		"cutting":  func(t *testing.T, s *Store) error { return s.cutTails(t.Context(), []shop.UserID{1}) },
		"joining":  func(t *testing.T, s *Store) error { return s.finishJoin(t.Context(), 1, 7) },
	}
	for name, replace := range replacing {
		t.Run(name, func(t *testing.T) {
			s := embedded(t, Options{})
			old := newEvent(shop.ProductView, 1, "old")
			late := newEvent(shop.ProductView, 1, "late")
			late.RecordedAt = noon.Add(2 * time.Hour)
			_, err := s.RecordEvents(t.Context(), []shop.Event{old})
			must(t, err)
			recorded := false
			s.rdb.AddHook(&hook{before: func(c redis.Cmder) error {
				if recorded || !isRun(c, replaceScript) {
					return nil
				}
				recorded = true
				_, err := s.RecordEvents(t.Context(), []shop.Event{late})
				return err
			}})
			must(t, replace(t, s))
			if !recorded {
				t.Fatal("nothing was replaced")
			}
			where := shop.UserID(1)
			if name == "joining" {
				where = 7
			}
			tail := tailOf(t, s, where)
			if len(tail) == 0 || tail[len(tail)-1].SKU == "old" && tail[0].SKU == "old" {
				t.Fatalf("the history is %v", tail)
			}
			if name == "joining" && len(tailOf(t, s, 1)) > 0 {
				t.Fatal("the session keeps a history")
			}
		})
	}
}

// Two who replace the same thing: the second's reading is out of date, and it
// leaves alone what is there.
func TestReplacedMeanwhile(t *testing.T) {
	s := embedded(t, Options{})
	ctx := t.Context()
	key, users := s.keys.tail(1), s.keys.users(partitionOf(1))
	must(t, s.rdb.Set(ctx, key, "first", 0).Err())
	must(t, s.replace(ctx, users, []replacement{{"1", key, []byte("first"), []byte("later")}}))
	must(t, s.replace(ctx, users, []replacement{{"1", key, []byte("first"), []byte("other")}}))
	if got, err := s.rdb.Get(ctx, key).Result(); err != nil || got != "later" {
		t.Fatalf("got %q, %v", got, err)
	}
}
