package commerce

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"also/shop"
	"also/store"
)

// CustomerDelete is ForgetCustomer, and waits a little for the lake.
func (s *Service) CustomerDelete(ctx context.Context, user shop.UserID) (shop.Forgetting, error) {
	f, err := s.ForgetCustomer(ctx, user)
	if err != nil {
		return f, err
	}
	return s.awaitErased(ctx, f)
}

// ForgetCustomer forgets a customer: at once their personal data, credentials, sessions, cart, orders, recent history
// and lists; then, by whoever holds the lake, their events. The receipt tells how far it is. shop.NotFound for nobody.
func (s *Service) ForgetCustomer(ctx context.Context, user shop.UserID) (shop.Forgetting, error) {
	f := shop.Forgetting{ID: shop.NewUUID(s.now()).String(), RequestedAt: s.now(), Users: []shop.UserID{user}}
	if user == 0 {
		return f, shop.Errorf(shop.NotFound, "id", "there is no such customer")
	}
	receipt, err := forgottenRecord(f)
	if err != nil {
		return f, err
	}
	e := s.event(shop.CustomerDeleted)
	e.Customer = user
	gone, err := s.Store.Forget(ctx, f.Users, &e, &receipt)
	if err != nil {
		return f, err
	}
	if err := s.countForgotten(ctx, f.ID, gone); err != nil {
		return f, err
	}
	s.acted(user)
	if err := s.Store.Publish(ctx, store.ForgetTopic, nil); err != nil {
		s.Log.WarnContext(ctx, "tell of somebody to forget: they are erased a little later", "error", err)
	}
	return f, nil
}

// countForgotten notes in a receipt what was dropped. Whoever erases may be
// completing it at the same moment.
func (s *Service) countForgotten(ctx context.Context, id string, gone store.Forgotten) error {
	for {
		name := shop.ForgottenName(id)
		was, err := s.Store.Control(ctx, name)
		if err != nil {
			return err
		}
		var f shop.Forgetting
		if err := json.Unmarshal(was, &f); err != nil {
			return fmt.Errorf("decode a receipt of forgetting: %w", err)
		}
		f.Customers, f.Sessions, f.Carts = f.Customers+gone.Customers, f.Sessions+gone.Sessions, f.Carts+gone.Carts
		f.Orders, f.Recent, f.Lists = f.Orders+gone.Orders, f.Recent+gone.Events, f.Lists+gone.Lists
		counted, err := forgottenRecord(f)
		if err != nil {
			return err
		}
		err = s.Store.PutControl(ctx, []shop.ControlRecord{counted}, store.PutConditions{Same: []shop.ControlRecord{{Name: name, Value: was}}})
		if shop.CodeOf(err) != shop.Conflict {
			return err
		}
	}
}

// erasedWithin is how long the answer of a deletion waits for the lake.
const erasedWithin = 3 * time.Second

// awaitErased returns the receipt once the lake is rewritten, or as it is after a while.
func (s *Service) awaitErased(ctx context.Context, f shop.Forgetting) (shop.Forgetting, error) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for began := time.Now(); time.Since(began) < erasedWithin; {
		now, err := s.Forgetting(ctx, f.ID)
		if err != nil || len(now.Users) == 0 {
			return now, err
		}
		f = now
		select {
		case <-ctx.Done():
			return f, nil // it is done all the same
		case <-tick.C:
		}
	}
	return f, nil
}

func forgottenRecord(f shop.Forgetting) (shop.ControlRecord, error) {
	value, err := json.Marshal(f)
	if err != nil {
		return shop.ControlRecord{}, fmt.Errorf("encode a receipt of forgetting: %w", err)
	}
	return shop.ControlRecord{Name: shop.ForgottenName(f.ID), Value: value}, nil
}

// Forgetting returns a receipt; shop.NotFound if there is none.
func (s *Service) Forgetting(ctx context.Context, id string) (shop.Forgetting, error) {
	var f shop.Forgetting
	if id == "" || strings.Contains(id, "/") {
		return f, shop.Errorf(shop.NotFound, "id", "there is no such receipt")
	}
	value, err := s.Store.Control(ctx, shop.ForgottenName(id))
	if err != nil {
		return f, err
	}
	if value == nil {
		return f, shop.Errorf(shop.NotFound, "id", "there is no such receipt")
	}
	if err := json.Unmarshal(value, &f); err != nil {
		return f, fmt.Errorf("decode a receipt of forgetting: %w", err)
	}
	return f, nil
}

// Forgettings returns all receipts, the latest first.
func (s *Service) Forgettings(ctx context.Context) ([]shop.Forgetting, error) {
	records, err := s.Store.ControlList(ctx, shop.ForgottenKind)
	if err != nil {
		return nil, err
	}
	all := make([]shop.Forgetting, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Value, &all[i]); err != nil {
			return nil, fmt.Errorf("decode a receipt of forgetting: %w", err)
		}
	}
	slices.Reverse(all) // ids rise with time
	return all, nil
}
