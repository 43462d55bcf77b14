package commerce

import (
	"context"
	"log/slog"
	"time"

	"also/shop"
	"also/store"
)

// Options of a Service.
type Options struct {
	Store store.Store      // required
	Shop  string           // the shop's id; part of what session ids are derived from
	Now   func() time.Time // the clock; default time.Now
	Log   *slog.Logger     // default slog.Default()

	SessionLife time.Duration // how long a session lives after its last command; default 30 days
	HashLimit   int           // how many passwords are hashed at once, 64 MiB each; default 2

	// Changed is called after a command changed the catalogue, so that this process' columns know it before the
	// command returns. Nil: nobody is told.
	Changed func(ctx context.Context) error
	// Acted is called after events of these users were recorded; it must not block. Nil: nobody is told.
	Acted func(users []shop.UserID)
	// Fresh reports that the live model does not know a sku, so that it is folded in from its
	// first buyers. Nil: none is.
	Fresh func(sku string) bool
}

// Service is the shop's commands. It is safe for concurrent use. Failures that the
// caller can mend are *shop.Error with the field's path.
type Service struct {
	Options
	hashing chan struct{} // holds a token for each password being hashed
	stored  *recent       // token hashes of sessions known to be in the store
	keys    *keyCache
}

// New makes a Service.
func New(opts Options) *Service {
	if opts.Store == nil {
		panic("commerce: New: no store")
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	if opts.SessionLife <= 0 {
		opts.SessionLife = 30 * 24 * time.Hour
	}
	if opts.HashLimit <= 0 {
		opts.HashLimit = 2
	}
	return &Service{
		Options: opts,
		hashing: make(chan struct{}, opts.HashLimit),
		stored:  newRecent(),
		keys:    newKeyCache(),
	}
}

// now returns the time to the millisecond, as events keep it.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

// event returns an event of a command given now.
func (s *Service) event(t shop.EventType) shop.Event {
	now := s.now()
	return shop.Event{ID: shop.NewUUID(now), Type: t, OccurredAt: now, RecordedAt: now, Source: "shop"}
}

// changed tells this process' catalogue. A failure is no failure of the command: the
// follower catches up.
func (s *Service) changed(ctx context.Context) {
	if s.Changed == nil {
		return
	}
	if err := s.Changed(ctx); err != nil {
		s.Log.WarnContext(ctx, "refresh after a command", "error", err)
	}
}

func (s *Service) acted(users ...shop.UserID) {
	if s.Acted != nil && len(users) > 0 {
		s.Acted(users)
	}
}
