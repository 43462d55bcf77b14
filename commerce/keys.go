package commerce

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"also/shop"
	"also/store"
)

// keyPrefix begins every secret, so that one that leaked is recognised.
const keyPrefix = "also_"

// keyName is the control record of a key: found by the hash of what a request
// brings.
func keyName(hash string) string { return "key/" + hash }

// KeyCreate makes a key. The secret is returned once; only its hash is kept.
func (s *Service) KeyCreate(ctx context.Context, name string, role shop.Role) (secret string, key shop.Key, err error) {
	secret = keyPrefix + newToken()
	key, err = s.saveKey(ctx, secret, name, role)
	return secret, key, err
}

func (s *Service) saveKey(ctx context.Context, secret, name string, role shop.Role) (shop.Key, error) {
	var c checks
	c.name("name", name)
	if role != shop.RoleShop && role != shop.RoleAdmin {
		c.fail("role", "%q is not a role: use %s or %s", role, shop.RoleShop, shop.RoleAdmin)
	}
	if c.err != nil {
		return shop.Key{}, c.err
	}
	key := shop.Key{ID: shop.NewUUID(s.now()).String(), Name: name, Role: role, Hash: hashToken(secret), CreatedAt: s.now()}
	return key, s.putKey(ctx, key, store.PutConditions{Absent: true})
}

func (s *Service) putKey(ctx context.Context, key shop.Key, conds store.PutConditions) error {
	value, err := json.Marshal(key)
	if err != nil {
		return fmt.Errorf("encode key: %w", err)
	}
	if err := s.Store.PutControl(ctx, []shop.ControlRecord{{Name: keyName(key.Hash), Value: value}}, conds); err != nil {
		return err
	}
	s.keys.drop(key.Hash)
	return nil
}

// KeyOf returns the key of a secret; shop.Unauthenticated if there is none or it was
// revoked. Answers are remembered for keyCacheLife, so that a revocation counts elsewhere after that at
// most. The caller limits attempts.
func (s *Service) KeyOf(ctx context.Context, secret string) (shop.Key, error) {
	if secret == "" || len(secret) > 512 {
		return shop.Key{}, refusedKey()
	}
	return s.keyByHash(ctx, hashToken(secret))
}

func refusedKey() error {
	return shop.Errorf(shop.Unauthenticated, "", "this key is not valid: send Authorization: Bearer with one made by keyCreate")
}

// keyByHash is KeyOf by the secret's hash.
func (s *Service) keyByHash(ctx context.Context, hash string) (shop.Key, error) {
	if key, ok := s.keys.get(hash, s.now()); ok {
		return key, nil
	}
	value, err := s.Store.Control(ctx, keyName(hash))
	if err != nil {
		return shop.Key{}, err
	}
	if value == nil {
		return shop.Key{}, refusedKey()
	}
	var key shop.Key
	if err := json.Unmarshal(value, &key); err != nil {
		return shop.Key{}, fmt.Errorf("decode key: %w", err)
	}
	if key.RevokedAt != nil {
		return shop.Key{}, refusedKey()
	}
	s.keys.put(key, s.now())
	return key, nil
}

// Keys returns all keys, revoked ones too, oldest first.
func (s *Service) Keys(ctx context.Context) ([]shop.Key, error) {
	records, err := s.Store.ControlList(ctx, "key")
	if err != nil {
		return nil, err
	}
	keys := make([]shop.Key, 0, len(records))
	for _, r := range records {
		var key shop.Key
		if err := json.Unmarshal(r.Value, &key); err != nil {
			return nil, fmt.Errorf("decode key: %w", err)
		}
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b shop.Key) int { return cmp.Or(a.CreatedAt.Compare(b.CreatedAt), strings.Compare(a.ID, b.ID)) })
	return keys, nil
}

// KeyRevoke ends a key for good. Doing it twice changes nothing. The last ADMIN key that
// is valid cannot be revoked: shop.Conflict.
func (s *Service) KeyRevoke(ctx context.Context, id string) (shop.Key, error) {
	keys, err := s.Keys(ctx)
	if err != nil {
		return shop.Key{}, err
	}
	admins := 0
	at := slices.IndexFunc(keys, func(k shop.Key) bool { return k.ID == id })
	for _, k := range keys {
		if k.Role == shop.RoleAdmin && k.RevokedAt == nil {
			admins++
		}
	}
	switch {
	case at < 0:
		return shop.Key{}, shop.Errorf(shop.NotFound, "id", "there is no key %q", id)
	case keys[at].RevokedAt != nil:
		return keys[at], nil
	case keys[at].Role == shop.RoleAdmin && admins == 1:
		return shop.Key{}, shop.Errorf(shop.Conflict, "id", "this is the last ADMIN key: make another first")
	}
	now := s.now()
	keys[at].RevokedAt = &now
	return keys[at], s.putKey(ctx, keys[at], store.PutConditions{})
}

// KeyRename gives a key, valid or not, another name; shop.Conflict if it was changed meanwhile.
func (s *Service) KeyRename(ctx context.Context, id, name string) (shop.Key, error) {
	var c checks
	if c.name("name", name); c.err != nil {
		return shop.Key{}, c.err
	}
	keys, err := s.Keys(ctx)
	if err != nil {
		return shop.Key{}, err
	}
	at := slices.IndexFunc(keys, func(k shop.Key) bool { return k.ID == id })
	if at < 0 {
		return shop.Key{}, shop.Errorf(shop.NotFound, "id", "there is no key %q", id)
	}
	record := keyName(keys[at].Hash)
	was, err := s.Store.Control(ctx, record)
	if err != nil {
		return shop.Key{}, err
	}
	var key shop.Key // as it is now: it may have been revoked since
	if err := json.Unmarshal(was, &key); err != nil {
		return shop.Key{}, fmt.Errorf("decode key: %w", err)
	}
	key.Name = name
	return key, s.putKey(ctx, key, store.PutConditions{Same: []shop.ControlRecord{{Name: record, Value: was}}})
}

// minSecret is the shortest ADMIN key that may be given from outside.
const minSecret = 8

// EnsureAdminKey makes sure that there is an ADMIN key: the one given (ALSO_ADMIN_KEY), if not
// empty, else any; without one it makes one and returns its secret, to be shown once. Otherwise it
// returns "".
func (s *Service) EnsureAdminKey(ctx context.Context, given string) (made string, err error) {
	if given != "" {
		if len(given) < minSecret || len(given) > 512 {
			return "", shop.Errorf(shop.BadUserInput, "ALSO_ADMIN_KEY", "must have %d to 512 characters: the longer the better", minSecret)
		}
		if key, err := s.KeyOf(ctx, given); err == nil && key.Role == shop.RoleAdmin {
			return "", nil
		} else if err != nil && shop.CodeOf(err) != shop.Unauthenticated {
			return "", err
		}
		key := shop.Key{
			ID: shop.NewUUID(s.now()).String(), Name: "ALSO_ADMIN_KEY", Role: shop.RoleAdmin, Hash: hashToken(given), CreatedAt: s.now(),
		}
		return "", s.putKey(ctx, key, store.PutConditions{})
	}
	keys, err := s.Keys(ctx)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(keys, func(k shop.Key) bool { return k.Role == shop.RoleAdmin && k.RevokedAt == nil }) {
		return "", nil
	}
	made, _, err = s.KeyCreate(ctx, "first", shop.RoleAdmin)
	return made, err
}

// keyCacheLife is how long a process trusts what it read about a key.
const keyCacheLife = 10 * time.Second

// keyCache remembers valid keys; there are few.
type keyCache struct {
	mu     sync.Mutex
	byHash map[string]cachedKey
}

type cachedKey struct {
	key   shop.Key
	until time.Time
}

func newKeyCache() *keyCache { return &keyCache{byHash: map[string]cachedKey{}} }

func (c *keyCache) get(hash string, now time.Time) (shop.Key, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.byHash[hash]
	return k.key, ok && now.Before(k.until)
}

func (c *keyCache) put(key shop.Key, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byHash[key.Hash] = cachedKey{key, now.Add(keyCacheLife)}
}

func (c *keyCache) drop(hash string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.byHash, hash)
}
