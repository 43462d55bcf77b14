package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/redis/go-redis/v9"

	"also/shop"
	"also/store"
)

// SaveCustomer implements store.Customers.
func (s *Store) SaveCustomer(ctx context.Context, c shop.Customer, mode store.SaveMode) (saved shop.Customer, err error) {
	err = s.command(ctx, "save customer", func() (*change, error) {
		saved = c
		saved.CreatedAt = c.CreatedAt.UTC().Round(0)
		step := &change{}
		if err := s.settleUser(ctx, step, &saved); err != nil {
			return nil, err
		}
		field, key := saved.User.String(), s.keys.customer(customerBucket(saved.User))
		old, err := s.field(ctx, key, field)
		if err != nil {
			return nil, err
		}
		if err := checkMode("customer", field, mode, old != nil, false); err != nil {
			return nil, err
		}
		var before shop.Customer
		if old != nil {
			if before, err = decodeCustomer(old); err != nil {
				return nil, err
			}
		}
		if err := s.settleEmail(ctx, step, before, saved); err != nil {
			return nil, err
		}
		value, err := json.Marshal(saved)
		if err != nil {
			return nil, fmt.Errorf("encode customer: %w", err)
		}
		step.same(key, field, old)
		step.set(key, field, value)
		step.record(customerKind+"/"+field, value)
		step.customerChanged(saved.User)
		return step, nil
	})
	if err != nil {
		return shop.Customer{}, err
	}
	return saved, nil
}

// settleUser finds or draws the user of a customer and ties the external id to it.
func (s *Store) settleUser(ctx context.Context, step *change, c *shop.Customer) error {
	if c.ExternalID == "" {
		if c.User == 0 {
			c.User = shop.NewUserID()
		}
		return nil
	}
	field := externalField(c.ExternalID)
	known, err := s.field(ctx, s.keys.external(), field)
	if err != nil {
		return err
	}
	if known == nil {
		if c.User == 0 {
			c.User = shop.NewUserID()
		}
		return s.tie(step, c.ExternalID, c.User)
	}
	n, err := strconv.ParseInt(string(known), 10, 64)
	if err != nil {
		return fmt.Errorf("decode a stored user: %w", err)
	}
	if c.User == 0 {
		c.User = shop.UserID(n)
	}
	if c.User != shop.UserID(n) {
		return shop.Errorf(shop.Conflict, "externalId", "another customer has this id of the shop")
	}
	step.same(s.keys.external(), field, known)
	return nil
}

// settleEmail moves the index of emails along.
func (s *Store) settleEmail(ctx context.Context, step *change, before, after shop.Customer) error {
	if before.Email != "" && before.Email != after.Email {
		step.del(s.keys.email(), before.Email)
	}
	if after.Email == "" {
		return nil
	}
	holder, err := s.field(ctx, s.keys.email(), after.Email)
	if err != nil {
		return err
	}
	if holder != nil && string(holder) != after.User.String() {
		return shop.Errorf(shop.Conflict, "email", "another customer has this email address")
	}
	step.same(s.keys.email(), after.Email, holder)
	step.set(s.keys.email(), after.Email, after.User.String())
	return nil
}

func decodeCustomer(b []byte) (c shop.Customer, err error) {
	if err := json.Unmarshal(b, &c); err != nil {
		return c, fmt.Errorf("decode a stored customer: %w", err)
	}
	return c, nil
}

// Customer implements store.Customers.
func (s *Store) Customer(ctx context.Context, user shop.UserID) (shop.Customer, error) {
	found, err := s.Customers(ctx, []shop.UserID{user})
	if err != nil {
		return shop.Customer{}, err
	}
	if found[0] == nil {
		return shop.Customer{}, shop.Errorf(shop.NotFound, "", "there is no such customer")
	}
	return *found[0], nil
}

// Customers implements store.Customers.
func (s *Store) Customers(ctx context.Context, users []shop.UserID) ([]*shop.Customer, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	found := make([]*shop.Customer, len(users))
	pipe := s.rdb.Pipeline()
	cmds := make([]*redis.StringCmd, len(users))
	for i, u := range users {
		cmds[i] = pipe.HGet(ctx, s.keys.customer(customerBucket(u)), u.String())
	}
	_, _ = pipe.Exec(ctx) // every command has its own error
	for i, cmd := range cmds {
		b, err := cmd.Bytes()
		if errors.Is(err, redis.Nil) {
			continue
		}
		if err != nil {
			return nil, mapError("read customers", err)
		}
		c, err := decodeCustomer(b)
		if err != nil {
			return nil, err
		}
		found[i] = &c
	}
	return found, nil
}

// CustomerByEmail implements store.Customers.
func (s *Store) CustomerByEmail(ctx context.Context, email string) (shop.Customer, error) {
	if err := s.admit(ctx); err != nil {
		return shop.Customer{}, err
	}
	b, err := s.field(ctx, s.keys.email(), email)
	if err != nil {
		return shop.Customer{}, err
	}
	if b == nil {
		return shop.Customer{}, shop.Errorf(shop.NotFound, "", "there is no such customer")
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return shop.Customer{}, fmt.Errorf("decode a stored user: %w", err)
	}
	return s.Customer(ctx, shop.UserID(n))
}

// CustomerPage implements store.Customers. Buckets hold ranges of users, so a
// page reads buckets in order until it is full.
func (s *Store) CustomerPage(ctx context.Context, after shop.UserID, n int) ([]shop.Customer, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	const atOnce = 64
	var page []shop.Customer
	for from := customerBucket(after); from < customerBuckets && len(page) < n; from += atOnce {
		pipe := s.rdb.Pipeline()
		var cmds []*redis.MapStringStringCmd
		for b := from; b < min(from+atOnce, customerBuckets); b++ {
			cmds = append(cmds, pipe.HGetAll(ctx, s.keys.customer(b)))
		}
		if _, err := pipe.Exec(ctx); err != nil {
			return nil, mapError("list customers", err)
		}
		for _, cmd := range cmds {
			if len(page) >= n {
				break
			}
			bucket, err := bucketAfter(cmd.Val(), after)
			if err != nil {
				return nil, err
			}
			page = append(page, bucket...)
		}
	}
	return page[:min(n, len(page))], nil
}

// customerChange is the kind of entries of the stream of customers.
const customerChange store.ChangeKind = "customer"

// CustomerChanges implements store.Customers.
func (s *Store) CustomerChanges(ctx context.Context, after string) (users []shop.UserID, next string, err error) {
	if err := s.admit(ctx); err != nil {
		return nil, "", err
	}
	if after == "" {
		n, err := s.lastNumber(ctx, "people")
		return nil, strconv.FormatInt(n, 10), err
	}
	entries, next, err := s.followNumbered(ctx, s.keys.people(), "people", changesBell, after, 0)
	if err != nil {
		return nil, "", err
	}
	for _, e := range entries {
		text, _ := e.Values["id"].(string)
		u, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, "", fmt.Errorf("decode a stored user: %w", err)
		}
		users = append(users, shop.UserID(u))
	}
	return users, next, nil
}

// bucketAfter decodes those of a bucket that come after a user, in order.
func bucketAfter(bucket map[string]string, after shop.UserID) ([]shop.Customer, error) {
	var users []int64
	for field := range bucket {
		u, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("decode a stored user: %w", err)
		}
		if u > int64(after) {
			users = append(users, u)
		}
	}
	slices.Sort(users)
	customers := make([]shop.Customer, len(users))
	for i, u := range users {
		var err error
		if customers[i], err = decodeCustomer([]byte(bucket[strconv.FormatInt(u, 10)])); err != nil {
			return nil, err
		}
	}
	return customers, nil
}
