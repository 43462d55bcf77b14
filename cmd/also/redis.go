package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"also/graph"
	"also/imports"
	"also/shop"
	"also/store"
	"also/store/redisstore"
	"also/training"
	"also/transport"
	"also/warehouse"
)

// overRedis serves over a Redis. Any number of processes may; the one with the
// transporter's lease writes the data folder, the others read it.
func (c serveCommand) overRedis(ctx context.Context, l net.Listener, log *slog.Logger) (err error) {
	st, err := openRedis(ctx, c.Redis, c.Shop)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	compactions := &transport.Compactions{}
	carrier, carried := startCarrier(background, c.dataFlags, st, l.Addr().String(), compactions, log)
	defer func() { <-carried }()
	defer stop()
	lake, err := awaitLake(ctx, c.dataFlags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lake.Close()) }()
	if err := awaitView(ctx, st); err != nil {
		return err
	}
	s, err := newServices(ctx, c.Shop, st, lake, log)
	if err != nil {
		return err
	}
	defer s.wait()
	defer stop()
	return c.serve(ctx, background, l, s, carrierOf{carrier, lake, compactions}, st.Ping)
}

func openRedis(ctx context.Context, url, shopID string) (store.Store, error) {
	st, err := redisstore.Open(ctx, redisstore.Options{Shop: shopID, URL: url})
	if err != nil {
		return nil, err // it says what to do; a typed nil must not become a store
	}
	return st, nil
}

// startCarrier begins to carry the outbox into the journal, or to stand by. The
// channel is closed once it has ended.
func startCarrier(ctx context.Context, f dataFlags, st store.Store, address string, note *transport.Compactions, log *slog.Logger) (*transport.Carrier, <-chan struct{}) {
	open := func(context.Context) (transport.OwnedLake, error) {
		lake, err := warehouse.Open(f.DataDir, f.Shop, warehouse.Options{Address: address})
		if err != nil {
			return nil, err
		}
		return lake, nil
	}
	carrier := transport.NewCarrier(st, workerName(), open, transport.Options{Logger: log})
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = carrier.Run(ctx, func(ctx context.Context, lake transport.OwnedLake) { // it ends with ctx only, and without an error
			owned, ok := lake.(*warehouse.Lake)
			if !ok {
				return
			}
			var working sync.WaitGroup
			defer working.Wait()
			working.Go(func() { importInto(ctx, owned, st, log) })
			working.Go(func() { transport.Forgetting(ctx, owned, st, log) })
			transport.Upkeep(ctx, owned, transport.UpkeepOptions{Logger: log, Note: note})
		})
	}()
	return carrier, done
}

// importInto does the imports that wait while this process holds the lake.
func importInto(ctx context.Context, lake *warehouse.Lake, st store.Store, log *slog.Logger) {
	counting, err := training.New(training.Options{Store: st, Lake: lake, Logger: log})
	var importing *imports.Service
	if err == nil {
		importing, err = imports.New(imports.Options{Store: st, Lake: lake, Logger: log})
	}
	if err == nil {
		err = importing.Work(ctx, lake, counting.RefreshLists)
	}
	if ctx.Err() == nil {
		log.ErrorContext(ctx, "import ended", "error", err)
	}
}

// lakeWithin is how long a lake that another process makes may take to appear.
const lakeWithin = 30 * time.Second

// awaitLake opens the lake for reading, once there is one.
func awaitLake(ctx context.Context, f dataFlags) (*warehouse.Lake, error) {
	deadline := time.Now().Add(lakeWithin)
	for {
		lake, err := warehouse.OpenReader(f.DataDir, f.Shop, warehouse.Options{})
		if err == nil || shop.CodeOf(err) != shop.NotFound || time.Now().After(deadline) {
			return lake, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// awaitView waits until whoever carries has made the view in a Redis that is new.
func awaitView(ctx context.Context, st store.Store) error {
	for {
		_, ok, err := st.MadeFrom(ctx)
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// carrierOf measures the carrier of a shared Redis.
type carrierOf struct {
	*transport.Carrier
	lake        *warehouse.Lake
	compactions *transport.Compactions
}

// Compaction implements pulse.Pipes.
func (c carrierOf) Compaction() transport.Compaction { return c.compactions.Last() }

// Lag implements graph.Pipe. While another process carries, only that one knows
// what is pending.
func (c carrierOf) Lag(ctx context.Context) (graph.PipeLag, error) {
	stats, lag, ok, err := c.Working(ctx)
	if err != nil {
		return graph.PipeLag{}, err
	}
	if !ok {
		head, err := c.lake.Head(ctx)
		return graph.PipeLag{Through: head}, err
	}
	return graph.PipeLag{Through: stats.Position, Pending: int(lag.Entries), Oldest: lag.Age}, nil
}
