package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// Options say which shop's view a Store is, and where it is kept.
type Options struct {
	// Shop is the shop's id: lower-case letters, digits, '-' and '_', at most 40. Default "shop".
	Shop string
	// URL names the Redis server: redis://user:password@host:6379/0, rediss://… (TLS),
	// unix:///path/to/socket?db=0. OpenEmbedded ignores it.
	URL string
	// Cluster says that URL (redis:// or rediss://, further nodes as ?addr=host:port) is a Redis Cluster.
	Cluster bool
	// Durability is asked before and after; nil admits everything and waits for nothing.
	Durability store.Durability
	// Now is the clock by which things expire. Default time.Now.
	Now func() time.Time
	// SweepEvery is how often a few expired things are removed. Default one second; negative: never.
	SweepEvery time.Duration
}

func (o Options) withDefaults() (Options, error) {
	if o.Shop == "" {
		o.Shop = "shop"
	}
	if len(o.Shop) > 40 || strings.Trim(o.Shop, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return o, shop.Errorf(shop.BadUserInput, "shop", "%q cannot be a shop's id: use lower-case letters, digits, - and _, at most 40", o.Shop)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.SweepEvery == 0 {
		o.SweepEvery = time.Second
	}
	return o, nil
}

// Store is a store.Store over Redis.
type Store struct {
	opts     Options
	rdb      redis.UniversalClient
	embedded *miniredis.Miniredis // nil over a server
	keys     keys
	bell     bell
	external *externalCache
	buckets  *buckets // of the embedded store

	stop    context.CancelFunc
	done    <-chan struct{} // closed by Close
	stopped sync.WaitGroup
	closed  sync.Once
}

var _ store.Store = (*Store)(nil)

// Open connects to the Redis that Options.URL names. It fails with
// shop.Unavailable if that does not answer and shop.BadUserInput if the options
// make no sense.
func Open(ctx context.Context, opts Options) (*Store, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	rdb, err := connect(opts)
	if err != nil {
		return nil, err
	}
	s := newStore(opts, rdb, nil)
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenEmbedded starts a Redis inside this process that nobody else can reach.
// It holds everything in memory and begins empty.
func OpenEmbedded(opts Options) (*Store, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	server, rdb, err := startEmbedded()
	if err != nil {
		return nil, fmt.Errorf("start the embedded store: %w", err)
	}
	return newStore(opts, rdb, server), nil
}

func newStore(opts Options, rdb redis.UniversalClient, server *miniredis.Miniredis) *Store {
	ctx, stop := context.WithCancel(context.Background())
	s := &Store{
		opts: opts, rdb: rdb, embedded: server, keys: newKeys(opts.Shop), external: newExternalCache(), buckets: newBuckets(), stop: stop, done: ctx.Done(),
	}
	if opts.SweepEvery > 0 {
		s.stopped.Add(1)
		go func() {
			defer s.stopped.Done()
			s.sweepLoop(ctx, opts.SweepEvery)
		}()
	}
	return s
}

// Ping implements store.Store.
func (s *Store) Ping(ctx context.Context) error {
	return mapError("ping", s.rdb.Ping(ctx).Err())
}

// Close implements store.Store. What is embedded is lost with it.
func (s *Store) Close() error {
	var err error
	s.closed.Do(func() {
		s.stop()
		s.stopped.Wait()
		err = s.rdb.Close()
		if s.embedded != nil {
			s.embedded.Close()
		}
	})
	return err
}

// Redis returns the client, for instrumentation (round trips, pool) in tests
// and metrics; nobody else may send commands through it.
func (s *Store) Redis() redis.UniversalClient { return s.rdb }

// admit asks whether the view may be used now.
func (s *Store) admit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return mapError("begin", err)
	}
	if s.opts.Durability == nil {
		return nil
	}
	return s.opts.Durability.Admit()
}

// commit waits until the entries are durable.
func (s *Store) commit(ctx context.Context, ids []store.OutboxID) error {
	if s.opts.Durability == nil || len(ids) == 0 {
		return nil
	}
	return s.opts.Durability.Commit(ctx, ids)
}

// now is the clock in milliseconds.
func (s *Store) now() int64 { return s.opts.Now().UnixMilli() }
