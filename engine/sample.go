package engine

import (
	"context"
	"math"
)

// A training of many entries starts from one of some epochs on a sample of the
// users: what the items are like is mostly known from a few users, and an epoch
// over one in eight costs an eighth. On the film matrix of BenchmarkTrain it
// stands for the first epoch and a half, at the cost of half an epoch.
const (
	sampleShare   = 8       // one user in so many
	sampleEntries = 1 << 20 // what a sample has at least
	sampleUsers   = 64      // for each dimension, at least
	sampleEpochs  = 3
)

// startFromSample sets the items to those of a training on a sample of the
// users, where there are enough.
func (t *trainer) startFromSample(ctx context.Context) error {
	m := t.users.rows
	if m.Entries() < sampleShare*sampleEntries || m.Rows < sampleShare*sampleUsers*t.cfg.Dim {
		return nil
	}
	cfg := t.cfg
	cfg.Epochs = sampleEpochs
	// The loss counts an eighth of the users and of what they did, but all of the
	// items. Scores depend on the product of the users' λ and the items' only, so λ
	// goes down by the root of what the items' should.
	cfg.Lambda /= math.Sqrt(math.Pow(sampleShare, 1-cfg.Nu))
	s, err := newTrainer(ctx, everyUser(m, sampleShare, int(cfg.Seed%sampleShare)), cfg, TrainOptions{Workers: t.workers, Now: t.now})
	if err != nil {
		return err
	}
	for epoch := range sampleEpochs {
		if err := s.epoch(ctx, epoch); err != nil {
			return err
		}
	}
	copy(t.items.x, s.items.x)
	t.chance = false
	return nil
}

// everyUser returns the matrix of one row in so many, from the given one on.
func everyUser(m *Matrix, share, from int) *Matrix {
	s := &Matrix{Cols: m.Cols, Ptr: []int64{0}}
	for u := from; u < m.Rows; u += share {
		idx, w, b := m.Row(u)
		s.Idx, s.W = append(s.Idx, idx...), append(s.W, w...)
		if m.B != nil {
			s.B = append(s.B, b...)
		}
		s.Ptr = append(s.Ptr, int64(len(s.Idx)))
	}
	s.Rows = len(s.Ptr) - 1
	return s
}
