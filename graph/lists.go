package graph

import (
	"math"
	"slices"
	"strings"
	"time"

	"also/graph/model"
	"also/training"
)

// modelList is the models that a filter lets through, in the order of a page.
func modelList(all []training.Model, filter *model.ModelFilter, sort *model.ModelSort) ranked[training.Model] {
	if filter != nil {
		all = slices.DeleteFunc(slices.Clone(all), func(m training.Model) bool { return !keepsModel(*filter, m) })
	}
	return ranked[training.Model]{
		all: all,
		id:  func(m training.Model) string { return m.Manifest.ID },
		figure: func(m training.Model) float64 {
			switch deref(sort) {
			case model.ModelSortOldest:
				return -float64(m.Manifest.CreatedAt.UnixMilli())
			case model.ModelSortRecall:
				return measureOf(m, "recall@20")
			case model.ModelSortNdcg:
				return measureOf(m, "ndcg@20")
			case model.ModelSortSize:
				return float64(m.Bytes())
			}
			return float64(m.Manifest.CreatedAt.UnixMilli())
		},
	}
}

func keepsModel(f model.ModelFilter, m training.Model) bool {
	if f.States != nil && !slices.Contains(f.States, m.State) {
		return false
	}
	text := strings.ToLower(strings.Join([]string{m.Manifest.ID, m.Label.Title, m.Label.Note}, "\n"))
	return strings.Contains(text, strings.ToLower(strings.TrimSpace(deref(f.Query))))
}

// measureOf is a model's measure, NaN where it has none.
func measureOf(m training.Model, name string) float64 {
	if v, found := m.Metrics.Model[name]; found {
		return v.Mean
	}
	return math.NaN()
}

// modelPage makes a connection of a page of models.
func modelPage(list ranked[training.Model], first *int, after *string) (*model.ModelConnection, error) {
	page, cursors, more, err := list.page(first, after)
	if err != nil {
		return nil, err
	}
	out := &model.ModelConnection{Edges: []model.ModelEdge{}, PageInfo: *pageInfo(cursors, more), TotalCount: len(list.all)}
	for k, m := range page {
		out.Edges = append(out.Edges, model.ModelEdge{Cursor: cursors[k], Node: *toModel(m)})
	}
	return out, nil
}

// runList is the runs that a filter lets through, in the order of a page.
func runList(all []training.Run, filter *model.TrainingRunFilter, sort *model.TrainingRunSort, now time.Time) ranked[training.Run] {
	if filter != nil {
		all = slices.DeleteFunc(slices.Clone(all), func(r training.Run) bool {
			return filter.States != nil && !slices.Contains(filter.States, r.State) || filter.Kinds != nil && !slices.Contains(filter.Kinds, r.Kind)
		})
	}
	return ranked[training.Run]{
		all: all,
		id:  func(r training.Run) string { return r.ID },
		figure: func(r training.Run) float64 {
			switch deref(sort) {
			case model.TrainingRunSortOldest:
				return -float64(r.QueuedAt.UnixMilli())
			case model.TrainingRunSortLongest:
				return r.Took(now).Seconds()
			}
			return float64(r.QueuedAt.UnixMilli())
		},
	}
}

// runPage makes a connection of a page of runs.
func runPage(list ranked[training.Run], first *int, after *string) (*model.TrainingRunConnection, error) {
	page, cursors, more, err := list.page(first, after)
	if err != nil {
		return nil, err
	}
	out := &model.TrainingRunConnection{Edges: []model.TrainingRunEdge{}, PageInfo: *pageInfo(cursors, more), TotalCount: len(list.all)}
	for k, run := range page {
		out.Edges = append(out.Edges, model.TrainingRunEdge{Cursor: cursors[k], Node: *toRun(run)})
	}
	return out, nil
}
