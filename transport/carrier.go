package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"also/shop"
	"also/store"
)

// OwnedLake is a lake that a Carrier opened for writing and closes.
type OwnedLake interface {
	Lake
	io.Closer
}

// carrierLease is the name of the lease that the one carrier at work holds.
const carrierLease = "transport"

// Carrier moves entries from a Redis that several processes share into the
// journal. Any number of processes may run one: that with the lease works, the
// others stand by. Where to go on from is what the journal says, so a carrier
// that takes over loses and repeats nothing. Commands do not wait for it.
type Carrier struct {
	opts  Options
	store store.Store
	open  func(context.Context) (OwnedLake, error)
	name  string

	mu   sync.Mutex
	pipe *Pipe // while this one works
}

// NewCarrier returns a carrier that opens the lake for writing by open, once it
// holds the lease. name tells processes apart.
func NewCarrier(s store.Store, name string, open func(context.Context) (OwnedLake, error), o Options) *Carrier {
	return &Carrier{opts: o.withDefaults(), store: s, open: open, name: name}
}

// Run stands by and works until ctx ends, and returns nil. Each does what must be done
// with a lake while this carrier works, such as Upkeep, until its context ends; it may be nil.
func (c *Carrier) Run(ctx context.Context, each func(context.Context, OwnedLake)) error {
	for ctx.Err() == nil {
		lease, ok, err := c.store.Claim(ctx, carrierLease, c.name, c.opts.LeaseFor)
		if err == nil && ok {
			err = c.work(ctx, lease, each)
		}
		if err != nil && ctx.Err() == nil {
			c.opts.Logger.ErrorContext(ctx, "carry the outbox to the journal", "error", err)
		}
		_ = pause(ctx, c.opts.LeaseFor/5) // the loop looks at ctx itself
	}
	return nil
}

// work carries until ctx ends or the lease is lost.
func (c *Carrier) work(ctx context.Context, lease store.Lease, each func(context.Context, OwnedLake)) (err error) {
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = c.store.Release(last, lease) // else it ends by itself
	}()
	lake, err := c.open(ctx)
	if err != nil {
		return fmt.Errorf("open the lake: %w", err)
	}
	defer func() { err = errors.Join(err, lake.Close()) }()
	ctx, cancel := context.WithCancel(ctx)
	var others sync.WaitGroup
	defer others.Wait()
	defer cancel()
	others.Go(func() {
		defer cancel()
		c.hold(ctx, lease)
	})
	p := NewPipe(c.opts)
	p.store, p.lake = c.store, lake
	c.at(p)
	defer c.at(nil)
	if err := p.catchUp(ctx, false); err != nil {
		return err
	}
	if each != nil {
		others.Go(func() { each(ctx, lake) })
	}
	for ctx.Err() == nil {
		if err := p.move(ctx, time.Second); err != nil && ctx.Err() == nil {
			p.fails(err)
			c.opts.Logger.ErrorContext(ctx, "the journal failed: entries wait in the outbox", "error", err)
			if p.insist(ctx, "the journal is not back", func() error { return p.resume(ctx) }) != nil {
				return nil // ctx has ended
			}
		}
	}
	return nil
}

// hold renews the lease until it is lost or ctx ends.
func (c *Carrier) hold(ctx context.Context, lease store.Lease) {
	renewed := c.opts.Now()
	for pause(ctx, c.opts.LeaseFor/5) == nil {
		err := c.store.Renew(ctx, lease, c.opts.LeaseFor)
		if err == nil {
			renewed = c.opts.Now()
			continue
		}
		if shop.CodeOf(err) == shop.Conflict || c.opts.Now().Sub(renewed) > c.opts.LeaseFor {
			return
		}
	}
}

func (c *Carrier) at(p *Pipe) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pipe = p
}

// Working returns what the carrier did since it took the lease and how far the
// journal is behind; ok is false while it stands by.
func (c *Carrier) Working(ctx context.Context) (s Stats, lag Lag, ok bool, err error) {
	c.mu.Lock()
	p := c.pipe
	c.mu.Unlock()
	if p == nil {
		return Stats{}, Lag{}, false, nil
	}
	lag, err = p.Lag(ctx)
	return p.Stats(), lag, true, err
}

// Report returns what the carrier did and how far each outbox is behind; ok is
// false while it stands by.
func (c *Carrier) Report(ctx context.Context) (s Stats, lags map[string]Lag, ok bool, err error) {
	c.mu.Lock()
	p := c.pipe
	c.mu.Unlock()
	if p == nil {
		return Stats{}, nil, false, nil
	}
	lags, err = p.LagByOutbox(ctx)
	return p.Stats(), lags, true, err
}

// Refresh moves what the outboxes hold into the lake, which this process holds
// for writing, and makes the view in a Redis again: what "also rebuild" does. No server may use it meanwhile.
func Refresh(ctx context.Context, lake Lake, s store.Store, o Options) error {
	p := NewPipe(o)
	p.store, p.lake = s, lake
	return p.catchUp(ctx, true)
}

// viewAttempts is how often a view is made again into which somebody wrote meanwhile.
const viewAttempts = 5

// catchUp moves what the outboxes hold, and makes the view again if it has lost
// what the lake knows, or in any case.
func (p *Pipe) catchUp(ctx context.Context, anyway bool) error {
	if err := p.takeEnds(ctx); err != nil {
		return err
	}
	for range viewAttempts {
		moved, err := p.moveAll(ctx)
		if err != nil {
			return err
		}
		again, err := lost(ctx, p.lake, p.store)
		if err != nil {
			return err
		}
		if !again && !anyway {
			return nil
		}
		if again {
			p.opts.Logger.WarnContext(ctx, "the view lacks what the lake knows: it is made again", "moved", moved)
		}
		if _, err := Rebuild(ctx, p.lake, p.store, p.opts.Now()); err != nil {
			return err
		}
		if err := p.takeEnds(ctx); err != nil {
			return err
		}
		late, err := p.store.Entries(ctx, p.acks.ends(), 1, 0)
		if err != nil {
			return err
		}
		if len(late) == 0 {
			return nil
		}
		anyway = true // they are kept, but the view may lack them
	}
	p.opts.Logger.ErrorContext(ctx, `servers keep writing while the view is made again: stop them and run "also rebuild"`)
	return nil
}

// moveAll moves what the outboxes hold now.
func (p *Pipe) moveAll(ctx context.Context) (total int, err error) {
	for {
		n, err := p.moveOnce(ctx, 0)
		if err != nil || n == 0 {
			return total, err
		}
		total += n
	}
}

// resume reopens a failed journal; the entries that it lacks are in the outboxes still.
func (p *Pipe) resume(ctx context.Context) error {
	if err := p.lake.Reopen(ctx); err != nil {
		return err
	}
	return p.takeEnds(ctx)
}

// takeEnds goes on from what the journal has.
func (p *Pipe) takeEnds(ctx context.Context) error {
	head, all, err := p.lake.Ends(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.acks.through = outboxes(all)
	p.stats.Position = head
	clear(p.untrimmed)
	p.trimDue = 0
	return nil
}
