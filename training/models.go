package training

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"also/warehouse"
)

// Models returns all models that are kept, the newest first.
func (s *Service) Models(ctx context.Context) ([]Model, error) {
	manifests, err := s.opts.Lake.Models(ctx)
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	l, _, err := s.readLive(ctx)
	if err != nil {
		return nil, err
	}
	labels, err := s.labels(ctx)
	if err != nil {
		return nil, err
	}
	models := make([]Model, len(manifests))
	for k, m := range manifests {
		if models[k], err = toModel(m, l, labels[m.ID]); err != nil {
			return nil, err
		}
	}
	return models, nil
}

// Model returns one model; shop.NotFound if there is none of that id.
func (s *Service) Model(ctx context.Context, id string) (Model, error) {
	manifest, err := s.opts.Lake.Model(ctx, id)
	if err != nil {
		return Model{}, fmt.Errorf("read model %s: %w", id, err)
	}
	l, _, err := s.readLive(ctx)
	if err != nil {
		return Model{}, err
	}
	raw, err := s.opts.Store.Control(ctx, labelName(id))
	if err != nil {
		return Model{}, fmt.Errorf("read the label of model %s: %w", id, err)
	}
	var label Label
	if raw != nil {
		if err := json.Unmarshal(raw, &label); err != nil {
			return Model{}, fmt.Errorf("read the label of model %s: %w", id, err)
		}
	}
	return toModel(manifest, l, label)
}

func toModel(m warehouse.Manifest, l live, label Label) (Model, error) {
	model := Model{Manifest: m, State: l.state(m.ID), Label: label}
	if len(m.Metrics) > 0 {
		if err := json.Unmarshal(m.Metrics, &model.Metrics); err != nil {
			return Model{}, fmt.Errorf("read the metrics of model %s: %w", m.ID, err)
		}
	}
	return model, nil
}

// Bytes is how much room a model takes on disk.
func (m Model) Bytes() int64 {
	var sum int64
	for _, f := range m.Manifest.Files {
		sum += f.Bytes
	}
	return sum
}

// PartBytes is how much room a part takes in files of its own: 0 if it has none.
func (m Model) PartBytes(part string) int64 {
	var sum int64
	for name, f := range m.Manifest.Files {
		if strings.HasPrefix(name, part+".") {
			sum += f.Bytes
		}
	}
	return sum
}

// PartText says what a part is and how it was made.
func (m Model) PartText(part string) string {
	var c Config
	if json.Unmarshal(m.Manifest.Config, &c) != nil {
		return part
	}
	switch part {
	case factorsFile:
		return fmt.Sprintf("%d factors of each customer and product", c.Dim)
	case secondFactorsFile:
		return fmt.Sprintf("%d more factors of each, beside the first", c.SecondDim)
	case neighboursFile:
		if n := c.Neighbours; n != nil {
			weights := (m.PartBytes(part) - 8*int64(m.Manifest.Dataset.Items)) / 8
			return fmt.Sprintf("products that go together: about %d weights a product; %s", weights/max(1, int64(m.Manifest.Dataset.Items)), describeNeighbours(*n))
		}
	case attributesFile:
		if a := c.Attributes; a != nil {
			return fmt.Sprintf("foretells products that nobody bought from category, vendor, price and name: ridge %.3g", a.Lambda)
		}
	case gainFile:
		if g := c.Gain; g != nil && g.Trend > 0 && g.Popularity > 0 {
			return fmt.Sprintf("lifts products that reach new customers (%.3g, half after %.3g days) and popular ones (%.3g)", g.Trend, g.TrendHalfLife(), g.Popularity)
		} else if g != nil && g.Trend > 0 {
			return fmt.Sprintf("lifts products that reach new customers now: %.3g, half after %.3g days", g.Trend, g.TrendHalfLife())
		} else if g != nil {
			return fmt.Sprintf("lifts popular products: %.3g", g.Popularity)
		}
	}
	return part
}
