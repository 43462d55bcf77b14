package transport

import (
	"context"
	"fmt"
	"log/slog"
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
