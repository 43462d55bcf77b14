package transport

import (
	"context"
	"maps"
	"time"

	"also/store"
	"also/warehouse"
)

// Stats counts what a pipe did since it was made.
type Stats struct {
	Position warehouse.Position // of the last event in the journal
	Entries  int64              // moved
	Events   int64
	Appends  int64            // each one write and one sync
	Writing  time.Duration    // spent in them
	Failures int64            // of the journal
	Failure  string           // the last one; empty: there was none
	FailedAt time.Time        //
	MovedAt  time.Time        // when entries were last moved
	Moved    map[string]int64 // entries by outbox
	Admits   bool             // whether the gate is open
}

func (s *Stats) moved(entries []store.Entry, head warehouse.Position, took time.Duration) {
	s.Position = head
	s.Entries += int64(len(entries))
	if s.Moved == nil {
		s.Moved = map[string]int64{}
	}
	for _, e := range entries {
		s.Moved[e.Outbox]++
		s.Events += int64(e.Events)
	}
	s.Appends++
	s.Writing += took
}

// Stats returns what the pipe did.
func (p *Pipe) Stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stats
	s.Moved = maps.Clone(s.Moved)
	s.Admits = p.closed == nil
	return s
}

// Lag is what is written to the outboxes and not yet in the journal.
type Lag struct {
	Entries int64
	Age     time.Duration // of the oldest; 0 if there is none
}

// Lag measures how far the journal is behind the outboxes.
func (p *Pipe) Lag(ctx context.Context) (Lag, error) {
	p.mu.Lock()
	s, after := p.store, p.acks.ends()
	p.mu.Unlock()
	if s == nil {
		return Lag{}, nil
	}
	return lagAfter(ctx, s, after, p.opts.Now())
}

// LagByOutbox is Lag for each outbox that has any.
func (p *Pipe) LagByOutbox(ctx context.Context) (map[string]Lag, error) {
	p.mu.Lock()
	s, after := p.store, p.acks.ends()
	p.mu.Unlock()
	lags := map[string]Lag{}
	if s == nil {
		return lags, nil
	}
	entries, err := s.Entries(ctx, after, lagCount, 0)
	if err != nil {
		return nil, err
	}
	now := p.opts.Now()
	for _, e := range entries {
		lag := lags[e.Outbox]
		lags[e.Outbox] = Lag{Entries: lag.Entries + 1, Age: max(lag.Age, now.Sub(e.At))}
	}
	return lags, nil
}

// fails notes a failure of the journal.
func (p *Pipe) fails(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stats.Failures++
	p.stats.Failure, p.stats.FailedAt = err.Error(), p.opts.Now()
}

// lagCount is up to how many entries of an outbox Lag counts.
const lagCount = 10_000

func lagAfter(ctx context.Context, s store.Outbox, after map[string]string, now time.Time) (Lag, error) {
	entries, err := s.Entries(ctx, after, lagCount, 0)
	if err != nil {
		return Lag{}, err
	}
	lag := Lag{Entries: int64(len(entries))}
	for _, e := range entries {
		lag.Age = max(lag.Age, now.Sub(e.At))
	}
	return lag, nil
}
