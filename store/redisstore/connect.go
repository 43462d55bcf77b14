package redisstore

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"also/shop"
)

// quiet drops the client library's own log lines: every failure it would print
// comes back as an error as well.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

var silence = sync.OnceFunc(func() { redis.SetLogger(quiet{}) })

// No command is sent twice by the client: a script whose answer was lost may
// have run, and only the caller knows whether it may run again.
const noRetries = -1

const dialTimeout = 2 * time.Second

// connect makes the client for a server or cluster; it does not dial yet.
func connect(opts Options) (redis.UniversalClient, error) {
	silence()
	bad := func(err error) error {
		return &shop.Error{Code: shop.BadUserInput, Field: "redis", Err: err,
			Message: "this is not the address of a Redis: write redis://host:6379/0, rediss://… or unix:///path/to/socket"}
	}
	if opts.Cluster {
		o, err := redis.ParseClusterURL(opts.URL)
		if err != nil {
			return nil, bad(err)
		}
		o.MaxRetries, o.ContextTimeoutEnabled, o.Protocol, o.DisableIdentity = noRetries, true, 2, true
		o.DialTimeout, o.DialerRetries = dialTimeout, 1
		o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
		return redis.NewClusterClient(o), nil
	}
	o, err := redis.ParseURL(opts.URL)
	if err != nil {
		return nil, bad(err)
	}
	harden(o)
	return redis.NewClient(o), nil
}

func harden(o *redis.Options) {
	o.MaxRetries, o.ContextTimeoutEnabled, o.Protocol, o.DisableIdentity = noRetries, true, 2, true
	o.DialTimeout, o.DialerRetries = dialTimeout, 1
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// startEmbedded starts a server without a listener and a client of it.
func startEmbedded() (*miniredis.Miniredis, redis.UniversalClient, error) {
	silence()
	m := miniredis.NewMiniRedis()
	first, err := m.Dial() // starts the server without a listener
	if err != nil {
		return nil, nil, err
	}
	if err := first.Close(); err != nil {
		return nil, nil, err
	}
	o := &redis.Options{
		Addr: "embedded",
		Dialer: func(context.Context, string, string) (net.Conn, error) {
			server := m.Server()
			if server == nil {
				return nil, net.ErrClosed
			}
			client, conn := newPipe()
			server.ServeConn(conn)
			return client, nil
		},
	}
	harden(o)
	// A long script holds the server's lock; whoever waits for it is slow, not lost.
	o.ReadTimeout, o.WriteTimeout = time.Minute, time.Minute
	return m, redis.NewClient(o), nil
}
