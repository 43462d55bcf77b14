package transport

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"also/shop"
	"also/store"
	"also/warehouse"
)

// Options of a Pipe and of Carry. The zero value serves.
type Options struct {
	Now    func() time.Time // default time.Now
	Logger *slog.Logger     // default: silent
	// Batch is how many entries of one outbox are read and appended at once; default 1,000.
	Batch int
	// TrimAfter is how many entries the journal has before the outboxes are trimmed; default 1,000.
	TrimAfter int
	// Patience is the pause before another attempt after a failure; it doubles up to 16 times this. Default 250 ms.
	Patience time.Duration
	// LeaseFor is how long a carrier that says nothing is believed to be alive; default 10 s.
	LeaseFor time.Duration
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Batch <= 0 {
		o.Batch = 1000
	}
	if o.TrimAfter <= 0 {
		o.TrimAfter = 1000
	}
	if o.Patience <= 0 {
		o.Patience = 250 * time.Millisecond
	}
	if o.LeaseFor <= 0 {
		o.LeaseFor = 10 * time.Second
	}
	return o
}

// Pipe moves what the embedded store's commands did into the journal, and is
// that store's Durability: a command returns when its entry is synced. While
// one sync runs the next entries gather.
//
// The order of things at a start: NewPipe, open the store with it as
// Durability, Start, which makes the view from the lake, and Run, which moves entries until its
// context ends. Nothing is admitted before Start has succeeded and after Run has returned.
type Pipe struct {
	opts  Options
	store store.Store
	lake  Lake

	mu     sync.Mutex // guards what follows
	closed error      // why nothing is admitted; nil: the gate is open
	lost   bool       // what is written now will not reach the journal
	acks   *acks
	stats  Stats
	moves  moves

	untrimmed map[string]string // ends that the journal has and the outboxes still hold; of Run only
	trimDue   int
}

var _ store.Durability = (*Pipe)(nil)

// NewPipe returns a pipe whose gate is closed until Start.
func NewPipe(o Options) *Pipe {
	return &Pipe{opts: o.withDefaults(), acks: newAcks(), untrimmed: map[string]string{}, lost: true,
		closed: shop.Errorf(shop.Unavailable, "", "the shop is starting; try again in a moment")}
}

// Start makes the view in s from the lake and opens the gate.
func (p *Pipe) Start(ctx context.Context, s store.Store, lake Lake) error {
	p.store, p.lake = s, lake
	return p.rebuild(ctx)
}

// Admit implements store.Durability.
func (p *Pipe) Admit() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}

// Commit implements store.Durability.
func (p *Pipe) Commit(ctx context.Context, written []store.OutboxID) error {
	p.mu.Lock()
	done, err := p.acks.look(written)
	if !done && p.lost {
		done, err = true, errLost
	}
	if done {
		p.mu.Unlock()
		return err
	}
	w := &wait{ids: written, done: make(chan error, 1)}
	p.acks.waiting[w] = struct{}{}
	p.mu.Unlock()
	select {
	case err := <-w.done:
		return err
	case <-ctx.Done():
		p.mu.Lock()
		delete(p.acks.waiting, w)
		p.mu.Unlock()
		return &shop.Error{Code: shop.Unavailable, Message: "it is not known whether this was kept; try again", Err: ctx.Err()}
	}
}

// Run moves entries until ctx ends, then what is left, and closes the gate. It
// returns nil unless that last move failed. After a failure of the journal it closes the gate, reopens the
// journal, makes the view again, and goes on.
func (p *Pipe) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := p.move(ctx, time.Second); err != nil && ctx.Err() == nil {
			p.fails(err)
			p.opts.Logger.ErrorContext(ctx, "the journal failed: no writes until it is back", "error", err)
			if err := p.recover(ctx); err != nil { // ctx has ended
				p.shut(errClosing, true)
				return nil
			}
			p.opts.Logger.InfoContext(ctx, "the journal is back, the view is made again")
		}
	}
	// Commands that were admitted still finish; no new ones begin.
	p.shut(errClosing, false)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	for {
		n, err := p.moveOnce(last, 0)
		if err != nil || n == 0 {
			p.shut(errClosing, true)
		}
		if err != nil {
			return fmt.Errorf("move the last entries: %w", err)
		}
		if n == 0 {
			return nil
		}
	}
}

var errClosing = shop.Errorf(shop.Unavailable, "", "the shop is closing; try again later")

// shut closes the gate. With lost, what is written and not in the journal will
// not be: those who wait for it are told so.
func (p *Pipe) shut(why error, lost bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = why
	if p.lost = lost; lost {
		p.acks.fail(errLost)
	}
}

// move waits for entries, up to block, and moves them. A failure of the store
// is not one of the journal: it is waited out.
func (p *Pipe) move(ctx context.Context, block time.Duration) error {
	_, err := p.moveOnce(ctx, block)
	var unread *unreadError
	if errors.As(err, &unread) {
		if ctx.Err() != nil {
			return nil // the wait for entries was cut short
		}
		p.opts.Logger.ErrorContext(ctx, "read the outbox", "error", err)
		return pause(ctx, p.opts.Patience)
	}
	return err
}

// unreadError says that the outbox could not be read.
type unreadError struct{ error }

func (e *unreadError) Unwrap() error { return e.error }

func (p *Pipe) moveOnce(ctx context.Context, block time.Duration) (int, error) {
	p.mu.Lock()
	after := p.acks.ends()
	p.mu.Unlock()
	entries, err := p.store.Entries(ctx, after, p.opts.Batch, block)
	if err != nil {
		return 0, &unreadError{err}
	}
	if len(entries) == 0 {
		return 0, nil
	}
	start := p.opts.Now()
	head, err := p.lake.Append(ctx, toLake(entries))
	if err != nil {
		return 0, err
	}
	p.mu.Lock()
	p.acks.appended(entries)
	now := p.opts.Now()
	p.moves.add(p.stats.Position, head, now)
	p.stats.moved(entries, head, now.Sub(start))
	p.stats.MovedAt = now
	p.mu.Unlock()
	p.trim(ctx, entries)
	return len(entries), nil
}

// toLake gives outbox entries the lake's form.
func toLake(entries []store.Entry) []warehouse.Entry {
	out := make([]warehouse.Entry, len(entries))
	for i, e := range entries {
		out[i] = warehouse.Entry{Outbox: e.Outbox, ID: e.ID, At: e.At, Events: e.Events, Body: e.Body}
	}
	return out
}

// trim drops from the outboxes, once they are many, entries that the journal has.
func (p *Pipe) trim(ctx context.Context, entries []store.Entry) {
	for _, e := range entries {
		p.untrimmed[e.Outbox] = e.ID
	}
	if p.trimDue += len(entries); p.trimDue < p.opts.TrimAfter {
		return
	}
	if err := p.store.TrimOutbox(ctx, p.untrimmed); err != nil {
		p.opts.Logger.WarnContext(ctx, "trim the outbox", "error", err) // the next one trims these too
		return
	}
	clear(p.untrimmed)
	p.trimDue = 0
}

// recover brings journal and view back after a failure, however long it takes.
// It fails only when ctx ends.
func (p *Pipe) recover(ctx context.Context) error {
	p.shut(shop.Errorf(shop.Unavailable, "", "the journal cannot be written; what was acknowledged is safe, try again"), true)
	return p.insist(ctx, "the journal is not back", func() error {
		if err := p.lake.Reopen(ctx); err != nil {
			return err
		}
		return p.rebuild(ctx)
	})
}

// insist calls f until it succeeds or ctx ends, whose error it then returns.
func (p *Pipe) insist(ctx context.Context, failing string, f func() error) error {
	for wait := p.opts.Patience; ; wait = min(2*wait, 16*p.opts.Patience) {
		err := f()
		if err == nil {
			return nil
		}
		if ctx.Err() == nil {
			p.opts.Logger.ErrorContext(ctx, failing, "error", err)
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}

// rebuild makes the view from the lake and opens the gate. What the outboxes
// hold was answered as lost: it is dropped. A command that was admitted before the gate
// closed may have written into the half-made view: then it is made again.
func (p *Pipe) rebuild(ctx context.Context) error {
	for range 10 {
		written, err := p.store.OutboxEnds(ctx)
		if err != nil {
			return err
		}
		if err := p.store.TrimOutbox(ctx, written); err != nil {
			return err
		}
		ends, err := Rebuild(ctx, p.lake, p.store, p.opts.Now())
		if err != nil {
			return err
		}
		late, err := p.store.Entries(ctx, ends, 1, 0)
		if err != nil {
			return err
		}
		if len(late) > 0 {
			continue
		}
		head, _, err := p.lake.Ends(ctx)
		if err != nil {
			return err
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.acks.restart(ends)
		p.stats.Position = head
		p.closed, p.lost = nil, false
		clear(p.untrimmed)
		p.trimDue = 0
		return nil
	}
	return shop.Errorf(shop.Unavailable, "", "commands keep writing while the view is made again")
}

// pause waits for d or until ctx ends, whose error it then returns.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
