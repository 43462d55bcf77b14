package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"also/demo"
	"also/shop"
	"also/training"
	"also/warehouse"
)

// demoCommand fills a data folder with a made-up shop and trains on it.
type demoCommand struct {
	dataFlags
	logFlags
	Small bool   `help:"A tenth of everything: for tests and a quick look."`
	Seed  uint64 `help:"Which shop to make up: the same seed, the same shop." default:"1"`
	JSON  bool   `name:"json" help:"Print what was made as JSON."`
}

// Run makes the shop, unless the folder holds one.
func (c demoCommand) Run(ctx context.Context) error {
	began := time.Now()
	made, err := c.load(ctx)
	if err != nil {
		return err
	}
	model, err := c.train(ctx)
	if err != nil {
		return err
	}
	result := map[string]any{
		"products": len(made.Products), "categories": len(made.Categories), "vendors": len(made.Vendors), "customers": len(made.Customers),
		"events": len(made.Events), "model": model.Manifest.ID, "seconds": time.Since(began).Seconds(),
	}
	if c.JSON {
		return printJSON(result)
	}
	fmt.Printf("the demo shop: %d products, %d vendors, %d customers, %d events\n", len(made.Products), len(made.Vendors), len(made.Customers), len(made.Events))
	printModel(os.Stdout, model)
	fmt.Printf("made in %.1f s. Look at it: also serve --data-dir %s\n", time.Since(began).Seconds(), c.DataDir)
	return nil
}

// load writes the shop into an empty lake.
func (c demoCommand) load(ctx context.Context) (made *demo.Shop, err error) {
	lake, err := warehouse.Open(c.DataDir, c.Shop, warehouse.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lake.Close()) }()
	head, err := lake.Head(ctx)
	if err != nil {
		return nil, err
	}
	if head > 0 {
		return nil, shop.Errorf(shop.Conflict, "", "%s holds a shop already: name another folder with --data-dir, or delete this one first", filepath.Join(c.DataDir, c.Shop))
	}
	now := time.Now()
	p := newProgress()
	p.say("making up the shop")
	made = demo.Generate(demo.Options{Seed: c.Seed, Small: c.Small, Now: now})
	p.say("writing %d events", len(made.Events))
	err = demo.Load(ctx, lake, made, now)
	p.done()
	return made, err
}

// train trains and promotes the shop's first model.
func (c demoCommand) train(ctx context.Context) (m training.Model, err error) {
	d, err := openFolder(ctx, c.dataFlags, "", quiet(c.logFlags))
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	s, err := newServices(ctx, c.Shop, d.store, d.lake, quiet(c.logFlags))
	if err != nil {
		return m, err
	}
	run, err := s.trainNow(ctx, training.StartInput{Promote: true})
	if err != nil {
		return m, err
	}
	return s.training.Model(ctx, run.Model)
}
