package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// Eraser is what forgetting needs of the lake, opened for writing.
type Eraser interface {
	Ends(ctx context.Context) (warehouse.Position, map[string]string, error)
	SessionsOf(ctx context.Context, customer shop.UserID) ([]shop.UserID, error)
	Forget(ctx context.Context, users []shop.UserID) (warehouse.ForgetReport, error)
	DropDatasets(ctx context.Context, n int, keep ...warehouse.Position) error
}

// forgetEvery is how often the holder of the lake looks by itself.
const forgetEvery = 30 * time.Second

// Forgetting erases from the lake whom the store has forgotten, until ctx ends:
// now, whenever it is told, and every so often. A failure is logged and tried again.
func Forgetting(ctx context.Context, lake Eraser, s store.Store, log *slog.Logger) {
	told, err := s.Subscribe(ctx, store.ForgetTopic)
	if err != nil {
		log.WarnContext(ctx, "listen for people to forget", "error", err)
	}
	for ctx.Err() == nil {
		if err := Forget(ctx, lake, s, time.Now); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "forget people", "error", err)
		}
		select {
		case <-ctx.Done():
		case _, open := <-told:
			if !open {
				told = nil // the tick remains
			}
		case <-time.After(forgetEvery):
		}
	}
}

// Forget erases all whom the store has forgotten and the lake has not, and
// completes their receipts.
func Forget(ctx context.Context, lake Eraser, s store.Store, now func() time.Time) error {
	records, err := s.ControlList(ctx, shop.ForgottenKind)
	if err != nil {
		return err
	}
	for _, r := range records {
		var f shop.Forgetting
		if err := json.Unmarshal(r.Value, &f); err != nil {
			return fmt.Errorf("decode a receipt of forgetting: %w", err)
		}
		if len(f.Users) == 0 {
			continue
		}
		report, more, err := erase(ctx, lake, s, f.Users)
		if err == nil {
			err = complete(ctx, s, f.ID, report, more, now().UTC().Truncate(time.Millisecond))
		}
		if err != nil {
			return fmt.Errorf("forgetting %s: %w", f.ID, err)
		}
	}
	return nil
}

// erase takes people and the sessions that were theirs out of the lake, and
// what came since they were forgotten out of the store.
func erase(ctx context.Context, lake Eraser, s store.Store, people []shop.UserID) (r warehouse.ForgetReport, more store.Forgotten, err error) {
	users := slices.Clone(people)
	for _, u := range people {
		sessions, err := lake.SessionsOf(ctx, u)
		if err != nil {
			return r, more, err
		}
		users = append(users, sessions...)
	}
	slices.Sort(users)
	users = slices.Compact(users)
	if more, err = s.Forget(ctx, users, nil, nil); err != nil {
		return r, more, err
	}
	if err := arrived(ctx, lake, s); err != nil {
		return r, more, err
	}
	if r, err = lake.Forget(ctx, users); err != nil {
		return r, more, err
	}
	// They are made again from the lake when they are asked for, without the forgotten.
	return r, more, lake.DropDatasets(ctx, 0)
}

// complete notes in a receipt what was erased. The one who asked may be noting
// what was dropped at the same moment.
func complete(ctx context.Context, s store.Store, id string, r warehouse.ForgetReport, more store.Forgotten, at time.Time) error {
	name := shop.ForgottenName(id)
	for {
		was, err := s.Control(ctx, name)
		if err != nil {
			return err
		}
		var f shop.Forgetting
		if err := json.Unmarshal(was, &f); err != nil {
			return fmt.Errorf("decode a receipt of forgetting: %w", err)
		}
		f.Customers, f.Sessions, f.Carts = f.Customers+more.Customers, f.Sessions+more.Sessions, f.Carts+more.Carts
		f.Orders, f.Recent, f.Lists = f.Orders+more.Orders, f.Recent+more.Events, f.Lists+more.Lists
		f.Users, f.ErasedAt = nil, at
		f.Through, f.Events, f.Sales, f.Files = int64(r.Through), r.Events, r.Sales, r.Files
		value, err := json.Marshal(f)
		if err != nil {
			return fmt.Errorf("encode a receipt of forgetting: %w", err)
		}
		err = s.PutControl(ctx, []shop.ControlRecord{{Name: name, Value: value}}, store.PutConditions{Same: []shop.ControlRecord{{Name: name, Value: was}}})
		if shop.CodeOf(err) != shop.Conflict {
			return err
		}
	}
}

// arrived waits until the lake has all that the outboxes were given up to now.
func arrived(ctx context.Context, lake Eraser, s store.Store) error {
	written, err := s.OutboxEnds(ctx)
	if err != nil {
		return err
	}
	for {
		_, has, err := lake.Ends(ctx)
		if err != nil {
			return err
		}
		maps.DeleteFunc(written, func(name, end string) bool { return end <= has[name] })
		if len(written) == 0 {
			return nil
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
}
