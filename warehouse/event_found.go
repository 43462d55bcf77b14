package warehouse

import (
	"context"
	"database/sql"
	"time"

	"also/shop"
)

// FoundEvent is an event and where the lake keeps it.
type FoundEvent struct {
	shop.Event
	Landing     bool      // it is not in Parquet yet
	CompactedAt time.Time // when the file that holds it was written; zero in the landing
	Excluded    bool      // a later event says that it shall not count
}

// Event returns the event with an id; shop.NotFound if there is none. It looks
// at the days around the moment that an id of version 7 holds, and then at all others.
func (l *Lake) Event(ctx context.Context, id shop.UUID) (FoundEvent, error) {
	at, dated := id.Time()
	around := filesOf(nil).within(at.AddDate(0, 0, -1), at.AddDate(0, 0, 1))
	near := func(f ParquetFile) bool { return dated && around(f) }
	var found FoundEvent
	err := l.ask(ctx, near, func(v *view) error {
		found = FoundEvent{}
		err := v.find(ctx, id, &found)
		if shop.CodeOf(err) == shop.NotFound {
			if err = v.choose(ctx, l, func(f ParquetFile) bool { return !near(f) }); err == nil {
				err = v.find(ctx, id, &found)
			}
		}
		if err != nil {
			return err
		}
		l.locate(v.snap, &found)
		day := found.Day() // nothing excludes what has not happened yet
		if err := v.choose(ctx, l, func(f ParquetFile) bool { return f.Kind == BehaviourFile && f.Day >= day }); err != nil {
			return err
		}
		excluded, err := v.texts(ctx, "SELECT CAST(id AS VARCHAR) FROM lake WHERE type = 'EXCLUDED_FROM_TASTE' AND ref = CAST(? AS UUID) LIMIT 1", id.String())
		found.Excluded = len(excluded) > 0
		return err
	})
	return found, err
}

// find looks for an event in the chosen files and the landing.
func (v *view) find(ctx context.Context, id shop.UUID, into *FoundEvent) error {
	err := error(shop.Errorf(shop.NotFound, "id", "there is no event %s", id))
	failed := v.query(ctx, "event_found", nil, func(scan func(...any) error) (bad error) {
		into.Event, bad = scanPlaced(scan)
		err = nil
		return bad
	}, sql.Named("id", id.String()))
	if failed != nil {
		return failed
	}
	return err
}

// locate says which file of a snapshot an event is in.
func (l *Lake) locate(snap *snapshot, e *FoundEvent) {
	at := Position(e.Position)
	for _, f := range snap.Landing {
		if at >= f.First && at <= f.Last {
			e.Landing = true
			return
		}
	}
	for _, f := range snap.Parquet {
		if f.Day != e.Day() || at < f.Min || at > f.Max {
			continue
		}
		if info, err := l.opts.FS.Stat(l.path(f.Name)); err == nil { // when it was written is worth no failure
			e.CompactedAt = info.ModTime().UTC()
		}
	}
}
