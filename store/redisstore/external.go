package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"also/shop"
)

// externalRecord is the control record that ties the shop's own customer id to
// a user.
type externalRecord struct {
	ID   string      `json:"id"`
	User shop.UserID `json:"user"`
}

// externalField is how an external id is named in keys and control records.
func externalField(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

func externalControl(id string, user shop.UserID) (shop.ControlRecord, error) {
	value, err := json.Marshal(externalRecord{id, user})
	if err != nil {
		return shop.ControlRecord{}, fmt.Errorf("encode an external id: %w", err)
	}
	return shop.ControlRecord{Name: externalKind + "/" + externalField(id), Value: value}, nil
}

// UsersOf implements store.Customers.
func (s *Store) UsersOf(ctx context.Context, externalIDs []string, assign bool) ([]shop.UserID, error) {
	if err := s.admit(ctx); err != nil {
		return nil, err
	}
	users := make([]shop.UserID, len(externalIDs))
	var missing []int
	for i, id := range externalIDs {
		if users[i] = s.external.get(id); users[i] == 0 && id != "" {
			missing = append(missing, i)
		}
	}
	if len(missing) == 0 {
		return users, nil
	}
	missing, err := s.lookUpExternal(ctx, externalIDs, users, missing)
	if err != nil || len(missing) == 0 || !assign {
		return users, err
	}
	// A few hundred at a time: who else assigns meanwhile then undoes little.
	for chunk := range slices.Chunk(missing, 200) {
		if err := s.assign(ctx, externalIDs, users, chunk); err != nil {
			return nil, err
		}
	}
	return users, nil
}

// lookUpExternal fills in the users of the ids at the given indices and returns
// the indices that it did not find.
func (s *Store) lookUpExternal(ctx context.Context, ids []string, users []shop.UserID, at []int) ([]int, error) {
	fields := make([]string, len(at))
	for j, i := range at {
		fields[j] = externalField(ids[i])
	}
	values, err := s.rdb.HMGet(ctx, s.keys.external(), fields...).Result()
	if err != nil {
		return nil, mapError("look up customers", err)
	}
	var missing []int
	for j, i := range at {
		text, _ := values[j].(string)
		if text == "" {
			missing = append(missing, i)
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("decode a stored user: %w", err)
		}
		users[i] = shop.UserID(n)
		s.external.put(ids[i], users[i])
	}
	return missing, nil
}

// assign gives new users to the ids at the given indices, unless somebody else
// does first.
func (s *Store) assign(ctx context.Context, ids []string, users []shop.UserID, at []int) error {
	var missing []int
	fresh := map[string]shop.UserID{}
	err := s.command(ctx, "assign users", func() (_ *change, err error) {
		if missing, err = s.lookUpExternal(ctx, ids, users, at); err != nil || len(missing) == 0 {
			return nil, err
		}
		c := &change{}
		clear(fresh)
		for _, i := range missing {
			if u, again := fresh[ids[i]]; again {
				users[i] = u
				continue
			}
			users[i] = shop.NewUserID()
			fresh[ids[i]] = users[i]
			if err := s.tie(c, ids[i], users[i]); err != nil {
				return nil, err
			}
		}
		return c, nil
	})
	if err != nil {
		return err
	}
	for id, u := range fresh {
		s.external.put(id, u)
	}
	return nil
}

// tie adds the mapping of an external id that has none yet.
func (s *Store) tie(c *change, id string, user shop.UserID) error {
	field := externalField(id)
	c.same(s.keys.external(), field, nil)
	c.set(s.keys.external(), field, user.String())
	r, err := externalControl(id, user)
	if err != nil {
		return err
	}
	c.record(r.Name, r.Value)
	return nil
}

// externalCache remembers users of external ids, which change only when one is forgotten. It keeps
// between one and two generations of the latest.
type externalCache struct {
	mu         sync.Mutex
	young, old map[string]shop.UserID
}

const cacheGeneration = 100_000

func newExternalCache() *externalCache { return &externalCache{young: map[string]shop.UserID{}} }

func (c *externalCache) get(id string) shop.UserID {
	c.mu.Lock()
	defer c.mu.Unlock()
	if u, ok := c.young[id]; ok {
		return u
	}
	u, ok := c.old[id]
	if ok {
		c.putLocked(id, u)
	}
	return u
}

func (c *externalCache) put(id string, u shop.UserID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.putLocked(id, u)
}

func (c *externalCache) putLocked(id string, u shop.UserID) {
	if len(c.young) >= cacheGeneration {
		c.old, c.young = c.young, make(map[string]shop.UserID, cacheGeneration)
	}
	c.young[id] = u
}

func (c *externalCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young, c.old = map[string]shop.UserID{}, nil
}
