package pulse

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"also/store"
	"also/training"
	"also/transport"
	"also/warehouse"
)

// PipeKind is what a pipe carries from where to where.
type PipeKind string

// The kinds of pipes, in the order of an event's way.
const (
	PipeOutbox     PipeKind = "OUTBOX"     // one outbox to the journal
	PipeCompaction PipeKind = "COMPACTION" // the landing to Parquet
	PipeTraining   PipeKind = "TRAINING"   // the lake to the live model
	PipeLists      PipeKind = "LISTS"      // the lake to the lists made by counting
)

// PipeState is how a pipe does.
type PipeState string

// The states of a pipe.
const (
	PipeIdle    PipeState = "IDLE"    // nothing waits
	PipeMoving  PipeState = "MOVING"  // something waits, not for long
	PipeBehind  PipeState = "BEHIND"  // something has waited longer than it should
	PipeFailing PipeState = "FAILING" // it failed and has not moved since
)

// Pipe is one pipe as it is now.
type Pipe struct {
	Key     string // "outbox/p07"
	Kind    PipeKind
	Name    string
	Text    string // what it does
	State   PipeState
	Entries int64         // that wait
	Lag     time.Duration // how long the oldest of them has waited; about
	Rate    float64       // entries a second over the last minute
	MovedAt *time.Time    // when it last moved something; nil: not known
	Failure string        // the last one; empty: none is known
	FailAt  *time.Time
	Holder  string // which process does it; empty: any
	History []Sample
}

// Sample is what waited at a moment.
type Sample struct {
	At      time.Time
	Entries int64
	Lag     time.Duration

	moved int64 // in all, until then
}

// Report is what the process that carries the outbox tells the others.
type Report struct {
	Holder     string
	At         time.Time
	Stats      transport.Stats
	Lags       map[string]transport.Lag
	Compaction transport.Compaction
}

// reportTopic is where it does.
const reportTopic = "pipes"

// The pace of looking.
const (
	sampleEvery  = 2 * time.Second
	samplesKept  = 300              // ten minutes
	reportOld    = 10 * time.Second // nobody carries, if there is no word for so long
	rateOver     = time.Minute
	outboxLate   = 10 * time.Second
	compactLate  = time.Hour
	trainingLate = 7 * 24 * time.Hour
	listsLate    = 3 * time.Hour
)

// PipeList returns all pipes, in the order of an event's way, and whether somebody
// carries the outbox.
func (s *Service) PipeList(ctx context.Context) (pipes []Pipe, carried bool, err error) {
	report, carried, err := s.report(ctx)
	if err != nil {
		return nil, false, err
	}
	if pipes, err = s.outboxPipes(ctx, report, carried); err != nil {
		return nil, false, err
	}
	size, err := s.Lake.Size(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("measure the lake: %w", err)
	}
	pipes = append(pipes, s.compactionPipe(size, report))
	for _, measure := range []func(context.Context, warehouse.Position) (Pipe, error){s.trainingPipe, s.listsPipe} {
		p, err := measure(ctx, size.Events)
		if err != nil {
			return nil, false, err
		}
		pipes = append(pipes, p)
	}
	s.samples.mu.Lock()
	defer s.samples.mu.Unlock()
	for i := range pipes {
		pipes[i].History = slices.Clone(s.samples.of[pipes[i].Key])
		pipes[i].Rate = rate(pipes[i].History)
	}
	return pipes, carried, nil
}

// report returns what is known of the carrier: from this process, or what the
// one that carries said last.
func (s *Service) report(ctx context.Context) (r Report, carried bool, err error) {
	if s.Pipes != nil {
		stats, lags, ok, err := s.Pipes.Report(ctx)
		if err != nil {
			return r, false, fmt.Errorf("measure the transporter: %w", err)
		}
		if ok {
			return Report{Holder: s.Name, At: s.Now(), Stats: stats, Lags: lags, Compaction: s.Pipes.Compaction()}, true, nil
		}
	}
	s.samples.mu.Lock()
	defer s.samples.mu.Unlock()
	r = s.samples.heard
	return r, !r.At.IsZero() && s.Now().Sub(r.At) < reportOld, nil
}

func (s *Service) outboxPipes(ctx context.Context, r Report, carried bool) ([]Pipe, error) {
	lengths, err := s.Store.OutboxLengths(ctx)
	if err != nil {
		return nil, fmt.Errorf("measure the outboxes: %w", err)
	}
	names := make([]string, 0, len(lengths))
	for name := range lengths {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { // commands first
		return cmp.Or(cmp.Compare(min(1, len(strings.TrimPrefix(a, "shop"))), min(1, len(strings.TrimPrefix(b, "shop")))), strings.Compare(a, b))
	})
	var pipes []Pipe
	for _, name := range names {
		lag := r.Lags[name]
		p := Pipe{
			Key: "outbox/" + name, Kind: PipeOutbox, Name: outboxName(name), Holder: r.Holder, Entries: lag.Entries, Lag: lag.Age,
			Text:    "What commands write beside the view goes into the journal, on disk and in order; with the embedded store a command waits for it.",
			MovedAt: moment(r.Stats.MovedAt), Failure: r.Stats.Failure, FailAt: moment(r.Stats.FailedAt),
		}
		if r.Stats.Moved[name] == 0 {
			p.MovedAt = nil // nothing of this one was moved yet
		}
		if !carried { // all that lies there, perhaps moved long ago
			p.Entries, p.Holder = lengths[name], ""
		}
		failing := r.Stats.FailedAt.After(r.Stats.MovedAt) || !carried
		p.State = stateOf(p, failing, outboxLate)
		pipes = append(pipes, p)
	}
	return pipes, nil
}

func outboxName(name string) string {
	if name == "shop" {
		return "Commands → journal"
	}
	return "Shoppers " + name + " → journal"
}

// stateOf judges a pipe by how long what waits has waited.
func stateOf(p Pipe, failing bool, late time.Duration) PipeState {
	switch {
	case failing:
		return PipeFailing
	case p.Entries == 0:
		return PipeIdle
	case p.Lag > late:
		return PipeBehind
	}
	return PipeMoving
}

func (s *Service) compactionPipe(size warehouse.Size, r Report) Pipe {
	c := r.Compaction
	p := Pipe{
		Key: "compaction", Kind: PipeCompaction, Name: "Landing → Parquet", Holder: r.Holder,
		Text:    "Compaction turns the journal's lines into Parquet by day, every quarter of an hour or 32 MB. Questions see both.",
		Entries: max(0, int64(size.Events-size.Compacted)), MovedAt: moment(size.CompactedAt), Failure: c.Failure, FailAt: moment(c.FailedAt),
	}
	if p.Entries > 0 && !size.CompactedAt.IsZero() {
		p.Lag = s.Now().Sub(size.CompactedAt)
	}
	p.State = stateOf(p, c.FailedAt.After(c.At), compactLate)
	return p
}

func (s *Service) trainingPipe(ctx context.Context, head warehouse.Position) (Pipe, error) {
	p := Pipe{
		Key: "training", Kind: PipeTraining, Name: "Lake → live model", Entries: int64(head),
		Text: "Training learns from what the lake holds. What came later is folded into each answer meanwhile.",
	}
	live, err := s.liveModel(ctx)
	if err != nil {
		return p, err
	}
	if live != nil {
		data := live.Manifest.Dataset
		p.Entries = max(0, int64(head-data.Through))
		p.MovedAt = moment(live.Manifest.CreatedAt)
		if p.Entries > 0 {
			p.Lag = s.Now().Sub(data.At)
		}
	}
	runs, err := s.Training.Runs(ctx, "", 1)
	if err != nil {
		return p, err
	}
	failing := false
	if len(runs) > 0 {
		p.Holder = runs[0].Worker
		if failing = runs[0].State == training.Failed; failing {
			p.Failure, p.FailAt = runs[0].Error, runs[0].EndedAt
		}
	}
	p.State = stateOf(p, failing, trainingLate)
	return p, nil
}

func (s *Service) listsPipe(ctx context.Context, head warehouse.Position) (Pipe, error) {
	p := Pipe{
		Key: "lists", Kind: PipeLists, Name: "Lake → lists", Entries: int64(head),
		Text: "Best-sellers, what trends and what is bought together are counted anew every hour, and after a run.",
	}
	raw, err := s.Store.Control(ctx, store.LiveLists)
	if err != nil {
		return p, err
	}
	var lists struct {
		Set string
		At  time.Time
	}
	if raw != nil {
		if err := json.Unmarshal(raw, &lists); err != nil {
			return p, fmt.Errorf("read which lists are live: %w", err)
		}
		var through int64
		if _, err := fmt.Sscanf(lists.Set, "counts/%d", &through); err == nil {
			p.Entries = max(0, int64(head)-through)
		}
		p.MovedAt = moment(lists.At)
		if p.Entries > 0 {
			p.Lag = s.Now().Sub(lists.At)
		}
	}
	p.State = stateOf(p, false, listsLate)
	return p, nil
}

// moment is a time, nil for none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
