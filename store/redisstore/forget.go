package redisstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// Forget implements store.Customers: what lies under the shop's tag in one
// step, then what lies elsewhere, which may be repeated.
func (s *Store) Forget(
	ctx context.Context, users []shop.UserID, e *shop.Event, receipt *shop.ControlRecord,
) (gone store.Forgotten, err error) {
	if err := s.RepairOrders(ctx); err != nil {
		return gone, err // what is pending would come back after
	}
	var rest store.Forgotten
	err = s.commandThen(ctx, "forget", func() (*change, error) {
		gone = store.Forgotten{}
		c := &change{}
		for _, u := range users {
			if err := s.forgetUser(ctx, c, u, &gone); err != nil {
				return nil, err
			}
		}
		if gone.Customers == 0 {
			if err := s.forgetExternal(ctx, c, users); err != nil {
				return nil, err
			}
		}
		if err := s.forgetSessions(ctx, c, users, &gone); err != nil {
			return nil, err
		}
		if e != nil {
			e.Type = shop.CustomerDeleted
			c.events = []shop.Event{*e}
			c.changes = append(c.changes, store.Change{Kind: store.PeopleChange})
		}
		if receipt != nil {
			c.set(s.keys.control(kindName(receipt.Name)), receipt.Name, []byte(receipt.Value))
			c.record(receipt.Name, receipt.Value)
		}
		return c, nil
	}, func() (err error) {
		rest, err = s.forgetElsewhere(context.WithoutCancel(ctx), users)
		return err
	})
	s.external.clear()
	return gone.Plus(rest), err
}

func kindName(record string) string {
	kind, _, _ := strings.Cut(record, "/")
	return kind
}

// forgetUser takes one user's customer, cart and orders out.
func (s *Store) forgetUser(ctx context.Context, c *change, u shop.UserID, gone *store.Forgotten) error {
	field, key := u.String(), s.keys.customer(customerBucket(u))
	stored, err := s.field(ctx, key, field)
	if err != nil {
		return err
	}
	c.same(key, field, stored)
	if stored != nil {
		customer, err := decodeCustomer(stored)
		if err != nil {
			return err
		}
		gone.Customers++
		c.del(key, field)
		c.record(customerKind+"/"+field, nil)
		c.customerChanged(u)
		if customer.Email != "" {
			c.del(s.keys.email(), customer.Email)
		}
		if customer.ExternalID != "" {
			s.untie(c, externalField(customer.ExternalID))
		}
	}
	_, cart, err := s.readCart(ctx, u)
	if err != nil {
		return err
	}
	c.same(s.keys.cart(), field, cart)
	if cart != nil {
		gone.Carts++
		if err := s.putCart(c, shop.Cart{Owner: u}); err != nil {
			return err
		}
	}
	return s.forgetOrders(ctx, c, u, gone)
}

func (s *Store) untie(c *change, field string) {
	c.del(s.keys.external(), field)
	c.record(externalKind+"/"+field, nil)
}

// forgetExternal unties the ids of the shop's whose customers never got a
// record: nothing but the index names those.
func (s *Store) forgetExternal(ctx context.Context, c *change, users []shop.UserID) error {
	all, err := s.rdb.HGetAll(ctx, s.keys.external()).Result()
	if err != nil {
		return mapError("look through the shop's ids", err)
	}
	for field, user := range all {
		if slices.ContainsFunc(users, func(u shop.UserID) bool { return u.String() == user }) {
			s.untie(c, field)
		}
	}
	return nil
}

func (s *Store) forgetOrders(ctx context.Context, c *change, u shop.UserID, gone *store.Forgotten) error {
	ids, err := s.rdb.LRange(ctx, s.keys.orders(u), 0, -1).Result()
	if err != nil || len(ids) == 0 {
		return mapError("list orders", err)
	}
	orders, err := s.ordersByID(ctx, ids)
	if err != nil {
		return err
	}
	for i, o := range orders {
		if o == nil {
			continue
		}
		gone.Orders++
		c.del(s.keys.order(), ids[i])
		c.del(s.keys.cancelled(), ids[i])
		if o.Delivery != nil {
			c.del(s.keys.delivery(), ids[i])
			c.record(deliveryKind+"/"+ids[i], nil)
		}
		c.unlist(s.keys.placed(dayOf(o.PlacedAt)), ids[i])
	}
	c.drop(s.keys.orders(u))
	return nil
}

// forgetSessions ends the sessions that are one of the users, or signed in as one.
func (s *Store) forgetSessions(ctx context.Context, c *change, users []shop.UserID, gone *store.Forgotten) error {
	found, err := s.sessionsWhere(ctx, func(v shop.Session) bool {
		return slices.Contains(users, v.User) || v.Customer != 0 && slices.Contains(users, v.Customer)
	})
	for _, v := range found {
		gone.Sessions++
		s.dropSession(c, v.TokenHash)
	}
	return err
}

// sessionsWhere looks through all sessions, a bucket at a time.
func (s *Store) sessionsWhere(ctx context.Context, chosen func(shop.Session) bool) ([]shop.Session, error) {
	var found []shop.Session
	for bucket := range sessionBuckets {
		all, err := s.rdb.HVals(ctx, s.keys.session(bucket)).Result()
		if err != nil {
			return nil, mapError("look through sessions", err)
		}
		for _, stored := range all {
			v, err := decodeSession([]byte(stored))
			if err != nil {
				return nil, err
			}
			if chosen(v) {
				found = append(found, v)
			}
		}
	}
	return found, nil
}

// DropSessions implements store.Customers.
func (s *Store) DropSessions(ctx context.Context, customer shop.UserID, keep string) (ended []shop.Session, err error) {
	err = s.command(ctx, "end sessions", func() (*change, error) {
		ended, err = s.sessionsWhere(ctx, func(v shop.Session) bool { return v.Customer == customer && v.TokenHash != keep })
		if err != nil || len(ended) == 0 {
			return nil, err
		}
		c := &change{}
		for _, v := range ended {
			s.dropSession(c, v.TokenHash)
		}
		return c, nil
	})
	return ended, err
}

// forgetElsewhere drops recent histories, lists, and what was noted of new
// products.
func (s *Store) forgetElsewhere(ctx context.Context, users []shop.UserID) (gone store.Forgotten, err error) {
	members, err := s.rdb.SMembers(ctx, s.keys.lists()).Result()
	if err != nil {
		return gone, mapError("forget", err)
	}
	for _, u := range users {
		key, p := s.keys.tail(u), partitionOf(u)
		read, err := s.getAll(ctx, []string{key})
		if err != nil {
			return gone, mapError("forget", err)
		}
		events, err := unpack(read[0])
		if err != nil {
			return gone, fmt.Errorf("recent events of user %s: %w", u, err)
		}
		gone.Events += len(events)
		pipe := s.rdb.TxPipeline()
		pipe.Del(ctx, key)
		pipe.SRem(ctx, s.keys.users(p), u.String())
		var dropped []*redis.IntCmd
		if _, err := pipe.Exec(ctx); err != nil {
			return gone, mapError("forget", err)
		}
		lists := s.rdb.Pipeline()
		for _, m := range members {
			if set, kind, _ := strings.Cut(m, " "); kind == store.KindUser {
				dropped = append(dropped, lists.HDel(ctx, s.keys.list(listPartition(u.String()), set, kind), u.String()))
			}
		}
		if _, err := lists.Exec(ctx); err != nil {
			return gone, mapError("forget", err)
		}
		for _, d := range dropped {
			gone.Lists += int(d.Val())
		}
	}
	noted, err := s.forgetFresh(ctx, users)
	gone.Events += noted
	return gone, err
}

// forgetFresh takes the users' events out of what was noted of new products.
func (s *Store) forgetFresh(ctx context.Context, users []shop.UserID) (n int, err error) {
	skus, err := s.rdb.SMembers(ctx, s.keys.freshSet()).Result()
	if err != nil {
		return 0, mapError("forget", err)
	}
	for chunk := range slices.Chunk(skus, 200) {
		names := make([]string, len(chunk))
		for i, sku := range chunk {
			names[i] = s.keys.fresh(sku)
		}
		blobs, err := s.getAll(ctx, names)
		if err != nil {
			return n, mapError("forget", err)
		}
		var rs []replacement
		for i, b := range blobs {
			events, err := unpack(b)
			if err != nil {
				return n, fmt.Errorf("noted events of %s: %w", strconv.Quote(chunk[i]), err)
			}
			kept := slices.DeleteFunc(slices.Clone(events), func(e shop.Event) bool {
				return slices.Contains(users, e.Customer) || slices.Contains(users, e.Session)
			})
			if len(kept) < len(events) {
				n += len(events) - len(kept)
				rs = append(rs, replacement{chunk[i], names[i], b, pack(kept, true)})
			}
		}
		if err := s.replace(ctx, s.keys.freshSet(), rs); err != nil {
			return n, err
		}
	}
	return n, nil
}
