package recommend

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"also/catalogue"
	"also/shop"
	"also/store"
)

// DefaultDeadline is how long an answer may take.
const DefaultDeadline = 50 * time.Millisecond

// Options of a Service.
type Options struct {
	Store     store.Store          // required
	Catalogue *catalogue.Catalogue // required
	Models    *Models              // required
	Deadline  time.Duration        // of one answer; default DefaultDeadline
	Now       func() time.Time     // the clock; default time.Now
	Log       *slog.Logger         // default slog.Default()
	// Poll is how often Follow looks for new lists, in case that a message was missed; default 2 s.
	Poll time.Duration
}

// Service answers. It is safe for concurrent use. Follow must run for answers to
// know new lists, new products and what other processes did.
type Service struct {
	Options
	lists   *lists
	answers *answers
	hub     *hub
	view    atomic.Pointer[view]
	fresh   atomic.Pointer[overlay]
	onSale  atomic.Pointer[onSaleSet]
	noted   notes
	viewMu  sync.Mutex
	work    sync.Pool // *scratch
}

// New makes a Service.
func New(opts Options) *Service {
	if opts.Store == nil || opts.Catalogue == nil || opts.Models == nil {
		panic("recommend: New: a store, a catalogue and models are required")
	}
	if opts.Deadline <= 0 {
		opts.Deadline = DefaultDeadline
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.Poll <= 0 {
		opts.Poll = 2 * time.Second
	}
	s := &Service{Options: opts, lists: newLists(opts.Store, opts.Catalogue), answers: newAnswers(), hub: newHub(), noted: notes{n: map[string]int{}}}
	s.work.New = func() any { return &scratch{} }
	return s
}

// Follow keeps the service up to date until ctx ends, and then returns nil: the lists made by
// counting, products that the model does not know, and who acted in other processes. It outlives
// failures of the store.
func (s *Service) Follow(ctx context.Context) error {
	var wg sync.WaitGroup
	for _, loop := range []func(context.Context){s.followLists, s.followFresh, s.followActs} {
		wg.Go(func() { loop(ctx) })
	}
	wg.Wait()
	return nil
}

// retry calls f again and again until ctx ends, after a pause when it fails.
func (s *Service) retry(ctx context.Context, what string, f func(context.Context) error) {
	for ctx.Err() == nil {
		err := f(ctx)
		if err == nil || ctx.Err() != nil {
			continue
		}
		s.Log.WarnContext(ctx, what, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(s.Poll):
		}
	}
}

// Acted says that events of these users were recorded: answers that watch them are
// made anew, here and in other processes. It does not block.
func (s *Service) Acted(users []shop.UserID) { s.hub.acted(users) }
