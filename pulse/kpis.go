package pulse

import (
	"context"
	"sync"
	"time"

	"also/warehouse"
)

// KPIs asks for the figures of a period that ends now, or of a stated one.
type KPIs struct {
	From, To time.Time     // stated; zero: see Last
	Last     time.Duration // the period that ends now
	Slices   int
	Before   bool
}

// figuresFresh is for how long figures serve though events have come since, and
// figuresMoved for how long though none have: the period moves on all the same.
const (
	figuresFresh = 3 * time.Second
	figuresMoved = time.Minute
)

// maxFigures is how many answers are kept.
const maxFigures = 64

// figures remembers answers of the lake, so that a page does not cost a pass over it each time.
type figures struct {
	mu   sync.Mutex
	kept map[KPIs]keptFigures
}

type keptFigures struct {
	warehouse.Figures
	head warehouse.Position
	at   time.Time
}

// Figures returns the figures of a period. They are at most three seconds
// behind the lake, and those of a period that ends now at most a minute behind
// the clock.
func (s *Service) Figures(ctx context.Context, q KPIs) (warehouse.Figures, error) {
	head, err := s.Lake.Head(ctx)
	if err != nil {
		return warehouse.Figures{}, err
	}
	now := s.Now()
	s.figures.mu.Lock()
	defer s.figures.mu.Unlock() // several pages that ask at once make one pass
	if k, ok := s.figures.kept[q]; ok {
		age := now.Sub(k.at)
		if age < figuresFresh || k.head == head && (age < figuresMoved || q.Last == 0) {
			return k.Figures, nil
		}
	}
	asked := warehouse.FigureQuery{From: q.From, To: q.To, Slices: q.Slices, Before: q.Before}
	if q.Last > 0 {
		asked.To = now.UTC().Truncate(time.Millisecond)
		asked.From = asked.To.Add(-q.Last)
	}
	f, err := s.Lake.Figures(ctx, asked)
	if err != nil {
		return f, err
	}
	if s.figures.kept == nil || len(s.figures.kept) >= maxFigures {
		s.figures.kept = map[KPIs]keptFigures{}
	}
	s.figures.kept[q] = keptFigures{f, head, now}
	return f, nil
}
