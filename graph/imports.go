package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"also/graph/model"
	"also/imports"
	"also/shop"
	"also/warehouse"
)

// RejectsPath is where the server hands out the rejected rows of an import.
func RejectsPath(key string) string { return "/imports/" + key + "/rejects.csv" }

// toImport maps an import to the schema's.
func toImport(i imports.Import) *model.Import {
	out := &model.Import{
		ID: globalID(kindImport, i.ID), Key: i.ID, Kind: i.Kind, State: i.State, FileName: i.File, FileSize: count(i.Size),
		Mapping: toMapping(i.Map), Currency: orNull(i.Currency), RowsDone: count(i.Done), Rows: count(i.Rows),
		Accepted: count(i.Accepted), Duplicates: count(i.Duplicates), Rejected: count(i.Rejected), QueuedAt: i.QueuedAt,
		StartedAt: i.StartedAt, EndedAt: i.EndedAt, Attempts: i.Attempts, CancelAsked: i.CancelAsked, Error: orNull(i.Error),
		Reasons: []model.ImportReason{},
	}
	if i.Phase != "" {
		phase := model.ImportPhase(strings.ToUpper(i.Phase))
		out.Phase = &phase
	}
	if i.Total > 0 {
		total := count(i.Total)
		out.RowsToDo = &total
	}
	for reason, n := range i.Reasons {
		out.Reasons = append(out.Reasons, model.ImportReason{Reason: reason, Rows: count(n)})
	}
	slices.SortFunc(out.Reasons, func(a, b model.ImportReason) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), strings.Compare(a.Reason, b.Reason))
	})
	if i.Rejected > 0 {
		path := RejectsPath(i.ID)
		out.RejectsURL = &path
	}
	return out
}

// toMapping maps what fields are read from.
func toMapping(m map[string]string) []model.ImportMapping {
	out := []model.ImportMapping{}
	for _, field := range slices.Sorted(maps.Keys(m)) {
		entry := model.ImportMapping{Field: field, Expression: m[field]}
		if column, is := warehouse.ColumnOf(m[field]); is {
			entry.Column = &column
		}
		out = append(out, entry)
	}
	return out
}

// toPreview maps what the first rows of an upload tell.
func toPreview(p imports.Preview) *model.ImportPreview {
	out := &model.ImportPreview{
		UploadID: p.Upload.ID, FileName: p.Upload.Name, Kind: p.Kind, Columns: []model.ImportColumn{}, Rows: p.Rows,
		Fields: []model.ImportField{}, Mapping: toMapping(p.Map), CurrencyNeeded: p.CurrencyNeeded,
	}
	if out.Rows == nil {
		out.Rows = [][]string{}
	}
	for _, c := range p.Columns {
		out.Columns = append(out.Columns, model.ImportColumn{Name: c.Name, Type: c.Type})
	}
	for _, f := range p.Fields {
		out.Fields = append(out.Fields, model.ImportField{Name: f.Name, Needed: f.Needed, About: f.About})
	}
	return out
}

// importInput decodes what importStart was given.
func importInput(in model.ImportStartInput) (imports.StartInput, error) {
	out := imports.StartInput{
		Upload: in.UploadID, Kind: in.Kind, Map: map[string]string{}, Currency: strings.ToUpper(deref(in.Currency)), Source: deref(in.Source),
	}
	for i, m := range in.Mapping {
		path := fmt.Sprintf("mapping.%d", i)
		if _, twice := out.Map[m.Field]; twice {
			return out, shop.Errorf(shop.BadUserInput, path+".field", "%s is mapped twice", m.Field)
		}
		switch {
		case (m.Column == nil) == (m.Expression == nil):
			return out, shop.Errorf(shop.BadUserInput, path, "give either a column or an expression")
		case m.Column != nil:
			out.Map[m.Field] = warehouse.ColumnExpression(*m.Column)
		default:
			out.Map[m.Field] = *m.Expression
		}
	}
	return out, nil
}

// mappedField gives an error about a field of the mapping the path that it has in the input.
func mappedField(err error, in model.ImportStartInput) error {
	var e *shop.Error
	if !errors.As(err, &e) {
		return err
	}
	field, is := strings.CutPrefix(e.Field, "map.")
	if !is {
		return err
	}
	moved := *e
	moved.Field = "mapping"
	if i := slices.IndexFunc(in.Mapping, func(m model.ImportMappingInput) bool { return m.Field == field }); i >= 0 {
		moved.Field = fmt.Sprintf("mapping.%d", i)
	}
	return &moved
}

// errEnough ends a pass early.
var errEnough = errors.New("enough")

// firstRejects returns the first rejected rows of an import.
func (r *Resolver) firstRejects(ctx context.Context, i *model.Import, n int) ([]model.ImportReject, error) {
	out := []model.ImportReject{}
	if i.Rejected == 0 {
		return out, nil
	}
	err := r.Imports.Rejects(ctx, i.Key, func(x warehouse.Reject) error {
		out = append(out, model.ImportReject{Line: count(x.Line), Reason: x.Reason, Code: x.Code(), Row: x.Row})
		if len(out) == n {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

// imports returns all imports, newest first, read once for an answer.
func (r *Resolver) imports(ctx context.Context) ([]imports.Import, error) {
	return loadersOf(ctx).imports.get(func() ([]imports.Import, error) { return r.Imports.Imports(ctx) })
}

// importNode returns an import by its key, nil if there is none.
func (r *Resolver) importNode(ctx context.Context, key string) (*model.Import, error) {
	all, err := r.imports(ctx)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(i imports.Import) bool { return i.ID == key }); i >= 0 {
		return toImport(all[i]), nil
	}
	return nil, nil
}

// importList is the imports that a filter lets through, in the order of a page.
func importList(all []imports.Import, filter *model.ImportFilter, sort *model.ImportSort) ranked[imports.Import] {
	if filter != nil {
		all = slices.DeleteFunc(slices.Clone(all), func(i imports.Import) bool {
			return filter.States != nil && !slices.Contains(filter.States, i.State) || filter.Kinds != nil && !slices.Contains(filter.Kinds, i.Kind)
		})
	}
	return ranked[imports.Import]{
		all: all,
		id:  func(i imports.Import) string { return i.ID },
		figure: func(i imports.Import) float64 {
			switch deref(sort) {
			case model.ImportSortOldest:
				return -float64(i.QueuedAt.UnixMilli())
			case model.ImportSortRejected:
				return float64(i.Rejected)
			}
			return float64(i.QueuedAt.UnixMilli())
		},
	}
}

// importPage makes a connection of a page of imports.
func importPage(list ranked[imports.Import], first *int, after *string) (*model.ImportConnection, error) {
	page, cursors, more, err := list.page(first, after)
	if err != nil {
		return nil, err
	}
	out := &model.ImportConnection{Edges: []model.ImportEdge{}, PageInfo: *pageInfo(cursors, more), TotalCount: len(list.all)}
	for k, i := range page {
		out.Edges = append(out.Edges, model.ImportEdge{Cursor: cursors[k], Node: *toImport(i)})
	}
	return out, nil
}
