package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"also/catalogue"
	"also/commerce"
	"also/customers"
	"also/imports"
	"also/pulse"
	"also/recommend"
	"also/shop"
	"also/store"
	"also/training"
	"also/warehouse"
)

// services are the domain's over a store and a lake.
type services struct {
	shop      string
	log       *slog.Logger
	store     store.Store
	lake      *warehouse.Lake
	catalogue *catalogue.Catalogue
	customers *customers.Directory
	models    *recommend.Models
	recommend *recommend.Service
	commerce  *commerce.Service
	training  *training.Service
	imports   *imports.Service
	pulse     *pulse.Service // from look on

	running sync.WaitGroup
}

// newServices constructs all of them; nothing runs yet.
func newServices(ctx context.Context, shopID string, st store.Store, lake *warehouse.Lake, log *slog.Logger) (*services, error) {
	s := &services{shop: shopID, log: log, store: st, lake: lake, models: &recommend.Models{}, customers: customers.NewDirectory(st)}
	var err error
	if s.catalogue, err = catalogue.Open(ctx, st, catalogue.Options{Log: log}); err != nil {
		return nil, err
	}
	s.recommend = recommend.New(recommend.Options{Store: st, Catalogue: s.catalogue, Models: s.models, Log: log})
	s.commerce = commerce.New(commerce.Options{
		Store: st, Shop: shopID, Log: log, Changed: s.catalogue.Refresh, Acted: s.recommend.Acted, Fresh: s.recommend.Fresh,
	})
	if s.training, err = training.New(training.Options{Store: st, Lake: lake, Logger: log}); err != nil {
		return nil, err
	}
	s.imports, err = imports.New(imports.Options{Store: st, Lake: lake, Logger: log})
	return s, err
}

// loop runs f until ctx ends; a failure of it ends nothing else.
func (s *services) loop(ctx context.Context, what string, f func(context.Context) error) {
	s.running.Go(func() {
		if err := f(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
			s.log.ErrorContext(ctx, what+" ended", "error", err)
		}
	})
}

// follow starts what a serving process does in the background, until ctx ends.
func (s *services) follow(ctx context.Context) {
	s.loop(ctx, "follow the catalogue", s.catalogue.Follow)
	s.loop(ctx, "follow recommendations", s.recommend.Follow)
	s.loop(ctx, "follow the live model", s.followModel)
}

// listsEvery is how often lists that need no model are counted again.
const listsEvery = time.Hour

// look makes what looks at all of it, and follows the settings until ctx ends.
// p is nil where nothing is known of the transporter.
func (s *services) look(ctx context.Context, p pulse.Pipes, defaults pulse.Settings, started []pulse.Fact) error {
	s.pulse = pulse.New(pulse.Options{
		Store: s.store, Lake: s.lake, Catalogue: s.catalogue, Training: s.training, Pipes: p, Shop: s.shop, Name: workerName(),
		Defaults: defaults, Started: started, Log: s.log,
	})
	if err := s.pulse.Load(ctx); err != nil {
		return err
	}
	s.loop(ctx, "follow the pipes and settings", s.pulse.Follow)
	return nil
}

// train starts what a training process does in the background, until ctx ends.
func (s *services) train(ctx context.Context) {
	name := workerName()
	s.loop(ctx, "train", func(ctx context.Context) error { return s.training.Work(ctx, name) })
	s.loop(ctx, "count lists", s.countLists)
	s.loop(ctx, "schedule training", func(ctx context.Context) error { return s.training.Schedule(ctx, name, s.pulse.Plan) })
}

// countLists counts best-sellers and the like now and every now and then.
func (s *services) countLists(ctx context.Context) error {
	for {
		if err := s.training.RefreshLists(ctx); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "count lists", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(listsEvery):
		}
	}
}

// wait returns when everything in the background has ended, and lets the live
// model go.
func (s *services) wait() {
	s.running.Wait()
	s.models.Swap(nil)
}

// workerName tells processes of one shop apart.
func workerName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "host"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), shop.NewUUID(time.Now()).String()[24:])
}
