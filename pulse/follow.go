package pulse

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"
)

// samples is what was measured of each pipe lately, and what the process that
// carries said last.
type samples struct {
	mu    sync.Mutex
	of    map[string][]Sample // by Pipe.Key, oldest first
	heard Report
}

// Follow measures the pipes every now and then, tells other processes what this
// one carries and hears what they tell, and keeps the settings up to date. It returns nil when ctx ends.
func (s *Service) Follow(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { s.listen(ctx, reportTopic, s.hear) })
	wg.Go(func() { s.listen(ctx, settingsTopic, func([]byte) { s.reload(ctx) }) })
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for {
		s.reload(ctx) // in case that a message was missed
		if err := s.sample(ctx); err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "measure the pipes", "error", err)
		}
		select {
		case <-ctx.Done():
			wg.Wait()
			return nil
		case <-tick.C:
		}
	}
}

// listen calls f with every message of a topic until ctx ends.
func (s *Service) listen(ctx context.Context, topic string, f func([]byte)) {
	for ctx.Err() == nil {
		messages, err := s.Store.Subscribe(ctx, topic)
		if err == nil {
			for m := range messages {
				f(m)
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(sampleEvery):
		}
	}
}

func (s *Service) hear(message []byte) {
	var r Report
	if json.Unmarshal(message, &r) != nil || r.Holder == s.Name {
		return // of another version, or our own
	}
	s.samples.mu.Lock()
	defer s.samples.mu.Unlock()
	r.At = s.Now() // clocks differ
	s.samples.heard = r
}

// sample measures all pipes once and tells the others what this process carries.
func (s *Service) sample(ctx context.Context) error {
	pipes, _, err := s.PipeList(ctx)
	if err != nil {
		return err
	}
	report, _, err := s.report(ctx)
	if err != nil {
		return err
	}
	now := s.Now()
	s.samples.mu.Lock()
	if s.samples.of == nil {
		s.samples.of = map[string][]Sample{}
	}
	for _, p := range pipes {
		moved := report.Stats.Moved[strings.TrimPrefix(p.Key, "outbox/")]
		if p.Kind == PipeCompaction {
			moved = report.Compaction.Events
		}
		kept := append(s.samples.of[p.Key], Sample{At: now, Entries: p.Entries, Lag: p.Lag, moved: moved})
		s.samples.of[p.Key] = kept[max(0, len(kept)-samplesKept):]
	}
	s.samples.mu.Unlock()
	if report.Holder != s.Name {
		return nil
	}
	message, err := json.Marshal(report)
	if err != nil {
		return err
	}
	return s.Store.Publish(ctx, reportTopic, message)
}

// rate returns how many entries a second were moved over the last minute.
func rate(history []Sample) float64 {
	if len(history) < 2 {
		return 0
	}
	last := history[len(history)-1]
	first := last
	for i := len(history) - 2; i >= 0 && last.At.Sub(history[i].At) <= rateOver; i-- {
		first = history[i]
	}
	seconds := last.At.Sub(first.At).Seconds()
	if seconds <= 0 || last.moved < first.moved { // another process took over and counts from nothing
		return 0
	}
	return float64(last.moved-first.moved) / seconds
}
