package training

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"also/shop"
	"also/store"
)

// Label is what people say of a model. It is no part of the artefact.
type Label struct {
	Title string `json:"title,omitempty"` // "summer test"; at most 60 letters
	Note  string `json:"note,omitempty"`  // at most 1,000
}

// Bounds of a Label, in letters.
const (
	maxTitle = 60
	maxNote  = 1000
)

// LabelPatch changes what it sets; an empty text takes a label away.
type LabelPatch struct{ Title, Note *string }

// labelName is the control record of a model's label.
func labelName(id string) string { return "model/" + id }

// UpdateModel changes what people say of a model. It fails with shop.NotFound if
// there is no such model and with shop.BadUserInput for a text that is too long.
func (s *Service) UpdateModel(ctx context.Context, id string, patch LabelPatch) (Model, error) {
	model, err := s.Model(ctx, id)
	if err != nil {
		return Model{}, err
	}
	for _, f := range []struct {
		name string
		from *string
		to   *string
		most int
	}{{"title", patch.Title, &model.Label.Title, maxTitle}, {"note", patch.Note, &model.Label.Note, maxNote}} {
		if f.from == nil {
			continue
		}
		text := strings.TrimSpace(*f.from)
		if n := utf8.RuneCountInString(text); n > f.most {
			return Model{}, shop.Errorf(shop.BadUserInput, f.name, "%d letters are too many: use at most %d", n, f.most)
		}
		*f.to = text
	}
	record := shop.ControlRecord{Name: labelName(id)}
	if model.Label != (Label{}) {
		if record.Value, err = json.Marshal(model.Label); err != nil {
			return Model{}, fmt.Errorf("label model %s: %w", id, err)
		}
	}
	if err := s.opts.Store.PutControl(ctx, []shop.ControlRecord{record}, store.PutConditions{}); err != nil {
		return Model{}, fmt.Errorf("label model %s: %w", id, err)
	}
	return model, nil
}

// labels returns the labels of all models, by id.
func (s *Service) labels(ctx context.Context) (map[string]Label, error) {
	records, err := s.opts.Store.ControlList(ctx, "model")
	if err != nil {
		return nil, fmt.Errorf("read the labels of models: %w", err)
	}
	labels := make(map[string]Label, len(records))
	for _, r := range records {
		var l Label
		if err := json.Unmarshal(r.Value, &l); err != nil {
			return nil, fmt.Errorf("read the label %s: %w", r.Name, err)
		}
		labels[strings.TrimPrefix(r.Name, labelName(""))] = l
	}
	return labels, nil
}

// DeleteModel deletes a model for good, with its lists and its label. It fails
// with shop.NotFound if there is none and with shop.Conflict for the live model
// and the one that rolling back returns to.
func (s *Service) DeleteModel(ctx context.Context, id string) error {
	model, err := s.Model(ctx, id)
	if err != nil {
		return err
	}
	switch model.State {
	case Live:
		return shop.Errorf(shop.Conflict, "id", "this model answers now: promote another one first, then delete it")
	case Previous:
		return shop.Errorf(shop.Conflict, "id", "rolling back returns to this model: it can go once another one has been live")
	}
	return s.dropModel(ctx, id)
}

// dropModel deletes a model's artefact, lists and label.
func (s *Service) dropModel(ctx context.Context, id string) error {
	if err := s.opts.Lake.DropModel(ctx, id); err != nil {
		return fmt.Errorf("delete model %s: %w", id, err)
	}
	if err := s.opts.Store.DropSet(ctx, store.ModelSet(id)); err != nil {
		return fmt.Errorf("drop the lists of model %s: %w", id, err)
	}
	gone := []shop.ControlRecord{{Name: labelName(id)}}
	comparisons, err := s.comparisonsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range comparisons {
		gone = append(gone, shop.ControlRecord{Name: comparisonName(c.ID)})
	}
	if err := s.opts.Store.PutControl(ctx, gone, store.PutConditions{}); err != nil {
		return fmt.Errorf("forget what was said of model %s: %w", id, err)
	}
	return nil
}
