package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// recordKind is the kind of imports' control records.
const recordKind = "import"

func recordName(id string) string { return recordKind + "/" + id }

// Receive keeps a file that is sent to be imported. If r fails nothing of it stays.
func (s *Service) Receive(ctx context.Context, name string, r io.Reader) (warehouse.Upload, error) {
	return s.lake.Receive(ctx, name, r)
}

// StartInput says what to import.
type StartInput struct {
	Upload   string
	Kind     Kind
	Map      map[string]string // field → expression
	Currency string            // of prices without one
	Source   string            // who told us, part of events' ids; default the file's name
}

// Start queues an import. It fails with shop.BadUserInput, naming the field,
// if what it is told cannot be meant, and with shop.NotFound without the upload.
func (s *Service) Start(ctx context.Context, in StartInput) (Import, error) {
	kind, ok := kinds[in.Kind]
	if !ok {
		return Import{}, shop.Errorf(shop.BadUserInput, "kind", "%q cannot be imported: use PRODUCTS, CUSTOMERS or EVENTS", in.Kind)
	}
	u, err := s.lake.Upload(in.Upload)
	if err != nil {
		return Import{}, err
	}
	if len(in.Source) > 200 {
		return Import{}, shop.Errorf(shop.BadUserInput, "source", "a source may have 200 characters")
	}
	spec := warehouse.ImportSpec{Kind: kind, Map: in.Map, Currency: in.Currency, Source: in.Source}
	if err := s.lake.CheckImport(ctx, u, spec); err != nil {
		return Import{}, err
	}
	now := s.now().UTC()
	i := Import{ID: shop.NewUUID(now).String(), Kind: in.Kind, State: Queued, Upload: u.ID, File: u.Name, Size: u.Size, Map: in.Map,
		Currency: in.Currency, Source: in.Source, QueuedAt: now}
	value, err := json.Marshal(i)
	if err != nil {
		return Import{}, fmt.Errorf("start an import: %w", err)
	}
	record := shop.ControlRecord{Name: recordName(i.ID), Value: value}
	if err := s.store.PutControl(ctx, []shop.ControlRecord{record}, store.PutConditions{Absent: true}); err != nil {
		return Import{}, fmt.Errorf("start an import: %w", err)
	}
	s.publish(ctx, workTopic, []byte(i.ID))
	return i, nil
}

// Cancel asks an import to stop and returns it. One that waits ends at once, one that runs
// soon; one that is over stays as it is.
func (s *Service) Cancel(ctx context.Context, id string) (Import, error) {
	i, err := s.update(ctx, id, func(i *Import) {
		i.CancelAsked = true
		if i.State == Queued {
			s.end(i, Cancelled, "")
		}
	})
	if err != nil {
		return i, fmt.Errorf("cancel import %s: %w", id, err)
	}
	return i, nil
}

// Delete forgets an import that is over: its record and its rejected rows, not
// what was imported.
func (s *Service) Delete(ctx context.Context, id string) error {
	i, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	if !i.Final() {
		return shop.Errorf(shop.Conflict, "id", "the import is not over: cancel it first")
	}
	if err := s.lake.RemoveImport(id); err != nil {
		return fmt.Errorf("delete import %s: %w", id, err)
	}
	return s.store.PutControl(ctx, []shop.ControlRecord{{Name: recordName(id)}}, store.PutConditions{})
}

// Import returns an import; shop.NotFound if there is none of that id.
func (s *Service) Import(ctx context.Context, id string) (Import, error) {
	i, _, err := s.read(ctx, id)
	return i, err
}

func (s *Service) read(ctx context.Context, id string) (Import, []byte, error) {
	raw, err := s.store.Control(ctx, recordName(id))
	if err != nil {
		return Import{}, nil, fmt.Errorf("read import %s: %w", id, err)
	}
	if raw == nil {
		return Import{}, nil, notFound(id)
	}
	i, err := decode(raw)
	return i, raw, err
}

func decode(value []byte) (Import, error) {
	var i Import
	if err := json.Unmarshal(value, &i); err != nil {
		return i, fmt.Errorf("read an import: %w", err)
	}
	return i, nil
}

// Imports returns the imports that are remembered, newest first.
func (s *Service) Imports(ctx context.Context) ([]Import, error) {
	all, err := s.all(ctx)
	slices.Reverse(all)
	return all, err
}

// all returns every import, oldest first.
func (s *Service) all(ctx context.Context) ([]Import, error) {
	records, err := s.store.ControlList(ctx, recordKind)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	all := make([]Import, 0, len(records))
	for _, r := range records {
		i, err := decode(r.Value)
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b Import) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

// Rejects calls f with the rejected rows of an import, by line, until f fails. It
// reads a file; of an id that no import has there are none.
func (s *Service) Rejects(ctx context.Context, id string, f func(warehouse.Reject) error) error {
	return s.lake.Rejects(ctx, id, f)
}

// update changes an import's record by change, again when somebody else changed it
// meanwhile, and tells whoever watches. A final one is not changed.
func (s *Service) update(ctx context.Context, id string, change func(*Import)) (Import, error) {
	for {
		i, raw, err := s.read(ctx, id)
		if err != nil || i.Final() {
			return i, err
		}
		change(&i)
		value, err := json.Marshal(i)
		if err != nil {
			return i, fmt.Errorf("write import %s: %w", id, err)
		}
		same := []shop.ControlRecord{{Name: recordName(id), Value: raw}}
		err = s.store.PutControl(ctx, []shop.ControlRecord{{Name: recordName(id), Value: value}}, store.PutConditions{Same: same})
		if err == nil {
			s.publish(ctx, recordName(id), value)
			return i, nil
		}
		if shop.CodeOf(err) != shop.Conflict {
			return i, fmt.Errorf("write import %s: %w", id, err)
		}
	}
}

// end puts an import into a final state.
func (s *Service) end(i *Import, state State, why string) {
	now := s.now().UTC()
	i.State, i.EndedAt, i.Error, i.Phase, i.Done, i.Total = state, &now, why, "", 0, 0
}

// publish sends a message that may be missed; a failure is not the import's.
func (s *Service) publish(ctx context.Context, topic string, message []byte) {
	if err := s.store.Publish(ctx, topic, message); err != nil {
		s.log.WarnContext(ctx, "publish", "topic", topic, "error", err)
	}
}
