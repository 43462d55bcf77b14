package redisstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"also/shop"
	"also/store"
)

// The kinds of control records that have methods of their own.
const (
	customerKind = "customer"  // customer/<user>: shop.Customer
	externalKind = "extid"     // extid/<SHA-256 of the shop's own id>: externalRecord
	sessionKind  = "session"   // session/<token hash>: shop.Session
	cartKind     = "cart"      // cart/<owner>: shop.Cart
	orderKeyKind = "order-key" // order-key/<SHA-256 of owner and key>: the order's id
	deliveryKind = "delivery"  // delivery/<order>: shop.Address
)

var ownKinds = []string{customerKind, externalKind, sessionKind, cartKind, orderKeyKind, deliveryKind}

// kindOf returns the kind of a control record; it fails if the name has none
// or the kind has methods of its own.
func kindOf(name string) (string, error) {
	kind, rest, ok := strings.Cut(name, "/")
	if !ok || kind == "" || rest == "" {
		return "", shop.Errorf(shop.BadUserInput, "name", "%q is not the name of a control record: write kind/id", name)
	}
	if slices.Contains(ownKinds, kind) {
		return "", shop.Errorf(shop.BadUserInput, "name", "control records of kind %q are not written by name", kind)
	}
	return kind, nil
}

// PutControl implements store.Controls.
func (s *Store) PutControl(ctx context.Context, records []shop.ControlRecord, conds store.PutConditions) error {
	if err := s.admit(ctx); err != nil {
		return err
	}
	c := &change{}
	for _, r := range records {
		kind, err := kindOf(r.Name)
		if err != nil {
			return err
		}
		key := s.keys.control(kind)
		if conds.Absent {
			c.same(key, r.Name, nil)
		}
		if r.Deleted() {
			c.del(key, r.Name)
			c.record(r.Name, nil)
			continue
		}
		value, err := compact(r)
		if err != nil {
			return err
		}
		c.set(key, r.Name, value)
		c.record(r.Name, value)
	}
	for _, r := range conds.Same {
		kind, err := kindOf(r.Name)
		if err != nil {
			return err
		}
		if r.Deleted() {
			c.same(s.keys.control(kind), r.Name, nil)
			continue
		}
		value, err := compact(r)
		if err != nil {
			return err
		}
		c.same(s.keys.control(kind), r.Name, value)
	}
	if conds.Lease != nil {
		c.held(s.keys.lease(conds.Lease.Name), *conds.Lease, s.now())
	}
	failed, id, err := s.apply(ctx, c)
	if err != nil {
		return fmt.Errorf("put control records: %w", err)
	}
	if failed > 0 {
		return shop.Errorf(shop.Conflict, "", "this was changed meanwhile; look at it again")
	}
	if id.ID == "" {
		return nil
	}
	return s.commit(ctx, []store.OutboxID{id})
}

// compact returns a record's value in the form that is stored.
func compact(r shop.ControlRecord) ([]byte, error) {
	var b bytes.Buffer
	if err := json.Compact(&b, r.Value); err != nil {
		return nil, &shop.Error{Code: shop.BadUserInput, Field: "value", Message: "a control record's value must be JSON", Err: err}
	}
	return b.Bytes(), nil
}

// Control implements store.Controls.
func (s *Store) Control(ctx context.Context, name string) ([]byte, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	kind, err := kindOf(name)
	if err != nil {
		return nil, err
	}
	return s.field(ctx, s.keys.control(kind), name)
}

// ControlList implements store.Controls.
func (s *Store) ControlList(ctx context.Context, kind string) ([]shop.ControlRecord, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	if _, err := kindOf(kind + "/id"); err != nil {
		return nil, err
	}
	all, err := s.rdb.HGetAll(ctx, s.keys.control(kind)).Result()
	if err != nil {
		return nil, mapError("list control records", err)
	}
	records := make([]shop.ControlRecord, 0, len(all))
	for name, value := range all {
		records = append(records, shop.ControlRecord{Name: name, Value: json.RawMessage(value)})
	}
	slices.SortFunc(records, func(a, b shop.ControlRecord) int { return strings.Compare(a.Name, b.Name) })
	return records, nil
}
