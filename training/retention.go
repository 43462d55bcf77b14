package training

import (
	"context"
	"fmt"
	"strings"

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
	} {
		if err := step.do(ctx); err != nil {
			s.log.WarnContext(ctx, step.what, "error", err)
		}
	}
}

// sweepLists drops the lists of models that are neither live nor previous.
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
		if !strings.HasPrefix(set, store.ModelSet("")) || set == store.ModelSet(l.ID) || set == store.ModelSet(l.Previous) {
			continue
		}
		if err := s.opts.Store.DropSet(ctx, set); err != nil {
			return fmt.Errorf("drop %s: %w", set, err)
		}
	}
	return nil
}
