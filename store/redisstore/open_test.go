package redisstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"also/shop"
	"also/store"
	"also/store/storetest"
)

// Nothing is left running. On a busy machine the client's last goroutines take
// their time to end.
func TestMain(m *testing.M) {
	code := m.Run()
	for range 10 {
		if code != 0 {
			break
		}
		err := goleak.Find()
		if err == nil {
			os.Exit(0)
		}
		fmt.Fprintln(os.Stderr, "still running:", err)
	}
	os.Exit(max(code, 1))
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	for _, opts := range []Options{
		{URL: "http://localhost"}, {URL: ""}, {Shop: "A b", URL: "redis://localhost"}, {Shop: "{x}", URL: "redis://localhost"},
		{Shop: strings.Repeat("x", 41), URL: "redis://localhost"}, {URL: "nonsense", Cluster: true},
	} {
		if _, err := Open(t.Context(), opts); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("%+v: got %v", opts, err)
		}
	}
	if _, err := OpenEmbedded(Options{Shop: "*"}); shop.CodeOf(err) != shop.BadUserInput {
		t.Errorf("got %v", err)
	}
}

func TestServerThatIsNotThere(t *testing.T) {
	_, err := Open(t.Context(), Options{URL: "unix:///nowhere/at/all"})
	if shop.CodeOf(err) != shop.Unavailable {
		t.Fatalf("got %v", err)
	}
}

// A server that restarts has lost its scripts; they are sent again.
func TestServerThatForgotTheScripts(t *testing.T) {
	url := storetest.StartRedis(t)
	s, err := Open(t.Context(), Options{URL: url, SweepEvery: -1})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	for range 2 {
		save(t, s, "A", 1)
		outcomes, err := s.RecordEvents(t.Context(), viewBatch(100, 50, 0))
		must(t, err)
		for _, o := range outcomes {
			if o != store.Recorded {
				t.Fatalf("got %s", o)
			}
		}
		must(t, s.rdb.ScriptFlush(t.Context()).Err())
	}
}

// Over a server, another process's writes wake those who wait here.
func TestTwoProcesses(t *testing.T) {
	url := storetest.StartRedis(t)
	open := func() *Store {
		s, err := Open(t.Context(), Options{URL: url, SweepEvery: -1})
		must(t, err)
		t.Cleanup(func() { must(t, s.Close()) })
		return s
	}
	here, there := open(), open()
	ctx := t.Context()
	var waiting sync.WaitGroup
	wait := func(what string, f func() (int, error)) {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			if n, err := f(); err != nil || n == 0 {
				t.Errorf("%s: %d, %v", what, n, err)
			}
		}()
	}
	wait("changes", func() (int, error) { c, _, err := here.Changes(ctx, "", 20*time.Second); return len(c), err })
	wait("entries", func() (int, error) { e, err := here.Entries(ctx, nil, 10, 20*time.Second); return len(e), err })
	wait("fresh", func() (int, error) { f, _, err := here.FreshSKUs(ctx, "", 20*time.Second); return len(f), err })
	wait("tasks", func() (int, error) {
		task, _, err := here.Take(ctx, "q", "w", time.Hour, 20*time.Second)
		return len(task.Body), err
	})
	save(t, there, "A", 1)
	must(t, there.NoteFresh(ctx, []shop.Event{newEvent(shop.Purchase, 1, "A")}))
	must(t, there.Push(ctx, "q", "b"))
	waiting.Wait()
}

// On a Redis Cluster a command over several keys must stay within one tag.
func TestEveryCommandStaysWithinItsTag(t *testing.T) {
	s := embedded(t, Options{})
	h := &hook{before: func(cmd redis.Cmder) error {
		tags := map[string]bool{}
		for _, arg := range cmd.Args()[1:] {
			if text, ok := arg.(string); ok && strings.HasPrefix(text, "{") && strings.Contains(text, "}:") && !strings.Contains(text, "\"") {
				tag, _, _ := strings.Cut(text, "}")
				tags[tag] = true
			}
		}
		if len(tags) > 1 {
			t.Errorf("%s touches %v", cmd.Name(), tags)
		}
		return nil
	}}
	s.rdb.AddHook(h)
	populate(t, s)
	must(t, s.PutLists(t.Context(), "model/a", "user", map[string][]store.ListEntry{"x": nil, "y": nil, "z": nil}))
	if _, err := s.GetLists(t.Context(), "model/a", "user", []string{"x", "y", "z"}); err != nil {
		t.Fatal(err)
	}
	must(t, s.TrimTails(t.Context(), noon.Add(time.Hour)))
	must(t, s.DropSet(t.Context(), "model/a"))
	must(t, s.Reset(t.Context()))
}

func TestShopsOfOneServerAreApart(t *testing.T) {
	url := storetest.StartRedis(t)
	open := func(id string) *Store {
		s, err := Open(t.Context(), Options{URL: url, Shop: id, SweepEvery: -1})
		must(t, err)
		t.Cleanup(func() { must(t, s.Close()) })
		return s
	}
	one, other := open("shop"), open("shop-2")
	populate(t, one)
	populate(t, other)
	must(t, one.Reset(t.Context()))
	if dump, err := one.Dump(t.Context()); err != nil || len(dump) > 0 {
		t.Fatalf("%d keys are left, %v", len(dump), err)
	}
	if dump, err := other.Dump(t.Context()); err != nil || len(dump) < 100 {
		t.Fatalf("the other shop has %d keys left, %v", len(dump), err)
	}
}

func TestErrorsOfTheConnection(t *testing.T) {
	for err, code := range map[error]shop.Code{
		context.Canceled:                                        shop.Unavailable,
		fmt.Errorf("read: %w", io.EOF):                          shop.Unavailable,
		errors.New("LOADING Redis is loading"):                  shop.Unavailable,
		errors.New("READONLY You can't write"):                  shop.Unavailable,
		errors.New("OOM command not allowed"):                   shop.Unavailable,
		redis.ErrClosed:                                         shop.Unavailable,
		os.ErrDeadlineExceeded:                                  shop.Unavailable,
		context.DeadlineExceeded:                                shop.DeadlineExceeded,
		errors.New("WRONGTYPE Operation against a key"):         shop.Internal,
		fmt.Errorf("x: %w", shop.Errorf(shop.NotFound, "", "")): shop.NotFound,
	} {
		if got := shop.CodeOf(mapError("test", err)); got != code {
			t.Errorf("%v: got %s, want %s", err, got, code)
		}
	}
	if mapError("test", nil) != nil {
		t.Error("no error became one")
	}
}

// Who assigned a user to a new customer may lose it with the view; another
// process that knew it forgets it when it hears that the view was made again.
func TestExternalCacheForgetsALostView(t *testing.T) {
	url := storetest.StartRedis(t)
	open := func() *Store {
		s, err := Open(t.Context(), Options{URL: url, SweepEvery: -1})
		must(t, err)
		t.Cleanup(func() { must(t, s.Close()) })
		return s
	}
	here, there := open(), open()
	ctx := t.Context()
	lost, err := here.UsersOf(ctx, []string{"c1"}, true)
	must(t, err)
	must(t, there.Reset(ctx))
	must(t, there.Load(ctx, store.State{}))
	kept, err := there.UsersOf(ctx, []string{"c1"}, true)
	must(t, err)
	if kept[0] == lost[0] {
		t.Fatal("the user was not lost")
	}
	if _, _, err := here.Changes(ctx, "", 0); err != nil {
		t.Fatal(err)
	}
	if got, err := here.UsersOf(ctx, []string{"c1"}, false); err != nil || got[0] != kept[0] {
		t.Fatalf("got %v, %v, want %v", got, err, kept)
	}
}

func TestExternalCacheIsBounded(t *testing.T) {
	c := newExternalCache()
	for i := range 3*cacheGeneration + 1 {
		c.put(fmt.Sprint(i), shop.UserID(i+1))
		if i%1000 == 0 && c.get("0") != 1 {
			t.Fatal("what is used was forgotten")
		}
	}
	if n := len(c.young) + len(c.old); n > 2*cacheGeneration {
		t.Fatalf("it holds %d", n)
	}
	if c.get(fmt.Sprint(3*cacheGeneration)) == 0 {
		t.Fatal("the latest was forgotten")
	}
}

func TestPositions(t *testing.T) {
	f := func(id, want string) {
		t.Helper()
		if got := formatID(id); got != want {
			t.Errorf("formatID(%q) = %q, want %q", id, got, want)
		}
		if got, err := parseID(want); err != nil || got != id {
			t.Errorf("parseID(%q) = %q, %v", want, got, err)
		}
	}
	f("1732383195000-5", "001732383195000-0000000005")
	f("1732383195000-10", "001732383195000-0000000010")
	f("0-1", "000000000000000-0000000001")
	for _, bad := range []string{"x", "1", "1-", "-1", "1-x"} {
		if _, err := parseID(bad); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("parseID(%q): %v", bad, err)
		}
	}
	for _, bad := range []string{"x", "-1", "1-1"} {
		if _, err := parseNumber(bad); shop.CodeOf(err) != shop.BadUserInput {
			t.Errorf("parseNumber(%q): %v", bad, err)
		}
	}
}
