// Package customers finds customers: by the beginnings of words of their name,
// email and the shop's own id of them. A Directory keeps what that needs in
// memory, is read when somebody first asks, and brings itself up to date before
// each answer.
package customers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"also/shop"
	"also/store"
)

// Sort says in which order customers are listed.
type Sort string

// The orders; ties go by user.
const (
	Newest Sort = "NEWEST" // by CreatedAt, the last first
	Oldest Sort = "OLDEST" // by CreatedAt
	Name   Sort = "NAME"   // upper and lower case alike
)

// Query chooses customers. The zero value is all of them, the newest first.
type Query struct {
	Text          string // all of its words must be found
	HasAccount    *bool
	CreatedFrom   time.Time // zero: no limit
	CreatedBefore time.Time // zero: no limit
	Sort          Sort      // default Newest
	After         Key       // go on behind it; zero: from the start
	N             int
}

// Key is a customer's place in every order.
type Key struct {
	User    shop.UserID
	Created int64 // milliseconds
	Name    string
}

// Page is a part of those that match.
type Page struct {
	Keys  []Key
	More  bool
	Total int
}

// Directory finds customers. It is safe for concurrent use.
type Directory struct {
	store store.Customers

	mu     sync.Mutex
	after  string // position in the stream of changes; "": nothing was read yet
	byUser map[shop.UserID]*row
	byName []*row
	byAge  []*row // oldest first
}

// row is what is kept of a customer.
type row struct {
	Key
	account bool
	words   string // in lower case, a space before each
}

// NewDirectory makes a directory of a store's customers. It reads nothing yet.
func NewDirectory(s store.Customers) *Directory { return &Directory{store: s} }

// Find answers a query as of now.
func (d *Directory) Find(ctx context.Context, q Query) (Page, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.refresh(ctx); err != nil {
		return Page{}, fmt.Errorf("find customers: %w", err)
	}
	list, order := d.byAge, byAge
	if q.Sort == Name {
		list, order = d.byName, byName
	}
	words := strings.Fields(strings.ToLower(q.Text))
	var page Page
	for i := range list {
		r := list[i]
		if q.Sort != Name && q.Sort != Oldest {
			r = list[len(list)-1-i]
		}
		if !r.matches(words, &q) {
			continue
		}
		page.Total++
		if q.After.User != 0 {
			if c := order(r, &row{Key: q.After}); c == 0 || (c < 0) == (q.Sort == Name || q.Sort == Oldest) {
				continue
			}
		}
		if len(page.Keys) < q.N {
			page.Keys = append(page.Keys, r.Key)
		} else {
			page.More = true
		}
	}
	return page, nil
}

func (r *row) matches(words []string, q *Query) bool {
	if q.HasAccount != nil && *q.HasAccount != r.account ||
		!q.CreatedFrom.IsZero() && r.Created < q.CreatedFrom.UnixMilli() ||
		!q.CreatedBefore.IsZero() && r.Created >= q.CreatedBefore.UnixMilli() {
		return false
	}
	for _, w := range words {
		if !strings.Contains(r.words, " "+w) {
			return false
		}
	}
	return true
}

func byName(a, b *row) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.User, b.User))
}
func byAge(a, b *row) int {
	return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.User, b.User))
}

// refresh applies what changed since the last time, or reads all.
func (d *Directory) refresh(ctx context.Context) error {
	if d.after == "" {
		return d.reload(ctx)
	}
	users, next, err := d.store.CustomerChanges(ctx, d.after)
	if errors.Is(err, store.ErrBehind) {
		return d.reload(ctx)
	}
	if err != nil || len(users) == 0 {
		return err
	}
	slices.Sort(users)
	users = slices.Compact(users)
	if len(users) > 500 { // sorting once costs less than inserting each
		return d.reload(ctx)
	}
	now, err := d.store.Customers(ctx, users)
	if err != nil {
		return err
	}
	for i, u := range users {
		if old := d.byUser[u]; old != nil {
			d.byName, d.byAge = without(d.byName, old, byName), without(d.byAge, old, byAge)
			delete(d.byUser, u)
		}
		if now[i] != nil {
			r := rowOf(now[i])
			d.byUser[u] = r
			d.byName, d.byAge = with(d.byName, r, byName), with(d.byAge, r, byAge)
		}
	}
	d.after = next
	return nil
}

func without(list []*row, r *row, order func(a, b *row) int) []*row {
	if i, found := slices.BinarySearchFunc(list, r, order); found {
		return slices.Delete(list, i, i+1)
	}
	return list
}

func with(list []*row, r *row, order func(a, b *row) int) []*row {
	i, _ := slices.BinarySearchFunc(list, r, order)
	return slices.Insert(list, i, r)
}

// readAtOnce is how many customers one call of the store brings.
const readAtOnce = 10_000

func (d *Directory) reload(ctx context.Context) error {
	_, position, err := d.store.CustomerChanges(ctx, "")
	if err != nil {
		return err
	}
	byUser := map[shop.UserID]*row{}
	for last := shop.UserID(0); ; {
		page, err := d.store.CustomerPage(ctx, last, readAtOnce)
		if err != nil {
			return err
		}
		for i := range page {
			byUser[page[i].User] = rowOf(&page[i])
		}
		if len(page) < readAtOnce {
			break
		}
		last = page[len(page)-1].User
	}
	rows := make([]*row, 0, len(byUser))
	for _, r := range byUser {
		rows = append(rows, r)
	}
	d.byName, d.byAge = rows, slices.Clone(rows)
	slices.SortFunc(d.byName, byName)
	slices.SortFunc(d.byAge, byAge)
	d.byUser, d.after = byUser, position
	return nil
}

// KeyOf returns a customer's place.
func KeyOf(c *shop.Customer) Key {
	name := strings.ToLower(cmp.Or(strings.TrimSpace(c.Name), c.Email, c.ExternalID))
	return Key{User: c.User, Created: c.CreatedAt.UnixMilli(), Name: name}
}

func rowOf(c *shop.Customer) *row {
	parts := strings.FieldsFunc(c.Email, func(r rune) bool { return r == '.' || r == '@' || r == '+' || r == '-' || r == '_' })
	all := append([]string{c.Name, c.Email, c.ExternalID}, parts...)
	words := strings.Join(strings.Fields(strings.ToLower(strings.Join(all, " "))), " ")
	return &row{Key: KeyOf(c), account: c.Password != "", words: " " + words}
}
