package main

import (
	"context"
	"errors"
	"log/slog"

	"also/store"
	"also/store/redisstore"
	"also/transport"
	"also/warehouse"
)

// folder is a data folder that this process holds: the lake, the embedded
// store made from it, and the pipe between them.
type folder struct {
	lake  *warehouse.Lake
	store store.Store
	pipe  *transport.Pipe

	stop context.CancelFunc
	done chan error
}

// openFolder locks the data folder, reads its journal and makes the view.
// address is where this process will listen, for the message that a second one
// gets; "" if nowhere.
func openFolder(ctx context.Context, f dataFlags, address string, log *slog.Logger) (*folder, error) {
	lake, err := warehouse.Open(f.DataDir, f.Shop, warehouse.Options{Address: address})
	if err != nil {
		return nil, err
	}
	if n := lake.Torn(); n > 0 {
		log.Warn("the journal ended in a half-written line, which was never acknowledged: it was cut off", "bytes", n)
	}
	pipe := transport.NewPipe(transport.Options{Logger: log})
	st, err := redisstore.OpenEmbedded(redisstore.Options{Shop: f.Shop, Durability: pipe})
	if err != nil {
		return nil, errors.Join(err, lake.Close())
	}
	if err := pipe.Start(ctx, st, lake); err != nil {
		return nil, errors.Join(err, st.Close(), lake.Close())
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	d := &folder{lake: lake, store: st, pipe: pipe, stop: stop, done: make(chan error, 1)}
	go func() { d.done <- pipe.Run(running) }()
	return d, nil
}

// ready says why the shop cannot serve now: the store does not answer, or the
// journal takes no writes.
func (d *folder) ready(ctx context.Context) error {
	return errors.Join(d.pipe.Admit(), d.store.Ping(ctx))
}

// close moves what was written into the journal and gives the folder back.
// Nobody may use the store any more.
func (d *folder) close() error {
	d.stop()
	return errors.Join(<-d.done, d.store.Close(), d.lake.Close())
}
