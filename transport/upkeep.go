package transport

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"also/store"
	"also/warehouse"
)

// Compactor is what Upkeep needs of the lake.
type Compactor interface {
	Size(ctx context.Context) (warehouse.Size, error)
	Compact(ctx context.Context) (warehouse.CompactReport, error)
}

// UpkeepOptions say when the journal is compacted. The zero value serves.
type UpkeepOptions struct {
	Now    func() time.Time // default time.Now
	Every  time.Duration    // how often to look; default 10 s
	Bytes  int64            // of the journal that are compacted at once; default 32 MB: every question reads what is not
	Age    time.Duration    // the journal is compacted this long after the last time, however little it is; default 15 minutes
	Logger *slog.Logger     // default: silent
	Note   *Compactions     // told what was done; may be nil
}

// Compactions remembers what Upkeep did last. It is safe for concurrent use.
type Compactions struct {
	mu   sync.Mutex
	last Compaction
}

// Compaction is one of them, and the last failure.
type Compaction struct {
	At       time.Time // when the last one that succeeded began; zero: none did yet
	Took     time.Duration
	Events   int64 // that it took along
	Failure  string
	FailedAt time.Time
}

// Last returns the last compaction.
func (c *Compactions) Last() Compaction {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}

func (c *Compactions) note(at, now time.Time, events int64, err error) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.last.Failure, c.last.FailedAt = err.Error(), now
		return
	}
	c.last.At, c.last.Took, c.last.Events = at, now.Sub(at), events
}

func (o UpkeepOptions) withDefaults() UpkeepOptions {
	if o.Every <= 0 {
		o.Every = 10 * time.Second
	}
	if o.Bytes <= 0 {
		o.Bytes = 32 << 20
	}
	if o.Age <= 0 {
		o.Age = 15 * time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Upkeep compacts the lake when it is due, until ctx ends. A failure is logged
// and tried again later: the journal holds everything meanwhile.
func Upkeep(ctx context.Context, lake Compactor, o UpkeepOptions) {
	o = o.withDefaults()
	last := o.Now()
	for pause(ctx, o.Every) == nil {
		size, err := lake.Size(ctx)
		if err != nil {
			o.Logger.ErrorContext(ctx, "measure the lake", "error", err)
			continue
		}
		if size.LandingBytes < o.Bytes && o.Now().Sub(last) < o.Age {
			continue
		}
		last = o.Now()
		report, err := lake.Compact(ctx)
		o.Note.note(last, o.Now(), report.Events, err)
		if err != nil {
			o.Logger.ErrorContext(ctx, "compact the lake", "error", err)
			continue
		}
		o.Logger.InfoContext(ctx, "compacted the lake", "through", report.Through, "events", report.Events,
			"files", report.Files, "merged", report.Merged, "seconds", o.Now().Sub(last).Seconds())
	}
}

// TrimTails drops from users' recent histories what every model covers that a
// roll-back may choose. Whoever retires models calls it.
func TrimTails(ctx context.Context, lake Lake, s store.Loader) error {
	live, err := readLive(ctx, lake)
	if err != nil || live.ID == "" {
		return err
	}
	models, err := choosable(ctx, lake, live)
	if err != nil {
		return err
	}
	var oldest time.Time
	for _, m := range models {
		if oldest.IsZero() || m.Dataset.At.Before(oldest) {
			oldest = m.Dataset.At
		}
	}
	if oldest.IsZero() {
		return nil
	}
	if err := s.TrimTails(ctx, oldest); err != nil {
		return fmt.Errorf("trim tails: %w", err)
	}
	return nil
}
