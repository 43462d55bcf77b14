package training

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"also/shop"
	"also/store"
)

// settle tidies up after a switch of the live model. What fails is logged and
// tried again after the next switch.
func (s *Service) settle(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"sweep superseded lists", s.sweepLists},
		{"retire old models", s.retireModels},
		{"forget what the models know", s.forgetKnown},
		{"drop old training sets", s.dropDatasets},
		{"drop old runs", s.dropRuns},
	} {
		if err := step.do(ctx); err != nil {
			s.log.WarnContext(ctx, step.what, "error", err)
		}
	}
}

// sweepLists drops the lists of models that are neither live nor previous. The
// candidate of a run that is still going on keeps its own: it may be promoted.
func (s *Service) sweepLists(ctx context.Context) error {
	l, _, err := s.readLive(ctx)
	if err != nil {
		return err
	}
	sets, err := s.opts.Store.Sets(ctx)
	if err != nil {
		return err
	}
	for _, set := range sets {
		id, ok := strings.CutPrefix(set, store.ModelSet(""))
		if !ok || l.state(id) != Retired {
			continue
		}
		if err := s.opts.Store.DropSet(ctx, set); err != nil {
			return fmt.Errorf("drop %s: %w", set, err)
		}
	}
	return nil
}

// retireModels deletes all artefacts but the live one, the previous one and the
// latest few, with their lists.
func (s *Service) retireModels(ctx context.Context) error {
	l, _, err := s.readLive(ctx)
	if err != nil {
		return err
	}
	manifests, err := s.opts.Lake.Models(ctx) // the newest first
	if err != nil {
		return err
	}
	for k, m := range manifests {
		if k < s.opts.Retention.Models || m.ID == l.ID || m.ID == l.Previous {
			continue
		}
		if err := s.dropModel(ctx, m.ID); err != nil {
			return err
		}
		s.log.InfoContext(ctx, "model deleted by retention", "model", m.ID)
	}
	return nil
}

// forgetKnown drops from the view what no model that can be live by promotion or
// a roll-back needs: users' recent events that all of them were trained on, and
// what was noted of products that all of them know.
func (s *Service) forgetKnown(ctx context.Context) error {
	l, _, err := s.readLive(ctx)
	if err != nil || l.ID == "" {
		return err
	}
	manifests, err := s.opts.Lake.Models(ctx)
	if err != nil {
		return err
	}
	var oldest time.Time
	fresh, err := s.freshSKUs(ctx)
	if err != nil {
		return err
	}
	for _, m := range manifests {
		if state := l.state(m.ID); state != Live && state != Previous && !slices.Contains(l.Past, m.ID) {
			continue
		}
		if oldest.IsZero() || m.Dataset.At.Before(oldest) {
			oldest = m.Dataset.At
		}
		if len(fresh) > 0 {
			if fresh, err = s.knownTo(ctx, m.ID, fresh); err != nil {
				return err
			}
		}
	}
	if !oldest.IsZero() {
		// Events on their way to the lake at that moment may have been missed.
		if err := s.opts.Store.TrimTails(ctx, oldest.Add(-tailMargin)); err != nil {
			return fmt.Errorf("trim recent histories: %w", err)
		}
	}
	if len(fresh) > 0 {
		return s.opts.Store.DropFresh(ctx, fresh)
	}
	return nil
}

// tailMargin is by how much recent histories reach further back than the oldest
// model: longer than any event is on its way.
const tailMargin = time.Minute

// freshSKUs returns the products of which something was noted.
func (s *Service) freshSKUs(ctx context.Context) ([]string, error) {
	var all []string
	after := ""
	for {
		skus, next, err := s.opts.Store.FreshSKUs(ctx, after, 0)
		if err != nil {
			return nil, err
		}
		if len(skus) == 0 || next == after {
			slices.Sort(all)
			return slices.Compact(all), nil
		}
		all, after = append(all, skus...), next
	}
}

// knownTo returns those of the products that a model was trained on.
func (s *Service) knownTo(ctx context.Context, id string, skus []string) ([]string, error) {
	a, err := LoadArtefact(ctx, s.opts.Lake, id)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	return slices.DeleteFunc(skus, func(sku string) bool {
		_, known := slices.BinarySearch(a.SKUs, sku)
		return !known
	}), nil
}

// dropDatasets deletes the training sets of old positions, but not the one that an
// incremental run would go on from.
func (s *Service) dropDatasets(ctx context.Context) error {
	id, err := s.LiveID(ctx)
	if err != nil || id == "" {
		return err
	}
	m, err := s.opts.Lake.Model(ctx, id)
	if err != nil {
		return err
	}
	return s.opts.Lake.DropDatasets(ctx, s.opts.Retention.Datasets, m.Dataset.Through)
}

// dropRuns deletes the records of all but the latest runs that are over.
func (s *Service) dropRuns(ctx context.Context) error {
	runs, err := listOf[Run](ctx, s, "run") // the oldest first
	if err != nil {
		return err
	}
	var gone []shop.ControlRecord
	for _, run := range runs[:max(0, len(runs)-s.opts.Retention.Runs)] {
		if run.Final() {
			gone = append(gone, shop.ControlRecord{Name: runName(run.ID)})
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return s.opts.Store.PutControl(ctx, gone, store.PutConditions{})
}
