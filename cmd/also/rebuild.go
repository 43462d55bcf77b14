package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"also/transport"
	"also/warehouse"
)

// rebuildCommand makes the serving view again from the lake, while no server
// holds the data folder.
type rebuildCommand struct {
	dataFlags
	logFlags
	Redis string `help:"The Redis whose view is made again. Without it the embedded view is made, to see that it can be." env:"ALSO_REDIS" placeholder:"URL"`
	JSON  bool   `name:"json" help:"Print the result as JSON."`
}

// Run rebuilds and says what the view holds.
func (c rebuildCommand) Run(ctx context.Context) (err error) {
	began := time.Now()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	s, err := newServices(ctx, c.Shop, d.store, d.lake, quiet(c.logFlags))
	if err != nil {
		return err
	}
	if err := s.training.RefreshLists(ctx); err != nil {
		return err
	}
	head, err := d.lake.Head(ctx)
	if err != nil {
		return err
	}
	result := struct {
		Position warehouse.Position `json:"position"`
		Products int                `json:"products"`
		Seconds  float64            `json:"seconds"`
	}{head, s.catalogue.Snapshot().Len(), time.Since(began).Seconds()}
	if c.JSON {
		return printJSON(result)
	}
	fmt.Printf("the view is made again through position %d: %d products, in %.1f s\n", result.Position, result.Products, result.Seconds)
	return nil
}

// open makes the view: the embedded one is made whenever the folder is opened,
// the one in Redis here.
func (c rebuildCommand) open(ctx context.Context) (*folder, error) {
	if c.Redis == "" {
		return openFolder(ctx, c.dataFlags, "", quiet(c.logFlags))
	}
	lake, err := warehouse.Open(c.DataDir, c.Shop, warehouse.Options{})
	if err != nil {
		return nil, err
	}
	st, err := openRedis(ctx, c.Redis, c.Shop)
	if err != nil {
		return nil, errors.Join(err, lake.Close())
	}
	d := &folder{lake: lake, store: st, stop: func() {}, done: make(chan error, 1)}
	d.done <- nil
	if err := transport.Refresh(ctx, lake, st, transport.Options{}); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}
