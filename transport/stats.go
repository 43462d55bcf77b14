package transport

import (
	"context"
	"time"

	"also/store"
	"also/warehouse"
)

// Stats counts what a pipe did since it was made.
type Stats struct {
	Position warehouse.Position // of the last event in the journal
	Entries  int64              // moved
	Events   int64
	Appends  int64         // each one write and one sync
	Writing  time.Duration // spent in them
	Failures int64         // of the journal
	Admits   bool          // whether the gate is open
}

func (s *Stats) moved(entries []store.Entry, head warehouse.Position, took time.Duration) {
	s.Position = head
	s.Entries += int64(len(entries))
	for _, e := range entries {
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
