package recommend

import (
	"context"
	"strconv"
	"strings"
	"time"

	"also/catalogue"
	"also/shop"
)

// Search returns one page of a listing; a search by RELEVANCE is ranked by the shopper's taste too, as
// catalogue.Query.Text says. Taste is the model's score of the shopper's vector, folded in now, as a part of the
// highest score that any product has for them. A next page is ranked as the one before, whatever the shopper did
// since. Without a model or a history, or if the store is late, popularity stands for taste.
func (s *Service) Search(ctx context.Context, user shop.UserID, q catalogue.Query) (catalogue.Page, error) {
	snap := s.Catalogue.Snapshot()
	defer s.like(ctx, user, snap, &q)()
	return snap.List(q)
}

// Suggest returns what a search box may offer, products ranked as by Search.
func (s *Service) Suggest(ctx context.Context, user shop.UserID, q catalogue.Query) (catalogue.Suggestions, error) {
	snap := s.Catalogue.Snapshot()
	defer s.like(ctx, user, snap, &q)()
	return snap.Suggest(q)
}

// like gives a query the taste of a user; done must be called after the query was answered.
func (s *Service) like(ctx context.Context, user shop.UserID, snap *catalogue.Snapshot, q *catalogue.Query) (done func()) {
	if user == 0 || !q.Ranked() {
		return func() {}
	}
	v, release := s.current()
	if v == nil {
		return release
	}
	ctx, cancel := context.WithTimeout(ctx, s.Deadline)
	defer cancel()
	tail, err := start(func() ([][]shop.Event, error) { return s.Store.Tails(ctx, []shop.UserID{user}) }).wait(ctx)
	if err != nil {
		s.Log.WarnContext(ctx, "search without the shopper's taste", "error", err)
		return release
	}
	events, as := upTo(tail[0], catalogue.TasteOf(q.After))
	profile := newProfile(v, user, events)
	work := s.work.Get().(*scratch)
	defer s.work.Put(work)
	if len(profile.entries) == 0 {
		return release
	}
	x, err := profile.vector(v, &work.ws)
	if err != nil {
		return release
	}
	work.scored = v.blend.TopK(work.scored, x, profile.entries, 1, nil, nil, &work.ws)
	if len(work.scored) == 0 || work.scored[0].Score <= 0 {
		return release
	}
	highest := float64(work.scored[0].Score)
	columns := v.placesIn(snap).column
	q.TasteAs = as
	q.Taste = func(number int32) float64 {
		if int(number) >= len(columns) || columns[number] < 0 {
			return 0
		}
		return float64(v.blend.Score(x, profile.entries, columns[number])) / highest
	}
	return release
}

// tasteAs begins the name of a taste: of events recorded up to a time in milliseconds.
const tasteAs = "to/"

// upTo returns the events that a taste is of, and its name; without one, of all.
func upTo(events []shop.Event, as string) ([]shop.Event, string) {
	through := int64(0)
	if text, ok := strings.CutPrefix(as, tasteAs); ok {
		through, _ = strconv.ParseInt(text, 10, 64) // a name that is none means all
	}
	if through <= 0 {
		for i := range events {
			through = max(through, events[i].RecordedAt.UnixMilli())
		}
		return events, tasteAs + strconv.FormatInt(max(1, through), 10)
	}
	last := time.UnixMilli(through)
	var until []shop.Event
	for _, e := range events {
		if !e.RecordedAt.Truncate(time.Millisecond).After(last) {
			until = append(until, e)
		}
	}
	return until, as
}
