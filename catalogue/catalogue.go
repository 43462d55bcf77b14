// Package catalogue keeps a shop's products in memory as columns, so that
// filters are bitmaps and a card costs no round trip. Each API process holds
// one, following the store's stream of catalogue changes.
//
// Products have dense numbers that stay the same while the process lives. They
// lie in pages of pageSize rows; a change copies the page it touches and the
// list of pages, never more, so readers of a Snapshot never lock and a change
// costs the same in a shop of a million products.
package catalogue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"also/shop"
	"also/store"
)

// Options of a Catalogue. The zero value serves.
type Options struct {
	Block time.Duration // how long Follow waits for changes in one call; default 1 s
	Log   *slog.Logger  // default slog.Default()
}

func (o Options) withDefaults() Options {
	if o.Block <= 0 {
		o.Block = time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// Catalogue is a shop's products, vendors and categories in memory. It is safe
// for concurrent use.
type Catalogue struct {
	store   store.Catalogue
	opts    Options
	numbers *numbers
	current atomic.Pointer[Snapshot]

	mu    sync.Mutex // held by whoever applies changes
	after string     // position in the stream of changes that current covers
}

// Open reads the whole catalogue.
func Open(ctx context.Context, st store.Store, opts Options) (*Catalogue, error) {
	c := &Catalogue{store: st, opts: opts.withDefaults(), numbers: newNumbers()}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.reload(ctx); err != nil {
		return nil, fmt.Errorf("open catalogue: %w", err)
	}
	return c, nil
}

// Snapshot returns the catalogue as of now. It never changes; holding it costs
// nothing.
func (c *Catalogue) Snapshot() *Snapshot { return c.current.Load() }

// Follow applies changes until ctx ends, and then returns nil. It outlives
// failures of the store.
func (c *Catalogue) Follow(ctx context.Context) error {
	for ctx.Err() == nil {
		c.Snapshot().warm()
		after := c.position()
		changes, next, err := c.store.Changes(ctx, after, c.opts.Block)
		if err == nil || errors.Is(err, store.ErrBehind) {
			err = c.take(ctx, after, changes, next, errors.Is(err, store.ErrBehind))
		}
		if err == nil || ctx.Err() != nil {
			continue
		}
		c.opts.Log.WarnContext(ctx, "follow catalogue", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(c.opts.Block):
		}
	}
	return nil
}

// Refresh applies the changes that the store has now, so that what the caller
// wrote before is in the next Snapshot.
func (c *Catalogue) Refresh(ctx context.Context) error {
	for {
		after := c.position()
		changes, next, err := c.store.Changes(ctx, after, 0)
		behind := errors.Is(err, store.ErrBehind)
		if err != nil && !behind {
			return fmt.Errorf("refresh catalogue: %w", err)
		}
		if len(changes) == 0 && !behind {
			return nil
		}
		if err := c.take(ctx, after, changes, next, behind); err != nil {
			return fmt.Errorf("refresh catalogue: %w", err)
		}
	}
}

func (c *Catalogue) position() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.after
}

// take applies changes that follow the position after, unless another caller
// was faster.
func (c *Catalogue) take(ctx context.Context, after string, changes []store.Change, next string, behind bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.after != after {
		return nil
	}
	for _, ch := range changes {
		behind = behind || ch.Kind == store.Everything
	}
	if behind {
		return c.reload(ctx)
	}
	if err := c.apply(ctx, changes); err != nil {
		return err
	}
	c.after = next
	return nil
}

// reload reads everything. The caller holds mu.
func (c *Catalogue) reload(ctx context.Context) error {
	// Vendors and categories first: what changes after that is in the stream after the position that
	// AllProducts returns, or is read twice.
	empty := &Snapshot{numbers: c.numbers}
	if now := c.current.Load(); now != nil {
		empty.ranks = now.ranks
	}
	b, err := c.tree(ctx, empty)
	if err != nil {
		return err
	}
	after, err := c.store.AllProducts(ctx, func(products []shop.Product) error {
		for i := range products {
			b.put(&products[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	// A vendor saved between the two reads would otherwise be missed.
	if b, err = c.tree(ctx, b.snapshot()); err != nil {
		return err
	}
	c.after = after
	c.current.Store(b.snapshot())
	return nil
}

// apply reads again what changed. The caller holds mu.
func (c *Catalogue) apply(ctx context.Context, changes []store.Change) error {
	if len(changes) == 0 {
		return nil
	}
	b := builderOf(c.current.Load())
	var skus []string
	seen := map[string]bool{}
	tree := false
	for _, ch := range changes {
		if ch.Kind == store.PeopleChange {
			continue
		}
		if ch.Kind != store.ProductChange {
			tree = true
		} else if !seen[ch.ID] {
			seen[ch.ID] = true
			skus = append(skus, ch.ID)
		}
	}
	if tree {
		t, err := c.tree(ctx, c.current.Load())
		if err != nil {
			return err
		}
		b = t
	}
	const batch = 1000
	for len(skus) > 0 {
		n := min(batch, len(skus))
		products, err := c.store.Products(ctx, skus[:n])
		if err != nil {
			return err
		}
		for i, p := range products {
			if p == nil {
				b.drop(skus[i])
			} else {
				b.put(p)
			}
		}
		skus = skus[n:]
	}
	c.current.Store(b.snapshot())
	return nil
}

// tree reads vendors and categories over a snapshot's.
func (c *Catalogue) tree(ctx context.Context, s *Snapshot) (*builder, error) {
	vendors, err := c.store.Vendors(ctx)
	if err != nil {
		return nil, err
	}
	categories, err := c.store.Categories(ctx)
	if err != nil {
		return nil, err
	}
	b := builderOf(s)
	b.next.vendors, b.next.categories = newVendors(vendors), newTree(categories)
	return b, nil
}
