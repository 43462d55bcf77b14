package warehouse

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"also/shop"
)

// EventQuery chooses events; the zero value of a field asks nothing.
type EventQuery struct {
	Types          []shop.EventType
	SKU            string
	User           shop.UserID // their customer or session, or whom their session became
	Recommendation string
	From, To       time.Time // occurred from a moment on, and before another

	Before EventPlace // go on behind this event
	N      int        // how many; required
}

// EventPlace is an event's place in a list by when they occurred, the newest
// first; the zero place is before all.
type EventPlace struct {
	At time.Time
	ID shop.UUID
}

// PlaceOf returns an event's place.
func PlaceOf(e *shop.Event) EventPlace { return EventPlace{e.OccurredAt, e.ID} }

// Compare orders places, the newest first.
func (p EventPlace) Compare(q EventPlace) int {
	if c := q.At.Compare(p.At); c != 0 {
		return c
	}
	return strings.Compare(q.ID.String(), p.ID.String())
}

// EventPage is some events, newest first, with their positions.
type EventPage struct {
	Events []shop.Event
	More   bool // there may be older ones
	// Unfilled says that the search ended at its limit: what comes next lies before SearchedTo.
	Unfilled bool
	// SearchedTo is how far back was looked: all that fits and occurred from then on is here, or left for the
	// next page by N.
	SearchedTo time.Time
}

// searchRows is how many rows of Parquet one call of Events looks at before it
// answers with what it has: the whole of a lake of ten million events.
const searchRows = 10_000_000

// togetherRows is how many rows are looked at together at most, unless a day holds more.
const togetherRows = 2_000_000

// Events returns a page of the lake's events. It reads whole days, the newest
// first, twice as many each time, until it has a page or has looked at ten million rows.
func (l *Lake) Events(ctx context.Context, q EventQuery) (EventPage, error) {
	var page EventPage
	first := filesOf(func(ParquetFile) bool { return false })
	if q.User != 0 {
		first = kinds(CatalogueFile) // for who the sessions turned out to be
	}
	err := l.ask(ctx, first, func(v *view) error {
		page = EventPage{}
		sessions, err := v.sessionsOf(ctx, q.User)
		if err != nil {
			return err
		}
		days, err := v.days(ctx, q)
		if err != nil {
			return err
		}
		looked := int64(0)
		for len(days) > 0 && len(page.Events) <= q.N && looked < searchRows {
			chunk, rows := takeDays(days, looked, v.snap.Parquet)
			days, looked = days[len(chunk):], looked+rows
			if err := v.eventsOf(ctx, l, q, sessions, chunk, &page); err != nil {
				return err
			}
		}
		page.Unfilled = len(page.Events) <= q.N && len(days) > 0
		page.More = len(page.Events) > q.N || page.Unfilled
		page.Events = page.Events[:min(len(page.Events), q.N)]
		return nil
	})
	return page, err
}

// sessionsOf returns a user and the sessions that became them, for SQL: to look
// for a list of numbers in ten million events takes 1.5 s, to join 2.6 s.
func (v *view) sessionsOf(ctx context.Context, user shop.UserID) (string, error) {
	if user == 0 {
		return "", nil
	}
	if err := v.exec(ctx, "joined", map[string]any{"Through": int64(forever)}); err != nil {
		return "", err
	}
	sessions, err := v.texts(ctx, "SELECT CAST(session AS VARCHAR) FROM joined WHERE customer = ?", int64(user))
	return strings.Join(append(sessions, user.String()), ", "), err
}

// days returns the days that hold what a query may want, the newest first.
func (v *view) days(ctx context.Context, q EventQuery) ([]string, error) {
	days, err := v.texts(ctx, "SELECT DISTINCT CAST(day AS VARCHAR) FROM landing")
	if err != nil {
		return nil, err
	}
	for _, f := range v.snap.Parquet {
		days = append(days, f.Day)
	}
	slices.Sort(days)
	days = slices.Compact(days)
	slices.Reverse(days)
	to := q.To
	if !q.Before.At.IsZero() && (to.IsZero() || q.Before.At.Before(to)) {
		to = q.Before.At
	}
	within := filesOf(nil).within(q.From, to)
	return slices.DeleteFunc(days, func(day string) bool { return !within(ParquetFile{Day: day}) }), nil
}

// takeDays returns the days to look at next and how many rows of Parquet they
// hold: about as many as were looked at before, a day at least.
func takeDays(days []string, looked int64, files []ParquetFile) (chunk []string, rows int64) {
	of := make(map[string]int64, len(days))
	for _, f := range files {
		of[f.Day] += f.Rows
	}
	n := 0
	for n < len(days) && (n == 0 || rows+of[days[n]] <= min(looked, togetherRows)) {
		rows += of[days[n]]
		n++
	}
	return days[:n], rows
}

// eventsOf adds to a page what is wanted of some days, one more than fits.
func (v *view) eventsOf(ctx context.Context, l *Lake, q EventQuery, sessions string, days []string, page *EventPage) error {
	last, first := days[0], days[len(days)-1]
	if err := v.choose(ctx, l, func(f ParquetFile) bool { return f.Day >= first && f.Day <= last }); err != nil {
		return err
	}
	var types []string
	for _, t := range q.Types {
		types = append(types, sqlText(string(t)))
	}
	data := map[string]any{
		"Types": strings.Join(types, ", "), "User": int64(q.User), "Sessions": sessions, "SKU": q.SKU, "Recommendation": q.Recommendation,
	}
	id := q.Before.ID.String()
	if id == "" {
		id = noID
	}
	err := v.query(ctx, "events_page", data, func(scan func(...any) error) error {
		e, err := scanPlaced(scan)
		page.Events = append(page.Events, e)
		return err
	}, sql.Named("first", first), sql.Named("last", last), sql.Named("since", millisOr(q.From, 0)), sql.Named("before", millisOr(q.To, forever)),
		sql.Named("at", millisOr(q.Before.At, forever)), sql.Named("id", id), sql.Named("n", q.N+1-len(page.Events)))
	if err != nil {
		return err
	}
	page.SearchedTo, err = time.Parse(time.DateOnly, first)
	return err
}

// noID is no event's id.
const noID = "00000000-0000-0000-0000-000000000000"

// scanPlaced reads a row of position, customer, session and the columns of sql/event_columns.sql.
func scanPlaced(scan func(...any) error) (shop.Event, error) {
	var position int64
	e, err := scanEvent(func(targets ...any) error { return scan(append([]any{&position}, targets...)...) })
	e.Position = position
	return e, err
}
