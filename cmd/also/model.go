package main

import (
	"context"
	"errors"
	"fmt"

	"also/recommend"
	"also/training"
)

// loadLive makes the live model answer, if there is one.
func (s *services) loadLive(ctx context.Context) error {
	id, err := s.training.LiveID(ctx)
	if err != nil || id == "" {
		return err
	}
	return s.swap(ctx, id)
}

// followModel swaps the model that answers whenever another goes live, until
// ctx ends. One that cannot be loaded leaves the last one answering.
func (s *services) followModel(ctx context.Context) error {
	return s.training.WatchLive(ctx, func(id string) {
		if err := s.swap(ctx, id); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "the live model cannot be loaded: the last one goes on answering", "model", id, "error", err)
		}
	})
}

// swap makes a model the one that answers in this process; "" is none.
func (s *services) swap(ctx context.Context, id string) error {
	if s.models.LiveID() == id {
		return nil
	}
	if id == "" {
		s.models.Swap(nil)
		return nil
	}
	a, err := training.LoadArtefact(ctx, s.lake, id)
	if err != nil {
		return err
	}
	m, err := recommend.NewModel(recommend.ModelInput{
		ID: id, TrainedThrough: int64(a.Manifest.Dataset.Through), TrainedAt: a.Manifest.Dataset.At, Users: a.Users, SKUs: a.SKUs,
		Parts: a.Parts, Features: a.Features, Sums: a.Sums, Last: a.Last, Bought: a.Bought, Repeats: a.Repeats, Alike: a.Alike, Traits: a.Traits, Weighing: a.Weighing, AgedAt: a.AgedAt,
		Close: func() {
			if err := a.Close(); err != nil {
				s.log.Warn("unmap a model", "model", id, "error", err)
			}
		},
	})
	if err != nil {
		return errors.Join(fmt.Errorf("load model %s: %w", id, err), a.Close())
	}
	s.models.Swap(m)
	s.log.InfoContext(ctx, "another model answers", "model", id, "through", m.TrainedThrough)
	return nil
}
