package engine_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"also/engine"
)

func TestTopKAll(t *testing.T) {
	m, model := trained(t, smallConfig())
	index := engine.NewIndex(model.Items, engine.IndexOptions{})
	lists := make([][]engine.Scored, m.Rows)
	err := engine.TopKAll(t.Context(), index, model.Users, engine.BatchOptions{K: 7, Exclude: m, Workers: 3}, func(u int, list []engine.Scored) error {
		lists[u] = slices.Clone(list)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for u, list := range lists {
		seen, _, _ := m.Row(u)
		if want := bruteTopK(index, model.Users.Row(u), 7, nil, seen); !slices.Equal(list, want) {
			t.Fatalf("user %d: got %v, want %v", u, list, want)
		}
	}
	full := errors.New("full")
	if err := engine.TopKAll(t.Context(), index, model.Users, engine.BatchOptions{}, func(int, []engine.Scored) error { return full }); !errors.Is(err, full) {
		t.Errorf("error %v, want emit's", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := engine.TopKAll(ctx, index, model.Users, engine.BatchOptions{}, func(int, []engine.Scored) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	if err := engine.TopKAll(t.Context(), index, engine.NewFactors(3, 5), engine.BatchOptions{}, nil); err == nil {
		t.Error("users of another dimension were taken")
	}
}

// BenchmarkTopKAll is the top 100 of all users of the film matrix.
func BenchmarkTopKAll(b *testing.B) {
	m := films()
	model, err := engine.Train(b.Context(), m, engine.Config{Dim: 128, Epochs: 3, Unobserved: .1, Lambda: 10}, engine.TrainOptions{})
	if err != nil {
		b.Fatal(err)
	}
	index := engine.NewIndex(model.Items, engine.IndexOptions{})
	for name, all := range map[string]func() error{
		"users": func() error {
			return engine.TopKAll(b.Context(), index, model.Users, engine.BatchOptions{Exclude: m}, func(int, []engine.Scored) error { return nil })
		},
		"similar items": func() error {
			return engine.SimilarAll(b.Context(), index, engine.BatchOptions{}, func(int, []engine.Scored) error { return nil })
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := all(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
